package tui

import "qiao/tui/i18n"

// howTo is the third part of the help: ways to get a job done, as keys.
var howTo = []helpRow{
	{head: i18n.T("The phone rings", "电话来了")},
	{key: "/ z w enter", about: i18n.T("the family card of Zhang Wei: initials are enough", "打开章薇的家庭卡: 打首字母就够")},
	{key: "/ 0117 enter", about: i18n.T("by the last digits of the number", "按号码末几位找")},
	{key: "/ 3.2 zw", about: i18n.T("in class 3.2 only", "只在三(2)里找")},
	{key: "/ zw ctrl+t", about: i18n.T("write down the call at once, the clock runs", "马上记这次通话, 计时已开始")},
	{head: i18n.T("Write down a contact", "记一次联系")},
	{key: "c", about: i18n.T("on a family: the form, with everything known filled in", "在一家上按: 表单, 知道的都已填好")},
	{key: "ctrl+n", about: i18n.T("adds a promise: what, who, by when (tomorrow, fri, +3)", "加一条承诺: 什么事、谁、到哪天 (明天、周五、+3)")},
	{key: "ctrl+s", about: i18n.T("saves from any field", "在哪一格都能存")},
	{key: "c ctrl+g", about: i18n.T("nobody answered: saved with two keys", "没接通: 两个键就记好")},
	{key: "esc", about: i18n.T("leaves the form; the draft stays, Today lists it", "离开表单; 草稿留着, 今日里有")},
	{head: i18n.T("The line broke", "断线了")},
	{key: "enter", about: i18n.T("after the next login goes on writing where you were", "再登录后接着写, 光标在原处")},
	{head: i18n.T("Keys and text", "按键和文字")},
	{key: "ctrl+f ctrl+p F1", about: i18n.T("find, commands and help while you write", "写字时找家庭、命令、帮助")},
	{key: "F4", about: i18n.T("Chinese or English, at any moment", "随时换中文或英文")},
	{key: "y", about: i18n.T("copies the number, if the terminal can; it is shown as well", "复制号码 (终端要支持); 号码也会显示出来")},
	{key: "shift", about: i18n.T("hold it to select text with the mouse", "按住它用鼠标选文字")},
	{key: "ctrl+l", about: i18n.T("draws the screen again if the terminal spoiled it", "屏幕花了就重画")},
}

// symbols is the fourth part: the marks, each with the word beside it.
var symbols = []helpRow{
	{key: ">", about: i18n.T("the chosen row", "选中的行")},
	{key: "x", about: i18n.T("a marked row", "打了记号的行")},
	{key: "!", about: i18n.T("late, danger", "逾期, 危险")},
	{key: "*", about: i18n.T("today, running; on the message row: not saved", "今天, 进行中; 在消息行: 未保存")},
	{key: "?", about: i18n.T("waiting for approval", "待批")},
	{key: "✓", about: i18n.T("done, met", "已做")},
	{key: "~", about: i18n.T("partly; before a row: just changed by someone", "部分; 在行首: 刚被别人改过")},
	{key: "-", about: i18n.T("open, not due", "未到期")},
	{key: ".", about: i18n.T("not needed", "不要求")},
	{key: "+", about: i18n.T("added, more", "新增")},
	{key: "..", about: i18n.T("cut; there is more", "还有")},
	{key: "**", about: i18n.T("masked; v shows it and writes a line to the log", "已遮住; v 显示并记入日志")},
	{key: "[restricted] [受限]", about: i18n.T("kept to few; the line says whom to ask", "只给少数人看; 行里写着找谁")},
	{key: "[secret] [保密]", about: i18n.T("kept to its writer, the principal and those named", "只给写的人、校长和点名的人")},
	{key: "[x] [ ] (o) ( )", about: i18n.T("yes or no; one of few", "是否; 几个里选一个")},
	{key: "[___] [ v]", about: i18n.T("a field; a list: type to narrow it", "填写; 列表: 打字筛选")},
}

// terms is the fifth part: the school's words, in both languages.
var terms = []helpRow{
	{key: "联系 contact", about: i18n.T("one recorded exchange with a family", "和一家的一次有记录的往来")},
	{key: "家庭 household", about: i18n.T("the people at one address around one or several students", "同一住处、围着一个或几个学生的人")},
	{key: "监护人 guardian", about: i18n.T("person legally answerable; may be a parent", "法律上负责的人, 可以是父母")},
	{key: "首要联系人 primary contact", about: i18n.T("whom to call first", "先打给谁")},
	{key: "班主任 class teacher", about: i18n.T("teacher in charge of a class; first answerable for contact", "管一个班的老师, 联系家庭先找")},
	{key: "代理家长 surrogate parent", about: i18n.T("adult who takes a parent's care of a left-behind student", "替留守儿童的父母照看的大人")},
	{key: "留守 left-behind", about: i18n.T("a child whose parents work away", "父母在外打工的孩子")},
	{key: "承诺 promise", about: i18n.T("what either side will do by a day", "一方答应到哪天做的事")},
	{key: "任务 duty", about: i18n.T("what a rule asks of someone for a family", "规则要求为一家做的事")},
	{key: "覆盖 coverage", about: i18n.T("the share of a class that was reached", "一个班联系到的比例")},
	{key: "家访 home visit", about: i18n.T("staff go to the home", "老师到家里去")},
	{key: "普通 normal", about: i18n.T("who teaches or cares for the child reads it", "教这孩子、管这孩子的人可看")},
	{key: "班内 class", about: i18n.T("class teacher, surrogate, grade head, office, principal", "班主任、代理家长、年级组长、德育处、校长")},
	{key: "受限 restricted", about: i18n.T("not subject teachers, not the grade", "不给任课和年级")},
	{key: "保密 secret", about: i18n.T("its writer, the principal, those named", "写的人、校长、点名的人")},
	{key: "草稿 draft", about: i18n.T("what you write, kept at least every 2 seconds, for 30 days", "写着的内容, 至多 2 秒存一次, 留 30 天")},
}
