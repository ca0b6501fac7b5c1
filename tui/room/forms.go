package room

import (
	"context"
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	questionTitle   = i18n.T("A parent's question", "家长提问")
	resolutionTitle = i18n.T("New resolution", "新决议")
	aQuestion       = i18n.T("this question", "这个提问")
	aResolution     = i18n.T("this resolution", "这条决议")

	wQuestion   = i18n.T("What they ask", "问什么")
	wAsker      = i18n.T("Who asks", "谁问的")
	wAnswerer   = i18n.T("Who answers", "谁答复")
	wBy         = i18n.T("By", "到哪天")
	wResolution = i18n.T("What is to be done", "定了什么")
	wOwner      = i18n.T("Who does it", "谁办")
	wPoint      = i18n.T("Item", "议程项")
	wQuestionLv = i18n.T("Level", "级别")

	notSaid     = i18n.T("not said", "没说")
	ofNoItem    = i18n.T("none", "不在议程里")
	person      = i18n.T("%s (%s)", "%s (%s)")
	dayWord     = i18n.T("fri, +3d, 1 dec: it is on their list until then", "明天 周五 +3d 12-01; 会列入他的今日")
	dayMeans    = i18n.T("= %s (school day)", "= %s (上课日)")
	dayOff      = i18n.T("= %s (no school day)", "= %s (不上课)")
	isAsked     = i18n.T("Noted; %s has it among what is to be done", "已记, %s 的今日里有")
	isAskedOnly = i18n.T("Noted", "已记")
	isDecided   = i18n.T("Noted as %s", "已记: %s")
)

// A form is about something in a room: while people sit in that, it is not covered.
type form[T any] struct {
	kit.Sheet[T]
	title i18n.Phrase
	live  func(T) bool
}

func (f *form[T]) Title() i18n.Phrase { return f.title }
func (f *form[T]) Busy() bool         { return f.live(f.Base) }

// A family is one that may have asked, as a form offers it.
type family struct {
	household int64
	child     data.Student
	guardian  data.Guardian
}

// facts are what the forms know of their meeting. They are read each time, and in
// no draft: they are about families.
type facts struct {
	meeting  data.Meeting
	calendar data.Calendar
	people   []data.Participant
	families []family
}

// read reads the meeting for a form, of those who sit in it.
func read(ctx context.Context, deps Deps, id int64) (f facts, err error) {
	v, err := deps.Meeting(ctx, id)
	switch {
	case err != nil:
		return f, err
	case v.Sight < data.MeetingWhole:
		return f, data.ErrForbidden
	}
	f = facts{meeting: v.Meeting}
	for _, i := range v.Invitees {
		if len(i.Students) > 0 && !slices.ContainsFunc(f.families, func(o family) bool { return o.household == i.Household }) {
			f.families = append(f.families, family{i.Household, i.Students[0], i.Guardian})
		}
	}
	if f.calendar, err = deps.Calendar(ctx); err == nil {
		f.people, err = deps.People(ctx, v.Class)
	}
	return f, err
}

// live reports whether people sit in the meeting, name names it for row 2.
func (f facts) live() bool { return f.meeting.State == data.MeetingInSession }
func (f facts) name(env *kit.Env) string {
	if f.meeting.ID == 0 {
		return ""
	}
	return env.Say(ofClass, env.Lang.Class(f.meeting.ClassName), env.Lang.MeetingKind(f.meeting.Kind))
}

// households, accounts and items are what may be chosen; 0 is none.
func (f facts) households() []int64 {
	ids := []int64{0}
	for _, one := range f.families {
		ids = append(ids, one.household)
	}
	return ids
}

func (f facts) accounts() (ids []int64) {
	for _, c := range f.people {
		ids = append(ids, c.ID)
	}
	return ids
}

func (f facts) items() []int64 {
	ids := []int64{0}
	for _, i := range f.meeting.Agenda {
		ids = append(ids, i.ID)
	}
	return ids
}

