package demo

import (
	"time"

	"qiao/data"
)

// slots deals out the places of the classes: shuffled, one by one.
type slots struct {
	order []int // class places, one for each free seat
	free  []int // by class: how many are still in order, less those claimed
	debt  []int // by class: claimed out of turn, to be passed over
}

func newSlots(m *maker, capacity []int) *slots {
	s := &slots{free: append([]int(nil), capacity...), debt: make([]int, len(capacity))}
	for c, n := range capacity {
		for range n {
			s.order = append(s.order, c)
		}
	}
	m.r.Shuffle(len(s.order), func(i, j int) { s.order[i], s.order[j] = s.order[j], s.order[i] })
	return s
}

// next is the next free class, -1 when all are full.
func (s *slots) next() int {
	for len(s.order) > 0 {
		c := s.order[len(s.order)-1]
		s.order = s.order[:len(s.order)-1]
		if s.debt[c] > 0 {
			s.debt[c]--
			continue
		}
		s.free[c]--
		return c
	}
	return -1
}

// claim takes a seat in a certain class, if one is free.
func (s *slots) claim(c int) bool {
	if c < 0 || c >= len(s.free) || s.free[c] == 0 {
		return false
	}
	s.free[c]--
	s.debt[c]++
	return true
}

// fill makes households until every seat is taken: one child mostly, often two
// in different classes, now and then twins.
func (m *maker) fill() {
	for c := m.slots.next(); c >= 0; c = m.slots.next() {
		sur := m.surname()
		h := m.family(sur, m.drawKind())
		first := m.kid(h, c, data.Date{})
		switch x := m.r.Float64(); {
		case x < 0.012: // twins, in one class or in two
			if d := m.twinClass(c); m.slots.claim(d) {
				m.kid(h, d, first.Birth)
			}
		case x < 0.27:
			m.sibling(h)
		case x < 0.31:
			m.sibling(h)
			m.sibling(h)
		}
	}
}

// sibling adds a child in a class of another grade.
func (m *maker) sibling(h *home) {
	for range 8 {
		c := m.r.IntN(len(m.s.Classes))
		taken := false
		for _, k := range h.kids {
			taken = taken || m.grade(k.class) == m.grade(c)
		}
		if !taken && m.slots.claim(c) {
			m.kid(h, c, data.Date{})
			return
		}
	}
}

// twinClass is the class itself or the one beside it.
func (m *maker) twinClass(c int) int {
	if m.chance(0.5) && c+1 < len(m.s.Classes) && m.grade(c+1) == m.grade(c) {
		return c + 1
	}
	return c
}

// kid adds a child to a household and a class. Birth is given for a twin.
func (m *maker) kid(h *home, class int, birth data.Date) *kid {
	male := m.chance(0.52)
	k := &kid{home: h, class: class}
	k.given = m.childName(male)
	for class == m.own && soundsLikeZW(h.sur, k.given) || m.namesake(h, k.given) {
		k.given = m.childName(male)
	}
	k.Name, k.Reading = h.sur+k.given, reading(h.sur, k.given)
	if m.chance(0.006) {
		k.Name = pick(m, stranger) + pick(m, stranger) + "·" + pick(m, stranger)
		k.given, k.Reading = k.Name, ""
	}
	if m.chance(0.005) {
		k.Former = h.sur + m.childName(male)
	}
	k.Sex = data.Female
	if male {
		k.Sex = data.Male
	}
	if k.Birth = birth; birth.IsZero() {
		k.Birth = m.birthday(h, class)
	}
	k.Status, k.Entered = data.Enrolled, m.entered(class)
	if m.chance(0.004) {
		k.Status = data.Suspended
	}
	k.Boarding = m.grade(class) >= 5 && m.chance(0.22)
	if len(h.kids) > 0 {
		k.ties = m.tieTo(h)
	} else if k.ties = m.relatives(h); class == m.own {
		m.notZW(k.ties)
	}
	m.tag(k)
	h.kids = append(h.kids, k)
	m.rolls[class] = append(m.rolls[class], k)
	return k
}

func (m *maker) namesake(h *home, given string) bool {
	for _, k := range h.kids {
		if k.given == given {
			return true
		}
	}
	return false
}

// notZW gives other names to those in your own class whom "zw" would find too.
func (m *maker) notZW(ties []tie) {
	for _, t := range ties {
		if r := []rune(t.adult.Name); soundsLikeZW(string(r[:1]), string(r[1:])) {
			t.adult.Name = string(r[:1]) + pick(m, []string{"建平", "玉兰", "成林", "海燕"})
		}
	}
}

// birthday is a day of the year that the grade was born in, not within ten
// months of a brother or sister.
func (m *maker) birthday(h *home, class int) data.Date {
	first := data.On(m.year-5-m.grade(class)-1, time.September, 1)
	var day data.Date
	for range 20 {
		day = first.AddDays(m.r.IntN(365))
		near := false
		for _, k := range h.kids {
			gap := k.Birth.DaysTo(day)
			near = near || gap > -300 && gap < 300
		}
		if !near {
			break
		}
	}
	return day
}

// entered is the first day a child of a class was at the school: mostly when
// the class began, else when the family moved here.
func (m *maker) entered(class int) data.Date {
	c := m.s.Classes[class]
	first := m.yearStart.AddDays(-364 * (m.year - c.Entry))
	if m.chance(0.04) && first.Before(m.term.First) {
		if d := first.AddDays(7 * m.r.IntN(1+first.DaysTo(m.term.First)/7)); d.Before(m.term.First) {
			return d
		}
	}
	return first
}

// tag gives a child the tags of its family and a few of its own.
func (m *maker) tag(k *kid) {
	since := func(days int) data.Date { return m.today.AddDays(-30 - m.r.IntN(days)) }
	add := func(p float64, t data.Tag, notes ...string) {
		if m.chance(p) {
			k.Tags = append(k.Tags, data.TagNote{Tag: t, Since: since(500), Note: pick(m, notes)})
		}
	}
	switch k.home.away() {
	case 1:
		add(1, data.LeftBehind, "一方外出", "")
	case 2:
		add(1, data.LeftBehind, "父母都在外", "随祖辈")
		add(0.15, data.LackingAffection, "很少视频, 话少", "父母两年没回")
	}
	if k.home.kind == orphaned {
		add(1, data.Orphan, "随祖辈生活")
	}
	if k.home.Hardship != "" {
		add(1, data.Hardship, k.home.Hardship)
	}
	if k.home.Change != "" {
		add(0.7, data.FamilyChange, k.home.Change)
	}
	add(0.04, data.LearningDifficult, "数学落下两年", "识字少", "")
	add(0.025, data.BehaviourConcern, "易动手", "坐不住", "")
	add(0.012, data.PsychConcern, "宁老师在跟进", "")
	add(0.02, data.MigrantChild, "户口在外县")
	add(0.006, data.Disability, "听力, 戴助听器", "左手不便")
	add(0.008, data.SafetyConcern, "上学路过公路", "家有池塘", "炉火取暖")
	if m.chance(0.03) {
		k.Health = pick(m, []string{"花生过敏", "哮喘, 书包里有喷雾", "青霉素过敏", "高度近视", "癫痫, 服药中", "鸡蛋过敏", "先天性心脏病术后"})
		if m.chance(0.4) {
			k.Emergency = "先按医嘱用药, 再打第一联系人和校医"
		}
	}
}
