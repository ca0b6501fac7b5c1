package accounts_test

import (
	"testing"

	"qiao/data"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

type state = func(t *testing.T, s *school, p *tuitest.Session)

func keys(words ...string) state {
	return func(_ *testing.T, _ *school, p *tuitest.Session) { p.Keys(words...) }
}

func TestListFrames(t *testing.T) {
	everyFrame(t, tuitest.Admin, kit.Open{Screen: "accounts"}, map[string]state{
		"people": keys("down"),
		"online": keys("2"),
		"codes": func(t *testing.T, s *school, p *tuitest.Session) {
			if _, _, err := s.As(tuitest.Admin).Invite(t.Context(), tuitest.Pu); err != nil {
				t.Fatal(err)
			}
			p.Hide(`[0-9A-Z]{4}-\*{4}`, "K7QX-****").Keys("3")
		},
		"roles":   keys("4"),
		"filter":  keys("f", "luo"),
		"nofit":   keys("f", "没这个人", "enter"),
		"close":   keys("down", "d"),
		"lastone": keys("f", "ding", "enter", "d", "dingyichuan", "enter"),
		"end":     keys("2", "down", "d"),
	})
}

func TestRoleWaitsFrame(t *testing.T) {
	everyFrame(t, tuitest.Admin, kit.Open{Screen: "accounts"}, map[string]state{
		"waits": func(t *testing.T, s *school, p *tuitest.Session) {
			admin := data.RoleWord{Role: data.Administrator}
			if err := s.Console("test").Grant(t.Context(), tuitest.Principal, admin); err != nil {
				t.Fatal(err)
			}
			if err := s.As(tuitest.Principal).Grant(t.Context(), tuitest.Office, admin); err != nil {
				t.Fatal(err)
			}
			p.Keys("4", "home", "i")
		},
	})
}

func TestAccountFrames(t *testing.T) {
	everyFrame(t, tuitest.Admin, kit.Open{Screen: "account", ID: tuitest.Luo}, map[string]state{
		"account": keys(),
		"revoke":  keys("d"),
		"rename":  keys("e"),
		"renew":   keys("G", "up", "up", "e"),
		"seen":    keys("v"),
		"seenkid": keys("v", "f", "20220104", "enter"),
		"keys":    keys("l"),
		"edit":    keys("up", "e"),
		"role":    keys("w", "tab", "9.9", "ctrl+s"),
		"keysgood": func(t *testing.T, _ *school, p *tuitest.Session) {
			_, one := keyOf(t, 1, "luojing@office")
			_, hers := keyOf(t, 10, "again")
			_, other := keyOf(t, 21, "x")
			p.Keys("l").Send(tea.PasteMsg{Content: one + "\n" + hers + "\n" + other + "\nssh-dss AAAAB3NzaC1kc3MAAACB old\nhello\n"})
		},
		"code": func(_ *testing.T, _ *school, p *tuitest.Session) {
			p.Keys("i").Hide(`[0-9A-Z]{4}-[0-9A-Z]{4}`, "K7QX-2M4P").Hide(`(?m)^\|    [ #]*#[ #]*\|$`, "|    (a row of the code, drawn big)")
		},
		"keysprivate": func(_ *testing.T, _ *school, p *tuitest.Session) {
			p.Keys("l").Send(tea.PasteMsg{Content: "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n"})
		},
	})
}

func TestNewFrames(t *testing.T) {
	everyFrame(t, tuitest.Admin, kit.Open{Screen: "accountnew"}, map[string]state{
		"new":      keys(),
		"newfault": keys("tab", "tab", "tab", "ctrl+s"),
		"newsame":  keys("罗静", "tab"),
		"newalike": keys("罗靜", "tab", "tab", "3.2", "tab", "ctrl+s"),
		"newtwo": func(t *testing.T, _ *school, p *tuitest.Session) {
			_, one := keyOf(t, 1, "yuping@home")
			p.Keys("喻平", "tab", "tab", "3.2", "tab", "ctrl+n", "down", "down", "down", "down", "tab", "20240217", "tab", "tab").Send(tea.PasteMsg{Content: one})
		},
	})
}

func TestOthersFrames(t *testing.T) {
	everyFrame(t, tuitest.Luo, kit.Open{Screen: "accounts"}, map[string]state{"mine": keys(), "mysight": keys("v")})
	everyFrame(t, tuitest.Principal, kit.Open{Screen: "accounts"}, map[string]state{"principal": keys()})
	everyFrame(t, tuitest.Office, kit.Open{Screen: "accounts"}, map[string]state{"office": keys()})
}
