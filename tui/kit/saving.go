package kit

import (
	"context"
	"errors"

	"qiao/data"
	"qiao/tui/i18n"

	tea "charm.land/bubbletea/v2"
)

var (
	aSave   = i18n.T("save", "保存")
	aNext   = i18n.T("next", "下一项")
	aBefore = i18n.T("previous", "上一项")
	aOut    = i18n.T("out", "留草稿走")
	aBack   = i18n.T("back", "返回")
	saveWhy = i18n.T("Save from any field; F2 does it too", "在哪一项都能存; F2 也行")
	outWhy  = i18n.T("Leave; what you wrote stays as a draft", "离开; 写着的留作草稿")

	stillReads = i18n.T(".. loading", ".. 读取中")
	stillSaves = i18n.T("Saving, one moment", "正在存, 稍等")
	elseWrites = i18n.T("Another window writes this: enter writes here", "另一个窗口在写这份: enter 在这里写")
	noRight    = i18n.T("! No right to change this now: what you wrote is kept", "! 你现在不能改这份: 写的留作草稿")
	notThere   = i18n.T("! This is not there for you now: what you wrote is kept", "! 这份你看不到了: 写的留作草稿")
	leftDraft  = i18n.T("The draft is kept: it goes on from Today", "草稿已留: 从今日接着写")

	faultsLeft = i18n.T("%d left to put right: %s", "还有 %d 处: %s")
	keptTry    = i18n.T("! Not saved yet, all is in the draft: ctrl+s again", "! 没存上, 写的都在草稿里: ctrl+s 再试")
	askAgain   = i18n.T("Another window has saved this one", "另一个窗口已经存了这份")
	askText    = i18n.T("Saving it here makes a second record.", "在这里再存, 会多出一条。")
	saveAnew   = i18n.T("save it again", "再存一条")
	isSaved    = i18n.T("Saved %s", "已存 %s")
	joined     = i18n.T("%s  (%s)", "%s  (%s)")
)

// Keys are a form's Actions: save, the page's own, the next field, out;
// or those of the conflict, or of a draft that another window writes.
func (w *Writing[T]) Keys(own ...Action) []Action {
	save := Action{Key: "ctrl+s f2", Label: aSave, Help: saveWhy, When: w.Barred, Do: w.Submit}
	if w.Record.Act != (i18n.Phrase{}) {
		save.Label = w.Record.Act
	}
	switch {
	case w.Clash != nil:
		return w.Clash.Actions(w.Env, w.saveMerged, func() tea.Cmd { w.Clash = nil; return nil })
	case w.Claim.Else:
		return []Action{
			{Key: "enter", Label: writeHere, Do: w.WriteHere}, save,
			{Key: "esc", Label: aBack, Do: func() tea.Cmd { return w.Env.Send(Back{Page: w.page}) }},
		}
	}
	out := []Action{save}
	for _, rare := range []bool{false, true} {
		for _, a := range own {
			if a.Rare == rare {
				out = append(out, a)
			}
		}
		if !rare {
			out = append(out, Action{Key: "tab", Label: aNext, Do: func() tea.Cmd { w.Step(1); return nil }},
				Action{Key: "shift+tab", Label: aBefore, Rare: true, Do: func() tea.Cmd { w.Step(-1); return nil }})
		}
	}
	return append(out, Action{Key: "esc", Label: aOut, Help: outWhy, When: w.busy, Do: w.Leave})
}

func (w *Writing[T]) busy() i18n.Phrase {
	if w.Saving.Busy {
		return stillSaves
	}
	return i18n.Phrase{}
}

// Why says why the record cannot be saved.
func (w *Writing[T]) Why() i18n.Phrase {
	switch {
	case w.Record.Why != nil:
		return w.Record.Why(w.Lost)
	case errors.Is(w.Lost, data.ErrNotFound):
		return notThere
	}
	return noRight
}

// Barred says why it cannot be saved now.
func (w *Writing[T]) Barred() i18n.Phrase {
	switch {
	case w.Lost != nil:
		return w.Why()
	case w.Claim.Else && !w.Claim.Gone:
		return elseWrites // what stands there is newer
	case !w.Known && w.Record.Early == nil:
		return stillReads
	}
	return w.busy()
}

// Leave goes back; what was written stays as a draft, and says so.
func (w *Writing[T]) Leave() tea.Cmd {
	if w.CloseList() {
		return nil
	}
	w.Claim.Leave()
	said := i18n.Phrase{}
	if w.Begun() {
		if said = w.Record.Left; said == (i18n.Phrase{}) {
			said = leftDraft
		}
	}
	return w.Env.Send(Back{Page: w.page, Said: said})
}

// Input takes a key that is no action or a paste for the page. More is what the
// field with the cursor does with it, unless the form takes no keys now.
func (w *Writing[T]) Input(msg tea.Msg, more func(tea.Msg) tea.Cmd) tea.Cmd {
	switch {
	case w.Clash != nil:
		w.Clash.Take(msg)
		return nil
	case w.Claim.Else:
		return w.Env.Note(elseWrites)
	}
	return more(msg)
}

