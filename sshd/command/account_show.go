package command

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	showShort = i18n.T("one account: its keys, roles with dates, last sign-ins", "一个账号: 钥匙、角色和日期、最近进来")
	mayShort  = i18n.T("what may this person see, and by which role", "这个人能看什么, 凭哪个角色")
	kidFlag   = i18n.T("about one child, by its student number", "只问一个孩子 (学号)")
	colRole   = i18n.T("role", "角色")
	colScope  = i18n.T("scope", "范围")
	colBegin  = i18n.T("from", "从")
	colEnd    = i18n.T("until", "到")
	colGiver  = i18n.T("given by", "谁给的")
	colRecord = i18n.T("record", "什么")
	colActs   = i18n.T("may", "能")
	colLimit  = i18n.T("limited to", "限于")
	keyUsed   = i18n.T("key", "钥匙")
	keyGone   = i18n.T("revoked", "已吊销")
	findsIt   = i18n.T("finds student %s (%s)", "找得到 学号 %s (%s)")
	findsNot  = i18n.T("does not find student %s (%s): no role reaches it", "找不到 学号 %s (%s): 没有哪个角色管得到")
	theLevel  = i18n.T("level", "级别")
	stateOver = i18n.T("over", "已到期")

	grantWords = map[data.GrantState]string{data.GrantWaits: "waits", data.GrantHolds: "holds", data.GrantBegins: "begins",
		data.GrantReadsOn: "reads_on", data.GrantEnded: "ended", data.GrantTaken: "taken"}
	sightWords = map[data.Sight]string{data.None: "none", data.Exists: "exists", data.Whole: "all"}
	actWords   = map[data.Act]string{data.View: "view", data.Create: "create", data.Edit: "edit", data.Approve: "approve", data.Export: "export", data.Delete: "delete"}
)

// A given is a role as account show has it.
type given struct {
	ID     int64  `json:"id"`
	Role   string `json:"role"`
	Scope  string `json:"scope"`
	From   string `json:"from"`
	Until  string `json:"until"` // the last day; "": no end
	State  string `json:"state"`
	Kind   string `json:"kind"`
	By     string `json:"given_by,omitempty"`
	Lender string `json:"lent_by,omitempty"`
}

// scopeOf is a role's scope as words spell it: of a child its number.
func scopeOf(g data.GrantLine) string {
	if g.Scope == data.ScopeStudent {
		return g.Number
	}
	return g.Where()
}

func givenOf(g data.GrantLine, now data.Clock) given {
	one := given{ID: g.ID, Role: string(g.Role), Scope: scopeOf(g), From: data.DayOf(g.From).String(), State: grantWords[g.State(now())],
		Kind: string(g.Kind), By: g.By, Lender: g.Lender}
	if !g.Until.IsZero() {
		one.Until = g.LastDay().String()
	}
	return one
}

type shown struct {
	ID       int64    `json:"id"`
	Account  string   `json:"account"`
	Name     string   `json:"name"`
	State    string   `json:"state"` // open, disabled, over
	Language string   `json:"language"`
	Until    string   `json:"until"`
	LastSeen string   `json:"last_seen,omitempty"`
	Invited  string   `json:"invited_until,omitempty"`
	Roles    []given  `json:"roles"`
	Lent     []given  `json:"lent"`
	Keys     []key    `json:"keys"`
	SignIns  []signIn `json:"sign_ins"`
}

// stateOf is how an account stands, in the word of JSON and in the reader's.
func (c *Call) stateOf(a data.Account) (word, said string) {
	switch {
	case !a.Disabled.IsZero():
		return "disabled", c.say(stateDisabled)
	case !a.Open(c.Now()):
		return "over", c.say(stateOver)
	}
	return "open", c.say(stateOpen)
}

func (c *Call) accountShow() *cobra.Command {
	return &cobra.Command{Use: "show NAME", Short: c.say(showShort), Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		desk, a, err := c.account(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		card, err := desk.AccountCard(cmd.Context(), a.ID)
		if err != nil {
			return err
		}
		if c.json {
			c.encode(c.Out, c.shown(card))
			return nil
		}
		c.showAccount(card)
		return nil
	}}
}

func (c *Call) shown(card data.AccountCard) shown {
	out := shown{ID: card.ID, Account: card.Username, Name: card.Name, Language: card.Lang, Roles: []given{}, Lent: []given{}, Keys: []key{}, SignIns: []signIn{}}
	out.State, _ = c.stateOf(card.Account)
	if !card.Until.IsZero() {
		out.Until = card.Until.String()
	}
	if !card.LastSeen.IsZero() {
		out.LastSeen = when(card.LastSeen)
	}
	if !card.Invited.IsZero() {
		out.Invited = when(card.Invited)
	}
	for _, g := range card.Roles {
		out.Roles = append(out.Roles, givenOf(g, c.Now))
	}
	for _, g := range card.Lent {
		out.Lent = append(out.Lent, givenOf(g, c.Now))
	}
	for _, k := range append(card.Keys, card.Revoked...) {
		one := key{Fingerprint: k.Fingerprint, Type: k.Type, Name: k.Name, Added: when(k.Added), Revoked: !k.Revoked.IsZero()}
		if !k.LastUsed.IsZero() {
			one.LastUsed, one.From = when(k.LastUsed), k.LastFrom
		}
		out.Keys = append(out.Keys, one)
	}
	for _, s := range card.SignIns {
		out.SignIns = append(out.SignIns, signIn{when(s.At), s.Door, s.From, s.Key, s.KeyName})
	}
	return out
}

