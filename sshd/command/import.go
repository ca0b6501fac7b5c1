package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"strings"

	"qiao/data"
	"qiao/data/exchange"
	"qiao/data/store"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	importShort   = i18n.T("take in what another program wrote (administrators)", "导入别的程序的文件 (管理员)")
	importRoster  = i18n.T("students, guardians and classes from CSV, XLSX or OneRoster; - for standard input", "导入学生、家长、班级 (CSV、XLSX、OneRoster); - 从标准输入读")
	mapFlag       = i18n.T("what columns mean, a line each: HEAD = FIELD; a file that is not there is written, to be corrected", "每列是什么, 一行一列: 表头 = 字段; 文件不存在就写一份供改")
	columnFlag    = i18n.T("what one column means: HEAD=FIELD, HEAD=- leaves it out", "一列是什么: 表头=字段, 表头=- 不要")
	dryRunFlag    = i18n.T("tell what would change, write nothing", "只看会改什么, 不写")
	yesFlag       = i18n.T("write without asking", "不再问, 直接写")
	forceFlag     = i18n.T("even if more than a fifth of a class is gone or moved", "有班级超过两成消失或调班也写")
	overwriteFlag = i18n.T("also what was corrected by hand since the last import", "上次导入后手工改过的也照文件改")
	siblingsFlag  = i18n.T("offer: list siblings; join: put them into one household", "offer: 列出兄弟姐妹; join: 并成一户")
	sayRow        = i18n.T("row %d", "第 %d 行")
	sayRefused    = i18n.T("Row %d, %s: %s", "第 %d 行 %s: %s")
	sayRefusedAll = i18n.T("Row %d: %s", "第 %d 行: %s")
	inSheet       = i18n.T("Sheet %s, %s", "工作表 %s %s")
	sameAsRow     = i18n.T("%s (row %d has it)", "%s (第 %d 行已有)")
	sameInSheet   = i18n.T("%s (row %d, sheet %s, has it)", "%s (第 %d 行, 工作表 %s, 已有)")
	manyRefused   = i18n.T("%d rows refused: mend them in the file and import it again; what was taken will not be taken twice", "%d 行没有导入: 改好文件再导入一次; 已导入的不会重复")
	sayTooMuch    = i18n.T("%s: %d of %d gone or moved", "%s: %d/%d 人消失或调班")
	askImport     = i18n.T("Write this? y/N ", "写入吗? y/N ")
	notWritten    = i18n.T("Nothing was written: add --yes to write", "什么都没写: 加 --yes 才写")
	nothingNew    = i18n.T("The school has all of this already: nothing was written", "学校里都有了: 什么都没写")
	imported      = i18n.T("Imported, number %d", "已导入, 编号 %d")

	sayNew     = i18n.T("new", "新增")
	sayChanged = i18n.T("changed", "有变")
	sayMoved   = i18n.T("moved", "调班")
	sayGone    = i18n.T("gone (they stay until marked as left)", "消失 (留着, 离校要另外标)")
	saySame    = i18n.T("unchanged", "没变")
	sayRefuse  = i18n.T("refused", "没收")
	sayClasses = i18n.T("new classes", "新班级")
	sayKept    = i18n.T("kept, corrected by hand (--overwrite takes the file's)", "手工改过, 保留 (--overwrite 照文件改)")
	sayTwice   = i18n.T("Perhaps the same child twice", "可能是同一个学生")
	sayMade    = i18n.T("New classes, with how many students", "新班级, 几个学生")
	sayFrom    = i18n.T("from row %d on", "第 %d 行起")
	sayTaken   = i18n.T("Columns that are called otherwise here", "这些列当作")
	sayLeft    = i18n.T("Columns that are not taken: %s", "没有用的列: %s")
	mapWritten = i18n.T("%s says what each column was taken for: correct it, and import with --map %[1]s", "%s 写着每一列当作什么: 改好后用 --map %[1]s 导入")
	sayOffer   = i18n.T("Siblings, not of one household yet (--siblings join puts them together)", "兄弟姐妹, 还不是一户 (--siblings join 并成一户)")
	sayJoined  = i18n.T("Siblings, now of one household", "兄弟姐妹, 并成一户")
)

// importFlags are what import roster takes.
type importFlags struct {
	dryRun, yes, force bool
	overwrite          bool
	siblings, mapping  string
	columns            []string
}

