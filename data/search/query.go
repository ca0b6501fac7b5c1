package search

import (
	"strings"
	"unicode/utf8"

	"qiao/data"
)

// A term is one word of a query. Where more than one of its meanings is set,
// any of them will do: 302 is a class and the end of a phone.
type term struct {
	letters string         // pinyin or initials
	han     []rune         // characters in a row
	digits  string         // in a phone or the student number; with letters in the number only
	class   data.ClassName // a class
	tag     uint16         // one bit, as slot.tags
}

type query struct {
	terms []term
	gone  bool // those who left too
	tag   bool // a tag word is among them

	name   term // the names among terms as one, "zhang w"
	joined bool // there is more than one
}

// Bounds of what is looked at: no name is longer, and a paste by mistake costs
// nothing.
const (
	maxQuery = 120 // characters
	maxTerms = 8
	maxTerm  = 60 // letters, fewer than the bits of a word
)

// tagWords are the words of tags, as lists show them. Codes count in capitals
// only: lb is somebody's initials.
var tagWords = map[string]data.Tag{
	"留守": data.LeftBehind, "留守儿童": data.LeftBehind, "LB": data.LeftBehind,
	"单亲": data.SingleParent, "SP": data.SingleParent,
	"困难": data.Hardship, "贫困": data.Hardship, "POOR": data.Hardship,
	"安全": data.SafetyConcern, "SAFE": data.SafetyConcern,
	"残疾": data.Disability, "DIS": data.Disability,
	"孤儿": data.Orphan, "新生": data.NewHere, "NEW": data.NewHere,
}

// parse reads a query as it was typed, also with an input method on. It is
// false for one that nothing can match.
func parse(typed string, year int, tags bool) (q query, ok bool) {
	if utf8.RuneCountInString(typed) > maxQuery {
		return q, false
	}
	upper := strings.Map(func(r rune) rune { // still in capitals: tag words
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '。':
			r = '.'
		}
		switch r {
		case '*':
			q.gone = true
			return ' '
		case '、', '/', ',', ';', '\'', '，', '；', '·', '・', '\u3000':
			return ' '
		}
		return r
	}, typed)
	lower := strings.Map(fold, upper)
	if c, ok := data.ParseClass(lower, year); ok && strings.Trim(lower, "0123456789 ") != "" {
		q.terms = []term{{class: c}}
		return q, true
	}
	if d := phone(lower, year); d != "" {
		q.terms = []term{number(d, year)}
		return q, true
	}
	words, capital := strings.Fields(lower), strings.Fields(upper)
	for i := 0; i < len(words); i++ {
		if tag, ok := tagWords[capital[i]]; tags && ok {
			t := named(words[i])
			t.tag = tagBit(tag)
			q.terms, q.tag = append(q.terms, t), true
			continue
		}
		if i+1 < len(words) && !classy(words[i], year) && !isDigit(rune(words[i][len(words[i])-1])) {
			if c, ok := data.ParseClass(words[i]+words[i+1], year); ok { // 三年级 2班
				q.terms = append(q.terms, term{class: c})
				i++
				continue
			}
		}
		q.terms = append(q.terms, terms(words[i], year)...)
	}
	for _, t := range q.terms {
		if len(t.letters) > maxTerm || len(t.digits) > maxTerm {
			return q, false
		}
	}
	return q, len(q.terms) > 0 && len(q.terms) <= maxTerms
}

func tagBit(tag data.Tag) uint16 {
	for i, t := range data.Tags {
		if t == tag {
			return 1 << i
		}
	}
	return 0
}

func classy(word string, year int) bool {
	_, ok := data.ParseClass(word, year)
	return ok
}

// phone gives the digits of a query that is a number as people write it, "100
// 0000-0117" or "+86 100..", and "" for any other.
func phone(s string, year int) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(s) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '+' && b.Len() == 0, strings.ContainsRune(" -()", r):
		default:
			return ""
		}
	}
	for _, w := range strings.Fields(s) {
		if strings.ContainsAny(w, "-(") && classy(w, year) { // 3-2 0117
			return ""
		}
	}
	d := b.String()
	if strings.Contains(s, "+") {
		d = strings.TrimPrefix(d, "86")
	} else if len(d) > 11 {
		d = strings.TrimPrefix(d, "0086")
	}
	return d
}

// number is a term of digits alone, which may be a class too.
func number(d string, year int) term {
	t := term{digits: d}
	if c, ok := data.ParseClass(d, year); ok {
		t.class = c
	}
	return t
}

// named is a word as one name.
func named(word string) (t term) {
	if word[0] < 0x80 {
		t.letters = word
	} else {
		t.han = []rune(word)
	}
	return t
}

// terms takes a word apart: 3.2zw is a class and initials, 张w a character and
// an initial, 张0117 a character and digits.
func terms(word string, year int) (all []term) {
	for word != "" {
		if n := classPrefix(word, year); n > 0 {
			t := term{}
			if t.class, _ = data.ParseClass(word[:n], year); strings.Trim(word[:n], "0123456789") == "" {
				t.digits = word[:n]
			}
			all, word = append(all, t), word[n:]
			continue
		}
		n := 1 + run(word[1:], isDigit)
		switch {
		case isDigit(rune(word[0])):
			all = append(all, number(word[:n], year))
		case isLetter(rune(word[0])) && n > 1: // g3301
			all = append(all, term{digits: word[:n]})
		case isLetter(rune(word[0])):
			n = run(word, isLetter)
			all = append(all, term{letters: word[:n]})
		default:
			if n = run(word, wordy); n > 0 {
				all = append(all, term{han: []rune(word[:n])})
			} else {
				_, n = utf8.DecodeRuneInString(word) // a sign
			}
		}
		word = word[n:]
	}
	return all
}

// classPrefix is how much of a word is a class, if something that is no digit
// follows; the most that may be.
func classPrefix(word string, year int) (n int) {
	for i, r := range word {
		if i > 0 && !isDigit(r) && classy(word[:i], year) {
			n = i
		}
		if i > 32 {
			return n
		}
	}
	if classy(word, year) && strings.Trim(word, "0123456789") != "" {
		n = len(word)
	}
	return n
}

func run(s string, is func(rune) bool) int {
	for i, r := range s {
		if !is(r) {
			return i
		}
	}
	return len(s)
}

func isDigit(r rune) bool  { return r >= '0' && r <= '9' }
func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }
