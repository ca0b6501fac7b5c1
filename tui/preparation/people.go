package preparation

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
	hSeat     = i18n.T("No", "学号")
	hChildren = i18n.T("Child", "学生")
	hCall     = i18n.T("Whom to call", "联系人")
	hReply    = i18n.T("Reply", "回执")
	hWhy      = i18n.T("Reason", "原因")
	noFamily  = i18n.T("No family is invited. i invites those whom the class has now", "还没有参会家庭。按 i 请本班现在的各家")
	noneHere  = i18n.T("None here: %s. f goes on", "没有「%s」的。f 换一种")
	nameAnd   = i18n.T(", ", "、")
	leftClass = i18n.T("left the class", "已不在本班")
	filtered  = i18n.T("filter: %s", "筛选: %s")
	changedF  = i18n.T("! The class's families have changed: %d to invite, %d gone. %si brings the list up to date", "! 班里的家庭变了: 该加 %d 家, 该去 %d 家。按 %si 更新名单")

	aTyped     = i18n.T("replies", "记回执")
	aComes     = i18n.T("coming", "参加")
	aExcused   = i18n.T("excused", "请假")
	aRead      = i18n.T("read", "已读")
	aInvite    = i18n.T("update list", "更新名单")
	aFilter    = i18n.T("filter", "筛选")
	aMark      = i18n.T("mark", "选")
	aAll       = i18n.T("mark all", "全选")
	aNoReply   = i18n.T("no answer", "没回")
	aContact   = i18n.T("contact", "记联系")
	aCard      = i18n.T("family card", "家庭卡")
	aRemind    = i18n.T("remind", "催回执")
	typedWhy   = i18n.T("Type or paste who answered: numbers, names, lines of a chat; shows whom it found first", "打或粘贴谁回了: 学号、姓名、群里的几行; 先看认出谁")
	comesWhy   = i18n.T("The marked families come, or the chosen one", "选中的几家 (或这家) 参加")
	excusedWhy = i18n.T("The marked families do not come, or the chosen one; asks why", "选中的几家 (或这家) 请假, 问原因")
	readWhy    = i18n.T("The marked families have read the notice, or the chosen one", "选中的几家 (或这家) 已读")
	noReplyWhy = i18n.T("Takes the reply back; asks first", "去掉回执, 先问")
	inviteWhy  = i18n.T("Invites those whom the class has now; shows who comes and who goes first", "请本班现在的各家; 先看加谁去谁")
	remindWhy  = i18n.T("A word to those who have not answered, with their names, for the parents' group", "给没回的家长一段话, 带名单, 贴到家长群")
	whyExcused = i18n.T("Why", "请假原因")
	whyIs      = i18n.T("Why not: %s", "原因: %s")
	mayBeEmpty = i18n.T("may stay empty", "可以不写")
	noneChosen = i18n.T("Nothing is chosen", "没有选中哪家")
	didReply   = i18n.T("%s: %s", "%s: %s")
	didReplies = i18n.T("%d families: %s", "%d 家: %s")
	qUnanswer  = i18n.T("Take the reply back?", "去掉回执?")
	qUnansA    = i18n.T("%d families have not answered then.", "%d 家就算没回。")
	qInvite    = i18n.T("Bring the list of families up to date?", "更新参会家庭?")
	qInviteNew = i18n.T("%d to be invited: %s", "要加 %d 家: %s")
	qInviteOff = i18n.T("%d no longer: %s", "要去掉 %d 家: %s")
	didInvite  = i18n.T("The list is up to date: %d more, %d gone", "名单已更新: 加了 %d 家, 去掉 %d 家")
	notTold    = i18n.T("The families were not told yet: m sends the notice", "还没通知家长: m 发通知")
	allSaid    = i18n.T("Every family has answered", "各家都回了")
)

func inviteeID(i data.Invitee) int64 { return i.ID }

// children names the children of a household that are in the class.
func children(env *kit.Env, i data.Invitee) string {
	var names []string
	for _, s := range i.Students {
		names = append(names, env.Lang.Name(s.Name, s.Reading))
	}
	return strings.Join(names, env.Say(nameAnd))
}

