package demo

import (
	"fmt"
	"strings"

	"qiao/data"
)

// An adult, a tie, a kid and a home are a school's people while it is made:
// joined by pointers, since places in its lists are known only at the end.
type adult struct {
	data.Person
	place int64
}

type tie struct {
	adult    *adult
	relation data.Relation
	lives    bool
	legal    bool
	silent   bool // not to be contacted
	nopick   bool
	limit    string
}

func (t *tie) elder() bool {
	switch t.relation {
	case data.Grandfather, data.Grandmother, data.MaternalGrandfather, data.MaternalGrandmother:
		return true
	}
	return false
}

func (t *tie) parent() bool { return t.relation == data.Father || t.relation == data.Mother }
func (t *tie) away() bool   { return t.adult.WorkPlace != "" }

type kid struct {
	data.Pupil
	given string
	home  *home
	class int // place in Classes
	seat  int
	ties  []tie // in calling order
	told  bool  // its story is written by hand: no contacts are invented
	quiet data.Date
	place int64
}

// callable is those whom one may call, in order.
func (k *kid) callable() (out []*tie) {
	for i := range k.ties {
		if t := &k.ties[i]; !t.silent && len(t.adult.Phones) > 0 {
			out = append(out, t)
		}
	}
	return out
}

type kind int

// The kinds of family that are told apart.
const (
	together kind = iota
	fatherAway
	motherAway
	bothAway
	motherAlone
	fatherAlone
	remarried
	orphaned
)

type home struct {
	data.Home
	kind  kind
	sur   string
	kids  []*kid
	used  []int // lines that were said to this family
	place int64
}

// away is how many parents work away.
func (h *home) away() int {
	switch h.kind {
	case fatherAway, motherAway:
		return 1
	case bothAway:
		return 2
	}
	return 0
}

func (h *home) single() bool { return h.kind == motherAlone || h.kind == fatherAlone }

var structures = map[kind]data.Structure{together: data.BothParents, fatherAway: data.BothParents, motherAway: data.BothParents,
	bothAway: data.Grandparents, motherAlone: data.OneParent, fatherAlone: data.OneParent, remarried: data.Remarried, orphaned: data.OtherHome}

var (
	villages = split("柳溪村 南坡村 石桥头村 竹园岗村 沙坪村 北井村 上塘村 枣林村")
	streets  = split("老街 河东 桥头 新市场 粮站巷")
	farJobs  = split("外省工地 外省电子厂 外省制衣厂 省城物流园 沿海船厂 邻省建材市场 省城餐馆 外省快递站 沿海鞋厂 省城装修队 外省煤矿 海上渔船 省城家政")
	nearJobs = split("务农 务农 务农 镇上超市 面馆 砖厂 卫生院 货车司机 理发店 快递站 菜市场摊位 水电安装 家具厂 茶园 养殖场 裁缝店 加油站 村委会 电焊铺 校车司机 中学教师")
	hours    = []string{"白天", "白天都可以", "19:00 后", "20:00 后", "午休 12:00-13:00", "晚饭后", "下班 18:30 后", "下午 3 点后", "早上 7 点前", "夜班, 下午可接", "周日"}
	tongues  = []string{"只讲本地话", "听得懂普通话, 说得慢", "耳背, 大声些", "不识字, 打电话"}
)

// family makes a household without children yet.
func (m *maker) family(sur string, k kind) *home {
	h := &home{kind: k, sur: sur}
	h.Structure = structures[k]
	if m.chance(0.68) {
		h.Village = pick(m, villages)
		h.Address = fmt.Sprintf("%s%d组%d号", h.Village, 1+m.r.IntN(8), 1+m.r.IntN(60))
	} else {
		h.Village = pick(m, streets)
		h.Address = fmt.Sprintf("%s%d号", h.Village, 1+m.r.IntN(180))
		if m.chance(0.4) {
			h.Address = fmt.Sprintf("%s小区%d栋%d室", h.Village, 1+m.r.IntN(12), 101+100*m.r.IntN(6)+m.r.IntN(3))
		}
	}
	if m.chance(0.25) {
		h.Channel = pick(m, []data.Channel{data.PhoneCall, data.PhoneCall, data.ChatMessage, data.VideoCall})
	}
	if m.chance(0.08) || k == orphaned {
		h.Hardship = pick(m, []string{"父亲因病不能干活", "低保户", "建档困难家庭", "房子是租的, 兄妹三人上学", "母亲长期吃药", "去年受灾"})
	}
	if m.chance(0.01) || k == remarried && m.chance(0.4) {
		h.Change, h.ChangeOn = pick(m, []string{"父亲工伤住院", "祖父去世", "父母今年离婚", "母亲改嫁, 随祖母", "家里失火"}), m.today.AddDays(-20-m.r.IntN(400))
	}
	return h
}

func (m *maker) drawKind() kind {
	for x, k := m.r.Float64(), together; ; k++ {
		if x -= []float64{.615, .075, .03, .15, .055, .035, .03, 1}[k]; x < 0 {
			return k
		}
	}
}

