package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"

	"github.com/spf13/cobra"
)

var (
	usageOf  = i18n.T("Not understood: %s. Try: help", "看不懂: %s。试试: help")
	jsonFlag = i18n.T("one JSON document", "输出一个 JSON")
	commands = i18n.T("Commands. More about one: help COMMAND", "命令。看某一条: help 命令")
	helpOf   = i18n.T("what a command does", "一条命令做什么")
)

func (c *Call) say(p i18n.Phrase, args ...any) string { return c.Lang.Say(p, args...) }
func (c *Call) line(s string)                         { fmt.Fprintln(c.Out, s) }
func (c *Call) errln(s string)                        { fmt.Fprintln(c.Err, s) }

func (c *Call) encode(to io.Writer, v any) {
	e := json.NewEncoder(to)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // what is encoded are strings and numbers; who has gone reads nothing
}

// print writes v as JSON where it was asked for, else the rows.
func (c *Call) print(v any, head []i18n.Phrase, rows [][]string) {
	if c.json {
		c.encode(c.Out, v)
		return
	}
	c.table(head, rows)
}

// List prints lines, or under --json {name: [...]}; none is said in words.
func (c *Call) List(name string, lines []string, none string) {
	if c.json {
		c.encode(c.Out, map[string][]string{name: append([]string{}, lines...)})
		return
	}
	if len(lines) == 0 {
		lines = []string{none}
	}
	for _, l := range lines {
		c.line(data.Line(l))
	}
}

// table writes rows: tab-separated lines for a pipe; on a terminal aligned
// columns under a head, the last cut to what is left of the width.
func (c *Call) table(head []i18n.Phrase, rows [][]string) {
	if c.Cols == 0 {
		for _, row := range rows {
			for i := range row {
				row[i] = data.Line(row[i])
			}
			c.line(strings.Join(row, "\t"))
		}
		return
	}
	all := rows
	if len(head) > 0 {
		var words []string
		for _, h := range head {
			words = append(words, c.say(h))
		}
		all = append([][]string{words}, rows...)
	}
	width := make([]int, 32)
	for _, row := range all {
		for i := range row {
			row[i] = kit.Show(row[i])
			width[i] = max(width[i], kit.Width(row[i]))
		}
	}
	for _, row := range all {
		var b strings.Builder
		for i, cell := range row {
			if i == len(row)-1 {
				b.WriteString(cell)
			} else {
				b.WriteString(kit.Fit(cell, width[i]) + "  ")
			}
		}
		c.line(kit.Cut(b.String(), c.Cols))
	}
}

// list names the commands that there are.
func (c *Call) list(root *cobra.Command) error {
	if c.Cols > 0 {
		c.line(c.say(commands))
	}
	var rows [][]string
	for _, cmd := range root.Commands() {
		if cmd.IsAvailableCommand() && cmd.Name() != "completion" {
			rows = append(rows, []string{cmd.Use, cmd.Short})
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
		c.line(cmd.UseLine())
		c.line("  " + cmd.Short)
		for _, sub := range cmd.Commands() {
			c.line("  " + sub.UseLine() + "  " + sub.Short)
		}
		fmt.Fprint(c.Out, cmd.LocalFlags().FlagUsages())
		return nil
	}}
}