// showAccount prints an account for people: first itself, then roles, then keys.
func (c *Call) showAccount(card data.AccountCard) {
	_, state := c.stateOf(card.Account)
	c.table(nil, [][]string{{card.Username, c.Lang.Name(card.Name, ""), state}})
	var rows [][]string
	for _, g := range card.Roles {
		one := givenOf(g, c.Now)
		by := one.By
		if g.Lender != "" {
			by = g.Lender
		}
		rows = append(rows, []string{one.Role, one.Scope, one.From, one.Until, c.Lang.GrantState(g.State(c.Now())), c.Lang.Name(by, "")})
	}
	c.table([]i18n.Phrase{colRole, colScope, colBegin, colEnd, colState, colGiver}, rows)
	rows = nil
	for _, k := range card.Keys {
		rows = append(rows, []string{c.say(keyUsed), k.Algorithm(), k.Name, k.Fingerprint, k.LastFrom})
	}
	for _, k := range card.Revoked {
		rows = append(rows, []string{c.say(keyGone), k.Algorithm(), k.Name, k.Fingerprint, ""})
	}
	if len(rows) > 0 {
		c.table([]i18n.Phrase{colState, colType, colName, colKeys, colFrom}, rows)
	}
}

type right struct {
	Record string   `json:"record"`
	Acts   []string `json:"acts"`
	Own    bool     `json:"own_entries,omitempty"`
	Limit  string   `json:"limit,omitempty"`
	Role   string   `json:"role"`
	Scope  string   `json:"scope"`
	Until  string   `json:"until"`
}

type reading struct {
	Role   string            `json:"role"`
	Scope  string            `json:"scope"`
	Levels map[string]string `json:"levels"`
}

type askedChild struct {
	Number string `json:"number"`
	Name   string `json:"name,omitempty"`
	Class  string `json:"class"`
	Finds  bool   `json:"finds"`
}

type verdict struct {
	Account string      `json:"account"`
	Name    string      `json:"name"`
	Student *askedChild `json:"student,omitempty"`
	Levels  []reading   `json:"levels"`
	Rights  []right     `json:"rights"`
}

// accountMay is the question "what may this person see?".
func (c *Call) accountMay() *cobra.Command {
	number := ""
	cmd := &cobra.Command{Use: "may NAME", Short: c.say(mayShort), Args: cobra.ExactArgs(1)}
	cmd.Flags().StringVar(&number, "student", "", c.say(kidFlag))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		desk, a, err := c.account(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		rights, err := desk.Rights(cmd.Context(), a.ID, strings.TrimSpace(number))
		if err != nil {
			return err
		}
		card, err := desk.AccountCard(cmd.Context(), a.ID)
		if err != nil {
			return err
		}
		where := map[int64]string{}
		for _, g := range card.Roles {
			where[g.ID] = scopeOf(g)
		}
		c.may(rights, where)
		return nil
	}
	return cmd
}

func (c *Call) may(r data.Rights, where map[int64]string) {
	var at *data.Place
	out := verdict{Account: r.Account.Username, Name: r.Account.Name, Levels: []reading{}, Rights: []right{}}
	if r.Number != "" {
		at = &r.Place
		out.Student = &askedChild{r.Number, r.Child, r.Class.String(), r.Account.Sees(c.Now(), r.Place)}
	}
	var levels, rows [][]string
	for _, one := range r.Account.Readings(c.Now(), at) {
		read := reading{string(one.Role), where[one.Grant.ID], map[string]string{}}
		line := []string{c.say(theLevel), string(one.Role) + " " + where[one.Grant.ID]}
		for l := data.Open; l <= data.Secret; l++ {
			read.Levels[l.Code()] = sightWords[one.Sights[l]]
			line = append(line, c.Lang.AnyLevel(l)+" "+c.Lang.Sight(one.Sights[l], one.Bare && l == data.Normal))
		}
		out.Levels, levels = append(out.Levels, read), append(levels, line)
	}
	for _, v := range r.Account.Verdicts(c.Now(), at) {
		for _, why := range v.Reasons {
			one := right{Record: string(v.Record), Own: why.Right.Reach == data.Own, Limit: string(why.Right.Limit), Role: string(why.Role), Scope: where[why.Grant.ID]}
			for _, act := range why.Right.Acts {
				one.Acts = append(one.Acts, actWords[act])
			}
			if d := why.LastDay(); !d.IsZero() {
				one.Until = d.String()
			}
			out.Rights = append(out.Rights, one)
			limit := c.Lang.Limit(why.Right.Limit)
			if one.Own && limit == "" {
				limit = c.Lang.OwnEntries()
			}
			rows = append(rows, []string{c.Lang.Record(v.Record), c.Lang.Acts(why.Right.Acts), limit, one.Role, one.Scope, one.Until})
		}
	}
	if c.json {
		c.encode(c.Out, out)
		return
	}
	if s := out.Student; s != nil {
		said := findsNot
		if s.Finds {
			said = findsIt
		}
		c.line(c.say(said, data.Line(s.Number), s.Class))
	}
	c.table(nil, levels)
	c.table([]i18n.Phrase{colRecord, colActs, colLimit, colRole, colScope, colEnd}, rows)
}

// held finds the role that a word names among those that an account has or that
// wait: ROLE[:SCOPE].
func held(card data.AccountCard, w data.RoleWord, now data.Clock) (found data.GrantLine, err error) {
	err = data.ErrNotFound
	name, ok := data.ParseClass(w.Scope, data.SchoolYear(now.Today()))
	for _, g := range card.Roles {
		if g.Role != w.Role || !g.State(now()).Live() {
			continue
		}
		if scope := scopeOf(g); scope != w.Scope && !(ok && g.Scope == data.ScopeClass && scope == name.String()) {
			continue
		}
		if err == nil {
			return data.GrantLine{}, data.ErrAmbiguous
		}
		found, err = g, nil
	}
	return found, err
}
