package command

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	findShort = i18n.T("students by name, pinyin, initials, phone digits, guardian, class", "找学生: 姓名 拼音 首字母 电话 家长 班级")
	allFlag   = i18n.T("all hits, not the first 50", "全部, 不止前 50 个")
	flagsFlag = i18n.T("show the tags in words; this is logged", "显示标签; 会记入日志")
	similar   = i18n.T("Nobody by that name. Alike: %s", "没有叫这个的。相近: %s")
	more      = i18n.T("%d of %d shown: type more, or --all", "显示了 %d 个, 共 %d 个: 再打几个字, 或 --all")

	colNumber   = i18n.T("number", "学号")
	colName     = i18n.T("name", "姓名")
	colClass    = i18n.T("class", "班级")
	colGuardian = i18n.T("guardian", "家长")
	colPhone    = i18n.T("phone", "电话")
	colFlags    = i18n.T("flags", "标记")
)

// firstHits is how many students find prints unless it is asked for all.
const firstHits = 50

func (c *Call) find() *cobra.Command {
	all, flags := false, false
	cmd := &cobra.Command{Use: "find QUERY", Short: c.say(findShort), Args: cobra.MinimumNArgs(1)}
	cmd.Flags().BoolVar(&all, "all", false, c.say(allFlag))
	cmd.Flags().BoolVar(&flags, "flags", false, c.say(flagsFlag))
	cmd.RunE = func(cmd *cobra.Command, query []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		limit := firstHits
		if all {
			limit = 1 << 20
		}
		f, err := desk.Find(cmd.Context(), strings.Join(query, " "), limit)
		if err != nil {
			return err
		}
		out := struct {
			Students []student `json:"students"`
			Total    int       `json:"total"`
		}{[]student{}, f.Total}
		var tags map[int64][]data.Tag
		if flags && len(f.Hits) > 0 {
			var ids []int64
			for _, h := range f.Hits {
				ids = append(ids, h.Student.ID)
			}
			if tags, err = desk.Tags(cmd.Context(), ids); err != nil {
				return err
			}
		}
		var rows [][]string
		for _, h := range f.Hits {
			s := studentOf(h.Student, h.Guardians, h.Flagged)
			if t, ok := tags[h.Student.ID]; ok {
				s.Flags = words(t)
			}
			out.Students = append(out.Students, s)
			who, phone := calling(c.Lang, h.Guardians)
			rows = append(rows, []string{s.Number, c.Lang.Name(s.Name, h.Student.Reading), s.Class, who, phone, strings.Join(s.Flags, " ")})
		}
		c.print(out, []i18n.Phrase{colNumber, colName, colClass, colGuardian, colPhone, colFlags}, rows)
		switch {
		case f.Total == 0 && len(f.Similar) > 0 && !c.json:
			c.errln(c.say(similar, data.Line(strings.Join(f.Similar, " "))))
			return silent{data.ErrNotFound}
		case f.Total == 0:
			return data.ErrNotFound
		case f.Total > len(rows) && !c.json:
			c.errln(c.say(more, len(rows), f.Total))
		}
		return nil
	}
	return cmd
}
