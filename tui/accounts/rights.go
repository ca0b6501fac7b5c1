package accounts

import (
	"context"
	"slices"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var (
	seeTitle  = i18n.T("What may this person see?", "这个人能看什么?")
	seeTitleO = i18n.T("Accounts > what may %s see?", "账号与钥匙 > %s 能看什么?")
	seeMine   = i18n.T("What may I see?", "我能看什么?")
	seeAbout  = i18n.T("What may this person see and do, and by which role?", "这个人能看什么、做什么, 凭哪个角色?")
	cRecord   = i18n.T("Record", "什么")
	cActs     = i18n.T("May", "能")
	cReach    = i18n.T("Where", "范围")
	cLimit    = i18n.T("Limited to", "限于")
	cWhy      = i18n.T("By", "凭")
	cTill     = i18n.T("Until", "到")
	noRight   = i18n.T("-", "-")
	aChild    = i18n.T("one child", "某个孩子")
	childWhy  = i18n.T("The same question about one child, by its student number", "只问一个孩子, 打学号")
	aAll      = i18n.T("all children", "不限孩子")
	askChild  = i18n.T("Student number", "学号")
	noRights  = i18n.T("No role holds: this account sees nothing", "没有有效的角色: 什么都看不到")
	seesAll   = i18n.T("%s: %s", "%s: %s")
	seesNone  = i18n.T("%s: no role of theirs gives a right to it", "%s: 没有哪个角色给这个权利")
	seesOnly  = i18n.T(", %s", ", %s")
	seesBy    = i18n.T(", as %s %s, %s, given by %s", ", 凭 %s %s, %s, %s 给的")
	noRow     = i18n.T("Nothing is chosen", "没有选中哪一行")
	ofLevels  = i18n.T("By level", "按级别")
	levelIs   = i18n.T("%s %s", "%s %s")
	findsIt   = i18n.T("finds this child", "找得到这个孩子")
	findsNot  = i18n.T("! does not find this child: no role of theirs reaches it", "! 找不到这个孩子: 没有哪个角色管得到")
	aboutKid  = i18n.T("about student %s %s", "问的是学号 %s %s")
	aboutAll  = i18n.T("everything  f one child", "全部  f 问某个孩子")
	allOwn    = i18n.T("Whoever wrote a text reads it; of a secret one those it names, too", "自己写的总能看; 保密的还有点到名的人")
)

// A rightRow is one right over one record, with the roles that it comes with: one
// in several classes is one row. Without reasons it is a record without a right.
type rightRow struct {
	id      int64
	record  data.Record
	first   bool // of the rows of its record
	reasons []data.Reason
}

// with reports whether a reason gives the same right as the row's.
func (r rightRow) with(why data.Reason) bool {
	one := r.reasons[0]
	return one.Role == why.Role && one.Right.String() == why.Right.String() && one.Grant.Kind == why.Grant.Kind && one.LastDay() == why.LastDay()
}

type rightsPage struct {
	kit.Listing[data.Rights, rightRow]
	deps   Deps
	id     int64
	number string
	lines  map[int64]data.GrantLine // the account's roles with the names that belong to them
	card   kit.Load[data.AccountCard]
	ask    kit.Asking
}

// NewRights returns the answer to "what may the account o.ID see?", one's own
// where that is 0; Text is a student's number, for the answer about that child.
func NewRights(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.ID == 0 {
		o.ID = env.Me.ID
	}
	p := &rightsPage{deps: deps, id: o.ID, number: o.Text, lines: map[int64]data.GrantLine{}}
	p.Listing = kit.NewListing(env, kit.ListOf[data.Rights, rightRow]{
		Read: p.read, Rows: p.rows, ID: func(r rightRow) int64 { return r.id },
		Touched: func(m kit.Changed) bool { return m.Touches("account", p.id) },
		Cols: func() []kit.Col {
			return []kit.Col{{Head: cRecord, Width: p.recordWidth()}, {Head: cActs, Width: 14}, {Head: cReach, Width: 8, Grow: 3}, {Head: cLimit, Width: 13, Grow: 2, Rank: 1},
				{Head: cWhy, Width: 9, Grow: 1, Rank: 2}, {Head: cTill, Width: 6, Rank: 3}}
		},
		Cells: p.cells, Detail: p.details, Below: true, Empty: noRights, None: noRow,
	})
	return p
}

func (p *rightsPage) recordWidth() int {
	w := 10
	for _, rec := range data.Records {
		w = max(w, kit.Width(p.Env.Lang.Record(rec)))
	}
	return w
}

func (p *rightsPage) read(ctx context.Context) (data.Rights, error) {
	return p.deps.Rights(ctx, p.id, p.number)
}

func (p *rightsPage) Init() tea.Cmd {
	return tea.Batch(p.Listing.Init(), p.card.Ask(p.Env.Ctx, func(ctx context.Context) (data.AccountCard, error) { return p.deps.Card(ctx, p.id) }))
}

func (p *rightsPage) Title() i18n.Phrase {
	switch name := p.Asked.Value.Account.Name; {
	case p.id == p.Env.Me.ID:
		return seeMine
	case name != "":
		return seeTitleO.With(i18n.Typed(p.Env.Lang.Name(name, "")))
	}
	return seeTitle
}

func (p *rightsPage) About() i18n.Phrase { return seeAbout }
func (p *rightsPage) Waiting() bool      { return p.Asked.Busy }

func (p *rightsPage) Update(msg tea.Msg) tea.Cmd {
	if p.card.Take(msg) {
		clear(p.lines)
		for _, g := range p.card.Value.Roles {
			p.lines[g.ID] = g
		}
		next := p.card.Next()
		p.Redraw()
		return next
	}
	switch m := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		if p.ask.On {
			return p.ask.Take(msg)
		}
	case kit.Changed:
		if m.Touches("account", p.id) {
			return p.Init()
		}
	}
	return p.Listing.Update(msg)
}

