package familyedit_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

const (
	zh            = i18n.Chinese
	father  int64 = 16
	another       = "1000000" // 0417 and the like follow
)

func school(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, tuitest.School(t)) })
}

// form opens the form for Zhang's father over another page, as e on the card.
func form(t *testing.T, db *store.DB, lang i18n.Lang, o kit.Open) *tuitest.Session {
	t.Helper()
	s := tuitest.StartOn(t, db, tuitest.Luo, lang, kit.Open{Screen: "contact", ID: tuitest.Tian})
	o.Screen = "familyedit"
	if o.Draft == nil {
		o.ID = tuitest.Zhang
	}
	s.Send(o)
	return s
}

func family(t *testing.T, db *store.DB) data.FamilyEdit {
	t.Helper()
	e, err := db.As(tuitest.Luo).Family(t.Context(), tuitest.Zhang)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// change saves a change of somebody else's.
func change(t *testing.T, db *store.DB, do func(*data.FamilyEdit)) {
	t.Helper()
	desk := db.As(tuitest.Office)
	e, err := desk.Family(t.Context(), tuitest.Zhang)
	if err != nil {
		t.Fatal(err)
	}
	do(&e)
	if _, err := desk.SaveFamily(t.Context(), e); err != nil {
		t.Fatal(err)
	}
}

func shows(t *testing.T, s *tuitest.Session, words ...string) {
	t.Helper()
	screen := s.Screen()
	for _, w := range words {
		if !strings.Contains(screen, w) {
			t.Errorf("%q is not on the screen:\n%s", w, screen)
		}
	}
}

func TestEdit(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{Guardian: father})
		s.Keys("ctrl+u", another+"0417", "ctrl+n", "0571 8001234", "tab")
		shows(t, s, "[100 0000 0417_", "[0571-8001234_")
		s.Keys("ctrl+u", "周末", "ctrl+s")
		shows(t, s, "已存 15:04", "田沐阳")
		g := family(t, db).Guardians[1]
		if len(g.Phones) != 2 || g.Phones[0].E164 != "+8610000000417" || g.Phones[1].E164 != "+865718001234" || g.BestTime != "周末" {
			t.Errorf("%+v", g)
		}
	})
}

func TestWrongNumbersAreSaid(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{Guardian: father})
		s.Keys("x", "tab")
		shows(t, s, "! 不是电话号码")
		s.Keys("ctrl+s")
		shows(t, s, "还有 1 处", "! 不是电话号码")
		if g := family(t, db).Guardians[1]; g.Rev != 1 {
			t.Errorf("saved: %+v", g)
		}
	})
}

// An emptied number is taken away, and a number that stays keeps what is known
// about it.
func TestNumberTakenAway(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		if err := db.As(tuitest.Luo).MarkPhone(t.Context(), father, "+8610000000217", true); err != nil {
			t.Fatal(err)
		}
		s := form(t, db, zh, kit.Open{Guardian: father})
		shows(t, s, "! 11-25 起是错号")
		s.Keys("ctrl+n", another+"0417", "ctrl+s")
		if g := family(t, db).Guardians[1]; len(g.Phones) != 2 || g.Phones[0].Bad.IsZero() || g.First() != "+8610000000417" {
			t.Errorf("%+v", g)
		}
		s.Send(kit.Open{Screen: "familyedit", ID: tuitest.Zhang, Guardian: father})
		s.Keys("ctrl+u", "ctrl+s")
		if g := family(t, db).Guardians[1]; len(g.Phones) != 1 || g.Phones[0].E164 != "+8610000000417" {
			t.Errorf("%+v", g)
		}
	})
}

// Others' changes to other fields are merged without asking.
func TestMerges(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{Guardian: father})
		s.Keys("ctrl+u", another+"0417")
		change(t, db, func(e *data.FamilyEdit) {
			e.Household.Address = "柳溪村5组"
			e.Guardians[1].BestTime = "午后"
			e.Guardians[0].WorkPlace = "镇上"
		})
		s.Keys("ctrl+s")
		shows(t, s, "已存 15:04", "封志刚 15:04 改了住址、祖母 务工地、父 时间, 已合好")
		e := family(t, db)
		g := e.Guardians[1]
		if e.Household.Address != "柳溪村5组" || g.BestTime != "午后" || e.Guardians[0].WorkPlace != "镇上" || g.Phones[0].E164 != "+8610000000417" {
			t.Errorf("%+v", e)
		}
	})
}

