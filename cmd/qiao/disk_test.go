package main

import (
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Data of a newer version are left alone, and the person is told which program
// to use.
func TestNewerData(t *testing.T) {
	t.Parallel()
	s := &school{t: t, dir: filepath.Join(t.TempDir(), "data"), home: t.TempDir()}
	if out, err := s.qiao("init", "--school", "示例").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	file := filepath.Join(s.dir, "qiao.db")
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for lang, says := range map[string]string{"zh_CN.UTF-8": "请用新版本, 什么都没动", "en_US.UTF-8": "use that version, nothing was changed"} {
		for _, words := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"account", "list"}, {"check", "--json"}} {
			cmd := s.qiao(words...)
			cmd.Env = append(cmd.Env, "LC_ALL="+lang)
			out, _ := cmd.CombinedOutput()
			if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), says) {
				t.Errorf("%v: exit %d: %s", words, cmd.ProcessState.ExitCode(), out)
			}
		}
	}
	if after, err := os.ReadFile(file); err != nil || string(after) != string(before) {
		t.Error("the file was changed", err)
	}
}

// script runs a shell script with qiao as $QIAO, in a language, and with what
// must stand before it, "unshare -rm".
func script(t *testing.T, lang, before, text string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", "exec "+before+` sh -c "$TEXT"`)
	cmd.Env = append(os.Environ(), asQiao+"=1", "QIAO="+os.Args[0], "DISK="+t.TempDir(), "HOME="+t.TempDir(), "LC_ALL="+lang, "QIAO_DATA=",
		"GORACE=atexit_sleep_ms=0", `TEXT=q() { "$QIAO" --data "$DISK/data" "$@"; echo "exit $?"; }`+"\n"+text)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
	if strings.Contains(string(out), "panic") || strings.Contains(string(out), "goroutine ") {
		t.Errorf("%s", out)
	}
	return string(out)
}

// On a full disk a save is refused with words that help, what was saved before
// stays, and all goes on once there is room. The disk is a small one of its own
// where the system lets anybody mount that; elsewhere, and besides, files may
// not grow, as with a quota.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	work := `
q init --school 示例
q account add --name 罗静 --role principal
fill
for i in 1 2 3 4 5 6; do q account add --name 宁小舟 --role principal; done
q account list
free
q account add --name 丁一川 --role principal
q check
`
	quota := "fill() { ulimit -S -f $1; }; free() { ulimit -S -f unlimited; };"
	ways := map[string]string{
		"quota":      strings.Replace(quota, "$1", "64", 1), // blocks of 512 bytes, of which -shm takes all
		"quota, log": strings.Replace(quota, "$1", "80", 1), // the log finds some room, then none
	}
	if exec.Command("unshare", "-rm", "mount", "-t", "tmpfs", "none", t.TempDir()).Run() == nil {
		ways["disk"] = `mount -t tmpfs -o size=4m none "$DISK" || exit 9
fill() { dd if=/dev/zero of="$DISK/rest" bs=4k 2>/dev/null; }; free() { rm "$DISK/rest"; };`
	}
	for name, way := range ways {
		for lang, says := range map[string][]string{"zh_CN.UTF-8": {"满了", "写不进", "一切正常"}, "en_US.UTF-8": {"full", "cannot be written", "cannot write", "All is well"}} {
			before := ""
			if name == "disk" {
				before = "unshare -rm"
			}
			out := script(t, lang, before, way+work)
			told := 0
			for _, words := range says[:len(says)-1] {
				told += strings.Count(out, words)
			}
			parts := strings.Split(out, "exit ")
			if told == 0 || strings.Contains(out, "程序出错") || strings.Contains(out, "Something broke") ||
				!strings.Contains(parts[len(parts)-1], "0\n") || !strings.Contains(out, says[len(says)-1]) || !strings.Contains(out, "dingyichuan") {
				t.Errorf("%s: %s", name, out)
			}
		}
	}
}

// A folder that may be read only: every command says so, and how to go on. Root
// may write everywhere, so it gives that right up first.
func TestReadOnlyFolder(t *testing.T) {
	t.Parallel()
	before := ""
	if os.Getuid() == 0 {
		before = "setpriv --bounding-set=-dac_override,-dac_read_search"
	}
	for lang, says := range map[string][]string{"zh_CN.UTF-8": {"写不进去", "不能建或不能写"}, "en_US.UTF-8": {"cannot be written: check", "cannot be made or written"}} {
		out := script(t, lang, before, `
q init --school 示例 >/dev/null 2>&1
chmod 0400 "$DISK/data/"*; chmod 0500 "$DISK/data" "$DISK"
q serve --listen 127.0.0.1:0
q account add --name 罗静 --role principal
"$QIAO" --data "$DISK/other" init --school 别的; echo "exit $?"
chmod 0700 "$DISK" "$DISK/data"; chmod 0600 "$DISK/data/"*
q account list
`)
		if strings.Count(out, "exit 1\n") != 3 || strings.Count(out, says[0]) != 2 || !strings.Contains(out, says[1]) || !strings.HasSuffix(out, "exit 0\n") {
			t.Error(out)
		}
	}
}
