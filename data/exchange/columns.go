package exchange

import (
	"errors"
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
)

// synonyms is what else a column may be called, in the form fold gives.
var synonyms = map[field]string{
	number:   "学号 学籍辅号 学生学号 学生编号 number studentnumber studentno studentid no",
	name:     "姓名 学生姓名 名字 name studentname fullname",
	sex:      "性别 sex gender",
	birth:    "出生日期 出生年月日 出生年月 生日 birth birthday dateofbirth birthdate",
	grade:    "年级 grade year",
	class:    "班级 班 所在班级 班级名称 行政班 class classname",
	address:  "住址 家庭住址 现住址 家庭地址 居住地址 详细住址 地址 address homeaddress",
	boarding: "是否寄宿 是否住校 是否寄宿生 是否住校生 寄宿 住校 boarding boarder",
	away:     "留守情况 留守 是否留守 是否留守儿童 留守儿童 leftbehind",
	hardship: "家庭经济困难 是否家庭经济困难 经济困难 是否困难 是否困难家庭 困难家庭 hardship",
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
	gRelation: "关系 与学生关系 relation relationship",
	gPhone:    "电话 手机 手机号 手机号码 电话号码 联系电话 联系方式 phone mobile tel telephone",
	gPlace:    "在外地点 务工地 务工地点 外出地点 工作地点 workplace placeofwork",
}

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

var heads = allHeads()

func allHeads() map[string]place {
	all := map[string]place{}
	for f, names := range synonyms {
		for _, n := range strings.Fields(names) {
			all[n] = place{-1, string(f)}
		}
	}
	for p, names := range parts {
		for _, n := range strings.Fields(names) {
			for _, h := range guardianHeads {
				all[h+n] = place{0, string(p)} // there is one
				for i, han := range []string{"一", "二", "三", "四"} {
					all[h+strconv.Itoa(i+1)+n], all[h+han+n] = place{i, string(p)}, place{i, string(p)}
				}
			}
			for i, group := range parents {
				for _, h := range group.heads {
					all[h+n] = place{numbered + i, string(p)}
					if p == gName {
						all[h] = place{numbered + i, string(p)}
					}
				}
			}
		}
	}
	return all
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
	at   map[place]int
	head []string
}

// columnsOf recognises the head of a roster. Its error names the columns without
// which a roster says nothing.
func columnsOf(head []string) (columns, error) {
	c := columns{at: map[place]int{}}
	for i, cell := range head {
		c.head = append(c.head, data.Name(cell))
		if p, ok := heads[fold(cell)]; ok {
			if _, twice := c.at[p]; !twice {
				c.at[p] = i
			}
		}
	}
	var missing []error
	for _, f := range []field{number, name, class} {
		if _, ok := c.at[place{-1, string(f)}]; !ok {
			missing = append(missing, bad(string(f), data.WhyNoColumn))
		}
	}
	return c, errors.Join(missing...)
}
