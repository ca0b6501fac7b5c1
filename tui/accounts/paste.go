package accounts

import (
	"context"
	"fmt"
	"strings"
	"time"

	"qiao/data"
	"qiao/data/sshkey"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	isPrivate = i18n.T("! That looks like a private key: wiped, nothing was kept. Whoever saw it can log in with it: make a new one",
		"! 像是私钥: 已擦掉, 什么都没存。看到它的人都能用: 请换一把")
	keyGood   = i18n.T("%s bits", "%s 位")
	keyLineNo = i18n.T("line %d", "第 %d 行")
	keyOf     = i18n.T("is %s's already", "已是 %s 的")
	keyOpts   = i18n.T("options are not kept", "前面的选项不保留")
	keyReads  = i18n.T(".. reading the keys", ".. 正在看")
)

// deaf is how long a private key must be quiet before anything is taken again:
// without bracketed paste its other lines arrive as keys, one by one, and on a bad
// line not at once.
const deaf = 3 * time.Second

// A paste is the field for public keys: one, several, or a whole authorized_keys
// file. What is in it is judged at once; a private key never stays.
type paste struct {
	env     *kit.Env
	ask     func(ctx context.Context, account int64, text []byte) ([]data.KeyLine, error)
	account int64
	area    kit.Area
	lines   kit.Load[[]data.KeyLine]
	wiped   bool
	until   time.Time // deaf until
}

func newPaste(env *kit.Env, ask func(context.Context, int64, []byte) ([]data.KeyLine, error), account int64) paste {
	p := paste{env: env, ask: ask, account: account, area: kit.NewArea("")}
	p.area.Most(sshkey.MaxText)
	return p
}

// hears reports whether a key or a paste may be taken, and wipes a private key.
// Call it before the field gets the message.
func (p *paste) hears(msg tea.Msg) bool {
	now := p.env.Now()
	if now.Before(p.until) {
		p.until = now.Add(deaf)
		return false
	}
	if m, ok := msg.(tea.PasteMsg); ok && private(m.Content) {
		p.wipe()
		return false
	}
	return true
}

// changed judges what is in the field now. Call it after the field changed.
func (p *paste) changed() tea.Cmd {
	text := p.area.Value()
	if private(text) {
		p.wipe()
		p.until = p.env.Now().Add(deaf)
		return p.env.Note(isPrivate)
	}
	p.wiped = false
	if strings.TrimSpace(text) == "" {
		p.lines.Forget()
		return nil
	}
	ask, account := p.ask, p.account
	return p.lines.Start(p.env.Ctx, func(ctx context.Context) ([]data.KeyLine, error) { return ask(ctx, account, []byte(text)) })
}

func (p *paste) wipe() {
	p.area.SetValue("")
	p.lines.Forget()
	p.wiped = true
	p.env.Note(isPrivate)
}

func private(text string) bool {
	lines := sshkey.Parse([]byte(text))
	return len(lines) == 1 && lines[0].Why == data.WhyPrivate
}

// good are the keys that may be taken; bad is how many lines may not.
func (p *paste) good() (keys []data.Key, bad int) {
	if p.lines.Busy {
		return nil, 0
	}
	for _, l := range p.lines.Value {
		if l.Why == "" {
			keys = append(keys, l.Key)
		} else {
			bad++
		}
	}
	return keys, bad
}

// judged is what is said of each line, in at most n rows.
func (p *paste) judged(w, n int) (out []string) {
	env := p.env
	switch {
	case p.wiped:
		for _, line := range kit.Wrap(env.Say(isPrivate), w) {
			out = append(out, env.Look.Danger(line))
		}
		return out
	case p.lines.Busy:
		return []string{env.Look.Muted(env.Say(keyReads))}
	case p.lines.Err != nil:
		return []string{env.Look.Danger("! " + env.Lang.Error(p.lines.Err))}
	}
	for i, l := range p.lines.Value {
		if len(out) >= n-1 && i < len(p.lines.Value)-1 {
			return append(out, env.Say(dMore, len(p.lines.Value)-i))
		}
		out = append(out, judge(env, l, w)...)
	}
	return out
}

