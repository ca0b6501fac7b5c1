package demo

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"time"

	"qiao/data"
)

//go:embed texts.txt
var texts string

// A line is one thing that a teacher may write down; texts.txt says how.
type line struct {
	topics     []string
	channels   []data.Channel
	in, IN     bool // may be, always is from the family
	quote      bool
	level      data.Level
	elder      bool // suits a grandparent only, and so on
	parent     bool
	away       bool
	lb, single bool
	board      bool
	cold, hot  bool
	grades     [2]int
	weeks      [2]int
	text       string
	plain      bool // has no choices, so that it is said less often
	promise    string
	mine       bool // the promise is the teacher's
	days       int
}

var words = map[string]data.Channel{"call": data.PhoneCall, "video": data.VideoCall, "msg": data.ChatMessage, "visit": data.HomeVisit,
	"talk": data.Talk, "letter": data.Letter, "book": data.ContactBook}

var lines = parseLines(texts)

// byChannel is the lines that suit a channel.
var byChannel = func() map[data.Channel][]int {
	m := map[data.Channel][]int{}
	for i, l := range lines {
		for _, c := range l.channels {
			m[c] = append(m[c], i)
		}
	}
	return m
}()

func parseLines(s string) (out []line) {
	for row := range strings.Lines(s) {
		if row = strings.TrimSpace(row); row == "" || row[0] == '#' {
			continue
		}
		p := strings.SplitN(row, " | ", 3)
		l := line{level: data.Normal, grades: [2]int{1, 12}, weeks: [2]int{1, 99}}
		head := strings.Fields(p[0])
		l.topics = strings.Split(head[0], ",")
		for _, w := range slices.Concat(head[1:], strings.Fields(p[1])) {
			l.word(w)
		}
		if l.channels == nil {
			l.channels = []data.Channel{data.PhoneCall}
		}
		text, promise, _ := strings.Cut(p[2], " => ")
		l.text = strings.ReplaceAll(text, " // ", "\n")
		if f := strings.SplitN(promise, " ", 3); len(f) == 3 {
			l.mine, l.promise = f[0] == "me", f[2]
			l.days, _ = strconv.Atoi(f[1])
		}
		l.plain = !strings.Contains(l.text, "[")
		out = append(out, l)
	}
	return out
}

func (l *line) word(w string) {
	if c, ok := words[w]; ok {
		l.channels = append(l.channels, c)
		return
	}
	flags := map[string]*bool{"in": &l.in, "IN": &l.IN, "quote": &l.quote, "elder": &l.elder, "parent": &l.parent, "away": &l.away,
		"lb": &l.lb, "single": &l.single, "board": &l.board, "cold": &l.cold, "hot": &l.hot}
	if f := flags[w]; f != nil {
		*f = true
		return
	}
	from, to, _ := strings.Cut(w[1:], "-")
	a, err := strconv.Atoi(from)
	b, _ := strconv.Atoi(to)
	switch {
	case err != nil:
		panic("texts.txt: " + w) // a test reads the whole file
	case w[0] == 'L':
		l.level = data.Level(a)
	case w[0] == 'g':
		l.grades = [2]int{a, max(a, b)}
	case w[0] == 'w':
		l.weeks = [2]int{a, max(a, b)}
	default:
		panic("texts.txt: " + w)
	}
}

// A setting is what a line must fit.
type setting struct {
	kid     *kid
	who     *tie
	channel data.Channel
	day     data.Date
	week    int
	subject string // of a subject teacher, who speaks of lessons only
	grade   int
}

// lessons are the topics that a subject teacher phones about.
var lessons = []string{"study", "homework", "praise", "conduct"}

func (l *line) fits(s setting) bool {
	month := s.day.Month()
	warm := month >= time.May && month <= time.September
	switch {
	case s.grade < l.grades[0] || s.grade > l.grades[1], s.week < l.weeks[0] || s.week > l.weeks[1]:
		return false
	case l.cold && month > time.February && month < time.November, l.hot && !warm:
		return false
	case l.elder && !s.who.elder(), l.parent && !s.who.parent(), l.away != s.who.away() && (l.away || l.parent):
		return false
	case l.lb && s.kid.home.away() == 0, l.single && !s.kid.home.single(), l.board && !s.kid.Boarding:
		return false
	case s.subject != "" && (l.level > data.Normal || !slices.Contains(lessons, l.topics[0])):
		return false
	}
	return true
}

