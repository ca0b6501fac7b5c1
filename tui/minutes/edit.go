package minutes

import (
	"context"
	"errors"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	editTitle = i18n.T("Minutes > line", "纪要 > 改一行")
	addTitle  = i18n.T("Minutes > new line", "纪要 > 加一行")
	mendTitle = i18n.T("Minutes > correction", "纪要 > 更正")
	editAbout = i18n.T("What does this line say, and who may read it?", "这一行写什么, 谁能看?")
	wText     = i18n.T("Text  (a new row begins a new line of the minutes)", "内容  (另起一行就是纪要的另一行)")
	wMend     = i18n.T("Correction", "更正")
	wKind     = i18n.T("Kind", "种类")
	wLevel    = i18n.T("Level", "级别")
	thisLine  = i18n.T("this line", "这一行")
	others    = i18n.T("other lines", "别的行")
	nthVer    = i18n.T("v%d", "第 %d 稿")
	gone      = i18n.T("(removed)", "(已删)")
	lineNo    = i18n.T("line %s of %s, v%d", "第 %s 行, 共 %s 行, 第 %d 稿")
	afterNo   = i18n.T("after: %s", "接在后面: %s")
	mendOf    = i18n.T("%s: correction %d. It cannot be changed once it is saved", "%s 更正第 %d 条。存了就不能改")
	onTop     = i18n.T("on top", "最前面")
	sealedNow = i18n.T("! The minutes were issued meanwhile: what you wrote is kept, n makes a correction of it", "! 纪要已经发布: 写的留作草稿, 用 n 作更正")
	otherOne  = i18n.T("This line was begun and not saved: first it", "先写完上次没存的这一行")

	didLine  = i18n.T("Saved %s, v%d  u undo", "已存 %s, 第 %d 稿  u 撤销")
	didSame  = i18n.T("Nothing was changed", "没有改动")
	didMend  = i18n.T("Correction %d is saved", "更正第 %d 条已存")
	leftText = i18n.T("The draft is kept: e or Today goes on with it", "草稿已留: 再按 e 或从今日接着写")
)

// A subject is what the form is about: a line of minutes, a new one, a
// correction; with the line as it was, is to be, or is.
type subject struct {
	Meeting int64
	Version int  // over which it is saved
	Line    int  // 0: a new one
	After   int  // which a new one follows, 0: on top
	Mend    bool // a correction
	N       int  // its place among the lines, of so many; of a correction: its number
	Of      int
	Number  string
	Before  string // the text of the line before a new one
	Others  int    // the version in which the other lines became what they are
	Gone    bool   // somebody removed it meanwhile

	Text  string
	Kind  data.LineKind
	Level data.Level

	became data.Minutes // as they were saved
}

// Tidy returns the subject as it is stored.
func (s subject) Tidy() subject {
	s.Text = strings.TrimSpace(s.Text)
	return s
}

// saved tells the minutes below what their editor has saved.
type saved struct {
	minutes data.Minutes
	undo    []data.MinutesEdit
}

// editor is the form. It goes on with what was begun, whichever line that was:
// there is one draft of a meeting's minutes.
type editor struct {
	kit.Sheet[subject]
	deps  Deps
	wants subject
	other bool // the draft is of another line: to be said
}

func newEditor(env *kit.Env, deps Deps, s subject, draft *data.Draft) kit.Page {
	p := &editor{deps: deps, wants: s}
	label := wText
	if s.Mend {
		label = wMend
	}
	entries := []kit.Entry[subject]{
		kit.Text("text", label, 4000, 8, func(s *subject) *string { return &s.Text }),
		kit.OneOf("level", wLevel, data.Levels, i18n.Lang.Level, func(s *subject) *data.Level { return &s.Level }),
	}
	if !s.Mend {
		entries = append(entries, kit.OneOf("kind", wKind, data.LineKinds, i18n.Lang.LineKind, func(s *subject) *data.LineKind { return &s.Kind }))
	}
	p.Sheet = kit.NewSheet(env, p, kit.Open{Draft: draft}, kit.Record[subject]{
		Kind: "minutes", Object: data.Ref{Kind: "meeting", ID: s.Meeting}, On: data.Ref{Kind: "meeting", ID: s.Meeting}, What: thisLine, Left: leftText,
		Draft: deps.Draft, Stored: p.stored, Save: p.save, Done: p.done, Why: p.why,
	}, entries...)
	p.Whose, p.Sheet.About = p.whose, p.about
	return p
}

