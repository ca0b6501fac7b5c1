// Package roster is one class at a glance: who is in it, whom nobody has
// reached, which number to call.
package roster

import (
	"cmp"
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
	filter  = i18n.T("filter", "筛选")
	sorting = i18n.T("sort", "排序")
	tags    = i18n.T("tags", "标记")
	markIt  = i18n.T("mark", "选")
	markAll = i18n.T("mark all", "全选")
	undoIt  = i18n.T("all rows", "去掉筛选")
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
}

// shown is how long tags stay on the screen once they were asked for.
const shown = 5 * time.Minute

type page struct {
	env  *kit.Env
	deps Deps

	class   int64
	classes kit.Load[[]data.ClassLine]
	roster  kit.Load[data.Roster]
	tags    kit.Load[map[int64][]data.Tag]
	until   time.Time // when the tags are masked again
	step    int       // [ or ] was pressed before the classes were known
	again   bool      // something changed while the answer was under way

	filter filters
	order  orders
	rows   []*data.RosterRow // those that the filter leaves, in order
	marked map[int64]bool
	list   kit.List
	w, h   int
	right  kit.Rect
	table  kit.Table
	drawn  map[int64]string // rows as they are drawn: moving the choice draws none anew
	detail []string
	of     int64 // whose detail that is
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
	return &page{env: env, deps: deps, class: o.ID, marked: map[int64]bool{}}
}

func (p *page) Title() i18n.Phrase {
	if name := p.roster.Value.Name; !name.IsZero() {
		return title.With(i18n.Typed(p.env.Lang.Class(name)))
	}
	return bare
}

func (p *page) About() i18n.Phrase { return about }
func (p *page) Waiting() bool      { return p.roster.Busy || p.classes.Busy }
func (p *page) GiveUp()            { p.roster.GiveUp(); p.classes.GiveUp() }

func (p *page) Init() tea.Cmd { return p.ask() }

// ask reads the class. While an answer about it is under way it waits for that
// one first: where many write, asking anew at each commit would never end.
func (p *page) ask() tea.Cmd {
	if p.again = p.roster.Busy; p.again {
		return nil
	}
	class := p.class
	return p.roster.Start(p.env.Ctx, func(ctx context.Context) (data.Roster, error) { return p.deps.Roster(ctx, class) })
}

func (p *page) askClasses() tea.Cmd { return p.classes.Start(p.env.Ctx, p.deps.Classes) }

func (p *page) Actions() []kit.Action {
	as := []kit.Action{
		{Key: "enter", Label: open, When: p.none, Do: p.open},
		{Key: "c", Label: record, Help: recordWhy, When: p.none, Do: p.record},
		{Key: "h", Label: past, Help: pastWhy, When: p.none, Do: p.history},
		{Key: "space", Label: markIt, Help: markWhy, When: p.none, Do: p.mark},
		{Key: "f", Label: filter, Help: filterWhy, Do: p.nextFilter},
		{Key: "s", Label: sorting, Help: sortWhy, Do: p.nextOrder},
		{Key: "y", Label: copyIt, When: p.none, Do: p.copy},
		{Key: "v", Label: tags, Help: tagsWhy, Do: p.flip},
		{Key: "[", As: "[ ]", Label: others, Help: othersWhy, Do: func() tea.Cmd { return p.neighbour(-1) }},
		{Key: "]", Label: others, Rare: true, Do: func() tea.Cmd { return p.neighbour(1) }},
		{Key: "a", Label: markAll, Help: allWhy, When: p.none, Rare: true, Do: p.markAll},
		{Key: "o", Label: classes, Rare: true, Do: func() tea.Cmd { return p.env.Send(kit.Open{Screen: "classes"}) }},
	}
	if p.filter != everyone || len(p.marked) > 0 {
		as = append(as, kit.Action{Key: "esc", Label: undoIt, Help: undoWhy, Rare: true, Do: p.unfilter})
	}
	return as
}

