package room_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"qiao/data"
	"qiao/tui/room"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

// Marks of a fast hand go to the store in their order, many at once while it is
// slow, and none is lost; the screen shows each at once.
func TestMarksInOrder(t *testing.T) {
	inHall(t, 33, func(h *hall) {
		h.must(h.db.As(tuitest.Luo).OpenRoom(h.Context(), h.id))
		var mu sync.Mutex
		var batches []int
		s := h.sit(func(d *room.Deps) {
			mark := d.Mark
			d.Mark = func(ctx context.Context, id int64, ks []data.AttendanceMark) error {
				mu.Lock()
				batches = append(batches, len(ks))
				mu.Unlock()
				time.Sleep(time.Second) // a disk that is slow
				return mark(ctx, id, ks)
			}
		}, tuitest.Clock)
		s.Keys("2")
		for range 45 {
			s.Keys("space")
		}
		s.Shows("签到 45/45")
		s.Keys("home", "space", "down", "-")
		s.Shows("签到 43/45", "[ ] 01", "[!] 03")
		s.Wait(10 * time.Second)
		s.Shows("签到 43/45", "[ ] 01", "[!] 03")
		got := data.TurnoutOf(h.view(tuitest.Luo).Invitees)
		if got.Present != 43 || got.Excused != 1 || len(batches) != 2 || batches[0] != 1 || batches[1] != 46 {
			h.Errorf("%v %+v", batches, got)
		}
	})
}

// What the store refuses is off the screen again, and says why; a family that is
// not asked any more takes nobody's mark with it.
func TestRefusedMarks(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		h.must(h.db.As(tuitest.Luo).OpenRoom(h.Context(), h.id))
		full, gone := true, h.invitee(tuitest.Tian).ID
		s := h.sit(func(d *room.Deps) {
			mark := d.Mark
			d.Mark = func(ctx context.Context, id int64, ks []data.AttendanceMark) error {
				switch {
				case full:
					return fmt.Errorf("writing: %w", data.ErrFull)
				case slices.ContainsFunc(ks, func(k data.AttendanceMark) bool { return k.Invitee == gone }):
					return data.ErrNotFound
				}
				return mark(ctx, id, ks)
			}
		}, tuitest.Clock)
		s.Keys("2", "space")
		s.Shows("签到 0/12", "! 1 家没签上", "磁盘满")
		full = false
		s.Keys("a")
		s.Shows("签到 11/12", "[ ] 11 田沐阳", "! 1 家没签上")
		if got := data.TurnoutOf(h.view(tuitest.Luo).Invitees); got.Present != 11 {
			h.Errorf("%+v", got)
		}
	})
}

// Undo takes back what was marked last, all of it, as it was; after ten minutes no
// more.
func TestUndo(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		s := h.enter(tuitest.Luo)
		s.Keys("i", "2", "-", "down", "+", "a")
		s.Shows("签到 11/12", "[!] 07", "[v] 11")
		s.Keys("u").Shows("已撤销 10 家", "签到 1/12", "[!] 07", "[v] 11")
		s.Keys("u").Shows("签到 0/12", "[ ] 11")
		s.Wait(10*time.Minute + time.Second)
		s.Keys("u").Shows("10 分钟内没有能撤销的", "[!] 07")
	})
}

// A family asked to be excused is not signed in with all others. e notes how one
// came: late, whom with, gone early.
func TestHowTheyCame(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		tian := h.invitee(tuitest.Tian)
		h.must(h.db.As(tuitest.Luo).SaveReplies(h.Context(), h.id, []data.ReplyMark{{Invitee: tian.ID, Reply: data.WillNot, Why: "出差"}}, data.Ref{}))
		s := h.enter(tuitest.Luo)
		s.Keys("i").Wait(20 * time.Minute)
		s.Keys("2", "a")
		s.Shows("签到 11 家; 请过假的 1 家没动", "[?] 11 田沐阳")
		s.Keys("f", "17")
		s.Shows("[x] 17 章薇")
		s.Keys("enter", "e", "tab", "tab", "1720", "ctrl+s").Shows("还有 1 处", "15:04 到 16:06 之间")
		if got := h.invitee(tuitest.Zhang); !got.Left.IsZero() {
			h.Error("left after the end:", got.Left)
		}
		s.Keys("esc", "e", "tab", "1520", "tab", "1524", "tab", "down", "down", "ctrl+s")
		s.Shows("已记  u 撤销", ">[x] 17 章薇      父", "17 章薇  父 章立民  到 迟16 15:24走  罗静 15:24 记")
		got := h.invitee(tuitest.Zhang)
		if got.LateMin != 16 || got.Left.IsZero() || got.CamePerson != got.Guardians[1].Person || got.Attendance != data.Present {
			h.Errorf("%+v", got)
		}
		s.Keys("f", "tmy", "enter", "e", "tab", "tab", "tab", "tab", "村里的叔叔", "ctrl+s")
		s.Shows("[r] 11 田沐阳    村里..", "11 田沐阳  村里的叔叔  代")
		s.Keys("u").Shows("[?] 11 田沐阳    祖父", "回执请假: 出差")
		s.Keys("f", "qqq")
		s.Shows("没有")
		s.Keys("esc").Shows(">[?] 11 田沐阳")
	})
}

// A family that splits while people sit in the room is offered its own row, and
// what was marked stays.
func TestFamilySplits(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		s := h.enter(tuitest.Luo)
		s.Keys("i", "2", "space")
		s.Lacks("更新名单")
		luo := h.db.As(tuitest.Luo)
		e, err := luo.Family(h.Context(), 3)
		h.must(err)
		e.Guardians = append(slices.Clone(e.Guardians), data.Guardian{Name: "许兰", Relation: data.Mother, Phones: []data.Phone{{E164: "+8610000000315"}}})
		_, err = luo.SaveFamily(h.Context(), e)
		h.must(err)
		care, err := luo.Care(h.Context(), 3)
		h.must(err)
		care.Structure = data.OneParent
		_, err = luo.SaveCare(h.Context(), care)
		h.must(err)
		s.Shows("n 更新名单", "[x] 07 冉小满")
		s.Keys("n")
		s.Shows("名单和班里一样了: 多 2 家, 少 1 家", "15 白若溪    父", "15 白若溪    母", "[x] 07 冉小满", "1/13")
		s.Keys("n").Shows("名单和班里一样")
	})
}

// The mouse does what the keys do: it chooses a part, a family, its box.
func TestMouse(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		s := h.enter(tuitest.Luo)
		s.Keys("i")
		click := func(x, y int) { s.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}) }
		click(12, 2)
		s.Shows("[2 签到 0/12]")
		click(8, 4)
		s.Shows(">[ ] 11 田沐阳", "签到 0/12")
		click(2, 5)
		s.Shows(">[x] 15 白若溪", "签到 1/12")
		click(2, 5)
		s.Shows(">[ ] 15 白若溪", "签到 0/12")
		click(2, 2)
		h.talk()
		click(4, 10)
		s.Send(tea.MouseWheelMsg{X: 4, Y: 10, Button: tea.MouseWheelDown})
		s.Shows("> 15:04")
	})
}
