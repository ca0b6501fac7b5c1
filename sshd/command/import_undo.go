package command

import (
	"errors"
	"fmt"
	"strconv"

	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	importUndo  = i18n.T("take one import back as a whole, the last unless its number is given", "整个撤销一次导入, 不写编号就是最后一次")
	importList  = i18n.T("the imports, the newest first", "导入过的, 新的在前")
	undone      = i18n.T("Undone: import %d of %s", "已撤销: 导入 %d (%s)")
	undoneWord  = i18n.T("undone", "已撤销")
	buildsOnIt  = i18n.T("What builds on it:", "建立在它上面的:")
	headImports = []i18n.Phrase{i18n.T("number", "编号"), i18n.T("when", "时间"), i18n.T("who", "谁"), i18n.T("rows", "行"), i18n.T("new", "新增"), i18n.T("changed", "有变"),
		i18n.T("moved", "调班"), i18n.T("file", "文件"), i18n.T("state", "状态")}
)

// The shape of imports in JSON.
type (
	importBatch struct {
		ID     int64          `json:"id"`
		At     string         `json:"at"`
		By     string         `json:"by"`
		Hash   string         `json:"hash"`
		Counts map[string]int `json:"counts"`
		Undone bool           `json:"undone"`
	}
	importBuilt struct {
		What   string `json:"what"`
		Number string `json:"number,omitempty"`
		Name   string `json:"name"`
	}
)

// undoImport is import undo. What builds on the import is named before it is
// refused.
func (c *Call) undoImport() *cobra.Command {
	cmd := &cobra.Command{Use: "undo [NUMBER]", Short: c.say(importUndo), Args: cobra.MaximumNArgs(1)}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var id int64
		if len(args) > 0 {
			var err error
			if id, err = strconv.ParseInt(args[0], 10, 64); err != nil || id < 1 {
				return errUsage{fmt.Errorf("undo %s", args[0])}
			}
		}
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		b, built, err := desk.UndoImport(cmd.Context(), id)
		switch {
		case errors.Is(err, data.ErrBuiltOn):
			c.showBuilt(built)
			return err
		case err != nil:
			return err
		case c.json:
			c.encode(c.Out, batchOf(b))
		default:
			c.line(c.say(undone, b.ID, b.At.In(data.China).Format("2006-01-02 15:04")))
		}
		return nil
	}
	return cmd
}

func (c *Call) showBuilt(built []data.Built) {
	if c.json {
		out := []importBuilt{}
		for _, b := range built {
			out = append(out, importBuilt(b))
		}
		c.encode(c.Out, map[string]any{"built_on": out})
		return
	}
	c.errln(c.say(buildsOnIt))
	for _, b := range built {
		c.errln("  " + c.Lang.Field(b.What) + " " + b.Number + " " + c.Lang.Name(b.Name, ""))
	}
}

func batchOf(b data.ImportBatch) importBatch {
	return importBatch{b.ID, when(b.At), b.By, b.Hash, b.Counts, b.Undone}
}

// listImports is import list.
func (c *Call) listImports() *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: c.say(importList), Args: cobra.NoArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		all, err := desk.Imports(cmd.Context())
		if err != nil {
			return err
		}
		if c.json {
			out := []importBatch{}
			for _, b := range all {
				out = append(out, batchOf(b))
			}
			c.encode(c.Out, map[string]any{"imports": out, "total": len(out)})
			return nil
		}
		var rows [][]string
		for _, b := range all {
			state := ""
			if b.Undone {
				state = c.say(undoneWord)
			}
			rows = append(rows, []string{fmt.Sprint(b.ID), b.At.In(data.China).Format("2006-01-02 15:04"), b.By, fmt.Sprint(b.Counts["rows"]), fmt.Sprint(b.Counts["new"]), fmt.Sprint(b.Counts["changed"]),
				fmt.Sprint(b.Counts["moved"]), b.Hash[:min(12, len(b.Hash))], state})
		}
		c.table(headImports, rows)
		return nil
	}
	return cmd
}
