package i18n

import (
	"context"
	"errors"
	"strings"

	"qiao/data"
)

var (
	notFound  = T("There is no such record.", "没有这条记录。")
	forbidden = T("Your account may not do this.", "您的账号无权进行此操作。")
	conflict  = T("Someone saved this before you.", "他人已先保存，请核对后再存。")
	cancelled = T("Cancelled.", "已取消。")
	internal  = T("Something broke; it has been logged.", "程序出错，已记入日志。")

	whys = map[data.Why]Phrase{
		data.WhyEmpty:    T("required", "必填"),
		data.WhyTooLong:  T("too long", "太长"),
		data.WhyNotADate: T("write it as 2026-09-01", "请按 2026-09-01 填写"),
		data.WhyFuture:   T("lies in the future", "不能晚于今天"),
		data.WhyUnknown:  T("choose one of the list", "请从列表中选择"),
	}
)

// Why puts a field's fault into words.
func (l Lang) Why(w data.Why) string { return l.Say(whys[w]) }

// Error puts err into words for the person at the screen or the shell.
func (l Lang) Error(err error) string {
	if faults := data.Faults(err); len(faults) > 0 {
		var said []string
		for _, f := range faults {
			said = append(said, f.Field+": "+l.Why(f.Why))
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
	case errors.As(err, &clash):
		return conflict
	case errors.Is(err, data.ErrNotFound):
		return notFound
	case errors.Is(err, data.ErrForbidden):
		return forbidden
	case errors.Is(err, context.Canceled):
		return cancelled
	}
	return internal
}
