package meetings

import (
	"context"
	"slices"

	"qiao/data"

	tea "charm.land/bubbletea/v2"
)

// batch is how many meetings are read at a time; no list is read as a whole.
const batch = 100

// An answer is what was read of a list so far.
type answer struct {
	lines        []data.MeetingLine
	more         bool
	coming, past int // of the tabs
}

// reader asks for as many meetings as were read before, or for the next ones.
func (p *page) reader(more bool) func(context.Context) (answer, error) {
	q, ask := p.query(), p.deps.Meetings
	q.Tab = tabs[p.tab]
	other := p.query()
	other.Limit = 1
	if other.Tab = data.ComingMeetings; q.Tab == data.ComingMeetings {
		other.Tab = data.PastMeetings
	}
	have, want := answer{}, max(batch, len(p.Asked.Value.lines))
	if more {
		have = p.Asked.Value
		want = len(have.lines) + batch
	}
	return func(ctx context.Context) (answer, error) { return readOn(ctx, ask, q, other, have, want) }
}

// readOn reads on until there are as many meetings as wanted.
func readOn(ctx context.Context, ask func(context.Context, data.MeetingQuery) (data.MeetingList, error), q, other data.MeetingQuery, a answer, want int) (answer, error) {
	a.lines = slices.Clip(a.lines)
	for a.more = true; a.more && len(a.lines) < want; {
		q.Limit, q.After = batch, nil
		if n := len(a.lines); n > 0 {
			last := a.lines[n-1].Meeting
			q.After = &last
		}
		l, err := ask(ctx, q)
		if err != nil {
			return a, err
		}
		if q.After == nil {
			rest, err := ask(ctx, other)
			if err != nil {
				return a, err
			}
			switch q.Tab {
			case data.ComingMeetings:
				a.coming, a.past = l.Total, rest.Total
			case data.PastMeetings:
				a.coming, a.past = rest.Total, l.Total
			default:
				a.coming, a.past = rest.Total, l.Total-rest.Total
			}
		}
		a.lines, a.more = append(a.lines, l.Lines...), l.More
	}
	return a, nil
}

// read asks for the list anew, or for what comes after it.
func (p *page) read(more bool) tea.Cmd {
	p.stale = false
	p.Of.Read = p.reader(more)
	return p.Listing.Init()
}
