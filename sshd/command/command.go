// Package command answers words: ssh host find NAME, the same at a line prompt,
// and on the console's command line, where cmd hangs this tree under its own.
// It prints lines for people and pipes or one JSON document, and maps errors to
// exit codes, so a script need not know which way it went in.
package command

import (
	"context"
	"errors"
	"io"
	"runtime/debug"
	"slices"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	"github.com/spf13/cobra"
)

// Exit codes. The list only grows.
const (
	OK        = iota
	Broken    // a defect or the disk
	Usage     // no such command, or not with these words
	Forbidden // you see it, you may not
	NotFound  // not there, or not for you, or more than one where one is needed
	Conflict  // someone saved first
	Refused   // bad values
)

// A Call is one use of the words: who asks, from where, and where answers go.
type Call struct {
	Lang i18n.Lang
	In   io.Reader
	Out  io.Writer
	Err  io.Writer
	Cols int // the terminal's columns; 0: none, and output is for a pipe
	Now  data.Clock
	Key  string // the fingerprint that signed in, or ""
	// Desk opens the desk that the words are said at. On the console it opens
	// the file, so it is asked only when it is needed.
	Desk func(context.Context) (*store.Desk, error)
	// Read reads a file that a flag names. By ssh only "-" can be: the words
	// run on the server, and its files are nobody's business.
	Read func(name string) ([]byte, error)
	// Write makes a file that a flag names, and refuses one that is there. Nil by
	// ssh: there the client keeps standard output where it likes.
	Write func(name string) (io.WriteCloser, error)
	// Server answers who is inside; on the console there is none.
	Server kit.Server
	Asks   bool // there is a person at the other end who can answer

	json bool
}

// silent is an error that has been told already; its exit code stays.
type silent struct{ error }

func (s silent) Unwrap() error { return s.error }

// Run does what the words say and returns the exit code.
func Run(ctx context.Context, c Call, words []string) int {
	root := &cobra.Command{Use: "qiao"}
	root.CompletionOptions.DisableDefaultCmd = true // there is no shell of ours to complete in
	c.Add(root, c.Words()...)
	return c.Execute(ctx, root, words)
}

// Execute runs a tree that c's commands hang in. It says what went wrong, in
// the caller's language and form.
func (c *Call) Execute(ctx context.Context, root *cobra.Command, words []string) int {
	root.SetArgs(append([]string{}, words...)) // of nil words cobra takes the process's own
	root.SetIn(c.In)
	root.SetOut(c.Out)
	root.SetErr(c.Err)
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return errUsage{err} })
	root.SetHelpCommand(c.help(root))
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { c.explain(cmd) })
	root.PersistentFlags().BoolP("help", "h", false, c.say(helpFlag)) // cobra would make one in English
	root.PersistentFlags().BoolVar(&c.json, "json", false, c.say(jsonFlag))
	root.Args = cobra.ArbitraryArgs // cobra's own complaint is English
	root.RunE = func(_ *cobra.Command, words []string) error { return c.group(root, words) }
	err := root.ExecuteContext(ctx)
	if err == nil {
		return OK
	}
	c.json = c.json || slices.Contains(words, "--json") // it may stand behind what was not understood
	c.fail(err)
	return Code(err)
}

// Add hangs commands into a tree: their words are checked before they run.
func (c *Call) Add(parent *cobra.Command, children ...*cobra.Command) {
	for _, child := range children {
		if args := child.Args; args != nil {
			child.Args = func(cmd *cobra.Command, words []string) error {
				if err := args(cmd, words); err != nil {
					return errUsage{errors.New(cmd.UseLine())}
				}
				return nil
			}
		}
		parent.AddCommand(child)
	}
}

// Words are the commands that can be said by ssh.
func (c *Call) Words() []*cobra.Command {
	return []*cobra.Command{c.find(), c.card(), c.roster(), c.due(), c.log(), c.contacts(), c.meetings(), c.meeting(), c.minutes(), c.resolutions(), c.topic(), c.emergency(), c.lend(), c.release(), c.totals(), c.whoami(), c.version(),
		c.Account(), c.Setting(), c.Import(), c.Export(), c.Put(), c.Get(), c.Audit(), c.looked()}
}

// Code is the exit code for an error.
func Code(err error) int {
	var clash *data.Conflict
	var usage errUsage
	switch {
	case err == nil:
		return OK
	case errors.As(err, &usage):
		return Usage
	case len(data.Faults(err)) > 0, errors.Is(err, data.ErrLastAdmin), errors.Is(err, data.ErrLastKey), errors.Is(err, data.ErrTooMuch), errors.Is(err, data.ErrTrayFull):
		return Refused
	case errors.Is(err, data.ErrNotFound), errors.Is(err, data.ErrAmbiguous):
		return NotFound
	case errors.Is(err, data.ErrForbidden):
		return Forbidden
	case errors.As(err, &clash), errors.Is(err, data.ErrBuiltOn):
		return Conflict
	}
	return Broken
}

// codes are the words for exit codes in JSON.
var codes = map[int]string{Broken: "failed", Usage: "usage", Forbidden: "forbidden", NotFound: "not_found", Conflict: "conflict", Refused: "refused"}

// fail says what went wrong and what to do next.
func (c *Call) fail(err error) {
	var told silent
	if errors.As(err, &told) {
		return
	}
	said := c.Lang.Error(err)
	var usage errUsage
	var plain interface{ Said() i18n.Phrase } // an error of cmd's that says itself what to do
	if errors.As(err, &plain) {
		said = c.say(plain.Said())
	}
	if errors.As(err, &usage) {
		said = c.unclear(usage)
	}
	if !c.json {
		c.errln(said)
		return
	}
	word := codes[Code(err)]
	if errors.Is(err, data.ErrAmbiguous) {
		word = "ambiguous"
	}
	type failure struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	c.encode(c.Err, map[string]failure{"error": {word, said}})
}

// Version is what the binary was built from.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 && (v == "" || v == "(devel)") {
			v = s.Value[:12]
		}
	}
	if v == "" || v == "(devel)" {
		v = "devel"
	}
	return v
}
