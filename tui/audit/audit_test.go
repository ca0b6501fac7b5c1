package audit_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	_ "modernc.org/sqlite" // to harm the file behind the store's back
)

// A log is the test school with a morning of its log, behind a file that a test
// can harm.
type log struct {
	*store.DB
	t    *testing.T
	path string
}

func school(t *testing.T) log {
	t.Helper()
	path := filepath.Join(t.TempDir(), "school.db")
	day := tuitest.Now.AddDate(0, 0, -1)
	at := day
	db, err := store.Open(t.Context(), path, func() time.Time {
		if at.Equal(day) {
			return day
		}
		return tuitest.Clock()
	})
	if err != nil {
		t.Fatal(err)
	}
	l := log{db, t, path}
	t.Cleanup(func() { _ = db.Close() })
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	small := tuitest.Small()
	small.Contacts = small.Contacts[:len(small.Contacts)-1] // without this morning's
	must(db.Console("test").Found(t.Context(), small, func(int, int) {}))
	luo := db.As(tuitest.Luo).Via("screen", "SHA256:T4qPw2fK0vYy7Jd1sTz8mQe5bRn3cXa6uLh9gOiE4Mk", "10.0.0.31").In("s-81")
	_, err = luo.Card(t.Context(), tuitest.Zhang)
	must(err)
	at = tuitest.Now // the next day: its first row seals the day before
	must(luo.Arrive(t.Context()))
	_, err = luo.Timeline(t.Context(), data.TimelineQuery{Student: tuitest.Zhang})
	must(err)
	_, _ = luo.Card(t.Context(), tuitest.ZhangW) // of another class
	ning := db.As(tuitest.Ning).Via("words", "SHA256:Qd1mo0ZkYy7Jd1sTz8mQe5bRn3cXa6uLh9gOiE4Mk22", "10.0.0.21").In("s-82")
	c := data.Contact{Students: []int64{tuitest.Ran}, At: tuitest.Now.Add(-time.Hour), Channel: data.PhoneCall, Level: data.ClassOnly, Summary: "母亲说这周加班", Topics: []string{"family"}}
	c, err = luo.SaveContact(t.Context(), c, data.Ref{})
	must(err)
	c.Summary = "母亲说这两周加班\n晚上由舅舅接"
	_, err = luo.SaveContact(t.Context(), c, data.Ref{})
	must(err)
	_, err = ning.Contact(t.Context(), c.ID)
	must(err)
	must(db.Console("root").Disable(t.Context(), tuitest.Inspector))
	_, err = db.As(tuitest.Principal).Via("screen", "SHA256:9fKdT4qPw2fK0vYy7Jd1sTz8mQe5bRn3cXa6uLh9g7R", "10.0.0.8").In("s-83").Tags(t.Context(), []int64{tuitest.Zhang})
	must(err)
	return l
}

// harm changes the file as its owner can, past the triggers.
func (l log) harm(statements ...string) {
	l.t.Helper()
	raw, err := sql.Open("sqlite", "file:"+l.path+"?_busy_timeout=5000")
	if err != nil {
		l.t.Fatal(err)
	}
	defer raw.Close()
	for _, q := range statements {
		if _, err := raw.Exec(q); err != nil {
			l.t.Fatal(q, err)
		}
	}
}

func (l log) open(who int64, id int64) *tuitest.Session {
	return tuitest.StartOn(l.t, l.DB, who, i18n.Chinese, kit.Open{Screen: "audit", ID: id})
}

// Every state, in both languages and sizes.
func TestFrames(t *testing.T) {
	for _, state := range []struct {
		name    string
		who, id int64
		keys    []string
		harm    []string
	}{
		{"log", tuitest.Principal, 0, nil, nil},
		{"numbers", tuitest.Admin, 0, []string{"down", "down"}, nil},
		{"own", tuitest.Pu, 0, nil, nil},
		{"class", tuitest.Luo, 0, []string{"down"}, nil},
		{"looked", tuitest.Luo, tuitest.Zhang, nil, nil},
		{"refused", tuitest.Office, tuitest.Zhang, nil, nil},
		{"yesterday", tuitest.Principal, 0, []string{"<", "<"}, nil},
		{"empty", tuitest.Principal, 0, []string{"<", "<", "<"}, nil},
		{"entry", tuitest.Principal, 0, []string{"down", "down", "down", "enter"}, nil},
		{"look", tuitest.Principal, 0, []string{"enter"}, nil},
		{"hidden", tuitest.Admin, 0, []string{"down", "down", "down", "enter"}, nil},
		{"filter", tuitest.Principal, 0, []string{"f", "tab", "down", "down"}, nil},
		{"nobody", tuitest.Principal, 0, []string{"f", "tab", "tab", "没有这人", "enter"}, nil},
		{"seal", tuitest.Principal, 0, []string{"i"}, nil},
		{"export", tuitest.Admin, 0, []string{"p"}, nil},
		{"broken", tuitest.Admin, 0, []string{"i"}, []string{"DROP TRIGGER audit_no_update", "UPDATE audit SET account = 2 WHERE id = 3"}},
		{"missing", tuitest.Principal, 0, nil, []string{"DROP TRIGGER audit_no_delete", "DROP TRIGGER audit_detail_no_delete",
			"DELETE FROM audit_detail WHERE audit = (SELECT max(id) FROM audit)", "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)"}},
	} {
		synctest.Test(t, func(t *testing.T) {
			l := school(t)
			l.harm(state.harm...)
			s := l.open(state.who, state.id)
			// A field more in a record is another hash: what is drawn is its shape.
			s.Hide(`\b[0-9a-f]{8}\.\.[0-9a-f]{4}\b`, "5f02c4d1..a17e").Hide(`\b[0-9a-f]{64}\b`, strings.Repeat("5f02c4d1", 8))
			s.Keys(state.keys...).Goldens(state.name)
		})
	}
}

