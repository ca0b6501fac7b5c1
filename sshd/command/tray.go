package command

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	putShort    = i18n.T("put a file into your own tray, from standard input", "把文件放进自己的托盘, 从标准输入读")
	getShort    = i18n.T("your own tray: a list, or one file to standard output", "自己的托盘: 列出, 或把一个文件写到标准输出")
	removeFlag  = i18n.T("take it out of the tray instead", "不放, 从托盘里去掉")
	laid        = i18n.T("In your tray until %s: %s", "已放进托盘, 留到 %s: %s")
	trayRemoved = i18n.T("Taken out of your tray: %s", "已从托盘去掉: %s")
	trayEmpty   = i18n.T("Your tray is empty", "托盘是空的")
	notShown    = i18n.T("This is no text: write it to a file, with > %s", "这不是文本: 请写进文件, 用 > %s")
	colFile     = i18n.T("file", "文件")
	colSize     = i18n.T("size", "大小")
	colMade     = i18n.T("made", "放进")
)

// A trayFile is what scripts read of a file in the tray.
type trayFile struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Size    int    `json:"size"`
	MadeAt  string `json:"made_at"`
	Until   string `json:"until"`
	Paper   string `json:"paper,omitempty"`
	Meeting int64  `json:"meeting,omitempty"`
	Hash    string `json:"hash"`
}

func trayOf(f data.TrayFile) trayFile {
	return trayFile{f.Name, f.Type, f.Size, when(f.Made), when(f.Until), string(f.Paper), f.Meeting, f.Hash}
}

// Put is the word put.
func (c *Call) Put() *cobra.Command {
	remove := false
	cmd := &cobra.Command{Use: "put NAME < FILE", Short: c.say(putShort), Args: cobra.MinimumNArgs(1)}
	cmd.Flags().BoolVar(&remove, "remove", false, c.say(removeFlag))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		name := strings.Join(args, " ")
		if remove {
			if err := desk.DropTray(cmd.Context(), name); err != nil {
				return err
			}
			c.print(map[string]string{"removed": data.Name(name)}, nil, [][]string{{c.say(trayRemoved, data.Line(name))}})
			return nil
		}
		bytes, err := io.ReadAll(io.LimitReader(c.In, data.MaxTrayFile+1))
		if err != nil {
			return err
		}
		f, err := desk.PutTray(cmd.Context(), data.TrayFile{Name: name, Bytes: bytes})
		if err != nil {
			return err
		}
		c.print(trayOf(f), nil, [][]string{{c.say(laid, data.DayOf(f.Until), f.Name)}})
		return nil
	}
	return cmd
}

// Get is the word get.
func (c *Call) Get() *cobra.Command {
	return &cobra.Command{Use: "get [NAME]", Short: c.say(getShort), RunE: func(cmd *cobra.Command, args []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		if len(args) == 0 {
			return c.listTray(cmd)
		}
		f, err := desk.TrayFile(cmd.Context(), strings.Join(args, " "))
		if err != nil {
			return err
		}
		return c.give(f)
	}}
}

// notText is the refusal to write what a terminal would obey to a terminal.
type notText string

func (n notText) Error() string     { return n.Said().English() }
func (n notText) Said() i18n.Phrase { return notShown.With(string(n)) }
func (n notText) Unwrap() error     { return &data.Invalid{Field: "file", Why: data.WhyNotText} }

// give writes a file as it is; on a terminal, text alone and without what a
// terminal would obey.
func (c *Call) give(f data.TrayFile) error {
	if c.Cols == 0 {
		_, err := c.Out.Write(f.Bytes)
		return err
	}
	if !f.Text() {
		return notText(f.Name)
	}
	c.text(string(f.Bytes))
	return nil
}

func (c *Call) listTray(cmd *cobra.Command) error {
	desk, err := c.Desk(cmd.Context())
	if err != nil {
		return err
	}
	all, err := desk.Tray(cmd.Context())
	if err != nil {
		return err
	}
	out := []trayFile{}
	var rows [][]string
	today := c.Now.Today()
	for _, f := range all {
		out = append(out, trayOf(f))
		rows = append(rows, []string{f.Name, bytesOf(f.Size), c.Lang.Moment(f.Made, c.Now()), c.Lang.Day(data.DayOf(f.Until), today)})
	}
	if len(rows) == 0 && !c.json {
		c.errln(c.say(trayEmpty))
		return nil
	}
	c.print(map[string]any{"files": out, "total": len(out)}, []i18n.Phrase{colFile, colSize, colMade, colUntil}, rows)
	return nil
}

// bytesOf is a size for people.
func bytesOf(n int) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KB", float64(n)/(1<<10))
	}
	return strconv.Itoa(n) + " B"
}