// Path 15, and the other answers.
func TestClash(t *testing.T) {
	for key, want := range map[string]string{"3": "+8610000000517", "2": "+8610000000417", "4": "+8610000000517 +8610000000417"} {
		school(t, func(t *testing.T, db *store.DB) {
			s := form(t, db, zh, kit.Open{Guardian: father})
			s.Keys("ctrl+u", another+"0417")
			change(t, db, func(e *data.FamilyEdit) { e.Guardians[1].Phones[0].E164 = "+8610000000517" })
			s.Wait(12 * time.Second)
			s.Keys("ctrl+s")
			shows(t, s, "12 秒前 封志刚 也改了这家", "父 电话")
			s.Keys(key, "ctrl+s")
			shows(t, s, "已存 15:04")
			var got []string
			for _, n := range family(t, db).Guardians[1].Phones {
				got = append(got, n.E164)
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s: %v", key, got)
			}
		})
	}
}

func TestDraft(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{Guardian: father})
		s.Keys("ctrl+u", another+"04").Wait(2 * time.Second)
		read := func() (data.Draft, error) {
			return db.As(tuitest.Luo).Draft(t.Context(), "family", data.Ref{Kind: "student", ID: tuitest.Zhang})
		}
		d, err := read()
		if err != nil || !strings.Contains(d.Form, another+"04") {
			t.Fatalf("%v %+v", err, d)
		}
		s.Keys("1").Cut()
		if d, err = read(); err != nil || !strings.Contains(d.Form, another+"041") {
			t.Fatalf("after the cut: %v %+v", err, d)
		}
		next := form(t, db, zh, kit.Open{Draft: &d})
		shows(t, next, "已恢复草稿", "["+another+"041_")
		next.Keys("7", "ctrl+s")
		if g := family(t, db).Guardians[1]; g.Phones[0].E164 != "+8610000000417" {
			t.Errorf("%+v", g)
		}
		if _, err := read(); !errors.Is(err, data.ErrNotFound) {
			t.Error("the draft outlived what it was for:", err)
		}
	})
}

func TestNoRight(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := tuitest.StartOn(t, db, tuitest.Pu, zh, kit.Open{Screen: "familyedit", ID: tuitest.Zhang})
		shows(t, s, "! 你不能改这家", "可找 罗静")
		s.Keys("x", "ctrl+s")
		shows(t, s, "! 你不能改这家")
	})
}

func TestFrames(t *testing.T) {
	states := []struct {
		name string
		make func(t *testing.T, db *store.DB, s *tuitest.Session)
	}{
		{"form", func(*testing.T, *store.DB, *tuitest.Session) {}},
		{"faults", func(_ *testing.T, _ *store.DB, s *tuitest.Session) { s.Keys("x", "ctrl+s") }},
		{"clash", func(t *testing.T, db *store.DB, s *tuitest.Session) {
			s.Keys("ctrl+u", another+"0417", "shift+tab", "shift+tab", "shift+tab", "也可以")
			change(t, db, func(e *data.FamilyEdit) {
				e.Guardians[1].Phones[0].E164 = "+8610000000517"
				e.Household.Address = "柳溪村5组"
			})
			s.Wait(12 * time.Second).Keys("ctrl+s")
		}},
	}
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		for _, state := range states {
			for _, w := range []int{80, 120} {
				name := state.name + "." + string(lang) + "." + map[int]string{80: "80", 120: "120"}[w]
				t.Run(name, func(t *testing.T) {
					school(t, func(t *testing.T, db *store.DB) {
						s := form(t, db, lang, kit.Open{Guardian: father})
						if w == 120 {
							s.Resize(120, 36)
						}
						state.make(t, db, s)
						s.Golden(name)
					})
				})
			}
		}
	}
}
