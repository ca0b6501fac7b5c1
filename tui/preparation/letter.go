package preparation

import (
	"fmt"
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// What goes to the families is in their words: 您, and both languages side by side.
var (
	noticeIs = i18n.T("Dear parents,\n\nclass %[1]s holds its meeting \"%[2]s\" on %[3]s, %[4]s. %[5]sWe ask you to come.\n%[6]s\n"+
		"Please answer with your child's name and \"coming\", or \"excused\" and why; I will then talk with you on another day.\n\n%[7]s",
		"各位家长：\n\n您好。%[1]s班定于%[3]s%[4]s召开家长会「%[2]s」，%[5]s请您安排时间参加。\n%[6]s\n"+
			"收到后请您回复孩子姓名和「参加」；不能来的请您回复「请假」和原因，我再另找时间和您谈。\n\n%[7]s")
	placeIs  = i18n.T("Place: %s. ", "地点：%s，")
	pointsAr = i18n.T("\nAgenda:\n%s", "\n议程：\n%s")
	pointIs  = i18n.T("%d. %s (%d min)\n", "%d. %s（%d 分钟）\n")
	teacher  = i18n.T("%[2]s, class teacher of %[1]s", "%[1]s班主任 %[2]s")
	leader   = i18n.T("%[2]s, who leads the meeting of %[1]s", "%[1]s家长会主持 %[2]s")
	longDay  = i18n.T("%s %d", "%[2]d年%[1]s")
	dayOnly  = i18n.T("%[2]d/%[1]d", "%[1]d月%[2]d日")
	monthDay = i18n.T("%[3]s", "%[1]d月%[2]d日（%[4]s）")

	reminds = i18n.T("Dear parents of %[1]s,\n\nthe meeting \"%[2]s\" is on %[3]s, %[4]s. %[5]sYou have not answered yet: please write your child's name and "+
		"\"coming\", or \"excused\" and why.",
		"%[1]s的家长：\n\n您好。家长会「%[2]s」在%[3]s%[4]s，%[5]s还没有收到您的回复。请您回复孩子姓名和「参加」，不能来的请写「请假」和原因。")

	remindTitle = i18n.T("Reminder to families", "催回执")
	letterAbout = i18n.T("What goes to the parents' group?", "贴到家长群的是什么?")
	didCopy     = i18n.T("Sent to the terminal's clipboard: paste it into the parents' group  (not every terminal can)", "已送到剪贴板: 贴到家长群  (不是每种终端都能复制)")
	aCopy       = i18n.T("copy", "复制")
	byMouse     = i18n.T("If your terminal cannot copy: mark it with shift and the mouse", "终端不能复制的: 按住 shift 用鼠标选")
)

// compose is the notice of a meeting in both languages: what, when, where, about
// what, and from whom.
func compose(m data.Meeting, staff []data.Participant) (zh, en string) {
	return composed(i18n.Chinese, m, staff), composed(i18n.English, m, staff)
}

func composed(l i18n.Lang, m data.Meeting, staff []data.Participant) string {
	points := ""
	for n, i := range m.Agenda {
		points += l.Say(pointIs, n+1, i.Title, i.Minutes)
	}
	if points != "" {
		points = l.Say(pointsAr, points)
	}
	class := l.Class(m.ClassName)
	sign := l.Say(leader, class, l.Name(m.ChairName, ""))
	if n := slices.IndexFunc(staff, func(c data.Participant) bool { return c.Role == data.ClassTeacher }); n >= 0 {
		sign = l.Say(teacher, class, l.Name(staff[n].Name, ""))
	}
	return l.Say(noticeIs, class, m.Title, dayIn(l, m), clocks(l, m), placeIn(l, m), points, sign)
}

// dayIn is a meeting's day with its year, as letters write it.
func dayIn(l i18n.Lang, m data.Meeting) string {
	d := data.DayOf(m.Starts)
	if l == i18n.English {
		return l.Say(longDay, l.Day(d, d), d.Year())
	}
	return l.Say(longDay, l.Say(monthDay, int(d.Month()), d.Day(), "", l.Weekday(d.Weekday())), d.Year())
}

func clocks(l i18n.Lang, m data.Meeting) string { return l.Clock(m.Starts) + "-" + l.Clock(m.Ends) }

func placeIn(l i18n.Lang, m data.Meeting) string {
	if m.Place == "" {
		return ""
	}
	return l.Say(placeIs, m.Place)
}

// reminder is a word to the families that have not answered, in both languages.
func reminder(v data.MeetingView) (zh, en string) {
	of := func(l i18n.Lang) string {
		var names []string
		for _, i := range v.Invitees {
			if i.Reply == data.WillCome || i.Reply == data.WillNot {
				continue
			}
			for _, s := range i.Students {
				if name := l.Name(s.Name, s.Reading); !slices.Contains(names, name) { // of parents who live apart both are asked
					names = append(names, name)
				}
			}
		}
		return l.Say(reminds, strings.Join(names, l.Say(nameAnd)), v.Title, dayIn(l, v.Meeting), clocks(l, v.Meeting), placeIn(l, v.Meeting))
	}
	return of(i18n.Chinese), of(i18n.English)
}

// stale says what of a meeting the notice's text does not have any more, because
// the meeting was changed after it was written; "" if it has all.
func stale(l i18n.Lang, m data.Meeting, text string) string {
	if text == "" {
		return ""
	}
	d := data.DayOf(m.Starts)
	written := []string{l.Date(d, d), fmt.Sprintf("%d-%d", int(d.Month()), d.Day()), fmt.Sprintf("%02d-%02d", int(d.Month()), d.Day()), fmt.Sprintf("%d/%d", int(d.Month()), d.Day()),
		fmt.Sprintf("%d.%d", int(d.Month()), d.Day()), l.Say(dayOnly, int(d.Month()), d.Day())}
	if !slices.ContainsFunc(written, func(w string) bool { return strings.Contains(text, w) }) {
		return written[0]
	}
	for _, has := range []string{l.Clock(m.Starts), m.Place} {
		if has != "" && !strings.Contains(text, has) {
			return has
		}
	}
	return ""
}

// A letter is a page that shows a text to be copied.
type letter struct {
	env   *kit.Env
	title i18n.Phrase
	text  string
	w, h  int
}

func newLetter(env *kit.Env, title i18n.Phrase, text string) kit.Page {
	return &letter{env: env, title: title, text: text}
}

func (p *letter) Title() i18n.Phrase     { return p.title }
func (p *letter) About() i18n.Phrase     { return letterAbout }
func (p *letter) Init() tea.Cmd          { return nil }
func (p *letter) Update(tea.Msg) tea.Cmd { return nil }
func (p *letter) Layout(w, h int)        { p.w, p.h = w, h }

func (p *letter) Actions() []kit.Action {
	return []kit.Action{{Key: "y", Label: aCopy, Do: func() tea.Cmd { return p.env.CopyText(p.text, didCopy) }}}
}

// View shows the text whole, as far as it fits.
func (p *letter) View() kit.Frame {
	lines := []string{""}
	for _, line := range kit.Wrap(p.text, min(p.w-4, 76)) {
		lines = append(lines, "  "+line)
	}
	if over := len(lines) - p.h; over > 0 {
		lines = append(lines[:p.h-1], p.env.Look.Muted("  "+fmt.Sprint(".. +", over+1)))
	}
	return kit.Frame{Body: kit.Block(lines, p.w, p.h), Status: " " + p.env.Look.Muted(p.env.Say(byMouse))}
}
