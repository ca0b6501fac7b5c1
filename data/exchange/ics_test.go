package exchange

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"qiao/data"

	"pgregory.net/rapid"
)

// A property is one content line of a calendar, read back.
type property struct{ name, value string }

// readICS reads a calendar as RFC 5545 says: lines that end with CR LF, what
// begins with a blank goes on with the line before.
func readICS(t interface{ Errorf(string, ...any) }, raw string) (out []property) {
	if !strings.HasSuffix(raw, "\r\n") || strings.Count(raw, "\n") != strings.Count(raw, "\r\n") || !utf8.ValidString(raw) {
		t.Errorf("line ends: %q", raw)
	}
	var whole []string
	for l := range strings.SplitSeq(strings.TrimSuffix(raw, "\r\n"), "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) {
			t.Errorf("%d octets: %q", len(l), l)
		}
		if strings.HasPrefix(l, " ") && len(whole) > 0 {
			whole[len(whole)-1] += l[1:]
		} else {
			whole = append(whole, l)
		}
	}
	for _, l := range whole {
		name, value, ok := strings.Cut(l, ":")
		if !ok {
			t.Errorf("no property: %q", l)
		}
		out = append(out, property{name, value})
	}
	return out
}

// unescaped takes the backslashes off a value; what is not escaped as it must be
// is an error.
func unescaped(t interface{ Errorf(string, ...any) }, s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == ';' || s[i] == ',':
			t.Errorf("bare %q in %q", s[i], s)
		case s[i] == '\\' && i+1 < len(s):
			i++
			if s[i] == 'n' {
				b.WriteByte('\n')
				continue
			}
			if !strings.ContainsRune(`\;,`, rune(s[i])) {
				t.Errorf("%q escapes nothing", s)
			}
		case s[i] < ' ' || s[i] == 0x7f:
			t.Errorf("control in %q", s)
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func written(t interface{ Fatal(...any) }, made time.Time, events ...Event) string {
	var out bytes.Buffer
	if err := WriteICS(&out, events, made); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func value(ps []property, name string) (out []string) {
	for _, p := range ps {
		if p.name == name {
			out = append(out, p.value)
		}
	}
	return out
}

// Whatever is written comes back: texts of any kind, folded between characters
// and escaped, times to the second in UTC, each event once.
func TestCalendarReadsBack(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[一-龥A-Za-z,;:\\\n "]{0,200}`), rapid.Just("😀𠮷\u202e\x00;\\n"))
	rapid.Check(t, func(rt *rapid.T) {
		made := time.Unix(rapid.Int64Range(0, 4e9).Draw(rt, "made"), 0)
		var events []Event
		for i := range rapid.IntRange(0, 4).Draw(rt, "events") {
			from := time.Unix(rapid.Int64Range(0, 4e9).Draw(rt, "from"), 0).In(data.China)
			events = append(events, Event{UID: "meeting-" + strconv.Itoa(i), Summary: text.Draw(rt, "summary"), Place: text.Draw(rt, "place"), Text: text.Draw(rt, "text"),
				Starts: from, Ends: from.Add(time.Hour), Sequence: rapid.Int64Range(0, 99).Draw(rt, "rev"), State: rapid.SampledFrom([]EventState{Tentative, Confirmed, Cancelled}).Draw(rt, "state")})
		}
		ps := readICS(rt, written(rt, made, events...))
		if ps[0] != (property{"BEGIN", "VCALENDAR"}) || ps[1] != (property{"VERSION", "2.0"}) || ps[len(ps)-1] != (property{"END", "VCALENDAR"}) {
			rt.Fatal(ps)
		}
		var one []property
		n := 0
		for _, p := range ps {
			if one = append(one, p); p != (property{"END", "VEVENT"}) {
				continue
			}
			e := events[n]
			n++
			for name, want := range map[string]string{"SUMMARY": e.Summary, "LOCATION": e.Place, "DESCRIPTION": e.Text} {
				got := ""
				if v := value(one, name); len(v) == 1 {
					got = unescaped(rt, v[0])
				}
				if got != data.Block(want) {
					rt.Fatalf("%s %q came back as %q", name, want, got)
				}
			}
			want := []string{"meeting-" + strconv.Itoa(n-1), made.UTC().Format("20060102T150405Z"), e.Starts.UTC().Format("20060102T150405Z"), e.Ends.UTC().Format("20060102T150405Z"), strconv.FormatInt(e.Sequence, 10), string(e.State)}
			var got []string
			for _, name := range []string{"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS"} {
				got = append(got, value(one, name)...)
			}
			if !slices.Equal(got, want) {
				rt.Fatalf("%q, not %q", got, want)
			}
			one = nil
		}
		if n != len(events) {
			rt.Fatalf("%d of %d events", n, len(events))
		}
	})
}

// A line is folded where it must be and nowhere else, never within a character.
func TestFolding(t *testing.T) {
	for n := 60; n < 80; n++ {
		raw := written(t, time.Unix(0, 0), Event{Summary: strings.Repeat("a", n-len("SUMMARY:"))})
		if folded := strings.Contains(raw, "\r\n "); folded != (n > 75) {
			t.Errorf("%d octets, folded %v", n, folded)
		}
	}
	ps := readICS(t, written(t, time.Unix(0, 0), Event{Summary: strings.Repeat("期", 100)}))
	if got := value(ps, "SUMMARY"); len(got) != 1 || got[0] != strings.Repeat("期", 100) {
		t.Error(got)
	}
}
