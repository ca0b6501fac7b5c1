package data

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func someLines(t *rapid.T) (out []MinutesLine) {
	for id := range rapid.IntRange(0, 12).Draw(t, "lines") {
		out = append(out, MinutesLine{ID: id + 1, Kind: rapid.SampledFrom(LineKinds).Draw(t, "kind"), Text: fmt.Sprint("第", id+1, "行"),
			Level: rapid.SampledFrom(Levels).Draw(t, "level"), Writer: rapid.Int64Range(0, 2).Draw(t, "writer")})
	}
	return out
}

// reader reads what is no higher than class, and what they wrote.
var reader = Editor{ID: 1, Name: "宁小舟", Reads: func(x Authored) Sight {
	if x.Level <= ClassOnly || x.Writer == 1 {
		return Whole
	}
	return Exists
}}

// However minutes are edited, lines that the editor does not read stay as they
// are and in their order, no two lines have one id, what changed is told, and no
// level of another's line falls.
func TestEditsLeaveWhatIsNotRead(t *testing.T) {
	hidden := func(ls []MinutesLine) []MinutesLine {
		return slices.DeleteFunc(slices.Clone(ls), func(l MinutesLine) bool { return reader.Reads(l.Authored()) == Whole })
	}
	rapid.Check(t, func(t *rapid.T) {
		lines := someLines(t)
		before := slices.Clone(lines)
		edits := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) MinutesEdit {
			return MinutesEdit{Line: rapid.IntRange(0, len(lines)).Draw(t, "line"), After: rapid.IntRange(0, len(lines)).Draw(t, "after"), Text: rapid.SampledFrom([]string{"", "改过", "新的"}).Draw(t, "text"),
				Level: rapid.SampledFrom([]Level{0, Normal, ClassOnly, Restricted}).Draw(t, "level"), Remove: rapid.IntRange(0, 4).Draw(t, "remove") == 0}
		}), 0, 6).Draw(t, "edits")
		out, changes, err := Amend(lines, edits, reader)
		if !slices.Equal(lines, before) {
			t.Fatal("the version before was changed")
		}
		if err != nil {
			return
		}
		if was, now := hidden(lines), hidden(out); !slices.Equal(was, now) {
			t.Fatalf("what is not read was %v and is %v", was, now)
		}
		ids := map[int]MinutesLine{}
		for _, l := range out {
			if _, twice := ids[l.ID]; twice || l.ID == 0 {
				t.Fatalf("two lines have the id %d", l.ID)
			}
			ids[l.ID] = l
		}
		for _, l := range lines {
			now, there := ids[l.ID]
			told := slices.ContainsFunc(changes, func(c MinutesChange) bool { return c.Line == l.ID })
			if there && now.Level < l.Level && l.Writer > 1 {
				t.Fatalf("another's line fell from %d to %d", l.Level, now.Level)
			}
			if (!there || now.Text != l.Text || now.Level != l.Level) && !told {
				t.Fatalf("line %d changed and nothing tells", l.ID)
			}
		}
	})
}

// The hash is over number, version and text: who changed a line and what it was
// composed from is beside it.
func TestMinutesHash(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := someLines(t)
		if len(lines) == 0 {
			return
		}
		hash := MinutesHash("2026-家-纪01", 2, lines)
		beside, text, level := slices.Clone(lines), slices.Clone(lines), slices.Clone(lines)
		n := rapid.IntRange(0, len(lines)-1).Draw(t, "which")
		beside[n].Was, beside[n].By, beside[n].Source = "x", "y", "z"
		text[n].Text += "."
		level[n].Level++
		if MinutesHash("2026-家-纪01", 2, beside) != hash {
			t.Fatal("what is beside the text changes the hash")
		}
		for _, other := range []string{MinutesHash("2026-家-纪02", 2, lines), MinutesHash("2026-家-纪01", 3, lines), MinutesHash("2026-家-纪01", 2, text),
			MinutesHash("2026-家-纪01", 2, level), MinutesHash("2026-家-纪01", 2, lines[1:])} {
			if other == hash {
				t.Fatal("another text has the same hash")
			}
		}
		out, left := GivenOut(lines)
		if len(out)+left != len(lines) || slices.ContainsFunc(out, func(l MinutesLine) bool { return l.Level > ClassOnly }) {
			t.Fatalf("%d of %d given out, %d left", len(out), len(lines), left)
		}
	})
}

