package i18n

import (
	"context"
	"errors"
	"strings"

	"qiao/data"
)

var (
	notFound  = T("There is no such record", "没有这条记录")
	forbidden = T("Your account may not do this: ask an administrator", "你的账号没有这个权限: 可找管理员")
	ambiguous = T("Several fit: name one more exactly", "不止一个: 写得更具体些")
	lastAdmin = T("The last administrator with a key stays: make another one first", "最后一个有钥匙的管理员不能去掉: 先加一个")
	lastKey   = T("The last key stays, or you could not come back: add another one first", "最后一把公钥不能去掉, 不然你自己也进不来: 先加一把")
	keyTaken  = T("This key is another account's, or was: a key belongs to one account", "这把公钥是 (或曾是) 别的账号的: 一把公钥只归一个账号")
	codeBad   = T("There is no such code", "没有这个邀请码")
	codeUsed  = T("This code was used already: ask an administrator for a new one", "这个邀请码已经用过: 请管理员再发一个")
	codeOld   = T("This code's 48 hours are over: ask an administrator for a new one", "这个邀请码过了 48 小时: 请管理员再发一个")
	codeEarly = T("The server's clock stands before this code was made: tell an administrator", "服务器的时钟比发邀请码的时间还早: 告诉管理员")
	codeVoid  = T("This code does not hold any more: ask an administrator for a new one", "这个邀请码已作废: 请管理员再发一个")
	codeWait  = T("Too many wrong codes: try again after %s", "错的邀请码太多: %s 以后再试")
	tooMuch   = T("More than a fifth of a class would be gone or moved, so nothing was written: look whether this is the right file; if it is, use --force", "有班级超过两成学生会消失或调班, 什么都没写: 先看文件对不对; 没错就加 --force")
	trayFull  = T("Your tray is full (100 files, 64 MB): take one away with put NAME --remove; get lists them", "你的托盘满了 (100 个文件, 64 MB): 用 put 文件名 --remove 去掉一个; get 列出全部")
	conflict  = T("Someone saved this before you", "别人先存了")
	clashed   = T("%s changed this at %s", "%s %s 改过这条")
	full      = T("Not stored: the server's disk is full. Tell the administrator; what you wrote stays here", "没存上: 服务器磁盘满了。告诉管理员; 你写的还在这里")
	readOnly  = T("Not stored: the server cannot write its data. Tell the administrator; what you wrote stays here", "没存上: 服务器写不进数据。告诉管理员; 你写的还在这里")
	cancelled = T("Cancelled", "已取消")
	handedIn  = T("The meeting is over and its minutes are handed in: this is not in them. Ask who writes them to put it in", "会散了, 纪要已提交, 这行没记进去: 请记录人写进纪要")
	builtOn   = T("Something else builds on this import: nothing was changed", "已有别的内容建立在这次导入上: 没有改动")
	busy      = T("The store is busy: try again", "库忙: 再试一次")
	internal  = T("Something broke; it has been logged", "程序出错, 已记入日志")

	whys = map[data.Why]Phrase{
		data.WhyEmpty:    T("required", "必填"),
		data.WhyTooLong:  T("too long", "太长"),
		data.WhyNotADate: T("not a day: try fri, +3d or 2026-12-01", "看不懂这个日期: 试 周五 +3d 12-01"),
		data.WhyNotATime: T("not a time: try 16:30, 1630 or 4:30pm", "看不懂这个时间: 试 16:30 1630 下午4点半"),
		data.WhyMinutes:  T("minutes in figures, from 1 to 720", "写分钟数, 1 到 720"),
		data.WhyFuture:   T("lies in the future", "还没到"),
		data.WhyUnknown:  T("not one of those that are known", "不在可选的里面"),
		data.WhyNotHere:  T("not wanted here", "这里不用写"),
		data.WhyRange:    T("not a number in its range: setting list shows it", "不是范围里的数: setting list 看范围"),
		data.WhyTooShort: T("too short", "太短"),
		data.WhyTaken:    T("taken already", "已被占用"),
		data.WhyBadChars: T("has characters that cannot be used", "有不能用的字符"),
		data.WhyNotPhone: T("not a phone number: 11 digits, or +country", "不是电话号码: 11 位, 或 + 国家区号"),
		data.WhyWeakKey:  T("too weak (DSA, or RSA under 3072 bits): use ssh-keygen -t ed25519", "太弱 (DSA, 或不足 3072 位的 RSA): 用 ssh-keygen -t ed25519"),
		data.WhyNotKey:   T("not a public key: it is the one line of a .pub file", "不是公钥: 公钥是 .pub 文件里的那一行"),
		data.WhyPrivate:  T("looks like a private key: nothing was kept. Whoever saw it can log in with it: make a new one", "像是私钥, 没有保存。看到它的人都能用: 请换一把"),
		data.WhyCert:     T("a certificate: take the .pub file without -cert", "是证书: 用不带 -cert 的 .pub 文件"),
		data.WhyCA:       T("an authority's key, not a person's: see account ca", "是签证书用的公钥, 不是人的: 见 account ca"),
		data.WhyTwice:    T("there already", "已经有了"),
		data.WhyPast:     T("is over already", "已经过去了"),
		data.WhyClosed:   T("closed or revoked: ask an administrator", "已停用或吊销: 找管理员"),
		data.WhyNotText:  T("not plain text: save it as CSV", "不是文本: 请另存为 CSV"),
		data.WhyNoColumn: T("this column is missing", "缺这一列"),
		data.WhyTooMany:  T("too many", "太多"),
		data.WhyQuote:    T("a quotation mark without its other half", "引号只有一半"),
		data.WhyWriters:  T("is its writer's choice: ask them", "由写的人定: 可找本人"),
		data.WhyTooLate:  T("later than the class is yours, or than the school year", "比你带这个班、或比学年还晚"),
		data.WhyNotStaff: T("has no part in the work with families", "不参与家庭工作, 不能给"),
		data.WhyClash:    T("does not go together with another role", "和另一个角色不能同时有"),
		data.WhyNotYet:   T("not done yet", "还没做"),
		data.WhyFormula:  T("a formula without its result: paste the values instead", "是没有结果的公式: 请换成数值再导入"),
		data.WhyDigits:   T("a spreadsheet dropped its last digits: format the column as text and type it again", "表格软件丢了末几位: 把这一列设为文本, 重新填"),
		data.WhyIdentity: T("its check digit is wrong: correct the number, or empty the cell", "校验位不对: 改正号码, 或清空这一格"),
		data.WhyIdBirth:  T("not the birthday in the identity number: correct one of them, or empty one", "和身份证号里的生日不同: 改正其中一个, 或清空一个"),
		data.WhyIdSex:    T("not the sex in the identity number: correct one of them, or empty one", "和身份证号里的性别不同: 改正其中一个, 或清空一个"),
		data.WhySecret:   T("holds an identity number, which is not kept: put the school's own number here", "是身份证号, 不保存: 请填学校自己的学号"),
		data.WhyBirthday: T("not a student's birthday: write it as 2018-03-09", "不像学生的生日: 写成 2018-03-09"),
		data.WhyCut:      T("cut off: get the file again", "不完整: 请重新取一份文件"),
		data.WhyTwoHeads: T("two columns are called this: rename one of them", "有两列叫这个名字: 请改一个"),
		data.WhyWide:     T("more than 500 columns: delete those that are not needed", "超过 500 列: 请删掉不要的列"),
		data.WhyOldSheet: T("an old or foreign spreadsheet: open it and save it as XLSX or CSV", "旧格式或别的软件的表格: 打开后另存为 XLSX 或 CSV"),
		data.WhyLocked:   T("locked with a password: open it, take the password off, save it again", "有密码: 打开后去掉密码再存一次"),
		data.WhyBomb:     T("would grow beyond 1 GB or a hundredfold when unpacked: save it anew in a spreadsheet program", "解开后超过 1 GB 或一百倍: 用表格软件重新存一份"),
		data.WhyWebPage:  T("a web page, whatever its name: open it in a spreadsheet program and save it as XLSX", "其实是网页: 用表格软件打开, 另存为 XLSX"),
		data.WhyNotRoster: T("an archive without a roster: unpack it, and import the XLSX, the CSV or the OneRoster zip in it",
			"压缩包里没有花名册: 先解开, 再导入里面的 XLSX、CSV 或 OneRoster"),
		data.WhyNobody: T("nobody: write the full name in Chinese, or the student number", "没有这个学生: 写全名 (可加班级) 或学号"),
	}
)

