package main

import (
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/sshd"
	"qiao/tui/i18n"

	"github.com/spf13/cobra"
)

var (
	doctorShort = i18n.T("look at files, clock, disk, address and keys, and say what to do", "看看文件、时钟、磁盘、地址和钥匙, 说该做什么")

	ofFiles          = i18n.T("files", "文件")
	ofDisk           = i18n.T("disk", "磁盘")
	ofAddress        = i18n.T("address", "地址")
	ofHostKey        = i18n.T("host key", "主机钥匙")
	ofBackup         = i18n.T("backup", "备份")
	ofDatabase       = i18n.T("database", "数据库")
	ofClock          = i18n.T("clock", "时钟")
	ofAdministrators = i18n.T("administrators", "管理员")
	ofKeys           = i18n.T("keys", "公钥")
	ofAuthorities    = i18n.T("authorities", "签发机构")
	isOK             = i18n.T("ok   ", "好   ")
	isNote           = i18n.T("note ", "提醒 ")
	isBad            = i18n.T("do   ", "要做 ")

	filesFine   = i18n.T("the folder and what is in it are its owner's alone", "文件夹和里面的文件只有属主能读")
	filesOpen   = i18n.T("%s can be read by others (%s)", "%s 别人也能读 (%s)")
	filesDo     = i18n.T("chmod %s %s", "chmod %s %s")
	filesMiss   = i18n.T("%s cannot be looked at (%v)", "%s 看不了 (%v)")
	filesMissDo = i18n.T("run it as the user who serves", "用提供服务的那个用户运行")

	dataFine   = i18n.T("the database opens", "数据库能打开")
	dataMissDo = i18n.T("qiao check says more; then put a backup back", "先 qiao check, 再恢复备份")

	clockFine = i18n.T("the clock shows %s", "时钟是 %s")
	clockBack = i18n.T("the clock shows %s, but the log has a row of %s: it was set back", "时钟是 %s, 日志里却有 %s 的记录: 时钟被拨回去了")
	clockDo   = i18n.T("set it right (timedatectl set-ntp true): rights, deadlines and codes go by it", "校准它 (timedatectl set-ntp true): 权限、期限、邀请码都按它算")

	diskFine   = i18n.T("%s free for %s of data", "剩 %s, 数据 %s")
	diskTight  = i18n.T("only %s are free for %s of data", "只剩 %s, 数据有 %s")
	diskDo     = i18n.T("free some: less than 1 GB, or than twice the data, is too little for a backup", "腾出空间: 不到 1 GB 或数据的两倍, 备份都放不下")
	walLong    = i18n.T("qiao.db-wal has grown to %s", "qiao.db-wal 已长到 %s")
	walDo      = i18n.T("restart the server when nobody is inside; if it comes back, tell whoever looks after qiao", "没人的时候重启服务; 再长就告诉维护 qiao 的人")
	notServed  = i18n.T("nobody serves this folder now", "现在没有服务在用这个文件夹")
	onlyHere   = i18n.T("served on %s: this machine alone can connect", "服务在 %s: 只有本机能连")
	onlyHereDo = i18n.T("for others: qiao serve --listen 0.0.0.0:2222", "要给别人用: qiao serve --listen 0.0.0.0:2222")
	fromAfar   = i18n.T("served on %s: whoever reaches this machine can try to log in", "服务在 %s: 能连到本机的人都能试着登录")
	fromAfarDo = i18n.T("nothing, if that is meant; a firewall can keep it to the school's network", "有意如此就不用做; 可用防火墙限在校园网里")

	adminsFine = i18n.T("%d administrators have keys", "%d 个管理员有公钥")
	adminsOne  = i18n.T("only one administrator has a key", "只有一个管理员有公钥")
	adminsOneD = i18n.T("make a second one: who loses the only key locks the school out", "再加一个: 唯一的钥匙丢了, 谁也管不了账号")
	adminsNone = i18n.T("no administrator has a key", "没有管理员有公钥")
	adminsDo   = i18n.T("qiao account add --name NAME --role admin --key-file FILE", "qiao account add --name 姓名 --role admin --key-file 文件")

	keysFine  = i18n.T("no key is past its year", "没有用过一年以上的公钥")
	keyOld    = i18n.T("the key %s of %s was bound on %s", "公钥 %s (%s 的) 绑于 %s")
	keyOldDo  = i18n.T("have a new one made, bind it, then: qiao account key remove %s", "请本人换新的, 绑好后: qiao account key remove %s")
	keyUnused = i18n.T("nobody has come with the key %s of %s since %s", "公钥 %s (%s 的) 从 %s 起没用过")
	keyDrop   = i18n.T("qiao account key remove %s", "qiao account key remove %s")

	caFine    = i18n.T("no authority ends within 30 days", "30 天内没有到期的签发机构")
	caEnds    = i18n.T("the authority %s ends on %s: its certificates let nobody in after that", "签发机构 %s 到 %s 为止, 之后它的证书都不能登录")
	caDo      = i18n.T("qiao account ca: add the one that follows, or remove it", "qiao account ca: 加下一个, 或去掉它")
	hostFine  = i18n.T("no change of the host key waits", "没有在等的主机钥匙更换")
	hostWaits = i18n.T("the next host key has been waiting since %s", "下一把主机钥匙从 %s 等到现在")
	hostDo    = i18n.T("qiao hostkey, then qiao hostkey promote", "qiao hostkey 看看, 再 qiao hostkey promote")

	backupFine = i18n.T("the newest backup is of %s", "最新的备份是 %s")
	backupNone = i18n.T("there is no backup in %s", "%s 里没有备份")
	backupOld  = i18n.T("the newest backup is of %s", "最新的备份还是 %s")
	backupDo   = i18n.T("copy the whole folder while the server is stopped, to another disk, encrypted", "停下服务, 把整个文件夹拷到另一块盘上, 要加密")

	wellFine = i18n.T("Nothing has to be done", "没有要做的事")
	wellBad  = i18n.T("To be done: %d", "有 %d 件事要做")
)