func seats(i data.Invitee) string {
	var out []string
	for _, s := range i.Students {
		out = append(out, s.Seat())
	}
	return strings.Join(out, " ")
}

// A filter of the families: those whose reply it keeps.
type filter struct {
	name i18n.Phrase
	keep func(data.Invitee) bool
}

var filters = []filter{
	{i18n.T("all", "全部"), func(data.Invitee) bool { return true }},
	{i18n.T("no answer", "没回"), func(i data.Invitee) bool { return i.Reply != data.WillCome && i.Reply != data.WillNot }},
	{i18n.T("coming", "参加"), func(i data.Invitee) bool { return i.Reply == data.WillCome }},
	{i18n.T("excused", "请假"), func(i data.Invitee) bool { return i.Reply == data.WillNot }},
	{i18n.T("not read", "没读"), func(i data.Invitee) bool { return i.Reply == data.NoReply }},
}

// families are those that the filter leaves.
func (p *page) families() (out []data.Invitee) {
	for _, i := range p.view.Value.Invitees {
		if filters[p.filter].keep(i) || p.held[i.ID] {
			out = append(out, i)
		}
	}
	return out
}

func (p *page) setPeople() {
	env, r := p.env, &p.rows[onPeople]
	r.cols = p.familyCols()
	var ids []int64
	var cells [][]any
	for _, i := range p.families() {
		ids = append(ids, i.ID)
		mark := ""
		if p.marked[i.ID] {
			mark = "x"
		}
		why := kit.In(theme.Plain, i.ReplyWhy)
		if slices.Contains(p.view.Value.FamiliesGone, i.ID) {
			why = kit.In(theme.Warn, env.Say(leftClass))
		}
		cells = append(cells, []any{mark, seats(i), children(env, i), caller(env, i), reply(env, i), why})
	}
	r.set(ids, cells)
}

// familyCols gives names the columns that they take, for they are not cut where
// there is room, and the reason what is left.
func (p *page) familyCols() []kit.Col {
	env := p.env
	seat, answer, child, call := 5, 0, kit.Width(env.Say(hChildren)), kit.Width(env.Say(hCall))
	for _, one := range data.Replies {
		answer = max(answer, 2+kit.Width(env.Lang.Reply(one)))
	}
	for _, i := range p.view.Value.Invitees {
		seat = max(seat, min(kit.Width(seats(i)), 8)) // three at once are rare
		child, call = max(child, kit.Width(children(env, i))), max(call, kit.Width(caller(env, i)))
	}
	list, _ := p.areas()
	if room := list.W - 2 - (1 + seat + answer + 4*2); child+call > room {
		child = min(child, room*2/5)
		call = room - child
	}
	return []kit.Col{{Width: 1}, {Head: hSeat, Width: seat}, {Head: hChildren, Width: child}, {Head: hCall, Width: call},
		{Head: hReply, Width: answer}, {Head: hWhy, Width: 6, Grow: 1, Rank: 1}}
}

// caller is whom one calls of a family.
func caller(env *kit.Env, i data.Invitee) string {
	if i.Guardian.Name == "" {
		return ""
	}
	return env.Lang.Guardian(i.Guardian) + " " + env.Lang.Name(i.Guardian.Name, "")
}

// reply is what a family said, with its mark.
func reply(env *kit.Env, i data.Invitee) kit.Cell {
	word := env.Lang.Reply(i.Reply)
	switch i.Reply {
	case data.WillCome:
		return kit.In(theme.OK, "✓ "+word)
	case data.WillNot:
		return kit.In(theme.Plain, ". "+word)
	case data.ReadNotice:
		return kit.In(theme.Plain, "~ "+word)
	}
	return kit.In(theme.Muted, "- "+word)
}

func (p *page) family() (data.Invitee, bool) {
	return chosenIn(p.view.Value.Invitees, inviteeID, &p.rows[onPeople].list)
}