// Submit saves from any field, or goes to the first that is wrong. A record that
// another window has added already is not added again without a question.
func (w *Writing[T]) Submit() tea.Cmd {
	if w.Waiting() || w.Saved {
		return nil
	}
	if !w.Known && w.Record.Early != nil {
		return w.Record.Early()
	}
	w.Faults = nil
	v := w.Record.Read()
	if w.Record.Check != nil {
		w.Blame(w.Record.Check(v))
	}
	if n := len(w.Faults); n > 0 {
		return w.Env.Note(faultsLeft.With(n, w.ToFault()))
	}
	if w.Record.Adds && w.Claim.Gone && !w.anew {
		return Ask(w.Env, Question{Title: askAgain, Text: []i18n.Phrase{askText}, Act: saveAnew,
			Do: func() tea.Cmd { w.anew = true; return w.Submit() }})
	}
	if w.Record.Holds != nil && w.Record.Holds(v) {
		return nil
	}
	w.was = w.Base
	return w.store(v)
}

func (w *Writing[T]) store(v T) tea.Cmd {
	w.mine = v
	return w.Saving.Start(w.Env.Ctx, func(ctx context.Context) (T, error) { return w.Record.Save(ctx, v) })
}

// gone reports whether an answer means that the right is lost.
func gone(err error) bool {
	return errors.Is(err, data.ErrForbidden) || errors.Is(err, data.ErrNotFound)
}

// saved goes back to where the form was opened, unless the save was refused.
func (w *Writing[T]) saved() tea.Cmd {
	err := w.Saving.Err
	var clash *data.Conflict
	switch {
	case errors.As(err, &clash):
		w.by = clash
		return w.theirs.Start(w.Env.Ctx, w.Record.Stored)
	case gone(err):
		w.Lost = err
		return nil
	case len(data.Faults(err)) > 0:
		w.Faults = nil
		w.Blame(err)
		w.ToFault()
		return w.Env.Note(i18n.Typed(w.Env.Lang.Error(err)))
	case err != nil:
		return w.Env.Note(keptTry)
	}
	w.Saved, w.Clash = true, nil
	if w.Record.Done != nil {
		return w.Record.Done(w.Saving.Value)
	}
	return w.Env.Send(Back{Page: w.page, Said: w.SavedWords(isSaved.With(w.Env.Lang.Clock(w.Env.Now())))})
}

// SavedWords adds what was merged to what is said of a save.
func (w *Writing[T]) SavedWords(said i18n.Phrase) i18n.Phrase {
	if w.Merged != (i18n.Phrase{}) {
		return joined.With(said, w.Merged)
	}
	return said
}

// A PartOf is one field of a record that two people may have changed, or
// several that only go together.
type PartOf[T any] struct {
	Name  i18n.Phrase
	Joins i18n.Phrase // what keeping both does; zero: it cannot be
	Show  func(T) string
	Take  func(to *T, from T)
	Both  func(to *T, mine T)
}

// compare puts what is stored now beside what is written here. Where only one
// person changed a field nobody is asked.
func (w *Writing[T]) compare() tea.Cmd {
	switch {
	case gone(w.theirs.Err):
		w.Lost = w.theirs.Err
		return nil
	case w.theirs.Err != nil:
		return w.Env.Note(keptTry)
	}
	theirs := w.theirs.Value
	var all []Part
	for _, one := range w.Record.Parts(w.Env.Lang, w.was, w.mine, theirs) {
		all = append(all, Part{Name: one.Name, Was: one.Show(w.was), Mine: one.Show(w.mine), Theirs: one.Show(theirs), Joins: one.Joins})
	}
	clash := NewConflict(w.by.By, w.by.At, w.Record.What, all)
	w.Merged = clash.Merged(w.Env.Lang)
	if w.Clash = clash; clash.Open() > 0 {
		return nil
	}
	w.Clash = nil
	return w.storeMerged(clash)
}

func (w *Writing[T]) saveMerged() tea.Cmd { return w.storeMerged(w.Clash) }

// storeMerged saves the fields as they were decided, over what is stored now.
func (w *Writing[T]) storeMerged(c *Conflict) tea.Cmd {
	if w.Saving.Busy {
		return nil
	}
	theirs := w.theirs.Value
	to := theirs
	if w.Record.Over != nil {
		to = w.Record.Over(theirs, w.mine)
	}
	for i, one := range w.Record.Parts(w.Env.Lang, w.was, w.mine, theirs) {
		switch c.Parts[i].Choice {
		case Mine:
			one.Take(&to, w.mine)
		case Both:
			one.Both(&to, w.mine)
		}
	}
	w.was = theirs
	return w.store(to)
}
