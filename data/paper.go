package data

import (
	"time"
)

// A Paper is what is taken out of the school's meetings, printed or exported.
type Paper string

// The sheet on which families sign in, with the agenda; the minutes as they are
// given out; the minutes with what is restricted; meetings for a calendar.
const (
	SignInSheet  Paper = "signin"
	MinutesGiven Paper = "minutes"
	MinutesWhole Paper = "minutes_full"
	MeetingDates Paper = "meetings"
)

// Papers is every paper.
var Papers = []Paper{SignInSheet, MinutesGiven, MinutesWhole, MeetingDates}

// A Format is what a paper is made as, by the ending of its file.
type Format string

// Plain text on A4, a document for a word processor, Markdown, a spreadsheet, a
// calendar, a table.
const (
	AsText     Format = "txt"
	AsDOCX     Format = "docx"
	AsMarkdown Format = "md"
	AsXLSX     Format = "xlsx"
	AsICS      Format = "ics"
	AsCSV      Format = "csv"
)

// Formats lists what the paper can be made as, the usual one first.
func (p Paper) Formats() []Format {
	switch p {
	case SignInSheet:
		return []Format{AsXLSX, AsText}
	case MinutesGiven, MinutesWhole:
		return []Format{AsDOCX, AsText, AsMarkdown}
	case MeetingDates:
		return []Format{AsICS, AsCSV}
	}
	return nil
}

// MayTakeOut reports whether the account may take a paper of a meeting out.
// What has names of families asks for the right to export with names, up to what
// is L1. What is restricted only the principal takes out, and only who asks for
// it: nobody's paper has it by default. The rest is for all who see the meeting
// whole; a meeting's time, for all who know of it.
func (a Account) MayTakeOut(t time.Time, p Paper, m Meeting, sight MeetingSight) error {
	at := m.MeetingPlace()
	switch {
	case sight == MeetingHidden, p != MeetingDates && sight < MeetingWhole:
		return ErrNotFound
	case p == SignInSheet && !a.May(t, RecExport, Export, at, false, UpToL1):
		return ErrForbidden
	case p == MinutesWhole && !a.is(t, Principal, at):
		return ErrForbidden
	}
	return nil
}

// is reports whether the account holds a role towards a place.
func (a Account) is(t time.Time, role Role, p Place) bool {
	for r := range a.held(t, &p) {
		if r == role {
			return true
		}
	}
	return false
}

// TakenOut is the minutes as they are taken out of the school: what is restricted
// only in the whole form, and counted where it is not.
func (m Minutes) TakenOut(whole bool) Minutes {
	if whole {
		return m
	}
	lines, left := GivenOut(m.Lines)
	m.Lines, m.Hidden = lines, m.Hidden+left
	var kept []Correction
	for _, c := range m.Corrections {
		if c.Level < Restricted {
			kept = append(kept, c)
		} else {
			m.Hidden++
		}
	}
	m.Corrections, m.Changes = kept, nil
	return m
}

// A Takeout is what every export carries: what of, who took it out, when, and
// what for. School tells one school's records from those of all others, for
// files that other programs read.
type Takeout struct {
	Of, By, Purpose string
	At              time.Time
	School          string
}
