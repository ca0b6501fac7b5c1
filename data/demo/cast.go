package demo

import (
	"fmt"
	"strings"
	"time"

	"qiao/data"
)

// A player is a child of the documents' examples, which are to work in the demo
// school: in your class, unless another is said.
type player struct {
	class      data.ClassName
	seat       int
	sur, given string
	male       bool
	kind       kind
	village    string
	adults     []relative // none: they are invented
	quiet      int        // days since the last contact
	tags       []data.TagNote
}

type relative struct {
	name     string
	relation data.Relation
	phone    string // its last four digits; "": none, and not to be contacted
	work     string
	far      string
	best     string
}

var players = []player{
	{seat: 7, sur: "冉", given: "小满", kind: motherAlone, village: "老街", quiet: 12, adults: []relative{
		{"冉秀英", data.Mother, "0107", "镇上超市", "", "夜班, 白天可接"}, {"冉小军", data.Uncle, "0207", "货车司机", "", "晚饭后"}}},
	{seat: 11, sur: "田", given: "沐阳", male: true, kind: bothAway, village: "柳溪村", quiet: 26, adults: []relative{
		{"田长庚", data.Grandfather, "0111", "", "", "白天"}, {"田海波", data.Father, "0211", "", "外省工地", "20:00 后"}}},
	{seat: 15, sur: "白", given: "若溪", kind: together, village: "河东", quiet: 1, adults: []relative{
		{"白景明", data.Father, "0115", "家具厂", "", "下班 18:30 后"}, {"何晓琴", data.Mother, "0215", "卫生院", "", "午休 12:00-13:00"}}},
	{seat: 17, sur: "章", given: "薇", kind: bothAway, village: "柳溪村", adults: []relative{
		{"吴桂芬", data.Grandmother, "0117", "", "", "白天都可以"}, {"章立民", data.Father, "0217", "", "外省务工", "19:00 后"}, {"何秀", data.Mother, "", "", "", ""}},
		tags: []data.TagNote{{Tag: data.SafetyConcern, Note: "炉火通风"}}},
	{seat: 19, sur: "苗", given: "一凡", male: true, kind: together, village: "柳溪村", quiet: 31, adults: []relative{
		{"郭小琴", data.Mother, "0119", "茶园", "", "晚饭后"}, {"苗建平", data.Father, "0219", "砖厂", "", "19:00 后"}}},
	{seat: 21, sur: "龙", given: "思齐", male: true, kind: bothAway, village: "柳溪村", quiet: 10, adults: []relative{
		{"向凤", data.MaternalGrandmother, "0121", "", "", "白天"}, {"龙建军", data.Father, "0221", "", "外省工地", "20:00 后"},
		{"田玉", data.Mother, "0321", "", "外省制衣厂", "周日"}}, tags: []data.TagNote{{Tag: data.Hardship, Note: "外祖母有慢性病"}}},
	{seat: 22, sur: "石", given: "乐瑶", kind: together, village: "石桥头村", quiet: 8, adults: []relative{{"石鸣", data.Father, "0122", "电焊铺", "", "晚饭后"}}},
	{seat: 24, sur: "崔", given: "明远", male: true, kind: together, village: "河东", quiet: 10, adults: []relative{{"罗玉兰", data.Mother, "0124", "面馆", "", "下午 3 点后"}}},
	{seat: 26, sur: "尹", given: "知夏", kind: together, village: "老街", quiet: 999, adults: []relative{{"尹慧", data.Mother, "0126", "裁缝店", "", ""}}},
	{seat: 28, sur: "陆", given: "禾", male: true, kind: together, village: "南坡村", quiet: 5, adults: []relative{{"陆大川", data.Father, "0128", "养殖场", "", "白天"}}},
	{seat: 30, sur: "江", given: "可欣", kind: together, village: "河东", quiet: 9, adults: []relative{{"江莉", data.Mother, "0130", "快递站", "", "19:00 后"}}},
	{class: data.ClassName{Grade: 5, Number: 1}, seat: 4, sur: "张", given: "巍", male: true, kind: together, village: "桥头",
		adults: []relative{{"张广", data.Father, "0504", "货车司机", "", "晚饭后"}}},
	{class: data.ClassName{Grade: 1, Number: 2}, seat: 22, sur: "周", given: "雯", kind: motherAlone, village: "粮站巷",
		adults: []relative{{"周海燕", data.Mother, "0322", "理发店", "", "午休 12:00-13:00"}}},
	{sur: "郝", given: "嘉树", male: true}, {sur: "马", given: "晓溪"}, {sur: "谭", given: "文轩", male: true}, {sur: "邓", given: "子墨", male: true},
	{sur: "何", given: "雨桐"}, {sur: "石", given: "成", male: true}, {sur: "陆", given: "小舟", male: true},
}