// peopleKeys are the keys of the third tab.
func (p *page) peopleKeys() []kit.Action {
	never := !p.runs()
	tick := func(key string, label, help i18n.Phrase, r data.Reply) kit.Action {
		return kit.Action{Key: key, Label: label, Help: help, Never: never, When: p.noFamily, Do: func() tea.Cmd { return p.tick(r) }}
	}
	out := []kit.Action{
		{Key: "n", Label: aTyped, Help: typedWhy, Never: never, When: p.notPreparing, Do: func() tea.Cmd { return p.env.Send(kit.Open{Screen: "replies", ID: p.id}) }},
		tick("x", aComes, comesWhy, data.WillCome),
		{Key: "-", Label: aExcused, Help: excusedWhy, Never: never, When: p.noFamily, Do: p.excuse},
		tick("+", aRead, readWhy, data.ReadNotice),
	}
	if p.view.Value.FamiliesChanged {
		out = append([]kit.Action{{Key: "i", Label: aInvite, Help: inviteWhy, Never: never, When: p.notPreparing, Do: p.invite}}, out...)
	}
	return append(out,
		kit.Action{Key: "f", Label: aFilter, Do: func() tea.Cmd { p.filter = (p.filter + 1) % len(filters); p.held = nil; p.arrange(); return nil }},
		kit.Action{Key: "space", Label: aMark, Never: never, When: p.noFamily, Do: p.mark},
		kit.Action{Key: "a", Label: aAll, Rare: true, Never: never, When: p.noFamily, Do: p.markAll},
		kit.Action{Key: "d", Label: aNoReply, Help: noReplyWhy, Rare: true, Never: never, When: p.noFamily, Do: p.unanswer},
		kit.Action{Key: "c", Label: aContact, Rare: true, When: p.noChild, Do: p.contact},
		kit.Action{Key: "enter o", Label: aCard, Rare: true, When: p.noChild, Do: p.card})
}

func (p *page) noFamily() i18n.Phrase {
	if _, ok := p.family(); !ok {
		return noneChosen
	}
	return p.notPreparing()
}

func (p *page) noChild() i18n.Phrase {
	if i, ok := p.family(); !ok || len(i.Students) == 0 {
		return noneChosen
	}
	return i18n.Phrase{}
}

func (p *page) card() tea.Cmd {
	i, _ := p.family()
	return p.env.Send(kit.Open{Screen: "family", ID: i.Students[0].ID})
}

func (p *page) contact() tea.Cmd {
	i, _ := p.family()
	return p.env.Send(kit.Open{Screen: "contact", ID: i.Students[0].ID, Guardian: i.Guardian.Person})
}

func (p *page) mark() tea.Cmd {
	i, _ := p.family()
	if p.marked == nil {
		p.marked = map[int64]bool{}
	}
	p.marked[i.ID] = !p.marked[i.ID]
	p.setPeople()
	p.rows[onPeople].list.To(p.rows[onPeople].list.At + 1)
	return nil
}

// markAll marks all that are shown, or none if all are marked.
func (p *page) markAll() tea.Cmd {
	all, on := p.families(), false
	for _, i := range all {
		on = on || !p.marked[i.ID]
	}
	p.marked = map[int64]bool{}
	for _, i := range all {
		p.marked[i.ID] = on
	}
	p.setPeople()
	return nil
}

// meant are the families that are marked, else the chosen one.
func (p *page) meant() (out []data.Invitee) {
	for _, i := range p.view.Value.Invitees {
		if p.marked[i.ID] {
			out = append(out, i)
		}
	}
	if one, ok := p.family(); len(out) == 0 && ok {
		out = append(out, one)
	}
	return out
}

// tick notes what the marked families said, or the chosen one, and goes on to the
// next.
func (p *page) tick(r data.Reply) tea.Cmd { return p.note(p.meant(), r, "") }

// hold keeps families in sight whose reply was noted here, whatever the filter.
func (p *page) hold(ids ...int64) {
	if p.held == nil {
		p.held = map[int64]bool{}
	}
	for _, id := range ids {
		p.held[id] = true
	}
}

