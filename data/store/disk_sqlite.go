package store

import (
	"errors"

	"qiao/data"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// disk names the faults of the disk that somebody can mend, so that a person is
// told what to do and not that something broke.
func disk(err error) error {
	var fault *sqlite.Error
	if !errors.As(err, &fault) {
		return err
	}
	switch fault.Code() {
	case sqlite3.SQLITE_IOERR_SHMSIZE: // the file beside the database finds no room
		return errors.Join(data.ErrFull, err)
	case sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC, sqlite3.SQLITE_IOERR_TRUNCATE: // a quota, a broken disk
		return errors.Join(data.ErrReadOnly, err)
	}
	switch fault.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return errors.Join(data.ErrFull, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return errors.Join(data.ErrReadOnly, err)
	}
	return err
}