// place is the child that is asked about, nil for all.
func (p *rightsPage) place(r data.Rights) *data.Place {
	if r.Number == "" {
		return nil
	}
	return &r.Place
}

// rows are the rights, record by record; records without a right come last.
func (p *rightsPage) rows(r data.Rights) (out []rightRow) {
	var without []rightRow
	if len(r.Account.Readings(p.Env.Now(), nil)) == 0 {
		return nil
	}
	for i, v := range r.Account.Verdicts(p.Env.Now(), p.place(r)) {
		id := int64(i+1) << 8
		if len(v.Reasons) == 0 {
			without = append(without, rightRow{id: id, record: v.Record, first: true})
		}
		from := len(out)
		for n, why := range v.Reasons {
			if at := slices.IndexFunc(out[from:], func(r rightRow) bool { return r.with(why) }); at >= 0 {
				out[from+at].reasons = append(out[from+at].reasons, why)
				continue
			}
			out = append(out, rightRow{id: id + int64(n), record: v.Record, first: n == 0, reasons: []data.Reason{why}})
		}
	}
	return append(out, without...)
}

func (p *rightsPage) cells(r rightRow) []any {
	env := p.Env
	name := ""
	if r.first {
		name = env.Lang.Record(r.record)
	}
	if r.reasons == nil {
		return []any{kit.In(theme.Muted, name), kit.In(theme.Muted, env.Say(noRight)), "", "", "", ""}
	}
	why := r.reasons[0]
	where := p.scopes(r.reasons)
	if why.Right.Reach == data.Own {
		where = env.Lang.OwnEntries()
	}
	till := ""
	if d := why.LastDay(); !d.IsZero() {
		till = env.Lang.Date(d, env.Now.Today())
	}
	return []any{name, env.Lang.Acts(why.Right.Acts), where, env.Lang.Limit(why.Right.Limit), p.why(why), till}
}

