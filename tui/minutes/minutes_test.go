package minutes_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// The way of minutes in frames, from the draft to what follows the issue.
func TestFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		amended(t, db, tuitest.Pu, id, "数学每周三", "蒲岚: 数学每周三下午 4 点补课, 自愿参加, 名单贴在教室")
		s := open(t, db, tuitest.Luo, id)
		s.Goldens("draft")
		s.Keys("2").Goldens("changes")
		s.Keys("1", "e").Goldens("edit")
		s.Keys("esc", "i").Goldens("sign")
		s.Keys("enter", "3").Goldens("signed")
		s.Keys("i").Goldens("issue")
		s.Keys("2026-家-01", "enter", "1").Goldens("issued")
		s.Keys("v").Goldens("givenout")
		s.Keys("4").Goldens("after")
		s.Keys("n") // no key of this part
		open(t, db, tuitest.Luo, id).Keys("n").Goldens("correction")
		tuitest.StartOn(t, db, tuitest.Duan, i18n.Chinese, kit.Open{Screen: "minutes", ID: id}).Goldens("refused")
		tuitest.StartOn(t, db, tuitest.Inspector, i18n.Chinese, kit.Open{Screen: "minutes", ID: id}).Goldens("inspector")
		open(t, db, tuitest.Luo, called(t, db).ID).Goldens("none")
	})
}

// The cursor stands on the first line that somebody changed; [ and ] go through
// them, enter opens the form.
func TestReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		amended(t, db, tuitest.Pu, id, "朗读", "罗静: 朗读加强")
		amended(t, db, tuitest.Pu, id, "每周一公示", "决议: 每周一公示")
		s := open(t, db, tuitest.Luo, id)
		says(t, s.Screen(), ">  ", "[2 改动 2]"[1:9], "[蒲岚 改, 原「")
		chosen := func() string {
			for line := range strings.Lines(s.Screen()) {
				if strings.HasPrefix(line, "|>") {
					return line
				}
			}
			return ""
		}
		if got := chosen(); !strings.Contains(got, "朗读加强") {
			t.Error(got)
		}
		s.Keys("]")
		if got := chosen(); !strings.Contains(got, "决议: 每周一公示") {
			t.Error(got)
		}
		says(t, s.Keys("]").Screen(), "那边没有别的改动了")
		s.Keys("[")
		if got := chosen(); !strings.Contains(got, "朗读加强") {
			t.Error(got)
		}
		says(t, s.Keys("2", "enter").Screen(), "[1 正文]") // the newest change leads to its line
		if got := chosen(); !strings.Contains(got, "决议: 每周一公示") {
			t.Error(got)
		}
	})
}

// A line is changed, one is added in two rows, one removed; each is a version, and
// u takes the last back.
func TestEditing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		s := open(t, db, tuitest.Pu, id)
		s.Keys("down", "down") // the place
		says(t, s.Keys("e", " 二楼", "ctrl+s").Screen(), "已存 15:04, 第 2 稿  u 撤销", "三(2)教室 二楼", "[蒲岚 改, 原「地点: 三(2)教室」]")
		says(t, s.Keys("n").Screen(), "接在后面: 地点: 三(2)教室 二楼", "(o) 事项")
		says(t, s.Keys("投影仪借自", "enter", "德育处", "ctrl+s").Screen(), "第 3 稿", "+ 投影仪借自  [蒲岚 加]", "+ 德育处  [蒲岚 加]")
		m := read(t, db, tuitest.Pu, id)
		place := lineWith(t, m, "二楼")
		if i := m.Lines[3]; place.ID != m.Lines[2].ID || i.Text != "投影仪借自" || m.Lines[4].Text != "德育处" || i.Kind != data.LineFact {
			t.Errorf("%+v", m.Lines)
		}
		hides(t, s.Keys("u").Screen(), "投影仪", "德育处  [")
		says(t, s.Screen(), "已撤销: 第 4 稿", "2 改动 1", "共 1 处") // two lines came and went: they are no changes
		says(t, s.Keys("home", "down", "down", "d").Screen(), "删这一行?", "地点: 三(2)教室 二楼")
		hides(t, s.Keys("enter").Screen(), "地点:")
		says(t, s.Keys("u").Screen(), "已撤销: 第 6 稿", "地点: 三(2)教室 二楼")
		if m = read(t, db, tuitest.Pu, id); m.Lines[2].Text != "地点: 三(2)教室 二楼" || m.Lines[2].Kind != data.LineFact {
			t.Errorf("%+v", m.Lines)
		}
		s.Keys("e", "?", "ctrl+s")
		amended(t, db, tuitest.Luo, id, "地点: 三(2)教室 二楼", "地点: 四楼")
		says(t, s.Keys("u").Screen(), "没做", "地点: 四楼") // what another wrote since is not undone
		says(t, s.Keys("1", "home", "e", "?", "ctrl+s").Screen(), "纪要?")
		amended(t, db, tuitest.Luo, id, "地点", "地点: 五楼")
		says(t, s.Keys("u").Screen(), "已撤销", "地点: 五楼") // of another line it is
		hides(t, s.Screen(), "纪要? ")
		says(t, s.Wait(11*time.Minute).Keys("j", "u").Screen(), "10 分钟内没有能撤销的")
	})
}

