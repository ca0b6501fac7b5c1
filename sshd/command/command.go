// Package command answers one-shot commands: ssh host find NAME. It prints
// lines for people and pipes, and maps errors to exit codes; cmd uses the
// same codes, so a script need not know which way it went in.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
)

// Exit codes. The list only grows.
const (
	OK        = iota
	Broken    // a defect or the disk
	Usage     // no such command, or not with these words
	Forbidden // you see it, you may not
	NotFound  // not there, or not for you
	Conflict  // someone saved first
	Refused   // bad values
)

var usage = i18n.T("usage: find TEXT", "用法：find 文字")

// Run does the command in args as the desk's account and returns its exit code.
func Run(ctx context.Context, desk *store.Desk, lang i18n.Lang, args []string, out, errs io.Writer) int {
	if len(args) < 2 || args[0] != "find" {
		fmt.Fprintln(errs, lang.Say(usage))
		return Usage
	}
	families, err := desk.Families(ctx, strings.Join(args[1:], " "))
	if err == nil && len(families) == 0 {
		err = data.ErrNotFound
	}
	for _, f := range families {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", data.Line(f.Class), data.Line(f.Child), data.Line(f.Parent), data.Line(f.Phone))
	}
	if err != nil {
		fmt.Fprintln(errs, lang.Error(err))
	}
	return Code(err)
}

// Code is the exit code for an error.
func Code(err error) int {
	var clash *data.Conflict
	switch {
	case err == nil:
		return OK
	case len(data.Faults(err)) > 0:
		return Refused
	case errors.Is(err, data.ErrNotFound):
		return NotFound
	case errors.Is(err, data.ErrForbidden):
		return Forbidden
	case errors.As(err, &clash):
		return Conflict
	}
	return Broken
}
