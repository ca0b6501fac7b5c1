package store

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"qiao/data"
)

// One row is what the roster shows of the same child to the same reader, and
// nothing to those who read no roster.
func TestRosterRow(t *testing.T) {
	s := openSchool(t)
	_, err := s.As(s.luo).SaveContact(t.Context(), call(s.zhang), data.Ref{})
	s.must(err)
	for _, who := range []int64{s.luo, s.teacher, s.head} {
		one, err := s.As(who).RosterRow(t.Context(), s.zhang)
		s.must(err)
		if want := rowOf(t, s, who, s.three, s.zhang); !reflect.DeepEqual(one, want) {
			t.Errorf("%d: %+v, not %+v", who, one, want)
		}
	}
	for _, who := range []int64{s.desk, s.duan, s.inspector, s.admin} {
		if _, err := s.As(who).RosterRow(t.Context(), s.zhang); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("%d: %v", who, err)
		}
	}
}

// All promises about the children in one's scope, whoever owes them, as far as
// one may read each.
func TestDueAll(t *testing.T) {
	s := openSchool(t)
	for i, level := range []data.Level{data.Normal, data.Secret} {
		c := call([]int64{s.zhang, s.nan}[i])
		c.Level = level
		c.Promises = []data.Promise{{Text: "回电", Due: clock.Today()}}
		_, err := s.As(s.principal).SaveContact(t.Context(), c, data.Ref{})
		s.must(err)
	}
	for who, want := range map[int64]int{s.principal: 2, s.luo: 1, s.teacher: 1, s.duan: 0, s.desk: 0, s.admin: 0, s.inspector: 0} {
		ps, err := s.As(who).DueAll(t.Context())
		if err != nil || len(ps) != want {
			t.Errorf("%d sees %d promises, not %d: %v", who, len(ps), want, err)
		}
	}
}

// What others wrote is listed as far as a person reads, and the rest counted:
// not what the reader must not know of.
func TestMoreChanges(t *testing.T) {
	s := openSchool(t)
	before := clock().Add(-time.Hour)
	for i := range mostChanges + 12 {
		c := call(s.zhang)
		if i < 5 { // the oldest
			c.Level = data.Secret
		}
		_, err := s.As(s.principal).SaveContact(t.Context(), c, data.Ref{})
		s.must(err)
	}
	for who, more := range map[int64]int{s.office: 12, s.teacher: 7, s.duan: 0} {
		today, err := s.As(who).Today(t.Context(), before)
		if s.must(err); today.More != more || more > 0 && len(today.Changes) != mostChanges {
			t.Errorf("%d: %d changes and %d more, not %d", who, len(today.Changes), today.More, more)
		}
	}
}

// Hits are read many at a time, in the order of the answer, without those who
// are not for the reader.
func TestHitsTogether(t *testing.T) {
	s := openSchool(t)
	ids := []int64{s.zhang, s.nan}
	for id := range int64(3 * together) {
		ids = append(ids, 1000+id)
	}
	ids = append(ids, s.ran)
	for who, want := range map[int64][]int64{s.principal: {s.zhang, s.nan, s.ran}, s.luo: {s.zhang, s.ran}} {
		s.must(s.As(who).read(t.Context(), func(x *tx, me data.Account) error {
			hits, err := s.As(who).hits(x, me, ids)
			var got []int64
			for _, h := range hits {
				got = append(got, h.Student.ID)
			}
			if !slices.Equal(got, want) || len(hits[0].Guardians) == 0 || !hits[0].Flagged {
				t.Errorf("%d: %+v", who, hits)
			}
			return err
		}))
	}
}

// Lists of drafts hear of a new one, and not of each word that is added to it.
func TestNewDraftIsAnnounced(t *testing.T) {
	s := openSchool(t)
	box, stop := s.Watch()
	defer stop()
	account := data.Ref{Kind: "account", ID: s.luo}
	for i, want := range []bool{true, false} {
		_, err := s.As(s.luo).SaveDraft(context.Background(), data.Draft{Kind: "contact", Object: data.Ref{Kind: "student", ID: s.zhang}, Student: s.zhang, Form: "{}"})
		s.must(err)
		if refs := box.Wait(t.Context()); refs[account] != want {
			t.Errorf("save %d announces %v", i+1, refs)
		}
	}
}
