package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	entryTitle = i18n.T("Audit log > Row %d", "审计日志 > 第 %d 条")
	entryAbout = i18n.T("What exactly was there before, and what after?", "之前是什么, 之后是什么?")
	before     = i18n.T("Before", "之前")
	after      = i18n.T("After", "之后")
	nothing    = i18n.T("nothing", "没有")
	notYours   = i18n.T("What was there before and after is for those who may read the record", "前后内容只给能看这条记录的人")
	keptNone   = i18n.T("There is no before and after", "没有前后内容")
	forgotten  = i18n.T("The contents were removed by the rules of retention on %s; the row and its hash stay", "内容已按保存期限在 %s 删除; 这一行和校验码还在")
	gone       = i18n.T("! The contents are missing, and nothing says why: check the chain with i", "! 内容不见了, 没有说明: 回去按 i 核对")
	wholeHash  = i18n.T("Hash", "校验码")
	lineSpan   = i18n.T(" lines %d-%d / %d", " 第 %d-%d 行 / %d")
)

// entryPage is one row of the log, with what was there before and after.
type entryPage struct {
	env   *kit.Env
	deps  Deps
	line  data.AuditLine
	entry kit.Load[data.AuditEntry]
	lines []string
	top   int
	w, h  int
}

func newEntry(env *kit.Env, deps Deps, l data.AuditLine) kit.Page {
	return &entryPage{env: env, deps: deps, line: l}
}

func (p *entryPage) Title() i18n.Phrase { return entryTitle.With(p.line.ID) }
func (p *entryPage) About() i18n.Phrase { return entryAbout }
func (p *entryPage) Waiting() bool      { return p.entry.Busy }
func (p *entryPage) GiveUp()            { p.entry.GiveUp() }

func (p *entryPage) Init() tea.Cmd {
	id := p.line.ID
	return p.entry.Start(p.env.Ctx, func(ctx context.Context) (data.AuditEntry, error) { return p.deps.Entry(ctx, id) })
}

func (p *entryPage) Actions() []kit.Action {
	return []kit.Action{{Key: "y", Label: copyIt, Help: copyWhy, Do: func() tea.Cmd { return p.env.Copy(p.line.Head().Witness()) }}}
}

func (p *entryPage) Update(msg tea.Msg) tea.Cmd {
	if p.entry.Take(msg) {
		if p.entry.Err != nil {
			return p.env.Send(kit.Back{Page: p, Said: kit.NotRead(p.entry.Err)})
		}
		p.Layout(p.w, p.h)
		return nil
	}
	switch m := msg.(type) {
	case kit.Reload:
		return p.Init()
	case tea.KeyPressMsg:
		p.scroll(map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -p.h, "pgdown": p.h, "home": -len(p.lines), "end": len(p.lines), "G": len(p.lines)}[m.String()])
	case tea.MouseWheelMsg:
		if m.Button == tea.MouseWheelUp {
			p.scroll(-3)
		} else {
			p.scroll(3)
		}
	}
	return nil
}

func (p *entryPage) scroll(by int) { p.top = max(0, min(p.top+by, len(p.lines)-p.h)) }

// Layout wraps the row.
func (p *entryPage) Layout(w, h int) {
	p.w, p.h = w, h
	env, l := p.env, p.line
	at := env.Lang.Day(data.DayOf(l.At), env.Now.Today()) + " " + env.Lang.Seconds(l.At)
	p.lines = append([]string{kit.Head(at+"  "+env.Lang.AuditWho(l)+"  "+env.Lang.Deed(l.Did), "", w)}, facts(env, l, w)...)
	p.add(env.Say(wholeHash) + "  " + l.Hash)
	if e := p.entry.Value; e.ID != 0 {
		p.lines = append(p.lines, "")
		p.contents(e)
	}
	p.scroll(0)
}

func (p *entryPage) add(text string) {
	for _, line := range kit.Wrap(kit.Show(text), p.w-2) {
		p.lines = append(p.lines, " "+line)
	}
}

