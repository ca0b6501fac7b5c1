package accounts_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// press counts what a person presses: each word is a key, but for what stands
// after "type ", which is not counted; a paste counts as one.
func press(p *tuitest.Session, words ...string) (n int) {
	for _, w := range words {
		if text, ok := strings.CutPrefix(w, "type "); ok {
			p.Keys(text)
			continue
		}
		if text, ok := strings.CutPrefix(w, "paste "); ok {
			p.Send(tea.PasteMsg{Content: text})
		} else {
			p.Keys(w)
		}
		n++
	}
	return n
}

// Path 11: a new account with a pasted key, in 12 keys at most.
func TestPath11(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "today"})
		k, line := keyOf(t, 1, "yuping@office")
		n := press(p, "g", "u", "n", "type 喻平", "tab", "type 任课", "enter", "tab", "type 3.2", "tab", "tab", "paste "+line+"\n", "ctrl+s")
		if n > 12 {
			t.Error(n, "keys")
		}
		sees(t, p, "已建 喻平 (yuping)", "账号与钥匙 > 喻平", "任课教师 三(2)", "yuping@office")
		a, err := s.AccountByKey(t.Context(), k.Fingerprint)
		if err != nil || a.Name != "喻平" || len(a.Grants) != 1 || a.Grants[0].Role != data.SubjectTeacher || a.Grants[0].ScopeID != tuitest.Three {
			t.Errorf("%+v, %v", a, err)
		}
		if _, err := s.As(tuitest.Admin).Draft(t.Context(), "accountnew", data.Ref{Kind: "account", ID: tuitest.Admin}); !errors.Is(err, data.ErrNotFound) {
			t.Error("the draft outlived what it was for:", err)
		}
	})
}

// Path 12: the laptop is lost. Its key is revoked, in 9 keys at most.
func TestPath12(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "today"})
		k, _ := keyOf(t, 20, "")
		n := press(p, "g", "u", "f", "type xwy", "enter", "enter", "d")
		sees(t, p, "吊销 许文远 的这把钥匙?", k.Fingerprint, "最后一把")
		if n += press(p, "enter"); n > 9 {
			t.Error(n, "keys")
		}
		sees(t, p, "钥匙已吊销", "吊销 11-25", "钥匙 0")
		if _, err := s.AccountByKey(t.Context(), k.Fingerprint); !errors.Is(err, data.ErrForbidden) {
			t.Error(err)
		}
	})
}

// Who has not been here for long comes first, then all by name, closed ones last;
// what another administrator does shows at once.
func TestOrderAndRefresh(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "accounts"})
		screen := p.Screen()
		at := func(row string) int { return strings.Index(screen, row) }
		if heming, ding, du := at("贺明      任课"), at("丁一川    管理员"), at("督学文    督导"); heming > ding || ding > du || heming < 0 {
			t.Error(screen)
		}
		if err := s.Console("test").Disable(t.Context(), tuitest.Pu); err != nil {
			t.Fatal(err)
		}
		screen = p.Screen()
		if at("蒲岚      任课") < at("许文远    校长") {
			t.Error("the closed account is not at the end:\n" + screen)
		}
		s.in.all = append(s.in.all, data.Presence{ID: 3, Account: tuitest.Ning, Name: "宁小舟", From: "10.0.0.9", Since: tuitest.Now, Typed: tuitest.Now, Kind: data.OnScreens, Screen: "today"})
		s.Tell(data.Ref{Kind: "session", ID: 3})
		sees(t, p, "2 在线 2") // who does not ask the server hears nothing of it
		p.Keys("f5", "2")
		sees(t, p, "[2 在线 3]", "10.0.0.9")
	})
}

