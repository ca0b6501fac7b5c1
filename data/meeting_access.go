package data

import (
	"slices"
	"time"
)

// A MeetingSight is how much of a class's meeting an account sees.
type MeetingSight int

// Nothing: it is not there. The front desk: when it is. An inspector: what is
// open to all, without names. A surrogate parent whose child's household is
// invited: that, with names, and the household's own line. The class's teachers,
// its grade head, the office and the principal: all, as far as each line's level
// goes.
const (
	MeetingHidden MeetingSight = iota
	MeetingDate
	MeetingOpen
	MeetingInvited
	MeetingWhole
)

// MeetingPlace is where rights about a meeting are asked: its class.
func (m Meeting) MeetingPlace() Place { return Place{Class: m.Class} }

// MeetingSight is how much the account sees of a meeting to which the households
// of these students are invited. A meeting that nobody was told of is only for
// those who see it whole.
func (a Account) MeetingSight(t time.Time, m Meeting, invited []int64) MeetingSight {
	p := m.MeetingPlace()
	own := func(student int64) bool {
		return a.May(t, RecMeeting, View, Place{Student: student, Class: m.Class}, false, Invited)
	}
	switch {
	case a.May(t, RecMeeting, View, p, false):
		return MeetingWhole
	case m.State == MeetingDraft || m.Told.IsZero() && !m.State.Over() && m.State != MeetingInSession:
		return MeetingHidden
	case slices.ContainsFunc(invited, own):
		return MeetingInvited
	case a.May(t, RecMeeting, View, p, false, NoNames):
		return MeetingOpen
	case a.May(t, RecMeeting, View, p, false, DatesOnly):
		return MeetingDate
	}
	return MeetingHidden
}

// For is the meeting as somebody sees it who sees so much of it.
func (m Meeting) For(s MeetingSight) Meeting {
	switch s {
	case MeetingWhole:
		return m
	case MeetingInvited:
		m.Feedback, m.ShortWhy = "", ""
		return m
	case MeetingOpen:
		m.Feedback, m.ShortWhy, m.CancelWhy = "", "", ""
		m.Chair, m.ChairName, m.Secretary, m.SecretaryName, m.SavedBy = 0, "", 0, "", ""
		m.NoticeZh, m.NoticeEn = "", "" // they may name whom to ask
		m.Agenda = slices.Clone(m.Agenda)
		for i := range m.Agenda {
			m.Agenda[i].Speaker, m.Agenda[i].SavedBy = "", ""
		}
		return m
	case MeetingDate:
		return Meeting{ID: m.ID, Kind: m.Kind, Class: m.Class, ClassName: m.ClassName, Year: m.Year, Starts: m.Starts, Ends: m.Ends, State: m.State, Rev: m.Rev}
	}
	return Meeting{}
}

// MaySeeMeeting reports whether the account sees the whole meeting: the class's
// teachers, its grade head, the office and the principal.
func (a Account) MaySeeMeeting(t time.Time, m Meeting) error {
	if a.MeetingSight(t, m, nil) == MeetingWhole {
		return nil
	}
	return ErrNotFound
}

// MayRunMeeting reports whether the account may change the meeting's
// preparation and lead it: who may change meetings of the class, and whoever
// sees it as its chair or its secretary.
func (a Account) MayRunMeeting(t time.Time, m Meeting) error {
	if err := a.MaySeeMeeting(t, m); err != nil {
		return err
	}
	if a.May(t, RecMeeting, Edit, m.MeetingPlace(), false) || a.ID != 0 && (m.Chair == a.ID || m.Secretary == a.ID) {
		return nil
	}
	return ErrForbidden
}

// MayCallMeeting reports whether the account may call a meeting of a class.
func (a Account) MayCallMeeting(t time.Time, class int64) error {
	p := Place{Class: class}
	switch {
	case a.May(t, RecMeeting, Create, p, true):
		return nil
	case a.May(t, RecMeeting, View, p, false):
		return ErrForbidden
	}
	return ErrNotFound
}

