package minutes

import (
	"fmt"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	headMade    = i18n.T(" Minutes v%d (composed %s)", " 纪要 第 %d 稿 (自动生成 %s)")
	headEdited  = i18n.T(" Minutes v%d (%s %s, changes %s)", " 纪要 第 %d 稿 (%s %s 改, 共 %s 处)")
	headIssued  = i18n.T(" Issued %s  hash %s  %s", " 已发布 %s  校验 %s  %s")
	hasMended   = i18n.T("  %d corrections", "  更正 %d")
	mendedOnce  = i18n.T("  1 correction", "  更正 1")
	pathDraft   = i18n.T("draft", "草稿")
	pathSign    = i18n.T("sign", "签")
	pathIssue   = i18n.T("issue", "发布")
	pathGiven   = i18n.T("given out %s ", "已分发 %s ")
	pathOnly    = i18n.T("given-out form ", "分发版 ")
	hashGood    = i18n.T("✓ it is what was issued", "✓ 校验相符")
	hashBad     = i18n.T("! NOT what was issued", "! 校验不符")
	signedWord  = i18n.T("Signed: %s ✓ %s", "签字: %s ✓ %s")
	unsigned    = i18n.T("Signature: %s -", "签字: %s -")
	fellAway    = i18n.T("! %s signed v%d, which was changed since: it does not hold", "! %s 签的是第 %d 稿, 之后改过: 不作数, 要重签")
	span        = i18n.T(" lines %s-%s / %s", " 第 %s-%s 行 / %s")
	hiddenLines = i18n.T("not for you: %d", "%d 行你看不到")
	notGiven    = i18n.T("not given out: %d", "受限内容 %d 行, 不进入分发版")
	formGiven   = i18n.T("the form given out, %d left out  v whole text", "分发版, 略去 %d 行  v 回完整版")
	afterIssue  = i18n.T(" After issue only corrections. Issuing computes a hash and is logged", " 发布后不能改, 只能发更正; 发布会算出校验码并记入日志")
	sealedText  = i18n.T(" Issued %s by %s: read only  n correction  y copies the hash", " %s 由 %s 发布: 只读  n 更正  y 复制校验码")
)

// Layout gives the text the body; from 120 columns on what is known of the chosen
// line stands at the right.
func (p *page) Layout(w, h int) {
	p.w, p.h = w, h
	body := kit.Rect{Y: 1, W: w, H: max(h-1, 1)}
	p.right = kit.Rect{}
	if w >= 120 && p.part <= partChanges {
		list, right := kit.Split(w, body.H)
		body.W = list.W
		p.right = kit.Rect{X: right.X, Y: 1, W: right.W, H: body.H}
	}
	room := body
	room.H = max(body.H-2, 1) // what is seen of how much, and the signature
	p.text.place(room)
	p.changes.Place(p.changeList(body))
	p.absent.Place(p.absentList(body))
	p.beside()
}

// View draws the part that is shown.
func (p *page) View() kit.Frame {
	f := &p.facts.Value
	switch {
	case !p.known && p.facts.Err != nil:
		return kit.Frame{Body: kit.Block([]string{"", " " + p.env.Look.Danger("! "+p.env.Lang.Error(p.facts.Err))}, p.w, p.h)}
	case !p.known:
		return kit.Frame{Body: kit.Block(nil, p.w, p.h)}
	case f.minutes.ID == 0:
		return kit.Frame{Scope: " " + kit.Cut(f.view.Title, p.w-1), Body: kit.Block(p.none(), p.w, p.h)}
	}
	rows := []string{p.tabs().Line(p.env, "", p.w)}
	switch p.part {
	case partText:
		rows = append(rows, p.textRows()...)
	case partChanges:
		rows = append(rows, p.changeRows()...)
	case partSigning:
		rows = append(rows, p.signRows()...)
	case partAfter:
		rows = append(rows, p.afterRows()...)
	}
	body := kit.Block(rows, p.w, p.h)
	if p.right.X > 0 {
		left := kit.Rect{W: p.right.X - 3, H: p.h - 1}
		body = kit.Pad(rows[0], p.w) + "\n" + kit.Panes(rows[1:], p.detail, left, kit.Rect{X: p.right.X, W: p.right.W, H: p.h - 1})
	}
	return kit.Frame{Scope: p.head(), Body: body, Status: p.status()}
}

func (p *page) tabs() kit.Tabs {
	m, v := &p.facts.Value.minutes, &p.facts.Value.view
	notes := []string{"", "", "0/1", ""}
	if n := m.Changed(); n > 0 {
		notes[partChanges] = p.env.Lang.Number(n)
	}
	if signature(*m) != nil {
		notes[partSigning] = "1/1"
	}
	if n := len(v.CloseWaits); n > 0 {
		notes[partAfter] = fmt.Sprint(n)
	}
	return kit.Tabs{Names: []i18n.Phrase{tabText, tabChanges, tabSigning, tabAfter}, At: p.part, Notes: notes}
}

