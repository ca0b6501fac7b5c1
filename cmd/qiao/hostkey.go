package main

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/sshd"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
	"golang.org/x/crypto/ssh"
)

var (
	hostkeyShort = i18n.T("the server's key, and how to change it without a warning for anybody", "服务器的钥匙, 和怎么换才没人看到警告")
	rotateShort  = i18n.T("make the next key: whoever logs in learns of it", "做下一把: 谁登录谁就认得它")
	promoteShort = i18n.T("use the next key from now on", "从现在起用下一把")
	forceFlag    = i18n.T("even if some have not logged in since it was made", "有人还没登录过也换")
	keyNow       = i18n.T("now", "现用")
	keyNext      = i18n.T("next", "下一把")
	keyLast      = i18n.T("last", "上一把")
	colPlace     = i18n.T("key", "钥匙")
	colMade      = i18n.T("made", "做于")
	colPrint     = i18n.T("fingerprint", "指纹")
	noHostKey    = i18n.T("%s is not there yet: the first start of qiao serve makes it", "还没有 %s: 第一次 qiao serve 会做")
	noNext       = i18n.T("There is no next key: make it with qiao hostkey rotate", "没有下一把: 先 qiao hostkey rotate")
	hasNext      = i18n.T("There is a next key already, made at %s: qiao hostkey promote", "已有下一把, 做于 %s: qiao hostkey promote")
	rotated      = i18n.T("%s is the next key. Whose ssh has UpdateHostKeys (OpenSSH 8.5 and later by itself) knows it after one login; in some weeks: qiao hostkey promote", "%s 是下一把。ssh 开着 UpdateHostKeys 的 (OpenSSH 8.5 起默认) 登录一次就认得; 过几周再 qiao hostkey promote")
	sawNext      = i18n.T("%d of %d people with keys have logged in since it was made", "%d / %d 个有公钥的人在它之后登录过")
	notAll       = i18n.T("%d of %d people with keys have not logged in since the next key was made, and would see a warning: wait, or use --force", "%d / %d 个有公钥的人还没见过下一把, 换了会看到警告: 再等等, 或加 --force")
	promoted     = i18n.T("%s is the key now; a server that runs uses it for the next connection. The one before stays as %s", "现在用 %s; 正在运行的服务从下一个连接起用它。上一把留在 %s")
)

func (p *program) hostKeyFile() string { return filepath.Join(p.dir, "host_ed25519") }

// hostkey is the command hostkey with its verbs; by itself it lists the keys.
func (p *program) hostkey() *cobra.Command {
	root := &cobra.Command{Use: "hostkey", Short: p.Lang.Say(hostkeyShort), Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return p.listHostKeys(cmd)
	}}
	rotate := &cobra.Command{Use: "rotate", Short: p.Lang.Say(rotateShort), Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		return p.rotate()
	}}
	force := false
	promote := &cobra.Command{Use: "promote", Short: p.Lang.Say(promoteShort), Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return p.promote(cmd, force)
	}}
	promote.Flags().BoolVar(&force, "force", false, p.Lang.Say(forceFlag))
	p.Add(root, rotate, promote)
	return root
}

// publicKey is the fingerprint of the private key in a file, and when it was
// made; "" if it is not there.
func publicKey(file string) (fingerprint string, made time.Time, err error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return "", made, nil
	}
	if err != nil {
		return "", made, err
	}
	key, err := ssh.ParsePrivateKey(text)
	if err != nil {
		return "", made, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return "", made, err
	}
	return ssh.FingerprintSHA256(key.PublicKey()), info.ModTime(), nil
}

func (p *program) listHostKeys(cmd *cobra.Command) error {
	type one struct {
		Place       string `json:"place"`
		Fingerprint string `json:"fingerprint"`
		Made        string `json:"made"`
	}
	out := struct {
		Keys []one `json:"keys"`
		Seen *int  `json:"seen,omitempty"`
		Of   *int  `json:"of,omitempty"`
	}{Keys: []one{}}
	var rows [][]string
	for i, file := range []string{p.hostKeyFile(), sshd.NextHostKey(p.hostKeyFile()), sshd.LastHostKey(p.hostKeyFile())} {
		print, made, err := publicKey(file)
		if err != nil {
			return &trouble{noFile.With(file, err), err}
		}
		if print == "" {
			continue
		}
		out.Keys = append(out.Keys, one{[]string{"now", "next", "last"}[i], print, made.In(data.China).Format(time.RFC3339)})
		rows = append(rows, []string{p.Lang.Say([]i18n.Phrase{keyNow, keyNext, keyLast}[i]), print, made.In(data.China).Format("2006-01-02")})
		if i == 1 {
			who, err := p.seen(cmd, made)
			if err != nil {
				return err
			}
			out.Seen, out.Of = &who.Since, &who.All
		}
	}
	if len(rows) == 0 {
		return &trouble{noHostKey.With(p.hostKeyFile()), nil}
	}
	p.Table(out, []i18n.Phrase{colPlace, colPrint, colMade}, rows)
	if out.Seen != nil {
		p.say(sawNext, *out.Seen, *out.Of)
	}
	return nil
}

func (p *program) seen(cmd *cobra.Command, since time.Time) (store.Visitors, error) {
	desk, err := p.console(cmd.Context())
	if err != nil {
		return store.Visitors{}, err
	}
	return desk.Visitors(cmd.Context(), p.now().Add(-time.Since(since))) // a demo's clock is not the file's
}

func (p *program) rotate() error {
	if print, _, err := publicKey(p.hostKeyFile()); err != nil || print == "" {
		return &trouble{noHostKey.With(p.hostKeyFile()), err}
	}
	next := sshd.NextHostKey(p.hostKeyFile())
	if print, made, err := publicKey(next); err != nil || print != "" {
		return &trouble{hasNext.With(made.In(data.China).Format("2006-01-02")), err}
	}
	key, err := keyPair(next, "qiao host key")
	if err != nil {
		return &trouble{cannotMake.With(next, err), err}
	}
	p.say(rotated, key.Fingerprint)
	return nil
}

func (p *program) promote(cmd *cobra.Command, force bool) error {
	print, made, err := publicKey(sshd.NextHostKey(p.hostKeyFile()))
	if err != nil || print == "" {
		return &trouble{noNext, err}
	}
	who, err := p.seen(cmd, made)
	if err != nil {
		return err
	}
	if who.Since < who.All && !force {
		return &trouble{notAll.With(who.All-who.Since, who.All), nil}
	}
	if err := sshd.PromoteHostKey(p.hostKeyFile()); err != nil {
		return &trouble{readOnly.With(p.dir, err), err}
	}
	p.say(promoted, print, sshd.LastHostKey(p.hostKeyFile()))
	return nil
}
