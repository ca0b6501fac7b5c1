package session

import (
	"sync"
	"time"

	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// typist starts reading what the client sends, until it ends, which is a
// hang-up. It gives handle each event, and nil after those that came at once.
func (s *Session) typist(name string, handle func(uv.Event)) {
	Go(name, s.broken, func() { s.read(handle) })
}

func (s *Session) read(handle func(uv.Event)) {
	defer s.cancel()
	var mu sync.Mutex // the decoder's: an ESC alone is decoded by the timer
	d := &decoder{most: s.host.Limits.Paste}
	late := After(time.Hour, "escape", func() {
		mu.Lock()
		defer mu.Unlock()
		_ = d.feed(nil, true, handle)
		handle(nil)
	})
	defer late.Stop()
	var p [1024]byte
	for {
		n, err := s.ch.Read(p[:])
		if err != nil {
			return
		}
		mu.Lock()
		late.Stop()
		err = d.feed(p[:n], false, handle)
		handle(nil)
		if len(d.bytes) == 0 {
			d.bytes = nil // the array is as long as the longest paste
		} else if !d.inside {
			late.Reset(escape)
		}
		mu.Unlock()
		if err != nil {
			s.End(flooded, ExitInternal)
			return
		}
	}
}

// heard notes that a person is there, and returns what of an event a program
// may know. Sizes come from the SSH channel, where they are clamped.
func (s *Session) heard(ev uv.Event) (tea.Msg, bool) {
	switch ev.(type) {
	case uv.KeyPressEvent, uv.MouseClickEvent, uv.MouseWheelEvent, uv.PasteEvent, garbled:
		s.touch()
	case uv.MouseReleaseEvent, uv.MouseMotionEvent, uv.FocusEvent, uv.BlurEvent, uv.ModeReportEvent,
		uv.ForegroundColorEvent, uv.BackgroundColorEvent, uv.CursorPositionEvent, kit.PasteCut:
	default:
		return nil, false
	}
	if _, ok := ev.(garbled); ok {
		return kit.Note{Said: foreign}, true
	}
	return ev, true
}
