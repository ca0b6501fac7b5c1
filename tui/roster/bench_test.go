package roster_test

import (
	"context"
	"fmt"
	"testing"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/roster"
	"qiao/tui/theme"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// class is a class of n, as the desk answers.
func class(n int) data.Roster {
	r := data.Roster{Class: 1, Name: data.ClassName{Grade: 3, Number: 2}, Teacher: "罗静"}
	for i := range int64(n) {
		r.Rows = append(r.Rows, data.RosterRow{
			Student: data.Student{ID: i + 1, Name: "欧阳小贝", Number: fmt.Sprintf("202402%02d", i+1), Class: 1, ClassName: r.Name},
			Guardians: []data.Guardian{{ID: i + 1, Name: "吴桂芬", Relation: data.Grandmother, Order: 1,
				Phones: []data.Phone{{E164: fmt.Sprintf("+861000000%04d", i+1)}}}},
			Last:   &data.Contact{ID: i + 1, At: tuitest.Now, Channel: data.PhoneCall, Outcome: data.Reached, StaffName: "罗静", Summary: "孩子咳嗽, 已看医生", Sight: data.Whole},
			LastOn: data.DayOf(tuitest.Now), Month: data.MarkDone, Visit: data.MarkOpen, Flagged: i%3 == 0,
		})
	}
	return r
}

// A key that moves the choice, and the page after it: two rows and the detail,
// however long the class is.
func BenchmarkMove(b *testing.B) {
	for _, n := range []int{45, 2000} {
		for _, size := range [][2]int{{80, 19}, {120, 31}} {
			b.Run(fmt.Sprintf("rows=%d/%dx%d", n, size[0], size[1]), func(b *testing.B) {
				env := &kit.Env{Ctx: context.Background(), Lang: i18n.Chinese, Now: tuitest.Clock, Look: theme.New(theme.Dark, false)}
				p := roster.New(env, roster.Deps{Roster: func(context.Context, int64) (data.Roster, error) { return class(n), nil }}, kit.Open{ID: 1})
				p.Layout(size[0], size[1])
				p.Update(p.Init()())
				down, up := tea.KeyPressMsg{Code: tea.KeyDown}, tea.KeyPressMsg{Code: tea.KeyUp}
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					key := down
					if i%80 >= 40 {
						key = up
					}
					p.Update(key)
					if p.View().Body == "" {
						b.Fatal("nothing drawn")
					}
				}
			})
		}
	}
}
