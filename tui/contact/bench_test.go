package contact_test

import (
	"strings"
	"testing"

	"qiao/data/store"
	"qiao/tui/contact"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// A key in the text, with the frame it makes, in a short and in a long record.
func BenchmarkKey(b *testing.B) {
	for name, text := range map[string]string{"short": "孩子又咳, 昨晚没睡好。", "long": strings.Repeat("孩子又咳, 昨晚没睡好。", 900)} {
		b.Run(name, func(b *testing.B) {
			desk := tuitest.School(b).As(tuitest.Luo)
			me, err := desk.Me(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			env := &kit.Env{Ctx: b.Context(), Me: me, Lang: i18n.Chinese, Look: theme.New(theme.Dark, true), Now: tuitest.Clock}
			p := contact.New(env, deps(desk), kit.Open{ID: tuitest.Zhang})
			p.Layout(80, 19)
			p.Update(tea.PasteMsg{Content: ""})
			for _, part := range strings.SplitAfter(text, "。") {
				p.Update(tea.PasteMsg{Content: part})
			}
			keys := []tea.KeyPressMsg{{Code: '又', Text: "又"}, {Code: tea.KeyBackspace}}
			b.ResetTimer()
			for i := range b.N {
				p.Update(keys[i%2])
				_ = p.View()
			}
		})
	}
}

func deps(desk *store.Desk) contact.Deps {
	return contact.Deps{Card: desk.Card, Calendar: desk.Calendar, Contact: desk.Contact, Draft: desk.Draft,
		Save:        desk.SaveContact,
		SavePromise: desk.SavePromise, MarkPhone: desk.MarkPhone}
}
