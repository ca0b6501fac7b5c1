package command

import (
	"context"
	"fmt"
	"strings"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	auditShort  = i18n.T("the log of who saw and did what", "日志: 谁看了什么, 做了什么")
	headShort   = i18n.T("the log's head as one line, to print or mail as a witness", "日志此刻的校验码, 一行, 可打印或寄出作见证")
	lookedShort = i18n.T("who has looked at this child's file", "谁看过这个孩子的资料")
	linesShort  = i18n.T("the newest lines of the log", "日志最新的行")

	personFlag = i18n.T("only what this account did: user name, full name, or console", "只看这个账号做的: 用户名、全名, 或 console")
	childFlag  = i18n.T("only about this student: number, or a name", "只看这个学生的: 学号或姓名")
	deedFlag   = i18n.T("only this kind: look write refused sign-in account school, or one deed such as view-tags", "只看这一类: look write refused sign-in account school, 或一种如 view-tags")
	sinceFlag  = i18n.T("from this day on", "从这天起")
	untilFlag  = i18n.T("until this day, which counts", "到这天为止, 含这天")
	allLines   = i18n.T("all of them, not the newest 50", "全部, 不只最新 50 条")

	colDid     = i18n.T("did", "动作")
	colObject  = i18n.T("what", "对象")
	lookedNone = i18n.T("Nobody has looked at it", "没有人看过")
	moreLines  = i18n.T("There are more: --all", "还有更多: --all")
)

// Audit is the word audit with its verbs.
func (c *Call) Audit() *cobra.Command {
	root := &cobra.Command{Use: "audit", Short: c.say(auditShort)}
	root.RunE = func(_ *cobra.Command, words []string) error { return c.group(root, words) }
	c.Add(root, c.auditHead(), c.looked(), c.auditList())
	return root
}

func (c *Call) auditHead() *cobra.Command {
	return &cobra.Command{Use: "head", Short: c.say(headShort), Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		h, err := desk.Head(cmd.Context())
		if err != nil {
			return err
		}
		if c.json {
			c.encode(c.Out, map[string]any{"row": h.ID, "at": when(h.At), "hash": h.Hash, "witness": h.Witness()})
		} else {
			c.line(h.Witness()) // whole, however narrow the terminal: it is to be kept
		}
		return nil
	}}
}

// auditFlags are what the log is narrowed by.
type auditFlags struct{ person, student, kind, since, until string }

func (f *auditFlags) add(cmd *cobra.Command, c *Call, student bool) {
	fs := cmd.Flags()
	fs.StringVar(&f.person, "person", "", c.say(personFlag))
	if student {
		fs.StringVar(&f.student, "student", "", c.say(childFlag))
	}
	fs.StringVar(&f.kind, "kind", "", c.say(deedFlag))
	fs.StringVar(&f.since, "since", "", c.say(sinceFlag))
	fs.StringVar(&f.until, "until", "", c.say(untilFlag))
}

// query is what the flags ask for.
func (f *auditFlags) query(ctx context.Context, desk *store.Desk) (q data.AuditQuery, err error) {
	if f.kind != "" {
		if q.Deeds, err = data.ParseDeeds(f.kind); err != nil {
			return q, err
		}
	}
	if f.since != "" {
		d, err := data.ParseDate(f.since)
		if err != nil {
			return q, err
		}
		q.From = d.Start()
	}
	if f.until != "" {
		d, err := data.ParseDate(f.until)
		if err != nil {
			return q, err
		}
		q.Until = d.AddDays(1).Start()
	}
	if f.person != "" {
		if q.Person, err = desk.AuditPerson(ctx, f.person); err != nil {
			return q, err
		}
	}
	if f.student != "" {
		q.Student, err = desk.LookedStudent(ctx, f.student)
	}
	return q, err
}

// An auditLine is a row of the log in JSON: what its reader may not see is a
// number or absent.
type auditLine struct {
	ID      int64  `json:"id"`
	At      string `json:"at"`
	By      string `json:"by"`
	Account int64  `json:"account,omitempty"`
	Did     string `json:"did"`
	Record  string `json:"record,omitempty"`
	Number  int64  `json:"record_id,omitempty"`
	Object  string `json:"object,omitempty"`
	Student int64  `json:"student,omitempty"`
	Name    string `json:"name,omitempty"`
	Level   string `json:"level,omitempty"`
	From    string `json:"from,omitempty"`
	Door    string `json:"door"`
	Session string `json:"session,omitempty"`
	Key     string `json:"key,omitempty"`
	Why     string `json:"why,omitempty"`
	Times   int    `json:"times,omitempty"`
}

