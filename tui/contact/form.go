package contact

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

// A form is what a person fills in: the widgets, and whom they may name.
type form struct {
	text, quoted kit.Area
	quotedOn     data.Date
	outcome      kit.Radio
	outcomes     []data.Outcome // what outcome offers: a visit ends otherwise than a call
	callAgain    kit.Field
	topics       kit.Checks
	ownTopics    bool // ticked by hand: no longer guessed
	promises     []*promise
	with         whom
	channel      kit.Select
	incoming     kit.Checks
	at           kit.Field
	opened       time.Time // when the contact was, while at still says openedAt
	openedAt     string
	minutes      kit.Field
	level        kit.Radio
	private      kit.Field
	ticks        ticks
	dialled      string // the number
	calendar     data.Calendar
	owners       []owner
}

// A whom is the guardian the contact is with.
type whom struct {
	kit.Select
	of   []data.Guardian
	wish int64 // the person to choose once the family is known
}

// A promise is one line of the form.
type promise struct {
	was  data.Promise // as stored; the zero Promise: a new one
	text kit.Field
	who  kit.Select
	wish owner
	by   kit.Field
}

// An owner is who may owe a promise: the writer, a guardian, and of a promise
// that is being corrected whoever does.
type owner struct {
	account, person int64
	name            string
	guardian        data.Guardian
}

func (o owner) same(p owner) bool { return o.account == p.account && o.person == p.person }

// What the fields take, in characters.
const (
	mostPromise  = 500
	mostPromises = 20
	mostPrivate  = 20_000
	quoteLines   = 20 // a paste of more lines, or characters, is a message and no note
	quoteChars   = 1000
)

var (
	me        = i18n.T("me", "我")
	someone   = i18n.T("someone else", "别的人")
	required  = i18n.T("required", "必填")
	tomorrow  = i18n.T("tomorrow", "明天")
	levelHelp = []i18n.Phrase{
		i18n.T("normal: teachers too", "普通: 任课教师也可看"), i18n.T("class: class teacher, surrogate..", "班内: 班主任 代理 年级 德育"),
		i18n.T("restricted: not teachers", "受限: 不给任课和年级"), i18n.T("secret: me, principal, named", "保密: 只有我、校长和点名的人"),
	}
	levelWidth = map[i18n.Lang]int{i18n.Chinese: 27, i18n.English: 24} // so that the four stand in two columns
	noLabel    i18n.Phrase
)

func newForm(env *kit.Env) form {
	f := form{text: kit.NewArea(""), quoted: kit.NewArea(""), callAgain: kit.NewField(noLabel, ""), at: kit.NewField(noLabel, ""),
		minutes: kit.NewField(noLabel, ""), private: kit.NewField(noLabel, "")}
	f.quoted.Most(data.MaxQuoted)
	f.private.Most(mostPrivate)
	f.callAgain.Hint = required
	f.opened = env.Now()
	f.setAt(env, f.opened)
	f.openedAt = f.at.Value()
	f.channel.Options = kit.Words(data.Channels, i18n.Lang.Channel)
	f.incoming.Options = kit.Options{N: 1, Word: func(i18n.Lang, int) string { return "" }}
	f.topics.Options = kit.Words(data.Topics, i18n.Lang.Topic)
	f.topics.Tight = true
	f.level.Options = kit.Options{N: len(levelHelp), Tight: true, Word: func(l i18n.Lang, i int) string {
		if i%2 == 0 {
			return kit.Fit(l.Say(levelHelp[i]), levelWidth[l])
		}
		return l.Say(levelHelp[i])
	}}
	f.offerOutcomes(data.PhoneCall)
	f.owners = []owner{{account: env.Me.ID, name: env.Me.Name}}
	f.addPromise(env)
	return f
}

// offerOutcomes sets what a contact by this channel may end as; what was
// chosen stays if it can.
func (f *form) offerOutcomes(c data.Channel) {
	chosen := f.result()
	f.outcomes = []data.Outcome{data.Reached, data.NoAnswer, data.CallBack, data.WrongNumber, data.Refused, data.LeftMessage}
	if c.Visits() {
		f.outcomes = []data.Outcome{data.Reached, data.NotHome, data.CallBack, data.Refused, data.LeftMessage}
	}
	f.outcome.Options = kit.Words(f.outcomes, i18n.Lang.Outcome)
	f.setResult(chosen)
}

func (f *form) result() data.Outcome {
	if f.outcome.At < len(f.outcomes) {
		return f.outcomes[f.outcome.At]
	}
	return data.Reached
}

func (f *form) setResult(o data.Outcome) { f.outcome.At = max(0, slices.Index(f.outcomes, o)) }

func (f *form) via() data.Channel { return data.Channels[f.channel.At] }

func (f *form) setVia(c data.Channel) {
	f.channel.At = max(0, slices.Index(data.Channels, c))
	f.offerOutcomes(f.via())
}

// timed reports whether the clock measures this contact: a talk over a line. A
// visit was made before it is written down.
func (f *form) timed() bool {
	return f.via() == data.PhoneCall || f.via() == data.VideoCall || f.via() == data.VideoVisit
}

// setAt writes a moment into the field the way ParseAt reads it.
func (f *form) setAt(env *kit.Env, t time.Time) {
	today, day := env.Now.Today(), data.DayOf(t)
	word := env.Lang.Date(day, today)
	if data.SchoolYear(day) != data.SchoolYear(today) {
		word = day.String()
	}
	f.at.SetValue(word + " " + env.Lang.Clock(t))
}

// when is the moment the field says.
func (f *form) when(now time.Time) (time.Time, error) {
	if f.at.Value() == f.openedAt {
		return f.opened, nil
	}
	return data.ParseAt(f.at.Value(), now)
}