// fields names the fields that data's rules speak of.
var fields = map[string]Phrase{
	"name": T("name", "姓名"), "number": T("student number", "学号"), "guardian": T("guardian", "家长"), "relation": T("relation", "关系"),
	"phone": T("phone", "电话"), "best_time": T("best time", "方便时间"), "work_place": T("place of work", "务工地"),
	"at": T("time", "时间"), "kind": T("kind", "渠道"), "outcome": T("result", "结果"), "direction": T("direction", "方向"),
	"level": T("level", "级别"), "text": T("text", "内容"), "quoted": T("quoted text", "原文"), "private": T("private note", "受限备注"),
	"student": T("student", "学生"), "minutes": T("length", "时长"), "promise": T("promise", "承诺"), "state": T("state", "状态"),
	"result": T("reason", "原因"), "owner": T("who", "谁"), "due": T("day", "期限"), "date": T("date", "日期"), "topic": T("topic", "话题"),
	"with": T("with", "对象"), "role": T("role", "角色"), "scope": T("scope", "范围"), "key": T("key", "公钥"), "school": T("school", "学校"),
	"address": T("address", "住址"), "village": T("village", "村"), "postal": T("postal address", "通信地址"), "draft": T("draft", "草稿"),
	"sex": T("sex", "性别"), "birth": T("birthday", "出生日期"), "boarding": T("boarding", "寄宿"), "status": T("status", "状态"),
	"left_behind": T("left behind", "留守"), "hardship": T("hardship", "困难"), "household": T("household", "家庭"),
	"named": T("who may read", "点名"), "until": T("until", "到期"), "reason": T("reason", "原因"),
	"setting": T("setting", "设置"), "session": T("session", "窗口"), "class": T("class", "班级"), "code": T("code", "邀请码"),
	"account": T("account", "账号"), "column": T("column", "列"), "file": T("file", "文件"), "file_name": T("file name", "文件名"), "deed": T("kind", "动作"), "purpose": T("purpose", "用途"),
	"format": T("format", "格式"), "person": T("person", "人"), "witness": T("witness", "见证"),
	"idle_minutes":  T("minutes without a key until a session ends", "多少分钟没按键就退出"),
	"notice_days":   T("working days before a meeting that its families must know", "家长会通知最晚提前几个工作日"),
	"cover_minutes": T("minutes without a key until the screen is covered", "多少分钟没按键就遮屏"),
	"health":        T("health", "健康"), "steps": T("what to do", "急救做法"),
	"structure": T("household", "家庭结构"), "change": T("family change", "家庭变故"), "change_on": T("day of the change", "变故日期"),
	"meeting": T("meeting", "会议"), "version": T("version", "版本"), "title": T("title", "主题"), "place": T("place", "地点"), "starts": T("beginning", "开始"), "ends": T("end", "结束"), "plan": T("plan", "方案"),
	"chair": T("chair", "主持"), "secretary": T("secretary", "记录人"), "notice_zh": T("Chinese notice", "中文通知"), "notice_en": T("English notice", "英文通知"),
	"agenda": T("agenda", "议程"), "item": T("point of the agenda", "议程项"), "speaker": T("speaker", "发言人"), "attendance": T("attendance", "签到"),
	"late": T("minutes late", "迟到分钟"), "came": T("who came", "谁来了"), "reply": T("reply", "回执"), "for_name": T("in whose words", "谁说的"),
	"answerer": T("who answers", "谁答复"), "feedback": T("opinions", "意见反馈"), "line": T("line", "行"),
	"minutes_issued": T("issued minutes", "纪要发布"), "absentees": T("absent families", "缺席家庭转告"),
	"since": T("since", "自"), "to": T("to whom", "给谁"), "for": T("how long", "多久"), "note": T("note", "说明"), "limit": T("reason", "限制原因"),
}

