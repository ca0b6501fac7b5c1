package store

import (
	"context"
	"log/slog"

	"qiao/data"
)

// Settings is every setting with what holds today. What a school sets, all who
// work there live by, and may read.
func (d *Desk) Settings(ctx context.Context) (out []data.Setting, err error) {
	err = d.read(ctx, func(t *tx, _ data.Account) error {
		for _, s := range data.Settings {
			s, err := d.db.set(t, s)
			if err != nil {
				return err
			}
			out = append(out, s)
		}
		return nil
	})
	return out, err
}

// SetSetting has a setting hold from today on; "" gives it back its default.
// Those may who edit the school's settings, and the principal, who approves them.
func (d *Desk) SetSetting(ctx context.Context, key, value string) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		now := d.db.now()
		if !me.MayAtAll(now, data.RecSetting, data.Edit, false) && !me.MayAtAll(now, data.RecSetting, data.Approve, false) {
			return nil, data.ErrForbidden
		}
		s, err := data.FindSetting(key)
		if err != nil {
			return nil, err
		}
		was, err := d.db.set(t, s)
		if err != nil {
			return nil, err
		}
		if s, err = s.With(value); err != nil {
			return nil, err
		}
		if err := d.putSetting(t, key, s.Stored()); err != nil {
			return nil, err
		}
		ref := data.Ref{Kind: "setting"}
		refs := []data.Ref{ref}
		if key == data.NoticeDays { // what meetings lack
			refs = append(refs, data.Ref{Kind: "meetings"})
		}
		return refs, d.audit(t, entry{did: data.SettingSet, what: ref, was: key + "=" + was.Stored(), now: key + "=" + s.Stored()})
	})
}

// putSetting has a value hold from today on.
func (d *Desk) putSetting(t *tx, key, value string) error {
	_, err := t.exec("INSERT INTO setting (key, valid_from, value) VALUES (?, ?, ?) "+
		"ON CONFLICT (key, valid_from) DO UPDATE SET value = excluded.value", key, d.db.today(), value)
	return err
}

// Setting is a setting with what holds today, for the server itself.
func (db *DB) Setting(ctx context.Context, key string) (s data.Setting, err error) {
	if s, err = data.FindSetting(key); err != nil {
		return s, err
	}
	err = db.reading(ctx, func(t *tx) error {
		s, err = db.set(t, s)
		return err
	})
	return s, err
}

// set is the setting with today's value.
func (db *DB) set(t *tx, s data.Setting) (data.Setting, error) { return setOn(t, s, db.today()) }

// setOn is the setting as it held on a day. A value that no longer fits, of
// another version's, is as good as none.
func setOn(t *tx, s data.Setting, day data.Date) (data.Setting, error) {
	value, err := setting(t, s.Key, day)
	if err != nil {
		return s, err
	}
	with, err := s.With(value)
	if err != nil {
		slog.Warn("a setting does not fit and is not heeded", "setting", s.Key, "err", err)
		return s, nil
	}
	return with, nil
}

// noticeDays is how many working days before a meeting its families must know. A
// notice that has gone out is judged by the setting of its day.
func (d *Desk) noticeDays(t *tx, told data.Date) (int, error) {
	s, err := data.FindSetting(data.NoticeDays)
	if err != nil {
		return 0, err
	}
	if told.IsZero() {
		told = d.db.today()
	}
	s, err = setOn(t, s, told)
	return s.Value, err
}
