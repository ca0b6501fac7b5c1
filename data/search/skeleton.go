package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// lookAlike are letters of other scripts, and characters, that are drawn like
// the first of their line.
var lookAlike = func() map[rune]rune {
	m := map[rune]rune{}
	for line := range strings.FieldsSeq("aаαɑ bьЬ cсϲ dԁ eеєε hһн iіıι jј kкκ lӏ1| mм nпη oоοσ0〇 pрρ qԛ rг sѕ tтτ uυц vѵν wѡω xхχ yуγ zᴢ " +
		"己已巳 未末 土士 日曰 戊戌戍 人入八 干千于 晴睛 侯候 壬王玉主 免兔 折拆 治冶 沐沭 祐佑 静靜靖 罗羅 张張 陈陳 刘劉 杨楊 吴吳 孙孫 赵趙 黄黃 叶葉 郑鄭 邓鄧 冯馮 许許 苏蘇 卢盧 蒋蔣 韩韓 谭譚 贾賈 钱錢 龙龍 马馬") {
		r := []rune(line)
		for _, x := range r[1:] {
			m[x] = r[0]
		}
	}
	return m
}()

// Skeleton is what a name looks like: two names with one skeleton are taken for
// each other by who reads them. Width, case, blanks, dots and marks do not
// count, nor which script a letter is from.
func Skeleton(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(name) {
		r = unicode.ToLower(r)
		if to, ok := lookAlike[r]; ok {
			r = to
		}
		if !unicode.In(r, unicode.Z, unicode.C, unicode.M, unicode.P) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
