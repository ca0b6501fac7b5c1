package i18n

import (
	"fmt"
	"strconv"
	"time"

	"qiao/data"
)

var (
	minutes     = T("%d min", "%d分")
	hours       = T("%dh", "%d时")
	hoursAnd    = T("%dh%02dm", "%d时%02d分")
	minutesLeft = T("%dm left", "剩 %d分")
	hoursLeft   = T("%dh%02dm left", "剩 %d时%02d分")

	grades = [13]string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "高一", "高二", "高三"}
)

// Class names a class: 三(2), 七(1), 高一(3); 3.2. The zero name is a dash.
func (l Lang) Class(c data.ClassName) string {
	switch {
	case c.IsZero():
		return "-"
	case l == English || c.Grade < 1 || c.Grade >= len(grades):
		return c.String()
	}
	return grades[c.Grade] + "(" + strconv.Itoa(c.Number) + ")"
}

// Grade names a grade: 三年级, Grade 3.
func (l Lang) Grade(n int) string {
	if l == English || n < 1 || n >= len(grades) {
		return fmt.Sprint("Grade ", n)
	}
	if n >= 10 {
		return grades[n]
	}
	return grades[n] + "年级"
}

// Minutes is a length of time: 12分, 1时20分; 12 min, 1h20m. Less than a
// minute counts as one; none is a dash.
func (l Lang) Minutes(d time.Duration) string {
	n := int((d + time.Minute - 1) / time.Minute)
	switch {
	case d <= 0:
		return "-"
	case n < 60:
		return l.Say(minutes, n)
	case n%60 == 0:
		return l.Say(hours, n/60)
	}
	return l.Say(hoursAnd, n/60, n%60)
}

// Left is what remains of the last day before a deadline: 剩 1时56分.
func (l Lang) Left(d time.Duration) string {
	n := max(int(d/time.Minute), 0)
	if n < 60 {
		return l.Say(minutesLeft, n)
	}
	return l.Say(hoursLeft, n/60, n%60)
}

// Stopwatch is a running clock: 03:27, 1:15:20.
func (l Lang) Stopwatch(d time.Duration) string {
	s := max(int(d/time.Second), 0)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}

// Number writes a count, with separators from 10,000 on.
func (l Lang) Number(n int) string {
	s := strconv.Itoa(n)
	if n < 10000 && n > -10000 {
		return s
	}
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Percent is n of all without decimals, never 100% unless complete and never
// 0% unless none; of nothing it is a dash.
func (l Lang) Percent(n, of int) string {
	if of <= 0 {
		return "-"
	}
	p := n * 100 / of
	if p == 0 && n > 0 {
		p = 1
	}
	return strconv.Itoa(p) + "%"
}

// Bytes is a size: 640 B, 12.4 MB.
func (l Lang) Bytes(n int) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%.1f KB", float64(n)/(1<<10))
	case n < 1<<30:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
}
