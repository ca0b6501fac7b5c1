package store

import (
	"context"
	"database/sql"

	"qiao/data"
)

const contactSQL = "SELECT id, family, day, kind, note, by, rev FROM contact "

// Contacts lists the contacts with one family, newest first.
func (d *Desk) Contacts(ctx context.Context, familyID int64) (out []data.Contact, err error) {
	err = d.read(ctx, func(tx *sql.Tx, me data.Account) error {
		if _, err := family(tx, me, familyID); err != nil {
			return err
		}
		rows, err := tx.Query(contactSQL+"WHERE family = ? ORDER BY day DESC, id DESC", familyID)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			c, err := scanContact(rows)
			if err != nil {
				return err
			}
			out = append(out, c)
		}
		return rows.Err()
	})
	return out, err
}

// SaveContact stores c, new or changed, and returns it as stored. If someone
// saved it since c was read the answer is a *data.Conflict.
func (d *Desk) SaveContact(ctx context.Context, c data.Contact) (data.Contact, error) {
	c = c.Tidy()
	err := d.write(ctx, func(tx *sql.Tx, me data.Account) ([]data.Ref, error) {
		f, err := family(tx, me, c.Family)
		if err != nil {
			return nil, err
		}
		if err := me.MayRecord(f); err != nil {
			return nil, err
		}
		if err := c.Check(d.db.now.Today()); err != nil {
			return nil, err
		}
		was, err := putContact(tx, me, &c)
		if err != nil {
			return nil, err
		}
		ref := data.Ref{Kind: "contact", ID: c.ID}
		return []data.Ref{ref, {Kind: "family", ID: f.ID}}, d.audit(tx, "save", ref, was, c)
	})
	return c, err
}

// putContact writes c over the revision it was read at and returns what was
// there before, nil if c is new.
func putContact(tx *sql.Tx, me data.Account, c *data.Contact) (was *data.Contact, err error) {
	if c.ID == 0 {
		c.By, c.Rev = me.Name, 1
		r, err := tx.Exec("INSERT INTO contact (family, day, kind, note, by, rev) VALUES (?, ?, ?, ?, ?, ?)",
			c.Family, c.On, c.Kind, c.Note, c.By, c.Rev)
		if err != nil {
			return nil, err
		}
		c.ID, err = r.LastInsertId()
		return nil, err
	}
	old, err := scanContact(tx.QueryRow(contactSQL+"WHERE id = ? AND family = ?", c.ID, c.Family))
	if err != nil {
		return nil, err
	}
	if old.Rev != c.Rev {
		return nil, &data.Conflict{Ref: data.Ref{Kind: "contact", ID: c.ID}, Rev: old.Rev}
	}
	c.By, c.Rev = old.By, old.Rev+1
	_, err = tx.Exec("UPDATE contact SET day = ?, kind = ?, note = ?, rev = ? WHERE id = ?",
		c.On, c.Kind, c.Note, c.Rev, c.ID)
	return &old, err
}

func scanContact(row interface{ Scan(...any) error }) (c data.Contact, err error) {
	return c, found(row.Scan(&c.ID, &c.Family, &c.On, &c.Kind, &c.Note, &c.By, &c.Rev))
}
