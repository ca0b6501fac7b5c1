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
	tooMuch   = T("More than a fifth of a class would be gone or moved, so nothing was written: look whether this is the right file; if it is, use --force", "有班级超过两成学生会消失或调班, 什么都没写: 先看文件对不对; 没错就加 --force")
	conflict  = T("Someone saved this before you", "别人先存了")
	clashed   = T("%s changed this at %s", "%s %s 改过这条")
	full      = T("Not stored: the server's disk is full. Tell the administrator; what you wrote stays here", "没存上: 服务器磁盘满了。告诉管理员; 你写的还在这里")
	readOnly  = T("Not stored: the server cannot write its data. Tell the administrator; what you wrote stays here", "没存上: 服务器写不进数据。告诉管理员; 你写的还在这里")
	cancelled = T("Cancelled", "已取消")
	busy      = T("The store is busy: try again", "库忙: 再试一次")
	internal  = T("Something broke; it has been logged", "程序出错, 已记入日志")

	whys = map[data.Why]Phrase{
		data.WhyEmpty:    T("required", "必填"),
		data.WhyTooLong:  T("too long", "太长"),
		data.WhyNotADate: T("not a day: try fri, +3d or 2026-12-01", "看不懂这个日期: 试 周五 +3d 12-01"),
		data.WhyFuture:   T("lies in the future", "还没到"),
		data.WhyUnknown:  T("not one of those that are known", "不在可选的里面"),
		data.WhyNotHere:  T("not wanted here", "这里不用写"),
		data.WhyTooShort: T("too short", "太短"),
		data.WhyTaken:    T("taken already", "已被占用"),
		data.WhyBadChars: T("has characters that cannot be used", "有不能用的字符"),
		data.WhyNotPhone: T("not a phone number: 11 digits, or +country", "不是电话号码: 11 位, 或 + 国家区号"),
		data.WhyWeakKey:  T("too weak: use ssh-keygen -t ed25519", "太弱: 用 ssh-keygen -t ed25519"),
		data.WhyNotText:  T("not plain text: save it as CSV", "不是文本: 请另存为 CSV"),
		data.WhyNoColumn: T("this column is missing", "缺这一列"),
		data.WhyTooMany:  T("too many", "太多"),
		data.WhyQuote:    T("a quotation mark without its other half", "引号只有一半"),
		data.WhyWriters:  T("is its writer's choice: ask them", "由写的人定: 可找本人"),
		data.WhyClash:    T("does not go together with another role", "和另一个角色不能同时有"),
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
	"setting": T("setting", "设置"), "session": T("session", "窗口"), "class": T("class", "班级"), "file": T("file", "文件"),
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
	switch {
	case err == nil:
		return Phrase{}
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
	case errors.Is(err, data.ErrTooMuch):
		return tooMuch
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
