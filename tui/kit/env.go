package kit

import (
	"context"
	"crypto/rand"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/theme"

	tea "charm.land/bubbletea/v2"
)

// Env is what the pages of one session share. The shell owns it; pages read
// it, in Update, Layout, View and Action.Do only.
type Env struct {
	Ctx  context.Context // ends with the session
	Me   data.Account    // a snapshot; the desk decides afresh
	Lang i18n.Lang
	Look *theme.Look
	Now  data.Clock

	Server Server
	Did    int // how many keys, clicks and pastes there were: what waits for an answer is off when another came

	Company Company // of the page in front

	sent   []tea.Msg
	unseen []tea.Cmd
	window string
}

// A Server is what screens may ask of the server itself, as the session's
// account. Without a server, as on the console, its functions are nil.
type Server struct {
	// Sessions is who is inside, as far as the account may know, the longest
	// first. Who has asked hears of {session, id} whenever somebody comes or
	// goes; that they typed, or opened another screen, is not announced.
	Sessions func(context.Context) ([]data.Presence, error)
	// Stand notes what the session's page is about, and reports whether another
	// account has the same record open. The session hears On.Others() from then
	// on when that changes, about once a second at most.
	Stand func(data.Stand) (others bool)
	// Others is who else has a record open; ErrNotFound where the account does
	// not see the record now.
	Others func(context.Context, data.Ref) ([]data.Other, error)
	// End ends a session and writes it into the log; ErrNotFound if it is gone
	// or not the account's to see.
	End func(ctx context.Context, id int64) error
	// At is the address at which the session's connection reached the server,
	// host:port, for lines that the person is to paste.
	At string
}

// server tells windows of this run of the program from those of an earlier
// one, which are all gone.
var server = rand.Text()

// Window names this session among all there are, for drafts: of one that two
// windows have open, one goes on writing.
func (e *Env) Window() string {
	if e.window == "" {
		e.window = server + "/" + rand.Text()
	}
	return e.window
}

// Say puts p into the reader's language.
func (e *Env) Say(p i18n.Phrase, args ...any) string { return e.Lang.Say(p, args...) }

// Send gives the shell a message, which it takes as soon as the page's turn
// is over and before the next key: a fast hand that presses enter and c must
// have its c go to the page that enter opens. It returns nil, to be returned.
func (e *Env) Send(msg tea.Msg) tea.Cmd {
	e.sent = append(e.sent, msg)
	return nil
}

// Sent hands the shell what was sent since it last asked.
func (e *Env) Sent() []tea.Msg {
	out := e.sent
	e.sent = nil
	return out
}

// Unseen runs a command of a page whose start changes nothing on the screen, as
// where it asks its question again: told of a change, a hundred pages that sit in
// one room need then not be drawn before the answer. It returns nil, to be
// returned.
func (e *Env) Unseen(cmd tea.Cmd) tea.Cmd {
	if cmd != nil {
		e.unseen = append(e.unseen, cmd)
	}
	return nil
}

// TakeUnseen hands the shell what is to run.
func (e *Env) TakeUnseen() tea.Cmd {
	out := e.unseen
	e.unseen = nil
	return tea.Batch(out...)
}

// Note says something on the message row until the next key.
func (e *Env) Note(said i18n.Phrase) tea.Cmd { return e.Send(Note{said}) }

// Back closes the top page.
func (e *Env) Back() tea.Cmd { return e.Send(Back{}) }

// After delivers msg to the pages when d has passed, unless the session ends
// before. It is the one timer of screens; pages that no longer care ignore it.
func (e *Env) After(d time.Duration, msg tea.Msg) tea.Cmd {
	ctx := e.Ctx
	return func() tea.Msg {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-t.C:
			return msg
		case <-ctx.Done():
			return nil
		}
	}
}

var sentOut = i18n.T("Sent to the terminal: %s  (not every terminal can copy)", "已送到终端: %s  (不是每种终端都能复制)")

// CopyText is Copy for text of several lines, which has no room on the message
// row: said stands there instead.
func (e *Env) CopyText(text string, said i18n.Phrase) tea.Cmd {
	e.Note(said)
	return tea.SetClipboard(data.Block(text))
}

// Copy puts text on the clipboard of the person's own computer, if their
// terminal can, and shows it, for not every terminal can and none says so.
func (e *Env) Copy(text string) tea.Cmd {
	text = data.Line(text)
	e.Note(sentOut.With(text))
	return tea.SetClipboard(text)
}
