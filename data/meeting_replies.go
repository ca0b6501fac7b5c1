package data

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A ReplyRead is one piece of a text in which families answer a notice: what was
// typed, which invitees it means, and what it says. Of several it is not sure
// which is meant; of none it knows nobody.
type ReplyRead struct {
	Text     string
	Invitees []int64
	Reply    Reply // NoReply: the piece does not say
	Why      string
}

// MaxReplies is the characters of a text of replies: a long evening's chat.
const MaxReplies = 8000

// Sure reports whether the piece means one invitee.
func (r ReplyRead) Sure() bool { return len(r.Invitees) == 1 }

// MatchReplies reads who answered out of what people type or copy from a chat:
// seats ("1 3 5-9"), names ("章薇 田沐阳"), one answer a line ("章薇妈妈: 收到",
// "3. 冉小满 参加", "江莉 请假, 出差"), a chat's heads with the message under them.
// Names are those of the children, whole or, of three characters and more,
// without the family name, and those of their guardians. A family that is named
// twice stands where it was named last, with what it said there. Nothing of the
// text is left out: what nobody is known by stands among the answer too.
func MatchReplies(text string, of []Invitee) []ReplyRead {
	k := knownBy(of)
	var out []ReplyRead
	lines := strings.Split(strings.ReplaceAll(Block(text), "\r\n", "\n"), "\n")
	chain := chained(lines)
	head := false // the line before named one family and said nothing: a chat's head
	for _, line := range lines {
		line = seatSign.ReplaceAllString(strings.TrimSpace(halfWidth(line)), "$1 ")
		if line == "" {
			continue
		}
		if chain {
			line = strings.TrimSpace(ordinal.ReplaceAllString(line, ""))
		}
		parts := k.read(line)
		found, rest := answers(parts)
		switch {
		case len(found) > 0:
			out = append(append(out, found...), strangers(rest)...)
		case head:
			last := &out[len(out)-1]
			if said, why := saidIn(line); said != NoReply {
				last.Reply, last.Why = said, why
			}
			last.Text += " " + line
			continue
		case strings.ContainsFunc(line, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }):
			out = append(out, ReplyRead{Text: line})
		default: // signs alone
			continue
		}
		head = len(found) == 1 && found[0].Reply == NoReply && headRest.MatchString(rest)
	}
	return lastOf(out)
}

// A stretch of a line is a family that it names, or the words between two.
type stretch struct {
	named *ReplyRead
	words string
}

// answers gives the families that a line names what the line says of them: the
// words behind them ("章薇 田沐阳 参加"), or those before with a colon ("请假: 3 5").
// Rest is the words without those that refuse, which are reasons.
func answers(parts []stretch) (found []ReplyRead, rest string) {
	var lead Reply
	var leadWhy, gap string
	open := 0 // from which of found on nothing is said yet
	give := func(r Reply, why string) {
		for ; open < len(found); open++ {
			if found[open].Reply = r; r == WillNot {
				found[open].Why = why
			}
		}
	}
	flush := func(last bool) {
		said, why := saidIn(gap)
		switch {
		case said == NoReply:
		case !last && strings.HasSuffix(strings.TrimSpace(gap), ":"):
			give(lead, leadWhy)
			lead, leadWhy = said, ""
		default:
			give(said, why)
			lead, leadWhy = NoReply, ""
		}
		if said != WillNot {
			rest += gap + " "
		}
		gap = ""
	}
	for _, p := range parts {
		if p.named == nil {
			gap += p.words + " "
			continue
		}
		flush(false)
		found = append(found, *p.named)
	}
	flush(true)
	give(lead, leadWhy)
	return merged(found), strings.TrimSpace(rest)
}

// lastOf drops of each family all but the piece where it was named last.
func lastOf(all []ReplyRead) []ReplyRead {
	seen := map[int64]bool{}
	var out []ReplyRead
	for _, r := range slices.Backward(all) {
		if r.Sure() {
			if seen[r.Invitees[0]] {
				continue
			}
			seen[r.Invitees[0]] = true
		}
		out = append(out, r)
	}
	slices.Reverse(out)
	return out
}