// players brings the documents' children to school, as far as there are classes
// and seats for them.
func (m *maker) players() {
	for _, p := range players {
		class := m.own
		if !p.class.IsZero() {
			class = m.named(p.class)
		}
		if !m.slots.claim(class) {
			continue
		}
		k := m.player(p, class)
		switch k.Name {
		case "章薇":
			k.told = true
			if c := m.otherClass(); c != m.own && m.slots.claim(c) {
				nan := m.child(k.home, c, "楠", true)
				nan.ties, nan.told = append([]tie(nil), k.ties...), true
			}
		case "白若溪":
			if m.slots.claim(m.own) {
				twin := m.child(k.home, m.own, "若涵", false)
				twin.seat, twin.Birth = 16, k.Birth
				twin.ties = append([]tie(nil), k.ties...)
			}
		case "尹知夏":
			k.Entered = m.today.AddDays(-1)
		}
	}
}

func (m *maker) player(p player, class int) *kid {
	h := m.family(p.sur, p.kind)
	if p.village != "" {
		if h.Village, h.Address = p.village, p.village+"4组"; !strings.HasSuffix(p.village, "村") {
			h.Address = fmt.Sprintf("%s%d号", p.village, 10+p.seat)
		}
	}
	k := m.child(h, class, p.given, p.male)
	k.seat = p.seat
	if p.quiet > 0 {
		k.quiet = m.today.AddDays(-p.quiet)
	}
	if p.adults == nil {
		k.ties = m.relatives(h)
		m.notZW(k.ties)
	} else {
		h.Hardship, h.Change, h.ChangeOn = "", "", data.Date{}
	}
	for _, r := range p.adults {
		k.ties = append(k.ties, m.relative(r))
	}
	if p.kind == bothAway {
		k.Tags = append(k.Tags, data.TagNote{Tag: data.LeftBehind, Since: m.last.First, Note: "父母都在外"})
	}
	for _, t := range p.tags {
		t.Since = m.today.AddDays(-40)
		k.Tags = append(k.Tags, t)
	}
	m.cast[k.Name] = k
	return k
}

// child is a child of a certain name, without relatives yet.
func (m *maker) child(h *home, class int, given string, male bool) *kid {
	k := &kid{home: h, class: class, given: given}
	k.Name, k.Sex = h.sur+given, data.Female
	if male {
		k.Sex = data.Male
	}
	k.Birth, k.Status, k.Entered = m.birthday(h, class), data.Enrolled, m.entered(class)
	h.kids = append(h.kids, k)
	m.rolls[class] = append(m.rolls[class], k)
	return k
}