// Init reads the line and the draft. What two have changed are the fields of the
// line, and the other lines.
func (p *editor) Init() tea.Cmd {
	cmd := p.Sheet.Init()
	fields, put := p.Record.Parts, p.Record.Put
	p.Record.Parts = func(l i18n.Lang, all ...subject) []kit.PartOf[subject] {
		parts := fields(l, all...)
		show := parts[0].Show
		parts[0].Show = func(s subject) string {
			if s.Gone && s.Text == "" {
				return l.Say(gone)
			}
			return show(s)
		}
		return append(parts, kit.PartOf[subject]{Name: others, Show: func(s subject) string { return l.Say(nthVer, s.Others) }, Take: func(*subject, subject) {}})
	}
	p.Record.Put = func(d data.Draft) bool {
		was := p.Base
		ok := put(d)
		if was.Meeting != 0 && was.Mend != p.Base.Mend { // a line that was begun before the issue becomes a correction
			was.Text = p.Base.Text
			p.Base = was
		}
		p.other = ok && p.Base.Line != p.wants.Line && p.wants.Version != 0
		return ok
	}
	return cmd
}

// Update is the form's; that it goes on with another line is said last.
func (p *editor) Update(msg tea.Msg) tea.Cmd {
	cmd := p.Sheet.Update(msg)
	if p.other {
		p.other = false
		p.Env.Note(otherOne)
	}
	return cmd
}

// Stand is what the shell asks of a page: its person changes the minutes.
func (p *editor) Stand() data.Stand {
	s := p.Sheet.Stand()
	if s.On.ID != 0 {
		s.Part = here
	}
	return s
}

func (p *editor) Title() i18n.Phrase {
	switch s := p.now(); {
	case s.Mend:
		return mendTitle
	case s.Line == 0 && p.Known:
		return addTitle
	}
	return editTitle
}

// About answers the help.
func (p *editor) About() i18n.Phrase { return editAbout }

// now is what the form is about: what was asked for until it is read.
func (p *editor) now() subject {
	if p.Base.Meeting == 0 {
		return p.wants
	}
	return p.Base
}

// stored is the line as it is in the newest version.
func (p *editor) stored(ctx context.Context) (subject, error) {
	s := p.now()
	m, err := p.deps.Minutes(ctx, s.Meeting, 0)
	if err != nil {
		return s, err
	}
	if !m.MayEdit {
		return s, data.ErrForbidden
	}
	return s.in(m, p.wants), nil
}

// in is the subject as it stands in minutes. Of which version the other lines are
// is told by the changes.
func (s subject) in(m data.Minutes, wants subject) subject {
	was := s
	s.Meeting, s.Version, s.Of, s.Number, s.Gone = m.Meeting.ID, m.Version, len(m.Lines), m.Number, false
	if m.State.Sealed() {
		s.Mend, s.Line, s.N = true, 0, len(m.Corrections)+1
	}
	if s.Others == 0 {
		s.Others = m.Version
	}
	for _, c := range m.Changes {
		if c.Version > was.Version && c.Line != s.Line {
			s.Others = max(s.Others, c.Version)
		}
	}
	if s.Line == 0 {
		s.Text, s.Kind, s.Level = "", data.LineNote, data.Normal
		if l, ok := lineOf(m, s.After); ok {
			s.Before = l.Text
			if l.Kind != data.LineItem && l.Kind != data.LineTitle {
				s.Kind = l.Kind
			}
		}
		return s
	}
	for i, l := range m.Lines {
		if l.ID == s.Line {
			s.N, s.Text, s.Kind, s.Level = i+1, l.Text, l.Kind, l.Level
			if i > 0 {
				s.After = m.Lines[i-1].ID
			}
			return s
		}
	}
	s.Gone, s.Text = true, ""
	if _, ok := lineOf(m, s.After); !ok && len(m.Lines) > 0 {
		s.After = m.Lines[len(m.Lines)-1].ID
	}
	return s
}

