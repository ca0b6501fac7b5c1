package store

import (
	"context"
	"errors"
	"slices"

	"qiao/data"
)

// ReportFeedback notes what became of the families' opinions after a meeting.
func (d *Desk) ReportFeedback(ctx context.Context, id, rev int64, f data.FeedbackState) (data.Meeting, error) {
	return d.stepped(ctx, id, rev, data.FeedbackNoted, func(_ *tx, _ data.Account, m *data.Meeting) error {
		if !slices.Contains(data.FeedbackStates, f) {
			return &data.Invalid{Field: "feedback", Why: data.WhyUnknown}
		}
		m.Feedback = f
		return stands(*m, data.MeetingHeld, data.MeetingFollowedUp)
	})
}

// CloseMeeting closes a meeting that was held, once its minutes are issued, the
// families' opinions reported and the absent families told: what waits is an
// *data.Invalid each.
func (d *Desk) CloseMeeting(ctx context.Context, id, rev int64) (data.Meeting, error) {
	return d.stepped(ctx, id, rev, data.MeetingClosing, func(t *tx, _ data.Account, m *data.Meeting) error {
		if err := stands(*m, data.MeetingHeld, data.MeetingFollowedUp); err != nil {
			return err
		}
		all, err := d.room(t, id, nil)
		if err != nil {
			return err
		}
		for _, what := range all.view.CloseWaits {
			err = errors.Join(err, &data.Invalid{Field: string(what), Why: data.WhyNotYet})
		}
		m.State = data.MeetingClosed
		return err
	})
}

// AbsentFamilies is the families that were not at a meeting that is over, those
// that nobody told yet first.
func (d *Desk) AbsentFamilies(ctx context.Context, meeting int64) (out []data.Invitee, err error) {
	v, err := d.Meeting(ctx, meeting)
	if err != nil || !v.State.Over() || v.Sight < data.MeetingWhole {
		return nil, err
	}
	for _, told := range []bool{false, true} {
		for _, i := range v.Invitees {
			if i.Attendance.Missed() && i.Told.IsZero() != told {
				out = append(out, i)
			}
		}
	}
	return out, nil
}
