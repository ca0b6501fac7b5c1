package store

import (
	"context"
	"testing"
	"time"

	"qiao/data"
)

// BenchmarkTray is the largest file put into a tray and got from it, and how long a
// contact takes that somebody saves meanwhile.
func BenchmarkTray(b *testing.B) {
	s := openSchool(b)
	luo := s.As(s.luo)
	f := data.TrayFile{Name: "a", Bytes: make([]byte, data.MaxTrayFile)}
	b.Run("put", func(b *testing.B) {
		for b.Loop() {
			_, err := luo.PutTray(b.Context(), f)
			s.must(err)
		}
	})
	b.Run("save meanwhile", func(b *testing.B) {
		ctx, stop := context.WithCancel(b.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			for ctx.Err() == nil {
				_, _ = s.As(s.duan).PutTray(ctx, f)
			}
		}()
		slowest := time.Duration(0)
		for b.Loop() {
			from := time.Now()
			_, err := luo.SaveContact(b.Context(), call(s.zhang), data.Ref{})
			s.must(err)
			slowest = max(slowest, time.Since(from))
		}
		b.ReportMetric(float64(slowest.Milliseconds()), "ms/slowest")
		stop()
		<-done
	})
	b.Run("get", func(b *testing.B) {
		for b.Loop() {
			_, err := luo.TrayFile(b.Context(), "a")
			s.must(err)
		}
	})
}

// BenchmarkTakeOutMeetings is ten years of meetings, for a calendar.
func BenchmarkTakeOutMeetings(b *testing.B) {
	s := openSchool(b)
	s.manyMeetings(5000, 45)
	for b.Loop() {
		all, _, err := s.As(s.principal).TakeOutMeetings(b.Context(), data.MeetingQuery{}, 0, "日历")
		s.must(err)
		if len(all) < 5000 {
			b.Fatal(len(all))
		}
	}
}