// A window is ended after a question; the account is closed after its user name
// was typed, enter twice is not enough.
func TestEndAndClose(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "accounts"})
		p.Keys("2", "down", "d")
		sees(t, p, "断开 罗静?", "10.0.0.31")
		p.Keys("enter", "f5")
		sees(t, p, "[2 在线 1]")
		if !slices.Equal(s.in.ended, []int64{2}) {
			t.Error(s.in.ended)
		}
		p.Keys("1", "f", "罗静", "enter", "d", "enter", "enter")
		sees(t, p, "打出 luojing", "先打出那个词")
		p.Keys("luojing", "enter")
		sees(t, p, "罗静 已停用", "u 重新启用")
		if _, err := s.As(tuitest.Luo).Me(t.Context()); !errors.Is(err, data.ErrForbidden) {
			t.Error(err)
		}
		p.Keys("d")
		sees(t, p, "这个账号停用了")
		p.Keys("u")
		if _, err := s.As(tuitest.Luo).Me(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// A code is shown once, in letters that everybody can read, and lets its person
// in.
func TestCode(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "account", ID: tuitest.Duan})
		p.Keys("i")
		sees(t, p, "段青 的邀请码", "enrol@服务器", "只显示这一次", "11-27")
		word := regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}`).FindString(p.Screen())
		if drawn := strings.Count(p.Screen(), "#"); drawn < 8*7 { // the thinnest letters have seven and more
			t.Error("the code is not drawn big:\n" + p.Screen())
		}
		code, err := data.ParseInviteCode(word)
		if err != nil {
			t.Fatal(word, err)
		}
		p.Keys("esc")
		sees(t, p, "邀请码不再显示", "邀请码 剩2天")
		lacks(t, p, word)
		k, _ := keyOf(t, 2, "home")
		if a, err := s.Enrol(t.Context(), code, k, "10.0.0.44"); err != nil || a.ID != tuitest.Duan {
			t.Fatal(a, err)
		}
		sees(t, p, "钥匙 1", "home")
		if err := s.As(tuitest.Admin).Disable(t.Context(), tuitest.Duan); err != nil {
			t.Fatal(err)
		}
		sees(t, p, "已停用")
		p.Keys("i")
		sees(t, p, "这个账号停用了")
	})
}

func TestASecondCodeAsks(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "accounts"})
		p.Keys("f", "duan", "enter", "i", "enter", "i")
		sees(t, p, "给 段青 重发邀请码?", "作废")
		p.Keys("enter", "esc", "3")
		sees(t, p, "3 邀请码 1]", "有效", "作废")
		p.Keys("end", "d")
		sees(t, p, "这个邀请码已经没用了")
		p.Keys("home", "d", "enter")
		sees(t, p, "邀请码已收回", "3 邀请码 0]")
	})
}

// A private key never stays in the field, pasted at once or arriving as keys,
// and a good one beside it neither.
func TestAPrivateKeyIsWiped(t *testing.T) {
	const block = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\nc2VjcmV0bGluZQ==\n-----END OPENSSH PRIVATE KEY-----\n"
	open(t, func(t *testing.T, s *school) {
		for _, screen := range []string{"accountkeys", "accountnew"} {
			p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: screen, ID: tuitest.Luo})
			if screen == "accountnew" {
				p.Keys("tab", "tab", "tab", "tab")
			}
			_, good := keyOf(t, 1, "x")
			p.Send(tea.PasteMsg{Content: good + "\n" + block})
			sees(t, p, "像是私钥")
			lacks(t, p, "BEGIN", "c2VjcmV0", "ssh-ed25519")
			for _, line := range strings.Split(block, "\n") { // a terminal without bracketed paste
				p.Keys(line, "enter")
			}
			sees(t, p, "像是私钥")
			lacks(t, p, "BEGIN", "b3Blbn", "c2VjcmV0", "END OPENSSH")
			p.Wait(4 * time.Second)
			p.Send(tea.PasteMsg{Content: good})
			lacks(t, p, "像是私钥: 已擦掉")
			sees(t, p, "✓ ed25519 256 位")
			p.Wait(3 * time.Second)
			for _, d := range s.drafts(t, tuitest.Admin) {
				if strings.Contains(d.Form, "c2VjcmV0") || strings.Contains(d.Form, "PRIVATE") {
					t.Error("a draft keeps it:", d.Form)
				}
			}
		}
	})
}

func (s *school) drafts(t *testing.T, who int64) []data.Draft {
	t.Helper()
	all, err := s.As(who).Drafts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Of a paste the good keys are taken, and the others are counted.
func TestPasteOfSeveral(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "account", ID: tuitest.Luo}).Keys("l")
		_, one := keyOf(t, 1, "one")
		_, two := keyOf(t, 2, "two")
		_, other := keyOf(t, 21, "x")
		p.Send(tea.PasteMsg{Content: "# mine\n" + one + "\nfrom=\"10.0.0.0/8\" " + two + "\n" + other})
		sees(t, p, "前面的选项不保留", "已是 丁一川 的", "ctrl+s 收下 2 把")
		p.Keys("ctrl+s")
		sees(t, p, "已加 2 把钥匙, 1 行没有收", "钥匙 4", "one", "two")
	})
}

// The roles of a person: given, refused where they contradict, renewed, taken
// away.
func TestRolesOfOne(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "accounts"}).Keys("f", "罗静", "enter", "w")
		p.Keys("w", "督导", "enter", "ctrl+s")
		sees(t, p, "和另一个角色不能同时有")
		p.Keys("年级", "enter", "tab", "3", "tab", "+2w", "ctrl+s")
		sees(t, p, "角色给了", "年级组长 三年级", "11-25 至 12-09", "丁一川")
		p.Keys("w")
		lacks(t, p, "三年级 3")
		p.Keys("esc", "up", "e", "ctrl+u", "昨天")
		sees(t, p, "到哪天")
		p.Keys("enter")
		sees(t, p, "看不懂这个日期")
		p.Keys("ctrl+u", "2027-07-31", "enter")
		sees(t, p, "已续到 07-31")
		p.Keys("d")
		sees(t, p, "收回 罗静 的这个角色?")
		p.Keys("enter")
		sees(t, p, "角色已收回", "已收回")
		me, err := s.As(tuitest.Luo).Me(t.Context())
		if err != nil || len(me.Active(tuitest.Now.Add(time.Hour))) != 1 {
			t.Errorf("%+v %v", me.Grants, err)
		}
	})
}

// A name that is another's, or only looks it, is said and held back once.
func TestNamesakes(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		for name, said := range map[string]string{"罗静": "已经有叫 罗静 的 (luojing)", "罗 靜": "看着像 罗静 (luojing)"} {
			p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "accounts"}).Keys("n", name, "tab", "前台", "enter", "ctrl+s")
			sees(t, p, said, "再按 ctrl+s")
			p.Keys("ctrl+s")
			sees(t, p, "已建", "还没有钥匙: i 发邀请码")
		}
		// Saved before the name was left: what it is taken for is asked first.
		p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "accounts"}).Keys("n", "tab", "前台", "enter", "shift+tab", "段青", "ctrl+s")
		sees(t, p, "已经有叫 段青 的", "再按 ctrl+s")
	})
}

// A new account that was being written when the line broke is gone on with.
func TestDraftOfANewAccount(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "accounts"})
		_, line := keyOf(t, 1, "home")
		p.Keys("n", "喻平", "tab", "代理", "enter", "tab", "20240217", "ctrl+n").Keys("前台", "enter", "tab", "tab")
		p.Send(tea.PasteMsg{Content: line})
		p.Wait(2 * time.Second).Cut()
		p = s.as(t, tuitest.Admin, zh, kit.Open{Screen: "today"})
		sees(t, p, "喻平")
		p = s.as(t, tuitest.Admin, zh, kit.Open{Screen: "accounts"}).Keys("n")
		sees(t, p, "已恢复草稿", "[喻平_", "代理家长", "[20240217", "前台", "yuping")
		p.Keys("ctrl+s")
		sees(t, p, "已建 喻平 (yuping)", "代理家长", "home")
	})
}

// Two administrators change one account: who saves later is asked where both
// changed a field.
func TestEditMerges(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "account", ID: tuitest.Luo}).Keys("up", "e", "right")
		a, err := s.Console("test").Account(t.Context(), "luojing")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Console("test").EditAccount(t.Context(), data.AccountEdit{ID: a.ID, Until: data.On(2026, 12, 31), Rev: a.Rev}); err != nil {
			t.Fatal(err)
		}
		p.Keys("ctrl+s")
		sees(t, p, "账号改好了", "语言 中文", "到 12-31")
	})
}

// Somebody who runs no accounts has the page about their own keys: a second one
// is added by paste, the last one stays.
func TestOwnKeys(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		p := s.as(t, tuitest.Luo, zh, kit.Open{Screen: "today"}).Keys("g", "u")
		sees(t, p, "我的账号", "钥匙 2", "笔记本", "手机端", "最近进来", "班主任 三(2)")
		lacks(t, p, "n 新账号", "i 发邀请码", "w 给角色")
		p.Keys("e", "ctrl+u", "旧手机", "enter")
		sees(t, p, "钥匙改名了", "旧手机")
		p.Keys("d", "enter")
		sees(t, p, "钥匙已吊销", "钥匙 1")
		p.Keys("home", "down", "d", "enter")
		sees(t, p, "最后一把公钥不能去掉")
		_, line := keyOf(t, 1, "新手机")
		p.Keys("l").Send(tea.PasteMsg{Content: line})
		p.Keys("ctrl+s")
		sees(t, p, "钥匙已加", "钥匙 2", "新手机")
		_, other := keyOf(t, 21, "x")
		p.Keys("l").Send(tea.PasteMsg{Content: other})
		sees(t, p, "已被占用")
		lacks(t, p, "丁一川")
	})
}

// What may this person see? An administrator asks about a child by its number
// and is not told its name; the person themselves is.
func TestWhatMayThisPersonSee(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "account", ID: tuitest.Luo}).Keys("v", "f", "20240217", "enter")
		sees(t, p, "罗静 能看什么", "学号 20240217", "三(2)", "找得到这个孩子", "联系记录", "班主任 三(2)")
		lacks(t, p, "章薇")
		p.Keys("f", "ctrl+u", "20220104", "enter")
		sees(t, p, "找不到这个孩子")
		p.Keys("f", "ctrl+u", "1", "enter")
		sees(t, p, "没有这条记录")
		p.Keys("esc")
		sees(t, p, "问某个孩子", "班主任 三(2)")
		mine := s.as(t, tuitest.Luo, zh, kit.Open{Screen: "accounts"}).Keys("v", "f", "20240217", "enter")
		sees(t, mine, "我能看什么", "章薇", "找得到")
		mine.Keys("f", "ctrl+u", "20220104", "enter")
		sees(t, mine, "没有这条记录") // that there is such a child is not theirs to know
		if err := s.Console("test").RevokeGrant(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		mine.Keys("esc")
		sees(t, mine, "没有有效的角色")
	})
}

// Whoever loses the right sees no account any more.
func TestRightLost(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		if err := s.Console("test").Grant(t.Context(), tuitest.Ning, data.RoleWord{Role: data.Administrator}); err != nil {
			t.Fatal(err)
		}
		p := s.as(t, tuitest.Ning, zh, kit.Open{Screen: "accounts"})
		sees(t, p, "4 角色", "68 天没来")
		me, err := s.As(tuitest.Ning).Me(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range me.Grants {
			if g.Role == data.Administrator {
				if err := s.Console("test").RevokeGrant(t.Context(), g.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		lacks(t, p, "68 天没来", "3 邀请码", "n 新账号")
	})
}

// What is lent shows on both pages, with who lent it, and is taken back on the
// lender's.
func TestLentRoles(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		if _, err := s.As(tuitest.Luo).Lend(t.Context(), tuitest.Three, tuitest.Duan, data.On(2026, 11, 27), "生病"); err != nil {
			t.Fatal(err)
		}
		borrower := s.as(t, tuitest.Duan, zh, kit.Open{Screen: "accounts"})
		sees(t, borrower, "班主任 (代理) 三(2)", "11-25 至 11-27", "罗静")
		p := s.as(t, tuitest.Luo, zh, kit.Open{Screen: "accounts"})
		sees(t, p, "借给别人 1", "段青")
		for range 10 {
			if p.Keys("down"); strings.Contains(p.Screen(), "|> 段青") {
				break
			}
		}
		p.Keys("d")
		sees(t, p, "收回 段青 的这个角色?")
		p.Keys("enter")
		sees(t, p, "角色已收回")
		lacks(t, p, "借给别人")
		sees(t, borrower, "已收回")
	})
}

// When somebody was here last is read again each minute: a sign-in wakes nobody.
func TestLastSeenEachMinute(t *testing.T) {
	open(t, func(t *testing.T, s *school) {
		p := s.as(t, tuitest.Admin, zh, kit.Open{Screen: "accounts"}).Keys("f", "段青", "enter")
		sees(t, p, "昨天")
		if err := s.As(tuitest.Duan).Arrive(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.Wait(61 * time.Second)
		sees(t, p, "今天")
	})
}