// Who may not read a line neither sees nor loses it; its level decides whether it
// is given out.
func TestHiddenLines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		s := open(t, db, tuitest.Pu, id)
		hides(t, s.Screen(), "困难另谈")
		says(t, s.Screen(), "1 行你看不到")
		says(t, s.Keys("down", "e", "x", "ctrl+s").Screen(), "第 2 稿")
		lineWith(t, read(t, db, tuitest.Luo, id), "困难另谈")
		luo := open(t, db, tuitest.Luo, id)
		says(t, luo.Screen(), "[受限] 罗静: 个别家庭的困难另谈", "受限内容 1 行, 不进入分发版")
		hides(t, luo.Keys("v").Screen(), "困难另谈", "[蒲岚 改")
		says(t, luo.Screen(), "分发版, 略去 1 行", "受限内容 1 行, 不进入分发版")
		says(t, luo.Keys("e").Screen(), "分发版只能看: v 回完整版")
		office := open(t, db, tuitest.Office, id).Keys("end", "up", "up", "e", "tab", "left", "left", "ctrl+s") // not its writer
		says(t, office.Screen(), "(o) 普通", "! 由写的人定: 可找本人")
		luo.Keys("v", "end", "up", "up") // the line about few
		says(t, luo.Keys("e").Screen(), "个别家庭的困难另谈", "(o) 受限")
		says(t, luo.Keys("tab", "left", "left", "ctrl+s").Screen(), "第 3 稿")
		if m := read(t, db, tuitest.Pu, id); m.Hidden != 0 || m.GivenOut != 0 {
			t.Errorf("%+v", m)
		}
		says(t, s.Screen(), "罗静 存了第 3 稿") // and the other hears of it
	})
}

// Another's change between reading and signing: refused, and it is shown what
// changed. A signature that fell away is told.
func TestSigningWhatOneRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		pu := open(t, db, tuitest.Pu, id)
		says(t, pu.Keys("i").Screen(), "第 1 稿已交: 等 罗静 签", "草稿 > [签] > 发布")
		says(t, pu.Keys("i").Screen(), "等 罗静 签字")
		luo := open(t, db, tuitest.Luo, id)
		says(t, luo.Keys("i").Screen(), "你签的是第 1 稿")
		amended(t, db, tuitest.Pu, id, "朗读", "罗静: 朗读加强")
		says(t, luo.Keys("enter").Screen(), "没做: 你读的是第 1 稿, 蒲岚 15:04 又存了一稿", "[2 改动 1]", "罗静: 朗读加强")
		if m := read(t, db, tuitest.Luo, id); len(m.Signed) != 0 {
			t.Errorf("%+v", m.Signed)
		}
		says(t, luo.Keys("1", "i", "enter").Screen(), "已签: 第 2 稿")
		amended(t, db, tuitest.Pu, id, "朗读", "罗静: 朗读再加强")
		says(t, luo.Screen(), "罗静 签的是第 2 稿, 之后改过: 不作数", "[草稿] > 签")
		says(t, luo.Keys("3").Screen(), "! 罗静  第 2 稿  15:04  不作数", "下一步: i 签字")
		says(t, pu.Screen(), "罗静 签的是第 2 稿")
		if m := issued(t, db, id); m.State != data.MinutesIssued {
			t.Error(m.State)
		}
		says(t, pu.Screen(), "罗静 发布了纪要: 2026-家-纪01", "✓ 校验相符")
	})
}

