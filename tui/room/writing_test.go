package room_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/room"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// The line breaks while somebody writes: the room goes on, and on login the text is
// where it was, in the room as it is now.
func TestLineAcrossACut(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		luo := h.enter(tuitest.Luo)
		luo.Keys("i", "n", "家长希望看到", "tab", "right", "right", "tab", "space", "章", "enter")
		luo.Cut()
		h.must(h.db.As(tuitest.Pu).NextItem(h.Context(), h.id, h.view(tuitest.Pu).Item, 0))
		s := tuitest.Start(h.T, h.db, tuitest.Luo, i18n.Chinese)
		s.Shows("欢迎回来", "会上的记录", "家长希望看到")
		s.Keys("enter")
		s.Shows("第 2 项 / 4", "| 家长希望看到", "(o) 受限", "17 章薇 祖母")
		s.Send(tea.PasteMsg{Content: "每学期账目\n和收据"})
		s.Keys("enter")
		s.Shows("[受限] 章薇 祖母: 家长希望看到每学期账目 和收据")
		notes := h.view(tuitest.Luo).Notes
		if len(notes) != 1 || notes[0].Item != h.view(tuitest.Luo).Item || notes[0].Level != data.Restricted || notes[0].ForName != "章薇 祖母" {
			h.Errorf("%+v", notes)
		}
		if ds, err := h.db.As(tuitest.Luo).Drafts(h.Context()); err != nil || len(ds) != 0 {
			h.Error("its draft is still there:", ds, err)
		}
	})
}

// What is typed is kept within two seconds, and as long as it is written: esc stops
// and keeps it, a line that is wiped out takes its draft along.
func TestDraftOfALine(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		drafts := func() int {
			ds, err := h.db.As(tuitest.Luo).Drafts(h.Context())
			h.must(err)
			return len(ds)
		}
		s := h.enter(tuitest.Luo)
		s.Keys("i", "n", "一半").Wait(2 * time.Second)
		if drafts() != 1 {
			h.Error("after two seconds nothing is kept")
		}
		s.Shows("草稿已存")
		s.Keys("esc").Shows("这行留作草稿: n 接着写")
		s.Keys("n").Shows("| 一半")
		s.Keys("backspace", "backspace", "esc").Wait(3 * time.Second)
		if drafts() != 0 {
			h.Error("the draft of nothing is kept")
		}
		s.Keys("n", "enter").Shows("还没写字")
	})
}

// Lines of a fast hand go in their order, and each is on the screen at once. What
// the store refuses stays, in the draft too, and goes with the next enter.
func TestLinesOnTheirWay(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		h.must(h.db.As(tuitest.Luo).OpenRoom(h.Context(), h.id))
		full := false
		s := h.sit(func(d *room.Deps) {
			add := d.AddNote
			d.AddNote = func(ctx context.Context, n data.MeetingNote, draft data.Ref) (data.MeetingNote, error) {
				time.Sleep(time.Second)
				if full {
					return n, fmt.Errorf("writing: %w", data.ErrFull)
				}
				return add(ctx, n, draft)
			}
		}, tuitest.Clock)
		for _, text := range []string{"一句", "二句", "三句"} {
			s.Keys("n", text, "enter").Shows("罗静   " + text + "  ..")
		}
		s.Wait(4 * time.Second)
		s.Lacks("  ..")
		var texts []string
		for _, n := range h.view(tuitest.Luo).Notes {
			texts = append(texts, n.Text)
		}
		if strings.Join(texts, " ") != "一句 二句 三句" {
			h.Error(texts)
		}
		full = true
		s.Keys("n", "四句", "enter", "n", "五").Wait(2 * time.Second)
		s.Shows("! 没存上, enter 再试: 四句", "| 五")
		full = false
		s.Keys("enter").Wait(3 * time.Second)
		s.Shows("罗静   四句", "罗静   五")
		if got := len(h.view(tuitest.Luo).Notes); got != 5 {
			h.Error(got, "lines")
		}
	})
}

// The field closes with enter: the keys after it are keys, not the next note. What
// was sent as the room closed and is refused is told, and n has it again.
func TestFieldClosesBehindTheLine(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		luo, pu := h.enter(tuitest.Luo), h.enter(tuitest.Pu)
		luo.Keys("i")
		pu.Shows("第 1 项 / 4")
		pu.Keys("n", "一句", "enter", "2", "f", "12", "enter")
		pu.Shows("[2 签到 0/12]")
		pu.Keys("1", "n", "enter").Shows("还没写字")
		pu.Keys("4").Shows("[4 决议")
		if got := h.view(tuitest.Pu).Notes; len(got) != 1 || got[0].Text != "一句" {
			h.Errorf("%+v", got)
		}
		pu.Keys("1", "n", "散会前一秒")
		h.must(h.db.As(tuitest.Luo).CloseRoom(h.Context(), h.id))
		pu.Keys("enter")
		m, err := h.db.As(tuitest.Luo).Minutes(h.Context(), h.id, 0)
		if err != nil || !strings.Contains(m.Text(false), "蒲岚: 散会前一秒") {
			h.Error("the last line is not in the minutes:", err, m.Text(false))
		}
		pu.Keys("n", "又一句")
		_, err = h.db.As(tuitest.Luo).HandInMinutes(h.Context(), h.id, m.Version)
		h.must(err)
		pu.Keys("enter").Shows("没记进去: 请记录人写进纪要", "写的还在: n")
		pu.Keys("2", "1").Shows("你有一行没发出")
		pu.Keys("n").Wait(3 * time.Second).Shows("| 又一句")
		if ds, err := h.db.As(tuitest.Pu).Drafts(h.Context()); err != nil || len(ds) != 1 {
			h.Error("its draft:", ds, err)
		}
	})
}