// none holds actions on "the chosen row" back while there is none, or while the
// rows are another class's.
func (p *page) none() i18n.Phrase {
	switch {
	case p.roster.Busy && p.roster.Value.Class != p.class:
		return reading
	case p.list.ID() == 0:
		return nobody
	}
	return i18n.Phrase{}
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch {
	case p.roster.Take(msg):
		var next tea.Cmd
		if p.again {
			next = p.ask()
		}
		if p.roster.Err != nil {
			return tea.Batch(next, p.failed())
		}
		return tea.Batch(next, p.take())
	case p.classes.Take(msg):
		return p.tookClasses()
	case p.tags.Take(msg):
		if p.tags.Err != nil {
			return p.env.Note(kit.NotRead(p.tags.Err))
		}
		p.until = p.env.Now().Add(shown)
		p.redraw()
		return p.env.After(shown, masked{})
	}
	switch m := msg.(type) {
	case kit.Changed:
		if m.Touches("class", p.class) {
			return p.ask()
		}
		return nil
	case kit.Reload, kit.NewDay:
		return p.ask()
	case masked:
		if !p.unmasked() {
			p.redraw()
		}
		return nil
	case kit.Tick:
		if p.unmasked() { // what is left of the five minutes
			p.redraw()
		}
		return nil
	}
	switch p.list.Take(msg) {
	case kit.Moved:
		p.settle()
	case kit.Opened:
		return p.open()
	}
	return nil
}

// masked is the end of the five minutes.
type masked struct{}

func (p *page) unmasked() bool { return p.env.Now().Before(p.until) }

// failed says what is the matter, and clears the screen of a class that may no
// longer be shown.
func (p *page) failed() tea.Cmd {
	if p.roster.Gone() {
		p.rows = nil
		p.list.Keep(nil)
		p.redraw()
	}
	return p.env.Note(kit.NotRead(p.roster.Err))
}

// take puts a new answer on the screen. The choice stays with its student; a
// row that someone else changed is marked. While rows are marked none of them
// changes its place.
func (p *page) take() tea.Cmd {
	was, place := map[int64]*data.RosterRow{}, map[int64]int{}
	for i, r := range p.rows {
		was[r.Student.ID], place[r.Student.ID] = r, i+1
	}
	p.sort()
	if len(p.marked) > 0 {
		slices.SortStableFunc(p.rows, func(a, b *data.RosterRow) int {
			if x, y := place[a.Student.ID], place[b.Student.ID]; x > 0 && y > 0 {
				return cmp.Compare(x, y)
			}
			return 0
		})
		p.list.Keep(p.ids())
	}
	var changed []int64
	for _, r := range p.rows {
		if old := was[r.Student.ID]; old != nil && p.differs(old, r) {
			changed = append(changed, r.Student.ID)
		}
	}
	p.Layout(p.w, p.h) // other names, other widths
	if len(changed) > 0 {
		return p.list.Flash(p.env, changed...)
	}
	return nil
}

// differs reports whether somebody else changed what a row shows.
func (p *page) differs(a, b *data.RosterRow) bool {
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
		return b.Last == nil || b.Last.Staff != p.env.Me.ID
	}
	return a.Month != b.Month || a.Visit != b.Visit || len(a.Promises) != len(b.Promises) ||
		phone(a.Guardians) != phone(b.Guardians) || a.Student.Rev != b.Student.Rev
}

func (p *page) tookClasses() tea.Cmd {
	if p.classes.Err != nil {
		return p.env.Note(kit.NotRead(p.classes.Err))
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
		return p.env.Note(onlyClass)
	}
	p.class = all[(i+step+len(all))%len(all)].Class
	p.roster.Forget()
	p.tags.Forget()
	p.until, p.rows, p.drawn = time.Time{}, nil, nil
	p.list = kit.List{}
	clear(p.marked)
	p.Layout(p.w, p.h)
	return p.ask()
}

func (p *page) row() (*data.RosterRow, bool) {
	if p.list.At < len(p.rows) {
		return p.rows[p.list.At], true
	}
	return &data.RosterRow{}, false
}

func (p *page) open() tea.Cmd {
	return p.env.Send(kit.Open{Screen: "family", ID: p.list.ID(), Of: p.ids()})
}

func (p *page) record() tea.Cmd {
	return p.env.Send(kit.Open{Screen: "contact", ID: p.list.ID()})
}

func (p *page) history() tea.Cmd {
	return p.env.Send(kit.Open{Screen: "history", ID: p.list.ID(), Of: p.ids()})
}

func (p *page) ids() (out []int64) {
	for _, r := range p.rows {
		out = append(out, r.Student.ID)
	}
	return out
}

func (p *page) copy() tea.Cmd {
	r, _ := p.row()
	if first := data.Callable(r.Guardians); len(first) > 0 {
		return p.env.Copy(data.National(first[0].First()))
	}
	return p.env.Note(noNumber)
}

// flip shows the tags, or masks them again before their time.
func (p *page) flip() tea.Cmd {
	if p.unmasked() {
		p.until = time.Time{}
		p.redraw()
		return nil
	}
	class := p.class
	return p.tags.Start(p.env.Ctx, func(ctx context.Context) (map[int64][]data.Tag, error) { return p.deps.Tags(ctx, class) })
}