var (
	seatSign = regexp.MustCompile(`(\d)号`)
	leading  = regexp.MustCompile(`^\d+`)
	ordinal  = regexp.MustCompile(`^\d{1,3}\s*[.、:)]?\s*`)
	listed   = regexp.MustCompile(`^\d{1,3}\s*[.、:)]?\s*[^\d\s,，、.~至-]`)
	headRest = regexp.MustCompile(`^[\s,:.、()\d/年月日号-]*[:\d)]?[\s]*$`)
	seatWord = regexp.MustCompile(`^(\d{1,3})(?:(?:-|~|至|到|—|–)(\d{1,3}))?$`)
)

// chained reports whether the lines are numbered as they came, as in a chat where
// each adds a line: those numbers are no seats.
func chained(lines []string) bool {
	n, last := 0, 0
	for _, line := range lines {
		line = strings.TrimSpace(halfWidth(line))
		if !listed.MatchString(line) {
			continue
		}
		at, _ := strconv.Atoi(leading.FindString(line))
		if at != last+1 {
			return false
		}
		n, last = n+1, at
	}
	return n >= 2
}

// strangers are the words of what is left of a line that may be names of nobody
// here: a slip of the pen must not vanish among those who were found.
func strangers(rest string) (out []ReplyRead) {
	for _, w := range strings.FieldsFunc(rest, separates) {
		if likeName(w) && !said(w) {
			out = append(out, ReplyRead{Text: w})
		}
	}
	return out
}

// likeName reports whether a word may be somebody's name.
func likeName(w string) bool {
	n := utf8.RuneCountInString(w)
	return n >= 2 && n <= 4 && !strings.ContainsFunc(w, func(r rune) bool { return !unicode.Is(unicode.Han, r) || strings.ContainsRune(notInNames, r) })
}

// notInNames is characters of sentences that no name here has.
const notInNames = "谢您我你他她的了会到师吗呢吧啊哦嗯们在也都就能不没有是点晚早"

func separates(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(",，、;；:：。.!！", r)
}

// The words of an answer. What refuses is looked for first: 不能参加 has 参加 in it.
var replyWords = []struct {
	is    Reply
	words []string
}{
	{ReadNotice, []string{"不一定", "不确定", "看情况", "待定", "再定", "尽量", "maybe", "not sure"}}, // who does not know yet has read it
	{WillNot, []string{"请假", "来不了", "去不了", "到不了", "不能来", "不能去", "不能到", "不能参加", "不参加", "无法参加", "没法", "不来", "不去", "没空", "缺席", "excused", "cannot", "can't", "not coming", "won't"}},
	{WillCome, []string{"参加", "会来", "会到", "能来", "能到", "都来", "都到", "我来", "准时", "按时", "到场", "一定到", "一定来", "没问题", "coming", "will come", "attend", "yes"}},
	{ReadNotice, []string{"收到", "已读", "知道了", "已阅", "明白", "了解", "好的", "好", "ok", "read", "received", "noted"}},
}

// comesAlone is the words that say so where nothing stands around them.
var comesAlone = []string{"来", "到", "去", "可以", "行", "能"}

// said reports whether a word is part of an answer.
func said(word string) bool {
	r, _ := saidIn(word)
	return r != NoReply
}

// saidIn is what a text answers, and of who cannot come the reason: what else it
// says.
func saidIn(s string) (Reply, string) {
	low := strings.ToLower(s)
	if slices.ContainsFunc(strings.FieldsFunc(low, separates), func(w string) bool { return slices.Contains(comesAlone, w) }) && !strings.Contains(low, "不") {
		return WillCome, ""
	}
	for _, kind := range replyWords {
		for _, w := range kind.words {
			if at := strings.Index(low, w); at >= 0 {
				if kind.is != WillNot {
					return kind.is, ""
				}
				return WillNot, reasonIn(low, at, len(w))
			}
		}
	}
	return NoReply, ""
}

// reasonIn is a refusal without its word, as far as a reason may be long.
func reasonIn(s string, at, n int) string {
	trim := func(s string) string { return strings.Trim(s, " ,，.。:：;；、!！-()[]【】") }
	why := []rune(trim(strings.Join(strings.Fields(trim(s[:at])+" "+trim(s[at+n:])), " ")))
	return string(why[:min(len(why), maxWhy)])
}
