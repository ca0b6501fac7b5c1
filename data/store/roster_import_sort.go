package store

import (
	"cmp"
	"slices"
	"strings"

	"qiao/data"
)

// families finds the students who are tied by a guardian in common, whichever
// way round, and do not share a household. With join they do from now on, where
// it is clear which household that is.
func (im *importer) families(join bool) {
	seen := map[*pupil]bool{}
	for _, p := range im.lines {
		if seen[p] {
			continue
		}
		group := family(p, seen)
		if len(group) < 2 || !slices.ContainsFunc(group, func(o *pupil) bool { return o.home != p.home }) {
			continue
		}
		if !join || !im.join(group) {
			im.preview.Siblings = append(im.preview.Siblings, shown(group))
			continue
		}
		im.preview.Joined = append(im.preview.Joined, shown(group))
	}
}

// twice finds students of one name and birthday, or of one name and guardian, of
// whom one at least is new: a number that was mistyped makes a child a second
// time.
func (im *importer) twice() {
	type alike struct {
		name string
		born data.Date
	}
	born, seen := map[alike][]*pupil{}, map[*pupil]bool{}
	for _, p := range im.students {
		if !p.student.Birth.IsZero() {
			k := alike{p.student.Name, p.student.Birth}
			born[k] = append(born[k], p)
		}
	}
	for _, p := range im.lines {
		if p.was.ID != 0 || seen[p] {
			continue
		}
		group := slices.Clone(born[alike{p.student.Name, p.student.Birth}])
		for _, t := range p.ties {
			for _, o := range t.adult.kids {
				if o.student.Name == p.student.Name {
					group = append(group, o)
				}
			}
		}
		group = append(group, p)
		slices.SortFunc(group, func(a, b *pupil) int { return strings.Compare(a.student.Number, b.student.Number) })
		if group = slices.Compact(group); len(group) > 1 {
			for _, o := range group {
				seen[o] = true
			}
			im.preview.Twice = append(im.preview.Twice, shown(group))
		}
	}
}

// family is everybody whom guardians tie to p, in the order found.
func family(p *pupil, seen map[*pupil]bool) []*pupil {
	group := []*pupil{p}
	seen[p] = true
	for i := 0; i < len(group); i++ {
		for _, t := range group[i].ties {
			for _, o := range t.adult.kids {
				if !seen[o] {
					seen[o] = true
					group = append(group, o)
				}
			}
		}
	}
	return group
}

// join gives a group one household: the one that has a history, else the oldest,
// else the first one's. Where several have one it answers false: contacts and
// promises are written with a household, and which of them stays is for a person
// to say, on screen.
func (im *importer) join(group []*pupil) bool {
	target := group[0].home
	for _, p := range group {
		h := p.home
		switch {
		case h == target:
		case h.lived && target.lived:
			return false
		case h.lived, !target.lived && h.id != 0 && (target.id == 0 || h.id < target.id):
			target = h
		}
	}
	for _, p := range group {
		if p.home == target {
			continue
		}
		if target.address == "" && p.home.address != "" {
			target.address, target.changed = p.home.address, true
		}
		p.home.members--
		p.home = target
		target.members++
		if p.was.ID != 0 {
			p.changed("household")
			im.rehomed = append(im.rehomed, p)
		}
	}
	return true
}

func shown(group []*pupil) (out []data.RosterStudent) {
	for _, p := range group {
		s := data.RosterStudent{Sheet: p.line.Sheet, Row: p.line.Row, Number: p.student.Number, Name: p.student.Name, Class: p.student.ClassName}
		if p.class != nil {
			s.Class, s.Name = p.class.name, p.line.Name
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b data.RosterStudent) int { return strings.Compare(a.Number, b.Number) })
	return out
}