// MaySignMinutes reports whether the account signs the meeting's minutes: its
// chair, who still sees it.
func (a Account) MaySignMinutes(t time.Time, m Meeting) error {
	if err := a.MaySeeMeeting(t, m); err != nil {
		return err
	}
	if a.ID != 0 && a.ID == m.Chair {
		return nil
	}
	return ErrForbidden
}

// ReadsLine is how much of a line the account reads, of those who see the whole
// meeting: of minutes as of notes.
func (a Account) ReadsLine(t time.Time, m Meeting, x Authored) Sight {
	return a.SightOf(t, x, []Place{m.MeetingPlace()})
}

// MaySeeResolution reports whether the account reads a resolution of a meeting
// that it sees so much of: who sees the meeting's agenda, whoever is to carry it
// out, and those who keep the school's resolutions.
func (a Account) MaySeeResolution(t time.Time, r Resolution, of MeetingSight) bool {
	return of >= MeetingOpen || a.ID != 0 && a.ID == r.Owner || a.May(t, RecResolution, View, Place{Class: r.Class}, false)
}

// MayCloseResolution reports whether the account may say what came of a
// resolution: who runs the meeting, and whoever is to carry it out.
func (a Account) MayCloseResolution(t time.Time, m Meeting, r Resolution) error {
	err := a.MayRunMeeting(t, m)
	if err != nil && a.ID != 0 && a.ID == r.Owner &&
		(a.MayAtAll(t, RecResolution, Edit, true, Progress) || a.MayAtAll(t, RecResolution, Approve, true)) {
		return nil
	}
	return err
}

// Meets is where the account sees meetings, for queries over many: everywhere,
// of these classes, and those to which the households of these students are
// invited. MeetingSight says of one how much; a test holds the two together.
// Told is everywhere too, but only once the families were told.
func (a Account) Meets(t time.Time) (s Scope, told bool) {
	for role, g := range a.held(t, nil) {
		for _, r := range RightsOf(role, RecMeeting) {
			if !slices.Contains(r.Acts, View) {
				continue
			}
			switch {
			case r.Limit == Unlimited && g.Scope == ScopeSchool:
				s.All = true
			case r.Limit == Unlimited:
				s.Classes = append(s.Classes, g.Classes...)
			case r.Limit == Invited && g.Scope == ScopeStudent:
				s.Students = append(s.Students, g.ScopeID)
			case r.Limit == NoNames || r.Limit == DatesOnly:
				told = true
			}
		}
	}
	slices.Sort(s.Classes)
	s.Classes = slices.Compact(s.Classes)
	return s, told
}

// Teaches is the classes in which the account is class teacher or teaches a
// subject at t, by id.
func (a Account) Teaches(t time.Time) (classes []int64) {
	for role, g := range a.held(t, nil) {
		if role == ClassTeacher || role == SubjectTeacher {
			classes = append(classes, g.ScopeID)
		}
	}
	slices.Sort(classes)
	return slices.Compact(classes)
}

// Meeters is the roles that see a class's meetings whole, those nearest to it
// first.
var Meeters = []Role{ClassTeacher, SubjectTeacher, GradeHead, MoralOffice, Principal}

// Participant is the account as one who may take part in a class's meetings; not,
// if it does not see them.
func (a Account) Participant(t time.Time, class int64) (c Participant, ok bool) {
	if !a.Open(t) || a.MaySeeMeeting(t, Meeting{Class: class}) != nil {
		return c, false
	}
	c = Participant{ID: a.ID, Name: a.Name}
	p := Place{Class: class}
	for role, g := range a.held(t, &p) {
		n := slices.Index(Meeters, role)
		if n >= 0 && (c.Role == "" || n < slices.Index(Meeters, c.Role)) {
			c.Role = role
		}
		if g.Subject != "" && c.Subject == "" {
			c.Subject = g.Subject
		}
	}
	return c, true
}
