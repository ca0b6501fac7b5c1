package store

import (
	"context"
	"errors"

	"qiao/data"
)

// School is the school's name.
func (d *Desk) School(ctx context.Context) (name string, err error) {
	err = d.read(ctx, func(t *tx, _ data.Account) error {
		name, err = setting(t, "school", d.db.today())
		return err
	})
	return name, err
}

// setting is a setting's value on a day; "" where there is none.
func setting(t *tx, key string, on data.Date) (value string, err error) {
	err = t.row("SELECT value FROM setting WHERE key = ? AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1", []any{key, on}, &value)
	if errors.Is(err, data.ErrNotFound) {
		return "", nil
	}
	return value, err
}

// Rename gives the school its name, from today on.
func (d *Desk) Rename(ctx context.Context, school string) error {
	return d.change(ctx, func(t *tx, _ data.Account) ([]data.Ref, error) {
		school = data.Name(school)
		if school == "" {
			return nil, &data.Invalid{Field: "school", Why: data.WhyEmpty}
		}
		if err := d.putSetting(t, "school", school); err != nil {
			return nil, err
		}
		ref := data.Ref{Kind: "setting"}
		return []data.Ref{ref}, d.audit(t, entry{did: data.SettingSet, what: ref, now: school})
	})
}

// Calendar is the school's terms, the days that differ from the weekday rule, a
// year back and a year on, and how long before a meeting its families are told. It is everybody's, and nobody's to change.
func (d *Desk) Calendar(ctx context.Context) (c data.Calendar, err error) {
	err = d.read(ctx, func(t *tx, _ data.Account) error {
		c, err = d.calendar(t)
		return err
	})
	return c, err
}

// calendar is Calendar inside a transaction. Nearly all questions ask for it,
// so it is read once a day.
func (d *Desk) calendar(t *tx) (data.Calendar, error) {
	today := d.db.today()
	if c := d.db.rosters.calendarOn(today); c != nil {
		return *c, nil
	}
	terms, err := list(t, "SELECT id, year, n, first_day, last_day FROM term ORDER BY first_day", nil, func(r row) (m data.Term, err error) {
		return m, r.Scan(&m.ID, &m.Year, &m.N, &m.First, &m.Last)
	})
	if err != nil {
		return data.Calendar{}, err
	}
	c := data.Calendar{Terms: terms, Days: map[data.Date]data.DayKind{}}
	if c.Notice, err = d.noticeDays(t, today); err != nil {
		return c, err
	}
	err = t.rows("SELECT day, kind FROM calendar_day WHERE day BETWEEN ? AND ?", []any{today.AddDays(-400), today.AddDays(400)}, func(r row) error {
		var day data.Date
		var kind data.DayKind
		err := r.Scan(&day, &kind)
		c.Days[day] = kind
		return err
	})
	if err == nil {
		d.db.rosters.keepCalendar(&c, today, t.turn)
	}
	return c, err
}

// termStart is the first day of the running term, or of the running month where
// the school has entered no terms.
func (d *Desk) termStart(t *tx) (data.Date, error) {
	c, err := d.calendar(t)
	today := d.db.today()
	if term := c.Term(today); term.ID != 0 {
		return term.First, err
	}
	return data.On(today.Year(), today.Month(), 1), err
}

func earlier(a, b data.Date) data.Date {
	if b.Before(a) {
		return b
	}
	return a
}
