package data

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ClassName is what a class is called in one school year: 3.2 is the second
// class of grade 3. Grade is 1 to 12 (7 is 初一, 10 is 高一), Number 1 to 99.
type ClassName struct{ Grade, Number int }

// String is the form of files, words and English, "3.2"; of the zero name "".
func (c ClassName) String() string {
	if c.IsZero() {
		return ""
	}
	return strconv.Itoa(c.Grade) + "." + strconv.Itoa(c.Number)
}

// IsZero reports whether there is no class, as of a child who has left.
func (c ClassName) IsZero() bool { return c == ClassName{} }

// Before orders classes as a school lists them: by grade, then by number.
func (c ClassName) Before(d ClassName) bool {
	return cmp.Or(cmp.Compare(c.Grade, d.Grade), cmp.Compare(c.Number, d.Number)) < 0
}

func (c ClassName) valid() bool {
	return c.Grade >= 1 && c.Grade <= 12 && c.Number >= 1 && c.Number <= 99
}

// ParseClass reads a class in any spelling staff use: 3.2 3-2 三2 三(2) 三年级2班
// 三年2班 302 初一(1) 2024级2班, in fullwidth too. The last is by the year of
// entry, so year says which school year is meant, by its autumn: in 2026
// 2024级2班 is 3.2. It is false for what is no class of grades 1 to 12.
func ParseClass(s string, year int) (ClassName, bool) {
	s, ok := compact(s)
	if !ok {
		return ClassName{}, false
	}
	s, closed := cutSuffix(s, "班")
	c, ok := bareClass(s)
	if !ok {
		c, ok = cohortClass(s, year)
	}
	if !ok {
		c, ok = gradeAndNumber(s, closed)
	}
	if !ok || !c.valid() {
		return ClassName{}, false
	}
	return c, true
}

// ParseGrade reads a grade: 3 三 三年级 三年 七 初一 (7) 高一 (10), in fullwidth too.
// It is false for what is no grade from 1 to 12.
func ParseGrade(s string) (int, bool) {
	s, ok := compact(s)
	if !ok {
		return 0, false
	}
	g, rest, ok := cutGrade(s)
	rest, _ = cutSuffix(rest, "年级", "年")
	if !ok || rest != "" || g < 1 || g > 12 {
		return 0, false
	}
	return g, true
}

// bareClass reads 302 and 1001: the number always has two digits, else 111
// could be two classes.
func bareClass(s string) (ClassName, bool) {
	if len(s) != 3 && len(s) != 4 || s[0] == '0' {
		return ClassName{}, false
	}
	g, ok1 := digits(s[:len(s)-2])
	n, ok2 := digits(s[len(s)-2:])
	return ClassName{g, n}, ok1 && ok2
}

// cohortClass reads 2024级2 and 24级2.
func cohortClass(s string, year int) (ClassName, bool) {
	entry, num, ok := strings.Cut(s, "级")
	if !ok || len(entry) != 4 && len(entry) != 2 {
		return ClassName{}, false
	}
	e, ok := digits(entry)
	if len(entry) == 2 {
		e += 2000
	}
	n, numbered := number(num)
	return ClassName{year - e + 1, n}, ok && numbered
}

// gradeAndNumber reads a grade, something between and a number. Closed tells
// that 班 stood at the end: 三二班 is a class, 三二 is not, for 一一 is a name.
func gradeAndNumber(s string, closed bool) (ClassName, bool) {
	g, rest, ok := cutGrade(s)
	if !ok {
		return ClassName{}, false
	}
	num, parted := rest, false
	for _, sep := range []string{"年级", "年", ".", "-"} {
		if after, ok := strings.CutPrefix(rest, sep); ok {
			num, parted = after, true
			break
		}
	}
	n, ok := number(num)
	_, plain := digits(num)
	if !parted && !plain && num != "" && num[0] != '(' { // 三二
		ok = ok && closed && utf8.RuneCountInString(s) == 2
	}
	return ClassName{g, n}, ok
}

// number reads 2 02 (2) 二 (二) 十二, up to 99.
func number(s string) (int, bool) {
	if in, ok := strings.CutPrefix(s, "("); ok {
		if s, ok = strings.CutSuffix(in, ")"); !ok {
			return 0, false
		}
		s, _ = cutSuffix(s, "班")
	}
	if n, ok := digits(s); ok {
		return n, len(s) <= 2
	}
	return hanNumber(s)
}

// cutGrade takes the grade off the front: digits, 三, 十一, 初一, 高一.
func cutGrade(s string) (grade int, rest string, ok bool) {
	if i := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }); i != 0 {
		if i < 0 {
			i = len(s)
		}
		g, ok := digits(s[:i])
		return g, s[i:], ok && i <= 2
	}
	add := 0
	if after, ok := strings.CutPrefix(s, "初"); ok {
		s, add = after, 6
	} else if after, ok := strings.CutPrefix(s, "高"); ok {
		s, add = after, 9
	}
	for _, two := range []string{"十一", "十二"} {
		if after, ok := strings.CutPrefix(s, two); ok && add == 0 {
			g, _ := hanNumber(two)
			return g, after, true
		}
	}
	_, size := utf8.DecodeRuneInString(s)
	g, ok := hanNumber(s[:size])
	if add > 0 && g > 3 {
		return 0, "", false
	}
	return g + add, s[size:], ok
}

// hanNumber reads 一 to 九十九.
func hanNumber(s string) (int, bool) {
	unit := func(s string) int { // 0 for none
		r, size := utf8.DecodeRuneInString(s)
		if size != len(s) {
			return 0
		}
		for i, d := range []rune("一二三四五六七八九") {
			if d == r {
				return i + 1
			}
		}
		return 0
	}
	tens, ones, ok := strings.Cut(s, "十")
	if !ok {
		n := unit(s)
		return n, n > 0
	}
	t, o := unit(tens), unit(ones)
	if t == 0 && tens != "" || o == 0 && ones != "" {
		return 0, false
	}
	return max(t, 1)*10 + o, true
}

// digits reads a few ASCII digits; unlike Atoi it takes no sign.
func digits(s string) (n int, ok bool) {
	if s == "" || len(s) > 4 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// compact gives the ASCII form of what an input method makes wide and takes
// out spaces, but not between digits: "3 02" is two words.
func compact(s string) (string, bool) {
	var b strings.Builder
	var last rune
	gap := false
	for _, r := range strings.TrimSpace(s) {
		switch {
		case unicode.IsSpace(r):
			gap = true
			continue
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '。':
			r = '.'
		case r == '–' || r == '—':
			r = '-'
		case r == '級':
			r = '级'
		}
		if gap && unicode.IsDigit(r) && unicode.IsDigit(last) || b.Len() > 64 {
			return "", false
		}
		b.WriteRune(r)
		last, gap = r, false
	}
	return b.String(), b.Len() > 0
}

func cutSuffix(s string, suffixes ...string) (string, bool) {
	for _, suffix := range suffixes {
		if before, ok := strings.CutSuffix(s, suffix); ok {
			return before, true
		}
	}
	return s, false
}