// familyWord, person and item put what may be chosen into words.
func (f facts) familyWord(l i18n.Lang, id int64) string {
	for _, one := range f.families {
		if one.household == id {
			return one.child.Seat() + " " + l.Name(one.child.Name, one.child.Reading) + " " + l.Guardian(one.guardian)
		}
	}
	return l.Say(notSaid)
}

func (f facts) person(l i18n.Lang, id int64) string {
	for _, c := range f.people {
		switch {
		case c.ID != id:
		case c.Subject != "" && c.Role == data.SubjectTeacher:
			return l.Say(person, l.Name(c.Name, ""), c.Subject)
		default:
			return l.Say(person, l.Name(c.Name, ""), l.Role(c.Role))
		}
	}
	return ""
}

func (f facts) item(l i18n.Lang, id int64) string {
	for _, i := range f.meeting.Agenda {
		if i.ID == id {
			return i.Title
		}
	}
	return l.Say(ofNoItem)
}

// said is how the minutes name who speaks for a family.
func (f facts) said(household int64) string {
	for _, one := range f.families {
		if one.household == household {
			return spokenFor(one.child, one.guardian)
		}
	}
	return ""
}

// first is who answers or carries out unless another is chosen.
func (f facts) first() int64 {
	if len(f.people) == 0 {
		return 0
	}
	return f.people[0].ID
}

// due is a day to come, as people say it. Beside it stands what it means.
func due[T any](f *form[T], env *kit.Env, calendar func(T) data.Calendar, of func(*T) *data.Date) kit.Entry[T] {
	at := kit.Place{Field: "due"}
	parse := func(typed string) (data.Date, error) { return calendar(f.Base).ParseDue(typed, env.Now.Today()) }
	return kit.Typed("due", wBy, 20, parse, func(_ i18n.Lang, d data.Date) string { return d.String() }, of).With(func() string {
		typed := f.Line(at).Value()
		d, err := parse(typed)
		switch {
		case strings.TrimSpace(typed) == "" || err != nil || d.IsZero():
			return env.Say(dayWord)
		case calendar(f.Base).SchoolDay(d):
			return env.Say(dayMeans, env.Lang.Day(d, env.Now.Today()))
		}
		return env.Say(dayOff, env.Lang.Day(d, env.Now.Today()))
	})
}

// A question is what a parent asks, as its form has it.
type question struct {
	facts
	Text     string
	Asker    int64 // a household
	Answerer int64
	Due      data.Date
	Level    data.Level
}

// Knowing is the question with what is known now.
func (q question) Knowing(now question) question { q.facts = now.facts; return q }

// note is the question as a line of the meeting.
func (q question) note() data.MeetingNote {
	return data.MeetingNote{Meeting: q.meeting.ID, Item: q.meeting.Item, Kind: data.QuestionAsked, Text: q.Text, Level: q.Level, Household: q.Asker, ForName: q.said(q.Asker),
		Answerer: q.Answerer, Due: q.Due}.Tidy()
}

// NewQuestion returns the form by which a parent's question is noted in the meeting
// o.ID: who asks, who answers, and by when.
func NewQuestion(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.Draft != nil {
		o.ID = o.Draft.Object.ID
	}
	f := &form[question]{title: questionTitle, live: func(q question) bool { return q.live() }}
	ref := data.Ref{Kind: "meeting", ID: o.ID}
	f.Sheet = kit.NewSheet(env, f, o, kit.Record[question]{
		Kind: "question", Object: ref, On: ref, What: aQuestion, Draft: deps.Draft,
		Check: func(q question) error { return q.note().Check() },
		Stored: func(ctx context.Context) (question, error) {
			known, err := read(ctx, deps, o.ID)
			return question{facts: known, Level: data.Normal, Answerer: known.first()}, err
		},
		Save: func(ctx context.Context, q question) (question, error) {
			_, err := deps.AddNote(ctx, q.note(), ref)
			return q, err
		},
	},
		kit.Text("text", wQuestion, data.MaxLine, 3, func(q *question) *string { return &q.Text }),
		kit.PickFrom("household", wAsker, func(q question) []int64 { return q.households() }, func(l i18n.Lang, id int64) string { return f.Base.familyWord(l, id) }, func(q *question) *int64 { return &q.Asker }),
		kit.PickFrom("answerer", wAnswerer, func(q question) []int64 { return q.accounts() }, func(l i18n.Lang, id int64) string { return f.Base.person(l, id) }, func(q *question) *int64 { return &q.Answerer }),
		due(f, env, func(q question) data.Calendar { return q.calendar }, func(q *question) *data.Date { return &q.Due }),
		kit.OneOf("level", wQuestionLv, data.Levels, i18n.Lang.Level, func(q *question) *data.Level { return &q.Level }),
	)
	f.Whose = func(q question) string { return q.name(env) }
	f.About = func(q question) data.Draft {
		return data.Draft{Preview: preview(q.name(env), f.In(kit.Place{Field: "text"}))}
	}
	f.Record.Done = func(q question) tea.Cmd {
		said := isAskedOnly
		if name, _, _ := strings.Cut(q.person(env.Lang, q.Answerer), " ("); q.Asker != 0 {
			said = isAsked.With(i18n.Typed(name))
		}
		return env.Send(kit.Back{Page: f, Said: said})
	}
	return f
}