// addPromise puts an empty promise at the end, of the writer, for tomorrow.
func (f *form) addPromise(env *kit.Env) *promise {
	p := &promise{text: kit.NewField(noLabel, ""), by: kit.NewField(noLabel, env.Say(tomorrow)), wish: f.owners[0]}
	p.text.Most(mostPromise)
	f.offerOwners(p)
	f.promises = append(f.promises, p)
	return p
}

// offerOwners gives a promise everyone who may owe it; it stays with whom it
// is.
func (f *form) offerOwners(p *promise) {
	p.who.Options = kit.Options{N: len(f.owners), Word: func(l i18n.Lang, i int) string { return f.ownerWord(l, i) }}
	p.who.At = slices.IndexFunc(f.owners, p.wish.same)
	if p.who.At < 0 {
		f.owners = append(f.owners, p.wish)
		p.who.N, p.who.At = len(f.owners), len(f.owners)-1
	}
}

func (f *form) ownerWord(l i18n.Lang, i int) string {
	switch o := f.owners[i]; {
	case i == 0:
		return l.Say(me)
	case o.person != 0 && o.guardian.Person != 0:
		return l.Guardian(o.guardian)
	default:
		return l.Name(o.name, "")
	}
}

// people gives the form the family's guardians. Whoever was chosen stays.
func (f *form) people(env *kit.Env, card data.Card) {
	chosen := f.with.wish
	if n := f.with.At; n < len(f.with.of) && len(f.with.of) > 0 {
		chosen = f.with.of[n].Person
	} else if len(f.with.of) > 0 {
		chosen = 0
	}
	first := len(f.with.of) == 0
	f.with.of = card.Guardians
	f.with.Options = kit.Options{N: len(card.Guardians) + 1, Word: func(l i18n.Lang, i int) string {
		if i >= len(f.with.of) {
			return l.Say(someone)
		}
		g := f.with.of[i]
		return l.Guardian(g) + " " + l.Name(g.Name, "")
	}}
	f.with.At = slices.IndexFunc(f.with.of, func(g data.Guardian) bool { return g.Person == chosen })
	if f.with.At < 0 {
		f.with.At = len(f.with.of)
		if call := data.Callable(f.with.of); first && chosen == 0 && len(call) > 0 {
			f.with.At = slices.IndexFunc(f.with.of, func(g data.Guardian) bool { return g.Person == call[0].Person })
		}
	}
	for _, p := range f.promises {
		p.wish = f.owners[p.who.At]
	}
	f.owners = f.owners[:1]
	for _, g := range card.Guardians {
		f.owners = append(f.owners, owner{person: g.Person, name: g.Name, guardian: g})
	}
	for _, p := range f.promises {
		f.offerOwners(p)
	}
	f.ticks.take(card.Promises)
}

// guardian is whom the contact is with, nil for someone else.
func (f *form) guardian() *data.Guardian {
	if f.with.At < len(f.with.of) {
		return &f.with.of[f.with.At]
	}
	return nil
}

// phone is the number on the screen: the one dialled, else the first to call.
func (f *form) phone() string {
	g := f.guardian()
	if g == nil {
		return ""
	}
	for _, n := range g.Phones {
		if n.E164 == f.dialled && !g.DoNotContact {
			return n.E164
		}
	}
	return g.First()
}

// fill puts a stored contact into the form, to be corrected.
func (f *form) fill(env *kit.Env, c data.Contact) {
	f.text.SetValue(c.Summary)
	f.quoted.SetValue(c.Quoted)
	f.quotedOn = c.QuotedOn
	f.setVia(c.Channel)
	f.setResult(c.Outcome)
	f.opened = c.At
	f.setAt(env, c.At)
	f.openedAt = f.at.Value()
	if !c.CallBack.IsZero() {
		f.callAgain.SetValue(momentWord(env, c.CallBack))
	}
	f.incoming.On = map[int]bool{0: c.Direction == data.Incoming}
	f.setTopics(c.Topics)
	f.ownTopics = true
	f.level.At = max(0, slices.Index(data.Levels, c.Level))
	f.private.SetValue(strings.ReplaceAll(c.Private, "\n", " "))
	if c.Minutes > 0 {
		f.minutes.SetValue(strconv.Itoa(c.Minutes))
	}
	f.with.At = len(f.with.of)
	if len(c.Guardians) > 0 {
		if i := slices.IndexFunc(f.with.of, func(g data.Guardian) bool { return g.Person == c.Guardians[0] }); i >= 0 {
			f.with.At = i
		}
	}
	typed := slices.DeleteFunc(f.promises, func(p *promise) bool { return p.text.Value() == "" })
	f.promises = nil
	for _, had := range c.Promises {
		p := f.addPromise(env)
		p.was, p.wish = had, owner{account: had.Owner, person: had.OwnerPerson, name: had.OwnerName}
		p.text.SetValue(had.Text)
		p.by.SetValue(kit.DayWord(env, had.Due))
		f.offerOwners(p)
	}
	if f.promises = append(f.promises, typed...); len(f.promises) == 0 {
		f.addPromise(env)
	}
}

func (f *form) setTopics(topics []string) {
	f.topics.On = map[int]bool{}
	for _, t := range topics {
		if i := slices.Index(data.Topics, t); i >= 0 {
			f.topics.On[i] = true
		}
	}
}

func (f *form) chosenTopics() (out []string) {
	for i, t := range data.Topics {
		if f.topics.On[i] {
			out = append(out, t)
		}
	}
	return out
}

func momentWord(env *kit.Env, t time.Time) string {
	day := data.DayOf(t)
	word := kit.DayWord(env, day)
	if !t.Equal(day.Start()) {
		word += " " + env.Lang.Clock(t)
	}
	return word
}
