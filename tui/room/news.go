package room

import (
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

// news is what another has just done in the room, for the message row.
type news struct {
	said i18n.Phrase
	by   string
	at   time.Time
}

// newsFor is how long it stands.
const newsFor = 20 * time.Second

var (
	justNow    = i18n.T("%s just now: %s", "%s 刚刚%s")
	secondsAgo = i18n.T("%s %d s ago: %s", "%s %d 秒前%s")
	hasMarked  = i18n.T("%s: %s (%d/%d)", "签到 %s: %s (%d/%d)")
	markedMany = i18n.T("marked %d families (%d/%d)", "签到 %d 家 (%d/%d)")
	hasNoted   = i18n.T("wrote a line", "记了一行")
	hasAsked   = i18n.T("noted a question", "记了一个提问")
	hasDecided = i18n.T("noted a resolution", "记了一条决议")
	hasGoneOn  = i18n.T("went on to item %d", "进到第 %d 项")
	hasOpened  = i18n.T("opened the room", "开会了")
	hasClosed  = i18n.T("closed the room: i shows the minutes", "散会了: i 看纪要")
	hasStopped = i18n.T("stopped the clock", "停了计时")
	hasStarted = i18n.T("let the clock go on", "接着计时")
	hasMoved   = i18n.T("moved the meeting: %s %s  %s", "改了时间地点: %s %s  %s")
	hasCalled  = i18n.T("cancelled the meeting: %s", "取消了会: %s")
	hasChanged = i18n.T("changed the meeting", "改了会议")
)

// line is the message row with it, "" once it is old. A clock set back makes it
// new, and never from the future.
func (n news) line(p *page) string {
	age := p.now().Sub(n.at.Truncate(time.Second))
	if n.by == "" || age > newsFor {
		return ""
	}
	by := i18n.Typed(p.env.Lang.Name(n.by, ""))
	word := justNow.With(by, n.said)
	if s := int(age / time.Second); s > 0 {
		word = secondsAgo.With(by, s, n.said)
	}
	return p.env.Look.Live("~") + " " + kit.Cut(p.env.Say(word), p.w-4)
}

// hearOf tells what others did between two readings of the meeting.
func (p *page) hearOf(was, is data.MeetingView) {
	said, by := p.differs(was, is)
	if by == "" || by == p.env.Me.Name {
		return
	}
	p.news = news{said, by, p.env.Now()}
}

// differs is the most telling thing that is not as it was, and who did it.
func (p *page) differs(was, is data.MeetingView) (said i18n.Phrase, by string) {
	lang := p.env.Lang
	switch {
	case was.State != is.State && is.State == data.MeetingInSession:
		return hasOpened, is.SavedBy
	case was.State != is.State && is.State == data.MeetingCancelled:
		return hasCalled.With(is.CancelWhy), is.SavedBy
	case !was.State.Over() && is.State.Over():
		return hasClosed, is.SavedBy
	case was.Item != is.Item && is.Item != 0:
		return hasGoneOn.With(placeOf(is, is.Item)), is.SavedBy
	case !was.Starts.Equal(is.Starts) || !was.Ends.Equal(is.Ends) || was.Place != is.Place:
		return hasMoved.With(lang.Day(data.DayOf(is.Starts), p.env.Now.Today()), lang.Clock(is.Starts), i18n.Typed(is.Place)), is.SavedBy
	case was.Item == is.Item && is.Item != 0 && was.ItemSince.IsZero() != is.ItemSince.IsZero():
		if is.ItemSince.IsZero() {
			return hasStopped, is.SavedBy
		}
		return hasStarted, is.SavedBy
	}
	if said, by = p.cameIn(was, is); by != "" {
		return said, by
	}
	if n := len(is.Notes); n > len(was.Notes) && is.Notes[n-1].By != p.env.Me.ID {
		if is.Notes[n-1].Kind == data.QuestionAsked {
			return hasAsked, is.Notes[n-1].ByName
		}
		return hasNoted, is.Notes[n-1].ByName
	}
	if n := len(is.Resolutions); n > len(was.Resolutions) {
		return hasDecided, is.Resolutions[n-1].SavedBy
	}
	if was.Rev != is.Rev && was.Title != is.Title {
		return hasChanged, is.SavedBy
	}
	return said, ""
}

// cameIn is who was marked by another: the one, or how many.
func (p *page) cameIn(was, is data.MeetingView) (said i18n.Phrase, by string) {
	had := map[int64]data.Attendance{}
	for _, i := range was.Invitees {
		had[i.ID] = i.Attendance
	}
	n, last := 0, data.Invitee{}
	for _, i := range is.Invitees {
		if a, ok := had[i.ID]; ok && a != i.Attendance && i.MarkedBy != p.env.Me.Name && i.MarkedBy != "" {
			if n++; !i.MarkedAt.Before(last.MarkedAt) {
				last = i
			}
		}
	}
	t := data.TurnoutOf(is.Invitees)
	switch n {
	case 0:
		return said, ""
	case 1:
		_, name := p.child(last)
		return hasMarked.With(i18n.Typed(name), i18n.Typed(p.env.Lang.Attendance(last.Attendance)), t.Came(), t.Invited), last.MarkedBy
	}
	return markedMany.With(n, t.Came(), t.Invited), last.MarkedBy
}