// Import is the word import with what can be imported, for administrators and
// the console.
func (c *Call) Import() *cobra.Command {
	root := &cobra.Command{Use: "import", Short: c.say(importShort)}
	root.RunE = func(_ *cobra.Command, words []string) error { return c.group(root, words) }
	var f importFlags
	cmd := &cobra.Command{Use: "roster FILE", Short: c.say(importRoster), Args: cobra.ExactArgs(1)}
	flags := cmd.Flags()
	flags.BoolVar(&f.dryRun, "dry-run", false, c.say(dryRunFlag))
	flags.BoolVar(&f.yes, "yes", false, c.say(yesFlag))
	flags.BoolVar(&f.force, "force", false, c.say(forceFlag))
	flags.BoolVar(&f.overwrite, "overwrite", false, c.say(overwriteFlag))
	flags.StringVar(&f.mapping, "map", "", c.say(mapFlag))
	flags.StringArrayVar(&f.columns, "column", nil, c.say(columnFlag))
	flags.StringVar(&f.siblings, "siblings", "offer", c.say(siblingsFlag))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if f.siblings != "offer" && f.siblings != "join" {
			return errUsage{fmt.Errorf("--siblings %s", f.siblings)}
		}
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		me, err := desk.Me(cmd.Context())
		if err == nil {
			err = me.MayImport(c.Now()) // before a whole file is read for nothing
		}
		if err != nil {
			return err
		}
		said, err := c.mapping(cmd.Context(), desk, f)
		if err != nil {
			return err
		}
		file, err := c.rosterFile(args[0], said)
		if err == nil {
			err = c.writeMapping(f.mapping, file)
		}
		if err != nil {
			return err
		}
		return c.importRoster(cmd, desk, file, f, args[0] != "-")
	}
	c.Add(root, cmd, c.undoImport(), c.listImports())
	return root
}

// mapping is what is said of columns: now by --column, in the file of --map, and
// at imports before, in this order.
func (c *Call) mapping(ctx context.Context, desk *store.Desk, f importFlags) (exchange.Mapping, error) {
	before, err := desk.RosterColumns(ctx)
	if err != nil {
		return nil, err
	}
	texts := []string{exchange.Mapped(before)}
	if f.mapping != "" && !c.makesMapping(f.mapping) {
		text, err := c.Read(f.mapping)
		if err != nil {
			return nil, err
		}
		texts = append(texts, string(text))
	}
	said := exchange.Mapping{}
	for _, text := range append(texts, strings.Join(f.columns, "\n")) {
		m, err := exchange.ParseMapping(text)
		if err != nil {
			return nil, err
		}
		maps.Copy(said, m)
	}
	return said, nil
}

// makesMapping reports whether --map names a file that is to be written: one that
// is not there yet. By ssh no file can be.
func (c *Call) makesMapping(name string) bool {
	if c.Write == nil || name == "-" {
		return false
	}
	_, err := c.Read(name)
	return errors.Is(err, fs.ErrNotExist)
}

