package preparation_test

import (
	"strings"
	"testing"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// Two keys tell the families: the text is made of the meeting, and stands on the
// clipboard.
func TestSendNotice(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "").Keys("m")
		s.Shows("发出日期", "[今天", "最晚 11-27 周五 发, 还有 2 天", "各位家长：", "召开家长会「三(2)家长会", "ctrl+s 发出")
		s.Goldens("send")
		s.Keys("ctrl+s")
		s.Shows("已记: 今天 通知", "准备中 > [已通知] > 现场", "已送 12", "✓ 11-25 周三 已通知, 最晚 11-27 周五")
		m := r.view().Meeting
		if m.State != data.MeetingNotified || m.Told != tuitest.Clock.Today() || m.ShortWhy != "" || !strings.Contains(m.NoticeEn, "Dear parents") {
			r.Errorf("%+v", m)
		}
		if got := s.Copied(); got != m.NoticeZh || !strings.Contains(got, "2026年12月4日（周五）16:30-18:00召开家长会") {
			r.Errorf("%q", got)
		}
		s.Keys("4", "d", "enter")
		s.Shows("已收回, 算没通知")
		if m := r.view().Meeting; m.State != data.MeetingDraft || !m.Told.IsZero() {
			r.Errorf("%+v", m)
		}
	})
}

// Past the school's period the notice goes out only with a reason, which the
// meeting keeps; a day that was in time needs none.
func TestLateNotice(t *testing.T) {
	meeting(t, friday.AddDate(0, 0, -7), func(r *rig) { // this Friday
		s := r.at(tuitest.Luo, "notice")
		s.Shows("! 过了通知期 (11-20 周五): 写明理由才能发")
		s.Goldens("late")
		s.Keys("m", "ctrl+s")
		s.Shows("还有 1 处: 必填", "! 过了通知期: 必填")
		if m := r.view().Meeting; m.State != data.MeetingDraft {
			r.Error(m.State)
		}
		s.Keys("台风停课两天", "ctrl+s")
		s.Shows("已记: 今天 通知", "~ 11-25 周三 才通知, 最晚是 11-20 周五", "晚通知的原因: 台风停课两天")
		if m := r.view().Meeting; m.ShortWhy != "台风停课两天" || m.State != data.MeetingNotified {
			r.Errorf("%+v", m)
		}
		s.Keys("m", "ctrl+u", "11-19", "tab", "ctrl+u", "ctrl+s")
		if m := r.view().Meeting; m.ShortWhy != "" || m.Told != data.On(2026, 11, 19) {
			r.Errorf("%+v", m)
		}
	})
}

// The last day is said, and the day before.
func TestNoticePeriod(t *testing.T) {
	for days, want := range map[int]string{-2: "最晚 11-25 周三 发: 今天是最后一天", -1: "最晚 11-26 周四 发, 还有 1 天"} {
		meeting(t, friday.AddDate(0, 0, days), func(r *rig) { r.at(tuitest.Luo, "notice").Shows(want) })
	}
}

// A day to come is refused, and so is an empty text.
func TestNoticeFaults(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "").Keys("m", "ctrl+u", "2026-11-30", "ctrl+s")
		s.Shows("还有 1 处")
		if m := r.view().Meeting; m.State != data.MeetingDraft {
			r.Error(m.State)
		}
	})
}

// What was written of the notice is there again after the line was cut, on this
// form and from Today; saving it tells nobody.
func TestNoticeDraft(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		r.at(tuitest.Luo, "notice").Keys("e", "end", "带水杯").Wait(2 * time.Second).Cut()
		s := tuitest.StartOn(r.T, r.db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "today"})
		s.Shows("家长会通知")
		s = r.at(tuitest.Luo, "notice").Keys("e")
		s.Shows("已恢复草稿")
		s.Keys("ctrl+s")
		s.Shows("通知已存: m 发出")
		m := r.view().Meeting
		if m.State != data.MeetingDraft || !strings.HasPrefix(m.NoticeZh, "各位家长：带水杯") {
			r.Errorf("%+v", m)
		}
		if d, err := r.luo().Drafts(r.Context()); err != nil || len(d) > 0 {
			r.Errorf("%v %+v", err, d)
		}
	})
}

// A text that no longer fits the meeting is said, and made anew with n.
func TestStaleNotice(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "notice").Keys("e", "ctrl+s")
		s.Lacks("通知里没有")
		m := r.view().Meeting
		m.Place = "礼堂"
		_, err := r.db.As(tuitest.Office).SaveMeeting(r.Context(), m, data.Ref{})
		r.must(err)
		s.Shows("! 封志刚 15:04 改了会议: 12-04 周五 16:30, 礼堂", "! 通知里没有「礼堂」")
		s.Keys("n", "ctrl+s")
		s.Lacks("通知里没有")
		if m := r.view().Meeting; !strings.Contains(m.NoticeZh, "礼堂") {
			r.Error(m.NoticeZh)
		}
	})
}

// Two write the notice at once: the second sees both texts and chooses.
func TestNoticeConflict(t *testing.T) {
	meeting(t, friday, func(r *rig) {
		s := r.at(tuitest.Luo, "notice").Keys("e", "敬爱的")
		m := r.view().Meeting
		_, err := r.db.As(tuitest.Pu).SaveNotice(r.Context(), m.ID, m.Rev, "请您到校", "")
		r.must(err)
		s.Keys("ctrl+s")
		s.Shows("蒲岚 也改了这份通知")
		s.Keys("2", "ctrl+s")
		if m := r.view().Meeting; !strings.HasPrefix(m.NoticeZh, "敬爱的各位家长") {
			r.Error(m.NoticeZh)
		}
	})
}
