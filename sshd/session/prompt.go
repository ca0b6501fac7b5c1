package session

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	"github.com/anmitsu/go-shlex"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

var (
	greeting  = i18n.T("Type a command and press Enter: help lists them, exit leaves.", "输入命令后按回车: help 列出命令, exit 退出。")
	openQuote = i18n.T("A quote is not closed; nothing was done.", "引号没有成对, 没有执行。")
	cutLine   = i18n.T("The line was too long: the first %d bytes were taken, %d were not.", "这一行太长: 只取了前 %d 字节, 其余 %d 字节没有取。")
)

// A tty stands in for the driver of a terminal that reads lines: it shows what
// is typed, takes the last character back, and hands out whole lines. It
// writes no escape sequence, so that a screen reader has nothing to misread.
type tty struct {
	s      *Session
	out    io.Writer
	prompt string // stands before a line that is awaited; "" for a command's input
	typed  chan typed

	mu    sync.Mutex
	line  []rune
	size  int // of the line in bytes
	cut   int // bytes of it that were not taken
	cr    bool
	echo  strings.Builder    // what is to be shown
	abort context.CancelFunc // ends the command that runs

	ctx  context.Context // that command's; these three are its goroutine's
	rest string          // of a line that it has read in part
	eof  bool
}

// typed is a line, or the end of the lines.
type typed struct {
	line string
	end  bool
}

// lines puts a tty between the client's terminal and the session.
func (s *Session) lines(prompt string) {
	t := &tty{s: s, out: s.Out, prompt: prompt, typed: make(chan typed, 16)}
	if s.tty = t; prompt == "" {
		t.ctx, t.abort = s.ctx, s.cancel
	}
	s.In = t
	s.Out, s.Err = ssh.NewPtyWriter(s.Out), ssh.NewPtyWriter(s.Err) // a raw terminal needs its carriage returns
	s.typist("input", t.event)
}

// prompt takes the same words that a session can be opened with, line by line,
// until exit, ctrl+d, or ctrl+c on an empty line. What a line's command reads
// from In are the lines after it, up to ctrl+d.
func (s *Session) prompt() int {
	s.lines("> ")
	s.attend("pump", s.tty.notice, s.tty.busy)
	fmt.Fprintln(s.Out, s.Lang().Say(greeting))
	for {
		s.tty.show(func(t *tty) { t.echo.WriteString(t.prompt + string(t.line)) })
		select {
		case <-s.ctx.Done():
			return ExitOK
		case in := <-s.tty.typed:
			words, err := shlex.Split(in.line, true)
			switch {
			case in.end, err == nil && len(words) == 1 && (words[0] == "exit" || words[0] == "quit"):
				return ExitOK
			case err != nil:
				fmt.Fprintln(s.Err, s.Lang().Say(openQuote))
			case len(words) > 0:
				s.tty.run(words)
			}
		}
	}
}

// run does one line's command, which ctrl+c ends.
func (t *tty) run(words []string) {
	ctx, cancel := context.WithCancel(t.s.ctx)
	defer cancel()
	t.ctx, t.rest, t.eof = ctx, "", false
	t.show(func(t *tty) { t.abort = cancel })
	defer t.show(func(t *tty) { t.abort = nil })
	t.s.host.Command(ctx, t.s, words)
}

// Read is a command's standard input: the lines that are typed while it runs.
func (t *tty) Read(p []byte) (int, error) {
	for len(t.rest) == 0 {
		if t.eof {
			return 0, io.EOF
		}
		select {
		case <-t.ctx.Done():
			return 0, t.ctx.Err()
		case in := <-t.typed:
			if t.eof = in.end; !t.eof {
				t.rest = in.line + "\n"
			}
		}
	}
	n := copy(p, t.rest)
	t.rest = t.rest[n:]
	return n, nil
}

// busy reports whether a command runs: then nobody is idle.
func (t *tty) busy() (yes bool) {
	t.show(func(t *tty) { yes = t.abort != nil })
	return yes
}

// show changes the tty under its lock and writes what there is to show.
func (t *tty) show(f func(*tty)) {
	t.mu.Lock()
	f(t)
	text := t.echo.String()
	t.echo.Reset()
	t.mu.Unlock()
	if text != "" {
		io.WriteString(t.out, text)
	}
}

