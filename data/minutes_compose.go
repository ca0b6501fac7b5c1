package data

import (
	"fmt"
	"strings"
	"time"
)

// Compose makes the first version of a meeting's minutes out of what happened:
// facts, then item by item what was noted, asked and decided, each line with the
// level it was written at. Minutes are the school's document and are in Chinese
// whoever closes the room; what is issued is one text with one hash.
func Compose(v MeetingView) []MinutesLine {
	c := composer{v: v}
	c.facts()
	for n, i := range v.Agenda {
		c.add(LineItem, fmt.Sprintf("%s、%s", han(n+1), i.Title)+spoken(i), itemSource(i.ID))
		c.under(i.ID)
	}
	rest := len(c.lines)
	c.under(0)
	if len(c.lines) > rest { // what belongs to no item
		c.lines = append(c.lines[:rest:rest], append([]MinutesLine{{Kind: LineItem, Text: theRest, Level: Normal}}, c.lines[rest:]...)...)
	}
	for i := range c.lines {
		c.lines[i].ID = i + 1
	}
	return c.lines
}

// theRest heads what belongs to no item.
const theRest = "其他"

type composer struct {
	v     MeetingView
	lines []MinutesLine
}

func (c *composer) add(kind LineKind, text string, source string) {
	c.lines = append(c.lines, MinutesLine{Kind: kind, Text: line(text), Level: Normal, Source: source})
}

func (c *composer) fact(format string, args ...any) {
	c.add(LineFact, fmt.Sprintf(format, args...), "")
}

func (c *composer) facts() {
	m, t := c.v.Meeting, TurnoutOf(c.v.Invitees)
	c.add(LineTitle, titled(m)+" 纪要", "")
	began, ended := m.Opened, m.Held
	if began.IsZero() {
		began, ended = m.Starts, m.Ends
	}
	c.fact("时间: %s %s-%s", hanDay(DayOf(began), true), hanClock(began), hanClock(ended))
	c.fact("地点: %s", m.Place)
	c.fact("主持: %s, 记录: %s", m.ChairName, m.SecretaryName)
	c.fact("%s", turnedOut(t))
	if m.ShortWhy != "" {
		c.fact("通知于 %s 发出, 晚于规定: %s", hanDay(m.Told, false), m.ShortWhy)
	}
}

// turnedOut is the sums of who came, in a sentence.
func turnedOut(t Turnout) string {
	came := fmt.Sprintf("应到 %d 户, 实到 %d 户", t.Invited, t.Came())
	for _, part := range []struct {
		n    int
		text string
	}{{t.Video, "视频参加 %d"}, {t.Represented, "他人代 %d"}, {t.Excused, "请假 %d"}, {t.Absent, "缺席 %d"}, {t.Late, "迟到 %d"}, {t.LeftEarly, "早退 %d"}} {
		if part.n > 0 {
			came += ", " + fmt.Sprintf(part.text, part.n)
		}
	}
	return came
}

// under adds what was noted, asked and decided under one item, in that order
// each by its time.
func (c *composer) under(item int64) {
	for _, n := range c.v.Notes {
		if n.Item != item || n.Struck {
			continue
		}
		c.lines = append(c.lines, n.minuted())
	}
	for _, r := range c.v.Resolutions {
		if r.Item == item {
			c.lines = append(c.lines, r.minuted())
		}
	}
}

// spoken is who spoke on an item, and how long it took against the plan.
func spoken(i AgendaItem) string {
	var said []string
	if i.Speaker != "" {
		said = append(said, i.Speaker)
	}
	if i.Spent > 0 {
		said = append(said, fmt.Sprintf("%d 分, 计划 %d", int(i.Spent.Round(time.Minute).Minutes()), i.Minutes))
	}
	if len(said) == 0 {
		return ""
	}
	return " (" + strings.Join(said, ", ") + ")"
}

var hanDigits = []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// han is a number below 100 in Chinese.
func han(n int) string {
	tens := ""
	if n >= 10 {
		tens = "十"
	}
	if n >= 20 {
		tens = hanDigits[n/10%10] + "十"
	}
	return tens + hanDigits[n%10]
}

// titled is a meeting's theme with its class, which many write into it themselves.
func titled(m Meeting) string {
	class := fmt.Sprintf("%s(%d)", han(m.ClassName.Grade), m.ClassName.Number)
	if m.ClassName.IsZero() || strings.Contains(m.Title, class) {
		return m.Title
	}
	return class + "班 " + m.Title
}

// hanDay is a day with its weekday, with the year where it must stand by itself.
func hanDay(d Date, year bool) string {
	day := d.String()
	if !year {
		_, day, _ = strings.Cut(day, "-")
	}
	return day + " 周" + []string{"日", "一", "二", "三", "四", "五", "六"}[d.Weekday()]
}

func hanClock(t time.Time) string { return t.In(China).Format("15:04") }

// hanBy is until when something is to be done; "" where no day was said.
func hanBy(d Date) string {
	if d.IsZero() {
		return ""
	}
	return ", " + hanDay(d, true) + "前"
}