func (c *Call) writeMapping(name string, file data.RosterFile) error {
	if name == "" || !c.makesMapping(name) {
		return nil
	}
	to, err := c.Write(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(to, exchange.Mapped(file.Columns))
	if err = errors.Join(err, to.Close()); err == nil {
		c.errln(c.say(mapWritten, name))
	}
	return err
}

func (c *Call) rosterFile(name string, said exchange.Mapping) (data.RosterFile, error) {
	read := c.Read
	if name == "-" {
		read = func(string) ([]byte, error) { return io.ReadAll(io.LimitReader(c.In, exchange.MaxFile+1)) }
	}
	raw, err := read(name)
	if err != nil {
		return data.RosterFile{}, err
	}
	return exchange.ReadRoster(raw, data.SchoolYear(c.Now.Today()), said)
}

// importRoster shows what the file would change, and changes it if that is
// wanted. Rows that were refused make it exit 6 even where others were taken.
func (c *Call) importRoster(cmd *cobra.Command, desk *store.Desk, file data.RosterFile, f importFlags, mayAsk bool) error {
	o := data.RosterOptions{Join: f.siblings == "join", Force: f.force, Overwrite: f.overwrite}
	p, err := desk.PreviewRoster(cmd.Context(), file, o)
	if err != nil {
		return err
	}
	stopped := len(p.TooMuch()) > 0 && !f.force
	if !c.json {
		c.showColumns(file.Columns)
		c.showPreview(p)
	}
	wanted := f.yes && !f.dryRun
	if !f.dryRun && !f.yes && !stopped && p.Writes() && c.Asks && mayAsk {
		fmt.Fprint(c.Err, c.say(askImport))
		answer, _ := bufio.NewReader(io.LimitReader(c.In, 100)).ReadString('\n') // no answer is a no
		wanted = strings.HasPrefix(strings.ToLower(strings.TrimSpace(answer)), "y") || strings.HasPrefix(answer, "是")
	}
	if wanted && !stopped && p.Writes() {
		if p, err = desk.ImportRoster(cmd.Context(), file, o); err != nil {
			return err
		}
	}
	if c.json {
		c.encode(c.Out, previewOf(c.Lang, file, p))
	}
	return c.imported(p, stopped && !f.dryRun, wanted)
}

// refusedRows is the error of an import that left rows out.
type refusedRows int

func (n refusedRows) Error() string     { return n.Said().English() }
func (n refusedRows) Said() i18n.Phrase { return manyRefused.With(int(n)) }
func (n refusedRows) Unwrap() error     { return &data.Invalid{Field: "file", Why: data.WhyUnknown} }

// imported says how it ended.
func (c *Call) imported(p data.RosterPreview, stopped, wanted bool) error {
	switch {
	case stopped:
		for _, s := range p.TooMuch() {
			if !c.json {
				c.errln(c.say(sayTooMuch, s.Class, s.Gone+s.Moved, s.Was))
			}
		}
		return data.ErrTooMuch
	case c.json:
	case p.Batch != 0:
		c.line(c.say(imported, p.Batch))
	case !p.Writes():
		c.errln(c.say(nothingNew))
	case !wanted:
		c.errln(c.say(notWritten))
	}
	if n := (data.RosterFile{Refused: p.Refused}).RefusedRows(); n > 0 {
		return refusedRows(n)
	}
	return nil
}

// showPreview prints the counts, who changes in what, and on the error output
// every row that is refused.
func (c *Call) showPreview(p data.RosterPreview) {
	refused := data.RosterFile{Refused: p.Refused}.RefusedRows()
	var rows [][]string
	for _, n := range []struct {
		what i18n.Phrase
		n    int
	}{{sayNew, len(p.New)}, {sayChanged, len(p.Changed)}, {sayMoved, len(p.Moved)}, {sayGone, len(p.Gone)}, {saySame, p.Same}, {sayKept, len(p.Kept)}, {sayRefuse, refused},
		{sayClasses, len(p.Classes)}} {
		rows = append(rows, []string{c.say(n.what), fmt.Sprint(n.n)})
	}
	c.table(nil, rows)
	c.classes(p.Classes)
	c.students(sayChanged, p.Changed)
	c.students(sayMoved, p.Moved)
	c.students(sayGone, p.Gone)
	c.students(sayKept, p.Kept)
	c.families(sayTwice, p.Twice)
	c.families(sayOffer, p.Siblings)
	c.families(sayJoined, p.Joined)
	for _, f := range p.Refused {
		c.errln(c.refusal(f))
	}
}

// showColumns says what columns were taken for, where their heads do not.
func (c *Call) showColumns(all []data.RosterColumn) {
	var rows [][]string
	var left []string
	seen := map[string]bool{}
	for _, col := range all {
		switch {
		case seen[col.Head]:
		case col.Field == "":
			left = append(left, data.Line(col.Head))
		case col.Field != col.Head:
			rows = append(rows, []string{data.Line(col.Head), col.Field})
		}
		seen[col.Head] = true
	}
	if len(rows) > 0 {
		c.line(c.say(sayTaken))
		c.table(nil, rows)
	}
	if len(left) > 0 {
		c.line(c.say(sayLeft, strings.Join(left, " ")))
	}
}

// classes lists those that the import makes.
func (c *Call) classes(all []data.NewClass) {
	var rows [][]string
	for _, n := range all {
		rows = append(rows, []string{n.Class.String(), fmt.Sprint(n.Students), c.inSheet(n.Sheet, c.say(sayFrom, n.Row))})
	}
	if len(rows) > 0 {
		c.line(c.say(sayMade))
		c.table(nil, rows)
	}
}

// inSheet says in which sheet something stands, if the file has several.
func (c *Call) inSheet(sheet, what string) string {
	if sheet == "" {
		return what
	}
	return c.say(inSheet, data.Line(sheet), what)
}

// families lists siblings, a family in a line.
func (c *Call) families(title i18n.Phrase, groups [][]data.RosterStudent) {
	var rows [][]string
	for _, g := range groups {
		var row []string
		for _, s := range g {
			row = append(row, strings.Join([]string{s.Class.String(), s.Number, c.Lang.Name(s.Name, "")}, " "))
		}
		rows = append(rows, row)
	}
	if len(rows) > 0 {
		c.line(c.say(title))
		c.table(nil, rows)
	}
}

// students lists who changes: of a change the fields, never the values.
func (c *Call) students(title i18n.Phrase, all []data.RosterStudent) {
	var rows [][]string
	for _, s := range all {
		class, row := s.Class.String(), "-"
		if s.From != s.Class && !s.From.IsZero() {
			class = s.From.String() + " > " + class
		}
		if s.Row > 0 {
			row = c.inSheet(s.Sheet, c.say(sayRow, s.Row))
		}
		var fields []string
		for _, f := range s.Fields {
			fields = append(fields, c.Lang.Field(f))
		}
		rows = append(rows, []string{row, s.Number, c.Lang.Name(s.Name, ""), class, strings.Join(fields, " ")})
	}
	if len(rows) > 0 {
		c.line(c.say(title))
		c.table(nil, rows)
	}
}

// refusal says why a row is refused.
func (c *Call) refusal(f data.RosterFault) string {
	why := c.Lang.Why(f.Why)
	switch {
	case f.Other > 0 && f.OtherSheet != f.Sheet:
		why = c.say(sameInSheet, why, f.Other, data.Line(f.OtherSheet))
	case f.Other > 0:
		why = c.say(sameAsRow, why, f.Other)
	}
	if f.Column == "" {
		return c.inSheet(f.Sheet, c.say(sayRefusedAll, f.Row, why))
	}
	return c.inSheet(f.Sheet, c.say(sayRefused, f.Row, data.Line(f.Column), why))
}