// Field names a field of a record; one with its place, "phone 2", keeps it.
func (l Lang) Field(name string) string {
	name, place, _ := strings.Cut(name, " ")
	if p, ok := fields[name]; ok {
		name = l.Say(p)
	}
	return strings.TrimSpace(name + " " + place)
}

// Why puts a field's fault into words.
func (l Lang) Why(w data.Why) string { return l.Say(whys[w]) }

// Error puts err into words for the person at the screen or the shell.
func (l Lang) Error(err error) string {
	if faults := data.Faults(err); len(faults) > 0 {
		var said []string
		for _, f := range faults {
			said = append(said, l.Field(f.Field)+": "+l.Why(f.Why))
		}
		return strings.Join(said, "; ")
	}
	return l.Say(Reason(err))
}

// Reason is the phrase for an error that is not about single fields; the
// zero Phrase for none.
func Reason(err error) Phrase {
	var clash *data.Conflict
	var code *data.CodeRefused
	switch {
	case err == nil:
		return Phrase{}
	case errors.As(err, &clash) && clash.Ref.Kind == "key":
		return keyTaken
	case errors.As(err, &code):
		return codeSaid(code)
	case errors.As(err, &clash) && clash.By != "":
		return clashed.With(data.Line(clash.By), clash.At.In(data.China).Format("15:04"))
	case errors.As(err, &clash):
		return conflict
	case errors.Is(err, data.ErrAmbiguous):
		return ambiguous
	case errors.Is(err, data.ErrFull):
		return full
	case errors.Is(err, data.ErrReadOnly):
		return readOnly
	case errors.Is(err, data.ErrLastAdmin):
		return lastAdmin
	case errors.Is(err, data.ErrLastKey):
		return lastKey
	case errors.Is(err, data.ErrTooMuch):
		return tooMuch
	case errors.Is(err, data.ErrHandedIn):
		return handedIn
	case errors.Is(err, data.ErrBuiltOn):
		return builtOn
	case errors.Is(err, data.ErrTrayFull):
		return trayFull
	case errors.Is(err, context.DeadlineExceeded):
		return busy
	case errors.Is(err, data.ErrNotFound):
		return notFound
	case errors.Is(err, data.ErrForbidden):
		return forbidden
	case errors.Is(err, context.Canceled):
		return cancelled
	}
	return internal
}

// codeSaid is why a one-time code let nobody in.
func codeSaid(e *data.CodeRefused) Phrase {
	switch e.Why {
	case data.CodeUsed:
		return codeUsed
	case data.CodeEarly:
		return codeEarly
	case data.CodeExpired:
		return codeOld
	case data.CodeVoid:
		return codeVoid
	case data.CodeWait:
		return codeWait.With(e.Till.In(data.China).Format("15:04"))
	}
	return codeBad
}
