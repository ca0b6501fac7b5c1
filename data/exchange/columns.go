package exchange

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"qiao/data"
)

// A field is what a column of a roster tells, by the name that messages call it.
type field string

const (
	number   field = "学号"
	name     field = "姓名"
	sex      field = "性别"
	birth    field = "出生日期"
	grade    field = "年级"
	class    field = "班级"
	address  field = "住址"
	boarding field = "是否寄宿"
	away     field = "留守情况"
	hardship field = "家庭经济困难"
	identity field = "身份证号" // read, compared, forgotten
	idKind   field = "身份证件类型"
	status   field = "学籍号" // as identity
)

// synonyms is what else a column may be called, in the form fold gives. Where a
// file has several columns for one field, the word that stands first here wins.
var synonyms = map[field]string{
	number:   "学号 学生学号 校内学号 学籍辅号 学生编号 number studentnumber studentno studentid no",
	name:     "姓名 学生姓名 名字 name studentname fullname",
	sex:      "性别 sex gender",
	birth:    "出生日期 出生年月日 出生年月 生日 birth birthday dateofbirth birthdate",
	grade:    "年级 grade year",
	class:    "班级 班 所在班级 班级名称 行政班 class classname",
	address:  "住址 家庭住址 现住址 家庭地址 居住地址 详细住址 地址 address homeaddress",
	boarding: "是否寄宿 是否住校 是否寄宿生 是否住校生 寄宿 住校 就读方式 boarding boarder",
	away:     "留守情况 留守 是否留守 是否留守儿童 留守儿童 leftbehind",
	hardship: "家庭经济困难 是否家庭经济困难 经济困难 是否困难 是否困难家庭 困难家庭 hardship",
	identity: "身份证号 身份证号码 身份证件号 身份证件号码 公民身份号码 证件号码 证件号 身份证 idnumber identitynumber idcard",
	idKind:   "身份证件类型 证件类型 idtype",
	status:   "学籍号 全国学籍号 国网学籍号 学籍编号 statusnumber",
}

// A family column tells one thing of one guardian: which of them, and what.
type part string

const (
	gName     part = "姓名"
	gRelation part = "关系"
	gPhone    part = "电话"
	gPlace    part = "在外地点"
)

var parts = map[part]string{
	gName:     "姓名 名字 name",
	gRelation: "关系 与学生关系 与本人关系 relation relationship",
	gPhone:    "电话 手机 手机号 手机号码 电话号码 联系电话 联系方式 phone mobile tel telephone",
	gPlace:    "在外地点 务工地 务工地点 外出地点 工作地点 workplace placeofwork",
}

// bare is what the number of the only guardian is called where no guardian is.
const bare = "联系电话 联系方式 手机号码 手机号 手机 电话 phone mobile"

// Guardians stand in up to four numbered groups of columns, the first called
// first, or under 父亲 and 母亲.
const (
	numbered = 4
	slots    = numbered + 2
)

var guardianHeads = []string{"家长", "监护人", "家庭成员", "成员", "联系人", "guardian", "parent"}

// parents is what the two groups after the numbered ones say of themselves.
var parents = [2]struct {
	heads    []string
	relation data.Relation
}{{[]string{"父亲", "爸爸", "father"}, data.Father}, {[]string{"母亲", "妈妈", "mother"}, data.Mother}}

// A place is which part of which guardian; a field is at slot -1.
type place struct {
	slot int
	what string
}

func at(f field) place { return place{-1, string(f)} }

// String is what the field is called: 学号, 家长1电话, 父亲姓名.
func (p place) String() string {
	switch {
	case p.slot < 0:
		return p.what
	case p.slot < numbered:
		return guardianHeads[0] + strconv.Itoa(p.slot+1) + p.what
	}
	return parents[p.slot-numbered].heads[0] + p.what
}

// A claim is a field that a head stands for, and how well: 0 is best.
type claim struct {
	place
	rank int
}

var heads = allHeads()