func auditLineOf(l data.AuditLine) auditLine {
	out := auditLine{ID: l.ID, At: when(l.At), By: l.Name, Account: l.Account, Did: string(l.Did), Record: l.What.Kind, Number: l.What.ID, Object: l.Object,
		Student: l.Student, Name: l.Child, From: l.Source, Door: l.Door, Session: l.Session, Key: l.Key, Why: l.Why, Times: l.Times}
	if l.Level > 0 {
		out.Level = l.Level.Code()
	}
	if l.Account == 0 && l.Door == "console" {
		out.By = "console"
	}
	return out
}

func (c *Call) auditRow(l data.AuditLine) []string {
	return []string{l.At.In(data.China).Format("2006-01-02 15:04:05"), c.Lang.AuditWho(l), c.Lang.Deed(l.Did), c.Lang.AuditWhat(l), l.Source}
}

// newest is how many lines are printed unless all are asked for.
const newest = 50

// printAudit prints pages of the log.
func (c *Call) printAudit(q data.AuditQuery, all bool, more map[string]any, name string, page func(data.AuditQuery) (data.AuditPage, error)) error {
	q.Limit = newest
	if all {
		q.Limit = 1000
	}
	lines := []auditLine{}
	var rows [][]string
	for {
		p, err := page(q)
		if err != nil {
			return err
		}
		for _, l := range p.Lines {
			lines = append(lines, auditLineOf(l))
			rows = append(rows, c.auditRow(l))
		}
		if !p.More || !all || len(p.Lines) == 0 {
			more["more"] = p.More
			break
		}
		q.Before = p.Lines[len(p.Lines)-1].ID
	}
	more[name] = lines
	c.print(more, []i18n.Phrase{colAt, colBy, colDid, colObject, colFrom}, rows)
	if more["more"] == true && !c.json {
		c.errln(c.say(moreLines))
	}
	return nil
}

func (c *Call) auditList() *cobra.Command {
	var f auditFlags
	all := false
	cmd := &cobra.Command{Use: "list", Short: c.say(linesShort), Args: cobra.NoArgs}
	f.add(cmd, c, true)
	cmd.Flags().BoolVar(&all, "all", false, c.say(allLines))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		q, err := f.query(cmd.Context(), desk)
		if err != nil {
			return err
		}
		return c.printAudit(q, all, map[string]any{}, "lines", func(q data.AuditQuery) (data.AuditPage, error) { return desk.Audit(cmd.Context(), q) })
	}
	return cmd
}

// looked answers a parent's question: who has looked at my child's file?
func (c *Call) looked() *cobra.Command {
	var f auditFlags
	all := false
	cmd := &cobra.Command{Use: "looked STUDENT", Short: c.say(lookedShort), Args: cobra.MinimumNArgs(1)}
	f.add(cmd, c, false)
	cmd.Flags().BoolVar(&all, "all", false, c.say(allLines))
	cmd.RunE = func(cmd *cobra.Command, words []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		q, err := f.query(cmd.Context(), desk)
		if err != nil {
			return err
		}
		id, err := desk.LookedStudent(cmd.Context(), strings.Join(words, " "))
		if err != nil {
			return err
		}
		type child struct {
			ID     int64  `json:"id"`
			Number string `json:"number"`
			Name   string `json:"name,omitempty"`
			Class  string `json:"class,omitempty"`
		}
		doc, head := map[string]any{}, ""
		page := func(q data.AuditQuery) (data.AuditPage, error) {
			s, p, err := desk.Looked(cmd.Context(), id, q)
			if err != nil || head != "" {
				return p, err
			}
			of := child{ID: s.ID, Number: s.Number}
			head = s.Number
			if s.Name != "" {
				of.Name, of.Class = s.Name, s.ClassName.String()
				head = fmt.Sprint(c.Lang.Name(s.Name, s.Reading), " ", c.Lang.Class(s.ClassName), " ", s.Number)
			}
			doc["student"] = of
			if !c.json && c.Cols > 0 {
				c.line(data.Line(head))
			}
			if len(p.Lines) == 0 && !c.json {
				c.errln(c.say(lookedNone))
			}
			return p, nil
		}
		return c.printAudit(q, all, doc, "looks", page)
	}
	return cmd
}
