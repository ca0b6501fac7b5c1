package data

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	plusDays  = regexp.MustCompile(`^\+(\d{1,3})(d|w)?$`)
	monthDay  = regexp.MustCompile(`^(\d{1,2})[-./月](\d{1,2})(?:日|号)?$`)
	fourDigit = regexp.MustCompile(`^(\d{2})(\d{2})$`)
	dayMonth  = regexp.MustCompile(`^(\d{1,2}) ?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$`)
	weekday   = regexp.MustCompile(`^(下下|下|本|这)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天末])$`)
	isoDay    = regexp.MustCompile(`^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$`)
	clockTime = regexp.MustCompile(`^(\d{1,2})(?::?(\d{2}))? ?(am|pm)?$`)
	clockWord = regexp.MustCompile(`^(凌晨|早上|上午|中午|下午|晚上)?(\d{1,2})[点:](半|\d{1,2})?分?$`)
)

var weekdays = map[string]time.Weekday{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 0, "天": 0, "末": 6,
	"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 0}

var months = map[string]time.Month{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
	"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

// ParseDue reads a day to come as people say it: 今天 明天 后天 周五 下周三 下个月
// 月底 +3 +3d +2w 12-01 1201 2026-12-01, today tomorrow fri "next fri" "next
// month" "1 dec". +3 counts school days, +3d and +2w calendar days; next month
// is its first school day; a weekday is the next one to come. Empty is the zero
// Date.
func (c Calendar) ParseDue(s string, today Date) (Date, error) {
	s = strings.ToLower(halfWidth(strings.Join(strings.Fields(s), " ")))
	next := On(today.Year(), today.Month()+1, 1)
	switch s {
	case "":
		return Date{}, nil
	case "今天", "today":
		return today, nil
	case "明天", "tomorrow", "tmr":
		return today.AddDays(1), nil
	case "后天":
		return today.AddDays(2), nil
	case "大后天":
		return today.AddDays(3), nil
	case "下周", "next week":
		return today.Monday().AddDays(7), nil
	case "下个月", "下月", "next month":
		return c.AddSchoolDays(next.AddDays(-1), 1), nil
	case "月底", "end of month":
		return next.AddDays(-1), nil
	}
	if m := plusDays.FindStringSubmatch(s); m != nil {
		n, _ := strconv.Atoi(m[1])
		switch m[2] {
		case "d":
			return today.AddDays(n), nil
		case "w":
			return today.AddDays(7 * n), nil
		}
		return c.AddSchoolDays(today, n), nil
	}
	if d, ok := namedWeekday(s, today); ok {
		return d, nil
	}
	return calendarDay(s, today)
}

// namedWeekday is 周五, 下周三, fri, next wed. A bare weekday is the next one to
// come, today's not among them; 下周 is the week after this one.
func namedWeekday(s string, today Date) (Date, bool) {
	if m := weekday.FindStringSubmatch(s); m != nil {
		in := today.Monday().AddDays((int(weekdays[m[2]]) + 6) % 7)
		switch m[1] {
		case "下下":
			return in.AddDays(14), true
		case "下":
			return in.AddDays(7), true
		case "本", "这":
			return in, true
		}
		if !today.Before(in) {
			in = in.AddDays(7)
		}
		return in, true
	}
	word, after := s, 0
	if rest, ok := strings.CutPrefix(s, "next "); ok {
		word, after = rest, 7
	}
	if w, ok := weekdays[word[:min(3, len(word))]]; ok && len(word) >= 3 && word[0] < 0x80 &&
		strings.HasPrefix(strings.ToLower(w.String()), word) {
		in := today.Monday().AddDays((int(w)+6)%7 + after)
		if after == 0 && !today.Before(in) {
			in = in.AddDays(7)
		}
		return in, true
	}
	return Date{}, false
}

// calendarDay is a day by its number; without a year the next such day.
func calendarDay(s string, today Date) (Date, error) {
	year, month, day := 0, 0, 0
	if m := isoDay.FindStringSubmatch(s); m != nil {
		year, _ = strconv.Atoi(m[1])
		month, _ = strconv.Atoi(m[2])
		day, _ = strconv.Atoi(m[3])
	} else if m := monthDay.FindStringSubmatch(s); m != nil {
		month, _ = strconv.Atoi(m[1])
		day, _ = strconv.Atoi(m[2])
	} else if m := fourDigit.FindStringSubmatch(s); m != nil {
		month, _ = strconv.Atoi(m[1])
		day, _ = strconv.Atoi(m[2])
	} else if m := dayMonth.FindStringSubmatch(s); m != nil {
		day, _ = strconv.Atoi(m[1])
		month = int(months[m[2]])
	}
	d := On(year, time.Month(month), day)
	if year == 0 {
		if d = On(today.Year(), time.Month(month), day); d.Before(today) {
			d = On(today.Year()+1, time.Month(month), day)
		}
	}
	if month < 1 || day < 1 || int(d.Month()) != month || d.Day() != day {
		return Date{}, &Invalid{Field: "due", Why: WhyNotADate}
	}
	return d, nil
}

// ParsePast reads a day that has been, or today: 今天 昨天 前天 today yesterday,
// 11-25 1125 "25 nov" 2026-11-25. A day without a year is the last such day. Empty
// is the zero Date.
func ParsePast(s string, today Date) (Date, error) {
	s = strings.ToLower(halfWidth(strings.Join(strings.Fields(s), " ")))
	switch s {
	case "":
		return Date{}, nil
	case "今天", "today":
		return today, nil
	case "昨天", "yesterday":
		return today.AddDays(-1), nil
	case "前天":
		return today.AddDays(-2), nil
	}
	d, err := calendarDay(s, today)
	switch {
	case err != nil:
		return Date{}, &Invalid{Field: "date", Why: WhyNotADate}
	case today.Before(d) && !isoDay.MatchString(s):
		d = On(d.Year()-1, d.Month(), d.Day())
	}
	if today.Before(d) {
		return Date{}, &Invalid{Field: "date", Why: WhyFuture}
	}
	return d, nil
}

// ParseAt reads a moment that has been: 15:04, 1504, 4:30pm, 下午4点半 of today,
// "11-25 15:04", "昨天 16:00", RFC 3339. A day without a year is the last such day.
func ParseAt(s string, now time.Time) (time.Time, error) {
	s = halfWidth(strings.Join(strings.Fields(s), " "))
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	s = strings.ToLower(s)
	day, today := DayOf(now), DayOf(now)
	clock := s
	if word, rest, ok := strings.Cut(s, " "); ok && !strings.HasPrefix(rest, "am") && !strings.HasPrefix(rest, "pm") {
		switch word {
		case "今天", "today":
		case "昨天", "yesterday":
			day = today.AddDays(-1)
		case "前天":
			day = today.AddDays(-2)
		default:
			d, err := calendarDay(word, today)
			if err != nil {
				if f := strings.Fields(s); len(f) == 3 { // 25 nov 15:04
					if d, err = calendarDay(f[0]+" "+f[1], today); err == nil {
						rest = f[2]
					}
				}
			}
			if err != nil {
				return time.Time{}, &Invalid{Field: "at", Why: WhyNotADate}
			}
			if day = d; today.Before(day) && !isoDay.MatchString(word) {
				day = On(d.Year()-1, d.Month(), d.Day())
			}
		}
		clock = rest
	}
	h, m, ok := clockOf(clock)
	if !ok {
		return time.Time{}, &Invalid{Field: "at", Why: WhyNotADate}
	}
	return day.Start().Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute), nil
}

// ParseClock reads a time of day as people say it, 16:30 1630 4:30pm 下午4点半, as
// minutes after midnight.
func ParseClock(s string) (minutes int, err error) {
	h, m, ok := clockOf(strings.ToLower(halfWidth(strings.Join(strings.Fields(s), " "))))
	if !ok {
		return 0, &Invalid{Field: "at", Why: WhyNotATime}
	}
	return h*60 + m, nil
}

func clockOf(s string) (h, m int, ok bool) {
	if w := clockTime.FindStringSubmatch(s); w != nil && (w[2] != "" || w[3] != "") {
		h, _ = strconv.Atoi(w[1])
		m, _ = strconv.Atoi(w[2])
		if w[3] != "" {
			h = h%12 + map[string]int{"am": 0, "pm": 12}[w[3]]
		}
	} else if w := clockWord.FindStringSubmatch(s); w != nil {
		h, _ = strconv.Atoi(w[2])
		if m, _ = strconv.Atoi(w[3]); w[3] == "半" {
			m = 30
		}
		if h < 12 && (w[1] == "下午" || w[1] == "晚上" || w[1] == "中午" && h < 11) {
			h += 12
		}
	} else {
		return 0, 0, false
	}
	return h, m, h < 24 && m < 60
}

// halfWidth turns the fullwidth forms an input method types into ASCII.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\u3000':
			return ' '
		}
		return r
	}, s)
}
