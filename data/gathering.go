package data

import (
	"errors"
	"fmt"
	"time"
)

// A Gathering is a meeting with all that hangs on it as values, in a School: what
// names another record gives its place in the School's list. Class, Chair and
// Secretary are places; so are an invitee's Household, Person and CamePerson, its
// Students' ID, who proposed, wrote, answers and carries out. Item of a note or a
// resolution is a place in the agenda, counted from 1.
type Gathering struct {
	Meeting
	Called      time.Time // when it was first written down
	Invitees    []Invitee
	Topics      []MeetingTopic
	Notes       []GatheringNote
	Resolutions []Resolution
	Record      GatheringRecord
}

// A GatheringNote is a line of the notes; Answered is when a question of a family
// was, with what, in Answer.
type GatheringNote struct {
	MeetingNote
	Answered time.Time
	Answer   string
}

// A GatheringRecord is what became of the minutes of a meeting that is over: they
// are composed of what happened, then changed and sealed as it says. The secretary
// writes, the chair signs and issues.
type GatheringRecord struct {
	Added       []string // lines that the secretary put at the end
	AddedAt     time.Time
	HandedIn    bool
	Signed      time.Time
	Issued      time.Time
	GivenOut    time.Time
	Corrections []Correction // Text and At
}

func (s School) checkMeetings(now time.Time) error {
	for i, g := range s.Meetings {
		if err := errors.Join(s.checkMeeting(g, now), s.checkInvited(g)); err != nil {
			return fmt.Errorf("meeting %d: %w", i+1, err)
		}
	}
	return nil
}

func (s School) checkMeeting(g Gathering, now time.Time) error {
	err := errors.Join(g.Check(), place("class", g.Class, len(s.Classes)), place("chair", g.Chair, len(s.Staff)), place("secretary", g.Secretary, len(s.Staff)))
	happened := []time.Time{g.Called, g.Opened, g.Held, g.Told.Start(), g.Record.AddedAt, g.Record.Signed, g.Record.Issued, g.Record.GivenOut}
	for _, i := range g.Agenda {
		err = errors.Join(err, i.Check())
		happened = append(happened, i.Started, i.Ended)
	}
	for _, x := range g.Topics {
		err = errors.Join(err, x.Check(), place("owner", x.Proposer, len(s.Staff)))
		happened = append(happened, x.At)
	}
	for _, n := range g.Notes {
		err = errors.Join(err, n.Check(), place("owner", n.By, len(s.Staff)))
		if n.Answerer != 0 {
			err = errors.Join(err, place("answerer", n.Answerer, len(s.Staff)))
		}
		if n.Item != 0 {
			err = errors.Join(err, place("item", n.Item, len(g.Agenda)))
		}
		happened = append(happened, n.At, n.Answered)
	}
	for _, r := range g.Resolutions {
		err = errors.Join(err, r.Check(), place("owner", r.Owner, len(s.Staff)), place("item", r.Item, len(g.Agenda)))
		happened = append(happened, r.ClosedAt)
	}
	for _, c := range g.Record.Corrections {
		happened = append(happened, c.At)
	}
	for _, at := range happened {
		if at.After(now) {
			err = errors.Join(err, &Invalid{"at", WhyFuture})
		}
	}
	return err
}

func (s School) checkInvited(g Gathering) (err error) {
	for _, i := range g.Invitees {
		err = errors.Join(err, place("household", i.Household, len(s.Households)))
		if i.Person != 0 {
			err = errors.Join(err, place("person", i.Person, len(s.People)))
		}
		if i.CamePerson != 0 {
			err = errors.Join(err, place("came", i.CamePerson, len(s.People)))
		}
		if len(i.Students) == 0 {
			err = errors.Join(err, &Invalid{"student", WhyEmpty})
		}
		for _, st := range i.Students {
			if e := place("student", st.ID, len(s.Students)); e != nil {
				err = errors.Join(err, e)
			} else if s.Students[st.ID-1].Household != i.Household {
				err = errors.Join(err, &Invalid{"household", WhyUnknown})
			}
		}
	}
	return err
}