func allHeads() map[string]claim {
	all := map[string]claim{}
	for f, names := range synonyms {
		for rank, n := range strings.Fields(names) {
			all[n] = claim{at(f), rank}
		}
	}
	for rank, n := range strings.Fields(bare) {
		all[n] = claim{place{0, string(gPhone)}, 100 + rank}
	}
	for p, names := range parts {
		for rank, n := range strings.Fields(names) {
			for _, h := range guardianHeads {
				all[h+n] = claim{place{0, string(p)}, rank} // there is one
				for i, han := range []string{"一", "二", "三", "四"} {
					for _, said := range []string{h + strconv.Itoa(i+1), h + han, "第" + han + h} {
						all[said+n] = claim{place{i, string(p)}, rank}
					}
				}
			}
			for i, group := range parents {
				for _, h := range group.heads {
					all[h+n] = claim{place{numbered + i, string(p)}, rank}
					if p == gName {
						all[h] = claim{place{numbered + i, string(p)}, 50}
					}
				}
			}
		}
	}
	return all
}

// claimOf is what a head stands for: with what stands in brackets behind it, 姓名
// (必填), or without.
func claimOf(head string) (claim, bool) {
	c, ok := heads[fold(head)]
	if !ok {
		if i := strings.IndexAny(head, "(（【["); i > 0 {
			c, ok = heads[fold(head[:i])]
		}
	}
	return c, ok
}

// fold is a head without what differs between two people who mean the same.
func fold(head string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case strings.ContainsRune("\ufeff\u3000\u00a0", r):
			return -1
		}
		if strings.ContainsRune(" \t\r\n_-*.:()'\"", r) {
			return -1
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, head)
}

// columns is where each field stands, and what its column is called in the file.
type columns struct {
	at      map[place]int
	head    []string
	taken   []data.RosterColumn
	class   data.ClassName // of the whole sheet, where no column tells
	partial bool           // a row without a class leaves the child where it is
	days    int            // what the sheet's days count from, after 1899-12-30
}

func (c columns) has(f field) bool { _, ok := c.at[at(f)]; return ok }

// columnsOf recognises the head of a roster. Said goes before what a head is
// known to mean. The error names the columns without which a roster says
// nothing, and those of which there are two. Of is the class of all rows, if that
// is known without a column.
func columnsOf(head []string, said Mapping, of data.ClassName) (columns, error) {
	c := columns{at: map[place]int{}, class: of}
	ranks, told := map[place]int{}, map[int]bool{}
	var wrong []error
	for i, cell := range head {
		c.head = append(c.head, data.Name(cell))
		got, known := claimOf(cell)
		if word, ok := said[fold(cell)]; ok {
			got, known = claimOf(word)
			got.rank, told[i] = -1, true
		}
		if !known {
			continue
		}
		other, twice := c.at[got.place]
		switch {
		case !twice || got.rank < ranks[got.place]:
			c.at[got.place], ranks[got.place] = i, got.rank
		case got.rank == ranks[got.place] && fold(head[other]) == fold(cell):
			wrong = append(wrong, bad(c.head[i], data.WhyTwoHeads))
		}
	}
	if _, secret := c.at[at(status)]; secret && !c.has(number) { // some schools' own number goes by that name
		c.at[at(number)] = c.at[at(status)]
		delete(c.at, at(status))
	}
	for i, h := range c.head {
		if h == "" {
			continue
		}
		col := data.RosterColumn{Head: h, Said: told[i]}
		for p, j := range c.at {
			if j == i {
				col.Field = p.String()
			}
		}
		c.taken = append(c.taken, col)
	}
	for _, f := range []field{number, name, class} {
		if !c.has(f) && (f != class || of.IsZero()) {
			wrong = append(wrong, bad(string(f), data.WhyNoColumn))
		}
	}
	slices.SortStableFunc(wrong, func(a, b error) int { // what is missing first: with it the file may be another
		missing := func(err error) int {
			if data.Faults(err)[0].Why == data.WhyNoColumn {
				return 0
			}
			return 1
		}
		return missing(a) - missing(b)
	})
	return c, errors.Join(wrong...)
}
