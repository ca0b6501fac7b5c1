package exchange

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"qiao/data"
)

// An Event is one entry of a calendar. UID names it through all its changes, and
// Sequence counts them: who takes it in again has it moved, not twice.
type Event struct {
	UID                  string
	Summary, Place, Text string
	Starts, Ends         time.Time
	Changed              time.Time
	Sequence             int64
	State                EventState
}

// EventState is how sure an event is, in the words of RFC 5545.
type EventState string

// The states of an event.
const (
	Tentative EventState = "TENTATIVE"
	Confirmed EventState = "CONFIRMED"
	Cancelled EventState = "CANCELLED"
)

// longest is how many octets a line of a calendar has at most, its end not
// counted.
const longest = 75

// WriteICS writes events as RFC 5545 has them: lines end with CR LF and are
// folded between characters, times are in UTC, which needs no table of zones. It
// is no invitation, and so has no METHOD. Made is when the file was, which stands
// for events whose last change is not known.
func WriteICS(to io.Writer, events []Event, made time.Time) error {
	c := calendar{bufio.NewWriter(to)}
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//qiao//meetings//ZH")
	c.line("CALSCALE", "GREGORIAN")
	for _, e := range events {
		c.event(e, made)
	}
	c.line("END", "VCALENDAR")
	return c.w.Flush()
}

type calendar struct{ w *bufio.Writer }

func (c calendar) event(e Event, made time.Time) {
	c.line("BEGIN", "VEVENT")
	c.line("UID", escaped(e.UID))
	if e.Changed.IsZero() {
		e.Changed = made
	}
	c.line("DTSTAMP", utc(e.Changed)) // of an object without METHOD, its last change
	c.line("DTSTART", utc(e.Starts))
	c.line("DTEND", utc(e.Ends))
	c.line("SEQUENCE", strconv.FormatInt(max(0, e.Sequence), 10))
	c.line("LAST-MODIFIED", utc(e.Changed))
	c.line("STATUS", string(e.State))
	for _, text := range []struct{ name, value string }{{"SUMMARY", e.Summary}, {"LOCATION", e.Place}, {"DESCRIPTION", e.Text}} {
		if text.value != "" {
			c.line(text.name, escaped(text.value))
		}
	}
	c.line("END", "VEVENT")
}

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// escaped is text as a value has it: no controls, and what has a meaning there
// behind a backslash.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(data.Block(s))
}

// line writes one content line, folded: what goes on begins with a blank, which
// counts.
func (c calendar) line(name, value string) {
	rest, room := name+":"+value, longest
	for len(rest) > room {
		n := room
		for !utf8.RuneStart(rest[n]) {
			n--
		}
		io.WriteString(c.w, rest[:n]+"\r\n ")
		rest, room = rest[n:], longest-1
	}
	io.WriteString(c.w, rest+"\r\n")
}
