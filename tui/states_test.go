package tui_test

import (
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// A gate is the clock of a school's file. While it is shut whoever asks the
// file waits, as on a disk that does not answer.
type gate struct {
	mu   sync.Mutex
	shut chan struct{}
}

func (g *gate) now() time.Time {
	g.mu.Lock()
	shut := g.shut
	g.mu.Unlock()
	if shut != nil {
		<-shut
	}
	return tuitest.Clock()
}

func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = make(chan struct{})
}

func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut != nil {
		close(g.shut)
		g.shut = nil
	}
}

// gated is the test school behind a gate. The caller closes the file.
func gated(t *testing.T) (*store.DB, *gate) {
	t.Helper()
	g := new(gate)
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "school.db"), g.now)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Console("test").Found(t.Context(), tuitest.Small(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	return db, g
}

// A state is a screen that somebody looks at while the file is in trouble.
type state struct {
	who  int64
	open kit.Open
	keys []string // to what is shown before that
	ask  []string // what asks the file again
}

var states = []state{
	{tuitest.Luo, kit.Open{Screen: "today"}, nil, []string{"f5"}},
	{tuitest.Luo, kit.Open{Screen: "welcome"}, nil, []string{"f5"}},
	{tuitest.Principal, kit.Open{Screen: "classes"}, nil, []string{"f5"}},
	{tuitest.Luo, kit.Open{Screen: "roster", ID: tuitest.Three}, nil, []string{"f5"}},
	{tuitest.Luo, kit.Open{Screen: "search"}, []string{"z"}, []string{"w"}},
	{tuitest.Luo, kit.Open{Screen: "family", ID: tuitest.Zhang}, nil, []string{"f5"}},
	{tuitest.Luo, kit.Open{Screen: "history", ID: tuitest.Zhang}, nil, []string{"f5"}},
	{tuitest.Principal, kit.Open{Screen: "audit"}, nil, []string{"f5"}},
	{tuitest.Luo, kit.Open{Screen: "contact", ID: tuitest.Zhang}, []string{"咳嗽好了"}, []string{"ctrl+s"}},
	{tuitest.Luo, kit.Open{Screen: "familyedit", ID: tuitest.Zhang}, []string{"5"}, []string{"ctrl+s"}},
	{tuitest.Luo, kit.Open{Screen: "minutes", ID: 1}, []string{"4"}, []string{"f5"}},
	{tuitest.Luo, kit.Open{Screen: "preparation", ID: 1}, []string{"3"}, []string{"f5"}},
	{tuitest.Luo, kit.Open{Screen: "notice", ID: 1}, []string{"您"}, []string{"ctrl+s"}},
	{tuitest.Luo, kit.Open{Screen: "replies", ID: 1}, []string{"7 11"}, []string{"ctrl+s"}},
	{tuitest.Luo, kit.Open{Screen: "room", ID: 1}, nil, []string{"f5"}},
	{tuitest.Admin, kit.Open{Screen: "accounts"}, nil, []string{"f5"}},
	{tuitest.Admin, kit.Open{Screen: "account", ID: tuitest.Luo}, nil, []string{"f5"}},
	{tuitest.Admin, kit.Open{Screen: "rights", ID: tuitest.Luo}, nil, []string{"f5"}},
	{tuitest.Admin, kit.Open{Screen: "accountnew"}, []string{"罗静明", "tab", "tab", "3.2"}, []string{"ctrl+s"}},
}

// called is a meeting of class 3.2 that is being prepared, the first there is.
func called(t *testing.T, db *store.DB) data.Meeting {
	t.Helper()
	m, err := db.As(tuitest.Luo).SaveMeeting(t.Context(), data.Meeting{Class: tuitest.Three, Title: "三(2)家长会", Place: "教室", Starts: tuitest.Now, Ends: tuitest.Now.Add(time.Hour),
		Chair: tuitest.Luo, Secretary: tuitest.Pu, Agenda: []data.AgendaItem{{Title: "班级情况", Minutes: 20}}}, data.Ref{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// held is a meeting that is over: whose minutes somebody looks at.
func held(t *testing.T, db *store.DB) {
	t.Helper()
	desk, m := db.As(tuitest.Luo), called(t, db)
	_, err := desk.TellMeeting(t.Context(), m.ID, m.Rev, data.Telling{Zh: "请来", Why: "临时"})
	if err == nil {
		err = desk.OpenRoom(t.Context(), m.ID)
	}
	if err == nil {
		err = desk.CloseRoom(t.Context(), m.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func everyState(do func(state, i18n.Lang)) {
	for _, st := range states {
		for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
			do(st, lang)
		}
	}
}

// says reports whether a screen says something in either language.
func says(screen, chinese, english string) bool {
	return strings.Contains(screen, chinese) || strings.Contains(screen, english)
}

// account is who looks, with a draft for those screens that show some.
func (st state) account(t *testing.T, db *store.DB) data.Account {
	t.Helper()
	me, err := db.As(st.who).Me(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	switch st.open.Screen {
	case "minutes", "room":
		held(t, db)
	case "preparation", "notice", "replies":
		called(t, db)
	}
	if st.open.Screen == "welcome" {
		d := data.Draft{Kind: "contact", Object: data.Ref{Kind: "student", ID: tuitest.Ran}, Student: tuitest.Ran, Form: "{}", Preview: "谈了补课"}
		if _, err := db.As(st.who).SaveDraft(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	return me
}

// Every screen while the file does not answer, at first and when it is asked
// again: what was read stays, the message line says that it takes long, and
// finding a family is not blocked.
func TestSlowFile(t *testing.T) {
	everyState(func(st state, lang i18n.Lang) {
		name := func(what string) string { return st.open.Screen + "." + what + "." + string(lang) }
		t.Run(name("slow"), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				db, g := gated(t)
				t.Cleanup(func() { _ = db.Close() })
				me := st.account(t, db)
				g.close()
				t.Cleanup(g.open)
				s := tuitest.StartAs(t, db, me, lang, st.open)
				s.Wait(time.Second).Sizes(name("first"))
				g.open()
				s.Wait(time.Second).Keys(st.keys...)
				g.close()
				s.Keys(st.ask...).Wait(6 * time.Second).Sizes(name("slow"))
				was := s.Screen()
				if got := s.Keys("esc").Screen(); says(was, "esc 取消", "esc gives up") != says(got, "已取消; F5 再读", "Given up; F5") {
					t.Errorf("esc does not do what is said:\n%s", got)
				}
				if got := s.Keys("f3").Screen(); !says(got, "| 桥 | 找家庭 ", "| qiao | Find a family ") {
					t.Errorf("finding is blocked:\n%s", got)
				}
			})
		})
	})
}

// Every screen when the file fails, under it and before its first answer: what
// was read stays, and the message line says what happened.
func TestBrokenFile(t *testing.T) {
	was := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler)) // the faults are logged
	t.Cleanup(func() { slog.SetDefault(was) })
	everyState(func(st state, lang i18n.Lang) {
		name := func(what string) string { return st.open.Screen + "." + what + "." + string(lang) }
		t.Run(name("failed"), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				db, _ := gated(t)
				me := st.account(t, db)
				s := tuitest.StartAs(t, db, me, lang, st.open).Keys(st.keys...)
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
				s.Keys(st.ask...).Sizes(name("failed"))
				tuitest.StartAs(t, db, me, lang, st.open).Sizes(name("broken"))
			})
		})
	})
}
