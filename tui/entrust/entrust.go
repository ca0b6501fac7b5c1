// Package entrust is the forms by which somebody is given a right for a time:
// a child opened in an emergency, a class that is lent, a child that the
// principal releases.
package entrust

import (
	"context"
	"errors"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// Deps is all these forms ask of the program.
type Deps struct {
	Emergency  func(ctx context.Context, word, reason string) (data.Student, error)
	Lend       func(ctx context.Context, class, to int64, until data.Date, reason string) (data.Grant, error)
	Release    func(ctx context.Context, student, to int64, lasts time.Duration, reason string) (data.Grant, error)
	Roster     func(ctx context.Context, class int64) (data.Roster, error)
	Card       func(ctx context.Context, student int64) (data.Card, error)
	Colleagues func(context.Context) ([]data.Colleague, error)
	Calendar   func(context.Context) (data.Calendar, error)
	Draft      func(ctx context.Context, kind string, object data.Ref) (data.Draft, error)
	Drop       func(ctx context.Context, draft int64) error
}

var (
	emergencyTitle = i18n.T("Emergency", "紧急")
	lendTitle      = i18n.T("Lend class", "借出代管")
	releaseTitle   = i18n.T("Release a child", "放行")

	inEmergency = i18n.T("an emergency", "紧急打开")
	aLoan       = i18n.T("this loan", "这次借出")
	aRelease    = i18n.T("this release", "这次放行")

	wStudent = i18n.T("Student", "学生")
	wReason  = i18n.T("Why", "原因")
	wTo      = i18n.T("To", "给谁")
	wUntil   = i18n.T("Until", "到哪天")
	wFor     = i18n.T("For", "多久")

	exactly    = i18n.T("number, or full name: 章薇, 章薇 3.2", "学号, 或全名; 同名的后面加班级: 章薇 3.2")
	opensWhat  = i18n.T("Two hours: phones, health, who is kept away. CT and principal are told", "打开两小时: 电话、健康、急救、限制。马上告诉班主任和校长。")
	lendsWhat  = i18n.T("Class teacher too until then, named on the roster; w takes it back", "到那天为止也是班主任, 名单上写明。再按 w 可收回。")
	releasesTo = i18n.T("All of this child. CT, writers of secrets and the person are told", "这个孩子的全部级别。告诉班主任、写保密记录的人和本人。")
	dayMeans   = i18n.T("fri, +3d, 2026-12-01", "周五 +3d 2026-12-01")
	fromWhom   = i18n.T("%s %s", "%s %s")
	hours      = i18n.T("%d h", "%d 小时")

	isOpen     = i18n.T("Open until %s: class teacher and principal have been told", "打开到 %s, 已告诉班主任和校长")
	isLent     = i18n.T("Lent to %s until %s", "已借给 %s 代管, 到 %s")
	isReleased = i18n.T("Released to %s until %s", "已放行给 %s, 到 %s")
)

// A request is what these forms are filled in with.
type request struct {
	Word   string // the student, as typed
	To     int64
	Until  string // the day, as typed
	For    time.Duration
	Reason string

	Name, Class string // for row 2
	People      []data.Colleague
	Calendar    data.Calendar
}

// form is one of the three.
type form struct {
	kit.Sheet[request]
	title i18n.Phrase
}

func (p *form) Title() i18n.Phrase { return p.title }

// Check reports what is wrong before anybody is asked.
func check(r request) error {
	_, err := data.Reasoned(r.Reason)
	return err
}

func reason() kit.Entry[request] {
	return kit.Short("reason", wReason, data.MostReason, func(r *request) *string { return &r.Reason })
}

// done leaves the form and its draft behind, and goes on.
func (p *form) done(env *kit.Env, deps Deps, said func(request) i18n.Phrase, then func(request) tea.Cmd) func(request) tea.Cmd {
	return func(r request) tea.Cmd {
		kind, object, ctx := p.Record.Kind, p.Record.Object, context.WithoutCancel(env.Ctx)
		drop := func() tea.Msg {
			if d, err := deps.Draft(ctx, kind, object); err == nil {
				_ = deps.Drop(ctx, d.ID) // the store logs a fault, and a draft ends by itself
			}
			return nil
		}
		env.Send(kit.Back{Page: p, Said: said(r)})
		if then == nil {
			return drop
		}
		return tea.Batch(drop, then(r))
	}
}

// NewEmergency returns the form that opens one child for two hours: Text of o is
// what was typed already.
func NewEmergency(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &form{title: emergencyTitle}
	var found data.Student
	p.Sheet = kit.NewSheet(env, p, o, kit.Record[request]{
		Kind: "emergency", Object: data.Ref{Kind: "account", ID: env.Me.ID}, What: inEmergency, Draft: deps.Draft, Check: check,
		Save: func(ctx context.Context, r request) (request, error) {
			s, err := deps.Emergency(ctx, r.Word, r.Reason)
			if found = s; errors.Is(err, data.ErrNotFound) { // a slip of the hand: the form goes on
				err = &data.Invalid{Field: "student", Why: data.WhyNobody}
			}
			return r, err
		},
	},
		kit.Short("student", wStudent, 40, func(r *request) *string { return &r.Word }).With(func() string { return env.Say(exactly) }).Under(opensWhat),
		reason(),
	)
	p.Base.Word = o.Text
	p.Record.Done = p.done(env, deps, func(request) i18n.Phrase { return isOpen.With(env.Lang.Clock(env.Now().Add(data.EmergencyLasts))) },
		func(request) tea.Cmd { return env.Send(kit.Open{Screen: "family", ID: found.ID}) })
	return p
}

// NewLend returns the form that lends the class o.ID.
func NewLend(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &form{title: lendTitle}
	var until data.Date
	p.Sheet = kit.NewSheet(env, p, o, kit.Record[request]{
		Kind: "lend", Object: data.Ref{Kind: "class", ID: o.ID}, What: aLoan, Draft: deps.Draft, Check: check,
		Stored: func(ctx context.Context) (r request, err error) {
			roster, err := deps.Roster(ctx, o.ID)
			if err == nil && !roster.MayLend {
				err = data.ErrForbidden
			}
			r.Class = roster.Name.String()
			return people(ctx, env, deps, r, err)
		},
		Save: func(ctx context.Context, r request) (request, error) {
			day, err := r.Calendar.ParseDue(r.Until, env.Now.Today())
			if err != nil || day.IsZero() {
				return r, &data.Invalid{Field: "until", Why: data.WhyNotADate}
			}
			until = day
			_, err = deps.Lend(ctx, o.ID, r.To, day, r.Reason)
			return r, err
		},
	},
		p.who(env).Under(lendsWhat),
		kit.Short("until", wUntil, 20, func(r *request) *string { return &r.Until }).With(func() string { return env.Say(dayMeans) }),
		reason(),
	)
	p.Whose = func(r request) string {
		if name, ok := data.ParseClass(r.Class, data.SchoolYear(env.Now.Today())); ok {
			return env.Lang.Class(name)
		}
		return ""
	}
	p.Record.Done = p.done(env, deps, func(r request) i18n.Phrase { return isLent.With(p.name(env, r), env.Lang.Date(until, env.Now.Today())) }, nil)
	return p
}

// NewRelease returns the form by which the principal releases the child o.ID.
func NewRelease(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &form{title: releaseTitle}
	p.Sheet = kit.NewSheet(env, p, o, kit.Record[request]{
		Kind: "release", Object: data.Ref{Kind: "student", ID: o.ID}, What: aRelease, Draft: deps.Draft, Check: check,
		Stored: func(ctx context.Context) (r request, err error) {
			card, err := deps.Card(ctx, o.ID)
			if err == nil && !card.MayRelease {
				err = data.ErrForbidden
			}
			r.Name, r.Class, r.For = card.Student.Name, card.Student.ClassName.String(), data.ReleaseLasts
			return people(ctx, env, deps, r, err)
		},
		Save: func(ctx context.Context, r request) (request, error) {
			_, err := deps.Release(ctx, o.ID, r.To, r.For, r.Reason)
			return r, err
		},
	},
		p.who(env).Under(releasesTo),
		kit.OneOf("for", wFor, []time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 24 * time.Hour},
			func(l i18n.Lang, d time.Duration) string { return l.Say(hours, int(d/time.Hour)) }, func(r *request) *time.Duration { return &r.For }),
		reason(),
	)
	p.Whose = func(r request) string { return env.Say(fromWhom, env.Lang.Name(r.Name, ""), r.Class) }
	p.About = func(r request) data.Draft { return data.Draft{Student: o.ID, Name: r.Name} }
	p.Record.Done = p.done(env, deps, func(r request) i18n.Phrase {
		return isReleased.With(p.name(env, r), env.Lang.Moment(env.Now().Add(r.For), env.Now()))
	}, nil)
	return p
}