// notice says what the session has to say above the line that is being typed.
func (t *tty) notice(msg tea.Msg) {
	if n, ok := msg.(kit.Note); ok {
		t.show(func(t *tty) {
			t.echo.WriteString("\r\n" + t.s.Lang().Say(n.Said) + "\r\n")
			if t.abort == nil {
				t.echo.WriteString(t.prompt + string(t.line))
			}
		})
	}
}

// event takes a key, or nil when no more came at once.
func (t *tty) event(ev uv.Event) {
	if ev == nil {
		t.show(func(*tty) {})
		return
	}
	msg, ok := t.s.heard(ev)
	if !ok {
		return
	}
	var out []typed
	t.mu.Lock()
	switch m := msg.(type) {
	case uv.KeyPressEvent:
		out = t.key(m)
	case uv.PasteEvent:
		for line := range strings.Lines(m.Content) {
			t.put(strings.TrimSuffix(line, "\n"))
			if strings.HasSuffix(line, "\n") {
				out = append(out, t.enter())
			}
		}
	case kit.PasteCut:
		t.cut += m.Cut
	}
	t.mu.Unlock()
	for _, in := range out {
		t.show(func(*tty) {})
		select {
		case t.typed <- in:
		case <-t.s.ctx.Done():
		}
	}
	t.notice(msg)
}

// key does what a key does, and returns the line that it completes, if it does.
func (t *tty) key(k uv.KeyPressEvent) []typed {
	name := k.String()
	after := t.cr
	t.cr = name == "enter"
	switch name {
	case "enter":
		return []typed{t.enter()}
	case "ctrl+j":
		if !after { // the second half of a pasted \r\n
			return []typed{t.enter()}
		}
	case "backspace", "ctrl+h":
		t.erase(1)
	case "ctrl+u":
		t.erase(len(t.line))
	case "ctrl+w":
		t.eraseWord()
	case "ctrl+c":
		return t.interrupt()
	case "ctrl+d":
		if len(t.line) == 0 {
			if t.abort == nil {
				t.echo.WriteString("\r\n")
			}
			return []typed{{end: true}}
		}
	case "tab":
		t.put(" ")
	default:
		t.put(k.Text)
	}
	return nil
}

// put adds to the line what fits into it and can be shown.
func (t *tty) put(text string) {
	for _, r := range text {
		switch n := utf8.RuneLen(r); {
		case data.Line("a"+string(r)) == "a": // controls, and what is invisible
		case t.size+n > t.s.host.Limits.Paste:
			t.cut += n
		default:
			t.line = append(t.line, r)
			t.size += n
			t.echo.WriteRune(r)
		}
	}
}

// enter ends the line.
func (t *tty) enter() typed {
	line := data.Line(string(t.line))
	t.echo.WriteString("\r\n")
	if t.cut > 0 {
		t.echo.WriteString(t.s.Lang().Say(cutLine, t.size, t.cut) + "\r\n")
	}
	t.line, t.size, t.cut = nil, 0, 0
	return typed{line: line}
}

// erase takes n characters back, each with the marks on it.
func (t *tty) erase(n int) {
	for ; n > 0 && len(t.line) > 0; n-- {
		from := len(t.line) - 1
		for from > 0 && ansi.StringWidth(string(t.line[from])) == 0 {
			from--
		}
		gone := string(t.line[from:])
		t.line, t.size = t.line[:from], t.size-len(gone)
		t.echo.WriteString(strings.Repeat("\b \b", ansi.StringWidth(gone)))
	}
	t.cut = 0
}

func (t *tty) eraseWord() {
	text := strings.TrimRight(string(t.line), " ")
	keep := []rune(text[:strings.LastIndexByte(text, ' ')+1])
	for len(t.line) > len(keep) {
		t.erase(1)
	}
}

// interrupt ends what runs; else it gives up the line, and an empty one means
// that the person wants to leave.
func (t *tty) interrupt() (out []typed) {
	if t.abort == nil && len(t.line) == 0 {
		out = []typed{{end: true}}
	}
	for len(t.typed) > 0 { // typed ahead
		select {
		case <-t.typed:
		default:
		}
	}
	t.line, t.size, t.cut = nil, 0, 0
	t.echo.WriteString("^C\r\n")
	if t.abort != nil {
		t.abort()
	} else if out == nil {
		t.echo.WriteString(t.prompt)
	}
	return out
}
