package kit

import (
	"slices"
	"strconv"
	"testing"

	"qiao/data"
	"qiao/tui/i18n"
)

// plan has a value of each kind that a form can be declared with.
type plan struct {
	Title, Notes string
	Room         int
	Channel      data.Channel
	Level        data.Level
	Open         bool
	Topics       []string
}

func planEntries() []Entry[plan] {
	number := func(s string) (int, error) {
		n, err := strconv.Atoi(s)
		if err != nil {
			return 0, &data.Invalid{Field: "room", Why: data.WhyUnknown}
		}
		return n, nil
	}
	return []Entry[plan]{
		Short("title", i18n.Phrase{}, 20, func(p *plan) *string { return &p.Title }),
		Text("notes", i18n.Phrase{}, 100, 3, func(p *plan) *string { return &p.Notes }),
		Typed("room", i18n.Phrase{}, 4, number, func(_ i18n.Lang, n int) string { return strconv.Itoa(n) }, func(p *plan) *int { return &p.Room }),
		Pick("channel", i18n.Phrase{}, data.Channels, i18n.Lang.Channel, func(p *plan) *data.Channel { return &p.Channel }),
		OneOf("level", i18n.Phrase{}, data.Levels, i18n.Lang.Level, func(p *plan) *data.Level { return &p.Level }),
		YesNo("open", i18n.Phrase{}, func(p *plan) *bool { return &p.Open }),
		AnyOf("topics", i18n.Phrase{}, data.Topics, i18n.Lang.Topic, func(p *plan) *[]string { return &p.Topics }),
	}
}

// What goes into a widget comes out of it, through the draft too.
func TestEntriesKeepTheirValue(t *testing.T) {
	want := plan{"会", "一\n二", 7, data.Channels[2], data.Levels[1], true, []string{data.Topics[0], data.Topics[3]}}
	first, second := planEntries(), planEntries()
	var read, restored, copied plan
	for i, e := range first {
		e.fill(i18n.English, want)
		second[i].put(e.keep())
		if err := e.read(&read); err != nil {
			t.Error(err)
		}
		if err := second[i].read(&restored); err != nil {
			t.Error(err)
		}
		e.copy(&copied, want)
		if e.show(i18n.English, want) == e.show(i18n.English, plan{}) {
			t.Errorf("%s: the change is not shown", e.Field)
		}
	}
	for name, got := range map[string]plan{"read": read, "restored": restored, "copied": copied} {
		if same := slices.Equal(got.Topics, want.Topics); !same || got.Title != want.Title || got.Notes != want.Notes || got.Room != want.Room ||
			got.Channel != want.Channel || got.Level != want.Level || got.Open != want.Open {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// What cannot be read is refused, and what was there stays.
func TestEntryRefuses(t *testing.T) {
	e := planEntries()[2]
	e.put("two")
	p := plan{Room: 3}
	if err := e.read(&p); len(data.Faults(err)) != 1 || p.Room != 3 {
		t.Errorf("%v %+v", err, p)
	}
}
