package tui

import (
	"context"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// cover is how long nobody must type before the screen is covered.
func (c *clock) cover() time.Duration {
	if c.after == 0 {
		return coverAfter
	}
	return c.after
}

// coverAfter is what holds until the school's setting is known.
const coverAfter = 5 * time.Minute

// coverIs is the school's setting.
type coverIs struct{ after time.Duration }

func (m coverIs) at(s *Shell) tea.Cmd {
	s.clock.after = m.after
	return nil
}

// askCover asks for the school's setting: at the first full minute, which comes
// before any cover, for a login has enough to do; and when settings change.
func (s *Shell) askCover() tea.Cmd {
	if s.desk == nil {
		return nil
	}
	ctx, desk := s.env.Ctx, s.desk
	return func() tea.Msg {
		all, err := desk.Settings(ctx)
		if err != nil {
			return nil // the store has logged it; what held goes on
		}
		for _, one := range all {
			if one.Key == data.CoverMinutes {
				return coverIs{time.Duration(one.Value) * time.Minute}
			}
		}
		return nil
	}
}

// A clock is the shell's one timer at rest. It goes off at each full minute, for
// the title bar, when the screen is to be covered, and when a right of the
// account begins or ends.
type clock struct {
	last    time.Time // when it went off last
	touched time.Time // when a person last did something
	covered bool
	after   time.Duration // without a key until the screen is covered, by the school's setting; 0: not asked yet
	rights  time.Time     // at which instant the pages' rights were those that were drawn
}

func (c *clock) begin(now time.Time) { c.last, c.touched, c.rights = now, now, now }

// wake notes that a person did something, and reports whether that only
// uncovered the screen.
func (c *clock) wake(now time.Time) bool {
	was := c.covered
	c.touched, c.covered = now, false
	return was
}

type beat struct{}

// beat waits for what comes first: the next minute, the cover, or the turn of a
// right.
func (s *Shell) beat() tea.Cmd {
	now := s.env.Now()
	next := now.Truncate(time.Minute).Add(time.Minute)
	if due := s.clock.touched.Add(s.clock.cover()); !s.clock.covered && due.After(now) && due.Before(next) {
		next = due
	}
	if turn := s.env.Me.Turns(now); !turn.IsZero() && turn.Before(next) {
		next = turn
	}
	return s.env.After(next.Sub(now), beat{})
}

func (beat) at(s *Shell) tea.Cmd {
	now := s.env.Now()
	was := s.clock.last
	s.clock.last = now
	var cmds []tea.Cmd
	if !s.env.Me.SameRights(now, s.env.Me, s.clock.rights) {
		cmds = append(cmds, s.whoAmI())
	}
	if now.Sub(s.clock.touched) >= s.clock.cover() && !s.Busy() {
		s.clock.covered = true
	}
	if s.clock.after == 0 {
		cmds = append(cmds, s.askCover())
	}
	if data.DayOf(was) != data.DayOf(now) {
		cmds = append(cmds, s.tell(kit.NewDay{}))
	}
	if !was.Truncate(time.Minute).Equal(now.Truncate(time.Minute)) {
		cmds = append(cmds, s.tell(kit.Tick{}))
	}
	return tea.Batch(append(cmds, s.beat())...)
}

// Busy reports whether the page in front goes on by itself: a call is timed.
// Then neither the cover nor the end of an idle session comes.
func (s *Shell) Busy() bool {
	b, ok := s.top().Page.(kit.Busy)
	return ok && b.Busy()
}

var (
	reading  = i18n.T(".. loading", ".. 读取中")
	spinning = i18n.T("%s loading", "%s 读取中")
	slow     = i18n.T("loading is slow, esc gives up", "读得慢, esc 取消")
	gaveUp   = i18n.T("Given up; F5 reads it again", "已取消; F5 再读")

	saving     = i18n.T(".. saving", ".. 正在存")
	savesStill = i18n.T("%s saving", "%s 正在存")
	slowSave   = i18n.T("saving is slow: it goes on", "存得慢, 还在存")
)

// What a person is told while the page in front waits for an answer, and when.
const (
	waitSaid  = 50 * time.Millisecond
	waitSpin  = 300 * time.Millisecond
	waitSlow  = 5 * time.Second
	waitFrame = 250 * time.Millisecond
)

// waits is how long the page in front has been waiting.
type waits struct {
	since time.Time // zero: it does not wait
	frame int       // of the spinner; 0: nothing is said yet
	slow  bool
	stop  context.CancelFunc
}

type stillWaits struct{ since time.Time }

// await starts and stops the clock of a page that waits. The answer mostly
// comes first; then the timer is called off, and nothing is drawn for it.
func (s *Shell) await() tea.Cmd {
	p, ok := s.top().Page.(kit.Waiter)
	waiting := ok && p.Waiting()
	if waiting == !s.waits.since.IsZero() {
		return nil
	}
	if !waiting {
		s.waits.stop()
		s.waits = waits{}
		return nil
	}
	ctx, stop := context.WithCancel(s.env.Ctx)
	s.waits = waits{since: s.env.Now(), stop: stop}
	return s.after(ctx, waitSaid, stillWaits{s.waits.since})
}

func (m stillWaits) at(s *Shell) tea.Cmd {
	if s.waits.since.IsZero() || m.since != s.waits.since {
		return nil
	}
	s.waits.frame++
	gone := s.env.Now().Sub(m.since)
	switch {
	case gone >= waitSlow:
		s.waits.slow = true
		return nil
	case gone < waitSpin:
		return s.env.After(waitSpin-gone, m)
	}
	return s.env.After(waitFrame, m)
}

// waitsFor is what the message row says meanwhile, or "".
func (s *Shell) waitsFor() string {
	env, w := s.env, s.waits
	first, spins, long := reading, spinning, slow
	if s.saves() {
		first, spins, long = saving, savesStill, slowSave
	}
	switch {
	case w.slow:
		return env.Say(long)
	case w.frame == 0:
		return ""
	case w.frame == 1:
		return env.Say(first)
	}
	return env.Say(spins, `|/-\`[w.frame%4:w.frame%4+1])
}

// saves reports whether the page in front waits for a save.
func (s *Shell) saves() bool {
	p, ok := s.top().Page.(kit.Saver)
	return ok && p.Storing()
}

// giveUp stops waiting for an answer that takes long, where esc was pressed for
// that.
func (s *Shell) giveUp(key string) bool {
	p, ok := s.top().Page.(kit.Waiter)
	if !ok || key != "esc" || !s.waits.slow || s.saves() {
		return false
	}
	p.GiveUp()
	s.said = gaveUp
	return true
}