func (m *maker) adult(name, read string, male bool, phone bool) *adult {
	a := &adult{Person: data.Person{Name: name, Reading: read, Sex: data.Female}}
	if male {
		a.Sex = data.Male
	}
	if phone {
		a.Phones = append(a.Phones, data.Phone{E164: m.phone()})
		if m.chance(0.07) {
			a.Phones = append(a.Phones, data.Phone{E164: m.phone(), Label: pick(m, []string{"单位", "老号", "微信同号", ""})})
			if m.chance(0.3) {
				a.Phones[0].Bad = m.today.AddDays(-3 - m.r.IntN(120))
			}
		}
	}
	return a
}

// phone is a number nobody else has. The first ten thousand are left to those
// whose numbers are in the documents.
func (m *maker) phone() string {
	m.phones++
	return fmt.Sprintf("+86100%08d", 10_000+(m.phones*7919+13)%99_989_999)
}

// relatives are the adults of a household as its first child knows them, in
// calling order.
func (m *maker) relatives(h *home) []tie {
	named := func(sur string, male, elder bool) *adult {
		n := m.adultName(sur, male, elder)
		return m.adult(n, reading(sur, strings.TrimPrefix(n, sur)), male, true)
	}
	maiden := m.surname()
	father := tie{adult: named(h.sur, true, false), relation: data.Father, legal: true, lives: true}
	mother := tie{adult: named(maiden, false, false), relation: data.Mother, legal: true, lives: true}
	m.work(father.adult)
	m.work(mother.adult)
	var out []tie
	switch h.kind {
	case together:
		if out = []tie{mother, father}; m.chance(0.4) {
			out = []tie{father, mother}
		}
	case fatherAway:
		m.leave(&father)
		out = []tie{mother, father}
	case motherAway:
		m.leave(&mother)
		out = []tie{father, mother}
	case bothAway:
		m.leave(&father)
		m.leave(&mother)
		out = []tie{m.elder(h.sur, maiden, named), father, mother}
		if m.chance(0.5) {
			out[1], out[2] = mother, father
		}
		if m.chance(0.3) {
			out = out[:2]
		}
		return out
	case motherAlone:
		out = []tie{mother}
		m.gone(&out, father)
	case fatherAlone:
		out = []tie{father}
		m.gone(&out, mother)
	case remarried:
		father.relation, father.legal = data.Stepfather, false
		out = []tie{mother, father}
	case orphaned:
		return []tie{m.elder(h.sur, maiden, named), {adult: named(h.sur, true, false), relation: data.Uncle, lives: false, legal: true}}
	}
	if m.chance(0.28) && len(out) < 3 {
		out = append(out, m.elder(h.sur, maiden, named))
	}
	return out
}

func (m *maker) elder(sur, maiden string, named func(string, bool, bool) *adult) tie {
	t := tie{lives: true}
	switch x := m.r.Float64(); {
	case x < 0.40:
		t.relation, t.adult = data.Grandmother, named(pick(m, common), false, true)
	case x < 0.70:
		t.relation, t.adult = data.Grandfather, named(sur, true, true)
	case x < 0.88:
		t.relation, t.adult = data.MaternalGrandmother, named(pick(m, common), false, true)
	default:
		t.relation, t.adult = data.MaternalGrandfather, named(maiden, true, true)
	}
	t.adult.BestTime = pick(m, []string{"白天", "白天都可以", "", "早饭前后", "天黑前"})
	if m.chance(0.3) {
		t.adult.Language = pick(m, tongues)
	}
	return t
}

func (m *maker) work(a *adult) {
	if m.chance(0.6) {
		a.WorkUnit = pick(m, nearJobs)
	}
	if m.chance(0.55) {
		a.BestTime = pick(m, hours)
	}
}

// leave sends a parent to work far away.
func (m *maker) leave(t *tie) {
	t.lives = false
	t.adult.WorkUnit, t.adult.WorkPlace = "", pick(m, farJobs)
	t.adult.AwaySince = m.today.AddDays(-60 - m.r.IntN(1500))
	t.adult.BestTime = pick(m, []string{"19:00 后", "20:00 后", "21:00 后", "周日", "晚饭后", "午休 12:00-13:00"})
}

// gone adds the other parent of a child that lives with one: some stay in
// touch, most are not listed, and a few may not be contacted.
func (m *maker) gone(out *[]tie, t tie) {
	t.lives = false
	switch x := m.r.Float64(); {
	case x < 0.45:
		return
	case x < 0.80:
		m.leave(&t)
	default:
		t.adult.Phones, t.adult.WorkUnit, t.adult.BestTime = nil, "", ""
		t.silent, t.legal = true, m.chance(0.5)
		t.nopick = true
		t.limit = pick(m, []string{"离家多年, 孩子不愿联系", "法院判决孩子随另一方, 不得接走", "有过打骂, 派出所出过面", "失去联系"})
	}
	*out = append(*out, t)
}

// tieTo is what the household's adults are to a further child: mostly the same,
// but the child of a second marriage has a father in its brother's stepfather.
func (m *maker) tieTo(h *home) []tie {
	ties := append([]tie(nil), h.kids[0].ties...)
	for i := range ties {
		if ties[i].relation == data.Stepfather {
			ties[i].relation, ties[i].legal = data.Father, true
		}
	}
	return ties
}
