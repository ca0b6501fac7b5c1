package main

import (
	"cmp"
	"os"
	"slices"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/sshd/session"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	checkShort  = i18n.T("verify the database and the audit log", "检查数据库和日志")
	witnessFlag = i18n.T("a line of qiao audit head that was kept, or a file with some: is the log still the same?", "以前存下的 qiao audit head 那一行, 或存它的文件: 日志还是那份吗?")
	noWitness   = i18n.T("%s holds no line of qiao audit head", "%s 里没有 qiao audit head 的那一行")
	sound       = i18n.T("All is well", "一切正常")
	soundWith   = i18n.T("All is well, and the log is what %d witnesses say, the newest of row %d (%s)", "一切正常, 日志和 %d 份见证相符, 最新一份是第 %d 条 (%s)")
	soundWith1  = i18n.T("All is well, and the log is what the witness of row %d (%s) says", "一切正常, 日志和第 %d 条 (%s) 的见证相符")
	off         = i18n.T("%d things are off: put a backup back, and keep this file for whoever looks into it", "有 %d 处不对: 请恢复备份, 并留下这个文件备查")
	checkFile   = i18n.T("Checking the file", "正在检查文件")
	checkLog    = i18n.T("Checking the log: %d of %d rows", "正在检查日志: %d / %d 条")
)

// side is how many readers check the log beside one another.
const side = 2

func (p *program) check() *cobra.Command {
	var kept []string
	cmd := &cobra.Command{Use: "check", Short: p.Lang.Say(checkShort), Args: cobra.NoArgs}
	cmd.Flags().StringArrayVar(&kept, "witness", nil, p.Lang.Say(witnessFlag))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		var ws []data.Head
		for _, w := range kept {
			found, err := p.witnesses(w)
			if err != nil {
				return err
			}
			ws = append(ws, found...)
		}
		desk, err := p.console(cmd.Context())
		if err != nil {
			return err
		}
		found, err := p.verify(cmd, desk, ws)
		if err != nil {
			return err
		}
		p.List("off", found, p.soundness(ws))
		if len(found) > 0 {
			return &trouble{off.With(len(found)), nil}
		}
		return nil
	}
	return cmd
}

// soundness is what is said where nothing is off: that the witnesses fit, too.
func (p *program) soundness(ws []data.Head) string {
	if len(ws) == 0 {
		return p.Lang.Say(sound)
	}
	newest := slices.MaxFunc(ws, func(a, b data.Head) int { return cmp.Compare(a.ID, b.ID) })
	at := newest.At.In(data.China).Format(time.DateTime)
	if len(ws) == 1 {
		return p.Lang.Say(soundWith1, newest.ID, at)
	}
	return p.Lang.Say(soundWith, len(ws), newest.ID, at)
}

// verify looks at the file, the log and the witnesses, and says what goes on
// where it takes more than a second.
func (p *program) verify(cmd *cobra.Command, desk *store.Desk, ws []data.Head) (found []string, err error) {
	slow := session.After(time.Second, "check", func() { p.say(checkFile) })
	found, err = desk.CheckFile(cmd.Context())
	slow.Stop()
	if err != nil {
		return nil, err
	}
	told := time.Now()
	chain, err := desk.VerifyChain(cmd.Context(), side, func(done, total int64) {
		if time.Since(told) >= time.Second {
			told = time.Now()
			p.say(checkLog, done, total)
		}
	})
	if err != nil {
		return nil, err
	}
	breaks, err := desk.Witnessed(cmd.Context(), ws)
	for _, b := range append(chain.Breaks, breaks...) {
		found = append(found, p.Lang.Break(b))
	}
	return found, err
}

// witnesses reads the lines of an earlier audit head: as they are, or from a
// file.
func (p *program) witnesses(word string) ([]data.Head, error) {
	if found := data.Witnesses(word); len(found) > 0 {
		return found, nil
	}
	text, err := os.ReadFile(word)
	if err != nil {
		return nil, &trouble{noFile.With(word, err), err}
	}
	found := data.Witnesses(string(text))
	if len(found) == 0 {
		return nil, &trouble{noWitness.With(word), nil}
	}
	return found, nil
}
