package enrol_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

var key = data.Key{Type: "ssh-ed25519", Fingerprint: "SHA256:9fKd7RtY3LqMvW2xT8sQbN4hJ6pZcA1eGuFiYo5rDkE",
	Blob: "AAAAC3NzaC1lZDI1NTE5AAAAIEifGNc6s8FhDM/7+YdFLN/qtgSxwRTsTaTmlkSew29D"}

// A newcomer is a stranger at the door of the small school, and the account
// that is meant for them.
type newcomer struct {
	*tuitest.Session
	t    *testing.T
	db   *store.DB
	me   data.Account
	came int // how often the session became somebody's
}

func arrive(t *testing.T, key data.Key) *newcomer {
	t.Helper()
	n := &newcomer{t: t, db: tuitest.School(t)}
	var roles []data.RoleWord
	for _, w := range []string{"subject-teacher:3.2", "subject-teacher:5.1", "moral-office"} {
		r, err := data.ParseRole(w)
		if err != nil {
			t.Fatal(err)
		}
		roles = append(roles, r)
	}
	var err error
	if n.me, err = n.db.As(tuitest.Admin).AddAccount(t.Context(), "龚老师", roles); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	box, stop := n.db.Watch()
	t.Cleanup(func() { cancel(); stop(); synctest.Wait() })
	become := func(ctx context.Context) (tui.Person, error) {
		me, err := n.db.AccountByKey(ctx, key.Fingerprint)
		if err == nil {
			n.came++
		}
		return tui.Person{Account: me, Desk: n.db.As(me.ID).Via("screen", key.Fingerprint, "10.0.0.44")}, err
	}
	n.Session = tuitest.Drive(t, tui.Enrolment(ctx, box, i18n.Chinese, tuitest.Clock, tui.Door{Key: key, From: "10.0.0.44", Entrance: n.db.Entrance,
		Invited: func(ctx context.Context, c data.InviteCode) (data.Account, error) {
			return n.db.Invited(ctx, c, key, "10.0.0.44")
		},
		Become: become,
		Enrol: func(ctx context.Context, c data.InviteCode) (tui.Person, error) {
			if _, err := n.db.Enrol(ctx, c, key, "10.0.0.44"); err != nil {
				return tui.Person{}, err
			}
			return become(ctx)
		}}))
	return n
}

func (n *newcomer) code() data.InviteCode {
	n.t.Helper()
	code, _, err := n.db.As(tuitest.Admin).Invite(n.t.Context(), n.me.ID)
	if err != nil {
		n.t.Fatal(err)
	}
	return code
}

func (n *newcomer) sees(words ...string) {
	n.t.Helper()
	got := n.Screen()
	for _, w := range words {
		if !strings.Contains(got, w) {
			n.t.Errorf("%q is not on\n%s", w, got)
		}
	}
}

// From a fresh key to Today: the code, whose it is, the language, the tour.
func TestTheWayIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := arrive(t, key)
		n.Goldens("code")
		n.Keys("tab").Goldens("button")
		n.Keys("enter").Goldens("key")
		n.Keys("esc", "tab", "k7qx 2m4p", "enter")
		n.Goldens("wrong")
		code := n.code()
		n.Keys("ctrl+u", "　"+strings.ToLower(code.String()), "enter")
		n.Goldens("confirm")
		if _, err := n.db.AccountByKey(t.Context(), key.Fingerprint); !errors.Is(err, data.ErrNotFound) {
			t.Error("bound before it was confirmed:", err)
		}
		n.Keys("enter")
		n.Goldens("language")
		if me, err := n.db.AccountByKey(t.Context(), key.Fingerprint); err != nil || me.ID != n.me.ID {
			t.Error("not bound:", err)
		}
		n.Keys("1")
		for _, name := range []string{"tour1", "tour2", "tour3"} {
			n.Goldens(name)
			n.Keys("enter")
		}
		n.sees("今日", "龚老师", "g 前往")
		n.Keys("/", "zw")
		n.sees("章薇")
	})
}

// The language chosen is the account's; esc skips the rest.
func TestLanguageAndSkipping(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := arrive(t, key)
		n.Keys(string(n.code()), "enter", "enter", "down", "enter")
		n.sees("How-to 1 / 3")
		n.Keys("esc")
		n.sees("Today")
		if me, err := n.db.As(n.me.ID).Me(t.Context()); err != nil || me.Lang != "en" {
			t.Error(me.Lang, err)
		}
	})
}

