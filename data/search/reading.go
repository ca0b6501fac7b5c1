package search

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// surnames are characters whose usual reading as a family name is not the one
// a dictionary gives first.
var surnames = table(`曾zeng 单shan 仇qiu 解xie 查zha 区ou 盖ge 朴piao 翟zhai 缪miao 乐yue 覃qin 卜bu 阚kan 都du 薄bo
	折she 藏zang 员yun 贠yun 佴nai 能nai 隗wei 洗xian 秘bi 繁po 种chong 句gou 乜nie 祭zhai 黑he 召shao 么yao`)

// doubles are family names of two characters that are read otherwise together.
var doubles = map[string][2]string{"尉迟": {"yu", "chi"}, "万俟": {"mo", "qi"}, "长孙": {"zhang", "sun"}, "澹台": {"tan", "tai"}}

func table(s string) map[rune]string {
	m := map[rune]string{}
	for _, w := range strings.Fields(s) {
		r := []rune(w)
		m[r[0]] = string(r[1:])
	}
	return m
}

// A part is what a name is made of: a character with its readings, the usual
// one first, or a word of Latin letters. Readings are a to z, ü is v; a rare
// character may have none.
type part struct {
	text     string
	readings []string
}

// maxLetters bounds a reading: no syllable has more than six letters, but a
// Latin word may.
const maxLetters = 24

// split takes a name apart, with the usual reading of each text where the
// dictionary's first is not it. Given is a reading that overrules the guess
// where it has a syllable for each text. What is neither a character nor a
// letter is passed over: 张伟(2) is 张伟, 买买提·艾力 is five characters.
func split(name, given string) (texts, usual []string) {
	word := false
	for _, r := range name {
		r = fold(r)
		letter := r >= 'a' && r <= 'z'
		switch {
		case letter && word:
			texts[len(texts)-1] += string(r)
		case letter || wordy(r):
			texts = append(texts, string(r))
		}
		word = letter
	}
	if own := syllables(given, len(texts)); own != nil {
		return texts, own
	}
	return texts, guess(texts)
}

func parts(name, given string) []part {
	texts, usual := split(name, given)
	all := make([]part, len(texts))
	for i, t := range texts {
		all[i] = part{t, readings(t, usual[i])}
	}
	return all
}

// wordy is what a name is written in besides ASCII: characters, also private
// ones that stand for rare names, and letters of other scripts.
func wordy(r rune) bool {
	return r >= 0x80 && (unicode.IsLetter(r) || unicode.Is(unicode.Co, r) || r >= 0x20000 && r < 0x40000)
}

// guess is the usual reading of each text as part of a name; "" is the
// dictionary's first.
func guess(texts []string) []string {
	usual := make([]string, len(texts))
	if len(texts) > 2 {
		if d, ok := doubles[texts[0]+texts[1]]; ok {
			usual[0], usual[1] = d[0], d[1]
			return usual
		}
	}
	if len(texts) > 0 {
		usual[0] = surnames[first(texts[0])]
	}
	return usual
}

// syllables are those of a reading that was given, if there are n.
func syllables(given string, n int) []string {
	given = strings.Map(func(r rune) rune {
		if r = fold(r); r >= 'a' && r <= 'z' {
			return r
		}
		return ' '
	}, given)
	if s := strings.Fields(given); n > 0 && len(s) == n {
		return s
	}
	return nil
}

// readings of one text, usual first. 吕 is lv, and lu or lyu in passports.
func readings(text, usual string) []string {
	var all []string
	add := func(s string) {
		s = s[:min(len(s), maxLetters)]
		if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == "" && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	add(usual)
	if text[0] < 0x80 {
		add(text)
		return all
	}
	for s := range strings.SplitSeq(pinyin.PinyinDict[int(first(text))], ",") {
		add(toneless(s))
	}
	for _, s := range slices.Clone(all) {
		if i := strings.IndexByte(s, 'v'); i == 1 {
			add(s[:1] + "u" + s[2:])
			add(s[:1] + "yu" + s[2:])
		}
	}
	return all
}

// marked and bare are the letters of the dictionary with their tones, and
// without.
var marked, bare = []rune("āáǎàōóǒòēéěèīíǐìūúǔùüǖǘǚǜḿńňǹêếề"), "aaaaooooeeeeiiiiuuuuvvvvvmnnneee"

func toneless(s string) string {
	return strings.Map(func(r rune) rune {
		if i := slices.Index(marked, r); i >= 0 {
			return rune(bare[i])
		}
		if r > 'z' {
			return -1 // a tone that stands apart, as of ê̌
		}
		return r
	}, s)
}

func first(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// fold gives a character the form it is searched in: ASCII for fullwidth, small
// for capital, v for ü.
func fold(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		r -= '！' - '!'
	case r == '\u3000':
		return ' '
	}
	switch r = unicode.ToLower(r); r {
	case 'ü', 'ǖ', 'ǘ', 'ǚ', 'ǜ':
		return 'v'
	}
	return r
}

// Reading is a name's pinyin without tones, a syllable a character: "zhang
// wei". Given is the reading on record, which goes before the usual guess; ""
// for none. A character that no dictionary has stays as it is. Names sort by it.
func Reading(name, given string) string {
	all := parts(name, given)
	said := make([]string, len(all))
	for i, p := range all {
		said[i] = p.usual()
	}
	return strings.Join(said, " ")
}

func (p part) usual() string {
	if len(p.readings) == 0 {
		return p.text
	}
	return p.readings[0]
}

// Romanised is a name as English screens write it: family name, then the given
// name in one word, "Zhang Limin". Names that are not all characters keep
// their own form.
func Romanised(name, given string) string {
	all := parts(name, given)
	if len(all) == 0 { // digits: a number that stands for a name
		return name
	}
	family := 1
	if len(all) > 2 {
		if IsCompound(all[0].text + all[1].text) {
			family = 2
		}
	}
	var b strings.Builder
	for i, p := range all {
		if p.text[0] < 0x80 || len(p.readings) == 0 {
			return name
		}
		s := p.usual()
		switch i {
		case family:
			b.WriteByte(' ')
			fallthrough
		case 0:
			s = strings.ToUpper(s[:1]) + s[1:]
		}
		b.WriteString(s)
	}
	return b.String()
}

// IsCompound reports whether two characters are a family name: 欧阳, 尉迟.
func IsCompound(family string) bool {
	_, ok := doubles[family]
	return ok || slices.Contains(compounds, family)
}

// compounds are the other family names of two characters that are met.
var compounds = strings.Fields("欧阳 司马 上官 诸葛 皇甫 东方 司徒 令狐 夏侯 慕容 轩辕 宇文 公孙 端木 司空 申屠 南宫 西门 呼延 独孤 拓跋 赫连 闻人 太史 淳于 濮阳 钟离 东郭 公冶 宗政")

// Username is a name's pinyin in one word of a to z, "luojing", as accounts are
// named; "staff" where a name has no letter at all.
func Username(name string) string {
	var b strings.Builder
	for _, p := range parts(name, "") {
		if len(p.readings) > 0 {
			b.WriteString(p.readings[0])
		}
	}
	if b.Len() == 0 {
		return "staff"
	}
	s := b.String()
	return s[:min(len(s), 32)]
}
