package data

import "time"

// SchoolYear is the school year a day falls in, named by its autumn: 2026 is
// 2026-27. It turns on 1 August.
func SchoolYear(d Date) int {
	if d.Month() >= time.August {
		return d.Year()
	}
	return d.Year() - 1
}

// YearEnd is the last day of d's school year: a role with a scope ends with it.
func YearEnd(d Date) Date { return On(SchoolYear(d)+1, time.July, 31) }

// A Term is half a school year. Its days are decided by the authorities each
// year: entered, never computed.
type Term struct {
	ID          int64
	Year, N     int // 2026, 1: autumn 2026; 2026, 2: spring 2027
	First, Last Date
}

// Autumn reports whether the term is the first of its school year.
func (t Term) Autumn() bool { return t.N == 1 }

// CalendarYear is the year the term is named by: the spring term of 2026-27 is
// spring 2027.
func (t Term) CalendarYear() int { return t.Year + t.N - 1 }

// Holds reports whether d is in the term.
func (t Term) Holds(d Date) bool { return !d.Before(t.First) && !t.Last.Before(d) }

// Week is the number of d's week in the term: week 1 is the Monday to Sunday
// week that contains the first day.
func (t Term) Week(d Date) int { return t.First.Monday().DaysTo(d.Monday())/7 + 1 }

// DayKind is what a day is, where it differs from the weekday rule.
type DayKind string

// The kinds of day that a school's calendar enters.
const (
	PublicHoliday DayKind = "public_holiday"
	LongHoliday   DayKind = "long_holiday"
	ShiftDay      DayKind = "shift_day" // a weekend day that is worked
)

// A Calendar is the school's terms, and the days that differ from the weekday
// rule. The zero Calendar knows weekends alone.
type Calendar struct {
	Terms []Term // by First
	Days  map[Date]DayKind
	// Notice is how many working days before a meeting its families are told;
	// 0: the usual five.
	Notice int
}

// Term is the term that d is in, or the newest before it; the zero Term if
// there is none.
func (c Calendar) Term(d Date) (now Term) {
	for _, t := range c.Terms {
		if !d.Before(t.First) {
			now = t
		}
	}
	return now
}

// Workday reports whether d is worked, and whether that is sure: the days off
// of a year are known once its notice was entered, and estimated before.
func (c Calendar) Workday(d Date) (work, sure bool) {
	if kind, ok := c.Days[d]; ok {
		return kind == ShiftDay, true
	}
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return false, true
	}
	for day := range c.Days {
		if day.Year() == d.Year() {
			return true, true
		}
	}
	return !statutory(d), false
}

// statutory is the days off that fall on the same day each year; the lunar
// festivals come with the calendar's entry.
func statutory(d Date) bool {
	switch m, day := d.Month(), d.Day(); m {
	case time.January:
		return day == 1
	case time.May:
		return day <= 2
	case time.October:
		return day <= 3
	}
	return false
}

// SchoolDay reports whether there are lessons on d: worked, and in a term
// where terms are known.
func (c Calendar) SchoolDay(d Date) bool {
	work, _ := c.Workday(d)
	if len(c.Terms) == 0 {
		return work
	}
	return work && c.Term(d).Holds(d)
}

// longest is how many days on end may have no lessons, summer with room to
// spare. Beyond the last term that was entered, worked days count instead.
const longest = 120

// AddSchoolDays is the n-th school day after d, n at least 1.
func (c Calendar) AddSchoolDays(d Date, n int) Date {
	for ; n > 0; n-- {
		next := d.AddDays(1)
		for i := 0; !c.SchoolDay(next) && i < longest; i++ {
			next = next.AddDays(1)
		}
		if !c.SchoolDay(next) {
			for next = d.AddDays(1); ; next = next.AddDays(1) {
				if work, _ := c.Workday(next); work {
					break
				}
			}
		}
		d = next
	}
	return d
}
