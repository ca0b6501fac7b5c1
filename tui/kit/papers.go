package kit

import (
	"strconv"

	"qiao/data"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

var (
	whichPaper = i18n.T("Print", "打印")
	printsIt   = i18n.T("print", "打印")
	printsNone = i18n.T("print nothing", "不打印")
	intoTray   = i18n.T("It is put into your own tray for 7 days; the message row then says how to get it. It is logged.", "放进你自己的托盘, 留 7 天; 提示行会写怎么取。记入日志。")

	papers = map[data.Paper]i18n.Phrase{
		data.SignInSheet: i18n.T("sign-in sheet", "签到表"), data.MinutesGiven: i18n.T("minutes, as given out", "纪要, 分发版"),
		data.MinutesWhole: i18n.T("minutes, whole", "纪要, 完整版"), data.MeetingDates: i18n.T("dates of meetings", "会议时间"),
	}
	agendaToo = i18n.T("agenda and sign-in sheet", "议程和签到表")
	asTable   = i18n.T("meetings, as a table", "会议列表")

	paperFormats = map[data.Format]i18n.Phrase{
		data.AsText: i18n.T("text, A4 (.txt)", "文本, A4 (.txt)"), data.AsXLSX: i18n.T("spreadsheet (.xlsx)", "表格 (.xlsx)"),
		data.AsDOCX: i18n.T("Word (.docx)", "Word 文档 (.docx)"), data.AsMarkdown: i18n.T("Markdown (.md)", "Markdown (.md)"), data.AsICS: i18n.T("calendar file (.ics)", "日历文件 (.ics)"), data.AsCSV: i18n.T("table (.csv)", "表格 (.csv)"),
	}
	paperAs = i18n.T("%s: %s", "%s: %s")
)

// Named says which paper it is, and as what.
func (p Paper) Named() i18n.Phrase {
	what := papers[p.Of]
	switch {
	case p.Of == data.SignInSheet && p.Format == data.AsText:
		what = agendaToo
	case p.Of == data.MeetingDates && p.Format == data.AsCSV:
		what = asTable
	}
	return paperAs.With(what, paperFormats[p.Format])
}

// AskPaper puts a choice of papers on top of the page, and does it with the one
// that is chosen, on the page below.
func AskPaper(env *Env, do func(Paper) tea.Cmd, of ...Paper) tea.Cmd {
	a := &askPaper{env: env, do: do, of: of}
	a.list.Count(len(of))
	return env.Send(Push{a})
}

type askPaper struct {
	env  *Env
	do   func(Paper) tea.Cmd
	of   []Paper
	list List
	w, h int
}

func (a *askPaper) Title() i18n.Phrase { return whichPaper }
func (a *askPaper) Init() tea.Cmd      { return nil }

func (a *askPaper) Layout(w, h int) {
	a.w, a.h = w, h
	a.list.Place(Rect{Y: 1, W: w, H: len(a.of)})
}

func (a *askPaper) Update(msg tea.Msg) tea.Cmd {
	if a.list.Take(msg) == Opened {
		return a.choose(a.list.At)
	}
	return nil
}

func (a *askPaper) choose(i int) tea.Cmd {
	return a.env.Send(Run{Action{Do: func() tea.Cmd { return a.do(a.of[i]) }}})
}

func (a *askPaper) Actions() []Action {
	out := []Action{{Key: "enter", Label: printsIt, Do: func() tea.Cmd { return a.choose(a.list.At) }}}
	for i, p := range a.of {
		key := Action{Key: strconv.Itoa(i + 1), Label: p.Named(), Rare: i > 0, Do: func() tea.Cmd { return a.choose(i) }}
		if i == 0 {
			key.Label, key.As, key.Help = printsIt, "1-"+strconv.Itoa(len(a.of)), p.Named()
		}
		out = append(out, key)
	}
	return append(out, Action{Key: "esc", Label: printsNone, Do: a.env.Back})
}

func (a *askPaper) View() Frame {
	lines := append([]string{""}, a.list.View(a.env, func(i int) string {
		return strconv.Itoa(i+1) + " " + a.env.Say(a.of[i].Named())
	})...)
	lines = append(lines, "")
	for _, l := range Wrap(a.env.Say(intoTray), a.w-4) {
		lines = append(lines, "  "+l)
	}
	return Frame{Body: Block(lines, a.w, a.h)}
}
