package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"qiao/data"
)

// A disk that is full fails the save that did not fit, says what it is, loses
// nothing that was stored, and lets the next save through once there is room.
func TestFullDisk(t *testing.T) {
	s := openSchool(t)
	desk := s.As(s.luo)
	kept, err := desk.SaveContact(t.Context(), call(s.zhang), data.Ref{})
	s.must(err)
	limit := func(pages int64) {
		s.must(s.write(t.Context(), func(tx *tx) ([]data.Ref, error) {
			var used int64
			if err := tx.row("PRAGMA page_count", nil, &used); err != nil {
				return nil, err
			}
			return nil, tx.rowsOnce("PRAGMA max_page_count = "+fmt.Sprint(used+pages), nil, func(row) error { return nil })
		}))
	}
	limit(2)
	big := call(s.zhang)
	big.Summary = strings.Repeat("满", data.MaxSummary)
	if _, err := desk.SaveContact(t.Context(), big, data.Ref{}); !errors.Is(err, data.ErrFull) {
		t.Fatalf("%v", err)
	}
	if _, err := desk.Contact(t.Context(), kept.ID); err != nil {
		t.Error("what was stored is gone:", err)
	}
	limit(10_000)
	if _, err := desk.SaveContact(t.Context(), big, data.Ref{}); err != nil {
		t.Error("with room again:", err)
	}
	off, err := s.Console("root").Check(t.Context())
	if err != nil || len(off) > 0 {
		t.Error(off, err)
	}
}