// judge is a line of a paste as it was read: a key with its type, length,
// fingerprint and comment, or why it is not taken.
// Where there is little room the fingerprint has a row of its own.
func judge(env *kit.Env, l data.KeyLine, w int) []string {
	kind := ""
	if l.Bits > 0 {
		kind = env.Say(keyGood, bitsOf(l)) + "  "
	} else if l.Key.Type != "" {
		kind = l.Key.Algorithm() + "  "
	}
	if l.Why != "" {
		why := env.Lang.Why(l.Why)
		if l.Owner != "" {
			why = env.Say(keyOf, env.Lang.Name(l.Owner, ""))
		}
		if l.Key.Name != "" {
			kind += kit.Show(l.Key.Name) + "  "
		}
		return []string{env.Look.Danger(kit.Cut("! "+env.Say(keyLineNo, l.N)+"  "+kind+why, w))}
	}
	line := "✓ " + kind + kit.Show(l.Key.Name)
	if len(l.Options) > 0 {
		line += "  " + env.Say(keyOpts)
	}
	if whole := kit.Fit(line, 44) + "  " + l.Key.Fingerprint; kit.Width(line) <= 44 && kit.Width(whole) <= w {
		return []string{env.Look.OK(whole)}
	}
	return []string{env.Look.OK(kit.Cut(line, w)), kit.Cut("  "+l.Key.Fingerprint, w)}
}

var (
	keysTitle  = i18n.T("Add keys", "加钥匙")
	keysTitleO = i18n.T("Accounts > %s > add keys", "账号与钥匙 > %s > 加钥匙")
	keysAbout  = i18n.T("Which public keys let this person in?", "这个人用哪些公钥进来?")
	keysHow    = i18n.T("Paste public keys here: one or many lines, or a whole authorized_keys file", "把公钥粘贴在这里: 一行或多行, 整个 authorized_keys 文件也行")
	keysJudge  = i18n.T("What is in it", "看到的")
	keysTake   = i18n.T("take %d", "收下 %d 把")
	keysTake0  = i18n.T("take", "收下")
	keysNone   = i18n.T("There is no key that can be taken yet", "还没有能收的公钥")
	keysEmpty  = i18n.T("The public key is the one line in ~/.ssh/id_ed25519.pub; never the file without .pub", "公钥是 ~/.ssh/id_ed25519.pub 里的那一行; 千万别贴不带 .pub 的那个")
	keysTook   = i18n.T("%d keys added", "已加 %d 把钥匙")
	keyTook    = i18n.T("Key added", "钥匙已加")
	keysSome   = i18n.T("%d keys added, %d lines were not taken", "已加 %d 把钥匙, %d 行没有收")
	keysOut    = i18n.T("leave it", "不加了")
)

// A keysPage adds keys to an account by paste.
type keysPage struct {
	env  *kit.Env
	deps Deps
	id   int64
	card kit.Load[data.AccountCard]
	kit.Form
	paste
	adding kit.Save[int]
	bad    int // lines that were not taken
	w, h   int
}

const inKeys = "key"

// NewKeys returns the page that adds keys to the account o.ID, one's own where
// that is 0.
func NewKeys(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	if o.ID == 0 {
		o.ID = env.Me.ID
	}
	p := &keysPage{env: env, deps: deps, id: o.ID, paste: newPaste(env, deps.ReadKeys, o.ID)}
	p.Form = kit.Form{Env: env, Stops: func() []kit.Stop { return []kit.Stop{{Place: kit.Place{Field: inKeys}, In: &p.area}} }}
	p.area.Focus()
	return p
}

func (p *keysPage) Title() i18n.Phrase {
	if name := p.card.Value.Name; name != "" && p.id != p.env.Me.ID {
		return keysTitleO.With(i18n.Typed(p.env.Lang.Name(name, "")))
	}
	return keysTitle
}

func (p *keysPage) About() i18n.Phrase { return keysAbout }
func (p *keysPage) Waiting() bool      { return p.lines.Busy || p.adding.Busy }
func (p *keysPage) GiveUp()            { p.lines.GiveUp() }
func (p *keysPage) Storing() bool      { return p.adding.Busy }

// Unsaved counts keys that are pasted and not taken.
func (p *keysPage) Unsaved() int { return min(p.area.Len(), 1) }

