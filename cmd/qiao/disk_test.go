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
	for _, words := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"account", "list"}, {"check", "--json"}} {
		cmd := s.qiao(words...)
		out, _ := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "更新版本") {
			t.Errorf("%v: exit %d: %s", words, cmd.ProcessState.ExitCode(), out)
		}
	}
	if after, err := os.ReadFile(file); err != nil || string(after) != string(before) {
		t.Error("the file was changed", err)
	}
}

// mounted runs a shell script with qiao as $QIAO and an own small file system,
// mounted at $DISK, which is gone with the script. It needs no rights where the
// system lets anybody have a namespace of their own.
func mounted(t *testing.T, script string) string {
	t.Helper()
	if err := exec.Command("unshare", "-rm", "mount", "-t", "tmpfs", "none", t.TempDir()).Run(); err != nil {
		t.Skip("no file system can be mounted here:", err)
	}
	cmd := exec.Command("unshare", "-rm", "sh", "-c", `mount -t tmpfs -o size=4m none "$DISK" || exit 9; `+script)
	cmd.Env = append(os.Environ(), asQiao+"=1", "QIAO="+os.Args[0], "DISK="+t.TempDir(), "HOME="+t.TempDir(), "LC_ALL=zh_CN.UTF-8", "QIAO_DATA=",
		"GORACE=atexit_sleep_ms=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
	return string(out)
}

// On a full disk a save is refused with words that help, what was saved before
// stays, and all goes on once there is room.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	out := mounted(t, `
q() { "$QIAO" --data "$DISK/data" "$@"; echo "exit $?"; }
q init --school 示例
q account add --name 罗静 --role principal
dd if=/dev/zero of="$DISK/rest" bs=4k 2>/dev/null
for i in 1 2 3 4 5 6; do q account add --name 宁小舟 --role principal; done
q account list
rm "$DISK/rest"
q account add --name 丁一川 --role principal
q check
`)
	parts := strings.Split(out, "exit ")
	if !strings.Contains(out, "满了") || !strings.Contains(parts[len(parts)-1], "0\n") || !strings.Contains(out, "一切正常") || !strings.Contains(out, "dingyichuan") {
		t.Error(out)
	}
	if strings.Contains(out, "panic") || strings.Contains(out, "goroutine") {
		t.Error(out)
	}
}

// A folder on a disk that is mounted read-only: every command says so, and how
// to go on.
func TestReadOnlyDisk(t *testing.T) {
	t.Parallel()
	out := mounted(t, `
q() { "$QIAO" --data "$DISK/data" "$@"; echo "exit $?"; }
q init --school 示例 >/dev/null 2>&1
mount -o remount,ro "$DISK"
q serve --listen 127.0.0.1:0
q account add --name 罗静 --role principal
"$QIAO" --data "$DISK/other" init --school 别的; echo "exit $?"
`)
	if strings.Count(out, "exit 1") != 3 || strings.Count(out, "写") < 3 || strings.Contains(out, "panic") {
		t.Error(out)
	}
}
