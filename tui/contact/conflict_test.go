package contact_test

import (
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

// talk is what Pu wrote this morning and Luo, the class teacher, may correct.
const talk = "数学作业交得齐了"

// correcting opens Pu's contact for Luo, and lets Pu save a change of their own
// once the form is there.
func correcting(t *testing.T, db *store.DB, lang i18n.Lang, theirs func(*data.Contact)) (*tuitest.Session, int64) {
	t.Helper()
	id := newest(t, db).ID
	s := form(t, db, lang, kit.Open{Contact: id})
	shows(t, s, "| "+talk)
	c, err := db.As(tuitest.Pu).Contact(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	theirs(&c)
	if _, err := db.As(tuitest.Pu).SaveContact(t.Context(), c, data.Ref{}); err != nil {
		t.Fatal(err)
	}
	s.Wait(12 * time.Second)
	return s, id
}

func stored(t *testing.T, db *store.DB, id int64) data.Contact {
	t.Helper()
	c, err := db.As(tuitest.Luo).Contact(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Two people change different fields: nobody is asked.
func TestCorrectionsMerge(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s, id := correcting(t, db, zh, func(c *data.Contact) { c.Minutes = 15; c.Topics = []string{"homework"} })
		s.Keys(", 订正也好", "ctrl+s")
		shows(t, s, "已存 15:04", "蒲岚 15:04 改了话题、时长, 已合好")
		if c := stored(t, db, id); c.Summary != talk+", 订正也好" || c.Minutes != 15 || c.Topics[0] != "homework" || c.Rev != 3 {
			t.Errorf("%+v", c)
		}
	})
}

// Path 15: both changed the text; 3 takes theirs, 2 keeps mine, 4 keeps both,
// and what only one of the two changed is merged either way.
func TestCorrectionsClash(t *testing.T) {
	for key, want := range map[string]string{"3": talk + ", 家长很高兴", "2": talk + ", 订正也好", "4": talk + ", 家长很高兴\n" + talk + ", 订正也好"} {
		school(t, func(t *testing.T, db *store.DB) {
			s, id := correcting(t, db, zh, func(c *data.Contact) { c.Summary += ", 家长很高兴"; c.Minutes = 15 })
			s.Keys(", 订正也好", "ctrl+s")
			shows(t, s, "12 秒前 蒲岚 也改了这条", "下面打 ! 的 1 项", "你写的都在, 没有丢")
			s.Keys("ctrl+s")
			shows(t, s, "还有 1 处要定")
			s.Keys(key, "ctrl+s")
			shows(t, s, "已存 15:04")
			if c := stored(t, db, id); c.Summary != want || c.Minutes != 15 || c.Rev != 3 {
				t.Errorf("%s: %+v", key, c)
			}
		})
	}
}

// From the conflict one goes back to the form, where all one wrote still is.
func TestClashGoesBack(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s, id := correcting(t, db, zh, func(c *data.Contact) { c.Summary = "别的" })
		s.Keys(", 订正也好", "ctrl+s", "esc")
		shows(t, s, "| "+talk+", 订正也好")
		s.Wait(3 * time.Second).Cut()
		d, err := db.As(tuitest.Luo).Draft(t.Context(), "contact", data.Ref{Kind: "contact", ID: id})
		if err != nil || !strings.HasSuffix(d.Preview, "订正也好") || d.Base != 1 {
			t.Errorf("%v %+v", err, d)
		}
		// The restored draft still knows what it began from.
		next := form(t, db, zh, kit.Open{Draft: &d})
		next.Keys("ctrl+s")
		shows(t, next, "蒲岚 也改了这条")
		next.Keys("2", "ctrl+s")
		if c := stored(t, db, id); c.Summary != talk+", 订正也好" {
			t.Errorf("%+v", c)
		}
	})
}

func TestClashFrames(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		for _, w := range []int{80, 120} {
			for name, keys := range map[string][]string{"clash": nil, "difference": {"1"}} {
				name += "." + string(lang) + "." + map[int]string{80: "80", 120: "120"}[w]
				t.Run(name, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						s, _ := correcting(t, tuitest.School(t), lang, func(c *data.Contact) {
							c.Summary += "\n家长很高兴, 说晚上会一起看。"
							c.Minutes = 15
						})
						if w == 120 {
							s.Resize(120, 36)
						}
						s.Keys("\n", "订正也好。", "ctrl+o", "ctrl+s").Keys(keys...)
						s.Golden(name)
					})
				})
			}
		}
	}
}
