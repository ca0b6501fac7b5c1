package data

import (
	"fmt"
	"strings"
	"time"
)

// Document is minutes as they are printed: their lines as far as the reader sees
// them, or of the form that is given out those below restricted; then
// corrections, signatures, what is left out, number and hash. Whoever sets it in
// another shape begins here.
func (m Minutes) Document(givenOut bool) (out []MinutesLine) {
	out = m.Lines
	left := 0
	if givenOut {
		out, _ = GivenOut(m.Lines)
		left = m.GivenOut
	}
	out = append([]MinutesLine(nil), out...)
	foot := func(kind LineKind, text string) {
		out = append(out, MinutesLine{Kind: kind, Text: text, Level: Normal})
	}
	shown := m.corrected(givenOut)
	if len(shown) > 0 {
		foot(LineItem, "更正")
	}
	for _, c := range shown {
		foot(LineNote, fmt.Sprintf("%d. %s (%s %s)", c.N, c.Text, c.By, hanMoment(c.At)))
	}
	for _, s := range m.Signed {
		if s.Version == m.Version {
			foot(LineFact, fmt.Sprintf("签字 %s %s (第 %d 稿)", s.Name, hanMoment(s.At), s.Version))
		}
	}
	if left > 0 {
		foot(LineFact, fmt.Sprintf("受限内容 %d 行, 不进入分发版", left))
	}
	if n := m.unread(givenOut); n > 0 {
		foot(LineFact, fmt.Sprintf("另有 %d 行, 读者无权查看", n))
	}
	if m.Number != "" {
		foot(LineFact, fmt.Sprintf("编号 %s  发布 %s", m.Number, hanMoment(m.IssuedAt)))
		foot(LineFact, "SHA-256 "+m.Hash)
	} else {
		foot(LineFact, fmt.Sprintf("第 %d 稿, 未发布", m.Version))
	}
	return out
}

// unread is how many lines of a form its reader does not see.
func (m Minutes) unread(givenOut bool) int {
	if !givenOut {
		return m.Hidden
	}
	_, read := GivenOut(m.Lines)
	for _, c := range m.Corrections {
		if c.Level >= Restricted {
			read++
		}
	}
	return m.Hidden - (m.GivenOut - read)
}

// corrected is the corrections that stand in a form.
func (m Minutes) corrected(givenOut bool) (out []Correction) {
	for _, c := range m.Corrections {
		if !givenOut || c.Level < Restricted {
			out = append(out, c)
		}
	}
	return out
}

func hanMoment(t time.Time) string { return t.In(China).Format("2006-01-02 15:04") }

// Text is minutes as plain text, UTF-8 with LF.
func (m Minutes) Text(givenOut bool) string {
	var b strings.Builder
	var before LineKind
	for _, l := range m.Document(givenOut) {
		if l.Kind == LineFact && before != LineFact && before != LineTitle {
			b.WriteString("\n")
		}
		before = l.Kind
		switch l.Kind {
		case LineTitle:
			b.WriteString(l.Text + "\n\n")
		case LineItem:
			b.WriteString("\n" + l.Text + "\n")
		case LineFact:
			b.WriteString(l.Text + "\n")
		default:
			b.WriteString("    " + l.Text + "\n")
		}
	}
	return b.String()
}

// markdown takes from text what Markdown would read as its own.
var markdown = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`)

// Markdown is minutes as Markdown. What people wrote is text in it, whatever
// signs it has.
func (m Minutes) Markdown(givenOut bool) string {
	var b strings.Builder
	var before LineKind
	for _, l := range m.Document(givenOut) {
		text := markdown.Replace(l.Text)
		if l.Kind == LineFact && before != LineFact && before != LineTitle {
			b.WriteString("\n") // else it would go on with the list
		}
		before = l.Kind
		switch l.Kind {
		case LineTitle:
			b.WriteString("# " + text + "\n\n")
		case LineItem:
			b.WriteString("\n## " + text + "\n\n")
		case LineFact:
			b.WriteString(text + "  \n")
		case LineResolution:
			b.WriteString("- **" + text + "**\n")
		default:
			b.WriteString("- " + text + "\n")
		}
	}
	return b.String()
}
