package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The driver works with exactly the libc that its own go.mod names; go get -u
// would move it.
func TestLibcIsTheDrivers(t *testing.T) {
	list := func(format, module string) string {
		out, err := exec.Command("go", "list", "-m", "-f", format, module).Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(out))
	}
	mod, err := os.ReadFile(filepath.Join(list("{{.Dir}}", "modernc.org/sqlite"), "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`modernc\.org/libc (v\S+)`).FindSubmatch(mod)
	if m == nil {
		t.Fatal("the driver's go.mod names no libc")
	}
	if got := list("{{.Version}}", "modernc.org/libc"); got != string(m[1]) {
		t.Errorf("modernc.org/libc is %s, the driver wants %s", got, m[1])
	}
}