// people reads what the forms choose from.
func people(ctx context.Context, env *kit.Env, deps Deps, r request, err error) (request, error) {
	if err == nil {
		r.People, err = deps.Colleagues(ctx)
	}
	if err == nil {
		r.Calendar, err = deps.Calendar(ctx)
	}
	return r, err
}

// who is whom it is given to: by full name or user name, or so much of either
// that only one is meant. Beside it stands who that is.
func (p *form) who(env *kit.Env) kit.Entry[request] {
	return kit.Typed("to", wTo, 24, func(typed string) (int64, error) {
		switch found := p.matches(typed); {
		case len(found) == 1:
			return found[0].ID, nil
		case len(found) > 1:
			return 0, &data.Invalid{Field: "to", Why: data.WhyTooMany}
		}
		return 0, &data.Invalid{Field: "to", Why: data.WhyUnknown}
	}, func(_ i18n.Lang, id int64) string {
		for _, c := range p.Base.People {
			if c.ID == id {
				return c.Username
			}
		}
		return ""
	}, func(r *request) *int64 { return &r.To }).With(func() string { return p.hint(env) })
}

// matches are the colleagues that what was typed may mean; one that it names
// exactly is the only one.
func (p *form) matches(typed string) (out []data.Colleague) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	if c, err := data.FindColleague(p.Base.People, typed); err == nil {
		return []data.Colleague{c}
	}
	for _, c := range p.Base.People {
		if typed != "" && (strings.Contains(strings.ToLower(c.Name), typed) || strings.HasPrefix(c.Username, typed)) {
			out = append(out, c)
		}
	}
	return out
}

// mostNamed is how many matches stand beside the field.
const mostNamed = 3

func (p *form) hint(env *kit.Env) string {
	found := p.matches(p.Line(kit.Place{Field: "to"}).Value())
	if len(found) == 0 {
		return env.Say(nameOrUser, len(p.Base.People))
	}
	var words []string
	for i, c := range found {
		if i == mostNamed {
			words = append(words, "..")
			break
		}
		words = append(words, env.Say(nameAndUser, env.Lang.Name(c.Name, ""), c.Username))
	}
	return env.Say(meant, strings.Join(words, "  "))
}

var (
	nameOrUser  = i18n.T("full name or user name, %d colleagues", "全名或用户名, 共 %d 位同事")
	nameAndUser = i18n.T("%s (%s)", "%s (%s)")
	meant       = i18n.T("= %s", "= %s")
)

func (p *form) name(env *kit.Env, r request) string {
	for _, c := range p.Base.People {
		if c.ID == r.To {
			return env.Lang.Name(c.Name, "")
		}
	}
	return ""
}
