package store

import (
	"context"
	"errors"

	"qiao/data"
	"qiao/data/sshkey"
)

// ReadKeys reads a paste of public keys for an account, line by line, and takes
// none: what AddKey would refuse is marked. Whose a key is already, only who
// runs accounts is told. A private key in text is overwritten.
func (d *Desk) ReadKeys(ctx context.Context, account int64, text []byte) (lines []data.KeyLine, err error) {
	lines = sshkey.Parse(text)
	err = d.read(ctx, func(t *tx, me data.Account) error {
		runs := me.MayManage(d.db.now()) == nil
		if !runs && me.ID != account {
			return data.ErrForbidden
		}
		for i := range lines {
			if lines[i].Why != "" {
				continue
			}
			who, revoked, err := owner(t, lines[i].Key.Fingerprint)
			switch {
			case errors.Is(err, data.ErrNotFound):
				continue
			case err != nil:
				return err
			case who != account && runs:
				lines[i].Why = data.WhyTaken
				if err := t.row("SELECT p.name FROM account a JOIN person p ON p.id = a.person WHERE a.id = ?", []any{who}, &lines[i].Owner); err != nil {
					return err
				}
			case who != account:
				lines[i].Why = data.WhyTaken
			case !revoked:
				lines[i].Why = data.WhyTwice
			case !runs:
				lines[i].Why = data.WhyClosed
			}
		}
		return nil
	})
	return lines, err
}

// AddKey binds a public key to an account. A key belongs to one account, and a
// revoked one to nobody else: *data.Conflict. A person adds keys of their own;
// everybody's, and a revoked one back to its owner, who runs accounts.
func (d *Desk) AddKey(ctx context.Context, account int64, k data.Key) (data.Key, error) {
	err := d.keys(ctx, account, func(t *tx, me data.Account) ([]data.Ref, error) {
		return []data.Ref{{Kind: "account", ID: account}}, d.bind(t, me, account, k)
	})
	k.Account = account
	return k, err
}

// keys changes the keys of an account: of one's own, or of anybody's for who
// runs accounts.
func (d *Desk) keys(ctx context.Context, account int64, do func(*tx, data.Account) ([]data.Ref, error)) error {
	return d.write(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if err := me.MayManage(d.db.now()); err != nil && (account == 0 || me.ID != account) {
			return nil, err
		}
		if err := exists(t, account); err != nil {
			return nil, err
		}
		return do(t, me)
	})
}

// mayBind reports why a key cannot become an account's.
func (d *Desk) mayBind(t *tx, account int64, k data.Key) error {
	if k.Fingerprint == "" || k.Blob == "" {
		return &data.Invalid{Field: "key", Why: data.WhyUnknown}
	}
	who, _, err := owner(t, k.Fingerprint)
	switch {
	case errors.Is(err, data.ErrNotFound):
		return nil
	case err == nil && who != account:
		return &data.Conflict{Ref: data.Ref{Kind: "key", ID: who}}
	}
	return err
}

func (d *Desk) bind(t *tx, me data.Account, account int64, k data.Key) error {
	if err := d.mayBind(t, account, k); err != nil {
		return err
	}
	_, revoked, err := owner(t, k.Fingerprint)
	switch {
	case err == nil && revoked && me.MayManage(d.db.now()) != nil: // who lost a laptop does not make its key good again
		return &data.Invalid{Field: "key", Why: data.WhyClosed}
	case err == nil:
		_, err = t.exec("UPDATE account_key SET revoked_at = NULL, name = ?, type = ?, blob = ? WHERE fingerprint = ?",
			data.KeyName(k.Name), k.Type, k.Blob, k.Fingerprint)
	case errors.Is(err, data.ErrNotFound):
		_, err = t.insert("INSERT INTO account_key (account, fingerprint, type, blob, name, added_at, added_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
			account, k.Fingerprint, k.Type, k.Blob, data.KeyName(k.Name), stamp(d.db.now()), ref(me.ID))
	}
	if err != nil {
		return err
	}
	return d.audit(t, entry{did: data.KeyAdded, what: data.Ref{Kind: "account", ID: account}, now: k.Fingerprint})
}