// note notes a reply of some families.
func (p *page) note(of []data.Invitee, r data.Reply, why string) tea.Cmd {
	var marks, was []data.ReplyMark
	for _, i := range of {
		marks = append(marks, data.ReplyMark{Invitee: i.ID, Reply: r, Why: why})
		was = append(was, data.ReplyMark{Invitee: i.ID, Reply: i.Reply, Why: i.ReplyWhy})
		p.hold(i.ID)
	}
	said := didReplies.With(len(of), i18n.Typed(p.env.Lang.Reply(r)))
	if len(of) == 1 {
		said = didReply.With(i18n.Typed(kit.Show(children(p.env, of[0]))), i18n.Typed(p.env.Lang.Reply(r)))
	}
	if p.marked = nil; len(of) == 1 {
		p.rows[onPeople].list.To(p.rows[onPeople].list.At + 1)
	}
	p.setPeople()
	save := func(marks []data.ReplyMark) func(context.Context) error {
		return func(ctx context.Context) error { return p.deps.Replies(ctx, p.id, marks, data.Ref{}) }
	}
	return p.one(said, save(marks), save(was))
}

// excuse asks why a family does not come; it need not say.
func (p *page) excuse() tea.Cmd {
	of := p.meant()
	p.ask = kit.Asking{Label: whyExcused, Act: aExcused, Hint: mayBeEmpty, Most: 200, Done: func(why string) tea.Cmd { return p.note(of, data.WillNot, why) }}
	why := ""
	if len(of) == 1 {
		why = of[0].ReplyWhy
	}
	return p.ask.Begin(why)
}

// unanswer takes replies back, after a question.
func (p *page) unanswer() tea.Cmd {
	of := p.meant()
	return kit.Ask(p.env, kit.Question{Title: qUnanswer, Text: []i18n.Phrase{qUnansA.With(len(of))}, Act: aNoReply,
		Do: func() tea.Cmd { return p.note(of, data.NoReply, "") }})
}

// invite asks, with names, before those who are invited become those whom the
// class has now.
func (p *page) invite() tea.Cmd {
	v, env := p.view.Value, p.env
	var come, go_ []string
	for _, i := range v.FamiliesNew {
		come = append(come, homeOf(env, i))
	}
	for _, i := range v.Invitees {
		if slices.Contains(v.FamiliesGone, i.ID) {
			go_ = append(go_, homeOf(env, i))
		}
	}
	var text []i18n.Phrase
	if len(come) > 0 {
		text = append(text, qInviteNew.With(len(come), i18n.Typed(kit.Show(strings.Join(come, env.Say(nameAnd))))))
	}
	if len(go_) > 0 {
		text = append(text, qInviteOff.With(len(go_), i18n.Typed(kit.Show(strings.Join(go_, env.Say(nameAnd))))))
	}
	return kit.Ask(env, kit.Question{Title: qInvite, Text: text, Act: aInvite, Do: func() tea.Cmd {
		return p.one(didInvite.With(len(come), len(go_)), func(ctx context.Context) error { _, _, err := p.deps.Invite(ctx, p.id); return err }, nil)
	}})
}

// homeOf names a family: of parents who live apart also which of them.
func homeOf(env *kit.Env, i data.Invitee) string {
	name := children(env, i)
	if i.Person != 0 {
		name += " (" + caller(env, i) + ")"
	}
	return name
}

// remind composes a word to those who have not answered, copies it, and shows it.
func (p *page) remind() tea.Cmd {
	zh, en := reminder(p.view.Value)
	text := zh
	if p.english {
		text = en
	}
	return tea.Batch(p.env.Send(kit.Push{Page: newLetter(p.env, remindTitle, text)}), p.env.CopyText(text, didCopy))
}

func (p *page) nobodyToRemind() i18n.Phrase {
	v := p.view.Value
	switch {
	case v.Told.IsZero():
		return notTold
	case !slices.ContainsFunc(v.Invitees, filters[1].keep):
		return allSaid
	}
	return p.notPreparing()
}
