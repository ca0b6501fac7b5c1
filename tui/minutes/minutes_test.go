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
		s.Shows(">  ", "[2 改动 2]"[1:9], "[蒲岚 改, 原「")
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
		s.Keys("]").Shows("那边没有别的改动了")
		s.Keys("[")
		if got := chosen(); !strings.Contains(got, "朗读加强") {
			t.Error(got)
		}
		s.Keys("2", "enter").Shows("[1 正文]") // the newest change leads to its line
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
		s.Keys("e", " 二楼", "ctrl+s").Shows("已存 15:04, 第 2 稿  u 撤销", "三(2)教室 二楼", "[蒲岚 改, 原「地点: 三(2)教室」]")
		s.Keys("n").Shows("接在后面: 地点: 三(2)教室 二楼", "(o) 事项")
		s.Keys("投影仪借自", "enter", "德育处", "ctrl+s").Shows("第 3 稿", "+ 投影仪借自  [蒲岚 加]", "+ 德育处  [蒲岚 加]")
		m := read(t, db, tuitest.Pu, id)
		place := lineWith(t, m, "二楼")
		if i := m.Lines[3]; place.ID != m.Lines[2].ID || i.Text != "投影仪借自" || m.Lines[4].Text != "德育处" || i.Kind != data.LineFact {
			t.Errorf("%+v", m.Lines)
		}
		s.Keys("u").Lacks("投影仪", "德育处  [")
		s.Shows("已撤销: 第 4 稿", "2 改动 1", "共 1 处") // two lines came and went: they are no changes
		s.Keys("home", "down", "down", "d").Shows("删这一行?", "地点: 三(2)教室 二楼")
		s.Keys("enter").Lacks("地点:")
		s.Keys("u").Shows("已撤销: 第 6 稿", "地点: 三(2)教室 二楼")
		if m = read(t, db, tuitest.Pu, id); m.Lines[2].Text != "地点: 三(2)教室 二楼" || m.Lines[2].Kind != data.LineFact {
			t.Errorf("%+v", m.Lines)
		}
		s.Keys("e", "?", "ctrl+s")
		amended(t, db, tuitest.Luo, id, "地点: 三(2)教室 二楼", "地点: 四楼")
		s.Keys("u").Shows("没做", "地点: 四楼") // what another wrote since is not undone
		s.Keys("1", "home", "e", "?", "ctrl+s").Shows("纪要?")
		amended(t, db, tuitest.Luo, id, "地点", "地点: 五楼")
		s.Keys("u").Shows("已撤销", "地点: 五楼") // of another line it is
		s.Lacks("纪要? ")
		s.Wait(11*time.Minute).Keys("j", "u").Shows("10 分钟内没有能撤销的")
	})
}

// Who may not read a line neither sees nor loses it; its level decides whether it
// is given out.
func TestHiddenLines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		s := open(t, db, tuitest.Pu, id)
		s.Lacks("困难另谈")
		s.Shows("1 行你看不到")
		s.Keys("down", "e", "x", "ctrl+s").Shows("第 2 稿")
		lineWith(t, read(t, db, tuitest.Luo, id), "困难另谈")
		luo := open(t, db, tuitest.Luo, id)
		luo.Shows("[受限] 罗静: 个别家庭的困难另谈", "受限内容 1 行, 不进入分发版")
		luo.Keys("v").Lacks("困难另谈", "[蒲岚 改")
		luo.Shows("分发版, 略去 1 行", "受限内容 1 行, 不进入分发版")
		luo.Keys("e").Shows("分发版只能看: v 回完整版")
		office := open(t, db, tuitest.Office, id).Keys("end", "up", "up", "e", "tab", "left", "left", "ctrl+s") // not its writer
		office.Shows("(o) 普通", "! 由写的人定: 可找本人")
		luo.Keys("v", "end", "up", "up") // the line about few
		luo.Keys("e").Shows("个别家庭的困难另谈", "(o) 受限")
		luo.Keys("tab", "left", "left", "ctrl+s").Shows("第 3 稿")
		if m := read(t, db, tuitest.Pu, id); m.Hidden != 0 || m.GivenOut != 0 {
			t.Errorf("%+v", m)
		}
		s.Shows("罗静 存了第 3 稿") // and the other hears of it
	})
}