// signature is the signature that holds; nil if there is none.
func signature(m data.Minutes) *data.Signature {
	for i := range m.Signed {
		if s := &m.Signed[i]; s.Holds {
			return s
		}
	}
	return nil
}

// fallen is the newest signature, if none holds any more.
func fallen(m data.Minutes) *data.Signature {
	if n := len(m.Signed); n > 0 && signature(m) == nil && !m.State.Sealed() {
		return &m.Signed[n-1]
	}
	return nil
}

// head is row 2: which version this is, whose, and how far the minutes are.
func (p *page) head() string {
	env, m := p.env, &p.facts.Value.minutes
	if m.State.Sealed() {
		said := env.Look.OK(env.Say(hashGood))
		if !m.Intact {
			said = env.Look.Danger(env.Say(hashBad))
		}
		right := ""
		if !m.GivenOutAt.IsZero() {
			right = env.Say(pathGiven, env.Lang.Moment(m.GivenOutAt, env.Now()))
		}
		if p.givenOut && p.part == partText {
			right = env.Look.Warn(env.Say(pathOnly))
		}
		left := env.Say(headIssued, m.Number, shortHash(m.Hash), said)
		switch n := len(m.Corrections); n {
		case 0:
		case 1:
			left += env.Say(mendedOnce)
		default:
			left += env.Say(hasMended, n)
		}
		return kit.Ends(left, right, p.w)
	}
	left := env.Say(headMade, m.Version, env.Lang.Moment(m.At, env.Now()))
	if len(m.Changes) > 0 {
		left = env.Say(headEdited, m.Version, env.Lang.Moment(m.At, env.Now()), kit.Show(env.Lang.Name(m.By, "")), env.Lang.Number(m.Changed()))
	}
	at := map[data.MinutesState]int{data.MinutesDraft: 0, data.MinutesToSign: 1, data.MinutesSigned: 2}[m.State]
	var path []string
	for i, word := range []i18n.Phrase{pathDraft, pathSign, pathIssue} {
		s := env.Say(word)
		if i == at {
			s = env.Look.Accent("[" + s + "]")
		}
		path = append(path, s)
	}
	right := strings.Join(path, " > ") + " "
	if p.givenOut && p.part == partText {
		right = env.Look.Warn(env.Say(pathOnly)) + " " + right
	}
	return kit.Ends(left, right, p.w)
}

// shortHash is the beginning of a hash, as people compare it.
func shortHash(h string) string {
	if len(h) < 8 {
		return h
	}
	return h[:4] + " " + h[4:8]
}

func (p *page) textRows() []string {
	env, t, m := p.env, &p.text, &p.facts.Value.minutes
	out := t.view()
	for len(out) < t.h {
		out = append(out, "")
	}
	line := env.Say(span, env.Lang.Number(t.top+1), env.Lang.Number(t.last()+1), env.Lang.Number(len(t.lines)))
	switch {
	case p.givenOut:
		line += "  " + env.Say(formGiven, m.GivenOut)
	case m.GivenOut > 0:
		line += "  " + env.Say(notGiven, m.GivenOut)
	}
	if m.Hidden > 0 && !p.givenOut {
		line += "  " + env.Say(hiddenLines, m.Hidden)
	}
	return append(out, env.Look.Muted(kit.Clip(line, t.w)), kit.Head(p.signedLine(), "", t.w))
}

// signedLine says who signed, or is to.
func (p *page) signedLine() string {
	env, m := p.env, &p.facts.Value.minutes
	switch s, was := signature(*m), fallen(*m); {
	case s != nil:
		return kit.Show(env.Say(signedWord, env.Lang.Name(s.Name, ""), env.Lang.Moment(s.At, env.Now())))
	case was != nil:
		return env.Look.Danger(kit.Show(env.Say(fellAway, env.Lang.Name(was.Name, ""), was.Version)))
	}
	return kit.Show(env.Say(unsigned, env.Lang.Name(m.Meeting.ChairName, "")))
}

// whereIs is which other part of the meeting somebody has before them.
func whereIs(env *kit.Env) func(part string) string {
	return func(part string) string {
		switch part {
		case here:
			return ""
		case string(data.FrontRoom):
			return env.Say(i18n.Screen(part))
		}
		return env.Say(i18n.Screen(string(data.FrontPreparation)))
	}
}

// status is row 22: who else is here, else what is to be known.
func (p *page) status() string {
	env, m := p.env, &p.facts.Value.minutes
	if others := kit.OthersLine(env, p.on(), whereIs(env)); others != "" {
		return " " + others
	}
	if m.State.Sealed() {
		return env.Say(sealedText, env.Lang.Moment(m.IssuedAt, env.Now()), kit.Show(env.Lang.Name(m.IssuedBy, "")))
	}
	return env.Say(afterIssue)
}

// beside makes what stands at the right of a wide window.
func (p *page) beside() {
	p.detail = nil
	if p.right.X == 0 {
		return
	}
	switch p.part {
	case partText:
		p.detail = p.lineDetail(p.right.W, p.right.H)
	case partChanges:
		p.detail = p.changeDetail(p.right.W)
	}
}
