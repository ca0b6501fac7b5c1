package search

import (
	"slices"
	"strings"

	"qiao/data"
)

// index is what a Block searches: rows of numbers without pointers, found
// through lists of names by their initials and by their characters. A list
// holds refs: a name's place in names, and a bit that tells an unusual reading.
type index struct {
	slots   []slot
	names   []name
	units   []uint32 // the units of all names, in the order of names
	numbers []byte   // of each slot "\nNUMBER\t" and "PHONE\t" of each phone

	unit      []unit // what names are made of, each once
	unitOf    map[unitKey]uint32
	syllables map[string]syllable // by beginnings of readings
	uses      [][]uint32          // names with a unit
	han       map[rune][]uint32   // units of a character

	keys    []string // initials of names: "zxm"
	keyRefs [][]uint32
	keyOf   map[string]uint32
	pairs   map[[2]byte][]uint32 // keys by two letters in a row; by one and a 0
	odd     []uint32             // names with more readings than are worth keys

	classes  []class
	members  [][]uint32 // slots of a class
	classOf  map[class]uint32
	classIDs map[int64][]uint32 // a class has another name next year

	bySlot map[int64]uint32  // student to slot
	home   map[int64]uint32  // household to one of its slots
	labels map[uint32]string // names of slots that are not just their units
}

// slot is one student; a replaced one stays, dead.
type slot struct {
	student, household int64
	order              uint64 // first letters of the reading, to sort by
	class              uint32
	next               uint32 // of the same household, in a ring
	name               uint32 // the first of its names; the last stands before the next slot's
	number             uint32 // place in numbers
	tags               uint16
	dead, gone         bool
}

// name is one of a slot's: its own, former, or a guardian's.
type name struct {
	slot uint32
	unit uint32 // place in units; the last stands before the next name's
	by   By
}

type unit struct {
	part
	han    rune    // 0 for a Latin word
	letter []uint8 // what the readings begin with, each once
}

type unitKey struct{ text, usual string }

// syllable is a reading, or the beginning of one.
type syllable struct {
	whole bool
	units []uint32 // that are read so
}

type class struct {
	id   int64
	name data.ClassName
}

func newIndex(n int) *index {
	return &index{
		slots: make([]slot, 0, n), names: make([]name, 0, 3*n), units: make([]uint32, 0, 8*n), numbers: make([]byte, 0, 36*n),
		unitOf: map[unitKey]uint32{}, syllables: map[string]syllable{}, keyOf: map[string]uint32{}, pairs: map[[2]byte][]uint32{},
		han: map[rune][]uint32{}, classOf: map[class]uint32{}, classIDs: map[int64][]uint32{},
		bySlot: make(map[int64]uint32, n), home: make(map[int64]uint32, n), labels: map[uint32]string{},
	}
}

// record is one entry, its names in units.
type record struct {
	slot
	class  class
	names  []nameUnits
	number []byte // as in numbers
	label  string
}

type nameUnits struct {
	by    By
	units []uint32
}

func (ix *index) record(e *Entry) record {
	r := record{slot: slot{student: e.Student, household: e.Household, gone: e.Gone}, class: class{e.Class, e.ClassName}}
	own := ix.intern(split(e.Name, e.Reading))
	r.names = append(r.names, nameUnits{ByName, own})
	r.order = ix.order(own)
	if text := ix.text(own); text != e.Name {
		r.label = strings.Clone(e.Name)
	}
	for _, former := range strings.FieldsFunc(e.Former, func(c rune) bool { return strings.ContainsRune(",，、;；", c) }) {
		if u := ix.intern(split(former, "")); len(u) > 0 {
			r.names = append(r.names, nameUnits{ByFormer, u})
		}
	}
	r.number = append(append(append(r.number, '\n'), plainNumber(e.Number)...), '\t')
	for _, g := range e.Guardians {
		if u := ix.intern(split(g.Name, "")); len(u) > 0 {
			r.names = append(r.names, nameUnits{ByGuardian, u})
		}
		for _, phone := range g.Phones {
			r.number = append(append(r.number, plainNumber(data.National(phone))...), '\t')
		}
	}
	for _, t := range e.Tags {
		if i := slices.Index(data.Tags, t); i >= 0 && i < 16 {
			r.tags |= 1 << i
		}
	}
	return r
}