// Another's change between reading and signing: refused, and it is shown what
// changed. A signature that fell away is told.
func TestSigningWhatOneRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		pu := open(t, db, tuitest.Pu, id)
		pu.Keys("i").Shows("第 1 稿已交: 等 罗静 签", "草稿 > [签] > 发布")
		pu.Keys("i").Shows("等 罗静 签字")
		luo := open(t, db, tuitest.Luo, id)
		luo.Keys("i").Shows("你签的是第 1 稿")
		amended(t, db, tuitest.Pu, id, "朗读", "罗静: 朗读加强")
		luo.Keys("enter").Shows("没做: 你读的是第 1 稿, 蒲岚 15:04 又存了一稿", "[2 改动 1]", "罗静: 朗读加强")
		if m := read(t, db, tuitest.Luo, id); len(m.Signed) != 0 {
			t.Errorf("%+v", m.Signed)
		}
		luo.Keys("1", "i", "enter").Shows("已签: 第 2 稿")
		amended(t, db, tuitest.Pu, id, "朗读", "罗静: 朗读再加强")
		luo.Shows("罗静 签的是第 2 稿, 之后改过: 不作数", "[草稿] > 签")
		luo.Keys("3").Shows("! 罗静  第 2 稿  15:04  不作数", "下一步: i 签字")
		pu.Shows("罗静 签的是第 2 稿")
		if m := issued(t, db, id); m.State != data.MinutesIssued {
			t.Error(m.State)
		}
		pu.Shows("罗静 发布了纪要: 2026-家-纪01", "✓ 校验相符")
	})
}

// The number of the meeting is typed before the issue; nothing else issues.
func TestIssuing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		s := open(t, db, tuitest.Luo, id).Keys("i", "enter")
		s.Keys("i").Shows("发布后不能改, 只能发更正。", "要继续, 打出 2026-家-01:")
		s.Keys("enter", "enter").Shows("先打出那个词")
		s.Keys("2026-家-02", "enter")
		if m := read(t, db, tuitest.Luo, id); m.State.Sealed() {
			t.Fatal("issued by a wrong number")
		}
		s.Keys("ctrl+u", "2026-家-01", "enter")
		m := read(t, db, tuitest.Luo, id)
		s.Shows("已发布 2026-家-纪01", m.Hash[:4]+" "+m.Hash[4:8], "✓ 校验相符")
		s.Keys("1", "e").Shows("已发布, 正文不能再改")
		s.Keys("y").Shows(m.Hash)
		s.Keys("m").Shows("略去 1 行")
		s.Shows("由你发到班级群")
		s.Keys("enter").Shows("15:04 已分发; 文字已复制, 发到班级群", "已分发 15:04")
		given := s.Copied()
		says(t, given, "每周一公示食堂采购单", "受限内容 1 行, 不进入分发版", m.Hash)
		hides(t, given, "困难另谈")
		s.Keys("u").Shows("分发不能撤销")
		s.Keys("y")
		s.Keys("m").Shows("文字已复制, 发到班级群")
		if s.Copied() != given {
			t.Error(s.Copied())
		}
		s.Keys("4").Shows("15:04 已分发: 文字由你发到班级群, m 再复制一次")
	})
}

// After the issue n is a numbered correction with a level of its own.
func TestCorrections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		pu := open(t, db, tuitest.Pu, id)
		pu.Keys("down", "e", "晚了五分钟").Shows("晚了五分钟")
		issued(t, db, id) // meanwhile
		pu.Keys("ctrl+s").Shows("纪要已经发布: 写的留作草稿, 用 n 作更正")
		pu.Wait(3 * time.Second)
		pu.Keys("esc", "n").Shows("2026-家-纪01 更正第 1 条", "晚了五分钟")
		pu.Keys("ctrl+s").Shows("更正第 1 条已存", "✓ 校验相符  更正 1", "晚了五分钟 (蒲岚")
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
		pu.Keys("n", "秘密的", "tab", "right", "right", "ctrl+s").Shows("更正第 2 条已存", "受限内容 2 行")
	})
}

// Composing anew asks, and keeps the changes by hand in the versions before.
func TestComposeAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		amended(t, db, tuitest.Pu, id, "朗读", "罗静: 朗读加强")
		s := open(t, db, tuitest.Luo, id)
		s.Keys(":", "重新生成", "enter").Shows("手改的 1 处不在里面")
		s.Keys("enter").Shows("已重新生成: 第 3 稿", "朗读还要加强")
		s.Keys("2").Shows("第2稿")
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
		again.Shows("纪要 > 三(2)期中家长会  三(2)", "地点: 三(2)教室 二楼")
		s := open(t, db, tuitest.Pu, id)
		s.Keys("e").Shows("先写完上次没存的这一行", "地点: 三(2)教室 二楼", "第 3 行")
		s.Keys(" 东头", "ctrl+s").Shows("第 2 稿", "地点: 三(2)教室 二楼 东头")
		s.Wait(time.Second)
		s.Keys("home", "e").Shows("第 1 行")
		from := tuitest.StartOn(t, db, tuitest.Pu, i18n.Chinese, kit.Draft(data.Draft{Kind: "minutes", Object: data.Ref{Kind: "meeting", ID: id}}))
		from.Keys("esc").Shows("[1 正文]")
	})
}