func (m *maker) relative(r relative) tie {
	male := r.relation == data.Father || r.relation == data.Grandfather || r.relation == data.Uncle
	a := m.adult(r.name, "", male, false)
	a.WorkUnit, a.WorkPlace, a.BestTime = r.work, r.far, r.best
	t := tie{adult: a, relation: r.relation, lives: r.far == "" && r.phone != "" && r.relation != data.Uncle,
		legal: r.relation == data.Father || r.relation == data.Mother}
	if r.far != "" {
		a.AwaySince = m.today.AddDays(-400)
	}
	if r.phone == "" {
		t.silent, t.nopick, t.limit = true, true, "离家, 孩子不愿联系"
		return t
	}
	a.Phones = []data.Phone{{E164: "+861000000" + r.phone}}
	return t
}

// stories writes down what the documents tell of these children, by days from
// today, or from this week's Monday where the day of the week matters.
func (m *maker) stories() {
	me := m.teachers[m.own]
	if k := m.cast["冉小满"]; k != nil {
		c := m.tell(k, 0, me, m.today.AddDays(-12), 18, 40, 9, data.PhoneCall, "study", "数学跟不上, 母亲同意周三补课。\n补课在教室, 放学后四十分钟, 舅舅来接。")
		m.owes(c, me, m.today.AddDays(-1), "把补课安排告诉母亲")
	}
	if k := m.cast["白若溪"]; k != nil {
		c := m.tell(k, 0, me, m.today.AddDays(-1), 17, 20, 6, data.PhoneCall, "health", "父亲: 眼睛红肿两天, 问要不要停上体育。\n先请校医看, 再回电。")
		m.owes(c, me, m.today, "请校医回电")
	}
	if k := m.cast["陆禾"]; k != nil {
		c := m.tell(k, 0, me, m.today.AddDays(-5), 12, 20, 7, data.PhoneCall, "homework", "口算本写完了没买新的, 父亲忙。看孩子这周都在草稿纸上写。")
		m.owes(c, me, m.today.AddDays(1), "把班里多的口算本带给孩子")
	}
	for i, said := range [][2]string{{"田沐阳", "祖父: 早上来不及吃饭。说好带个鸡蛋到校吃。"}, {"苗一凡", "母亲: 晚上作业拖到九点半, 说先试定闹钟。"},
		{"龙思齐", "外祖母腿疼, 父亲答应周日视频看作业。"}, {"石乐瑶", "父亲: 在家爱唱歌, 问合唱队收不收。"}, {"崔明远", "母亲: 眼镜配好了, 上课戴。"},
		{"江可欣", "母亲: 孩子说想当小组长, 让她先管好路队。"}} {
		if k := m.cast[said[0]]; k != nil {
			m.tell(k, 0, me, k.quiet, 18, 20+5*i, 4+i, data.PhoneCall, "family", said[1])
		}
	}
	if k := m.cast["田沐阳"]; k != nil && m.counsellor > 0 {
		c := m.tell(k, -1, m.counsellor, m.today.AddDays(-1), 18, 10, 25, data.Talk, "mood", "说到父母要年底才回, 哭了一会儿。教了写心情本, 请班主任周五看一次。")
		c.Level = data.Restricted
	}
	if k := m.cast["章薇"]; k != nil {
		m.wei(k, me)
	}
}

