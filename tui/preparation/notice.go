package preparation

import (
	"context"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	hText    = i18n.T("What the families are told", "给家长的通知")
	inZh     = i18n.T("in Chinese  v English", "中文  v 看英文")
	inEn     = i18n.T("in English  v Chinese", "英文  v 看中文")
	proposed = i18n.T("not written yet: this is made of the meeting", "还没写过: 这是按会议排的")
	staleTxt = i18n.T("! The text does not say %s: the meeting was changed since. n composes it anew", "! 通知里没有「%s」: 写好后会议改过。n 重新排")
	moreRows = i18n.T("%d more rows: e shows all", "还有 %d 行: e 看全文")
	lateWhy  = i18n.T("told late because: %s", "晚通知的原因: %s")

	aSend    = i18n.T("notice", "发通知")
	aText    = i18n.T("edit", "改文字")
	aAnew    = i18n.T("anew", "重新排")
	aOther   = i18n.T("language", "中文/英文")
	aTakeBck = i18n.T("take back", "收回")
	sendWhy  = i18n.T("Marks the families as told and copies the text for the parents' group", "记为已通知, 并把全文复制给家长群")
	anewWhy  = i18n.T("Makes the text of the meeting as it stands now; nothing is stored before ctrl+s", "按现在的会议重排文字; ctrl+s 才存")
	backWhy  = i18n.T("Back to being prepared: for a notice that was marked by mistake", "退回准备中: 误记了通知时用")
	qBack    = i18n.T("Take the notice back?", "收回通知?")
	qBackA   = i18n.T("The meeting is being prepared again. What stands in the parents' group you delete there.", "会议退回准备中。家长群里的那条要你自己去撤。")
	didBack  = i18n.T("Taken back: the families count as not told", "已收回, 算没通知")
)

// texts are the notice as it is stored, or as the meeting would have it.
func (p *page) texts() (zh, en string, own bool) {
	v := p.view.Value
	if v.NoticeZh != "" || v.NoticeEn != "" || !v.MayRun {
		return v.NoticeZh, v.NoticeEn, true
	}
	zh, en = compose(v.Meeting, p.staff.Value)
	return zh, en, false
}

// noticeText is the body of the fourth tab.
func (p *page) noticeText(area kit.Rect) []string {
	env, v := p.env, p.view.Value
	zh, en, own := p.texts()
	text, note, lang := zh, inZh, i18n.Chinese
	if p.english {
		text, note, lang = en, inEn, i18n.English
	}
	out := []string{" " + p.paint(period(env, v))}
	if v.ShortWhy != "" {
		out = append(out, " "+env.Say(lateWhy, kit.Show(v.ShortWhy)))
	}
	out = append(out, kit.Head(env.Say(hText), env.Say(note), area.W))
	if !own {
		out = append(out, " "+env.Look.Muted(env.Say(proposed)))
	} else if lacks := stale(lang, v.Meeting, text); lacks != "" && preparing(v.Meeting) {
		out = append(out, " "+env.Look.Danger(kit.Cut(env.Say(staleTxt, lacks), area.W-1)))
	}
	lines := kit.Wrap(text, min(area.W-2, 78))
	if room := area.H - len(out); len(lines) > room && room > 0 {
		rest := len(lines) - room + 1
		lines = append(lines[:room-1:room-1], env.Look.Muted(env.Say(moreRows, rest)))
	}
	for _, line := range lines {
		out = append(out, " "+line)
	}
	return out
}

// noticeKeys are the keys of the fourth tab.
func (p *page) noticeKeys() []kit.Action {
	never := !p.runs()
	out := []kit.Action{p.sendKey(),
		{Key: "e enter", Label: aText, Never: never, When: p.notPreparing, Do: func() tea.Cmd { return p.openNotice("") }},
		{Key: "y", Label: aCopy, Do: func() tea.Cmd {
			zh, en, _ := p.texts()
			if p.english {
				zh = en
			}
			return p.env.CopyText(zh, didCopy)
		}},
		{Key: "v", Label: aOther, Do: func() tea.Cmd { p.english = !p.english; return nil }},
		{Key: "n", Label: aAnew, Help: anewWhy, Never: never, When: p.notPreparing, Do: func() tea.Cmd { return p.openNotice(anew) }}}
	if p.view.Value.State == data.MeetingNotified {
		out = append(out, kit.Action{Key: "d", Label: aTakeBck, Help: backWhy, Never: never, Do: p.takeBack})
	}
	return out
}

// sendKey sends the notice, from every tab.
func (p *page) sendKey() kit.Action {
	return kit.Action{Key: "m", Label: aSend, Help: sendWhy, Never: !p.runs(), When: p.notPreparing, Do: func() tea.Cmd { return p.openNotice(sending) }}
}

func (p *page) openNotice(how string) tea.Cmd {
	return p.env.Send(kit.Open{Screen: "notice", ID: p.id, Text: how})
}