// sortOut says of each student what becomes of them, and of each class how much
// of it goes.
func (im *importer) sortOut() {
	refused := map[string]bool{} // in the file, and so not gone
	for _, fault := range im.preview.Refused {
		refused[fault.Number] = true
	}
	shares := map[int64]*data.ClassShare{}
	share := func(class int64) *data.ClassShare {
		if shares[class] == nil {
			shares[class] = &data.ClassShare{Class: im.nameOf(class)}
		}
		return shares[class]
	}
	leaving := map[string]bool{}
	for _, number := range im.file.Leaving {
		leaving[number] = true
	}
	for _, p := range im.students {
		if p.was.ID == 0 || !p.was.Status.Here() {
			continue
		}
		from := share(p.was.Class)
		from.Was++
		switch {
		case p.class == nil && !refused[p.was.Number] && (!im.file.Delta || leaving[p.was.Number]):
			from.Gone++
			im.preview.Gone = append(im.preview.Gone, data.RosterStudent{Number: p.was.Number, Name: p.was.Name, Class: from.Class})
		case p.moved():
			from.Moved++
		}
	}
	for _, s := range shares {
		if s.Gone+s.Moved > 0 && !s.Class.IsZero() {
			im.preview.Shares = append(im.preview.Shares, *s)
		}
	}
	for _, p := range im.lines {
		im.sortPupil(p)
	}
	for _, p := range slices.Concat(im.lines, im.away) {
		if len(p.byHand) > 0 {
			im.preview.Kept = append(im.preview.Kept, data.RosterStudent{Sheet: p.line.Sheet, Row: p.line.Row, Number: p.was.Number, Name: p.was.Name,
				Class: im.nameOf(p.was.Class), Fields: p.byHand})
		}
	}
	im.order()
}

// moved reports whether a student of the school stands in another class now.
func (p *pupil) moved() bool {
	return p.class != nil && p.was.ID != 0 && p.was.Status.Here() && slices.Contains(p.fields, "class")
}

func (im *importer) nameOf(class int64) data.ClassName {
	if n, ok := im.named[class]; ok {
		return n
	}
	for _, c := range im.made {
		if c.id == class && class != 0 {
			return c.name
		}
	}
	return data.ClassName{}
}

func (im *importer) sortPupil(p *pupil) {
	s := data.RosterStudent{Sheet: p.line.Sheet, Row: p.line.Row, Number: p.line.Number, Name: p.line.Name, Class: p.class.name}
	switch pre := &im.preview; {
	case p.was.ID == 0:
		pre.New = append(pre.New, s)
	case p.moved():
		s.From, s.Fields = im.nameOf(p.was.Class), p.fields
		pre.Moved = append(pre.Moved, s)
	case len(p.fields) > 0:
		s.Fields = p.fields
		pre.Changed = append(pre.Changed, s)
	default:
		pre.Same++
	}
}

func (im *importer) order() {
	class := func(a, b data.ClassName) int {
		return cmp.Or(cmp.Compare(a.Grade, b.Grade), cmp.Compare(a.Number, b.Number))
	}
	pre := &im.preview
	slices.SortFunc(pre.Gone, func(a, b data.RosterStudent) int {
		return cmp.Or(class(a.Class, b.Class), strings.Compare(a.Number, b.Number))
	})
	slices.SortFunc(pre.Shares, func(a, b data.ClassShare) int { return class(a.Class, b.Class) })
	for _, c := range im.made {
		pre.Classes = append(pre.Classes, *c.fresh)
	}
	slices.SortFunc(pre.Classes, func(a, b data.NewClass) int { return class(a.Class, b.Class) })
	sheets := map[string]int{"": 0}
	for _, c := range im.file.Columns {
		if _, ok := sheets[c.Sheet]; !ok {
			sheets[c.Sheet] = len(sheets)
		}
	}
	slices.SortStableFunc(pre.Refused, func(a, b data.RosterFault) int { return cmp.Or(sheets[a.Sheet]-sheets[b.Sheet], a.Row-b.Row) })
}
