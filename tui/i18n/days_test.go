package i18n

import (
	"testing"
	"time"

	"qiao/data"
)

var wed = data.On(2026, time.November, 25)

func TestDays(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Chinese.Day(wed, wed), "11-25 周三"},
		{English.Day(wed, wed), "Wed 25 Nov"},
		{Chinese.Date(data.On(2027, time.June, 3), wed), "06-03"}, // the same school year
		{Chinese.Date(data.On(2026, time.July, 3), wed), "2026-07-03"},
		{English.Date(data.On(2025, time.October, 16), wed), "16 Oct 2025"},
		{Chinese.Near(wed, wed), "今天"},
		{Chinese.Near(wed.AddDays(-3), wed), "3天前"},
		{English.Near(wed.AddDays(1), wed), "tomorrow"},
		{English.Near(wed.AddDays(-15), wed), "10 Nov"},
		{Chinese.Near(data.Date{}, wed), "-"},
		{Chinese.Deadline(wed.AddDays(2), wed), "剩2天"},
		{English.Deadline(wed.AddDays(2), wed), "2 days left"},
		{Chinese.Deadline(wed.AddDays(-1), wed), "逾期1天"},
		{English.Deadline(wed.AddDays(-1), wed), "1 day late"},
		{Chinese.Deadline(wed.AddDays(15), wed), "12-10"},
	} {
		if c.got != c.want {
			t.Errorf("%q, not %q", c.got, c.want)
		}
	}
}

func TestMoments(t *testing.T) {
	now := time.Date(2026, 11, 25, 15, 4, 31, 0, data.China)
	for _, c := range []struct{ got, want string }{
		{Chinese.Now(now), "周三 11-25 15:04"},
		{English.Now(now.UTC()), "Wed 25 Nov 15:04"}, // the school's time, wherever the server stands
		{Chinese.Moment(now.Add(-time.Hour), now), "14:04"},
		{Chinese.Moment(now.Add(-24*time.Hour), now), "昨天 15:04"},
		{English.Moment(now.Add(-48*time.Hour), now), "Mon 23 Nov 15:04"},
		{Chinese.Moment(now.Add(-40*24*time.Hour), now), "10-16 周五"},
		{Chinese.Seconds(now), "15:04:31"},
		{Chinese.Moment(time.Time{}, now), "-"},
	} {
		if c.got != c.want {
			t.Errorf("%q, not %q", c.got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Chinese.Number(1250), "1250"}, {Chinese.Number(12500), "12,500"}, {English.Number(-1234567), "-1,234,567"},
		{English.Percent(996, 1000), "99%"}, {English.Percent(1, 1000), "1%"}, {English.Percent(5, 5), "100%"},
		{English.Percent(0, 5), "0%"}, {English.Percent(0, 0), "-"},
		{Chinese.Minutes(12 * time.Minute), "12分"}, {Chinese.Minutes(80 * time.Minute), "1时20分"},
		{English.Minutes(80 * time.Minute), "1h20m"}, {English.Minutes(20 * time.Second), "1 min"},
		{Chinese.Left(116 * time.Minute), "剩 1时56分"}, {English.Left(116 * time.Minute), "1h56m left"},
		{Chinese.Stopwatch(207 * time.Second), "03:27"}, {Chinese.Stopwatch(4520 * time.Second), "1:15:20"},
		{Chinese.Class(data.ClassName{Grade: 3, Number: 2}), "三(2)"}, {English.Class(data.ClassName{Grade: 3, Number: 2}), "3.2"},
		{Chinese.Class(data.ClassName{Grade: 10, Number: 1}), "高一(1)"}, {Chinese.Class(data.ClassName{}), "-"},
		{Chinese.Grade(3), "三年级"}, {English.Grade(3), "Grade 3"}, {English.Bytes(13002342), "12.4 MB"},
	} {
		if c.got != c.want {
			t.Errorf("%q, not %q", c.got, c.want)
		}
	}
}

// A right of the moment ends at an hour, one that was lent with a day.
func TestPassing(t *testing.T) {
	now := time.Date(2026, 11, 25, 23, 20, 0, 0, data.China)
	for _, tc := range []struct {
		role  data.Role
		lasts time.Duration
		want  string
	}{{data.Emergency, 30 * time.Minute, "紧急打开, 到 23:50"}, {data.Emergency, 2 * time.Hour, "紧急打开, 到 11-26 周四 01:20"},
		{data.ClassTeacher, 40 * time.Minute, "代班主任, 到 11-25"}, {data.ClassTeacher, 48*time.Hour + 40*time.Minute, "代班主任, 到 11-27"}, {"", 0, ""}} {
		if got := Chinese.Passing(data.Passing{Role: tc.role, Until: now.Add(tc.lasts)}, now); got != tc.want {
			t.Errorf("%s for %v: %q, not %q", tc.role, tc.lasts, got, tc.want)
		}
	}
}