// What is composed has each line that was written once, at its level, under its
// item; nothing that was struck; and all that was decided.
func TestComposedMinutes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := MeetingView{Meeting: Meeting{Title: "家长会", ClassName: ClassName{Grade: 3, Number: 2}, Starts: On(2026, 12, 4).Start(), Ends: On(2026, 12, 4).Start(),
			Agenda: []AgendaItem{{ID: 1, Title: "开场"}, {ID: 2, Title: "提问", Speaker: "罗静"}}}}
		for n := range rapid.IntRange(0, 9).Draw(t, "notes") {
			v.Notes = append(v.Notes, MeetingNote{ID: int64(n + 1), Item: rapid.Int64Range(0, 2).Draw(t, "item"), ByName: "蒲岚", Text: fmt.Sprintf("第%d句", n), Level: rapid.SampledFrom(Levels).Draw(t, "level"),
				By: 4, Kind: rapid.SampledFrom([]NoteKind{PlainNote, QuestionAsked}).Draw(t, "kind"), Struck: rapid.IntRange(0, 3).Draw(t, "struck") == 0})
		}
		v.Resolutions = []Resolution{{ID: 1, Item: 2, Number: "2026-家-07-1", Text: "每周公示", OwnerName: "罗静", Due: On(2026, 12, 18)}}
		lines := Compose(v)
		under := int64(0)
		found := map[string]int{}
		for i, l := range lines {
			if l.ID != i+1 || l.Level < Normal || strings.Contains(l.Text, "\n") {
				t.Fatalf("%+v", l)
			}
			if l.Kind == LineItem {
				under = map[string]int64{"item 1": 1, "item 2": 2}[l.Source]
			}
			for _, n := range v.Notes {
				if l.Source == fmt.Sprintf("note %d", n.ID) {
					found[l.Source]++
					if l.Level != n.Level || l.Writer != 4 || !strings.Contains(l.Text, n.Text) || under != n.Item {
						t.Fatalf("%+v of %+v, under %d", l, n, under)
					}
				}
			}
		}
		for _, n := range v.Notes {
			if want := map[bool]int{false: 1, true: 0}[n.Struck]; found[fmt.Sprintf("note %d", n.ID)] != want {
				t.Fatalf("note %d stands there %d times", n.ID, found[fmt.Sprintf("note %d", n.ID)])
			}
		}
		if !strings.Contains(Canonical(lines), "决议 2026-家-07-1: 每周公示 / 负责 罗静, 2026-12-18 周五前") {
			t.Fatalf("%s", Canonical(lines))
		}
	})
	for title, want := range map[string]string{"期中家长会": "三(2)班 期中家长会", "三(2)期中家长会": "三(2)期中家长会"} {
		if got := titled(Meeting{Title: title, ClassName: ClassName{Grade: 3, Number: 2}}); got != want {
			t.Errorf("%s becomes %s", title, got)
		}
	}
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 60: "六十"} {
		if got := han(n); got != want {
			t.Errorf("%d is %s", n, got)
		}
	}
}

// The form that is given out has no line and no correction that is restricted or
// secret, and says how many; the full form says how many its reader does not see.
func TestPrintedMinutes(t *testing.T) {
	m := Minutes{Version: 2, Number: "2026-家-纪01", Hash: "41d0", GivenOut: 2, Hidden: 1, Signed: []Signature{{Version: 1, Name: "旧签"}, {Version: 2, Name: "罗静"}},
		Lines:       []MinutesLine{{Kind: LineTitle, Text: "*家长会* 纪要", Level: Normal}, {Kind: LineItem, Text: "一、开场", Level: Normal}, {Kind: LineNote, Text: "公开的", Level: Normal}, {Kind: LineNote, Text: "受限的", Level: Restricted}},
		Corrections: []Correction{{N: 1, Text: "地点有误", Level: Normal}, {N: 2, Text: "内情有误", Level: Restricted}}}
	for _, form := range []func(bool) string{m.Text, m.Markdown} {
		out, full := form(true), form(false)
		if strings.Contains(out, "受限的") || strings.Contains(out, "内情有误") || !strings.Contains(out, "受限内容 2 行") || !strings.Contains(out, "公开的") || !strings.Contains(out, "地点有误") {
			t.Errorf("given out:\n%s", out)
		}
		if !strings.Contains(full, "受限的") || !strings.Contains(full, "内情有误") || !strings.Contains(full, "另有 1 行") || strings.Contains(full, "旧签") || !strings.Contains(full, "签字 罗静") {
			t.Errorf("full:\n%s", full)
		}
	}
	// One of three restricted lines and one of the class's are not for the reader.
	m.GivenOut, m.Hidden = 3, 2
	if out := m.Text(true); !strings.Contains(out, "受限内容 3 行") || !strings.Contains(out, "另有 1 行") {
		t.Error(out)
	}
	if !strings.HasPrefix(m.Markdown(true), `# \*家长会\* 纪要`) {
		t.Error(m.Markdown(true))
	}
}

// What was changed by hand is counted by lines: not by how often, nor what was
// taken back.
func TestChangedCountsLines(t *testing.T) {
	change := func(line int, was, now string) MinutesChange {
		return MinutesChange{Line: line, Did: LineChanged, Was: was, Now: now}
	}
	added := func(line int, now string) MinutesChange {
		return MinutesChange{Line: line, Did: LineAdded, Now: now}
	}
	removed := func(line int, was string) MinutesChange {
		return MinutesChange{Line: line, Did: LineRemoved, Was: was}
	}
	level := MinutesChange{Line: 1, Did: LineLevelled, Was: "a", Now: "a"}
	for name, c := range map[string]struct {
		changes []MinutesChange
		want    int
	}{
		"none":                  {nil, 0},
		"twice the same line":   {[]MinutesChange{change(1, "a", "b"), change(1, "b", "c")}, 1},
		"and undone":            {[]MinutesChange{change(1, "a", "b"), change(1, "b", "a")}, 0},
		"two lines":             {[]MinutesChange{change(1, "a", "b"), change(2, "x", "y")}, 2},
		"added and removed":     {[]MinutesChange{added(7, "n"), removed(7, "n")}, 0},
		"removed and put back":  {[]MinutesChange{removed(1, "a"), added(7, "a")}, 0},
		"removed, another came": {[]MinutesChange{removed(1, "a"), added(7, "b")}, 2},
		"a level":               {[]MinutesChange{level}, 1},
		"changed, then removed": {[]MinutesChange{change(1, "a", "b"), removed(1, "b")}, 1},
	} {
		if got := (Minutes{Changes: c.changes}).Changed(); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
