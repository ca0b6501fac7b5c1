package i18n

import (
	"fmt"
	"time"

	"qiao/data"
)

var (
	today     = T("today", "今天")
	tomorrow  = T("tomorrow", "明天")
	yesterday = T("yesterday", "昨天")
	daysAgo   = T("%d days ago", "%d天前")
	inDays    = T("in %d days", "%d天后")
	daysLeft  = T("%d days left", "剩%d天")
	dayLeft   = T("1 day left", "剩1天")
	dayLate   = T("1 day late", "逾期1天")
	daysLate  = T("%d days late", "逾期%d天")
	week      = T("Week %d", "第%d周")
	autumn    = T("Autumn %d", "%d 秋")
	spring    = T("Spring %d", "%d 春")

	weekdays = [7]Phrase{T("Sun", "周日"), T("Mon", "周一"), T("Tue", "周二"), T("Wed", "周三"),
		T("Thu", "周四"), T("Fri", "周五"), T("Sat", "周六")}
	months = [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
)

// near is up to how many days away a day is told in words.
const near = 14

// Weekday names a day of the week.
func (l Lang) Weekday(d time.Weekday) string { return l.Say(weekdays[d]) }

// schoolYear is the year of the autumn in which d's school year began.
func schoolYear(d data.Date) int {
	if d.Month() < time.August {
		return d.Year() - 1
	}
	return d.Year()
}

// Date writes a day: 11-25 or 25 Nov, with the year only if it is not in
// today's school year. The zero Date is a dash.
func (l Lang) Date(d, today data.Date) string {
	if d.IsZero() {
		return "-"
	}
	if l == English {
		s := fmt.Sprintf("%d %s", d.Day(), months[d.Month()-1])
		if schoolYear(d) != schoolYear(today) {
			s += fmt.Sprintf(" %d", d.Year())
		}
		return s
	}
	if schoolYear(d) != schoolYear(today) {
		return d.String()
	}
	return fmt.Sprintf("%02d-%02d", int(d.Month()), d.Day())
}

// Day is Date with the day of the week: 11-25 周三, Wed 25 Nov.
func (l Lang) Day(d, today data.Date) string {
	switch {
	case d.IsZero():
		return "-"
	case l == English:
		return l.Weekday(d.Weekday()) + " " + l.Date(d, today)
	}
	return l.Date(d, today) + " " + l.Weekday(d.Weekday())
}

// Near tells how far a day is from today: in words up to 14 days, else as a
// date. The zero Date is a dash.
func (l Lang) Near(d, now data.Date) string {
	n := now.DaysTo(d)
	switch {
	case d.IsZero():
		return "-"
	case n == 0:
		return l.Say(today)
	case n == 1:
		return l.Say(tomorrow)
	case n == -1:
		return l.Say(yesterday)
	case n < 0 && n >= -near:
		return l.Say(daysAgo, -n)
	case n > 0 && n <= near:
		return l.Say(inDays, n)
	}
	return l.Date(d, now)
}

// Deadline tells how far a day is on which something is due: 剩2天, today,
// 逾期1天; beyond 14 days as a date.
func (l Lang) Deadline(due, now data.Date) string {
	n := now.DaysTo(due)
	switch {
	case due.IsZero():
		return "-"
	case n == 0:
		return l.Say(today)
	case n == 1:
		return l.Say(dayLeft)
	case n == -1:
		return l.Say(dayLate)
	case n < 0 && n >= -near:
		return l.Say(daysLate, -n)
	case n > 0 && n <= near:
		return l.Say(daysLeft, n)
	}
	return l.Date(due, now)
}

// Clock is the time of day at the school, 15:04.
func (l Lang) Clock(t time.Time) string { return t.In(data.China).Format("15:04") }

// Seconds is the time of day to the second, for logs and drafts, 15:04:31.
func (l Lang) Seconds(t time.Time) string { return t.In(data.China).Format("15:04:05") }

// Moment is when something happened: the time of day if today, else the day
// and the time, beyond 14 days the day alone. The zero time is a dash.
func (l Lang) Moment(t, now time.Time) string {
	if t.IsZero() {
		return "-"
	}
	day, this := data.DayOf(t), data.DayOf(now)
	switch n := this.DaysTo(day); {
	case n == 0:
		return l.Clock(t)
	case n == -1:
		return l.Say(yesterday) + " " + l.Clock(t)
	case n >= -near && n <= near:
		return l.Day(day, this) + " " + l.Clock(t)
	}
	return l.Day(day, this)
}

// Now is the day and the time of the title bar: 周三 11-25 15:04, Wed 25 Nov
// 15:04.
func (l Lang) Now(t time.Time) string {
	d := data.DayOf(t)
	return l.Weekday(d.Weekday()) + " " + l.Date(d, d) + " " + l.Clock(t)
}

// Week names a week of a term by its number.
func (l Lang) Week(n int) string { return l.Say(week, n) }

// Autumn and Spring name a term by its year: 2026 秋, Spring 2027.
func (l Lang) Autumn(year int) string { return l.Say(autumn, year) }
func (l Lang) Spring(year int) string { return l.Say(spring, year) }