// The check of the whole chain ends in the question for the day's seal, and who
// confirmed it stands on row 22.
func TestSeal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := school(t)
		s := l.open(tuitest.Principal, 0)
		if got := s.Screen(); !strings.Contains(got, "11-24 封印") || !strings.Contains(got, "还没核对") {
			t.Fatal(got)
		}
		if got := s.Keys("i", "enter").Screen(); !strings.Contains(got, "已确认") || !strings.Contains(got, "链 ✓ 完整") {
			t.Fatal(got)
		}
		if got := s.Keys("down").Screen(); !strings.Contains(got, "已由 许文远 核对") {
			t.Error(got)
		}
		other := l.open(tuitest.Admin, 0)
		if got := other.Screen(); !strings.Contains(got, "已由 许文远 核对") {
			t.Error(got)
		}
		if got := other.Keys("i").Screen(); !strings.Contains(got, "条全部完整") {
			t.Error(got)
		}
		if got := l.open(tuitest.Luo, 0).Keys("i").Screen(); strings.Contains(got, "核对") || strings.Contains(got, "p 导出") {
			t.Error(got)
		}
	})
}

// A filter narrows the rows; esc takes it away; what is new is counted and waits
// for ctrl+r.
func TestFilterAndNews(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := school(t)
		s := l.open(tuitest.Principal, 0)
		// Who: 罗静 by typing; kind: writes.
		got := s.Keys("f", "罗", "enter", "tab", "down", "down", "enter").Screen()
		if !strings.Contains(got, "人: 罗静") || !strings.Contains(got, "动作: 写入") || strings.Count(got, "存联系") < 2 || strings.Contains(got, "看标签") {
			t.Fatal(got)
		}
		if got = s.Keys("p").Screen(); !strings.Contains(got, "export audit --kind write --person 罗静") {
			t.Error(got)
		}
		if got = s.Keys("esc", "esc").Screen(); !strings.Contains(got, "人: 全部") || !strings.Contains(got, "看标签") {
			t.Error(got)
		}
		if _, err := l.As(tuitest.Duan).Card(t.Context(), tuitest.Nan); err != nil {
			t.Fatal(err)
		}
		if err := l.As(tuitest.Duan).SetLang(t.Context(), "zh"); err != nil {
			t.Fatal(err)
		}
		if got = s.Wait(70 * time.Second).Screen(); !strings.Contains(got, "新 2 条, ctrl+r 显示") || strings.Contains(got, "段青") {
			t.Fatal(got)
		}
		if got = s.Keys("ctrl+r").Screen(); !strings.Contains(got, "段青") || strings.Contains(got, "新 2 条") {
			t.Error(got)
		}
		got = s.Keys("f", "tab", "tab", "章薇", "enter").Screen()
		if !strings.Contains(got, "孩子: 章薇") || !strings.Contains(got, "看往来") || strings.Contains(got, "存联系") {
			t.Error(got)
		}
	})
}

// From a family's card, w tells who looked; esc leads back to the card.
func TestWhoLooked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := school(t)
		s := tuitest.StartOn(t, l.DB, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "today"})
		s.Send(kit.Open{Screen: "family", ID: tuitest.Zhang})
		if got := s.Keys("w").Screen(); !strings.Contains(got, "动作: 谁看过  孩子: 章薇") || !strings.Contains(got, "许文远    看标签") {
			t.Fatal(got)
		}
		if got := s.Keys("esc").Screen(); !strings.Contains(got, "家庭 > 章薇") {
			t.Error(got)
		}
		s = tuitest.StartOn(t, l.DB, tuitest.Pu, i18n.Chinese, kit.Open{Screen: "family", ID: tuitest.Zhang})
		if got := s.Keys("w").Screen(); !strings.Contains(got, "家庭 > 章薇") {
			t.Error("a subject teacher asks who looked:", got)
		}
	})
}

// More than one page: older rows come as one goes down.
func TestOlder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := school(t)
		for i := range 260 {
			if err := l.As(tuitest.Duan).SetLang(t.Context(), []string{"zh", "en"}[i%2]); err != nil {
				t.Fatal(err)
			}
		}
		s := l.open(tuitest.Principal, 0)
		if got := s.Keys("end", "end", "end", "end").Screen(); !strings.Contains(got, "建学校") {
			t.Error(got)
		}
	})
}
