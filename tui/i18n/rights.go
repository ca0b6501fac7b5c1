package i18n

import (
	"strings"

	"qiao/data"
)

// Words of the access rules. A test asks for one for each value.
var (
	records = map[data.Record]Phrase{
		data.RecStudent: T("students", "学生"), data.RecFamily: T("families", "家庭和家长"), data.RecTag: T("tags and notes", "标记和备注"),
		data.RecContact: T("contacts", "联系记录"), data.RecHomeVisit: T("home visits", "家访"), data.RecDossier: T("left-behind dossiers", "留守档案"),
		data.RecMatch: T("surrogate matches", "代理结对"), data.RecMeeting: T("meetings", "会议"), data.RecConference: T("conferences", "联席会议"),
		data.RecResolution: T("resolutions", "决议"), data.RecCommittee: T("committees", "家委会"), data.RecOpinion: T("opinions", "意见"),
		data.RecSurvey: T("surveys", "问卷"), data.RecLetter: T("letters", "书信协议"), data.RecGrowth: T("growth dossiers", "成长档案"),
		data.RecCounsel: T("counselling", "心理辅导"), data.RecEmergency: T("emergencies", "紧急情况"), data.RecActivity: T("activities", "活动"),
		data.RecVolunteer: T("volunteers", "志愿者"), data.RecVisitor: T("visitors", "来访登记"), data.RecLedger: T("ledger", "台账"),
		data.RecPlan: T("year plans", "年度计划"), data.RecAssessment: T("assessments", "教师考评"), data.RecTraining: T("training", "教师培训"),
		data.RecInspection: T("inspections", "督导检查"), data.RecSetting: T("settings", "设置"), data.RecAccount: T("accounts and keys", "账号和钥匙"),
		data.RecAudit: T("audit log", "审计日志"), data.RecExport: T("export with names", "带姓名导出"), data.RecDeletion: T("deletion", "删除"),
	}
	acts = map[data.Act]Phrase{
		data.View: T("see", "看"), data.Create: T("add", "加"), data.Edit: T("change", "改"), data.Approve: T("approve", "批"),
		data.Export: T("export", "导出"), data.Delete: T("delete", "删"),
	}
	limits = map[data.Limit]Phrase{
		data.ByImport: T("by importing", "只能导入"), data.Totals: T("totals only", "只看总数"), data.Searching: T("finding: name, class, phones", "只查姓名班级电话"),
		data.PhonesOnly: T("phones only", "只有电话"), data.HealthOnly: T("health, restraints", "健康、急救、限制"), data.Existence: T("that there is one", "只知道有"), data.BelowL3: T("nothing restricted", "不含受限"),
		data.IncomingOnly: T("incoming calls", "只记来电"), data.Invited: T("where invited", "被请的"), data.NoNames: T("without names", "不含姓名"),
		data.DatesOnly: T("dates only", "只有日期"), data.AsSeat: T("as a seat", "作为席位"), data.AsHandler: T("as its handler", "作为承办人"),
		data.AsMember: T("as a member", "作为成员"), data.Receipts: T("receipts", "只改回执"), data.CareNotes: T("care notes", "只写关爱记录"),
		data.LetterDates: T("dates of letters", "只填书信日期"), data.Entries: T("own entries in it", "自己的条目"), data.AsNamed: T("where named", "点到名的"),
		data.CallList: T("call list", "只有通知名单"), data.NamesOnly: T("names and roles", "只有姓名角色"), data.OwnKeys: T("own keys", "自己的钥匙"),
		data.Numbers: T("records as numbers", "对象只见编号"), data.Looked: T("who looked", "谁看过"), data.UpToL1: T("up to normal", "到普通级为止"),
		data.TwoDays: T("within 48 hours", "48 小时内"), data.OpensPeriod: T("opens the period", "开放时段"), data.Progress: T("progress only", "只报进度"),
	}
	grantStates = map[data.GrantState]Phrase{
		data.GrantWaits: T("waits", "待确认"), data.GrantHolds: T("holds", "有效"), data.GrantBegins: T("begins later", "未开始"),
		data.GrantReadsOn: T("reads on", "可续看"), data.GrantEnded: T("ended", "已到期"), data.GrantTaken: T("taken away", "已收回"),
	}
	grantKinds = map[data.GrantKind]Phrase{
		data.DelegatedGrant: T("lent", "代理"), data.EmergencyGrant: T("emergency", "紧急"), data.ReleaseGrant: T("released", "放行"),
	}
	whole, bareCard, exists, unseen = T("all", "全部"), T("name, phones", "姓名电话"), T("exists only", "只知道有"), T("-", "-")
	open                            = T("open", "公开")
	ownEntries                      = T("own entries", "自己写的")
	wholeSchool                     = T("school", "全校")
	childNo                         = T("student %s", "学号 %s")
)

// Record names a record of the access rules: 联系记录, contacts.
func (l Lang) Record(r data.Record) string { return l.Say(records[r]) }

// Acts names acts in a row: 看 加 改, see add change.
func (l Lang) Acts(of []data.Act) string {
	var out []string
	for _, a := range of {
		out = append(out, l.Say(acts[a]))
	}
	return strings.Join(out, " ")
}

// Limit names what narrows a right; "" for nothing.
func (l Lang) Limit(v data.Limit) string { return l.Say(limits[v]) }

// OwnEntries names the reach of a right that does not go beyond what one wrote
// oneself.
func (l Lang) OwnEntries() string { return l.Say(ownEntries) }

// GrantState names where a role stands: 有效, holds.
func (l Lang) GrantState(s data.GrantState) string { return l.Say(grantStates[s]) }

// GrantKind names how somebody came by a role that is not their own; "" for one
// that is.
func (l Lang) GrantKind(k data.GrantKind) string { return l.Say(grantKinds[k]) }

// ShortRole names a role where there is little room: 任课, ST.
func (l Lang) ShortRole(r data.Role) string { return l.Say(shortRoles[r]) }

// Sight names how much of a level is seen.
func (l Lang) Sight(s data.Sight, bare bool) string {
	switch {
	case s == data.Whole:
		return l.Say(whole)
	case s == data.Exists && bare:
		return l.Say(bareCard)
	case s == data.Exists:
		return l.Say(exists)
	}
	return l.Say(unseen)
}

// AnyLevel is Level for the open one too.
func (l Lang) AnyLevel(v data.Level) string {
	if v == data.Open {
		return l.Say(open)
	}
	return l.Level(v)
}

// Scope names what a grant is over: 三(2), Grade 3, 学号 20240217. Child is the
// child's name where the reader finds it, else its number is told.
func (l Lang) Scope(g data.Grant, number, child string) string {
	switch g.Scope {
	case data.ScopeClass:
		return l.Class(g.Class)
	case data.ScopeGrade:
		return l.Grade(int(g.ScopeID))
	case data.ScopeStudent:
		if child != "" {
			return l.Name(child, "")
		}
		return l.Say(childNo, number)
	}
	return l.Say(wholeSchool)
}