// contents are what was there before and after: where both are records, the
// fields that differ.
func (p *entryPage) contents(e data.AuditEntry) {
	env := p.env
	switch {
	case !e.Kept:
		p.add(env.Say(keptNone))
	case e.Sight < data.Whole:
		p.add(env.Say(notYours))
	case !e.Forgotten.IsZero():
		p.add(env.Say(forgotten, data.DayOf(e.Forgotten)))
	case e.Was == "" && e.Now == "":
		p.lines = append(p.lines, " "+env.Look.Danger(kit.Cut(env.Say(gone), p.w-2)))
	default:
		for _, c := range changes(e.Was, e.Now) {
			p.change(c)
		}
	}
}

func (p *entryPage) change(c change) {
	env := p.env
	if c.field != "" {
		p.lines = append(p.lines, kit.Head(kit.Show(env.Lang.Kept(c.field)), "", p.w))
	}
	for _, side := range []struct {
		name i18n.Phrase
		text string
	}{{before, c.was}, {after, c.now}} {
		if side.text == "" {
			side.text = env.Say(nothing)
		}
		name := env.Say(side.name) + "  "
		for i, block := range strings.Split(side.text, "\n") {
			for j, line := range kit.Wrap(kit.Show(block), p.w-kit.Width(name)-2) {
				if i+j > 0 {
					name = strings.Repeat(" ", kit.Width(name))
				}
				p.lines = append(p.lines, " "+env.Look.Muted(name)+line)
			}
		}
	}
}

// A change is one field before and after; without a field, the whole.
type change struct{ field, was, now string }

// changes compares two JSON values as the log keeps them.
func changes(was, now string) (out []change) {
	a, b := fieldsOf(was), fieldsOf(now)
	if a == nil && b == nil {
		return []change{{"", plain(json.RawMessage(was)), plain(json.RawMessage(now))}}
	}
	var names []string
	for name := range a {
		names = append(names, name)
	}
	for name := range b {
		if _, both := a[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		field := spelled(name)
		if x, y := plain(a[name]), plain(b[name]); x != y && !slices.Contains(beside, field) {
			out = append(out, change{field, x, y})
		}
	}
	return out
}

// beside is what stands in a record for its readers and is not the record's own:
// names of what it points at, who saved it, what its reader may do.
var beside = strings.Fields(fieldsBeside)

const fieldsBeside = "class_name student_name staff_name owner_name by_name saved_by saved_at closed_by sight may_edit rev with relation written"

func fieldsOf(text string) (out map[string]json.RawMessage) {
	if json.Unmarshal([]byte(text), &out) != nil {
		return nil
	}
	return out
}

// spelled is a field's name as data's rules spell it: BestTime is best_time.
func spelled(name string) string {
	var b strings.Builder
	for i, r := range name {
		if r >= 'A' && r <= 'Z' {
			if i > 0 && name[i-1] >= 'a' && name[i-1] <= 'z' {
				b.WriteByte('_')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// plain is a JSON value for people: text without its marks, nothing for what is
// not given.
func plain(raw json.RawMessage) string {
	var s string
	switch text := string(bytes.TrimSpace(raw)); {
	case text == "" || text == "null" || text == `""` || text == "0" || text == "false" || text == "[]" || text == "{}" || text == `"0001-01-01T00:00:00Z"`:
		return ""
	case json.Unmarshal(raw, &s) == nil:
		if at, err := time.Parse(time.RFC3339, s); err == nil { // of one moment there are several spellings
			return at.In(data.China).Format(time.DateTime)
		}
		return s
	default:
		var v any
		if json.Unmarshal(raw, &v) == nil {
			if _, flat := v.(float64); !flat {
				if text, err := json.MarshalIndent(v, "", "  "); err == nil {
					return string(text)
				}
			}
		}
		return text
	}
}

// View draws the part that fits.
func (p *entryPage) View() kit.Frame {
	f := kit.Frame{Body: kit.Block(p.lines[min(p.top, len(p.lines)):], p.w, p.h)}
	if len(p.lines) > p.h {
		f.Status = fmt.Sprint(p.env.Say(lineSpan, p.top+1, min(p.top+p.h, len(p.lines)), len(p.lines)))
	}
	return f
}
