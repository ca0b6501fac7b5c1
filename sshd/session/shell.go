package session

import (
	"errors"
	"io"
	"reflect"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// shell runs the model that Config.Shell makes, or Config.Enrol for a stranger, until it quits or the session
// ends, and lets it leave.
func (s *Session) shell() {
	begin := s.host.Shell
	if s.Stranger() {
		begin = s.host.Enrol
	}
	model, leave := begin(s)
	profile := s.Profile()
	scr := newScreen(s.Out, profile, model)
	// Before anything is written: a client that reads nothing must not keep a
	// draft from being saved.
	left := sync.OnceFunc(func() { caught("leave", s.broken, func() { scr.alone(leave) }) })
	defer left()
	select {
	case <-s.resized: // the program begins with the size; telling it again would draw all again
	default:
	}
	size := s.window()
	prog := tea.NewProgram(scr,
		tea.WithContext(s.ctx), tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithEnvironment(s.env),
		tea.WithColorProfile(profile), tea.WithWindowSize(size.Width, size.Height),
		tea.WithoutRenderer(), tea.WithFPS(1), // its clock ticks even so
		tea.WithoutSignalHandler(), // and never WithoutCatchPanics
		tea.WithFilter(func(m tea.Model, msg tea.Msg) tea.Msg {
			if _, ok := msg.(tea.WindowSizeMsg); ok { // the first comes from a goroutine, perhaps after a newer one
				msg = s.window()
			}
			return scr.filter(m, msg)
		}))
	painted := make(chan struct{})
	Go("screen", s.broken, func() { defer close(painted); scr.loop(s.ctx) })
	s.typist("keys", func(ev uv.Event) {
		if msg, ok := s.heard(ev); ok {
			prog.Send(msg) // Bubble Tea translates it; it does nothing once the program is over
		}
	})
	s.attend("pump", prog.Send, scr.busy)
	_, err := prog.Run()
	s.standDown()
	left()
	if errors.Is(err, tea.ErrProgramPanic) {
		s.broken()
	}
	s.cancel()
	<-painted
	if err == nil {
		_, _ = scr.paint() // the last frame
	}
	scr.restore()
}

// Profile is what the client's terminal can show, ASCII at least. Bold, underline and reverse
// stay where colours are not wanted.
func (s *Session) Profile() colorprofile.Profile {
	if s.getenv("NO_COLOR") != "" { // any word counts; the library asks for a true one
		return colorprofile.ASCII
	}
	return max(colorprofile.Env(s.env), colorprofile.ASCII)
}

var setClipboard = reflect.TypeOf(tea.SetClipboard("")())

// filter sees Bubble Tea's messages before it does. What a model sends to the
// terminal goes out with the next frame: Bubble Tea would keep it for up to a
// second, and hold its event loop's lock while it writes.
func (s *screen) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch m := msg.(type) {
	case tea.SuspendMsg:
		return nil // it would stop the whole server
	case tea.RawMsg:
		if text, ok := m.Msg.(string); ok {
			s.send(text)
		}
		return nil
	}
	if t := reflect.TypeOf(msg); t == setClipboard {
		s.send(ansi.SetSystemClipboard(reflect.ValueOf(msg).String()))
		return nil
	}
	return msg
}

// send queues a sequence for the terminal.
func (s *screen) send(seq string) {
	s.mu.Lock()
	s.queue += seq
	s.mu.Unlock()
	s.touch()
}

// alone calls f while neither Update nor View runs.
func (s *screen) alone(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

// busy reports whether the model has something going on that a person is in
// without pressing keys.
func (s *screen) busy() (yes bool) {
	s.alone(func() {
		m, ok := s.model.(interface{ Busy() bool })
		yes = ok && m.Busy()
	})
	return yes
}
