package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"qiao/data"
	"qiao/data/search"
)

// EditAccount changes the language of an account and its last day. Who saved
// meanwhile wins: *data.Conflict. The last administrator stays. Administrators
// only.
func (d *Desk) EditAccount(ctx context.Context, e data.AccountEdit) (data.AccountEdit, error) {
	err := d.change(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		was, err := account(t, e.ID, d.db.today())
		switch {
		case err != nil:
			return nil, err
		case was.Rev != e.Rev:
			return nil, d.overtaken(t, was)
		case !slices.Contains([]string{"", "zh", "en"}, e.Lang):
			return nil, &data.Invalid{Field: "setting", Why: data.WhyUnknown}
		case e.Until != was.Until && !e.Until.IsZero() && e.Until.Before(d.db.today()):
			return nil, &data.Invalid{Field: "until", Why: data.WhyPast}
		}
		if err := d.administered(t, func() error {
			_, err := t.exec("UPDATE account SET lang = ?, active_until = ?, rev = rev + 1 WHERE id = ?", e.Lang, e.Until, e.ID)
			return err
		}); err != nil {
			return nil, err
		}
		e.Rev++
		what := data.Ref{Kind: "account", ID: e.ID}
		if err := d.dropDraft(t, me, "accountedit", what); err != nil {
			return nil, err
		}
		type kept struct {
			Lang  string
			Until data.Date
		}
		return []data.Ref{what}, d.audit(t, entry{did: data.AccountEdited, what: what, was: kept{was.Lang, was.Until}, now: kept{e.Lang, e.Until}})
	})
	return e, err
}

// overtaken says who changed an account last: the newest row of the log about it.
func (d *Desk) overtaken(t *tx, a data.Account) error {
	c := &data.Conflict{Ref: data.Ref{Kind: "account", ID: a.ID}, Rev: a.Rev}
	err := t.row("SELECT l.at, COALESCE(p.name, '') FROM audit l LEFT JOIN account b ON b.id = l.account LEFT JOIN person p ON p.id = b.person "+
		"WHERE l.record = 'account' AND l.record_id = ? AND l.did IN ('account edit', 'account disable', 'account enable') ORDER BY l.id DESC LIMIT 1",
		[]any{a.ID}, moment{&c.At}, &c.By)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	return c
}

// username is the pinyin of a name, with a number where others have it already.
func username(t *tx, name string) (string, error) {
	base := search.Username(name)
	for n := 1; ; n++ {
		user := base
		if n > 1 {
			user = fmt.Sprint(base, n)
		}
		var taken int
		if err := t.row("SELECT count(*) FROM account WHERE username = ?", []any{user}, &taken); err != nil || taken == 0 {
			return user, err
		}
	}
}

// Naming tells before an account is made what it would be called, and who has
// the same name, or one that only looks the same. Administrators only.
func (d *Desk) Naming(ctx context.Context, name string) (n data.Naming, err error) {
	name = data.Name(name)
	err = d.manage(ctx, func(t *tx) error {
		if n.Username, err = username(t, name); err != nil {
			return err
		}
		all, err := list(t, accountSQL+"ORDER BY a.username", nil, scanAccount)
		for _, a := range all {
			switch {
			case a.Name == name:
				n.Same = append(n.Same, a)
			case search.Skeleton(a.Name) == search.Skeleton(name):
				n.Alike = append(n.Alike, a)
			}
		}
		return err
	})
	return n, err
}

// Rights is whose rights are asked for, with all their roles, and where a child
// stands, named by its number: who runs or sees the accounts asks for anybody,
// others for themselves and the children they find. What somebody may, data
// says.
func (d *Desk) Rights(ctx context.Context, id int64, number string) (r data.Rights, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		sight := me.SeesAccounts(d.db.now())
		if sight < data.AccountStates && id != me.ID {
			return data.ErrForbidden
		}
		if r.Account, err = account(t, id, d.db.today()); err != nil || number == "" {
			return err
		}
		var child string
		err := t.row("SELECT s.id, s.class, s.name, COALESCE(y.grade, 0), COALESCE(y.number, 0) FROM student s "+
			"LEFT JOIN class_year y ON y.class = s.class AND y.year = ? WHERE s.number = ? AND s.deleted_at IS NULL",
			[]any{d.year(), number}, &r.Place.Student, &r.Place.Class, &child, &r.Class.Grade, &r.Class.Number)
		if err != nil {
			return err
		}
		r.Number = number
		if me.Sees(d.db.now(), r.Place) {
			r.Child = child
		} else if sight < data.AccountStates {
			return data.ErrNotFound
		}
		return nil
	})
	if err != nil {
		r = data.Rights{}
	}
	return r, err
}
