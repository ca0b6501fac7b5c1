package tui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"qiao/data"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// pupils is a page as the roster is: a table of Chinese names.
type pupils struct {
	rows
	table kit.Table
}

var pupilCols = []kit.Col{{Width: 3, Align: kit.ToRight}, {Width: 8}, {Width: 16, Grow: 1}, {Width: 13}, {Width: 9, Rank: 1}, {Width: 4, Align: kit.Middle, Rank: 2}}

func (p *pupils) Layout(w, h int) {
	p.rows.Layout(w, h)
	p.table = kit.NewTable(pupilCols, w-2)
}

func (p *pupils) View() kit.Frame {
	return kit.Frame{Scope: " 三(2)  45 人  班主任 林静", Body: strings.Join(p.list.View(p.env, func(i int) string {
		return p.table.Row(p.env.Look, fmt.Sprint(i), "欧阳小贝", "祖母 吴桂芬", "100 0000 0117", "12天前", kit.In(theme.Danger, "!"))
	}), "\n")}
}

// A key that moves the choice, and the frame after it. It takes as long in a
// list of a hundred thousand as in one of fifty.
func BenchmarkKey(b *testing.B) {
	for _, n := range []int{50, 100_000} {
		for _, size := range [][2]int{{80, 24}, {120, 36}} {
			b.Run(fmt.Sprintf("rows=%d/%dx%d", n, size[0], size[1]), func(b *testing.B) {
				s := tui.Bare(context.Background(), teacher, i18n.Chinese, tuitest.Clock, func(env *kit.Env) kit.Page {
					return &pupils{rows: rows{env: env, n: n}}
				}, func(_ context.Context, d data.Draft) (data.Draft, error) { return d, nil }, nil)
				s.Init()
				s.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				down, up := tea.KeyPressMsg{Code: tea.KeyDown}, tea.KeyPressMsg{Code: tea.KeyUp}
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					key := down
					if i%80 >= 40 {
						key = up
					}
					s.Update(key)
					if s.View().Content == "" {
						b.Fatal("nothing drawn")
					}
				}
			})
		}
	}
}