// A finding is one thing that doctor looked at. State is ok, note (worth
// knowing) or bad (to be done).
type finding struct {
	state             i18n.Phrase
	check, said, todo i18n.Phrase
}

// An examination gathers findings.
type examination struct {
	*program
	found []finding
}

func (e *examination) ok(check, said i18n.Phrase) {
	e.found = append(e.found, finding{isOK, check, said, i18n.Phrase{}})
}

func (e *examination) note(check, said, todo i18n.Phrase) {
	e.found = append(e.found, finding{isNote, check, said, todo})
}

func (e *examination) bad(check, said, todo i18n.Phrase) {
	e.found = append(e.found, finding{isBad, check, said, todo})
}

// fine says that a check is ok if nothing was found since.
func (e *examination) fine(check i18n.Phrase, since int, said i18n.Phrase) {
	if len(e.found) == since {
		e.ok(check, said)
	}
}

// doctor is the command doctor. It changes nothing, and ends with 1 where there
// is something to do.
func (p *program) doctor() *cobra.Command {
	return &cobra.Command{Use: "doctor", Short: p.Lang.Say(doctorShort), Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		if _, err := os.Stat(p.file()); os.IsNotExist(err) {
			return p.noSchool()
		}
		e := &examination{program: p}
		e.files()
		e.disk()
		e.address()
		e.hostKey()
		e.backups()
		desk, err := p.console(cmd.Context())
		if err == nil {
			var h store.Health
			if h, err = desk.Health(cmd.Context()); err == nil {
				e.ok(ofDatabase, dataFine)
				e.clock(h)
				e.people(h)
			}
		}
		if err != nil {
			e.bad(ofDatabase, broken.With(p.file(), err), dataMissDo)
		}
		return e.report()
	}}
}

func (e *examination) report() error {
	type line struct {
		Check string `json:"check"`
		State string `json:"state"`
		Said  string `json:"said"`
		Do    string `json:"do,omitempty"`
	}
	out, bad := []line{}, 0
	var lines []string
	for _, f := range e.found {
		state := strings.TrimSpace(f.state.English())
		if f.state == isBad {
			state = "bad"
			bad++
		}
		l := line{strings.ReplaceAll(f.check.English(), " ", "_"), state, e.Lang.Say(f.said), e.Lang.Say(f.todo)}
		out = append(out, l)
		lines = append(lines, e.Lang.Say(f.state)+e.Lang.Say(f.check)+": "+l.Said)
		if l.Do != "" {
			lines = append(lines, "     > "+l.Do)
		}
	}
	e.Lines(map[string]any{"checks": out, "bad": bad}, lines)
	if bad > 0 {
		return &trouble{wellBad.With(bad), nil}
	}
	e.say(wellFine)
	return nil
}

// files looks at who else may read what is in the folder.
func (e *examination) files() {
	n := len(e.found)
	look := func(name, mode string, most fs.FileMode) {
		info, err := os.Lstat(name)
		switch {
		case os.IsNotExist(err):
		case err != nil:
			e.bad(ofFiles, filesMiss.With(name, err), filesMissDo)
		case info.Mode().Perm()&^most != 0:
			e.bad(ofFiles, filesOpen.With(name, info.Mode().Perm()), filesDo.With(mode, quote(name)))
		}
	}
	look(e.dir, "700", 0o700)
	for _, name := range []string{"qiao.db", "qiao.db-wal", "qiao.db-shm", "host_ed25519", "host_ed25519.next", "host_ed25519.last"} {
		look(filepath.Join(e.dir, name), "600", 0o600)
	}
	for _, dir := range []string{"keys", "backups", "files"} {
		look(filepath.Join(e.dir, dir), "700", 0o700)
		inside, _ := os.ReadDir(filepath.Join(e.dir, dir)) // that it cannot be read, its mode says
		for _, f := range inside {
			if !f.IsDir() && !strings.HasSuffix(f.Name(), ".pub") {
				look(filepath.Join(e.dir, dir, f.Name()), "600", 0o600)
			}
		}
	}
	e.fine(ofFiles, n, filesFine)
}

