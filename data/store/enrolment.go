package store

import (
	"errors"

	"qiao/data"
)

// enrol puts a student into a class from a day on: it ends the enrolment that
// was open on the day before, opens another, and keeps the student's own note of
// the class the same. Nothing else sets either. A second move on one day
// replaces the first.
func enrol(t *tx, student, class int64, from data.Date) error {
	var open int64
	var since data.Date
	err := t.row("SELECT class, from_day FROM enrolment WHERE student = ? AND until_day IS NULL", []any{student}, &open, &since)
	switch {
	case err == nil && open == class:
	case err == nil && since.Before(from):
		if _, err := t.exec("UPDATE enrolment SET until_day = ? WHERE student = ? AND until_day IS NULL", from.AddDays(-1), student); err != nil {
			return err
		}
		if err := openEnrolment(t, student, class, from); err != nil {
			return err
		}
	case err == nil:
		if _, err := t.exec("UPDATE enrolment SET class = ? WHERE student = ? AND until_day IS NULL", class, student); err != nil {
			return err
		}
	case errors.Is(err, data.ErrNotFound):
		if err := openEnrolment(t, student, class, from); err != nil {
			return err
		}
	default:
		return err
	}
	_, err = t.exec("UPDATE student SET class = ? WHERE id = ?", class, student)
	return err
}

func openEnrolment(t *tx, student, class int64, from data.Date) error {
	_, err := t.exec("INSERT INTO enrolment (student, class, from_day) VALUES (?, ?, ?) "+
		"ON CONFLICT (student, from_day) DO UPDATE SET class = excluded.class, until_day = NULL", student, class, from)
	return err
}