// edits are what saving the subject does: each row of the text is a line.
func (s subject) edits() (out []data.MinutesEdit) {
	var rows []string
	for row := range strings.Lines(s.Text) {
		if row = strings.TrimSpace(row); row != "" {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		rows = []string{""}
	}
	after := s.Line
	if s.Line == 0 || s.Gone {
		after = s.After
	} else {
		out = append(out, data.MinutesEdit{Line: s.Line, Text: rows[0], Kind: s.Kind, Level: s.Level})
		rows = rows[1:]
	}
	for i := range rows { // each after the same line: the last first
		out = append(out, data.MinutesEdit{After: after, Text: rows[len(rows)-1-i], Kind: s.Kind, Level: s.Level})
	}
	return out
}

func (p *editor) save(ctx context.Context, s subject) (subject, error) {
	draft := data.Ref{Kind: "meeting", ID: s.Meeting}
	var err error
	if s.Mend {
		s.became, err = p.deps.Correct(ctx, s.Meeting, data.Correction{Text: s.Text, Level: s.Level}, draft)
		return s, err
	}
	edits := s.edits()
	if s.Gone && s.Text == "" { // the other removed it, and that shall be so
		edits = nil
	}
	s.became, err = p.deps.Save(ctx, s.Meeting, s.Version, edits, draft)
	if f := data.Faults(err); len(f) > 0 && f[0].Field == "state" {
		return s, sealed{data.ErrForbidden}
	}
	return s, err
}

// done goes back to the minutes, which choose the line.
func (p *editor) done(s subject) tea.Cmd {
	env, m := p.Env, s.became
	var back []data.MinutesEdit
	for _, c := range m.Changes {
		switch {
		case c.Version <= s.Version || s.Mend:
		case c.Did == data.LineAdded:
			back = append(back, data.MinutesEdit{Line: c.Line, Remove: true})
		default:
			back = append(back, data.MinutesEdit{Line: c.Line, Text: c.Was, Kind: p.Base.Kind, Level: p.Base.Level})
		}
	}
	said := didLine.With(env.Lang.Clock(env.Now()), m.Version)
	switch {
	case s.Mend:
		said = didMend.With(len(m.Corrections))
	case len(back) == 0:
		said = didSame
	}
	return env.Send(kit.Back{Page: p, Said: p.SavedWords(said), Gives: saved{m, back}})
}

// sealed is why a line cannot be saved any more: the minutes are issued.
type sealed struct{ error }

// Unwrap is what it comes to: the right is gone.
func (s sealed) Unwrap() error { return s.error }

func (p *editor) why(lost error) i18n.Phrase {
	if errors.As(lost, new(sealed)) {
		return sealedNow
	}
	return onlyReadsNow
}

var onlyReadsNow = i18n.T("! You may not change these minutes now: what you wrote is kept", "! 你现在不能改这份纪要: 写的留作草稿")

// whose is row 2: which line of how many.
func (p *editor) whose(s subject) string {
	env := p.Env
	switch {
	case s.Mend:
		return kit.Show(env.Say(mendOf, s.Number, s.N))
	case s.Line == 0 && s.After == 0:
		return env.Say(afterNo, env.Say(onTop))
	case s.Line == 0:
		return kit.Cut(env.Say(afterNo, s.Before), 60)
	}
	return env.Say(lineNo, env.Lang.Number(s.N), env.Lang.Number(s.Of), s.Version)
}

// about is what the list of drafts shows.
func (p *editor) about(subject) data.Draft {
	area, ok := p.In(kit.Place{Field: "text"}).(*kit.Area)
	if !ok {
		return data.Draft{}
	}
	text := []rune(data.Line(area.Value()))
	return data.Draft{Preview: string(text[:min(len(text), 60)])}
}

// edit opens the chosen line in the form.
func (p *page) edit() tea.Cmd {
	if off := p.noEdit(); off != (i18n.Phrase{}) {
		return p.env.Note(off)
	}
	l, _ := p.text.line()
	return p.write(subject{Line: l.ID})
}

// add opens the form for a new line after the chosen one, or for a correction.
func (p *page) add() tea.Cmd {
	l, _ := p.text.line()
	return p.write(subject{After: l.ID, Mend: p.facts.Value.minutes.State.Sealed()})
}

func (p *page) write(s subject) tea.Cmd {
	s.Meeting = p.meeting
	s = s.in(p.facts.Value.minutes, s)
	return p.env.Send(kit.Push{Page: newEditor(p.env, p.deps, s, nil)})
}

// tookEdit shows what the form has saved.
func (p *page) tookEdit(m saved) tea.Cmd {
	if len(m.undo) > 0 {
		p.back = p.reverse(m.minutes, m.undo)
		p.back.until, p.lasts = p.env.Now().Add(undoable), i18n.Phrase{}
	}
	p.facts.Value.minutes = m.minutes
	p.show()
	for _, e := range m.undo {
		p.text.choose(e.Line)
	}
	if n := len(m.minutes.Corrections); len(m.undo) == 0 && n > 0 && m.minutes.State.Sealed() { // below their own heading
		p.whole()
		p.text.at = p.text.own + n
		p.text.show()
		p.turn(partText)
	}
	return p.ask()
}