// The number of the meeting is typed before the issue; nothing else issues.
func TestIssuing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		s := open(t, db, tuitest.Luo, id).Keys("i", "enter")
		says(t, s.Keys("i").Screen(), "发布后不能改, 只能发更正。", "要继续, 打出 2026-家-01:")
		says(t, s.Keys("enter", "enter").Screen(), "先打出那个词")
		s.Keys("2026-家-02", "enter")
		if m := read(t, db, tuitest.Luo, id); m.State.Sealed() {
			t.Fatal("issued by a wrong number")
		}
		s.Keys("ctrl+u", "2026-家-01", "enter")
		m := read(t, db, tuitest.Luo, id)
		says(t, s.Screen(), "已发布 2026-家-纪01", m.Hash[:4]+" "+m.Hash[4:8], "✓ 校验相符")
		says(t, s.Keys("1", "e").Screen(), "已发布, 正文不能再改")
		says(t, s.Keys("y").Screen(), m.Hash)
		says(t, s.Keys("m").Screen(), "略去 1 行")
		says(t, s.Screen(), "由你发到班级群")
		says(t, s.Keys("enter").Screen(), "15:04 已分发; 文字已复制, 发到班级群", "已分发 15:04")
		given := s.Copied()
		says(t, given, "每周一公示食堂采购单", "受限内容 1 行, 不进入分发版", m.Hash)
		hides(t, given, "困难另谈")
		says(t, s.Keys("u").Screen(), "分发不能撤销")
		s.Keys("y")
		says(t, s.Keys("m").Screen(), "文字已复制, 发到班级群")
		if s.Copied() != given {
			t.Error(s.Copied())
		}
		says(t, s.Keys("4").Screen(), "15:04 已分发: 文字由你发到班级群, m 再复制一次")
	})
}

// After the issue n is a numbered correction with a level of its own.
func TestCorrections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		pu := open(t, db, tuitest.Pu, id)
		says(t, pu.Keys("down", "e", "晚了五分钟").Screen(), "晚了五分钟")
		issued(t, db, id) // meanwhile
		says(t, pu.Keys("ctrl+s").Screen(), "纪要已经发布: 写的留作草稿, 用 n 作更正")
		pu.Wait(3 * time.Second)
		says(t, pu.Keys("esc", "n").Screen(), "2026-家-纪01 更正第 1 条", "晚了五分钟")
		says(t, pu.Keys("ctrl+s").Screen(), "更正第 1 条已存", "✓ 校验相符  更正 1", "晚了五分钟 (蒲岚")
		if got := pu.Screen(); !strings.Contains(got, "|>       1. ") { // the correction is chosen
			t.Error(got)
		}
		if m := read(t, db, tuitest.Luo, id); len(m.Corrections) != 1 || !m.Intact || !strings.Contains(m.Corrections[0].Text, "晚了五分钟") {
			t.Errorf("%+v", m.Corrections)
		}
		pu.Wait(time.Second)
		if d, err := db.As(tuitest.Pu).Drafts(t.Context()); err != nil || len(d) != 0 {
			t.Error("its draft is still there", d, err)
		}
		says(t, pu.Keys("n", "秘密的", "tab", "right", "right", "ctrl+s").Screen(), "更正第 2 条已存", "受限内容 2 行")
	})
}

// Composing anew asks, and keeps the changes by hand in the versions before.
func TestComposeAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		amended(t, db, tuitest.Pu, id, "朗读", "罗静: 朗读加强")
		s := open(t, db, tuitest.Luo, id)
		says(t, s.Keys(":", "重新生成", "enter").Screen(), "手改的 1 处不在里面")
		says(t, s.Keys("enter").Screen(), "已重新生成: 第 3 稿", "朗读还要加强")
		says(t, s.Keys("2").Screen(), "第2稿")
	})
}