// say is a line in the words of one occasion: a choice made at each [a|b], and
// the names put in.
func (m *maker) say(text string, s setting, subject string) string {
	var b strings.Builder
	for text != "" {
		i := strings.IndexAny(text, "[{")
		if i < 0 {
			break
		}
		b.WriteString(text[:i])
		end := map[byte]string{'[': "]", '{': "}"}[text[i]]
		inner, rest, _ := strings.Cut(text[i+1:], end)
		if text[i] == '[' {
			inner = pick(m, strings.Split(inner, "|"))
			rest = inner + rest // a choice may hold a name to put in
		} else {
			b.WriteString(m.slot(inner, s, subject))
		}
		text = rest
	}
	b.WriteString(text)
	return b.String()
}

func (m *maker) slot(name string, s setting, subject string) string {
	switch name {
	case "R":
		return called[s.who.relation]
	case "N":
		return s.kid.given
	case "K":
		return subject
	case "A":
		return s.who.adult.WorkPlace
	}
	return "周" + string([]rune("日一二三四五六")[1+m.r.IntN(5)])
}

var called = map[data.Relation]string{data.Father: "父亲", data.Mother: "母亲", data.Grandfather: "祖父", data.Grandmother: "祖母",
	data.MaternalGrandfather: "外祖父", data.MaternalGrandmother: "外祖母", data.Stepfather: "继父", data.Stepmother: "继母",
	data.Uncle: "舅舅", data.Aunt: "姑姑"}

// What is said of calls that reached nobody, how promises ended, and the small
// sentences that follow many notes.
var (
	failed = map[data.Outcome][]string{
		data.NoAnswer:    {"没有接通", "响了很久没人接", "关机", "占线两次, 晚点再打", "无人接听", "不在服务区", "", "", ""},
		data.LeftMessage: {"没接, 发了短信说明是老师", "留言请方便时回电", "家里小孩接的, 请转告", "留了语音"},
		data.CallBack:    {"在上班, 说下班再打", "在开车, 晚上再说", "信号不好, 约了再打", "在地里干活, 约晚饭后", "在医院, 说回头打来"},
		data.Refused:     {"说忙, 挂了", "不愿多谈", "说有事找他爸, 挂了"},
		data.NotHome:     {"家里没人, 邻居说下地了", "敲门没人应", "只有小孩在家, 没进门", "门锁着, 打电话说在镇上"},
		data.WrongNumber: {"打错, 对方不认识孩子", "号码是别人在用", "空号"},
	}
	kept    = []string{"", "", "", "", "", "办了", "做到了", "孩子说做到了", "当天就办了", "已告诉家里", "家长回了消息", "电话里说过了", "看过, 有改进"}
	broken  = []string{"", "过了期没办", "忘了, 道过歉", "家里说顾不上", "试了两天没坚持", "孩子不肯, 换办法"}
	dropped = []string{"家里自己办好了", "不需要了", "换了别的办法", "孩子已经好了", "改由德育处跟进", "家长说先缓一缓"}
	closers = []string{"{R}说谢谢老师。", "约好有事随时打电话。", "下周再看。", "{R}说话实在, 愿意配合。", "最后问了接送, 没变。", "{R}问了班里最近的安排。",
		"孩子在旁边听着。", "{R}说晚上再和孩子说。", "{R}嗓子哑, 说这阵忙。", "请{R}有空来校坐坐。", "家里老人身体都好。", "{R}记在了日历上。",
		"{D}再联系。", "顺带提醒了天冷加衣。", "{R}说孩子听老师的。", "电话里听见孩子在背书。", "{R}在外面, 声音吵, 说得短。", "和{K}老师也说一声。"}
	asides = []string{"父母分开住, 孩子不知道, 别在班里说。", "{R}说家里欠了债, 冬天前难缓过来。", "{R}身体不好, 在吃药, 不想让孩子知道。",
		"母亲走后没有消息, 孩子不提。", "{R}和邻居有纠纷, 接送走另一条路。", "听邻居说家里常有人打牌到半夜, 再核实。", "{R}掉了眼泪, 说对不住孩子。",
		"低保去年停了, {R}在重新申请。", "哥哥辍学在家, 怕影响小的。"}
	secret = []string{"单独谈了 40 分钟。说到家里的事, 情绪比上次稳, 没有再伤自己。约好每周三见一次。", "谈近来做的梦和害怕的事。先不告诉家里具体内容, 只请多陪。",
		"画了一家人, 没有画自己。下次继续。", "说了被大孩子欺负的经过, 时间地点记在心理室本子里。已报校长。", "情绪测了一次, 比九月好。继续每两周一次。"}
	quiet = []string{"最近夜里睡不好, 和孩子谈了作息和担心的事, 班主任可配合每天问一句。", "孩子想父母, 教了写心情本的办法。请班主任周末前看一次。",
		"和同桌的矛盾谈开了, 有些自责。先观察两周。", "孩子说在家没人说话。请家里每天留十分钟。"}
)
