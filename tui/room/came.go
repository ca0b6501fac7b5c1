package room

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	cameTitle = i18n.T("How %s came", "%s 怎么来的")
	aMark     = i18n.T("this mark", "这一家的签到")
	wHow      = i18n.T("Mark", "签到")
	wLate     = i18n.T("Late", "迟到")
	wLeft     = i18n.T("Left at", "早退")
	wCame     = i18n.T("Who came", "谁来的")
	wName     = i18n.T("or a name", "或写名字")

	lateHint  = i18n.T("minutes, or when: %s; now is %d", "分钟, 或几点到: %s; 现在是 %d")
	leftHint  = i18n.T("when, from %s to %s", "几点走的: %s 到 %s 之间")
	nameHint  = i18n.T("an aunt, a neighbour: counts as sent", "姑姑、邻居: 替来的人, 算代")
	notNoted  = i18n.T("as usual", "没另记")
	aLeave    = i18n.T("leave it", "不改")
	cameSaved = i18n.T("Noted  u undo", "已记  u 撤销")
)

// A choice is somebody who may have come.
type choice struct {
	ID   int64
	Word string
}

// came is how one family came, as its form has it.
type came struct {
	How    data.Attendance
	Late   int
	Left   time.Time
	Person choice
	Name   string
	Of     []choice // who may have come
}

// mark is the form as a mark. Who is said to have come late, or at all, was there.
func (c came) mark(invitee int64) data.AttendanceMark {
	if some := c.Late > 0 || !c.Left.IsZero() || c.Person.ID != 0; some && !c.How.Came() {
		c.How = data.Present
	} else if !c.How.Came() && strings.TrimSpace(c.Name) != "" {
		c.How = data.Represented
	}
	if c.How == data.Present && c.Person.ID == 0 && strings.TrimSpace(c.Name) != "" {
		c.How = data.Represented // who is no guardian comes for them
	}
	return data.AttendanceMark{Invitee: invitee, Attendance: c.How, Late: &c.Late, Left: &c.Left, Came: &data.Came{Person: c.Person.ID, Text: strings.TrimSpace(c.Name)}}
}

// cameForm has no draft: it is one mark of the five that stand there.
type cameForm struct{ form[came] }

// Draft and Unsaved: there is nothing to go on with.
func (*cameForm) Draft() (data.Draft, bool) { return data.Draft{}, false }
func (*cameForm) Unsaved() int              { return 0 }

// Actions are those of a form, without a word about its draft.
func (f *cameForm) Actions() []kit.Action {
	as := f.form.Actions()
	if last := &as[len(as)-1]; f.Clash == nil {
		last.Label, last.Help = aLeave, i18n.Phrase{}
	}
	return as
}

// newCame returns the form about one family: late, gone early, who came.
func newCame(p *page, i data.Invitee) kit.Page {
	env, v := p.env, p.view.Meeting
	_, name := p.child(i)
	f := &cameForm{form[came]{title: cameTitle.With(i18n.Typed(name)), live: func(came) bool { return p.live() }}}
	now := came{How: i.Attendance, Late: i.LateMin, Left: i.Left, Name: i.CameText, Of: []choice{{}}}
	if !now.How.Came() && now.How != data.Excused {
		now.How = data.Present // who opens it has seen somebody
	}
	for _, g := range i.Guardians {
		c := choice{ID: g.Person, Word: env.Lang.Guardian(g) + " " + env.Lang.Name(g.Name, "")}
		if now.Of = append(now.Of, c); g.Person == i.CamePerson {
			now.Person = c
		}
	}
	since, until := v.Opened, v.Held
	if until.IsZero() {
		until = v.Ends
		if now := env.Now(); now.After(until) { // it takes longer
			until = now
		}
	}
	f.Sheet = kit.NewSheet(env, f, kit.Open{}, kit.Record[came]{
		Kind: "attendance", Object: data.Ref{Kind: "invitee", ID: i.ID}, What: aMark,
		Draft: func(context.Context, string, data.Ref) (data.Draft, error) { return data.Draft{}, data.ErrNotFound },
		Check: func(c came) error { return c.mark(i.ID).Check() },
		Save: func(ctx context.Context, c came) (came, error) {
			return c, p.deps.Mark(ctx, p.id, []data.AttendanceMark{c.mark(i.ID)})
		},
	},
		kit.OneOf("attendance", wHow, []data.Attendance{data.Present, data.ByVideo, data.Represented, data.Excused, data.Unmarked}, i18n.Lang.Attendance, func(c *came) *data.Attendance { return &c.How }),
		kit.Typed("late", wLate, 6, func(typed string) (int, error) { return lateness(typed, since, env.Now()) }, minutesWord, func(c *came) *int { return &c.Late }).
			With(func() string {
				return env.Say(lateHint, env.Lang.Clock(since.Add(8*time.Minute)), max(0, int(env.Now().Sub(since)/time.Minute)))
			}),
		kit.Typed("left", wLeft, 8, func(typed string) (time.Time, error) { return leaving(typed, env.Now(), since, until) }, clockWord, func(c *came) *time.Time { return &c.Left }).
			With(func() string { return env.Say(leftHint, env.Lang.Clock(since), env.Lang.Clock(until)) }),
		kit.PickFrom("came", wCame, func(came) []choice { return now.Of }, choiceWord, func(c *came) *choice { return &c.Person }),
		kit.Short("name", wName, 40, func(c *came) *string { return &c.Name }).With(func() string { return env.Say(nameHint) }),
	)
	f.Base, f.Known = now, true
	f.Whose = func(came) string { return env.Say(p.name()) }
	was := asIs(i)
	f.Record.Done = func(came) tea.Cmd {
		p.marks.undo = append(p.marks.undo, undone{[]data.AttendanceMark{was}, env.Now().Add(undoable)})
		return env.Send(kit.Back{Page: f, Said: cameSaved})
	}
	return f
}

func choiceWord(l i18n.Lang, c choice) string {
	if c.ID == 0 {
		return l.Say(notNoted)
	}
	return c.Word
}

// minutesWord and clockWord write what the form reads.
func minutesWord(_ i18n.Lang, n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

func clockWord(l i18n.Lang, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return l.Clock(t)
}

// lateness is how many minutes after the beginning somebody came: typed as such, or
// as when.
func lateness(typed string, since, now time.Time) (int, error) {
	typed = strings.TrimSpace(typed)
	if n, err := strconv.Atoi(typed); err == nil || typed == "" {
		if n < 0 || n >= 1000 { // 1638 is a time
			t, err := data.ParseAt(typed, now)
			return max(0, int(t.Sub(since)/time.Minute)), err
		}
		return n, nil
	}
	t, err := data.ParseAt(typed, now)
	return max(0, int(t.Sub(since)/time.Minute)), err
}

// leaving is when somebody left: within the meeting.
func leaving(typed string, now, since, until time.Time) (time.Time, error) {
	if strings.TrimSpace(typed) == "" {
		return time.Time{}, nil
	}
	t, err := data.ParseAt(typed, now)
	switch {
	case err != nil:
		return t, err
	case t.Before(since.Truncate(time.Minute)) || t.After(until):
		return t, &data.Invalid{Field: "left", Why: data.WhyUnknown}
	}
	return t, nil
}
