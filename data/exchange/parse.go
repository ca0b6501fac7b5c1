package exchange

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"qiao/data"
)

// A parser reads one row and gathers what is wrong with it.
type parser struct {
	cells  []string
	cols   columns
	year   int
	row    int
	faults []data.RosterFault
}

func (p *parser) refuse(f field, why data.Why) { p.refuseAt(place{-1, string(f)}, why) }

func (p *parser) refuseAt(at place, why data.Why) {
	column := at.what
	if i, ok := p.cols.at[at]; ok {
		column = p.cols.head[i]
	}
	p.faults = append(p.faults, data.RosterFault{Row: p.row, Column: column, Why: why})
}

// text is a cell's text in one line. What would change on the way in, because
// it holds control or invisible characters or bytes of another encoding, is
// refused: a name must not become another name without a word.
func (p *parser) text(f field) string { return p.textAt(place{-1, string(f)}) }

func (p *parser) textAt(at place) string {
	i, ok := p.cols.at[at]
	if !ok || i >= len(p.cells) {
		return ""
	}
	said := strings.TrimFunc(p.cells[i], func(r rune) bool { return r < utf8.RuneSelf && unicode.IsSpace(r) || r == '\u3000' || r == '\u00a0' })
	tidy := data.Name(said)
	if said != tidy && (strings.ContainsFunc(said, unicode.IsControl) || strings.Join(strings.Fields(said), " ") != tidy) || strings.ContainsRune(said, utf8.RuneError) {
		p.refuseAt(at, data.WhyBadChars)
	}
	return tidy
}

func (p *parser) read() data.RosterLine {
	r := data.RosterLine{Row: p.row, Number: p.number(), Name: p.text(name), Class: p.class(), Birth: p.birth(), Address: p.text(address),
		Boarding: p.told(boarding, "是 寄宿 住校 寄宿生 住校生 yes y 1 true", "否 走读 不寄宿 不住校 走读生 no n 0 false"),
		Hardship: p.told(hardship, "是 困难 特困 一般困难 特别困难 yes y 1 true", "否 无 不困难 no n 0 false")}
	r.LeftBehind = p.told(away, "是 留守 留守儿童 yes y 1 true "+oneAway+bothAway, "否 无 非留守 非留守儿童 no n 0 false")
	if word := p.text(away); r.LeftBehind == data.ToldYes && slices.Contains(strings.Fields(oneAway+bothAway), word) {
		r.Away = word
	}
	switch p.lower(sex) {
	case "男", "男性", "male", "m", "boy":
		r.Sex = data.Male
	case "女", "女性", "female", "f", "girl":
		r.Sex = data.Female
	case "":
	default:
		p.refuse(sex, data.WhyUnknown)
	}
	for _, fault := range data.Faults(data.Student{Number: r.Number, Name: r.Name}.Check(data.Date{})) {
		p.refuse(map[string]field{"number": number, "name": name}[fault.Field], fault.Why)
	}
	if utf8.RuneCountInString(r.Address) > 120 {
		p.refuse(address, data.WhyTooLong)
	}
	for slot := range slots {
		p.guardian(slot, &r)
	}
	return r
}

// Who is away: a child with either parent away is left behind, by the school's
// rules; which of them, the note beside the tag says.
const (
	oneAway  = "父亲外出 母亲外出 父外出 母外出 单亲外出 一方外出 单亲留守 单亲留守儿童 "
	bothAway = "双亲外出 父母外出 父母均外出 双方外出 双亲留守 双亲留守儿童 "
)

func (p *parser) lower(f field) string { return strings.ToLower(p.text(f)) }

// told reads a yes or no.
func (p *parser) told(f field, yes, no string) data.Told {
	s := p.lower(f)
	switch {
	case s == "":
		return data.NotTold
	case slices.Contains(strings.Fields(yes), s):
		return data.ToldYes
	case slices.Contains(strings.Fields(no), s):
		return data.ToldNo
	}
	p.refuse(f, data.WhyUnknown)
	return data.NotTold
}

// number refuses 2.02401E+07, which a spreadsheet makes of a number: its last
// digits are lost, and another child may have what is left.
func (p *parser) number() string {
	s := p.text(number)
	if strings.Contains(strings.ToUpper(s), "E+") {
		p.refuse(number, data.WhyUnknown)
	}
	return s
}

// class reads 一年级 and 1班 in two columns, 2024级 and 2班, or 3.2 in one.
func (p *parser) class() data.ClassName {
	g, c := p.text(grade), p.text(class)
	if c == "" {
		p.refuse(class, data.WhyEmpty)
		return data.ClassName{}
	}
	if name, ok := parseClass(g, c, p.year); ok {
		return name
	}
	p.refuse(class, data.WhyUnknown)
	return data.ClassName{}
}