// RenameKey gives a key another name. A person names keys of their own.
func (d *Desk) RenameKey(ctx context.Context, fingerprint, name string) error {
	account, err := d.keyOf(ctx, fingerprint)
	if err != nil {
		return err
	}
	return d.keys(ctx, account, func(t *tx, _ data.Account) ([]data.Ref, error) {
		var was string
		if err := t.row("SELECT name FROM account_key WHERE fingerprint = ?", []any{fingerprint}, &was); err != nil {
			return nil, err
		}
		if _, err := t.exec("UPDATE account_key SET name = ? WHERE fingerprint = ?", data.KeyName(name), fingerprint); err != nil {
			return nil, err
		}
		what := data.Ref{Kind: "account", ID: account}
		return []data.Ref{what}, d.audit(t, entry{did: data.KeyRenamed, what: what, was: was, now: data.KeyName(name)})
	})
}

// keyOf is whose a key is, for who may know: that somebody else has it is
// private.
func (d *Desk) keyOf(ctx context.Context, fingerprint string) (account int64, err error) {
	err = d.read(ctx, func(t *tx, me data.Account) error {
		account, _, err = owner(t, fingerprint)
		if runs := me.MayManage(d.db.now()); err == nil && runs != nil && account != me.ID {
			return runs
		} else if runs != nil && errors.Is(err, data.ErrNotFound) {
			return runs
		}
		return err
	})
	return account, err
}

// RemoveKey revokes a key; the row stays. Whoever is inside with it is put out
// by the server, which hears of the account. The last key of the last
// administrator stays; so does the last of who takes away keys of their own.
func (d *Desk) RemoveKey(ctx context.Context, fingerprint string) error {
	account, err := d.keyOf(ctx, fingerprint)
	if err != nil {
		return err
	}
	return d.keys(ctx, account, func(t *tx, me data.Account) ([]data.Ref, error) {
		if _, revoked, err := owner(t, fingerprint); err != nil || revoked {
			return nil, errors.Join(err, data.ErrNotFound)
		}
		if err := d.administered(t, func() error {
			_, err := t.exec("UPDATE account_key SET revoked_at = ? WHERE fingerprint = ?", stamp(d.db.now()), fingerprint)
			return err
		}); err != nil {
			return nil, err
		}
		if me.ID == account {
			var left int
			if err := t.row("SELECT count(*) FROM account_key WHERE account = ? AND revoked_at IS NULL", []any{account}, &left); err != nil {
				return nil, err
			}
			if left == 0 {
				return nil, data.ErrLastKey
			}
		}
		what := data.Ref{Kind: "account", ID: account}
		return []data.Ref{what}, d.audit(t, entry{did: data.KeyRemoved, what: what, was: fingerprint})
	})
}

// BlockKey revokes a key that is bound to no account: one that came in with a
// certificate. It is refused from now on, inside a certificate as well; account
// is whose it was. Administrators only.
func (d *Desk) BlockKey(ctx context.Context, account int64, fingerprint string) error {
	return d.change(ctx, func(t *tx, me data.Account) ([]data.Ref, error) {
		if !data.IsFingerprint(fingerprint) {
			return nil, &data.Invalid{Field: "key", Why: data.WhyUnknown}
		}
		if _, _, err := owner(t, fingerprint); !errors.Is(err, data.ErrNotFound) {
			return nil, errors.Join(err, &data.Invalid{Field: "key", Why: data.WhyTaken})
		}
		now := stamp(d.db.now())
		if _, err := t.insert("INSERT INTO account_key (account, fingerprint, type, blob, name, added_at, added_by, revoked_at) VALUES (?, ?, '', '', '', ?, ?, ?)",
			account, fingerprint, now, ref(me.ID), now); err != nil {
			return nil, err
		}
		what := data.Ref{Kind: "account", ID: account}
		return []data.Ref{what}, d.audit(t, entry{did: data.KeyRemoved, what: what, was: fingerprint})
	})
}
