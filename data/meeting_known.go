package data

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The words by which a parent is named beside a child, and which of the parents
// that is.
var kinWords = []struct {
	word string
	is   []Relation
}{
	{"妈妈", []Relation{Mother, Stepmother}}, {"妈", []Relation{Mother, Stepmother}}, {"母亲", []Relation{Mother, Stepmother}}, {"爸爸", []Relation{Father, Stepfather}},
	{"爸", []Relation{Father, Stepfather}}, {"父亲", []Relation{Father, Stepfather}}, {"奶奶", []Relation{Grandmother}}, {"爷爷", []Relation{Grandfather}},
	{"外婆", []Relation{MaternalGrandmother}}, {"姥姥", []Relation{MaternalGrandmother}}, {"外公", []Relation{MaternalGrandfather}}, {"姥爷", []Relation{MaternalGrandfather}},
	{"家长", nil}, {"家", nil}, {"同学", nil},
}

// knownAs is the names by which the families of a class are known, the longest
// first, and who has which seat.
type knownAs struct {
	names []string
	of    map[string][]Invitee
	seats map[int][]Invitee
}

func knownBy(of []Invitee) knownAs {
	k := knownAs{of: map[string][]Invitee{}, seats: map[int][]Invitee{}}
	add := func(name string, i Invitee) {
		if utf8.RuneCountInString(name) < 2 || slices.ContainsFunc(k.of[name], func(o Invitee) bool { return o.ID == i.ID }) {
			return
		}
		k.of[name] = append(k.of[name], i)
	}
	for _, i := range of {
		for _, s := range i.Students {
			add(s.Name, i)
			if seat, err := strconv.Atoi(s.Seat()); err == nil && !slices.ContainsFunc(k.seats[seat], func(o Invitee) bool { return o.ID == i.ID }) {
				k.seats[seat] = append(k.seats[seat], i)
			}
		}
		for _, g := range i.Guardians {
			if i.Person == 0 || i.Person == g.Person {
				add(g.Name, i)
			}
		}
	}
	for _, i := range of { // short names: what is somebody's whole name is not another's short one
		for _, s := range i.Students {
			if r := []rune(s.Name); len(r) > 2 && unicode.Is(unicode.Han, r[0]) && !k.whole(string(r[len(r)-2:])) {
				add(string(r[len(r)-2:]), i)
			}
		}
	}
	for name := range k.of {
		k.names = append(k.names, name)
	}
	slices.SortFunc(k.names, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return k
}

// whole reports whether a name is the whole name of somebody.
func (k knownAs) whole(name string) bool {
	return slices.ContainsFunc(k.of[name], func(i Invitee) bool {
		return slices.ContainsFunc(i.Students, func(s Student) bool { return s.Name == name }) ||
			slices.ContainsFunc(i.Guardians, func(g Guardian) bool { return g.Name == name })
	})
}

// A hit is where a name stands in a line, in bytes.
type hit struct {
	from, to int
	name     string
}

// read parts a line into the families that it names and the words between.
func (k knownAs) read(line string) (parts []stretch) {
	var hits []hit
	free := []byte(line)
	for _, name := range k.names {
		for at := bytes.Index(free, []byte(name)); at >= 0; at = bytes.Index(free, []byte(name)) {
			end := at + len(name)
			hits = append(hits, hit{at, end, name})
			for b := at; b < end; b++ {
				free[b] = 0
			}
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return a.from - b.from })
	list := allListed(strings.ReplaceAll(string(free), "\x00", ""))
	from := 0
	for _, h := range hits {
		parts = k.seated(parts, line[from:h.from], list)
		kin, relation := kinAfter(line[h.to:])
		parts = append(parts, stretch{named: &ReplyRead{Text: line[h.from : h.to+len(kin)], Invitees: idsOf(narrowed(k.of[h.name], relation))}})
		from = h.to + len(kin)
	}
	return k.seated(parts, line[from:], list)
}

// allListed reports whether a line, without the names in it, is a list: seats,
// answers, and what may be a name. A number in a sentence is no seat.
func allListed(line string) bool {
	return !slices.ContainsFunc(strings.FieldsFunc(line, parted), func(w string) bool {
		kin, _ := kinAfter(w)
		return !seatWord.MatchString(w) && !said(w) && !likeName(w) && (kin == "" || kin != w) && strings.Trim(w, ":.") != ""
	})
}

// parted is what stands between the words of a list; the colon stays with its word.
func parted(r rune) bool { return r != ':' && r != '.' && separates(r) }

// seated adds a stretch of a line without names: the seats in it, if it is part of
// a list, and the words.
func (k knownAs) seated(parts []stretch, words string, list bool) []stretch {
	for _, w := range strings.FieldsFunc(words, parted) {
		m := seatWord.FindStringSubmatch(w)
		if m == nil || !list {
			parts = append(parts, stretch{words: w})
			continue
		}
		from, _ := strconv.Atoi(m[1])
		to := from
		if m[2] != "" {
			to, _ = strconv.Atoi(m[2])
		}
		if to < from || to-from > 100 {
			parts = append(parts, stretch{named: &ReplyRead{Text: w}})
			continue
		}
		var nobody []string
		for n := from; n <= to; n++ {
			if seat := strconv.Itoa(n); len(k.seats[n]) == 0 {
				nobody = append(nobody, seat)
			} else {
				parts = append(parts, stretch{named: &ReplyRead{Text: seat, Invitees: idsOf(k.seats[n])}})
			}
		}
		if len(nobody) > 0 {
			parts = append(parts, stretch{named: &ReplyRead{Text: strings.Join(nobody, " ")}})
		}
	}
	return parts
}

// kinAfter is the word for a relative that follows a child's name.
func kinAfter(s string) (word string, is []Relation) {
	trimmed := strings.TrimLeft(s, " 的")
	for _, k := range kinWords {
		if strings.HasPrefix(trimmed, k.word) {
			return s[:len(s)-len(trimmed)+len(k.word)], k.is
		}
	}
	return "", nil
}

// narrowed is those of several invitees whose relative was named: of parents who
// live apart the mother.
func narrowed(of []Invitee, is []Relation) []Invitee {
	if len(of) < 2 || len(is) == 0 {
		return of
	}
	var out []Invitee
	for _, i := range of {
		if slices.Contains(is, i.Guardian.Relation) {
			out = append(out, i)
		}
	}
	if len(out) == 0 {
		return of
	}
	return out
}

func idsOf(of []Invitee) (ids []int64) {
	for _, i := range of {
		ids = append(ids, i.ID)
	}
	return ids
}

// merged drops what names the same families as a piece before it in the line: a
// child and its mother.
func merged(all []ReplyRead) []ReplyRead {
	var out []ReplyRead
	for _, r := range all {
		at := slices.IndexFunc(out, func(o ReplyRead) bool {
			return len(o.Invitees) > 0 && len(r.Invitees) > 0 && slices.ContainsFunc(r.Invitees, func(id int64) bool { return slices.Contains(o.Invitees, id) })
		})
		switch {
		case at < 0:
			out = append(out, r)
		case len(r.Invitees) < len(out[at].Invitees): // the narrower of the two
			out[at].Invitees = r.Invitees
		}
	}
	return out
}