// A line is struck by who wrote it, after a question; the others see that there was
// one.
func TestStrike(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		luo, pu := h.enter(tuitest.Luo), h.enter(tuitest.Pu)
		luo.Keys("i", "n", "说错的话", "enter", "n", "对的话", "enter")
		luo.Keys("d").Shows("先选自己写的一行")
		pu.Keys("tab", "d").Shows("先选自己写的一行")
		luo.Keys("tab", "up", "d").Shows("说错的话", "enter 划掉")
		luo.Keys("enter")
		luo.Shows("(划掉了) 说错的话", "对的话")
		pu.Lacks("说错的话")
		pu.Shows("(划掉了)", "对的话")
		luo.Keys("n", strings.Repeat("长", 200), "enter", "end", "d", "enter")
		if got := strings.Count(luo.Screen(), "长"); got == 0 || got > 40 {
			h.Error(got, "letters of a struck line are on the screen")
		}
		luo.Keys("i", "i", "i", "i")
		luo.Shows("1 行记录")
	})
}

// Enter shows what was noted of one item alone, and all again.
func TestNotesOfOneItem(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		s := h.enter(tuitest.Luo)
		s.Keys("i", "n", "关于开场", "enter", "i", "n", "关于班级", "enter")
		s.Shows("关于开场", "关于班级")
		s.Keys("home", "enter")
		s.Shows("只看第 1 项", "关于开场")
		s.Lacks("关于班级")
		s.Keys("enter").Shows("关于班级")
	})
}

// A question stands with whom it is for and who answers, and among what they have
// to do.
func TestQuestionAndDecision(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		s := h.enter(tuitest.Luo)
		s.Keys("i", "3", "n", "数学作业能不能分层", "tab", "space", "15", "enter", "tab", "space", "蒲", "enter", "tab", "nonsense", "ctrl+s")
		s.Shows("看不懂这个日期")
		s.Keys("ctrl+u", "周五")
		s.Shows("= 11-27 周五 (上课日)")
		s.Keys("ctrl+s")
		s.Shows("已记, 蒲岚 的今日里有", "[3 提问 1]", "白若溪 父: 数学作业能不能分层", "蒲岚 答复, 到 11-27 周五")
		today, err := h.db.As(tuitest.Pu).Today(h.Context(), tuitest.Now)
		if err != nil || len(today.Promises) != 1 || today.Promises[0].Due != data.On(2026, 11, 27) {
			h.Errorf("%+v %v", today.Promises, err)
		}
		s.Keys("4", "n", "护学值班", "ctrl+s")
		s.Shows("还有 1 处", "必填")
		s.Keys("12-18", "ctrl+s")
		s.Shows("已记: 2026-家-01-1", "护学值班", "罗静  12-18 周五  进行", "[4 决议 1]")
		if got := h.view(tuitest.Luo).Resolutions[0]; got.Item != h.view(tuitest.Luo).Item || got.Owner != tuitest.Luo {
			h.Errorf("%+v", got)
		}
		for _, kind := range []string{"3", "4"} {
			s.Keys(kind, "n", "写到一半").Wait(3 * time.Second)
			s.Keys("esc")
		}
		s = tuitest.Start(h.T, h.db, tuitest.Luo, i18n.Chinese)
		s.Shows("决议 >", "家长提问 >")
		s.Keys("enter").Shows("新决议", "| 写到一半")
	})
}

// The draft of a question holds what was typed and chosen, and nothing of the
// families; it goes on in another language as well.
func TestDraftOfAQuestion(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		s := h.enter(tuitest.Luo)
		s.Keys("i", "3", "n", "作业多吗", "tab", "space", "15", "enter", "tab", "space", "蒲", "enter", "tab", "周五").Wait(3 * time.Second)
		ds, err := h.db.As(tuitest.Luo).Drafts(h.Context())
		if err != nil || len(ds) != 1 || strings.Contains(ds[0].Form, "白") || strings.Contains(ds[0].Form, "冉") {
			h.Errorf("%+v %v", ds, err)
		}
		s.Cut()
		s = tuitest.Start(h.T, h.db, tuitest.Luo, i18n.English)
		s.Keys("enter").Shows("作业多吗", "3.2 parents' meeting", "15 Bai Ruoxi father", "Pu Lan (数学)", "= Fri 27 Nov")
		s.Keys("ctrl+s")
		if n := h.view(tuitest.Luo).Notes; len(n) != 1 || n[0].ForName != "白若溪 父" || n[0].Answerer != tuitest.Pu {
			h.Errorf("%+v", n)
		}
	})
}

// Who loses the right to the class while writing sees nothing of the meeting any
// more, and keeps what they wrote.
func TestRightLostWhileWriting(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		h.must(h.db.As(tuitest.Luo).OpenRoom(h.Context(), h.id))
		h.talk()
		s := h.enter(tuitest.Pu)
		s.Keys("n", "写到一半")
		me, err := h.db.As(tuitest.Pu).Me(h.Context())
		h.must(err)
		for _, g := range me.Grants {
			if g.ScopeID == tuitest.Three {
				h.must(h.db.As(tuitest.Admin).RevokeGrant(h.Context(), g.ID))
			}
		}
		s.Wait(3 * time.Second)
		s.Shows("这个会你看不到了", "写到一半")
		s.Lacks("护学", "交警")
		if ds, err := h.db.As(tuitest.Pu).Drafts(h.Context()); err != nil || len(ds) != 1 {
			h.Error("the draft:", ds, err)
		}
	})
}
