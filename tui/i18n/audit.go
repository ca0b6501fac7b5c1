package i18n

import "qiao/data"

var deeds = map[data.Deed]Phrase{
	data.SignedIn: T("signed in", "登录"), data.SignedOut: T("left", "退出"), data.SignInRefused: T("login refused", "登录被拒"),
	data.AccessRefused: T("refused", "被拦"),
	data.Viewed:        T("saw", "看"), data.ViewedHistory: T("saw history", "看往来"), data.ViewedTags: T("saw tags", "看标签"),
	data.ViewedField: T("opened field", "打开受限项"), data.ViewedEntry: T("saw log entry", "看日志内容"), data.AskedLooked: T("asked who looked", "查谁看过"),
	data.ContactSaved: T("saved contact", "存联系"), data.ContactRemoved: T("removed contact", "去掉联系"), data.ContactBack: T("restored contact", "恢复联系"), data.ContactAsked: T("asked for contact", "申请看联系"), data.FamilySaved: T("changed family", "改家庭资料"), data.CareSaved: T("changed restricted", "改受限资料"),
	data.PhoneMarked: T("marked phone", "标电话"), data.SavedPromise: T("saved promise", "存承诺"), data.KeptPromise: T("promise kept", "承诺做到"),
	data.BrokePromise: T("promise broken", "承诺没做到"), data.DroppedPromise: T("promise dropped", "承诺作罢"),
	data.AccountAdded: T("added account", "加账号"), data.AccountDisabled: T("closed account", "停用账号"), data.AccountEnabled: T("opened account", "启用账号"), data.AccountEdited: T("changed account", "改账号"),
	data.KeyRenamed: T("renamed key", "改钥匙名"), data.AuthorityAdded: T("added authority", "加签发机构"), data.AuthorityRemoved: T("removed authority", "去掉签发机构"),
	data.InviteMade: T("invited", "发邀请码"), data.InviteRevoked: T("revoked code", "作废邀请码"), data.KeyEnrolled: T("enrolled a key", "领取账号"),
	data.RoleGiven: T("gave role", "给角色"), data.RoleTaken: T("took role", "收回角色"), data.RoleRenewed: T("renewed role", "续角色"),
	data.RoleConfirmed: T("confirmed role", "确认角色"), data.EmergencyOpened: T("emergency", "紧急打开"), data.ChildReleased: T("released", "放行"), data.ClassLent: T("lent class", "借出班级"), data.SessionEnded: T("ended session", "结束窗口"), data.EnrolRefused: T("code refused", "邀请码被拒"),
	data.LevelRaised: T("raised level", "提高级别"), data.LevelLowered: T("lowered level", "降低级别"), data.ReadersNamed: T("named readers", "点名可看的人"),
	data.KeyAdded: T("added key", "加钥匙"), data.KeyRemoved: T("removed key", "吊销钥匙"), data.PreferenceSet: T("set preference", "改偏好"),
	data.MeetingSaved: T("saved meeting", "存会议"), data.MeetingStepped: T("meeting went on", "会议换状态"), data.MeetingRemoved: T("removed meeting", "删会议"),
	data.AgendaChanged: T("changed agenda", "改议程"), data.TopicAsked: T("proposed topic", "提议题"), data.TopicAnswered: T("answered topic", "批议题"),
	data.FamiliesInvited: T("invited families", "定参会家庭"), data.RepliesNoted: T("noted replies", "记回执"), data.FamiliesTold: T("told families", "发会议通知"),
	data.RoomOpened: T("opened room", "开会"), data.RoomMoved: T("moved agenda on", "换议程项"), data.RoomClosed: T("closed room", "散会"),
	data.AttendanceNoted: T("noted attendance", "签到"), data.NoteWritten: T("wrote note", "记会议记录"), data.NoteStruck: T("struck note", "划掉记录"),
	data.ResolutionSaved: T("saved resolution", "存决议"), data.FeedbackNoted: T("reported opinions", "报意见反馈"), data.MeetingClosing: T("closed meeting", "会议办结"),
	data.MinutesComposed: T("composed minutes", "生成纪要"), data.MinutesEdited: T("changed minutes", "改纪要"), data.MinutesHandedIn: T("handed in minutes", "纪要送签"),
	data.MinutesSign: T("signed minutes", "签纪要"), data.MinutesIssue: T("issued minutes", "发布纪要"), data.MinutesMended: T("corrected minutes", "更正纪要"), data.MinutesGivenOut: T("gave out minutes", "分发纪要"),
	data.SettingSet: T("changed setting", "改设置"), data.Founded: T("made the school", "建学校"), data.Imported: T("imported", "导入"), data.ImportUndone: T("undid import", "撤销导入"),
	data.Exported: T("exported", "导出"), data.TrayLaid: T("put into tray", "放进托盘"), data.TrayTaken: T("took from tray", "从托盘取"), data.SealTaken: T("confirmed seal", "核对封印"), data.ClockJumped: T("clock set back", "时钟倒退"),
}

