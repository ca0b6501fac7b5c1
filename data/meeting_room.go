package data

import (
	"slices"
	"time"
)

// Running is how long the item that is on has taken until t: its clock and the
// stretch that runs.
func (m Meeting) Running(t time.Time) time.Duration {
	i := slices.IndexFunc(m.Agenda, func(i AgendaItem) bool { return i.ID == m.Item })
	if i < 0 {
		return 0
	}
	spent := m.Agenda[i].Spent
	if !m.ItemSince.IsZero() {
		spent += max(0, t.Sub(m.ItemSince)) // a clock set back takes nothing away
	}
	return spent
}

// EndsAbout is when the meeting will end if each item that is still to come
// takes as long as planned.
func (m Meeting) EndsAbout(t time.Time) time.Time {
	left := time.Duration(0)
	for _, i := range m.Agenda {
		switch {
		case !i.Ended.IsZero():
		case i.ID == m.Item:
			left += max(0, time.Duration(i.Minutes)*time.Minute-m.Running(t))
		default:
			left += time.Duration(i.Minutes) * time.Minute
		}
	}
	return t.Add(left)
}

// PlaceStep keeps items apart so that one can be moved between two others by writing
// one row.
const PlaceStep = 1024

// Between is where an item is put that follows another, by their positions: of
// the items in order, after the one with this id, 0 for the top. Where there is
// no room left between two, fresh is true and all are to be laid out anew.
func Between(items []AgendaItem, moved, after int64) (position int64, fresh bool) {
	low, high := int64(0), int64(0)
	passed := after == 0
	for _, i := range items {
		if i.ID == moved {
			continue
		}
		if passed && high == 0 {
			high = i.Position
		}
		if !passed {
			low = i.Position
		}
		passed = passed || i.ID == after
	}
	switch {
	case high == 0:
		return low + PlaceStep, false
	case high-low < 2:
		return 0, true
	}
	return low + (high-low)/2, false
}