// plainNumber leaves small letters and digits.
func plainNumber(s string) string {
	return strings.Map(func(r rune) rune {
		if r = fold(r); r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// intern gives the units of a name, split.
func (ix *index) intern(texts, usual []string) []uint32 {
	units := make([]uint32, len(texts))
	for i, text := range texts {
		key := unitKey{text, usual[i]}
		id, ok := ix.unitOf[key]
		if !ok {
			key.text, key.usual = strings.Clone(text), strings.Clone(usual[i]) // they hold on to an entry
			id = ix.newUnit(part{key.text, readings(key.text, key.usual)})
			ix.unitOf[key] = id
		}
		units[i] = id
	}
	return units
}

func (ix *index) newUnit(p part) uint32 {
	u, id := unit{part: p}, uint32(len(ix.unit))
	if p.text[0] >= 0x80 {
		u.han = first(p.text)
		ix.han[u.han] = append(ix.han[u.han], id)
	}
	for _, r := range p.readings {
		for i := 1; i <= len(r); i++ {
			s := ix.syllables[r[:i]]
			s.whole = s.whole || i == len(r)
			if len(s.units) == 0 || s.units[len(s.units)-1] != id {
				s.units = append(s.units, id)
			}
			ix.syllables[r[:i]] = s
		}
		if !slices.Contains(u.letter, r[0]) {
			u.letter = append(u.letter, r[0])
		}
	}
	if len(u.letter) == 0 {
		u.letter = []uint8{'.'} // nothing that is typed
	}
	ix.unit, ix.uses = append(ix.unit, u), append(ix.uses, nil)
	return id
}

// order packs what a name sorts by, five bits a letter: the end of a syllable
// is 0, so that "zhang wei" comes before "zhang".. with more letters.
func (ix *index) order(units []uint32) (o uint64) {
	n := 0
	push := func(v uint64) {
		if n < 12 {
			o |= v << (55 - 5*n)
		}
		n++
	}
	for _, u := range units {
		if len(ix.unit[u].readings) == 0 {
			push(27)
			continue
		}
		for _, c := range []byte(ix.unit[u].readings[0]) {
			push(uint64(c - 'a' + 1))
		}
		push(0)
	}
	return o
}

func (ix *index) text(units []uint32) string {
	var b strings.Builder
	for _, u := range units {
		b.WriteString(ix.unit[u].text)
	}
	return b.String()
}

// put makes a slot of a record; one of the same student dies.
func (ix *index) put(r record) {
	ix.drop(r.student)
	at := uint32(len(ix.slots))
	ix.bySlot[r.student] = at
	s := r.slot
	s.class = ix.classNo(r.class)
	ix.members[s.class] = append(ix.members[s.class], at)
	s.next, s.name, s.number = at, uint32(len(ix.names)), uint32(len(ix.numbers))
	if head, ok := ix.home[s.household]; ok && s.household != 0 {
		s.next, ix.slots[head].next = ix.slots[head].next, at
	} else if s.household != 0 {
		ix.home[s.household] = at
	}
	ix.slots = append(ix.slots, s)
	ix.numbers = append(ix.numbers, r.number...)
	if r.label != "" {
		ix.labels[at] = r.label
	}
	for _, n := range r.names {
		ref := uint32(len(ix.names)) << 1
		ix.names = append(ix.names, name{at, uint32(len(ix.units)), n.by})
		ix.units = append(ix.units, n.units...)
		ix.addKeys(n.units, ref)
		for i, u := range n.units {
			if !slices.Contains(n.units[:i], u) {
				ix.uses[u] = append(ix.uses[u], ref)
			}
		}
	}
}

// drop kills a student's slot and takes it out of its household.
func (ix *index) drop(student int64) {
	at, ok := ix.bySlot[student]
	if !ok {
		return
	}
	delete(ix.bySlot, student)
	delete(ix.labels, at)
	s := &ix.slots[at]
	s.dead = true
	if s.next == at {
		if s.household != 0 {
			delete(ix.home, s.household)
		}
		return
	}
	before := s.next
	for ix.slots[before].next != at {
		before = ix.slots[before].next
	}
	ix.slots[before].next, ix.home[s.household], s.next = s.next, before, at
}

func (ix *index) classNo(c class) uint32 {
	no, ok := ix.classOf[c]
	if !ok {
		no = uint32(len(ix.classes))
		ix.classOf[c] = no
		ix.classes = append(ix.classes, c)
		ix.members = append(ix.members, nil)
		ix.classIDs[c.id] = append(ix.classIDs[c.id], no)
	}
	return no
}

// maxKeys bounds the initials of one name: names of many characters of many
// readings are looked at one by one instead.
const maxKeys = 16

// addKeys lists a name under its initials, and again under those that unusual
// readings give it.
func (ix *index) addKeys(units []uint32, ref uint32) {
	n := 1
	for _, u := range units {
		if n *= len(ix.unit[u].letter); n > maxKeys {
			ix.odd = append(ix.odd, ref)
			return
		}
	}
	key := make([]byte, len(units))
	for c := range n {
		for i, rest := 0, c; i < len(units); i++ {
			l := ix.unit[units[i]].letter
			key[i], rest = l[rest%len(l)], rest/len(l)
		}
		no, ok := ix.keyOf[string(key)]
		if !ok {
			no = ix.newKey(string(key))
		}
		ix.keyRefs[no] = append(ix.keyRefs[no], ref|uint32(min(c, 1)))
	}
}

func (ix *index) newKey(key string) uint32 {
	no := uint32(len(ix.keys))
	ix.keyOf[key] = no
	ix.keys = append(ix.keys, key)
	ix.keyRefs = append(ix.keyRefs, nil)
	list := func(p [2]byte) {
		if l := ix.pairs[p]; len(l) == 0 || l[len(l)-1] != no { // once for each key
			ix.pairs[p] = append(l, no)
		}
	}
	for i := range key {
		list([2]byte{key[i]})
		if i+1 < len(key) {
			list([2]byte{key[i], key[i+1]})
		}
	}
	return no
}

// unitsOf are the units of a name.
func (ix *index) unitsOf(no uint32) []uint32 {
	end := len(ix.units)
	if int(no)+1 < len(ix.names) {
		end = int(ix.names[no+1].unit)
	}
	return ix.units[ix.names[no].unit:end]
}

// namesOf are the first of a slot's names and the one after the last.
func (ix *index) namesOf(at uint32) (from, to uint32) {
	if int(at)+1 < len(ix.slots) {
		return ix.slots[at].name, ix.slots[at+1].name
	}
	return ix.slots[at].name, uint32(len(ix.names))
}

// numbersOf is a slot's part of numbers.
func (ix *index) numbersOf(at uint32) []byte {
	end := len(ix.numbers)
	if int(at)+1 < len(ix.slots) {
		end = int(ix.slots[at+1].number)
	}
	return ix.numbers[ix.slots[at].number:end]
}
