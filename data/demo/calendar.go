package demo

import (
	"time"

	"qiao/data"
)

// calendar lays two terms around today, so that today is in the 13th week of
// the second of them, on whatever day of the year the demo is started.
func calendar(today data.Date) data.Calendar {
	monday := today.Monday().AddDays(-12 * 7)
	now := data.Term{Year: data.SchoolYear(today), N: 1, First: monday.AddDays(1), Last: monday.AddDays(20*7 + 4)}
	last := data.Term{Year: now.Year - 1, N: 2}
	holiday := 8 // weeks: the summer, or the winter
	if m := today.Month(); m >= time.February && m <= time.July {
		now.N = 2
		last.Year, last.N, holiday = now.Year, 1, 5
	}
	end := monday.AddDays(-7 * holiday)
	last.First, last.Last = end.AddDays(-19*7), end.AddDays(-3)
	c := data.Calendar{Terms: []data.Term{last, now}, Days: map[data.Date]data.DayKind{}}
	for y := last.First.Year(); y <= now.Last.Year(); y++ {
		daysOff(c.Days, y)
	}
	return c
}

// festivals are the days off that follow the moon, or the sun's terms; of years
// beyond the table the demo has none.
var festivals = map[int][]data.Date{
	2025: {data.On(2025, 4, 4), data.On(2025, 5, 31), data.On(2025, 10, 6)},
	2026: {data.On(2026, 4, 5), data.On(2026, 6, 19), data.On(2026, 9, 25)},
	2027: {data.On(2027, 4, 5), data.On(2027, 6, 9), data.On(2027, 9, 15)},
	2028: {data.On(2028, 4, 4), data.On(2028, 5, 28), data.On(2028, 10, 3)},
	2029: {data.On(2029, 4, 4), data.On(2029, 6, 16), data.On(2029, 9, 22)},
	2030: {data.On(2030, 4, 5), data.On(2030, 6, 5), data.On(2030, 9, 12)},
}

// daysOff enters a year's holidays, and the weekend days that are worked for
// the two long ones.
func daysOff(days map[data.Date]data.DayKind, year int) {
	off := func(first data.Date, n int) {
		for i := range n {
			days[first.AddDays(i)] = data.PublicHoliday
		}
	}
	worked := func(d data.Date) {
		if _, taken := days[d]; !taken {
			days[d] = data.ShiftDay
		}
	}
	off(data.On(year, time.January, 1), 1)
	for _, d := range festivals[year] {
		off(d, 1)
	}
	may, october := data.On(year, time.May, 1), data.On(year, time.October, 1)
	off(may, 5)
	off(october, 7)
	worked(may.AddDays(4).Monday().AddDays(5)) // the Saturday that ends the holiday's week
	worked(october.Monday().AddDays(-1))       // the Sunday before
	worked(october.AddDays(6).Monday().AddDays(5))
}
