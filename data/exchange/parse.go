package exchange

import (
	"cmp"
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

func (p *parser) refuse(f field, why data.Why) { p.refuseAt(at(f), why) }

func (p *parser) refuseAt(at place, why data.Why) {
	p.faults = append(p.faults, data.RosterFault{Row: p.row, Column: p.called(at), Why: why})
}

// called is what the file calls a column.
func (p *parser) called(at place) string {
	if i, ok := p.cols.at[at]; ok {
		return p.cols.head[i]
	}
	return at.what
}

// refused reports whether something is wrong with a field already.
func (p *parser) refused(f field) bool {
	return slices.ContainsFunc(p.faults, func(o data.RosterFault) bool { return o.Column == p.called(at(f)) })
}

// text is a cell's text in one line. What would change on the way in, because
// it holds control or invisible characters or bytes of another encoding, is
// refused: a name must not become another name without a word. So is a formula
// without its result, and 2.02401E+07, which a spreadsheet makes of a number: its
// last digits are lost, and another child may have what is left.
func (p *parser) text(f field) string { return p.textAt(at(f)) }

func (p *parser) textAt(at place) string {
	i, ok := p.cols.at[at]
	if !ok || i >= len(p.cells) || p.cells[i] == "" {
		return ""
	}
	said := unquoted(strings.TrimFunc(p.cells[i], func(r rune) bool { return r < utf8.RuneSelf && unicode.IsSpace(r) || r == '\u3000' || r == '\u00a0' }))
	tidy := data.Name(said)
	switch {
	case said != tidy && (strings.ContainsFunc(said, unicode.IsControl) || strings.Join(strings.Fields(said), " ") != tidy) || strings.ContainsRune(said, utf8.RuneError):
		p.refuseAt(at, data.WhyBadChars)
	case strings.HasPrefix(said, "=") && len(said) > 1, slices.Contains(sheetErrors, said):
		p.refuseAt(at, data.WhyFormula)
		return ""
	case shortened(said):
		p.refuseAt(at, data.WhyDigits)
		return ""
	}
	return tidy
}

var sheetErrors = []string{"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}

// unquoted takes off what keeps a spreadsheet from taking a text for something
// else: ="0123", '0123, and the apostrophe before what this program exports.
func unquoted(s string) string {
	if in, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(in, `"`) && !strings.Contains(in[:len(in)-1], `"`) {
		return in[:len(in)-1]
	}
	if in, ok := strings.CutPrefix(s, "'"); ok && (harmless(in) != in || in != "" && in[0] >= '0' && in[0] <= '9') {
		return strings.TrimSpace(in)
	}
	return s
}

// shortened reports whether a number stands there as 2.02401E+07.
func shortened(s string) bool {
	i := strings.IndexAny(s, "eE")
	return i > 0 && strings.Trim(s[:i], "0123456789.") == "" && len(s) > i+1 && s[i+1] == '+' && strings.Trim(s[i+2:], "0123456789") == ""
}

func (p *parser) read() data.RosterLine {
	r := data.RosterLine{Row: p.row, Number: p.number(), Name: p.text(name), Class: p.class(), Birth: p.birth(), Address: p.text(address),
		Boarding: p.answer(boarding, "是 寄宿 住校 寄宿生 住校生 yes y 1 true", "否 走读 不寄宿 不住校 走读生 no n 0 false"),
		Hardship: p.answer(hardship, "是 困难 特困 一般困难 特别困难 yes y 1 true", "否 无 不困难 no n 0 false")}
	r.LeftBehind = p.answer(away, "是 留守 留守儿童 yes y 1 true "+oneAway+bothAway, "否 无 非留守 非留守儿童 no n 0 false")
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
	p.identity(&r)
	for _, fault := range data.Faults(data.Student{Number: r.Number, Name: r.Name}.Check(data.Date{})) {
		if f := map[string]field{"number": number, "name": name}[fault.Field]; !p.refused(f) {
			p.refuse(f, fault.Why)
		}
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

// answer reads a yes or no.
func (p *parser) answer(f field, yes, no string) data.Told {
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

// number is the school's own number of the student. An identity number is none:
// it would be kept, and shown in every list.
func (p *parser) number() string {
	s := strings.TrimSuffix(p.text(number), ".0") // some programs have no whole numbers
	if data.HoldsIdentity(s) {
		p.refuse(number, data.WhySecret)
		return ""
	}
	return s
}

// identity compares what the numbers of the row say with the row, and fills in
// what it does not tell. Only what is no secret of them is kept.
func (p *parser) identity(r *data.RosterLine) {
	for _, f := range []field{identity, status} {
		if !p.cols.has(f) {
			continue
		}
		s := p.text(f)
		if f == status {
			if !data.HoldsIdentity(s) || len(s) == 18 {
				continue
			}
			s = s[1:]
		}
		if s == "" || strings.Contains(s, "*") || f == identity && !p.resident(s) {
			continue
		}
		id, ok := data.ParseIdentity(s)
		switch {
		case !ok:
			p.refuse(f, data.WhyIdentity)
		case !r.Birth.IsZero() && r.Birth != id.Birth:
			p.refuse(birth, data.WhyIdBirth)
		case r.Sex != "" && r.Sex != id.Sex:
			p.refuse(sex, data.WhyIdSex)
		default:
			r.Birth, r.Sex = id.Birth, id.Sex
		}
	}
}

// resident reports whether a number has to be that of a resident's identity card
// and not of a passport or a permit.
func (p *parser) resident(s string) bool {
	switch p.text(idKind) {
	case "居民身份证", "身份证", "居民户口簿", "户口簿":
		return true
	case "":
		return len(s) >= 15 && strings.Trim(s, "0123456789Xx") == ""
	}
	return false
}

// class reads 一年级 and 1班 in two columns, 2024级 and 2班, or 3.2 in one.
func (p *parser) class() data.ClassName {
	g, c := p.text(grade), p.text(class)
	if c == "" && (p.cols.partial || !p.cols.class.IsZero()) {
		return p.cols.class
	}
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

// birth reads 2019-09-10, 20190910, 2019/9/10, 2019.9.10, 2019年9月10日, and 43718,
// which is how a spreadsheet counts that day.
func (p *parser) birth() data.Date {
	s := p.text(birth)
	if s == "" {
		return data.Date{}
	}
	if n, err := strconv.Atoi(strings.TrimSuffix(s, ".0")); err == nil && n > 10000 && n < 80000 {
		return p.born(data.On(1899, time.December, 30).AddDays(n + p.cols.days))
	}
	for _, layout := range []string{time.DateOnly, "2006-1-2", "20060102", "2006/1/2", "2006.1.2", "2006年1月2日", "2006-01-02 15:04:05", "2006/1/2 15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return p.born(data.On(t.Date()))
		}
	}
	p.refuse(birth, data.WhyBirthday)
	return data.Date{}
}

// oldest is how many years before the school year a student may be born: some
// schools teach adults, and none somebody of 1900.
const oldest = 60

func (p *parser) born(d data.Date) data.Date {
	switch {
	case d.Year() < p.year-oldest:
		p.refuse(birth, data.WhyBirthday)
	case d.Year() > p.year+1:
		p.refuse(birth, data.WhyFuture)
	}
	return d
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

// told is what a cell of a guardian tells: a stroke or 无 says that there is none.
func told(s string) string {
	switch s {
	case "-", "--", "—", "——", "/", "\\", "无", "没有", "暂无", "none":
		return ""
	}
	return s
}

// guardian reads the guardian of one group of columns, if there is one.
func (p *parser) guardian(slot int, r *data.RosterLine) {
	at := func(what part) place { return place{slot, string(what)} }
	g := data.Guardian{Name: told(p.textAt(at(gName))), WorkPlace: told(p.textAt(at(gPlace))), Order: len(r.Guardians) + 1}
	relation, phones := told(p.textAt(at(gRelation))), told(p.textAt(at(gPhone)))
	if _, named := p.cols.at[at(gName)]; !named && phones != "" { // a class list that has numbers only
		g.Name = cmp.Or(relation, guardianHeads[0])
	}
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
	if r.Guardians == nil {
		r.Guardians = make([]data.Guardian, 0, 2)
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
