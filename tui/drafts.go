package tui

import (
	"context"
	"slices"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// keepEvery is how long typed text stays here before it is sent to the
// database, where it must be two seconds after the key at the latest.
const keepEvery = 1900 * time.Millisecond

// leaving is how long a session that was cut off may take to keep its drafts.
const leaving = 5 * time.Second

// drafting is what the shell knows of a page's draft.
type drafting struct {
	kept   data.Draft // as it was last sent off
	at     time.Time  // when that was on disk; zero: not yet
	timer  bool       // a look at the page is due
	busy   bool       // one is being written
	closed bool       // the page is
	drop   bool       // the page was saved while its draft was still under way
}

// keeping is how drafts get to the database.
type keeping struct {
	save func(context.Context, data.Draft) (data.Draft, error)
	drop func(context.Context, data.Draft) error
}

// keepBeat is the moment to look at a page that was typed on.
type keepBeat struct{ on *sheet }

// kept ends the writing of one draft.
type kept struct {
	on  *sheet
	d   data.Draft
	at  time.Time
	err error
}

// written arms the timer of the page in front after something was done on it.
func (s *Shell) written() tea.Cmd {
	p := s.top()
	if _, ok := p.Page.(kit.Drafter); !ok || p.draft.timer {
		return nil
	}
	p.draft.timer = true
	return s.env.After(keepEvery, keepBeat{p})
}

func (m keepBeat) at(s *Shell) tea.Cmd {
	m.on.draft.timer = false
	return s.keep(m.on)
}

// keep writes a page's draft if it is not on disk as it is.
func (s *Shell) keep(p *sheet) tea.Cmd {
	d, ok := newDraft(p)
	if !ok || p.draft.busy {
		return nil
	}
	p.draft.kept, p.draft.busy = d, true
	save, ctx, now := s.keeping.save, context.WithoutCancel(s.env.Ctx), s.env.Now
	return func() tea.Msg {
		saved, err := save(ctx, d)
		return kept{p, saved, now(), err}
	}
}

// newDraft is the page's draft, if something was typed that was not sent off
// yet. That a call's clock runs on is no reason to write it again.
func newDraft(p *sheet) (data.Draft, bool) {
	of, ok := p.Page.(kit.Drafter)
	if !ok {
		return data.Draft{}, false
	}
	d, ok := of.Draft()
	was := p.draft.kept
	was.Clock = d.Clock
	return d, ok && d != was
}

// keptNow notes that a draft is on disk, or is not, and tells the page. What
// was typed meanwhile is kept next.
func (s *Shell) keptNow(m kept) tea.Cmd {
	p := m.on
	p.draft.busy = false
	if m.err != nil {
		p.draft.kept = data.Draft{}
	} else {
		p.draft.at = m.at
	}
	if p.draft.drop {
		return s.dropDraft(m.d)
	}
	told := p.Update(kit.Kept{Page: p.Page, At: m.at, Err: m.err})
	if p.draft.closed {
		return nil
	}
	if _, more := newDraft(p); more && !p.draft.timer {
		p.draft.timer = true
		return tea.Batch(told, s.env.After(keepEvery, keepBeat{p}))
	}
	return told
}

// close keeps the draft of a page that is being closed. If the page was saved
// while an older draft was still on its way, that one must not stay behind.
func (s *Shell) close(p *sheet) tea.Cmd {
	p.draft.closed = true
	if of, ok := p.Page.(kit.Drafter); ok && p.draft.busy {
		if _, left := of.Draft(); !left {
			p.draft.drop = true
		}
	}
	return s.keep(p)
}

func (s *Shell) dropDraft(d data.Draft) tea.Cmd {
	drop, ctx := s.keeping.drop, context.WithoutCancel(s.env.Ctx)
	return func() tea.Msg {
		_ = drop(ctx, d) // the store has logged what went wrong; drafts end by themselves
		return nil
	}
}

// keepAll writes every draft there is.
func (s *Shell) keepAll() tea.Cmd {
	var cmds []tea.Cmd
	for _, p := range s.pages {
		cmds = append(cmds, s.keep(p))
	}
	return tea.Batch(cmds...)
}

// Leave keeps what is being written after the program has ended, for whatever
// reason: a cut line gives no other moment. It waits for the disk.
func (s *Shell) Leave() {
	ctx, stop := context.WithTimeout(context.WithoutCancel(s.env.Ctx), leaving)
	defer stop()
	for _, p := range slices.Backward(s.pages) {
		of, ok := p.Page.(kit.Drafter)
		if !ok {
			continue
		}
		p.Update(kit.Ending{}) // its clock stops, and no other window need ask
		// One that was sent off may not have arrived: its command ended too.
		if d, ok := of.Draft(); ok && (d != p.draft.kept || p.draft.busy) {
			_, _ = s.keeping.save(ctx, d)
		}
	}
}

var lost = i18n.T("! Not saved: %s It is all in the draft, Today lists it", "! 没存上: %s写的都在草稿里, 今日里有")

var keptAt = i18n.T("  %s  draft kept %s", "  %s  草稿已存 %s")

// beingWritten names the pages with something written, and when it was kept.
func (s *Shell) beingWritten() (out []string) {
	for _, p := range s.pages {
		of, ok := p.Page.(kit.Drafter)
		if !ok {
			continue
		}
		if _, ok := of.Draft(); ok {
			at := "-"
			if !p.draft.at.IsZero() {
				at = s.env.Lang.Seconds(p.draft.at)
			}
			out = append(out, s.env.Say(keptAt, s.env.Say(p.Title()), at))
		}
	}
	return out
}