var deedKinds = map[data.DeedKind]Phrase{
	data.DeedsOfLooking: T("looks", "查看"), data.DeedsOfWriting: T("writes", "写入"), data.DeedsRefused: T("refusals", "被拒"),
	data.DeedsOfEntry: T("sign-ins", "登录"), data.DeedsOfAccounts: T("accounts", "账号"), data.DeedsOfSchool: T("school", "学校"),
}

// Deed is what a row of the audit log says was done; the stored word where
// there is no phrase.
func (l Lang) Deed(d data.Deed) string {
	if p, ok := deeds[d]; ok {
		return l.Say(p)
	}
	return string(d)
}

// DeedKind names a kind of deeds.
func (l Lang) DeedKind(k data.DeedKind) string { return l.Say(deedKinds[k]) }

var refKinds = map[string]Phrase{
	"student": T("student", "学生"), "household": T("family", "家庭"), "contact": T("contact", "联系记录"), "promise": T("promise", "承诺"),
	"person": T("person", "人"), "account": T("account", "账号"), "class": T("class", "班级"), "setting": T("setting", "设置"),
	"care": T("restricted data of", "受限资料"), "student.tag_note": T("reason of a tag", "标签说明"), "student.health_note": T("health", "健康"),
	"household.structure": T("household", "家庭结构"), "household.hardship_note": T("hardship", "困难情况"), "household.family_change": T("family change", "家庭变故"),
	"guardian.contact_restriction": T("why kept away", "限制原因"),
	"meeting":                      T("meeting", "会议"), "meeting_note": T("meeting note", "会议记录"), "resolution": T("resolution", "决议"), "minutes": T("minutes", "纪要"),
	"agenda_item": T("point of an agenda", "议程项"), "meeting_topic": T("topic", "议题"),
	"school": T("school", "学校"), "authority": T("authority", "签发机构"), "import_batch": T("import", "导入"), "audit": T("log row", "日志"), "tray": T("file in the tray", "托盘文件"), "meetings": T("meetings", "会议"),
}

// RefKind names a kind of record, as a Ref has it.
func (l Lang) RefKind(kind string) string {
	if p, ok := refKinds[kind]; ok {
		return l.Say(p)
	}
	return l.Field(kind) // one masked field that was opened
}

var doors = map[string]Phrase{
	"screen": T("screen", "界面"), "words": T("ssh words", "ssh 命令"), "console": T("console", "控制台"),
	"login": T("at the door", "登录前"), "server": T("the server itself", "服务器"),
}

// Door is the way somebody came in.
func (l Lang) Door(door string) string {
	if p, ok := doors[door]; ok {
		return l.Say(p)
	}
	return door
}

var whyRefused = map[string]Phrase{
	"unknown": T("unknown key", "不认识的钥匙"), "revoked": T("revoked key", "已吊销的钥匙"), "closed": T("closed account", "已停用的账号"),
	"many": T("too many to name", "太多, 不一一记"),
}

// WhyRefused is why a login was refused.
func (l Lang) WhyRefused(why string) string {
	if p, ok := whyRefused[why]; ok {
		return l.Say(p)
	}
	return why
}