func parseClass(g, c string, year int) (data.ClassName, bool) {
	whole, ok := data.ParseClass(c, year)
	if g == "" {
		return whole, ok
	}
	n, known := data.ParseGrade(g)
	if !known {
		return data.ParseClass(g+c, year)
	}
	if ok && whole.Grade == n {
		return whole, true
	}
	return data.ParseClass(strconv.Itoa(n)+"."+strings.Trim(c, "第()（）班 "), year)
}

// birth reads 2019-09-10, 20190910, 2019/9/10, 2019.9.10, 2019年9月10日.
func (p *parser) birth() data.Date {
	s := p.text(birth)
	if s == "" {
		return data.Date{}
	}
	for _, layout := range []string{time.DateOnly, "2006-1-2", "20060102", "2006/1/2", "2006.1.2", "2006年1月2日", "2006-01-02 15:04:05", "2006/1/2 15:04"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1900 {
			if t.Year() > p.year+1 {
				p.refuse(birth, data.WhyFuture)
			}
			return data.On(t.Date())
		}
	}
	p.refuse(birth, data.WhyNotADate)
	return data.Date{}
}

// relations is what guardians are called in rosters. Any other word is kept as
// it stands.
var relations = map[string]data.Relation{
	"父亲": data.Father, "爸爸": data.Father, "父": data.Father, "父子": data.Father, "父女": data.Father, "母亲": data.Mother, "妈妈": data.Mother, "母": data.Mother,
	"母子": data.Mother, "母女": data.Mother,
	"祖父": data.Grandfather, "爷爷": data.Grandfather, "祖母": data.Grandmother, "奶奶": data.Grandmother,
	"外祖父": data.MaternalGrandfather, "外公": data.MaternalGrandfather, "姥爷": data.MaternalGrandfather,
	"外祖母": data.MaternalGrandmother, "外婆": data.MaternalGrandmother, "姥姥": data.MaternalGrandmother,
	"继父": data.Stepfather, "继母": data.Stepmother, "叔叔": data.Uncle, "叔父": data.Uncle, "伯父": data.Uncle, "伯伯": data.Uncle, "舅舅": data.Uncle,
	"舅父": data.Uncle, "姑姑": data.Aunt, "姑妈": data.Aunt, "姨妈": data.Aunt, "姨母": data.Aunt, "阿姨": data.Aunt, "伯母": data.Aunt, "舅妈": data.Aunt,
	"婶婶": data.Aunt, "哥哥": data.Sibling, "姐姐": data.Sibling, "兄长": data.Sibling, "亲戚": data.Relative, "亲属": data.Relative,
	"其他": data.OtherRelation, "其它": data.OtherRelation,
}

// ParseRelation is the relation that a word of a roster names, and the word
// itself where it is none of the known ones. No word is the other relation.
func ParseRelation(word string) (r data.Relation, free string) {
	if r, ok := relations[word]; ok {
		return r, ""
	}
	if r := data.Relation(strings.ToLower(word)); slices.Contains(data.Relations, r) {
		return r, ""
	}
	return data.OtherRelation, word
}

// guardian reads the guardian of one group of columns, if there is one.
func (p *parser) guardian(slot int, r *data.RosterLine) {
	at := func(what part) place { return place{slot, string(what)} }
	g := data.Guardian{Name: p.textAt(at(gName)), WorkPlace: p.textAt(at(gPlace)), Order: len(r.Guardians) + 1}
	relation, phones := p.textAt(at(gRelation)), p.textAt(at(gPhone))
	if g.Name == "" {
		if phones != "" {
			p.refuseAt(at(gName), data.WhyEmpty)
		}
		return
	}
	g.Relation, g.RelationText = ParseRelation(relation)
	if slot >= numbered && relation == "" {
		g.Relation = parents[slot-numbered].relation
	}
	for _, one := range strings.FieldsFunc(phones, func(r rune) bool { return strings.ContainsRune("/、;；,，", r) }) {
		e164, err := data.ParsePhone(one)
		if err != nil {
			p.refuseAt(at(gPhone), data.WhyNotPhone)
			continue
		}
		if !slices.ContainsFunc(g.Phones, func(o data.Phone) bool { return o.E164 == e164 }) {
			g.Phones = append(g.Phones, data.Phone{E164: e164})
		}
	}
	for _, fault := range data.Faults(g.Check(data.Date{})) {
		p.refuseAt(at(map[string]part{"guardian": gName, "work_place": gPlace}[fault.Field]), fault.Why)
	}
	if utf8.RuneCountInString(g.RelationText) > 30 {
		p.refuseAt(at(gRelation), data.WhyTooLong)
	}
	if slices.ContainsFunc(r.Guardians, func(o data.Guardian) bool { return same(g, o) }) { // 家长1 and 父亲 tell of one
		return
	}
	r.Guardians = append(r.Guardians, g)
}

// same reports whether two groups of columns tell of one adult: one name, and a
// number in common.
func same(g, o data.Guardian) bool {
	return g.Name == o.Name && slices.ContainsFunc(g.Phones, func(p data.Phone) bool {
		return slices.ContainsFunc(o.Phones, func(q data.Phone) bool { return p.E164 == q.E164 })
	})
}