// size is a file's bytes; the database's files are never opened here.
func size(name string) int64 {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return info.Size()
}

func (e *examination) disk() {
	wal := size(e.file() + "-wal")
	held := size(e.file()) + wal
	var room syscall.Statfs_t
	if err := syscall.Statfs(e.dir, &room); err == nil {
		free := int64(room.Bavail) * int64(room.Bsize) //nolint:unconvert // of another width on other systems
		if free < max(1<<30, 2*held) {
			e.bad(ofDisk, diskTight.With(e.Lang.Bytes(int(free)), e.Lang.Bytes(int(held))), diskDo)
		} else {
			e.ok(ofDisk, diskFine.With(e.Lang.Bytes(int(free)), e.Lang.Bytes(int(held))))
		}
	}
	if wal > 256<<20 {
		e.bad(ofDisk, walLong.With(e.Lang.Bytes(int(wal))), walDo)
	}
}

// address is where the folder is served now, as its lock says.
func (e *examination) address() {
	text, ok := e.holder()
	if !ok {
		e.ok(ofAddress, notServed)
		return
	}
	var pid int
	var at string
	if n, _ := fmt.Sscanf(text, "pid %d, %s", &pid, &at); n < 2 {
		return
	}
	at = strings.TrimSuffix(at, ",")
	host, _, _ := net.SplitHostPort(at)
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		e.note(ofAddress, onlyHere.With(at), onlyHereDo)
	} else {
		e.note(ofAddress, fromAfar.With(at), fromAfarDo)
	}
}

func (e *examination) hostKey() {
	info, err := os.Stat(sshd.NextHostKey(e.hostKeyFile()))
	switch {
	case err != nil:
		e.ok(ofHostKey, hostFine)
	case time.Since(info.ModTime()) > 90*24*time.Hour:
		e.bad(ofHostKey, hostWaits.With(day(info.ModTime())), hostDo)
	default:
		e.note(ofHostKey, hostWaits.With(day(info.ModTime())), hostDo)
	}
}

// backups looks at the newest file in the folder of backups.
func (e *examination) backups() {
	dir := filepath.Join(e.dir, "backups")
	var newest time.Time
	inside, _ := os.ReadDir(dir) // that it is not there is an answer, too
	for _, f := range inside {
		if info, err := f.Info(); err == nil && info.Mode().IsRegular() && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
	}
	switch {
	case newest.IsZero():
		e.note(ofBackup, backupNone.With(dir), backupDo)
	case time.Since(newest) > 48*time.Hour:
		e.bad(ofBackup, backupOld.With(day(newest)), backupDo)
	default:
		e.ok(ofBackup, backupFine.With(moment(newest)))
	}
}

func (e *examination) clock(h store.Health) {
	now := e.now()
	if h.Newest.After(now.Add(time.Minute)) {
		e.bad(ofClock, clockBack.With(moment(now), moment(h.Newest)), clockDo)
	} else {
		e.ok(ofClock, clockFine.With(moment(now)))
	}
}

// people looks at those who may come in: administrators, keys, authorities.
func (e *examination) people(h store.Health) {
	switch h.Admins {
	case 0:
		e.bad(ofAdministrators, adminsNone, adminsDo)
	case 1:
		e.note(ofAdministrators, adminsOne, adminsOneD)
	default:
		e.ok(ofAdministrators, adminsFine.With(h.Admins))
	}
	n := len(e.found)
	unused := map[string]bool{}
	for _, k := range h.Unused {
		unused[k.Fingerprint] = true
		since := k.LastUsed
		if since.IsZero() {
			since = k.Added
		}
		e.bad(ofKeys, keyUnused.With(k.Fingerprint, k.Name, day(since)), keyDrop.With(k.Fingerprint))
	}
	for _, k := range h.Old {
		if !unused[k.Fingerprint] {
			e.bad(ofKeys, keyOld.With(k.Fingerprint, k.Name, day(k.Added)), keyOldDo.With(k.Fingerprint))
		}
	}
	e.fine(ofKeys, n, keysFine)
	n = len(e.found)
	for _, a := range h.Ending {
		e.bad(ofAuthorities, caEnds.With(data.Line(a.Name), a.Until), caDo)
	}
	e.fine(ofAuthorities, n, caFine)
}

func day(t time.Time) string    { return t.In(data.China).Format("2006-01-02") }
func moment(t time.Time) string { return t.In(data.China).Format("2006-01-02 15:04") }
