package room_test

import (
	"testing"
	"time"

	"qiao/data"
	"qiao/tui/tuitest"
)

// The room before it is open, while people sit in it, over time, and after.
func TestFrames(t *testing.T) {
	inHall(t, 33, func(h *hall) {
		house := tuitest.Together(h.db)
		s := h.into(house, tuitest.Luo)
		s.Goldens("before")
		s.Keys("2").Goldens("asked")
		s.Keys("1", "i").Wait(12*time.Minute + 20*time.Second)
		s.Goldens("overrun")
		s.Keys("i").Wait(17*time.Minute + 20*time.Second)
		h.talk()
		pu := h.into(house, tuitest.Pu)
		pu.Keys("n", "晚托机构名单")
		s.Wait(time.Second).Goldens("agenda")
		s.Keys("n", "家长希望看到每学期账目, 并由家委会核对; 寒假前先公布一次, 之后每学期末各公布一次。", "tab", "right", "tab", "space", "江").Wait(2 * time.Second)
		s.Goldens("writing")
		s.Keys("enter", "esc")
		h.come()
		s.Wait(30 * time.Second).Keys("2").Goldens("signin")
		s.Keys("f", "lsq").Goldens("find")
		s.Keys("enter", "e").Goldens("came")
		s.Keys("esc", "3").Goldens("questions")
		s.Keys("n", "食谱什么时候公布?").Goldens("question")
		s.Keys("esc", "4").Goldens("resolutions")
		s.Keys("n", "每周一公布食谱").Goldens("resolution")
		s.Keys("esc", "1", "v").Goldens("projector")
		s.Keys("v", "i", "i", "i").Goldens("closing")
		s.Keys("enter").Wait(time.Second)
		pu.Wait(2 * time.Second).Goldens("closed")
	})
}

// Two people sit in one room: what one marks is on the other's screen, and who did
// it; what one writes too.
func TestTwoInTheRoom(t *testing.T) {
	inHall(t, 0, func(h *hall) {
		luo, pu := h.enter(tuitest.Luo), h.enter(tuitest.Pu)
		luo.Keys("i")
		pu.Shows("第 1 项 / 4", "罗静 刚刚开会了")
		luo.Keys("2").Shows("[2 签到 0/12]", ">[ ] 07 冉小满")
		luo.Keys("space")
		luo.Shows("[2 签到 1/12]", "[x] 07 冉小满", ">[ ] 11 田沐阳")
		pu.Shows("2 签到 1/12", "罗静 刚刚签到 冉小满: 到 (1/12)")
		pu.Wait(3 * time.Second).Shows("罗静 3 秒前签到 冉小满")
		pu.Wait(20 * time.Second).Lacks("秒前")
		pu.Keys("2").Shows("[x] 07 冉小满")
		pu.Keys("space", "space").Shows("[2 签到 1/12]", "[ ] 07 冉小满")
		if got := h.invitee(tuitest.Ran); got.Attendance != data.Unmarked || got.MarkedBy != "蒲岚" {
			h.Error(got)
		}
		luo.Shows("[ ] 07 冉小满", "[x] 11 田沐阳", "蒲岚 刚刚签到 2 家")

		luo.Keys("1", "n", "交警可在 16:20 派人到校门口", "enter")
		luo.Shows("15:04 罗静   交警可在 16:20 派人到校门口")
		pu.Keys("1").Shows("罗静   交警可在 16:20 派人到校门口", "罗静 刚刚记了一行")
	})
}

// Forty-five families are signed in one by one with one key each, as fast as the
// hand is; or all but four. Every mark is stored.
func TestFortyFive(t *testing.T) {
	inHall(t, 33, func(h *hall) {
		s := h.enter(tuitest.Luo)
		keys := 0
		press := func(words ...string) {
			keys += len(words)
			s.Keys(words...)
		}
		s.Keys("i")
		press("2")
		for range 45 {
			press("space")
		}
		s.Shows("[2 签到 45/45]", "到 45")
		if got := data.TurnoutOf(h.view(tuitest.Luo).Invitees); got.Present != 45 || keys > 50 {
			h.Errorf("%d keys: %+v", keys, got)
		}
		for range 45 {
			s.Keys("u")
		}
		s.Shows("[2 签到 0/45]")
		s.Keys("home", "1")
		keys = 0
		press("2", "a", "down", "down", "down", "space", "down", "space", "right", "-", "right", "+")
		s.Shows("到 41 视频 1 代 0 请假 1 未签 2", "[ ] 04", "[ ] 06", "未签: 04 邓子墨 母   06 石成 母", "请假: 22 石乐瑶 父")
		if keys >= 50 {
			h.Error(keys)
		}
	})
}
