package session

import (
	"bytes"
	"errors"
	"time"
	"unicode/utf8"

	"qiao/data"
	"qiao/tui/kit"

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
	errFlood = errors.New("an escape sequence without end")
	pasteEnd = []byte("\x1b[201~")
)

// garbled is the event of text that is no UTF-8.
type garbled struct{}

// A decoder turns a client's bytes into events. Bubble Tea's own would do so
// on a goroutine that does not recover, keep a table of 100 kB a session, and
// let a paste grow without bound.
type decoder struct {
	uv     uv.EventDecoder
	most   int // bytes of a paste
	bytes  []byte
	sound  int  // of these, known to be UTF-8
	odd    bool // text that was not is to be told of
	inside bool // a paste
	paste  []byte
	cut    int // bytes that the paste had beyond the most
}

// feed takes bytes and hands out the events they complete. Called with late,
// it no longer waits for the rest of a sequence.
func (d *decoder) feed(p []byte, late bool, out func(uv.Event)) error {
	d.bytes = append(d.bytes, p...)
	for len(d.bytes) > 0 {
		if d.inside {
			if !d.swallow(out) {
				break
			}
			continue
		}
		if d.bytes[0] >= utf8.RuneSelf && d.sound == 0 {
			if !d.text(late) {
				break
			}
			continue
		}
		head := d.bytes
		if head[0] >= utf8.RuneSelf {
			head = head[:d.sound]
		}
		n, ev := d.uv.Decode(head)
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
		d.bytes, d.sound = d.bytes[n:], max(d.sound-n, 0)
	}
	if d.odd { // after the keys: the next key takes the words away
		d.odd = false
		out(garbled{})
	}
	if len(d.bytes) > longest && !d.inside {
		return errFlood
	}
	return nil
}

// text looks at the stretch of text that the bytes begin with, and leaves out
// what is no UTF-8. It reports false while the stretch may be incomplete.
func (d *decoder) text(late bool) bool {
	end := 0
	for end < len(d.bytes) && d.bytes[end] >= ' ' && d.bytes[end] != 0x7f {
		end++
	}
	whole := end
	if end == len(d.bytes) {
		whole -= partial(d.bytes)
	}
	if utf8.Valid(d.bytes[:whole]) {
		d.sound = whole
		return whole > 0
	}
	kept, half := ascii(d.bytes[:end])
	if half && !late && end == len(d.bytes) { // the second half may come
		end--
	}
	d.odd = d.odd || end > 0
	d.bytes = append(kept, d.bytes[end:]...)
	return end > 0
}

// partial is the length of the beginning of a character at the end of p.
func partial(p []byte) int {
	for i := 1; i <= min(len(p), utf8.UTFMax); i++ {
		if utf8.RuneStart(p[len(p)-i]) {
			if !utf8.FullRune(p[len(p)-i:]) {
				return i
			}
			break
		}
	}
	return 0
}

// ascii is what can be told of text in another encoding, most likely GBK: the
// second byte of its characters may look like a letter, and is none. It also
// reports whether p ends with half a character.
func ascii(p []byte) (out []byte, half bool) {
	for _, b := range p {
		switch {
		case half && b >= 0x40 && b != 0x7f:
			half = false
		case b < utf8.RuneSelf:
			out, half = append(out, b), false
		default:
			half = b > 0x80 && b < 0xff
		}
	}
	return out, half
}

// swallow moves what belongs to the paste out of the bytes, beyond the most
// into nothing, and reports whether the paste ended.
func (d *decoder) swallow(out func(uv.Event)) (ended bool) {
	text, rest, ended := bytes.Cut(d.bytes, pasteEnd)
	if !ended { // the end may be half here
		keep := min(len(pasteEnd)-1, len(d.bytes))
		text, rest = d.bytes[:len(d.bytes)-keep], d.bytes[len(d.bytes)-keep:]
	}
	taken := text[:min(len(text), d.most-len(d.paste))]
	d.paste, d.cut = append(d.paste, taken...), d.cut+len(text)-len(taken)
	d.bytes = rest
	if ended {
		d.pasted(out)
	}
	return ended
}

// pasted hands the paste out.
func (d *decoder) pasted(out func(uv.Event)) {
	text := d.paste
	if d.cut > 0 { // within a character, perhaps
		n := partial(text)
		text, d.cut = text[:len(text)-n], d.cut+n
	}
	taken := len(text)
	if !utf8.Valid(text) {
		text, _ = ascii(text)
		d.odd = true
	}
	out(uv.PasteEvent{Content: data.Block(ansi.Strip(string(text)))})
	if d.cut > 0 {
		out(kit.PasteCut{Taken: taken, Cut: d.cut})
	}
	d.inside, d.paste, d.cut = false, nil, 0
}
