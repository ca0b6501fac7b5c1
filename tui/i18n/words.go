package i18n

import (
	"strings"
	"time"

	"qiao/data"
	"qiao/data/search"
)

// Words for data's closed vocabularies. A test asks for one for each value.
var (
	kinds = map[data.Kind]Phrase{
		data.KindCall: T("calls", "电话"), data.KindVisit: T("visits", "家访"), data.KindMessage: T("messages", "消息"),
		data.KindLetter: T("letters", "书信"), data.KindMeeting: T("talks", "面谈"), data.KindOther: T("others", "其他"),
	}
	channels = map[data.Channel]Phrase{
		data.PhoneCall: T("call", "电话"), data.VideoCall: T("video", "视频"), data.HomeVisit: T("visit", "家访"),
		data.VideoVisit: T("video visit", "视频家访"), data.Talk: T("talk", "面谈"), data.SchoolVisit: T("at school", "来访"),
		data.TextMessage: T("text", "短信"), data.ChatMessage: T("chat", "微信"), data.Letter: T("letter", "书信"),
		data.ContactBook: T("book", "联系簿"), data.Platform: T("platform", "平台"), data.Email: T("email", "邮件"),
		data.CommunityVisit: T("community", "走访"), data.GroupNotice: T("notice", "群通知"), data.OtherChannel: T("other", "其他"),
	}
	directions = map[data.Direction]Phrase{data.Outgoing: T("outgoing", "去电"), data.Incoming: T("incoming", "来电")}
	outcomes   = map[data.Outcome]Phrase{
		data.Reached: T("reached", "已谈"), data.NoAnswer: T("no answer", "没接通"), data.CallBack: T("later", "再约"),
		data.WrongNumber: T("wrong", "打错"), data.Refused: T("refused", "不愿谈"), data.LeftMessage: T("message", "已留言"),
		data.NotHome: T("not home", "不在家"),
	}
	levels = map[data.Level]Phrase{
		data.Normal: T("normal", "普通"), data.ClassOnly: T("class", "班内"), data.Restricted: T("restricted", "受限"), data.Secret: T("secret", "保密"),
	}
	topics = map[string]Phrase{
		"health": T("health", "健康"), "homework": T("homework", "作业"), "study": T("study", "学习"), "conduct": T("conduct", "品行"),
		"mood": T("mood", "情绪"), "safety": T("safety", "安全"), "family": T("family", "家庭"), "praise": T("praise", "表扬"),
		"discipline": T("discipline", "违纪"), "attendance": T("attendance", "考勤"), "money": T("money", "费用"),
		"notice": T("notice", "通知"), "other": T("other", "其他"),
	}
	relations = map[data.Relation]Phrase{
		data.Father: T("father", "父"), data.Mother: T("mother", "母"), data.Grandfather: T("grandpa", "祖父"), data.Grandmother: T("grandma", "祖母"),
		data.MaternalGrandfather: T("m. grandpa", "外祖父"), data.MaternalGrandmother: T("m. grandma", "外祖母"),
		data.Stepfather: T("stepfather", "继父"), data.Stepmother: T("stepmother", "继母"), data.Uncle: T("uncle", "叔伯舅"),
		data.Aunt: T("aunt", "姑姨婶"), data.Sibling: T("sibling", "兄姐"), data.Relative: T("relative", "亲属"), data.OtherRelation: T("other", "其他"),
	}
	presenceKinds = map[data.PresenceKind]Phrase{
		data.OnScreens: T("screens", "屏幕"), data.AtPrompt: T("line prompt", "命令行"), data.WithWords: T("one command", "一条命令"),
	}
	roles = map[data.Role]Phrase{
		data.Administrator: T("Administrator", "管理员"), data.Principal: T("Principal", "校长"), data.GradeHead: T("Grade head", "年级组长"),
		data.ClassTeacher: T("Class teacher", "班主任"), data.SubjectTeacher: T("Subject teacher", "任课教师"),
		data.MoralOffice: T("Moral-education office", "德育处"), data.CommitteeSecretary: T("Committee secretary", "家委会秘书"),
		data.Surrogate: T("Surrogate parent", "代理家长"), data.Inspector: T("Inspector", "督导"), data.FrontDesk: T("Front desk", "前台"),
		data.Emergency: T("Emergency", "紧急查看"), data.BreakGlass: T("Released by the principal", "校长放行"),
		data.FormerTeacher: T("Former class teacher", "前班主任"),
	}
	shortRoles = map[data.Role]Phrase{
		data.Administrator: T("admin", "管理员"), data.Principal: T("principal", "校长"), data.GradeHead: T("GH", "年级组长"),
		data.ClassTeacher: T("CT", "班主任"), data.SubjectTeacher: T("ST", "任课"), data.MoralOffice: T("office", "德育处"),
		data.CommitteeSecretary: T("secretary", "秘书"), data.Surrogate: T("surrogate", "代理家长"), data.Inspector: T("inspector", "督导"),
		data.FrontDesk: T("front desk", "前台"), data.Emergency: T("emergency", "紧急"), data.BreakGlass: T("released", "放行"),
		data.FormerTeacher: T("former CT", "前班主任"),
	}
	tags = map[data.Tag]Phrase{
		data.LeftBehind: T("left-behind", "留守"), data.Hardship: T("hardship", "困难"), data.LackingAffection: T("lacking affection", "亲情缺失"),
		data.ProblemFamily: T("family needing attention", "问题家庭"), data.LearningDifficult: T("learning difficulty", "学习困难"),
		data.BehaviourConcern: T("behaviour", "行为偏差"), data.PsychConcern: T("mental health", "心理困扰"), data.MigrantChild: T("migrant child", "随迁"),
		data.Disability: T("disability", "残疾"), data.Orphan: T("orphan", "孤儿"), data.FamilyChange: T("family change", "家庭变故"),
		data.SafetyConcern: T("safety", "安全"), data.SingleParent: T("single parent", "单亲"), data.NewHere: T("new", "新生"),
	}
	flags = map[data.Tag]Phrase{
		data.LeftBehind: T("LB", "留"), data.Hardship: T("POOR", "困"), data.LackingAffection: T("AFF", "情"), data.ProblemFamily: T("FAM", "家"),
		data.LearningDifficult: T("LEARN", "学"), data.BehaviourConcern: T("BEH", "行"), data.PsychConcern: T("MIND", "心"), data.MigrantChild: T("MIG", "迁"),
		data.Disability: T("DIS", "残"), data.Orphan: T("ORPH", "孤"), data.FamilyChange: T("CHG", "变"), data.SafetyConcern: T("SAFE", "安"),
		data.SingleParent: T("SP", "单"), data.NewHere: T("NEW", "新"),
	}
	structures = map[data.Structure]Phrase{
		data.BothParents: T("both parents", "双亲"), data.OneParent: T("single parent", "单亲"), data.Remarried: T("remarried", "重组"),
		data.Grandparents: T("grandparents", "随祖辈"), data.OtherHome: T("other", "其他"),
	}
	sexes         = map[data.Sex]Phrase{data.Male: T("M", "男"), data.Female: T("F", "女")}
	promiseStates = map[data.PromiseState]Phrase{
		data.PromiseOpen: T("open", "未了"), data.PromiseKept: T("kept", "已做"), data.PromiseBroken: T("broken", "没做到"), data.PromiseDropped: T("dropped", "不做了"),
	}
	promiseKinds = map[data.PromiseKind]Phrase{
		data.AnyPromise: T("promise", "承诺"), data.FollowUp: T("follow-up", "跟进"), data.CallBackAgain: T("call back", "回电"),
		data.AskedWhy: T("question", "请说明"), data.AskedAccess: T("access", "求查看"),
	}
	statuses = map[data.Status]Phrase{
		data.Enrolled: T("enrolled", "在读"), data.Suspended: T("suspended", "休学"), data.Repeating: T("repeating", "留级"),
		data.Transferred: T("transferred", "转学"), data.Left: T("left", "离校"), data.Graduated: T("graduated", "毕业"),
	}
)