// wei is the story of the family that the documents show.
func (m *maker) wei(k *kid, me int64) {
	monday := m.today.Monday()
	const grandmother, father, nobody = 0, 1, -1
	m.tell(k, grandmother, me, monday.AddDays(-82), 16, 50, 8, data.PhoneCall, "family", "开学: 接送由祖母负责, 父亲已外出, 电话都核对了。")
	m.tell(k, grandmother, me, monday.AddDays(-69), 18, 30, 0, data.ChatMessage, "safety", "提醒交防溺水承诺, 祖母请邻居回: 明天带来。")
	m.tell(k, grandmother, m.safety, monday.AddDays(-56), 9, 0, 20, data.SchoolVisit, "safety", "签安全协议, 祖母按了手印。")
	c := m.tell(k, grandmother, me, monday.AddDays(-55), 12, 10, 0, data.PhoneCall, "study", "没有接通")
	c.Outcome = data.NoAnswer
	c = m.tell(k, grandmother, me, monday.AddDays(-38), 17, 40, 50, data.HomeVisit, "safety",
		"同行 蒲岚: 祖母在家, 炉火通风不好。\n灶屋和睡房只隔一道帘, 夜里烧炉子取暖, 窗子钉死了。讲了煤气的危险, 祖母答应开一扇窗。孩子作业在饭桌上写, 灯暗。")
	for _, brother := range k.home.kids[1:] {
		c.Students = append(c.Students, brother.place)
	}
	m.owes(c, m.safety, monday.AddDays(-3), "炉火通风复查")
	c.Promises = append(c.Promises, data.Promise{Text: "开一扇窗, 睡前灭炉子", Owner: 0, OwnerPerson: k.ties[grandmother].adult.place,
		Due: monday.AddDays(-31), State: data.PromiseKept, Result: "复看照片, 窗已开", Level: data.Normal, ClosedAt: clock(monday.AddDays(-31), 17, 5)})
	m.tell(k, father, me, monday.AddDays(-25), 10, 0, 0, data.Letter, "notice", "期中情况书, 回执两天后已签")
	c = m.tell(k, nobody, m.counsellor, monday.AddDays(-18), 10, 30, 40, data.Talk, "mood", "谈夜里害怕的事, 画了家。先不告诉家里具体内容, 请多陪。约好两周后再谈。")
	c.Level = data.Secret
	c.Promises = []data.Promise{{Text: "两周后再谈一次", Owner: c.Staff, Due: monday.AddDays(-4), State: data.PromiseKept, Level: data.Secret,
		ClosedAt: clock(monday.AddDays(-4), 10, 40)}}
	c = m.tell(k, father, me, monday.AddDays(-11), 19, 5, 25, data.VideoCall, "homework", "父亲在外地: 谈作业和手机。\n说好手机只在周日用, 孩子把作业举给爸爸看。父亲春节前回家。")
	m.owes(c, me, m.today.AddDays(2), "春节前父亲回家时安排家访, 先问日期")
	c = m.tell(k, grandmother, me, monday.AddDays(-4), 16, 12, 12, data.PhoneCall, "health",
		"祖母: 孩子咳嗽, 已看医生\n咳嗽三天, 周三去了卫生院, 医生说不用请假。祖母担心夜里没人, 问父亲何时回来。约定: 周五前把校医的电话给祖母。")
	c.Promises = []data.Promise{{Text: "把校医的电话给祖母", Owner: me, Due: monday.AddDays(-3), State: data.PromiseKept, Level: data.Normal,
		ClosedAt: clock(monday.AddDays(-3), 11, 30)}}
}

// tell adds a contact with the relative of that order, or with the child alone.
func (m *maker) tell(k *kid, who int, staff int64, day data.Date, hour, minute, length int, ch data.Channel, topic, text string) *data.Contact {
	c := data.Contact{Household: k.home.place, Students: []int64{k.place}, At: clock(day, hour, minute), Minutes: length, Channel: ch,
		Direction: data.Outgoing, Outcome: data.Reached, Level: data.Normal, Topics: []string{topic}, Summary: text, Staff: staff}
	if who >= 0 && who < len(k.ties) {
		c.Guardians = []int64{k.ties[who].adult.place}
	}
	c.Written = c.At.Add(time.Duration(length+4) * time.Minute)
	m.s.Contacts = append(m.s.Contacts, c)
	return &m.s.Contacts[len(m.s.Contacts)-1]
}

// owes adds an open promise of a member of staff.
func (m *maker) owes(c *data.Contact, staff int64, due data.Date, text string) {
	c.Promises = append(c.Promises, data.Promise{Text: text, Kind: data.FollowUp, Owner: staff, Due: due, State: data.PromiseOpen, Level: c.Level})
}

func clock(d data.Date, hour, minute int) time.Time {
	return d.Start().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}