// takeBack asks before the families count as not told.
func (p *page) takeBack() tea.Cmd {
	m := p.view.Value.Meeting
	return kit.Ask(p.env, kit.Question{Title: qBack, Text: []i18n.Phrase{qBackA}, Act: aTakeBck, Do: func() tea.Cmd {
		return p.one(didBack, func(ctx context.Context) error {
			_, err := p.deps.Step(ctx, p.id, m.Rev, data.MeetingDraft, "")
			return err
		}, nil)
	}})
}

// How the form of the notice is opened: to be sent, or with a text made anew.
const (
	sending = "send"
	anew    = "new"
)

// A notice is the text for the families being written and, where it is sent, the
// day and why it is late.
type notice struct {
	Meeting, Rev int64
	Title        string
	Zh, En       string
	On           data.Date // zero: today
	Why          string
	By           data.Date // the last day of the school's rule
	Line         string    // when it goes out, in words
}

// Tidy returns the notice as it should be stored.
func (n notice) Tidy() notice {
	n.Zh, n.En, n.Why = strings.TrimSpace(data.Block(n.Zh)), strings.TrimSpace(data.Block(n.En)), data.Name(n.Why)
	return n
}

var (
	noticeTitle = i18n.T("Meetings > notice", "会议 > 通知")
	sendTitle   = i18n.T("Meetings > send the notice", "会议 > 发通知")
	noticeAbout = i18n.T("What are the families told, and since when do they know?", "告诉家长什么, 哪天告诉的?")
	onField     = i18n.T("Sent on", "发出日期")
	whyField    = i18n.T("Why late", "晚发原因")
	zhField     = i18n.T("In Chinese", "中文")
	enField     = i18n.T("In English (may stay empty)", "英文 (可以空着)")
	whyNeeded   = i18n.T("! past the notice period: needed", "! 过了通知期: 必填")
	whySpare    = i18n.T("only if it goes out after %s", "%s 以后发才要写")
	aSendIt     = i18n.T("mark as told", "发出")
	thisNotice  = i18n.T("this notice", "这份通知")
	leftNotice  = i18n.T("The draft is kept: m or e goes on, and Today lists it", "草稿已留: m 或 e 接着写, 今日里也有")
	didSend     = i18n.T("Noted: told %s. The text is on the clipboard: paste it into the parents' group (y copies it again)", "已记: %s 通知。全文在剪贴板, 贴到家长群 (y 再复制)")
	didKeep     = i18n.T("Notice saved: m sends it", "通知已存: m 发出")
	ctrlSends   = i18n.T("ctrl+s marks the families as told and copies the text; you paste it into the parents' group", "ctrl+s 记为已通知并复制全文; 由你贴到家长群")
)

// The two texts, named as data's rules name them.
const (
	inChinese = "notice_zh"
	inEnglish = "notice_en"
)

type noticeForm struct {
	kit.Sheet[notice]
	sends bool
	top   bool // the texts show their beginning
}

// Layout gives the two texts the rows that the other fields leave.
func (p *noticeForm) Layout(w, h int) {
	p.Sheet.Layout(w, h)
	rest := h - len(p.Entries)
	for name, rows := range map[string]int{inChinese: rest - rest*7/15, inEnglish: rest * 7 / 15} {
		if text, ok := p.In(kit.Place{Field: name}).(*kit.Area); ok {
			text.Layout(min(w, letterWidth)-2, rows)
		}
	}
}

// letterWidth is the columns of a letter: longer lines are hard to read.
const letterWidth = 84

// Update shows the texts from their beginning once they are there: they are read
// before anything is changed.
func (p *noticeForm) Update(msg tea.Msg) tea.Cmd {
	cmd := p.Sheet.Update(msg)
	if p.Known && !p.top {
		p.top = true
		for _, name := range []string{inChinese, inEnglish} {
			if text, ok := p.In(kit.Place{Field: name}).(*kit.Area); ok && !(p.Edited && text.Focused()) {
				text.SetPosition(0)
			}
		}
	}
	return cmd
}

// NewNotice returns the form of the notice of the meeting o.ID. With Text "send"
// saving it marks the families as told; with "new" the text is made of the meeting
// anew. Draft is one to go on writing.
func NewNotice(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &noticeForm{sends: o.Text == sending}
	of, act := data.Ref{Kind: "meeting", ID: o.ID}, i18n.Phrase{}
	if p.sends {
		act = aSendIt
	}
	p.Sheet = kit.NewSheet(env, p, o, kit.Record[notice]{
		Kind: "notice", Object: of, On: of, What: thisNotice, Left: leftNotice, Act: act, Draft: deps.Draft, Check: p.check(env), Done: p.done(env),
		Stored: func(ctx context.Context) (notice, error) { return storedNotice(ctx, deps, o.ID, o.Text == anew) },
		Save: func(ctx context.Context, n notice) (notice, error) {
			if p.sends {
				_, err := deps.Tell(ctx, n.Meeting, n.Rev, data.Telling{Zh: n.Zh, En: n.En, On: n.On, Why: n.Why})
				return n, err
			}
			_, err := deps.Keep(ctx, n.Meeting, n.Rev, n.Zh, n.En)
			return n, err
		},
	}, p.entries(env)...)
	p.Whose = func(n notice) string {
		if p.sends {
			return env.Look.Bold(kit.Show(n.Title)) + "  " + env.Look.Muted(env.Say(ctrlSends))
		}
		return env.Look.Bold(kit.Show(n.Title))
	}
	p.Sheet.About = func(n notice) data.Draft { return data.Draft{Preview: n.Title, Base: n.Rev} }
	return p
}

