package i18n

// screens are the names of the screens by their code names: the list of places
// shows them, and the list of who is inside.
var screens = map[string]Phrase{
	"today":       T("Today", "今日"),
	"roster":      T("Roster", "班级"),
	"visits":      T("Visits", "家访"),
	"coverage":    T("Coverage", "覆盖"),
	"history":     T("School history", "全校往来"),
	"meetings":    T("Meetings", "会议"),
	"resolutions": T("Resolutions", "决议"),
	"opinions":    T("Opinions", "意见"),
	"dossier":     T("Left-behind", "留守儿童"),
	"committees":  T("Committees", "组织"),
	"surveys":     T("Surveys", "问卷"),
	"letters":     T("Letters", "书信协议"),
	"register":    T("Activities", "志愿活动"),
	"reports":     T("Reports", "报表"),
	"settings":    T("Settings", "设置"),
	"accounts":    T("Accounts", "账号"),
	"import":      T("Import", "导入"),
	"audit":       T("Audit log", "审计日志"),

	"family": T("Family card", "家庭卡"), "familyedit": T("Family, changing", "改家庭资料"), "care": T("Restricted data", "受限资料"),
	"emergency": T("Emergency", "紧急"), "lend": T("Lend class", "借出代管"), "release": T("Release a child", "放行"), "contact": T("Contact form", "记联系"),
	"search": T("Search", "找家庭"), "classes": T("Classes", "各班"), "welcome": T("Welcome back", "欢迎回来"),

	"meetingnew": T("New meeting", "新会议"), "meetingedit": T("Meeting, changing", "改会议"),
	"minutes":     T("Minutes", "纪要"),
	"preparation": T("Preparing a meeting", "会议准备"), "topic": T("Proposing a topic", "提议题"), "agenda_item": T("Point of an agenda", "议程项"),
	"notice": T("Notice to families", "家长会通知"), "replies": T("Families' replies", "记回执"),
	"resolution": T("One resolution", "一条决议"), "room": T("Live room", "现场"), "question": T("Parent's question", "家长提问"), "resolutionnew": T("New resolution", "新决议"),

	"account": T("One account", "一个账号"), "accountnew": T("New account", "新账号"), "accountkeys": T("Adding keys", "加钥匙"),
	"accountrole": T("Giving a role", "给角色"), "accountedit": T("Account, changing", "改账号"), "rights": T("What somebody may see", "能看什么"),
}

// Screen is the name of a screen; one without a name goes by its code name.
func Screen(name string) Phrase {
	if p, ok := screens[name]; ok {
		return p
	}
	return Typed(name)
}
