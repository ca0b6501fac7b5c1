package kit

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

// A Claim is one form's hold on its draft. Two windows of a person may have the
// same draft open; one writes it, and the other learns of it here.
type Claim struct {
	Object data.Ref
	Else   bool // another window writes the draft now
	Gone   bool // and has saved or dropped it since

	env   *Env
	read  func(context.Context) (data.Draft, error)
	token string
	id    int64     // the draft's, once it is known
	at    time.Time // when it was kept last
	err   error
	left  bool
	look  Load[data.Draft]
}

// NewClaim returns the hold of a form on the draft that read reads.
func NewClaim(env *Env, object data.Ref, read func(context.Context) (data.Draft, error)) Claim {
	return Claim{Object: object, env: env, read: read, token: env.Window() + "/" + rand.Text()}
}

// Token is what the form writes in Draft.Session: itself, or nobody once it is
// being left or its line is cut.
func (c *Claim) Token() string {
	if c.left || c.env.Ctx.Err() != nil {
		return ""
	}
	return c.token
}

// Kept is when the draft was last on disk, zero if it is not yet.
func (c *Claim) Kept() time.Time { return c.at }

// Leave gives the draft free: the next window opens it without asking.
func (c *Claim) Leave() { c.left = true }

// Take over the draft, from whichever window.
func (c *Claim) Seize(d data.Draft) {
	c.Else, c.Gone = false, false
	if d.ID != 0 {
		c.id, c.at = d.ID, d.Saved
	}
}

// Foreign reports whether another window that may still be open writes d.
func (c *Claim) Foreign(d data.Draft) bool {
	return strings.HasPrefix(d.Session, server+"/") && !strings.HasPrefix(d.Session, c.env.Window()+"/")
}

// Take takes what concerns the draft: that it was kept, that it changed.
func (c *Claim) Take(page Page, msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case Kept:
		if m.Page != page {
			return nil
		}
		if c.err = m.Err; m.Err == nil {
			c.at = m.At
		}
		if c.id == 0 && m.Err == nil {
			return c.look.Start(c.env.Ctx, c.read)
		}
	case Changed:
		// A save elsewhere takes the draft with it, and announces the account.
		if c.id != 0 && (m.Touches("draft", c.id) || c.Else && m.Touches("account", c.env.Me.ID)) {
			return c.look.Start(c.env.Ctx, c.read)
		}
	case Ending:
		c.left = true
	default:
		if c.look.Take(msg) {
			c.looked()
		}
	}
	return nil
}

// looked settles who writes the draft.
func (c *Claim) looked() {
	switch d := c.look.Value; {
	case errors.Is(c.look.Err, data.ErrNotFound):
		c.Gone = c.Else
	case c.look.Err == nil:
		c.id = d.ID
		c.Else = d.Session != "" && d.Session != c.token
	}
}

var (
	draftKept  = i18n.T("Draft kept %s (a lost line loses nothing)", "草稿已存 %s (断线也不丢)")
	draftNot   = i18n.T("! The draft was not kept: stay here, it is tried again", "! 草稿没存上: 别离开, 会再试")
	draftElse  = i18n.T("! Another window writes this draft now: enter writes here", "! 这份草稿现在在另一个窗口写: enter 在这里写")
	draftGone  = i18n.T("! Another window has saved this one: ctrl+s asks first", "! 另一个窗口已经存了这份: ctrl+s 会先问")
	notSaved   = i18n.T("* not saved", "* 未保存")
	twoWindows = i18n.T("This draft is open in another window", "这份草稿在另一个窗口开着")
	twoText    = i18n.T("It was written there at %s. Only one window at a time can write it.", "那边 %s 还写过。一次只能在一个窗口写。")
	writeHere  = i18n.T("write here", "在这里写")
	leaveThere = i18n.T("leave it there", "留在那边写")
)

// Status is row 22 of a form: what became of its draft, who else has the record
// open, and that it is unsaved.
func (c *Claim) Status(unsaved bool, others string, width int) string {
	left, right := "", ""
	switch {
	case c.Gone:
		left = c.env.Look.Danger(c.env.Say(draftGone))
	case c.Else:
		left = c.env.Look.Danger(c.env.Say(draftElse))
	case c.err != nil:
		left = c.env.Look.Danger(c.env.Say(draftNot))
	case !c.at.IsZero() && unsaved:
		left = c.env.Look.Muted(c.env.Say(draftKept, c.env.Lang.Seconds(c.at)))
	}
	if unsaved {
		right = c.env.Say(notSaved) + "  "
	}
	if others != "" && Width(left)+Width(others)+Width(right)+4 <= width {
		left = strings.TrimSpace(left + "  " + others)
	}
	return Ends(" "+left, right, width)
}

// AskWhich asks which of two windows goes on writing: here runs if this one.
func (c *Claim) AskWhich(d data.Draft, here func() tea.Cmd) tea.Cmd {
	return Ask(c.env, Question{Title: twoWindows, Text: []i18n.Phrase{twoText.With(c.env.Lang.Moment(d.Saved, c.env.Now()))},
		Act: writeHere, Else: leaveThere, Do: here})
}
