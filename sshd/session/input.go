package session

import (
	"bytes"
	"errors"
	"sync"
	"time"

	"qiao/data"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// escape is how long an ESC may wait for the rest of its sequence; then it is
// the key.
const escape = 50 * time.Millisecond

// longest is how many bytes one sequence may have. An unfinished one is
// decoded again with every read, so its cost grows with the square.
const longest = 4 << 10

var (
	errFlood   = errors.New("an escape sequence without end")
	pasteBegin = []byte("\x1b[200~")
	pasteEnd   = []byte("\x1b[201~")
)

// A decoder turns a client's bytes into events. Bubble Tea's own would do so
// on a goroutine that does not recover, keep a table of 100 kB a session, and
// let a paste grow without bound.
type decoder struct {
	uv     uv.EventDecoder
	most   int // bytes of a paste
	bytes  []byte
	inside bool // a paste
	paste  []byte
}

// feed takes bytes and hands out the events they complete. Called with late,
// it no longer waits for the rest of a sequence.
func (d *decoder) feed(p []byte, late bool, out func(uv.Event)) error {
	d.bytes = append(d.bytes, p...)
	for len(d.bytes) > 0 {
		if d.inside {
			if !d.swallow(out) {
				return nil
			}
			continue
		}
		n, ev := d.uv.Decode(d.bytes)
		_, unknown := ev.(uv.UnknownEvent)
		if !late && (unknown || n <= 2 && d.bytes[0] == ansi.ESC) {
			break
		}
		switch e := ev.(type) {
		case uv.PasteStartEvent:
			d.inside = true
		case uv.MultiEvent:
			for _, ev := range e {
				out(ev)
			}
		default:
			out(ev)
		}
		d.bytes = d.bytes[n:]
	}
	if len(d.bytes) > longest {
		return errFlood
	}
	return nil
}

// swallow moves what belongs to the paste out of the bytes, beyond the most
// into nothing, and reports whether the paste ended.
func (d *decoder) swallow(out func(uv.Event)) (ended bool) {
	text, rest, ended := bytes.Cut(d.bytes, pasteEnd)
	if !ended { // the end may be half here
		keep := min(len(pasteEnd)-1, len(d.bytes))
		text, rest = d.bytes[:len(d.bytes)-keep], d.bytes[len(d.bytes)-keep:]
	}
	d.paste = append(d.paste, text[:min(len(text), d.most-len(d.paste))]...)
	d.bytes = rest
	if ended {
		out(uv.PasteEvent{Content: data.Block(ansi.Strip(string(d.paste)))})
		d.inside, d.paste = false, nil
	}
	return ended
}

// read decodes what the client sends until it ends, which is a hang-up.
func (s *Session) read() {
	defer s.cancel()
	var mu sync.Mutex // the decoder's: an ESC alone is decoded by the timer
	d := &decoder{most: s.host.Limits.Paste}
	late := After(time.Hour, "escape", func() {
		mu.Lock()
		defer mu.Unlock()
		d.feed(nil, true, s.event)
	})
	defer late.Stop()
	var p [1024]byte
	for {
		n, err := s.In.Read(p[:])
		if err != nil {
			return
		}
		mu.Lock()
		late.Stop()
		err = d.feed(p[:n], false, s.event)
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

// event hands the program what a person or a terminal may say. Sizes come from
// the SSH channel, where they are clamped.
func (s *Session) event(ev uv.Event) {
	switch ev.(type) {
	case uv.KeyPressEvent, uv.MouseClickEvent, uv.MouseWheelEvent, uv.PasteEvent:
		s.typed.Store(time.Now().UnixNano())
	case uv.MouseReleaseEvent, uv.MouseMotionEvent, uv.FocusEvent, uv.BlurEvent, uv.ModeReportEvent,
		uv.ForegroundColorEvent, uv.BackgroundColorEvent, uv.CursorPositionEvent:
	default:
		return
	}
	s.prog.Send(tea.Msg(ev)) // Bubble Tea translates it; it does nothing once the program is over
}