// Two who change different lines are merged; the same line is decided.
func TestTwoEdit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		s := open(t, db, tuitest.Pu, id).Keys("down", "down", "e", " 二楼")
		amended(t, db, tuitest.Luo, id, "朗读", "罗静: 朗读加强")
		s.Keys("ctrl+s").Shows("第 3 稿", "罗静 15:04 改了别的行, 已合好", "地点: 三(2)教室 二楼", "朗读加强")
		s.Keys("e", " 东头")
		amended(t, db, tuitest.Luo, id, "地点", "地点: 四楼")
		s.Keys("ctrl+s").Shows("罗静 也改了这一行", "地点: 四楼", "东头")
		s.Keys("2", "ctrl+s").Shows("第 5 稿", "地点: 三(2)教室 二楼 东头")
		s.Keys("e", "!")
		m := read(t, db, tuitest.Luo, id)
		_, err := db.As(tuitest.Luo).SaveMinutes(t.Context(), id, m.Version, []data.MinutesEdit{{Line: lineWith(t, m, "东头").ID, Remove: true}}, data.Ref{})
		must(t, err)
		s.Keys("ctrl+s").Shows("(已删)", "东头!")
		s.Keys("2", "ctrl+s").Shows("第 7 稿", "东头!")
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
		s.Shows("朗读")
		for grant := range int64(4) {
			_ = db.As(tuitest.Admin).RevokeGrant(t.Context(), grant+1)
		}
		s.Lacks("朗读", "三(2)教室", "改段落", "你看不到这份纪要")
		s.Shows("| ! 没有这条记录")
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
		s.Shows("还没有纪要", "散会时按签到")
		must(t, db.As(tuitest.Luo).RemoveMeeting(t.Context(), m.ID, m.Rev, "记错了"))
		s.Lacks("散会时按签到")
		s.Shows("没有这条记录")
	})
}

// Row 22 says who else has the meeting open, and who is in a line of the minutes.
func TestOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		house, o := tuitest.Together(db), kit.Open{Screen: "minutes", ID: held(t, db)}
		luo := house.Start(t, tuitest.Luo, i18n.Chinese, o)
		pu := house.Start(t, tuitest.Pu, i18n.English, o)
		luo.Wait(time.Second).Shows("蒲岚 现在也在看")
		pu.Wait(time.Second).Shows("Luo Jing is here now")
		luo.Keys("e")
		pu.Wait(time.Second).Shows("Luo Jing is changing this")
		luo.Wait(time.Second).Shows("蒲岚 现在也在看")
	})
}

// They are printed into the tray as they are given out; the whole text is the
// principal's to take out.
func TestPrinting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		id := held(t, db)
		luo := open(t, db, tuitest.Luo, id)
		luo.Keys("p").Shows("纪要, 分发版")
		luo.Lacks("完整版")
		luo.Keys("enter").Shows("托盘: ssh ", " get ")
		principal := open(t, db, tuitest.Principal, id)
		principal.Keys("p").Shows("1 纪要, 完整版", "纪要, 分发版")
		principal.Keys("esc", "v", "p").Lacks("完整版")
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
		pu.Shows("会后 三(2)期中家长会", "纪要等你交签")
		luo.Lacks("等你签")
		_, err := db.As(tuitest.Pu).HandInMinutes(t.Context(), id, 1)
		must(t, err)
		luo.Shows("纪要等你签")
		pu.Lacks("等你交签")
		_, err = db.As(tuitest.Luo).SignMinutes(t.Context(), id, 1)
		must(t, err)
		luo.Shows("纪要等你发布")
		pu.Shows("纪要等你发布")
		amended(t, db, tuitest.Pu, id, "朗读", "罗静: 朗读加强")
		luo.Shows("! 今天", "纪要要重签 (蒲岚 改过)")
		luo.Goldens("today")
		luo.Keys("home")
		for range 12 {
			if strings.Contains(luo.Screen(), "|> ! 今天         会后") {
				break
			}
			luo.Keys("down")
		}
		luo.Keys("enter").Shows("会议 > 三(2)期中家长会 > 纪要", "不作数")
		issued(t, db, id)
		luo.Keys("esc").Lacks("等你", "要重签")
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
		s.Shows("|>   通知于")
		says(t, click(34, 2), "[4 会后 3]", "|> 冉小满")
		says(t, click(20, 9), "|> 章薇")
		says(t, click(20, 9), "记联系 > 章薇")
	})
}
