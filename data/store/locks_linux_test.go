package store

import (
	"os"
	"syscall"
	"testing"
)

// Code that opens and closes the database's file in this process, as a careless
// backup would, does not take SQLite's lock away.
func TestForeignDescriptor(t *testing.T) {
	s := openSchool(t)
	for range 2 {
		f, err := os.Open(s.path())
		s.must(err)
		shared := syscall.Flock_t{Type: syscall.F_WRLCK, Start: 0x40000002, Len: 510} // where SQLite's readers hold theirs
		s.must(syscall.FcntlFlock(f.Fd(), syscall.F_GETLK, &shared))
		if shared.Type == syscall.F_UNLCK {
			t.Error("SQLite holds no lock that is its own")
		}
		s.must(f.Close())
	}
}