// scopes are where roles hold.
func (p *rightsPage) scopes(of []data.Reason) string {
	var out []string
	for _, why := range of {
		g := p.granted(why.Grant)
		if word := p.Env.Lang.Scope(g.Grant, g.Number, g.Child); !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return strings.Join(out, " ")
}

// granted is a grant with the names that belong to it.
func (p *rightsPage) granted(g data.Grant) data.GrantLine {
	if line, ok := p.lines[g.ID]; ok {
		return line
	}
	return data.GrantLine{Grant: g}
}

// why is the role that a right comes with, and how its holder came by it.
func (p *rightsPage) why(of data.Reason) string {
	word := p.Env.Lang.ShortRole(of.Role)
	if kind := p.Env.Lang.GrantKind(of.Grant.Kind); kind != "" && of.Grant.Kind == data.DelegatedGrant {
		word += " (" + kind + ")"
	}
	return word
}

// sentence is the chosen right in full.
func (p *rightsPage) sentence(r rightRow) string {
	env := p.Env
	if r.reasons == nil {
		return env.Say(seesNone, env.Lang.Record(r.record))
	}
	why := r.reasons[0]
	line := env.Say(seesAll, env.Lang.Record(r.record), env.Lang.Acts(why.Right.Acts))
	if why.Right.Limit != data.Unlimited {
		line += env.Say(seesOnly, env.Lang.Limit(why.Right.Limit))
	}
	if why.Right.Reach == data.Own {
		line += env.Say(seesOnly, env.Lang.OwnEntries())
	}
	g := p.granted(why.Grant)
	return line + env.Say(seesBy, env.Lang.Role(why.Role), p.scopes(r.reasons), dates(env, g.Grant), env.Lang.Name(giver(env, g), ""))
}

// details say what each role reads by level, and about one child whether it is
// found at all.
func (p *rightsPage) details(row rightRow, w, h int) (out []string) {
	env, r := p.Env, p.Asked.Value
	at := p.place(r)
	lines := kit.Wrap(p.sentence(row), w-2)
	out = append(out, kit.Head(env.Look.Bold(kit.Show(env.Lang.Record(row.record))), "", w))
	for _, line := range lines[:min(len(lines), 2)] {
		out = append(out, "  "+line)
	}
	out = append(out, kit.Head(env.Look.Bold(env.Say(ofLevels)), "", w))
	if at != nil {
		if r.Account.Sees(env.Now(), *at) {
			out = append(out, "  "+env.Look.OK("✓ "+env.Say(findsIt)))
		} else {
			out = append(out, "  "+env.Look.Danger(env.Say(findsNot)))
		}
	}
	said := map[data.Role]bool{}
	for _, one := range r.Account.Readings(env.Now(), at) {
		if said[one.Role] || len(out) >= h {
			continue
		}
		said[one.Role] = true
		words := []string{kit.Fit(env.Lang.ShortRole(one.Role), 10)}
		for l := data.Normal; l <= data.Secret; l++ {
			words = append(words, env.Say(levelIs, env.Lang.Level(l), env.Lang.Sight(one.Sights[l], one.Bare && l == data.Normal)))
		}
		out = append(out, "  "+kit.Cut(strings.Join(words, "  "), w-2))
	}
	if len(out) < h {
		out = append(out, "  "+env.Look.Muted(kit.Cut(env.Say(allOwn), w-2)))
	}
	return out
}

func (p *rightsPage) Actions() []kit.Action {
	if p.ask.On {
		return p.ask.Actions()
	}
	out := []kit.Action{{Key: "f", Label: aChild, Help: childWhy, Do: p.askChild}}
	if p.number != "" {
		out = append(out, kit.Action{Key: "esc", Label: aAll, Do: func() tea.Cmd { return p.about("") }})
	}
	return out
}

// askChild asks for a student's number.
func (p *rightsPage) askChild() tea.Cmd {
	p.ask = kit.Asking{Label: askChild, Done: p.about}
	return p.ask.Begin(p.number)
}

// about asks anew, about a child or about all.
func (p *rightsPage) about(number string) tea.Cmd {
	p.number = strings.TrimSpace(number)
	p.Forget()
	return p.Init()
}

// View draws the rights.
func (p *rightsPage) View() kit.Frame {
	env, r := p.Env, p.Asked.Value
	left := env.Look.Bold(kit.Show(env.Lang.Name(r.Account.Name, "")))
	if what, where := roles(env, r.Account); r.Account.ID != 0 {
		left += "  " + what
		if where != "-" {
			left += "  " + where
		}
	}
	right := env.Say(aboutAll)
	if r.Number != "" {
		who := env.Lang.Class(r.Class)
		if r.Child != "" {
			who = kit.Show(env.Lang.Name(r.Child, "")) + " " + who
		}
		right = env.Say(aboutKid, kit.Show(r.Number), who)
	}
	f := kit.Frame{Scope: kit.Ends(" "+left, right+" ", p.W), Body: p.Body()}
	if p.ask.On {
		f.Status, f.Cursor = p.ask.Draw(env, p.W, p.H)
	}
	return f
}
