package room

import (
	"strings"

	"qiao/data"
	"qiao/data/search"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// leastRows is how many families stand in a column at least, and leastWidth how
// wide one is: three columns of fifteen are a class on one screen.
const (
	leastRows  = 15
	leastWidth = 26
	footRows   = 3 // a blank, who is not here, who is excused
)

// signIn is the second part: the families in columns, one of them chosen.
type signIn struct {
	at, first  int // the chosen family, and the first column on the screen
	id         int64
	rows, cols int
	cell       int // columns of the screen
	finding    kit.Asking
	names      *search.Block
	before     int // the choice before one looked for somebody
}

// grid lays the families out in a body of w by h, its first row apart.
func (s *signIn) grid(n, w, h int) {
	s.cols = max(1, w/leastWidth)
	room := max(1, h-1-footRows)
	s.rows = min(room, max(leastRows, (n+s.cols-1)/s.cols))
	s.cell = w / s.cols
	s.show(n)
}

// show keeps the choice among the families and on the screen.
func (s *signIn) show(n int) {
	s.at = max(0, min(s.at, n-1))
	if s.rows == 0 {
		return
	}
	column := s.at / s.rows
	s.first = max(min(s.first, column), column-s.cols+1)
	s.first = max(0, min(s.first, (n+s.rows-1)/s.rows-s.cols))
}

// seat keeps the choice with its family. At first it is the first that is not
// marked.
func (p *page) seat(first bool) {
	all := p.view.Invitees
	for i, one := range all {
		if first && !one.Attendance.Came() && one.Attendance != data.Excused || !first && one.ID == p.signIn.id {
			p.signIn.at = i
			break
		}
	}
	p.signIn.names = nil
	p.choose(p.signIn.at)
}

// choose goes to a family by its place.
func (p *page) choose(i int) {
	p.signIn.at = i
	p.signIn.show(len(p.view.Invitees))
	p.signIn.id = 0
	if i := p.signIn.at; i < len(p.view.Invitees) {
		p.signIn.id = p.view.Invitees[i].ID
	}
}

// family is the chosen one; nil if there is none.
func (p *page) family() *data.Invitee {
	if p.signIn.at >= len(p.view.Invitees) {
		return nil
	}
	return &p.view.Invitees[p.signIn.at]
}

// move goes about among the families: up and down within a column and on to the
// next, left and right to the next column.
func (p *page) move(key string) {
	n, s := len(p.view.Invitees), &p.signIn
	to := s.at
	switch key {
	case "up", "k":
		to--
	case "down", "j":
		to++
	case "left":
		to -= s.rows
	case "right":
		if to += s.rows; to >= n && (n-1)/max(s.rows, 1) > s.at/max(s.rows, 1) {
			to = n - 1 // the last column is shorter
		}
	case "pgup":
		to -= s.rows * s.cols
	case "pgdown":
		to += s.rows * s.cols
	case "home":
		to = 0
	case "end", "G":
		to = n - 1
	}
	if to >= 0 && to < n || key == "pgup" || key == "pgdown" {
		p.choose(max(0, min(to, n-1)))
	}
}

// flip signs the chosen family in, or out again, and goes on to the next: from the
// foot of a column to the top of the next.
func (p *page) flip() tea.Cmd {
	f := p.family()
	to := data.Present
	if f.Attendance == data.Present {
		to = data.Unmarked
		if p.view.State.Over() {
			to = data.Absent
		}
	}
	cmd := p.mark(data.AttendanceMark{Invitee: f.ID, Attendance: to})
	p.choose(p.signIn.at + 1)
	return cmd
}

var (
	allHere  = i18n.T("Signed in %d families  u undo", "签到 %d 家  u 撤销")
	butThese = i18n.T("Signed in %d families; %d asked to be excused, left as they are  u undo", "签到 %d 家; 请过假的 %d 家没动  u 撤销")
)

// all signs in every family that nobody has marked. Who asked to be excused is
// left: they are not here because all others are.
func (p *page) all() tea.Cmd {
	var ks []data.AttendanceMark
	left := 0
	for _, i := range p.view.Invitees {
		switch {
		case i.Attendance.Came() || i.Attendance == data.Excused:
		case i.Reply == data.WillNot:
			left++
		default:
			ks = append(ks, data.AttendanceMark{Invitee: i.ID, Attendance: data.Present})
		}
	}
	cmd := p.mark(ks...)
	if left > 0 {
		p.env.Note(butThese.With(len(ks), left))
	} else {
		p.env.Note(allHere.With(len(ks)))
	}
	return cmd
}

// as notes that the chosen family is here by video, or excused.
func (p *page) as(a data.Attendance) tea.Cmd {
	return p.mark(data.AttendanceMark{Invitee: p.family().ID, Attendance: a})
}

var signs = map[data.Attendance]string{data.Present: "[x]", data.ByVideo: "[v]", data.Excused: "[!]", data.Represented: "[r]"}

// sign is how a mark is drawn; of a family that nobody has marked, whether it asked
// to be excused.
func sign(i data.Invitee) string {
	s, ok := signs[i.Attendance]
	switch {
	case ok:
		return s
	case i.Reply == data.WillNot:
		return "[?]"
	}
	return "[ ]"
}

// child is a family's child as the grid names it, of several the first.
func (p *page) child(i data.Invitee) (seat, name string) {
	if len(i.Students) == 0 {
		return "", "-"
	}
	name = kit.NameOf(p.env, i.Students[0])
	if len(i.Students) > 1 {
		name += "+"
	}
	return i.Students[0].Seat(), name
}

var (
	lateBy   = i18n.T(" late %d", " 迟%d")
	lateSoon = i18n.T(" +%d'", " 迟%d")
	leftSoon = i18n.T(" left", " 早走")
	leftAt   = i18n.T(" left %s", " %s走")
)

// shortly are the relations that a cell has no room for.
var shortly = map[data.Relation]i18n.Phrase{
	data.Father: i18n.T("dad", "父"), data.Mother: i18n.T("mum", "母"), data.Grandfather: i18n.T("g'dad", "祖父"), data.Grandmother: i18n.T("gran", "祖母"),
	data.MaternalGrandfather: i18n.T("g'dad", "外祖父"), data.MaternalGrandmother: i18n.T("gran", "外祖母"),
}

// who is who came for a family, else whom it is asked by.
func (p *page) who(i data.Invitee, short bool) string {
	of := i.Guardian
	for _, g := range i.Guardians {
		if g.Person == i.CamePerson && i.CamePerson != 0 {
			of = g
		}
	}
	word, ok := shortly[of.Relation]
	switch {
	case i.CameText != "":
		return kit.Show(i.CameText)
	case short && ok && of.RelationText == "":
		return p.env.Say(word)
	}
	return kit.Show(p.env.Lang.Guardian(of))
}

// off is how late they came and when they left.
func (p *page) off(i data.Invitee, short bool) (said string) {
	switch {
	case i.LateMin == 0:
	case short:
		said = p.env.Say(lateSoon, i.LateMin)
	default:
		said = p.env.Say(lateBy, i.LateMin)
	}
	switch {
	case i.Left.IsZero():
	case short:
		said += p.env.Say(leftSoon)
	default:
		said += p.env.Say(leftAt, p.env.Lang.Clock(i.Left))
	}
	return said
}

// cellOf draws one family. The name is not cut; who came gives way to how they
// came.
func (p *page) cellOf(i int) string {
	f := p.view.Invitees[i]
	seat, name := p.child(f)
	w := p.signIn.cell - 1
	text := " " + sign(f) + " " + kit.Fit(seat, 2) + " " + kit.Show(name)
	if p.env.Lang == i18n.Chinese {
		text = kit.Pad(text, min(max(17, kit.Width(text)), w))
	}
	short := w < 30
	room := w - kit.Width(text) - 1
	least := p.who(f, true)
	if f.CameText != "" {
		least = kit.Cut(least, room)
	}
	for _, more := range []string{p.who(f, short) + p.off(f, short), strings.TrimSpace(p.off(f, true)), least} {
		if more != "" && room > 1 && kit.Width(more) <= room {
			text += " " + more
			break
		}
	}
	if i == p.signIn.at {
		return p.env.Look.Chosen(kit.Pad(">"+text[1:], w)) + " "
	}
	return kit.Pad(text, w+1)
}

// register is the rows of the second part.
func (p *page) register() []string {
	s, n := &p.signIn, len(p.view.Invitees)
	rows := make([]string, 0, p.h)
	for r := range s.rows {
		var b strings.Builder
		for c := s.first; c < s.first+s.cols; c++ {
			if i := c*s.rows + r; i < n {
				b.WriteString(p.cellOf(i))
			}
		}
		rows = append(rows, b.String())
	}
	return append(append(rows, p.inFull()), p.foot()...)
}

var (
	inFull   = i18n.T("%s %s  %s  %s%s", "%s %s  %s  %s%s")
	askedOff = i18n.T("  asked to be excused: %s", "  回执请假: %s")
	markedBy = i18n.T("  by %s %s", "  %s %s 记")
)

// inFull is the chosen family with all that is noted of it.
func (p *page) inFull() string {
	f := p.family()
	if f == nil {
		return ""
	}
	env := p.env
	seat, name := p.child(*f)
	who := p.who(*f, false)
	for _, g := range f.Guardians {
		if g.Person == f.CamePerson && f.CameText == "" || f.CamePerson == 0 && f.CameText == "" && g.Person == f.Guardian.Person {
			who += " " + env.Lang.Name(g.Name, "")
			break
		}
	}
	by := ""
	if f.Reply == data.WillNot {
		by = env.Say(askedOff, f.ReplyWhy)
	}
	if f.MarkedBy != "" {
		by += env.Say(markedBy, env.Lang.Name(f.MarkedBy, ""), env.Lang.Moment(f.MarkedAt, env.Now()))
	}
	return env.Look.Muted(" " + kit.Cut(env.Say(inFull, seat, name, who, env.Lang.Attendance(f.Attendance), p.off(*f, false)+by), p.w-2))
}

var (
	footMissing = i18n.T("not here: ", "没来: ")
	footUnsaid  = i18n.T("unmarked: ", "未签: ")
	footExcused = i18n.T("excused: ", "请假: ")
	sums        = i18n.T("asked %d: here %d video %d sent %d excused %d not %d", "应到 %d  到 %d 视频 %d 代 %d 请假 %d 没来 %d")
	sumsLive    = i18n.T("asked %d: here %d video %d sent %d excused %d unmarked %d", "应到 %d  到 %d 视频 %d 代 %d 请假 %d 未签 %d")
	sumsBefore  = i18n.T("asked %d  replied %d  coming %d", "应到 %d  已回执 %d  参加 %d")
	signedIn    = i18n.T("%d/%d", "%d/%d")
)

// foot is who is not here, and who is excused.
func (p *page) foot() []string {
	missing, excused := "", ""
	for _, i := range p.view.Invitees {
		seat, name := p.child(i)
		word := seat + " " + name + " " + p.who(i, false) + "   "
		switch {
		case i.Attendance == data.Excused:
			if i.ReplyWhy != "" {
				word = strings.TrimRight(word, " ") + " (" + i.ReplyWhy + ")   "
			}
			excused += word
		case !i.Attendance.Came():
			missing += word
		}
	}
	line := func(head i18n.Phrase, words string) string {
		if words == "" {
			return ""
		}
		return " " + kit.Cut(p.env.Say(head)+strings.TrimRight(words, " "), p.w-2)
	}
	if !p.live() && !p.view.State.Over() {
		missing = ""
	}
	head := footMissing
	if p.live() {
		head = footUnsaid // they may still come
	}
	return []string{line(head, missing), line(footExcused, excused)}
}

// turnoutLine is the sums of who is here.
func (p *page) turnoutLine() string {
	t := data.TurnoutOf(p.view.Invitees)
	if !p.live() && !p.view.State.Over() {
		return p.env.Say(sumsBefore, t.Invited, t.Replied, t.Coming)
	}
	said := sums
	if p.live() {
		said = sumsLive
	}
	return p.env.Say(said, t.Invited, t.Present, t.Video, t.Represented, t.Excused, t.Unmarked+t.Absent)
}

// clickSeat goes to the family under a click; on the chosen one it signs in or
// out, as space does.
func (p *page) clickSeat(m tea.MouseClickMsg) tea.Cmd {
	s := &p.signIn
	r, c := m.Y-1, m.X/max(s.cell, 1)
	i := (s.first+c)*s.rows + r
	if r < 0 || r >= s.rows || c >= s.cols || i >= len(p.view.Invitees) {
		return nil
	}
	if p.choose(i); m.X%s.cell > 3 || p.mayMark() != (i18n.Phrase{}) {
		return nil
	}
	cmd := p.flip() // on the box
	p.choose(i)
	return cmd
}