// Kind names a group of channels, for filters.
func (l Lang) Kind(k data.Kind) string { return l.Say(kinds[k]) }

// Channel names a channel: 电话, call.
func (l Lang) Channel(c data.Channel) string { return l.Say(channels[c]) }

// Direction names who began: 来电, incoming.
func (l Lang) Direction(d data.Direction) string { return l.Say(directions[d]) }

// Outcome names how a contact went: 没接通, no answer.
func (l Lang) Outcome(o data.Outcome) string { return l.Say(outcomes[o]) }

// Level names a level: 受限, restricted.
func (l Lang) Level(v data.Level) string { return l.Say(levels[v]) }

// Topic names a topic; one of the school's own is its code name.
func (l Lang) Topic(t string) string {
	if p, ok := topics[t]; ok {
		return l.Say(p)
	}
	return data.Line(t)
}

// Relation names what a guardian is to the child: 祖母, grandma.
func (l Lang) Relation(r data.Relation) string { return l.Say(relations[r]) }

// Guardian names a guardian's relation, in the school's own words where there
// are some.
func (l Lang) Guardian(g data.Guardian) string {
	if g.RelationText != "" && (l == Chinese || g.Relation == data.OtherRelation) {
		return data.Line(g.RelationText)
	}
	return l.Relation(g.Relation)
}