// An administrator adds the key meanwhile: the screen goes on by itself.
func TestTheKeyIsAddedMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := arrive(t, key)
		n.Keys("K7QX")
		if _, err := n.db.As(tuitest.Admin).AddKey(t.Context(), n.me.ID, key); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		n.Goldens("added")
		n.Keys("enter", "esc")
		n.sees("今日", "龚老师")
		if n.came != 1 {
			t.Error("became somebody", n.came, "times")
		}
	})
}

// What is wrong with a code is said whole, in two rows where it takes two.
func TestAFaultIsNotCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := arrive(t, key)
		n.Keys("f4", "K7", "enter")
		got := strings.Join(strings.Fields(strings.ReplaceAll(n.Screen(), "|", " ")), " ")
		if !strings.Contains(got, "! A code has 8 letters and digits, as K7QX-2M4P; 0, O, 1, I and L are in none.") {
			t.Error(n.Screen())
		}
	})
}

// Why a code lets nobody in, and whom to ask; nobody is bound to anything.
func TestRefusals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := arrive(t, key)
		first := n.code()
		second := n.code()
		n.Keys(string(first), "enter")
		n.sees("邀请码已作废", "丁一川")
		n.Keys("ctrl+u", "K7", "enter")
		n.sees("邀请码是 8 位")
		n.Keys("ctrl+u", string(second), "enter", "esc")
		n.sees("什么都没做", "领取账号")
		time.Sleep(data.InviteLasts)
		n.Keys("x", "ctrl+u", string(second), "enter") // the first key uncovers the screen
		n.sees("过了 48 小时")
		for range 3 {
			n.Keys("ctrl+u", "22222222", "enter")
		}
		n.sees("还可试 1 次")
		n.Keys("ctrl+u", "22222222", "enter")
		n.sees("以后再试")
		n.Goldens("wait")
		third := n.code()
		n.Keys("ctrl+u", string(third), "enter")
		n.sees("以后再试")
		time.Sleep(time.Hour)
		n.Keys("x", "backspace", "enter")
		n.sees("是你吗")
		if _, err := n.db.Enrol(t.Context(), third, data.Key{Fingerprint: "SHA256:other", Type: "x", Blob: "x"}, "10.0.0.9"); err != nil {
			t.Fatal(err)
		}
		n.Keys("enter") // somebody else was faster
		n.sees("已经用过", "领取账号")
		if n.came != 0 {
			t.Error("the session became somebody's")
		}
	})
}

// A stranger reaches no other screen, by whatever key, paste or click, and no
// family's name is on any.
func TestNoOtherScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := arrive(t, key)
		n.Keys("tab")
		for _, k := range []string{"/", ":", "ctrl+p", "ctrl+f", "f3", "g", "t", "u", "章", "c", "h", "f5", "f8", "1", "ctrl+s", "ctrl+t", "."} {
			n.Keys(k)
			n.sees("领取账号", "未登记")
		}
		n.Send(tea.PasteMsg{Content: "章薇 10000000117"})
		n.sees("领取账号")
		if got := n.Screen(); strings.Contains(got, "章薇") || strings.Contains(got, "罗静") {
			t.Error("names on the screen of a stranger:\n", got)
		}
		n.Keys("f1")
		n.sees("帮助 > 领取账号")
		for _, k := range []string{"2", "3", "4", "5", "1", "enter", "esc"} {
			n.Keys(k)
			n.sees("未登记")
		}
		n.Keys("esc")
		if !n.Over() {
			t.Error("esc does not leave:\n", n.Screen())
		}
	})
}

// Whoever was here before is not shown around again; and a key that is longer
// than the window is named, not cut.
func TestTheSecondLaptop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		long := key
		long.Type, long.Blob = "ssh-rsa", strings.Repeat("QiAo", 700)
		n := arrive(t, long)
		n.Keys("tab", "enter")
		n.sees("这里放不下")
		n.Keys("esc", "tab")
		if err := n.db.As(n.me.ID).Leave(t.Context()); err != nil {
			t.Fatal(err)
		}
		n.Keys(string(n.code()), "enter", "enter")
		n.sees("今日", "龚老师")
	})
}
