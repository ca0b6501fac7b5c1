package store

import (
	"context"
	"database/sql"

	"qiao/data"
)

const familySQL = "SELECT id, class, child, parent, phone FROM family "

// visible is data's Account.Sees said in SQL; TestVisibleMatchesSees holds
// the two together.
const visible = "(@role = 'head' OR @role = 'teacher' AND class = @class) "

// Families lists the families the account sees whose child, parent or phone
// contains q, in class order.
func (d *Desk) Families(ctx context.Context, q string) (out []data.Family, err error) {
	err = d.read(ctx, func(tx *sql.Tx, me data.Account) error {
		rows, err := tx.Query(familySQL+"WHERE "+visible+
			"AND instr(child || ' ' || parent || ' ' || phone, @q) ORDER BY class, id LIMIT 200",
			sql.Named("role", me.Role), sql.Named("class", me.Class), sql.Named("q", q))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			f, err := scanFamily(rows)
			if err != nil {
				return err
			}
			out = append(out, f)
		}
		return rows.Err()
	})
	return out, err
}

// Family returns one family.
func (d *Desk) Family(ctx context.Context, id int64) (f data.Family, err error) {
	err = d.read(ctx, func(tx *sql.Tx, me data.Account) error {
		f, err = family(tx, me, id)
		return err
	})
	return f, err
}

// family reads one family that me sees.
func family(tx *sql.Tx, me data.Account, id int64) (data.Family, error) {
	f, err := scanFamily(tx.QueryRow(familySQL+"WHERE id = ?", id))
	if err == nil && !me.Sees(f) {
		return data.Family{}, data.ErrNotFound
	}
	return f, err
}

func scanFamily(row interface{ Scan(...any) error }) (f data.Family, err error) {
	return f, found(row.Scan(&f.ID, &f.Class, &f.Child, &f.Parent, &f.Phone))
}