// preview is what lists of drafts show: of which meeting, and what is written.
func preview(meeting string, in kit.Input) string {
	text, ok := in.(interface{ Value() string })
	if !ok {
		return meeting
	}
	short := []rune(data.Line(meeting + ": " + text.Value()))
	return string(short[:min(len(short), previewLength)])
}

// A decision is what the meeting decides, as its form has it.
type decision struct {
	facts
	Text   string
	Owner  int64
	Due    data.Date
	Point  int64
	Number string // once it is stored
}

// Knowing is the decision with what is known now.
func (d decision) Knowing(now decision) decision { d.facts = now.facts; return d }

func (d decision) resolution() data.Resolution {
	return data.Resolution{Meeting: d.meeting.ID, Item: d.Point, Text: d.Text, Owner: d.Owner, Due: d.Due}.Tidy()
}

// NewResolution returns the form by which what the meeting o.ID decides is noted:
// who does what by when. It belongs to the item that is on.
func NewResolution(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.Draft != nil {
		o.ID = o.Draft.Object.ID
	}
	f := &form[decision]{title: resolutionTitle, live: func(d decision) bool { return d.live() }}
	ref := data.Ref{Kind: "meeting", ID: o.ID}
	f.Sheet = kit.NewSheet(env, f, o, kit.Record[decision]{
		Kind: "resolution", Object: ref, On: ref, What: aResolution, Draft: deps.Draft,
		Check: func(d decision) error { return d.resolution().Check() },
		Stored: func(ctx context.Context) (decision, error) {
			known, err := read(ctx, deps, o.ID)
			return decision{facts: known, Owner: known.first(), Point: known.meeting.Item}, err
		},
		Save: func(ctx context.Context, d decision) (decision, error) {
			r, err := deps.Resolve(ctx, d.resolution(), ref)
			d.Number = r.Number
			return d, err
		},
	},
		kit.Text("text", wResolution, data.MaxLine, 3, func(d *decision) *string { return &d.Text }),
		kit.PickFrom("owner", wOwner, func(d decision) []int64 { return d.accounts() }, func(l i18n.Lang, id int64) string { return f.Base.person(l, id) }, func(d *decision) *int64 { return &d.Owner }),
		due(f, env, func(d decision) data.Calendar { return d.calendar }, func(d *decision) *data.Date { return &d.Due }),
		kit.PickFrom("item", wPoint, func(d decision) []int64 { return d.items() }, func(l i18n.Lang, id int64) string { return f.Base.item(l, id) }, func(d *decision) *int64 { return &d.Point }),
	)
	f.Whose = func(d decision) string { return d.name(env) }
	f.About = func(d decision) data.Draft {
		return data.Draft{Preview: preview(d.name(env), f.In(kit.Place{Field: "text"}))}
	}
	f.Record.Done = func(d decision) tea.Cmd { return env.Send(kit.Back{Page: f, Said: isDecided.With(d.Number)}) }
	return f
}
