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
	resolutionTitle = i18n.T("New decision", "新决议")
	aQuestion       = i18n.T("this question", "这个提问")
	aResolution     = i18n.T("this decision", "这条决议")

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
	dayWord     = i18n.T("tomorrow, fri, +3d, 1 dec; stands among what they have to do", "明天 周五 +3d 12-01; 会列入他的今日")
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

// A choice is a family or a point of the agenda, as a form offers it; of a family
// with what the minutes call who speaks for it.
type choice struct {
	ID         int64
	Word, Said string
}

// facts are what the forms know of their meeting.
type facts struct {
	Name     string // row 2
	Calendar data.Calendar
	People   []data.Participant
	Families []choice // by household
	Items    []choice
	Item     int64
	Live     bool // people sit in it
}

// read reads the meeting for a form, of those who sit in it.
func read(ctx context.Context, env *kit.Env, deps Deps, id int64) (f facts, err error) {
	v, err := deps.Meeting(ctx, id)
	switch {
	case err != nil:
		return f, err
	case v.Sight < data.MeetingWhole:
		return f, data.ErrForbidden
	}
	f = facts{Name: env.Say(ofClass, env.Lang.Class(v.ClassName), env.Lang.MeetingKind(v.Kind)), Item: v.Item, Live: v.State == data.MeetingInSession, Families: []choice{{}}, Items: []choice{{}}}
	for _, i := range v.Invitees {
		if len(i.Students) > 0 && !slices.ContainsFunc(f.Families, func(c choice) bool { return c.ID == i.Household }) {
			s := i.Students[0]
			f.Families = append(f.Families, choice{i.Household, s.Seat() + " " + kit.NameOf(env, s) + " " + env.Lang.Guardian(i.Guardian), saidBy(i)})
		}
	}
	for _, i := range v.Agenda {
		f.Items = append(f.Items, choice{ID: i.ID, Word: i.Title})
	}
	if f.Calendar, err = deps.Calendar(ctx); err == nil {
		f.People, err = deps.People(ctx, v.Class)
	}
	return f, err
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

// participant names somebody who may answer or carry out.
func participant(l i18n.Lang, c data.Participant) string {
	switch {
	case c.ID == 0:
		return ""
	case c.Subject != "" && c.Role == data.SubjectTeacher:
		return l.Say(person, l.Name(c.Name, ""), c.Subject)
	}
	return l.Say(person, l.Name(c.Name, ""), l.Role(c.Role))
}

func orElse(none i18n.Phrase) func(i18n.Lang, choice) string {
	return func(l i18n.Lang, c choice) string {
		if c.ID == 0 {
			return l.Say(none)
		}
		return c.Word
	}
}

// A question is what a parent asks, as its form has it.
type question struct {
	facts
	Text     string
	Asker    choice
	Answerer data.Participant
	Due      data.Date
	Level    data.Level
}

// note is the question as a line of the meeting.
func (q question) note(meeting int64) data.MeetingNote {
	return data.MeetingNote{Meeting: meeting, Item: q.Item, Kind: data.QuestionAsked, Text: q.Text, Level: q.Level, Household: q.Asker.ID, ForName: q.Asker.Said,
		Answerer: q.Answerer.ID, Due: q.Due}.Tidy()
}

// NewQuestion returns the form by which a parent's question is noted in the meeting
// o.ID: who asks, who answers, and by when.
func NewQuestion(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.Draft != nil {
		o.ID = o.Draft.Object.ID
	}
	f := &form[question]{title: questionTitle, live: func(q question) bool { return q.Live }}
	ref := data.Ref{Kind: "meeting", ID: o.ID}
	f.Sheet = kit.NewSheet(env, f, o, kit.Record[question]{
		Kind: "question", Object: ref, On: ref, What: aQuestion, Draft: deps.Draft,
		Check: func(q question) error { return q.note(o.ID).Check() },
		Stored: func(ctx context.Context) (question, error) {
			known, err := read(ctx, env, deps, o.ID)
			q := question{facts: known, Level: data.Normal}
			if len(known.People) > 0 {
				q.Answerer = known.People[0]
			}
			return q, err
		},
		Save: func(ctx context.Context, q question) (question, error) {
			_, err := deps.AddNote(ctx, q.note(o.ID), ref)
			return q, err
		},
	},
		kit.Text("text", wQuestion, data.MaxLine, 3, func(q *question) *string { return &q.Text }),
		kit.PickFrom("household", wAsker, func(q question) []choice { return q.Families }, orElse(notSaid), func(q *question) *choice { return &q.Asker }),
		kit.PickFrom("answerer", wAnswerer, func(q question) []data.Participant { return q.People }, participant, func(q *question) *data.Participant { return &q.Answerer }),
		due(f, env, func(q question) data.Calendar { return q.Calendar }, func(q *question) *data.Date { return &q.Due }),
		kit.OneOf("level", wQuestionLv, data.Levels, i18n.Lang.Level, func(q *question) *data.Level { return &q.Level }),
	)
	f.Whose = func(q question) string { return q.Name }
	f.About = func(q question) data.Draft { return data.Draft{Preview: q.Name} }
	f.Record.Done = func(q question) tea.Cmd {
		said := isAskedOnly
		if q.Asker.ID != 0 {
			said = isAsked.With(i18n.Typed(env.Lang.Name(q.Answerer.Name, "")))
		}
		return env.Send(kit.Back{Page: f, Said: said})
	}
	return f
}

// A decision is what the meeting decides, as its form has it.
type decision struct {
	facts
	Text   string
	Owner  data.Participant
	Due    data.Date
	Point  choice
	Number string // once it is stored
}

func (d decision) resolution(meeting int64) data.Resolution {
	return data.Resolution{Meeting: meeting, Item: d.Point.ID, Text: d.Text, Owner: d.Owner.ID, Due: d.Due}.Tidy()
}

// NewResolution returns the form by which what the meeting o.ID decides is noted:
// who does what by when. It belongs to the item that is on.
func NewResolution(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.Draft != nil {
		o.ID = o.Draft.Object.ID
	}
	f := &form[decision]{title: resolutionTitle, live: func(d decision) bool { return d.Live }}
	ref := data.Ref{Kind: "meeting", ID: o.ID}
	f.Sheet = kit.NewSheet(env, f, o, kit.Record[decision]{
		Kind: "resolution", Object: ref, On: ref, What: aResolution, Draft: deps.Draft,
		Check: func(d decision) error { return d.resolution(o.ID).Check() },
		Stored: func(ctx context.Context) (decision, error) {
			known, err := read(ctx, env, deps, o.ID)
			d := decision{facts: known}
			if len(known.People) > 0 {
				d.Owner = known.People[0]
			}
			for _, c := range known.Items {
				if c.ID == known.Item {
					d.Point = c
				}
			}
			return d, err
		},
		Save: func(ctx context.Context, d decision) (decision, error) {
			r, err := deps.Resolve(ctx, d.resolution(o.ID), ref)
			d.Number = r.Number
			return d, err
		},
	},
		kit.Text("text", wResolution, data.MaxLine, 3, func(d *decision) *string { return &d.Text }),
		kit.PickFrom("owner", wOwner, func(d decision) []data.Participant { return d.People }, participant, func(d *decision) *data.Participant { return &d.Owner }),
		due(f, env, func(d decision) data.Calendar { return d.Calendar }, func(d *decision) *data.Date { return &d.Due }),
		kit.PickFrom("item", wPoint, func(d decision) []choice { return d.Items }, orElse(ofNoItem), func(d *decision) *choice { return &d.Point }),
	)
	f.Whose = func(d decision) string { return d.Name }
	f.About = func(d decision) data.Draft { return data.Draft{Preview: d.Name} }
	f.Record.Done = func(d decision) tea.Cmd { return env.Send(kit.Back{Page: f, Said: isDecided.With(d.Number)}) }
	return f
}
