package command

import (
	"encoding/json"
	"io"
	"strconv"

	"qiao/data"
	"qiao/data/exchange"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	exportShort   = i18n.T("take data out; logged", "导出; 记入日志")
	logOut        = i18n.T("the audit log (principal, administrator)", "日志 (校长、管理员)")
	formatFlag    = i18n.T("csv or json", "csv 或 json")
	purposeFlag   = i18n.T("what for: it stands in the export and in the log", "用途: 写在导出文件和日志里")
	outFlag       = i18n.T("a file to write, instead of standard output", "写到文件, 不写到标准输出")
	exportedBy    = i18n.T("# %s, exported by %s at %s, for: %s", "# %s, 导出人 %s, 时间 %s, 用途: %s")
	theLog        = i18n.T("audit log", "日志")
	exportColumns = []string{"id", "at", "by", "did", "record", "record_id", "object", "student", "name", "level", "from", "door", "session", "key", "why", "times"}
)

// Export is the word export. Write, which is nil by ssh, makes the file that -o
// names.
func (c *Call) Export() *cobra.Command {
	root := &cobra.Command{Use: "export", Short: c.say(exportShort)}
	root.RunE = func(_ *cobra.Command, words []string) error { return c.group(root, words) }
	c.Add(root, c.exportAudit(), c.exportMinutes(), c.exportSignIn(), c.exportMeetings())
	return root
}

func (c *Call) exportAudit() *cobra.Command {
	var f auditFlags
	format, purpose, file := "csv", "", ""
	cmd := &cobra.Command{Use: "audit --purpose TEXT", Short: c.say(logOut), Args: cobra.NoArgs}
	f.add(cmd, c, true)
	cmd.Flags().StringVar(&format, "format", "csv", c.say(formatFlag))
	cmd.Flags().StringVar(&purpose, "purpose", "", c.say(purposeFlag))
	if c.Write != nil {
		cmd.Flags().StringVarP(&file, "output", "o", "", c.say(outFlag))
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		if format != "csv" && format != "json" {
			return &data.Invalid{Field: "format", Why: data.WhyUnknown}
		}
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		q, err := f.query(cmd.Context(), desk)
		if err != nil {
			return err
		}
		to := &lazy{make: func() (io.WriteCloser, error) { return open(c.Out), nil }}
		if file != "" {
			to.make = func() (io.WriteCloser, error) { return c.Write(file) }
		}
		out := exporter(&csvAudit{csv: exchange.NewCSV(to), lang: c.Lang})
		if format == "json" || c.json {
			out = &jsonAudit{to: to}
		}
		if err := desk.ExportAudit(cmd.Context(), q, purpose, out.begin, out.line); err != nil {
			_ = to.Close()
			return err
		}
		if err := out.end(); err != nil {
			return err
		}
		return to.Close()
	}
	return cmd
}

// An exporter writes one export in a form.
type exporter interface {
	begin(data.Takeout) error
	line(data.AuditLine) error
	end() error
}

type csvAudit struct {
	csv  *exchange.CSV
	lang i18n.Lang
}

func (x *csvAudit) begin(t data.Takeout) error {
	if err := x.csv.Row(x.lang.Say(exportedBy, x.lang.Say(theLog), t.By, when(t.At), t.Purpose)); err != nil {
		return err
	}
	return x.csv.Row(exportColumns...)
}

func (x *csvAudit) line(row data.AuditLine) error {
	l := auditLineOf(row)
	id := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	return x.csv.Row(id(l.ID), l.At, l.By, l.Did, l.Record, id(l.Number), l.Object, id(l.Student), l.Name, l.Level, l.From, l.Door, l.Session, l.Key, l.Why, id(int64(l.Times)))
}

func (x *csvAudit) end() error { return x.csv.End() }

// jsonAudit writes one document line by line, for it may be long.
type jsonAudit struct {
	to   io.Writer
	some bool
}

func (x *jsonAudit) put(before string, v any) error {
	text, err := json.Marshal(v)
	if err == nil {
		_, err = io.WriteString(x.to, before+string(text))
	}
	return err
}

func (x *jsonAudit) begin(t data.Takeout) error {
	return x.put(`{"export":`, map[string]string{"of": t.Of, "by": t.By, "at": when(t.At), "purpose": t.Purpose})
}

func (x *jsonAudit) line(l data.AuditLine) error {
	before := ",\n"
	if !x.some {
		before, x.some = ",\"lines\":[\n", true
	}
	return x.put(before, auditLineOf(l))
}

func (x *jsonAudit) end() error {
	last := "\n]}\n"
	if !x.some {
		last = ",\"lines\":[]}\n"
	}
	_, err := io.WriteString(x.to, last)
	return err
}

// lazy makes its file with the first byte: what is refused makes none.
type lazy struct {
	make func() (io.WriteCloser, error)
	to   io.WriteCloser
}

func (l *lazy) Write(p []byte) (n int, err error) {
	if l.to == nil {
		if l.to, err = l.make(); err != nil {
			return 0, err
		}
	}
	return l.to.Write(p)
}

func (l *lazy) Close() error {
	if l.to == nil {
		return nil
	}
	return l.to.Close()
}

// open is a writer that closing leaves open.
func open(w io.Writer) io.WriteCloser { return kept{w} }

type kept struct{ io.Writer }

func (kept) Close() error { return nil }