// What one typed is there again after a cut line, and is the one draft of these
// minutes: another line comes after it.
func TestDraft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		open(t, db, tuitest.Pu, id).Keys("down", "down", "e", " 二楼").Wait(2 * time.Second).Cut()
		again := tuitest.Start(t, db, tuitest.Pu, i18n.Chinese)
		says(t, again.Screen(), "纪要 > 三(2)期中家长会  三(2)", "地点: 三(2)教室 二楼")
		s := open(t, db, tuitest.Pu, id)
		says(t, s.Keys("e").Screen(), "先写完上次没存的这一行", "地点: 三(2)教室 二楼", "第 3 行")
		says(t, s.Keys(" 东头", "ctrl+s").Screen(), "第 2 稿", "地点: 三(2)教室 二楼 东头")
		s.Wait(time.Second)
		says(t, s.Keys("home", "e").Screen(), "第 1 行")
		from := tuitest.StartOn(t, db, tuitest.Pu, i18n.Chinese, kit.Draft(data.Draft{Kind: "minutes", Object: data.Ref{Kind: "meeting", ID: id}}))
		says(t, from.Keys("esc").Screen(), "[1 正文]")
	})
}

// Two who change different lines are merged; the same line is decided.
func TestTwoEdit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		s := open(t, db, tuitest.Pu, id).Keys("down", "down", "e", " 二楼")
		amended(t, db, tuitest.Luo, id, "朗读", "罗静: 朗读加强")
		says(t, s.Keys("ctrl+s").Screen(), "第 3 稿", "罗静 15:04 改了别的行, 已合好", "地点: 三(2)教室 二楼", "朗读加强")
		s.Keys("e", " 东头")
		amended(t, db, tuitest.Luo, id, "地点", "地点: 四楼")
		says(t, s.Keys("ctrl+s").Screen(), "罗静 也改了这一行", "地点: 四楼", "东头")
		says(t, s.Keys("2", "ctrl+s").Screen(), "第 5 稿", "地点: 三(2)教室 二楼 东头")
		s.Keys("e", "!")
		m := read(t, db, tuitest.Luo, id)
		_, err := db.As(tuitest.Luo).SaveMinutes(t.Context(), id, m.Version, []data.MinutesEdit{{Line: lineWith(t, m, "东头").ID, Remove: true}}, data.Ref{})
		must(t, err)
		says(t, s.Keys("ctrl+s").Screen(), "(已删)", "东头!")
		says(t, s.Keys("2", "ctrl+s").Screen(), "第 7 稿", "东头!")
		if m := read(t, db, tuitest.Luo, id); m.Lines[2].Text != "地点: 三(2)教室 二楼 东头!" {
			t.Errorf("%+v", m.Lines)
		}
	})
}

// The right is taken while the minutes are open: nothing of them stays.
func TestRightLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		s := open(t, db, tuitest.Pu, id)
		says(t, s.Screen(), "朗读")
		for grant := range int64(4) {
			_ = db.As(tuitest.Admin).RevokeGrant(t.Context(), grant+1)
		}
		hides(t, s.Screen(), "朗读", "三(2)教室", "改段落", "你看不到这份纪要")
		says(t, s.Screen(), "| ! 没有这条记录")
	})
}

// A meeting that is taken away while somebody waits for its minutes is gone.
func TestMeetingRemoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		m, err := db.As(tuitest.Luo).SaveMeeting(t.Context(), data.Meeting{Class: tuitest.Three, Title: "家长会", Starts: tuitest.Clock().Add(time.Hour), Ends: tuitest.Clock().Add(2 * time.Hour),
			Chair: tuitest.Luo, Secretary: tuitest.Pu}, data.Ref{})
		must(t, err)
		s := open(t, db, tuitest.Pu, m.ID)
		says(t, s.Screen(), "还没有纪要", "散会时按签到")
		must(t, db.As(tuitest.Luo).RemoveMeeting(t.Context(), m.ID, m.Rev, "记错了"))
		hides(t, s.Screen(), "散会时按签到")
		says(t, s.Screen(), "没有这条记录")
	})
}

