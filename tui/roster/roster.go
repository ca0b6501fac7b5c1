// Package roster is one class at a glance: who is in it, whom nobody has
// reached, which number to call.
package roster

import (
	"context"
	"slices"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

var (
	title   = i18n.T("Class %s", "班级 %s")
	bare    = i18n.T("Class", "班级")
	about   = i18n.T("Who is in my class, whom have I not reached, which number do I call?", "班里有谁, 哪家还没联系, 打哪个号码?")
	open    = i18n.T("family card", "家庭卡")
	record  = i18n.T("contact", "记联系")
	past    = i18n.T("history", "往来")
	copyIt  = i18n.T("copy number", "复制号码")
	tags    = i18n.T("tags", "标记")
	markIt  = i18n.T("mark", "选")
	markAll = i18n.T("mark all", "全选")
	others  = i18n.T("other class", "上/下个班")
	classes = i18n.T("all classes", "全部班级")

	recordWhy = i18n.T("Writes down a contact with the chosen family", "给选中的家庭记一次联系")
	pastWhy   = i18n.T("All contacts with the chosen family", "和选中家庭的全部往来")
	filterWhy = i18n.T("All, not reached this month, not visited, late promises, flagged", "全部、本月没联系、没家访、有逾期承诺、有标记")
	sortWhy   = i18n.T("Late first, number, name, longest without contact", "逾期在前、学号、姓名、最久没联系")
	tagsWhy   = i18n.T("Shows the tags for five minutes; this is logged", "显示标签 5 分钟, 会记入日志")
	markWhy   = i18n.T("Marks the chosen row; marked rows keep the order as it is", "选中这一行; 有选中的, 次序不变")
	allWhy    = i18n.T("Marks all rows shown, or none", "选中显示的全部, 再按都不选")
	undoWhy   = i18n.T("Takes the filter and the marks away", "去掉筛选和选中")
	othersWhy = i18n.T("The class before or after this one", "前一个班、后一个班")

	reading   = i18n.T(".. loading", ".. 读取中")
	noNumber  = i18n.T("No number to call", "没有可打的号码")
	nobody    = i18n.T("Nobody is chosen", "没有选中哪一家")
	onlyClass = i18n.T("There is no other class for you", "你只能看这一个班")
	noTeacher = i18n.T("! This class has no class teacher: ask the administrator", "! 这个班没有班主任: 找管理员")
)

// Deps is what the roster asks the desk.
type Deps struct {
	Roster  func(ctx context.Context, class int64) (data.Roster, error)
	Classes func(context.Context) ([]data.ClassLine, error)
	Tags    func(ctx context.Context, class int64) (map[int64][]data.Tag, error)
	Revoke  func(ctx context.Context, grant int64) error
}

// shown is how long tags stay on the screen once they were asked for.
const shown = 5 * time.Minute

type page struct {
	kit.Listing[data.Roster, data.RosterRow]
	deps Deps

	class   int64
	classes kit.Load[[]data.ClassLine]
	revoked kit.Save[bool]
	tags    kit.Load[map[int64][]data.Tag]
	until   time.Time // when the tags are masked again
	step    int       // [ or ] was pressed before the classes were known
	marked  map[int64]bool
}

// Home is the one class whose roster a person wants: their own, or the only one
// they teach. It is 0 for those with several or with the whole school.
func Home(me data.Account, now time.Time) int64 {
	if own := me.Own(now); len(own) == 1 {
		return own[0]
	}
	if all := me.Finds(now); !all.All && len(all.Classes) == 1 {
		return all.Classes[0]
	}
	return 0
}

// New returns the roster of the class with the ID of o.
func New(env *kit.Env, deps Deps, o kit.Open) kit.Page {
	p := &page{deps: deps, class: o.ID, marked: map[int64]bool{}}
	p.Listing = kit.NewListing(env, kit.ListOf[data.Roster, data.RosterRow]{
		Read: p.read(o.ID),
		Rows: func(r data.Roster) []data.RosterRow { return r.Rows }, ID: func(r data.RosterRow) int64 { return r.Student.ID },
		Touched: func(m kit.Changed) bool { return m.Touches("class", p.class) }, Theirs: p.differs,
		Cols: p.cols, Cells: p.cells, Detail: p.details, Open: p.card, Opens: open,
		Filters: p.filters(), Orders: p.orders(), Held: func() bool { return len(p.marked) > 0 },
		Empty: noOne, NoMatch: noMatch, None: nobody,
	})
	return p
}

// read asks for one class, whichever the page is about by then.
func (p *page) read(class int64) func(context.Context) (data.Roster, error) {
	roster := p.deps.Roster
	return func(ctx context.Context) (data.Roster, error) { return roster(ctx, class) }
}

func (p *page) Title() i18n.Phrase {
	if name := p.Asked.Value.Name; !name.IsZero() {
		return title.With(i18n.Typed(p.Env.Lang.Class(name)))
	}
	return bare
}

func (p *page) About() i18n.Phrase { return about }
func (p *page) Waiting() bool      { return p.Asked.Busy || p.classes.Busy }
func (p *page) GiveUp()            { p.Asked.GiveUp(); p.classes.GiveUp() }

func (p *page) askClasses() tea.Cmd { return p.classes.Start(p.Env.Ctx, p.deps.Classes) }

func (p *page) Actions() []kit.Action {
	enter, f, sort := p.Opening(), p.Filtering(), p.Sorting()
	f.Help, sort.Help = filterWhy, sortWhy
	as := []kit.Action{
		enter,
		{Key: "c", Label: record, Help: recordWhy, When: p.none, Do: p.record},
		{Key: "h", Label: past, Help: pastWhy, When: p.none, Do: p.history},
		{Key: "space", Label: markIt, Help: markWhy, When: p.none, Do: p.mark},
		f, sort,
		{Key: "y", Label: copyIt, When: p.none, Do: p.copy},
		{Key: "v", Label: tags, Help: tagsWhy, Do: p.flip},
		{Key: "[", As: "[ ]", Label: others, Help: othersWhy, Do: func() tea.Cmd { return p.neighbour(-1) }},
		{Key: "]", Label: others, Rare: true, Do: func() tea.Cmd { return p.neighbour(1) }},
		{Key: "a", Label: markAll, Help: allWhy, When: p.none, Rare: true, Do: p.markAll},
		{Key: "o", Label: classes, Rare: true, Do: func() tea.Cmd { return p.Env.Send(kit.Open{Screen: "classes"}) }},
	}
	as = append(as, p.lending()...)
	if p.Filter > 0 || len(p.marked) > 0 {
		esc := p.Unfiltering()
		esc.Help, esc.Do = undoWhy, p.unfilter
		as = append(as, esc)
	}
	return as
}

// none holds actions on "the chosen row" back while there is none, or while the
// rows are another class's.
func (p *page) none() i18n.Phrase {
	if p.Asked.Busy && p.Asked.Value.Class != p.class {
		return reading
	}
	return p.None()
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch {
	case p.revoked.Take(msg):
		if p.revoked.Err != nil {
			return p.Env.Note(i18n.Reason(p.revoked.Err))
		}
		return p.Env.Note(wasTaken)
	case p.classes.Take(msg):
		return p.tookClasses()
	case p.tags.Take(msg):
		if p.tags.Err != nil {
			return p.Env.Note(kit.NotRead(p.tags.Err))
		}
		p.until = p.Env.Now().Add(shown)
		p.Redraw()
		return p.Env.After(shown, masked{})
	}
	switch msg.(type) {
	case masked:
		if !p.unmasked() {
			p.Redraw()
		}
		return nil
	case kit.Tick:
		if p.unmasked() { // what is left of the five minutes
			p.Redraw()
		}
		return nil
	}
	return p.Listing.Update(msg)
}

// masked is the end of the five minutes.
type masked struct{}

func (p *page) unmasked() bool { return p.Env.Now().Before(p.until) }

// differs reports whether somebody else changed what a row shows.
func (p *page) differs(a, b data.RosterRow) bool {
	id := func(c *data.Contact) (n int64) {
		if c != nil {
			n = c.ID<<8 | c.Rev
		}
		return n
	}
	phone := func(gs []data.Guardian) string {
		if first := data.Callable(gs); len(first) > 0 {
			return first[0].First()
		}
		return ""
	}
	if id(a.Last) != id(b.Last) {
		return b.Last == nil || b.Last.Staff != p.Env.Me.ID
	}
	return a.Month != b.Month || a.Visit != b.Visit || len(a.Promises) != len(b.Promises) ||
		phone(a.Guardians) != phone(b.Guardians) || a.Student.Rev != b.Student.Rev
}

func (p *page) tookClasses() tea.Cmd {
	if p.classes.Err != nil {
		return p.Env.Note(kit.NotRead(p.classes.Err))
	}
	if step := p.step; step != 0 {
		p.step = 0
		return p.neighbour(step)
	}
	return nil
}

// neighbour goes to the class before or after this one.
func (p *page) neighbour(step int) tea.Cmd {
	all := p.classes.Value
	if all == nil {
		p.step = step
		return p.askClasses()
	}
	i := slices.IndexFunc(all, func(c data.ClassLine) bool { return c.Class == p.class })
	if len(all) < 2 || i < 0 {
		return p.Env.Note(onlyClass)
	}
	p.class = all[(i+step+len(all))%len(all)].Class
	p.Of.Read = p.read(p.class)
	p.tags.Forget()
	p.until = time.Time{}
	clear(p.marked)
	p.Forget()
	return p.Init()
}

func (p *page) card(r data.RosterRow) tea.Cmd {
	return p.Env.Send(kit.Open{Screen: "family", ID: r.Student.ID, Of: p.IDs()})
}

func (p *page) record() tea.Cmd {
	return p.Env.Send(kit.Open{Screen: "contact", ID: p.List.ID()})
}

func (p *page) history() tea.Cmd {
	return p.Env.Send(kit.Open{Screen: "history", ID: p.List.ID(), Of: p.IDs()})
}

func (p *page) copy() tea.Cmd {
	r, _ := p.Chosen()
	if first := data.Callable(r.Guardians); len(first) > 0 {
		return p.Env.Copy(data.National(first[0].First()))
	}
	return p.Env.Note(noNumber)
}

// flip shows the tags, or masks them again before their time.
func (p *page) flip() tea.Cmd {
	if p.unmasked() {
		p.until = time.Time{}
		p.Redraw()
		return nil
	}
	class := p.class
	return p.tags.Start(p.Env.Ctx, func(ctx context.Context) (map[int64][]data.Tag, error) { return p.deps.Tags(ctx, class) })
}