// Role names a role in full: 班主任, Class teacher.
func (l Lang) Role(r data.Role) string { return l.Say(roles[r]) }

// Name is a person's name as screens write it: as it is in Chinese, in pinyin
// with the family name first in English. Reading is the pinyin where the usual
// guess is wrong, else "".
func (l Lang) Name(name, reading string) string {
	if l == English {
		return search.Romanised(name, reading)
	}
	return name
}

// Who is an account as the title bar names it at an instant: name, role and
// scope, of several roles the one nearest to families.
func (l Lang) Who(a data.Account, now time.Time) string {
	for _, own := range []bool{true, false} { // what was lent for a time comes after
		for _, r := range []data.Role{data.Principal, data.ClassTeacher, data.GradeHead, data.MoralOffice, data.SubjectTeacher,
			data.CommitteeSecretary, data.Surrogate, data.FrontDesk, data.Inspector, data.Administrator} {
			for _, g := range a.Active(now) {
				if g.Role == r && (g.Kind == data.OwnGrant) == own {
					return l.who(a.Name, g)
				}
			}
		}
	}
	return l.Name(a.Name, "")
}

// who is a person with one of their roles: of somebody to whom a class is lent
// that they stand in.
func (l Lang) who(name string, g data.Grant) string {
	where, role := "", l.Say(shortRoles[g.Role])
	if g.Kind == data.DelegatedGrant {
		role = l.Say(standsIn, role)
	}
	switch g.Scope {
	case data.ScopeClass:
		where = l.Class(g.Class)
	case data.ScopeGrade:
		where = l.Grade(int(g.ScopeID))
	}
	if l == English {
		where = strings.TrimPrefix(where, "Grade ")
		return strings.TrimSpace(l.Name(name, "") + " " + role + " " + where)
	}
	return strings.TrimSpace(name + " " + where + role)
}

var (
	standsIn = T("for %s", "代%s")
	passings = map[data.Role]Phrase{
		data.Emergency: T("opened in an emergency, until %s", "紧急打开, 到 %s"), data.BreakGlass: T("released, until %s", "校长放行, 到 %s"),
		data.ClassTeacher: T("lent, until %s", "代班主任, 到 %s"), data.FormerTeacher: T("read only, until %s", "只读, 到 %s"),
	}
)

// Passing says by which right of the moment one sees a child, and until when; ""
// where it is by a role of one's own.
func (l Lang) Passing(p data.Passing, now time.Time) string {
	if p.Role == "" {
		return ""
	}
	last, today := data.DayOf(p.Until.Add(-time.Minute)), data.DayOf(now)
	until := l.Date(last, today)
	if p.Role == data.Emergency || p.Role == data.BreakGlass { // these end at an hour
		if until = l.Moment(p.Until, now); last == today {
			until = l.Clock(p.Until)
		}
	}
	return l.Say(passings[p.Role], until)
}

// Tag names a tag in full: 留守, left-behind.
func (l Lang) Tag(t data.Tag) string { return l.Say(tags[t]) }

// Flag is a tag as tables show it: 留, LB.
func (l Lang) Flag(t data.Tag) string { return l.Say(flags[t]) }

// Structure names how a household is made up: 随祖辈, grandparents; "" where it
// is not known.
func (l Lang) Structure(s data.Structure) string { return l.Say(structures[s]) }

// Sex is 男 or M; "" where it is not known.
func (l Lang) Sex(s data.Sex) string { return l.Say(sexes[s]) }

// PromiseState names where a promise stands.
func (l Lang) PromiseState(s data.PromiseState) string { return l.Say(promiseStates[s]) }

// PromiseKind names what sort of promise it is.
func (l Lang) PromiseKind(k data.PromiseKind) string { return l.Say(promiseKinds[k]) }

// Status names where an enrolment stands.
func (l Lang) Status(s data.Status) string { return l.Say(statuses[s]) }

// PresenceKind names what a session is.
func (l Lang) PresenceKind(k data.PresenceKind) string { return l.Say(presenceKinds[k]) }
