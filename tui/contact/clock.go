package contact

import (
	"time"

	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// A stopwatch measures the call. It stands still while the line is down: what
// it said goes into the draft.
type stopwatch struct {
	before time.Duration // of the stretches that are over
	since  time.Time     // when this one began; zero: it stands still
}

func (s *stopwatch) running() bool { return !s.since.IsZero() }

func (s *stopwatch) start(now time.Time) {
	if !s.running() {
		s.since = now
	}
}

func (s *stopwatch) stop(now time.Time) {
	if s.running() {
		s.before, s.since = s.before+now.Sub(s.since), time.Time{}
	}
}

func (s *stopwatch) reads(now time.Time) time.Duration {
	if s.running() {
		return s.before + now.Sub(s.since)
	}
	return s.before
}

// minutes is what the record gets: rounded up.
func (s *stopwatch) minutes(now time.Time) int {
	return int((s.reads(now) + time.Minute - 1) / time.Minute)
}

// A beat redraws the clock, once a second while it runs and at no other time.
type beat struct {
	of *page
	n  int
}

// beat sets the next one.
func (p *page) beat() tea.Cmd {
	if !p.Busy() || p.Saved {
		return nil
	}
	now := p.env.Now()
	next := time.Second - p.clock.reads(now)%time.Second
	p.beats++
	return p.env.After(next, beat{p, p.beats})
}

var (
	onCall  = i18n.T("on call %s", "通话中 %s")
	stopped = i18n.T("stopped %s", "已停 %s")
	endIt   = i18n.T("ctrl+x end", "ctrl+x 停表")
	goOn    = i18n.T("ctrl+x on", "ctrl+x 接着计")
)

// clockLine is the right end of row 2.
func (p *page) clockLine() string {
	if !p.timed() || p.o.Contact != 0 && !p.clock.running() && p.clock.before == 0 {
		return ""
	}
	reads := p.env.Lang.Stopwatch(p.clock.reads(p.env.Now()))
	gap := "  "
	if p.env.Lang == i18n.English {
		gap = " "
	}
	if p.clock.running() {
		return p.env.Look.Live(p.env.Say(onCall, reads)) + gap + p.env.Say(endIt) + gap
	}
	return p.env.Say(stopped, reads) + gap + p.env.Say(goOn) + gap
}

// toggle stops the clock, or lets it go on.
func (p *page) toggle() tea.Cmd {
	p.Edited = true
	if p.clock.running() {
		p.clock.stop(p.env.Now())
		return nil
	}
	p.clock.start(p.env.Now())
	return p.beat()
}
