package search_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

func key(r rune) tea.Msg { return tea.KeyPressMsg{Code: r, Text: string(r)} }

var enter = tea.KeyPressMsg{Code: tea.KeyEnter}

// A fast hand types the name, enter and c before any answer is there. The
// answer to what was typed is opened, not what stood on the screen, and the c
// goes to the card.
func TestEnterTypedBlind(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := palette(t, db, tuitest.Luo, i18n.Chinese)
		s.Send(key('l'), key('s'), key('q'), enter)
		shows(t, s, "家庭 > 龙思齐")
		s.Keys("/").Send(key('z'), key('w'), enter, key('c'))
		shows(t, s, "记联系 > 章薇")
		hides(t, s, "/ zw")
	})
}

// The same with ctrl+t, and with a name that nobody has: what comes after it
// is text again.
func TestRecordTypedBlind(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := palette(t, db, tuitest.Luo, i18n.Chinese)
		s.Send(key('0'), key('2'), key('1'), key('7'), tea.KeyPressMsg{Code: 't', Mod: tea.ModCtrl})
		shows(t, s, "记联系 > 章薇", "父 章立民", "100 0000 0217") // whose number was typed
		s.Keys("esc", "/").Send(key('q'), key('q'), key('q'), enter, key('q'))
		shows(t, s, "没有叫这个的", "/ qqqq_")
	})
}

// While an answer is under way the chosen card is nobody else's.
func TestNeverUnderAnothersName(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := palette(t, db, tuitest.Luo, i18n.Chinese)
		for range 6 {
			s.Send(tea.KeyPressMsg{Code: tea.KeyDown})
			screen := s.Screen()
			_, card, _ := strings.Cut(screen, "--- ")
			for name, only := range map[string]string{"章薇": "章楠", "冉小满": "冉小军", "田沐阳": "田长庚"} {
				if strings.HasPrefix(card, name) != strings.Contains(card, only) {
					t.Fatalf("%s stands under another's name:\n%s", only, screen)
				}
			}
		}
	})
}

// Tab goes through the numbers; ctrl+y copies the one shown, and the contact
// is with the one whose number it is.
func TestNumbers(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := palette(t, db, tuitest.Luo, i18n.Chinese, "zw", "tab", "ctrl+y")
		shows(t, s, "[100 0000 0217]", "已送到终端: 10000000217")
		s.Keys("tab", "ctrl+y")
		shows(t, s, "[100 0000 0117]", "已送到终端: 10000000117") // the mother must not be called
		s.Keys("tab", "ctrl+t")
		shows(t, s, "父 章立民")
		s.Keys("esc")
		shows(t, s, "家庭 > 田沐阳") // back where the palette was opened
	})
}

// All letters are the query; ctrl+u empties it, and the last families are
// there again.
func TestAllLettersAreTheQuery(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := palette(t, db, tuitest.Luo, i18n.English, "j", "k", "q", "x")
		shows(t, s, "/ jkqx_", "Nobody by that name")
		s.Keys("enter")
		shows(t, s, "Find a family", "Nobody by that name")
		s.Keys("ctrl+u")
		shows(t, s, "/ _", "your last 4 families")
		s.Keys("up", "down", "down")
		shows(t, s, "> Ran Xiaoman")
		s.Keys("esc")
		shows(t, s, "Family > Tian Muyang")
	})
}

// Someone saves a family that is shown: the palette shows it at once, and the
// choice stays.
func TestLive(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := palette(t, db, tuitest.Luo, i18n.Chinese, "3.2")
		for range 12 {
			if !strings.Contains(s.Screen(), "> 章薇") {
				s.Keys("down")
			}
		}
		if err := db.As(tuitest.Office).MarkPhone(t.Context(), grandma(t, db), "+8610000000117", true); err != nil {
			t.Fatal(err)
		}
		shows(t, s, "> 章薇       女 三(2) 17号     父 章立民       100 0000 0217", "! 号码不对")
	})
}

func grandma(t *testing.T, db *store.DB) int64 {
	t.Helper()
	c, err := db.As(tuitest.Luo).Card(t.Context(), tuitest.Zhang)
	if err != nil {
		t.Fatal(err)
	}
	return c.Guardians[0].Person
}

// Nobody finds who is outside their right, and nothing typed can hurt.
func TestOnlyOnesOwn(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := palette(t, db, tuitest.Luo, i18n.Chinese, "张巍")
		shows(t, s, "没有叫这个的")
		s.Keys("ctrl+u").Send(tea.PasteMsg{Content: "\x1b[31m100 0000\n0117\u202e" + strings.Repeat("9", 10000)})
		if n := len([]rune(strings.Split(s.Screen(), "\n")[1])); n > 82 {
			t.Error("the query runs over its row")
		}
	})
}

// More than fifty: how many more, and what to do.
func TestManyHits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		many := tuitest.Small()
		for i := range 111 {
			many.Households = append(many.Households, data.Home{})
			many.Students = append(many.Students, data.Pupil{Student: data.Student{Household: int64(len(many.Households)), Class: tuitest.Three,
				Name: "钱" + string(rune('一'+i)), Number: fmt.Sprint(900 + i), Status: data.Enrolled}})
		}
		db := tuitest.Open(t, many)
		s := palette(t, db, tuitest.Luo, i18n.Chinese, "钱")
		shows(t, s, "还有 61 家, 再打一个字")
		s.Keys("pgdown", "pgdown")
		shows(t, s, "> 钱")
		palette(t, db, tuitest.Luo, i18n.Chinese, "钱").Sizes("many.zh")
		palette(t, db, tuitest.Luo, i18n.English, "钱").Sizes("many.en")
	})
}
