package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
)

var (
	noSchool   = i18n.T("There is no school in %s: make one with qiao init --school NAME, or try qiao demo", "%s 里还没有学校: 先 qiao init --school 校名, 或试 qiao demo")
	cannotMake = i18n.T("%s cannot be made or written: choose another folder with --data (%v)", "%s 不能建或不能写: 用 --data 换一个文件夹 (%v)")
	newer      = i18n.T("The data in %s were written by a newer qiao: use that version, nothing was changed", "%s 是更新版本的 qiao 写的: 请用新版本, 什么都没动")
	readOnly   = i18n.T("%s cannot be written: check its owner and the disk, nothing was changed (%v)", "%s 写不进去: 看看属主和磁盘, 什么都没动 (%v)")
	diskFull   = i18n.T("The disk that holds %s is full: free some space and start again, nothing that was saved is lost", "%s 所在的磁盘满了: 腾出空间再启动, 已存的都在")
	broken     = i18n.T("%s cannot be opened as a database: put a backup back (%v)", "%s 打不开: 请恢复备份 (%v)")
	held       = i18n.T("Another server holds %s (%s): end it first, or choose another folder with --data", "%s 已被另一个服务占用 (%s): 先停掉它, 或用 --data 换文件夹")
)

// A trouble is something that the person at the console can mend; it says how.
type trouble struct {
	said i18n.Phrase
	err  error
}

func (t *trouble) Error() string       { return t.said.English() }
func (t *trouble) Said() i18n.Phrase   { return t.said }
func (t *trouble) Unwrap() error       { return t.err }
func (p *program) noSchool() error     { return &trouble{noSchool.With(p.dir), nil} }
func locked(f *os.File, how int) error { return syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB) }

// opening says what is the matter with a database that does not open.
func (p *program) opening(err error) error {
	switch {
	case errors.Is(err, store.ErrNewer):
		return &trouble{newer.With(p.dir), err}
	case errors.Is(err, data.ErrFull), errors.Is(err, syscall.ENOSPC):
		return &trouble{diskFull.With(p.dir), err}
	case errors.Is(err, data.ErrReadOnly), errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return &trouble{readOnly.With(p.dir, err), err}
	}
	return &trouble{broken.With(p.file(), err), err}
}

// makeFolder makes the data folder, for the service's own user alone.
func (p *program) makeFolder() error {
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return &trouble{cannotMake.With(p.dir, err), err}
	}
	return nil
}

// hold takes the folder for one server. The lock is the system's and goes with
// the process, however it ends; what stands in the file is for people.
func (p *program) hold(listen string) (release func(), err error) {
	name := filepath.Join(p.dir, "qiao.lock")
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, &trouble{readOnly.With(p.dir, err), err}
	}
	if err := locked(f, syscall.LOCK_EX); err != nil {
		who, _ := os.ReadFile(name)
		_ = f.Close()
		return nil, &trouble{held.With(p.dir, strings.TrimSpace(string(who))), err}
	}
	if err = f.Truncate(0); err == nil {
		_, err = fmt.Fprintf(f, "pid %d, %s, since %s\n", os.Getpid(), listen, time.Now().Format("2006-01-02 15:04"))
	}
	if err != nil {
		_ = f.Close()
		return nil, p.opening(err)
	}
	return func() { _ = f.Close() }, nil
}

// holder is what the lock says of the server that holds the folder, if one does.
func (p *program) holder() (who string, held bool) {
	f, err := os.Open(filepath.Join(p.dir, "qiao.lock"))
	if err != nil {
		return "", false
	}
	defer func() { _ = f.Close() }()
	if locked(f, syscall.LOCK_SH) == nil {
		return "", false
	}
	text, _ := os.ReadFile(f.Name()) // who holds it wrote it; without, there is nothing to say
	return string(text), true
}