// Row 22 says who else has the meeting open, and who is in a line of the minutes.
func TestOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		house, o := tuitest.Together(db), kit.Open{Screen: "minutes", ID: held(t, db)}
		luo := house.Start(t, tuitest.Luo, i18n.Chinese, o)
		pu := house.Start(t, tuitest.Pu, i18n.English, o)
		says(t, luo.Wait(time.Second).Screen(), "蒲岚 现在也在看")
		says(t, pu.Wait(time.Second).Screen(), "Luo Jing is here now")
		luo.Keys("e")
		says(t, pu.Wait(time.Second).Screen(), "Luo Jing is changing this")
		says(t, luo.Wait(time.Second).Screen(), "蒲岚 现在也在看")
	})
}

// They are printed into the tray as they are given out; the whole text is the
// principal's to take out.
func TestPrinting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		luo := open(t, db, tuitest.Luo, id)
		says(t, luo.Keys("p").Screen(), "纪要, 分发版")
		hides(t, luo.Screen(), "完整版")
		says(t, luo.Keys("enter").Screen(), "托盘: ssh ", " get ")
		principal := open(t, db, tuitest.Principal, id)
		says(t, principal.Keys("p").Screen(), "1 纪要, 完整版", "纪要, 分发版")
		hides(t, principal.Keys("esc", "v", "p").Screen(), "完整版")
		for who, want := range map[int64]int{tuitest.Luo: 1, tuitest.Principal: 0} {
			tray, err := db.As(who).Tray(t.Context())
			if err != nil || len(tray) != want {
				t.Errorf("%+v %v", tray, err)
			}
		}
	})
}

// Minutes that wait for somebody stand on their Today: for the secretary to be
// handed in, for the chair to be signed, and again when the signature fell away.
func TestWaitingOnToday(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		luo, pu := tuitest.Start(t, db, tuitest.Luo, i18n.Chinese), tuitest.Start(t, db, tuitest.Pu, i18n.Chinese)
		id := held(t, db)
		says(t, pu.Screen(), "会后 三(2)期中家长会", "纪要等你交签")
		hides(t, luo.Screen(), "等你签")
		_, err := db.As(tuitest.Pu).HandInMinutes(t.Context(), id, 1)
		must(t, err)
		says(t, luo.Screen(), "纪要等你签")
		hides(t, pu.Screen(), "等你交签")
		_, err = db.As(tuitest.Luo).SignMinutes(t.Context(), id, 1)
		must(t, err)
		says(t, luo.Screen(), "纪要等你发布")
		says(t, pu.Screen(), "纪要等你发布")
		amended(t, db, tuitest.Pu, id, "朗读", "罗静: 朗读加强")
		says(t, luo.Screen(), "! 今天", "纪要要重签 (蒲岚 改过)")
		luo.Goldens("today")
		luo.Keys("home")
		for range 12 {
			if strings.Contains(luo.Screen(), "|> ! 今天         会后") {
				break
			}
			luo.Keys("down")
		}
		says(t, luo.Keys("enter").Screen(), "会议 > 三(2)期中家长会 > 纪要", "不作数")
		issued(t, db, id)
		hides(t, luo.Keys("esc").Screen(), "等你", "要重签")
	})
}

// A click goes to a tab, chooses a line, and opens the chosen one; the wheel
// scrolls what is under it.
func TestMouse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := open(t, db, tuitest.Luo, held(t, db))
		click := func(x, y int) string {
			s.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
			return s.Screen()
		}
		says(t, click(14, 2), "[2 改动]")
		says(t, click(3, 2), "[1 正文]")
		says(t, click(20, 5), "|>   地点: 三(2)教室")
		says(t, click(20, 5), "纪要 > 改一行", "地点: 三(2)教室")
		s.Keys("esc")
		s.Send(tea.MouseWheelMsg{X: 20, Y: 8, Button: tea.MouseWheelDown})
		says(t, s.Screen(), "|>   通知于")
		says(t, click(34, 2), "[4 会后 3]", "|> 冉小满")
		says(t, click(20, 9), "|> 章薇")
		says(t, click(20, 9), "记联系 > 章薇")
	})
}
