package command

import (
	"errors"
	"fmt"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

var (
	usageOf   = i18n.T("Not understood: %s. Try: help", "看不懂: %s。试试: help")
	noFlag    = i18n.T("%s is no flag of this command", "%s 不是这条命令的选项")
	flagValue = i18n.T("%s needs a value", "%s 后面要有值")
	badValue  = i18n.T("%s cannot be %s", "%s 不能是 %s")
	jsonFlag  = i18n.T("one JSON document", "输出一个 JSON")
	helpFlag  = i18n.T("what this command does", "这条命令做什么")
	commands  = i18n.T("Commands. More about one: help COMMAND", "命令。看某一条: help 命令")
	helpOf    = i18n.T("what a command does", "一条命令做什么")
)

// errUsage wraps what cobra says of words that it does not understand.
type errUsage struct{ error }

// unclear says which of the words was not understood.
func (c *Call) unclear(err errUsage) string {
	var none *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	what := err.Error()
	switch {
	case errors.As(err.error, &none) && none.GetSpecifiedShortnames() != "":
		what = c.say(noFlag, "-"+none.GetSpecifiedShortnames())
	case errors.As(err.error, &none):
		what = c.say(noFlag, "--"+none.GetSpecifiedName())
	case errors.As(err.error, &bare):
		what = c.say(flagValue, "--"+bare.GetFlag().Name)
	case errors.As(err.error, &wrong):
		what = c.say(badValue, "--"+wrong.GetFlag().Name, wrong.GetValue())
	}
	return c.say(usageOf, data.Line(what))
}

// list names the commands that there are.
func (c *Call) list(root *cobra.Command) error {
	if c.Cols > 0 {
		c.line(c.say(commands))
	}
	var rows [][]string
	for _, cmd := range root.Commands() {
		if cmd.IsAvailableCommand() && cmd.Name() != "completion" {
			rows = append(rows, []string{strings.TrimPrefix(cmd.CommandPath(), "qiao ") + strings.TrimPrefix(cmd.Use, cmd.Name()), cmd.Short})
		}
	}
	c.table(nil, rows)
	return nil
}

// group is a word that only gathers others: by itself it lists them.
func (c *Call) group(cmd *cobra.Command, words []string) error {
	if len(words) > 0 {
		return errUsage{errors.New(strings.TrimPrefix(cmd.CommandPath()+" "+words[0], "qiao "))}
	}
	return c.list(cmd)
}

// help is the word help: all commands, or one with its flags.
func (c *Call) help(root *cobra.Command) *cobra.Command {
	return &cobra.Command{Use: "help [COMMAND]", Short: c.say(helpOf), RunE: func(_ *cobra.Command, words []string) error {
		if len(words) == 0 {
			return c.list(root)
		}
		cmd, rest, err := root.Find(words)
		if err != nil || len(rest) > 0 || cmd == root {
			return errUsage{fmt.Errorf("help %s", strings.Join(words, " "))}
		}
		c.explain(cmd)
		return nil
	}}
}

// explain is what help and --help say of one command.
func (c *Call) explain(cmd *cobra.Command) {
	if cmd.HasParent() {
		c.line(cmd.UseLine())
	}
	c.line("  " + cmd.Short)
	if cmd.HasAvailableSubCommands() {
		_ = c.list(cmd) // it only prints
	}
	fmt.Fprint(c.Out, cmd.LocalFlags().FlagUsages())
}