// storedNotice is the notice as it is stored, or made of the meeting.
func storedNotice(ctx context.Context, deps Deps, meeting int64, again bool) (notice, error) {
	v, err := deps.Meeting(ctx, meeting)
	if err == nil && !v.MayRun {
		err = data.ErrForbidden
	}
	if err != nil {
		return notice{}, err
	}
	n := notice{Meeting: meeting, Rev: v.Rev, Title: v.Title, Zh: v.NoticeZh, En: v.NoticeEn, Why: v.ShortWhy, By: v.NoticeBy}
	if again || n.Zh == "" && n.En == "" {
		staff, err := deps.People(ctx, v.Class)
		if err != nil {
			return notice{}, err
		}
		n.Zh, n.En = compose(v.Meeting, staff)
	}
	return n, nil
}

// entries are the fields: the day and the reason only where it is sent.
func (p *noticeForm) entries(env *kit.Env) []kit.Entry[notice] {
	zh := kit.Text(inChinese, zhField, 4000, 8, func(n *notice) *string { return &n.Zh })
	en := kit.Text(inEnglish, enField, 4000, 6, func(n *notice) *string { return &n.En })
	if !p.sends {
		return []kit.Entry[notice]{zh, en}
	}
	on := kit.Typed("date", onField, 12, func(s string) (data.Date, error) { return data.ParsePast(s, env.Now.Today()) },
		func(l i18n.Lang, d data.Date) string { return dayWord(l, d, env.Now.Today()) }, func(n *notice) *data.Date { return &n.On }).
		With(func() string { return p.period(env) })
	why := kit.Short("reason", whyField, 200, func(n *notice) *string { return &n.Why }).With(func() string { return p.needed(env) })
	return []kit.Entry[notice]{on, why, zh, en}
}

var todayWord = i18n.T("today", "今天")

// dayWord is a day the way ParsePast reads it: the zero Date is today.
func dayWord(l i18n.Lang, d, today data.Date) string {
	if d.IsZero() || d == today {
		return l.Say(todayWord)
	}
	return l.Date(d, today)
}

// period is how long the notice may wait, beside the day.
func (p *noticeForm) period(env *kit.Env) string {
	n := p.Base
	if n.Meeting == 0 {
		return ""
	}
	return period(env, data.MeetingView{Meeting: data.Meeting{ID: n.Meeting}, NoticeBy: n.By, NoticeSure: true}).Text
}

func (p *noticeForm) needed(env *kit.Env) string {
	switch n := p.Base; {
	case n.Meeting == 0:
		return ""
	case n.By.Before(env.Now.Today()):
		return env.Say(whyNeeded)
	default:
		return env.Say(whySpare, env.Lang.Date(n.By, env.Now.Today()))
	}
}

// check reports what is wrong before the store is asked.
func (p *noticeForm) check(env *kit.Env) func(notice) error {
	return func(n notice) error {
		if !p.sends {
			return nil
		}
		on := n.On
		if on.IsZero() {
			on = env.Now.Today()
		}
		switch {
		case n.Zh == "":
			return &data.Invalid{Field: inChinese, Why: data.WhyEmpty}
		case n.By.Before(on) && n.Why == "":
			return &data.Invalid{Field: "reason", Why: data.WhyEmpty}
		}
		return nil
	}
}

// done goes back, with the text on the clipboard where it goes out.
func (p *noticeForm) done(env *kit.Env) func(notice) tea.Cmd {
	return func(n notice) tea.Cmd {
		if !p.sends {
			return env.Send(kit.Back{Page: p, Said: p.SavedWords(didKeep)})
		}
		on := didSend.With(i18n.Typed(dayWord(env.Lang, n.On, env.Now.Today())))
		return tea.Batch(env.CopyText(n.Zh, on), env.Send(kit.Back{Page: p, Said: p.SavedWords(on)}))
	}
}

// Title is where one is.
func (p *noticeForm) Title() i18n.Phrase {
	if p.sends {
		return sendTitle
	}
	return noticeTitle
}

// About is what the form asks.
func (*noticeForm) About() i18n.Phrase { return noticeAbout }
