package kit

import (
	"context"
	"encoding/json"
	"errors"

	"qiao/data"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// A Record is what a form must know of the record that it writes. Read, Stored,
// Save, Draft and Parts are always there; the others may be nil or zero.
type Record[T any] struct {
	Kind   string      // of its drafts
	Object data.Ref    // what a draft is about
	On     data.Ref    // the record that others may have open as well; zero: none
	What   i18n.Phrase // "this family", where two have changed it
	Left   i18n.Phrase // said on leaving: where the draft goes on from
	Act    i18n.Phrase // what saving it does; zero: "save"
	Adds   bool        // saving twice makes two records: it asks first

	Draft  func(ctx context.Context, kind string, object data.Ref) (data.Draft, error)
	Ask    func() tea.Cmd                               // reads all the form is opened with
	Stored func(context.Context) (T, error)             // as it is stored now
	Save   func(context.Context, T) (T, error)          // refuses with *data.Conflict, data.Faults or a lost right
	Read   func() T                                     // the fields as a record; what it cannot read it says with Wrong
	Check  func(T) error                                // data's rules
	Holds  func(T) bool                                 // whether it is held back once more, and says why
	Early  func() tea.Cmd                               // saving before it is known whose it is; nil: it cannot be
	Parts  func(i18n.Lang, ...T) []PartOf[T]            // what two people may have changed, of these versions
	Over   func(theirs, mine T) T                       // theirs, as a copy that may be written on
	Begun  func() bool                                  // whether there is anything to lose besides what was Edited
	Keep   func() (form any, about data.Draft, ok bool) // the fields for the draft, and whom it is about
	Put    func(d data.Draft) bool                      // a draft into the fields; false if it cannot be read
	Why    func(lost error) i18n.Phrase                 // why the record cannot be saved, and who may help
	Done   func(T) tea.Cmd                              // instead of going back with SavedWords
}

// A Writing is a form about one record, from the first key to the save: its
// draft, what is wrong, who else wrote it meanwhile. A page embeds it and draws.
type Writing[T any] struct {
	Form
	Record Record[T]
	Claim  Claim
	Saving Save[T]

	Base   T     // as it was when the form was opened
	Known  bool  // whose record it is
	Edited bool  // something was changed by hand
	Lost   error // the right to save it is gone
	Saved  bool
	Clash  *Conflict   // is to be decided first
	Merged i18n.Phrase // what someone else had changed, to be said with "saved"

	page       Page
	was, mine  T // of the save under way: over what, and what
	by         *data.Conflict
	theirs     Load[T]
	here, anew bool // write here, save again: the person has said so
}

// NewWriting returns the writing of a record on a page, with the fields that
// stops gives in tab order.
func NewWriting[T any](env *Env, page Page, stops func() []Stop, r Record[T]) Writing[T] {
	w := Writing[T]{Form: Form{Env: env, Stops: stops}, Record: r, page: page}
	w.Claim = NewClaim(env, r.Object, func(ctx context.Context) (data.Draft, error) { return r.Draft(ctx, r.Kind, r.Object) })
	return w
}

// A Found is the draft that a form goes on with. Gone: the one it was opened
// with is not there any more.
type Found struct {
	Draft *data.Draft
	Gone  bool
}

// Find reads the draft, in a command; opened is the one that was asked for.
func (w *Writing[T]) Find(ctx context.Context, opened *data.Draft) (Found, error) {
	d, err := w.Claim.read(ctx)
	switch {
	case err == nil:
		return Found{Draft: &d}, nil
	case !errors.Is(err, data.ErrNotFound):
		return Found{}, err
	}
	return Found{Draft: opened, Gone: opened != nil}, nil
}

var (
	unreadable = i18n.T("! The draft of %s cannot be read by this version; it is kept", "! %s 的草稿这个版本读不了; 它还留着")
	restored   = i18n.T("Draft of %s restored", "已恢复草稿 %s")
)

// Resume goes on with the draft that was found, or asks which of two windows
// shall.
func (w *Writing[T]) Resume(b Found) tea.Cmd {
	if b.Draft == nil {
		return nil
	}
	d, here := *b.Draft, w.here
	w.here = false
	if w.Claim.Foreign(d) && !here {
		w.Record.Put(d)
		w.Claim.Seize(d)
		w.Claim.Else, w.Edited = true, true
		return w.Claim.AskWhich(d, w.WriteHere)
	}
	when := w.Env.Lang.Moment(d.Saved, w.Env.Now())
	if !w.Record.Put(d) {
		return w.Env.Note(unreadable.With(when))
	}
	w.Edited = true
	w.Claim.Seize(d)
	w.Claim.Gone = b.Gone
	return w.Env.Note(restored.With(when))
}

// WriteHere takes the draft over from the other window, as it stands there.
func (w *Writing[T]) WriteHere() tea.Cmd {
	if w.Claim.Gone {
		w.Claim.Else = false
		return nil
	}
	w.here = true
	return w.Record.Ask()
}

// Begun reports whether there is anything to lose.
func (w *Writing[T]) Begun() bool {
	return !w.Saved && (w.Edited || w.Record.Begun != nil && w.Record.Begun())
}

// Unsaved and Waiting are what the shell asks of a page.
func (w *Writing[T]) Unsaved() int {
	if w.Begun() && !w.Claim.Else {
		return 1
	}
	return 0
}

func (w *Writing[T]) Waiting() bool { return w.Saving.Busy || w.theirs.Busy }
func (w *Writing[T]) GiveUp()       { w.theirs.GiveUp() }
func (w *Writing[T]) Storing() bool { return w.Saving.Busy }

// Draft is the form as the shell keeps it; not ok once it is saved, while there
// is nothing to keep, and while another window writes it.
func (w *Writing[T]) Draft() (data.Draft, bool) {
	if w.Claim.Else || !w.Begun() {
		return data.Draft{}, false
	}
	form, d, ok := w.Record.Keep()
	body, err := json.Marshal(form)
	if err != nil || !ok {
		return data.Draft{}, false
	}
	d.Kind, d.Object, d.Form, d.Session = w.Record.Kind, w.Record.Object, string(body), w.Claim.Token()
	d.Field, d.Cursor = w.cursor()
	return d, true
}

// Take takes what concerns the draft and the save; the rest is the page's.
func (w *Writing[T]) Take(msg tea.Msg) (cmd tea.Cmd, taken bool) {
	own := w.Claim.Take(w.page, msg)
	switch {
	case w.theirs.Take(msg):
		return tea.Batch(own, w.compare()), true
	case w.Saving.Take(msg):
		return tea.Batch(own, w.saved()), true
	}
	return own, false
}

// Stand is what the shell asks of a page: its person changes the record.
func (w *Writing[T]) Stand() data.Stand {
	if !w.Known || w.Lost != nil {
		return data.Stand{}
	}
	return data.Stand{On: w.Record.On, Doing: data.Changing}
}

// Status is row 22 while nothing was said.
func (w *Writing[T]) Status(width int) string {
	if w.Lost != nil {
		return " " + w.Env.Look.Danger(Show(w.Env.Say(w.Why())))
	}
	return w.Claim.Status(w.Begun(), OthersLine(w.Env, w.Record.On, nil), width)
}

// Clashing is the frame while a conflict is to be decided: it stands over the
// form of whose record it is.
func (w *Writing[T]) Clashing(whose string, width, height int) Frame {
	return Frame{Scope: w.Clash.Scope(w.Env, whose), Body: w.Clash.View(w.Env, width, height), Status: w.Clash.Status(w.Env, w.Claim.Kept())}
}