func (p *keysPage) Init() tea.Cmd {
	return p.card.Start(p.env.Ctx, func(ctx context.Context) (data.AccountCard, error) { return p.deps.Card(ctx, p.id) })
}

func (p *keysPage) Layout(w, h int) {
	p.w, p.h = w, h
	p.area.Layout(w-2, p.areaRows())
}

func (p *keysPage) areaRows() int { return max(min(p.h/3, 10), 4) }

func (p *keysPage) Update(msg tea.Msg) tea.Cmd {
	switch {
	case p.card.Take(msg), p.lines.Take(msg):
		return nil
	case p.adding.Take(msg):
		return p.added()
	}
	switch m := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		if p.adding.Busy || !p.hears(msg) {
			return nil
		}
		changed, say := p.Take(msg)
		if changed {
			return tea.Batch(say, p.changed())
		}
		return say
	case tea.MouseClickMsg:
		_, _, _ = p.Click(m, p.drawing(), p.h)
	case kit.Changed:
		if m.Touches("account", p.id) && p.area.Len() > 0 && !p.adding.Busy {
			return p.changed() // somebody may have added the same key
		}
	}
	return nil
}

func (p *keysPage) Actions() []kit.Action {
	take := keysTake0
	if keys, _ := p.good(); len(keys) > 0 {
		take = keysTake.With(len(keys))
	}
	return []kit.Action{{Key: "ctrl+s f2", Label: take, When: p.notYet, Do: p.add},
		{Key: "esc", Label: keysOut, Do: func() tea.Cmd { return p.env.Send(kit.Back{Page: p}) }}}
}

func (p *keysPage) notYet() i18n.Phrase {
	if keys, _ := p.good(); len(keys) == 0 {
		return keysNone
	}
	return i18n.Phrase{}
}

// add takes the keys that may be taken, one after the other.
func (p *keysPage) add() tea.Cmd {
	var keys []data.Key
	keys, p.bad = p.good()
	return p.adding.Start(p.env.Ctx, func(ctx context.Context) (n int, err error) {
		for _, k := range keys {
			if _, err := p.deps.AddKey(ctx, p.id, k); err != nil {
				return n, err
			}
			n++
		}
		return n, nil
	})
}

func (p *keysPage) added() tea.Cmd {
	if p.adding.Err != nil {
		return tea.Batch(p.env.Note(notDone.With(i18n.Typed(p.env.Lang.Error(p.adding.Err)))), p.changed())
	}
	said := keysTook.With(p.adding.Value)
	switch {
	case p.bad > 0:
		said = keysSome.With(p.adding.Value, p.bad)
	case p.adding.Value == 1:
		said = keyTook
	}
	p.area.SetValue("")
	return p.env.Send(kit.Back{Page: p, Said: said})
}

func (p *keysPage) drawing() *kit.Drawing {
	d := p.Draw(p.w, 2)
	d.Row("  " + d.Say(keysHow))
	d.Text(kit.Place{Field: inKeys}, 2)
	for len(d.Lines) < p.areaRows()+1 {
		d.Row("")
	}
	d.Row(kit.Head(d.Say(keysJudge), p.sum(), p.w))
	said := p.judged(p.w-4, p.h-len(d.Lines))
	if len(said) == 0 {
		said = kit.Wrap(d.Say(keysEmpty), p.w-4)
	}
	for _, line := range said {
		d.Row("  " + line)
	}
	return d
}

// sum is how many lines are good and how many not.
func (p *keysPage) sum() string {
	keys, bad := p.good()
	if len(keys)+bad == 0 {
		return ""
	}
	return fmt.Sprintf("✓ %d  ! %d", len(keys), bad)
}

func (p *keysPage) View() kit.Frame {
	rows, cursor := p.drawing().Rows(p.h)
	scope := ""
	if c := p.card.Value; c.ID != 0 {
		scope = " " + p.env.Look.Bold(kit.Show(p.env.Lang.Name(c.Name, ""))) + "  " + kit.Show(c.Username)
	}
	return kit.Frame{Scope: scope, Body: kit.Block(rows, p.w, p.h), Status: " " + p.env.Look.Muted(p.env.Say(onlyPublic)), Cursor: cursor}
}
