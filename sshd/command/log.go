package command

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"qiao/data"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	logShort     = i18n.T("record a contact with a student's family", "记一次联系")
	kindFlag     = i18n.T("call, visit, message, letter, meeting, other, or a channel", "call visit message letter meeting other 或具体渠道")
	textFlag     = i18n.T("what was said; - reads it from standard input", "谈了什么; - 从标准输入读")
	withFlag     = i18n.T("with whom: a relation, a name or an id; the one called first unless said", "对象: 关系 姓名 或编号; 不写就是先打的那位")
	outcomeFlag  = i18n.T("reached, no-answer, call-back, wrong-number, refused, left-message, not-home", "reached no-answer call-back wrong-number refused left-message not-home")
	incomingFlag = i18n.T("the family began", "是家长找来的")
	atFlag       = i18n.T("when: 15:04, \"11-25 15:04\", RFC 3339; now unless said", "时间: 15:04 \"11-25 15:04\" 或 RFC 3339; 不写就是现在")
	topicFlag    = i18n.T("a topic; may be said again", "话题; 可写几次")
	promiseFlag  = i18n.T("what I will do; may be said again", "我答应做的; 可写几次")
	byFlag       = i18n.T("by when the promise is due: fri, +3d, 2026-12-01", "这个承诺的期限: 周五 +3d 2026-12-01")
	levelFlag    = i18n.T("normal, class, restricted, secret", "normal class restricted secret")
	logged       = i18n.T("Recorded: %s, contact %d", "已记: %s, 编号 %d")
)

// logFlags are what the word log takes.
type logFlags struct {
	kind, text, with, outcome, at, level string
	incoming                             bool
	topics, promises, by                 []string
}

func (c *Call) log() *cobra.Command {
	var f logFlags
	cmd := &cobra.Command{Use: "log STUDENT", Short: c.say(logShort), Args: cobra.MinimumNArgs(1)}
	fs := cmd.Flags()
	fs.StringVar(&f.kind, "kind", "", c.say(kindFlag))
	fs.StringVar(&f.text, "text", "", c.say(textFlag))
	fs.StringVar(&f.with, "with", "", c.say(withFlag))
	fs.StringVar(&f.outcome, "outcome", "reached", c.say(outcomeFlag))
	fs.BoolVar(&f.incoming, "incoming", false, c.say(incomingFlag))
	fs.StringVar(&f.at, "at", "", c.say(atFlag))
	fs.StringArrayVar(&f.topics, "topic", nil, c.say(topicFlag))
	fs.StringArrayVar(&f.promises, "promise", nil, c.say(promiseFlag))
	fs.StringArrayVar(&f.by, "by", nil, c.say(byFlag))
	fs.StringVar(&f.level, "level", "normal", c.say(levelFlag))
	cmd.RunE = func(cmd *cobra.Command, query []string) error {
		desk, err := c.Desk(cmd.Context())
		if err != nil {
			return err
		}
		s, err := desk.FindStudent(cmd.Context(), strings.Join(query, " "))
		if err != nil {
			return err
		}
		k, err := desk.Card(cmd.Context(), s.ID)
		if err != nil {
			return err
		}
		cal, err := desk.Calendar(cmd.Context())
		if err != nil {
			return err
		}
		t, err := c.contactFrom(f, k, cal)
		if err != nil {
			return err
		}
		if t, err = desk.SaveContact(cmd.Context(), t, data.Ref{}); err != nil {
			return err
		}
		if c.json {
			c.encode(c.Out, map[string]int64{"id": t.ID})
		} else {
			c.line(c.say(logged, data.Line(c.Lang.Name(s.Name, s.Reading)), t.ID))
		}
		return nil
	}
	return cmd
}

// contactFrom makes the contact that the flags speak of.
func (c *Call) contactFrom(f logFlags, k data.Card, cal data.Calendar) (t data.Contact, err error) {
	t = data.Contact{Students: []int64{k.Student.ID}, At: c.Now(), Outcome: data.Outcome(strings.ReplaceAll(f.outcome, "-", "_")),
		Direction: data.Outgoing, Summary: f.text, Topics: f.topics}
	if f.incoming {
		t.Direction = data.Incoming
	}
	if f.kind == "" {
		return t, &data.Invalid{Field: "kind", Why: data.WhyEmpty}
	}
	if t.Channel, err = data.ParseChannel(f.kind); err != nil {
		return t, err
	}
	if t.Level, err = data.ParseLevel(f.level); err != nil {
		return t, err
	}
	if f.at != "" {
		if t.At, err = data.ParseAt(f.at, c.Now()); err != nil {
			return t, err
		}
	}
	if f.text == "-" {
		text, err := io.ReadAll(io.LimitReader(c.In, 4*data.MaxSummary+1)) // bytes: a character has four at most
		if err != nil {
			return t, err
		}
		t.Summary = string(text)
	}
	if len(t.Topics) == 0 {
		t.Topics = []string{"other"}
	}
	if t.Guardians, err = pickGuardian(c.Lang, f.with, k.Guardians); err != nil {
		return t, err
	}
	if t.Outcome == data.CallBack {
		t.CallBack = c.Now().Add(24 * time.Hour)
	}
	if len(f.by) > len(f.promises) {
		return t, &data.Invalid{Field: "promise", Why: data.WhyEmpty}
	}
	for i, text := range f.promises {
		p := data.Promise{Text: text}
		if i < len(f.by) {
			if p.Due, err = cal.ParseDue(f.by[i], c.Now.Today()); err != nil {
				return t, err
			}
		}
		t.Promises = append(t.Promises, p)
	}
	return t, nil
}

// pickGuardian is the one a word means: an id, a name, a relation in either
// language; without a word the one who is called first.
func pickGuardian(lang i18n.Lang, word string, gs []data.Guardian) ([]int64, error) {
	if word == "" {
		if first := data.Callable(gs); len(first) > 0 {
			return []int64{first[0].Person}, nil
		}
		return nil, nil
	}
	id, _ := strconv.ParseInt(word, 10, 64)
	for _, g := range gs {
		names := []string{g.Name, string(g.Relation), g.RelationText, i18n.Chinese.Relation(g.Relation), i18n.English.Relation(g.Relation),
			lang.Name(g.Name, "")}
		if g.Person == id || slices.Contains(names, word) {
			return []int64{g.Person}, nil
		}
	}
	return nil, &data.Invalid{Field: "with", Why: data.WhyUnknown}
}
