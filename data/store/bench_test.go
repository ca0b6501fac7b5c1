package store

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"qiao/data"
)

// BenchmarkSaveContact is a whole saved contact with 50 writers at full
// durability: rights, contact, promise, audit, the draft removed. It tells saves
// a second and how long the slowest waited.
func BenchmarkSaveContact(b *testing.B) {
	for _, writers := range []int{1, 50} {
		b.Run(fmt.Sprint(writers), func(b *testing.B) {
			s := openSchool(b)
			var left atomic.Int64
			left.Store(int64(b.N))
			waits := make([][]time.Duration, writers)
			for i := range writers { // each has a draft to begin with
				_, err := s.As(s.luo).SaveDraft(b.Context(), data.Draft{Kind: "contact", Object: data.Ref{Kind: "student", ID: int64(i)}, Form: "{}"})
				s.must(err)
			}
			b.ResetTimer()
			var wg sync.WaitGroup
			for i := range writers {
				wg.Go(func() {
					desk := s.As(s.luo)
					for left.Add(-1) >= 0 {
						c := call(s.zhang)
						c.Promises = []data.Promise{{Text: "把作业拍给祖母", Due: data.On(2026, 11, 27)}}
						began := time.Now()
						if _, err := desk.SaveContact(b.Context(), c, data.Ref{Kind: "student", ID: int64(i)}); err != nil {
							b.Error(err)
						}
						waits[i] = append(waits[i], time.Since(began))
					}
				})
			}
			wg.Wait()
			b.StopTimer()
			all := slices.Concat(waits...)
			slices.Sort(all)
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "saves/s")
			b.ReportMetric(float64(all[len(all)-1].Microseconds())/1000, "slowest-ms")
		})
	}
}

// What the screens ask at each key or on opening.
func BenchmarkRead(b *testing.B) {
	s := openSchool(b)
	for range 500 {
		_, err := s.As(s.luo).SaveContact(b.Context(), call(s.zhang), data.Ref{})
		s.must(err)
	}
	desk := s.As(s.luo)
	for name, read := range map[string]func() error{
		"find":   func() error { _, err := desk.Find(b.Context(), "zw", 20); return err },
		"card":   func() error { _, err := desk.Card(b.Context(), s.zhang); return err },
		"roster": func() error { _, err := desk.Roster(b.Context(), s.three); return err },
		"today":  func() error { _, err := desk.Today(b.Context(), now.Add(-24*time.Hour)); return err },
		"timeline": func() error {
			_, err := desk.Timeline(b.Context(), data.TimelineQuery{Student: s.zhang, Limit: 50})
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
