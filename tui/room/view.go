package room

import (
	"fmt"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// A page of the first part: where the agenda, the notes and the line that is
// written stand.
type panes struct {
	left, right kit.Rect // headings included
	line        kit.Rect // of the line that is written; no height: none
}

// least is how many notes stay in sight however long the agenda is.
const least = 4

// panes parts the body under its tabs, above who is here.
func (p *page) panes() (a panes) {
	body := kit.Rect{Y: 1, W: p.w, H: p.h - 2}
	a.left, a.right = kit.Split(p.w, body.H)
	if a.right.X > 0 {
		a.left.Y, a.right.Y = 1, 1
	} else {
		items := max(1, min(len(p.view.Agenda), body.H-2-least))
		a.left = kit.Rect{Y: 1, W: p.w, H: items + 1}
		a.right = body.Below(items + 1)
	}
	if p.composer.on {
		h := min(p.composer.rows(a.right.W), a.right.H-1-least/2)
		a.right.H -= h
		a.line = kit.Rect{X: a.right.X, Y: a.right.Y + a.right.H, W: a.right.W, H: h}
	}
	return a
}

// place lays the parts out in the window.
func (p *page) place() {
	if p.w == 0 {
		return
	}
	a := p.panes()
	p.items.Place(a.left.Below(1))
	was := p.notes.list.Rect().W
	p.notes.list.Place(a.right.Below(1))
	whole := kit.Rect{Y: 2, W: p.w, H: p.h - 2}
	p.asks.list.Place(whole)
	p.decided.list.Place(whole)
	p.signIn.grid(len(p.view.Invitees), p.w, p.h)
	if was != a.right.W {
		p.keepLines()
	}
	if a.line.H > 0 {
		p.composer.draw(a.line.W)
	}
}

// redraw draws the body of the part in front.
func (p *page) redraw() {
	if p.w == 0 {
		return
	}
	p.drawn = p.minute()
	p.tabs.Notes = []string{"", "", "", ""}
	if p.known {
		t := data.TurnoutOf(p.view.Invitees)
		p.tabs.Notes = []string{"", p.env.Say(signedIn, t.Came(), t.Invited), count(p.questions()), count(len(p.view.Resolutions))}
	}
	lines := []string{p.tabs.Line(p.env, p.standing(), p.w)}
	switch {
	case p.asked.Gone():
		lines = append(lines, p.lost()...)
	case !p.known && p.asked.Err != nil:
		lines = append(lines, "", " "+p.env.Look.Danger("! "+p.env.Lang.Error(p.asked.Err)))
	case !p.known:
	case p.view.Sight < data.MeetingWhole:
		lines = p.refused()
	case p.big:
		lines = p.projected()
	case p.tabs.At == atSignIn:
		lines = append(lines, p.register()...)
	case p.tabs.At == atQuestions:
		lines = append(lines, p.listed(headQuestions, &p.asks, noQuestions)...)
	case p.tabs.At == atResolutions:
		lines = append(lines, p.listed(headResolutions, &p.decided, noResolutions)...)
	default:
		lines = append(lines, p.atWork()...)
	}
	p.body = kit.Block(lines, p.w, p.h)
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// questions is how many were asked.
func (p *page) questions() (n int) {
	for _, x := range p.view.Notes {
		if x.Kind == data.QuestionAsked {
			n++
		}
	}
	return n
}

var (
	headNotes       = i18n.T("Shared notes", "共同记录")
	allWrite        = i18n.T("all may write, each line is signed", "谁都可写, 每行记名")
	onlyItem        = i18n.T("item %d alone, enter shows all", "只看第 %d 项, enter 看全部")
	headQuestions   = i18n.T("What parents asked", "家长提问")
	headResolutions = i18n.T("What was decided", "决议")
	noNotes         = i18n.T("Nothing is noted yet: n writes a line", "还没有记录: n 写一行")
	nowhere         = i18n.T("Once the room is open all may write here", "开会以后大家都能在这里写")
	noQuestions     = i18n.T("Nobody asked anything yet: n notes a question", "还没有人提问: n 记一个")
	noResolutions   = i18n.T("Nothing is decided yet: n notes what is", "还没有决议: n 记一条")

	isLost  = i18n.T("! This meeting is not there for you now: it was taken away, or you may not see it any more", "! 这个会你看不到了: 被去掉了, 或你不再能看")
	isKept  = i18n.T("What you were writing is kept as a draft, and stands here:", "你写着的已留作草稿, 就是这句:")
	noEntry = i18n.T("You may not enter this room", "你进不了这个现场")
	forWhom = i18n.T("A room is for the class's teachers, its grade head, the office and the principal.", "现场只给本班老师、年级组长、德育处和校长。")
	forNow  = i18n.T("After the meeting its minutes tell what was said.", "会后看纪要。")
	goBack  = i18n.T("esc goes back", "esc 返回")
)

// lost stands in for a meeting that is not there any more.
func (p *page) lost() []string {
	lines := []string{"", " " + p.env.Look.Danger(p.env.Say(isLost))}
	if text := p.composer.text.Value(); text != "" {
		lines = append(lines, "", " "+p.env.Say(isKept), "")
		for _, l := range kit.Wrap(text, p.w-4) {
			lines = append(lines, "   "+l)
		}
	}
	return append(lines, "", " "+p.env.Say(goBack))
}

// refused stands in for the room where one may not enter.
func (p *page) refused() []string {
	return []string{kit.Head(p.env.Say(noEntry), "", p.w), "", "   " + p.env.Say(forWhom), "   " + p.env.Say(forNow), "", "   " + p.env.Say(goBack)}
}

// atWork is the first part: the agenda, what everybody writes, the line that is
// written, who is here.
func (p *page) atWork() []string {
	env, a := p.env, p.panes()
	left := []string{kit.Head(env.Say(headAgenda), p.ends(), a.left.W)}
	if len(p.view.Agenda) == 0 {
		left = append(left, " "+env.Say(noAgenda))
	}
	items := p.items
	if p.below || p.composer.on {
		items.At = -1
	}
	left = append(left, items.View(env, func(i int) string { return p.itemRow(i, a.left.W-2) })...)
	note := env.Look.Muted(env.Say(allWrite))
	if n := placeOf(p.view, p.only); n > 0 {
		note = env.Say(onlyItem, n)
	}
	right := []string{kit.Head(env.Say(headNotes), note, a.right.W)}
	if p.notes.list.Len() == 0 {
		none := noNotes
		if p.mayWrite() != (i18n.Phrase{}) {
			none = nowhere
		}
		right = append(right, " "+env.Look.Muted(env.Say(none)))
	}
	right = append(right, p.notes.view(env, p.below && !p.composer.on)...)
	for len(right) < a.right.H {
		right = append(right, "")
	}
	if a.line.H > 0 {
		rows, _ := p.composer.draw(a.line.W).Rows(a.line.H)
		right = append(right, rows...)
	}
	if a.right.X > 0 {
		return append(strings.Split(kit.Panes(left, right, a.left, kit.Rect{X: a.right.X, W: a.right.W, H: a.left.H}), "\n"), p.here())
	}
	return append(append(left, right...), p.here())
}

// placeOf is an item's place in a meeting's agenda, 0 if it is not there.
func placeOf(v data.MeetingView, item int64) int {
	for i, x := range v.Agenda {
		if x.ID == item {
			return i + 1
		}
	}
	return 0
}

// listed is a part that is one list.
func (p *page) listed(head i18n.Phrase, l *lines, none i18n.Phrase) []string {
	out := []string{kit.Head(p.env.Say(head), p.env.Look.Muted(l.list.Span()), p.w)}
	if l.list.Len() == 0 {
		return append(out, "", " "+p.env.Say(none))
	}
	return append(out, l.view(p.env, true)...)
}

// View draws what redraw made, and the clocks.
func (p *page) View() kit.Frame {
	f := kit.Frame{Scope: p.scope(), Body: p.body, Status: p.status()}
	switch {
	case p.composer.on && !p.asked.Gone() && p.tabs.At == atAgenda && !p.big:
		a := p.panes()
		if _, at := p.composer.draw(a.line.W).Rows(a.line.H); at != nil && !p.composer.claim.Else {
			f.Cursor = tea.NewCursor(at.X+a.line.X, at.Y+a.line.Y)
		}
	case p.finding.On:
		f.Status, f.Cursor = p.finding.Draw(p.env, p.w, p.h)
	}
	return f
}

var (
	legend        = i18n.T("[x] here  [v] video  [!] excused  [r] sent  [?] asked off  [ ] not here   u undo", "[x] 到  [v] 视频  [!] 请假  [r] 代  [?] 回执请假  [ ] 没来      u 撤销")
	opens         = i18n.T("i opens the room: then families are signed in and notes are written", "i 开会: 开了就能签到、记录")
	waits         = i18n.T("Who leads the meeting opens the room: %s", "等主持开会: %s")
	otherFamilies = i18n.T("! The class's families have changed (one split or came): n updates the list", "! 班里的家庭变了 (分户或转入): n 更新名单")
	isOver        = i18n.T("The room is closed: i shows the minutes", "散会了: i 看纪要")
)

// status is row 22 while nothing was said.
func (p *page) status() string {
	env, v := p.env, p.view
	said := p.news.line(p)
	switch {
	case !p.known || p.big || v.Sight < data.MeetingWhole:
		return ""
	case p.composer.on && p.tabs.At == atAgenda: // what became of the draft, and the news beside it
		return p.composer.claim.Status(p.composer.begun(), said, min(p.w, 120))
	case p.composer.begun() && p.tabs.At == atAgenda && p.mayWrite() == (i18n.Phrase{}):
		return " " + env.Look.Warn(env.Say(stillHere))
	case said != "":
		return " " + said
	case v.State.Over():
		return " " + env.Say(isOver)
	case !p.live() && v.State != data.MeetingCancelled:
		if v.MayRun {
			return " " + env.Say(opens)
		}
		return " " + kit.Show(env.Say(waits, env.Lang.Name(v.ChairName, "")))
	case v.FamiliesChanged && v.MayRun && p.tabs.At == atSignIn:
		return " " + env.Look.Warn(env.Say(otherFamilies))
	case p.tabs.At == atSignIn:
		return " " + env.Say(legend)
	}
	return ""
}

// standing is the right end of the tabs: what state the meeting is in, where no
// clock tells it.
func (p *page) standing() string {
	if !p.known || p.live() {
		return ""
	}
	return p.env.Lang.MeetingState(p.view.State)
}