var (
	rowChanged    = T("The log was changed at row %d (%s)", "日志第 %d 条 (%s) 被改过")
	rowsMissing   = T("Rows %d to %d of the log are missing (%s)", "日志第 %d 到 %d 条不见了 (%s)")
	detailChanged = T("What row %d of the log keeps was changed (%s)", "日志第 %d 条 (%s) 的内容被改过")
	detailMissing = T("What row %d of the log kept is missing (%s)", "日志第 %d 条 (%s) 的内容不见了")
	sealBroken    = T("Row %d of the log is not what was sealed on %s", "日志第 %d 条不是 %s 封印时的那条")
	witnessBroken = T("Row %d of the log is not what the witness says (%s)", "日志第 %d 条和见证不符 (%s)")
	witnessAhead  = T("The witness is of row %d (%s), which the log does not have", "见证说的第 %d 条 (%s) 日志里没有")
)

// Break says where the audit log is not what it was.
func (l Lang) Break(b data.Break) string {
	at := "-"
	if !b.At.IsZero() {
		at = b.At.In(data.China).Format("2006-01-02 15:04")
	}
	switch b.Fault {
	case data.RowChanged:
		return l.Say(rowChanged, b.ID, at)
	case data.RowsMissing:
		return l.Say(rowsMissing, b.ID+1, b.Until-1, at)
	case data.EndMissing:
		return l.Say(rowsMissing, b.ID+1, b.Until, at)
	case data.DetailChanged:
		return l.Say(detailChanged, b.ID, at)
	case data.DetailMissing:
		return l.Say(detailMissing, b.ID, at)
	case data.SealBroken:
		return l.Say(sealBroken, b.ID, b.Day)
	case data.WitnessBroken:
		return l.Say(witnessBroken, b.ID, at)
	}
	return l.Say(witnessAhead, b.ID, at)
}

var (
	numbered   = T("%s no. %d", "%s %d 号")
	ofChild    = T("%s (%s)", "%s (%s)")
	refusedFor = T("%s, %d times", "%s, %d 次")
	stranger   = T("stranger", "陌生人")
	theServer  = T("server", "服务器")
)

// AuditWho is who did what a row of the log tells.
func (l Lang) AuditWho(a data.AuditLine) string {
	switch {
	case a.Account != 0:
		return l.Name(a.Name, "")
	case a.Door == "login":
		return l.Say(stranger)
	case a.Door == "server":
		return l.Say(theServer)
	}
	return l.Door(a.Door)
}

// AuditWhat is what it was done to: by name where the reader may see it, else by
// number.
func (l Lang) AuditWhat(a data.AuditLine) string {
	switch {
	case a.Did == data.SignInRefused:
		out := l.Say(refusedFor, l.WhyRefused(a.Why), a.Times)
		if a.Object != "" {
			out = l.Say(ofChild, out, l.Name(a.Object, ""))
		}
		return out
	case a.Object != "":
		return l.Name(a.Object, "")
	case a.What.Kind == "":
		return ""
	case a.What.Kind == "student" && a.Child != "":
		return l.Name(a.Child, "")
	}
	out := l.RefKind(a.What.Kind)
	if a.What.ID != 0 {
		out = l.Say(numbered, out, a.What.ID)
	}
	if a.Child != "" {
		out = l.Say(ofChild, out, l.Name(a.Child, ""))
	}
	return out
}

// kept is what the log's contents call fields that no rule speaks of.
var kept = map[string]Phrase{
	"summary": T("text", "内容"), "channel": T("channel", "渠道"), "topics": T("topics", "话题"), "students": T("students", "学生"),
	"guardians": T("guardians", "监护人"), "promises": T("promises", "承诺"), "staff": T("writer", "记录人"), "call_back": T("call back at", "何时再打"),
	"quoted_on": T("day of the quoted text", "原文日期"), "owner_person": T("who", "谁"), "contact": T("contact", "联系记录"), "id": T("number", "编号"),
	"grants": T("roles", "角色"), "username": T("user name", "用户名"), "counts": T("counts", "数目"), "hash": T("hash", "校验码"), "day": T("day", "日期"),
	"times": T("times", "次数"), "why": T("why", "原因"), "deeds": T("kinds", "动作"), "from": T("from", "从"), "closed_at": T("closed at", "了结时间"),
}

// Kept names a field of what the audit log keeps.
func (l Lang) Kept(field string) string {
	if p, ok := kept[field]; ok {
		return l.Say(p)
	}
	return l.Field(field)
}
