package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ladder is who may import whom, lowest rung first. Packages on one rung do
// not know each other; a "*" stands for each package of a folder.
var ladder = []string{
	"data",
	"data/search data/sshkey", // what store needs besides; fuzzing them needs no driver
	"data/store data/almanac data/demo data/exchange tui/i18n tui/theme",
	"tui/kit",
	"tui/*", // the screens
	"tui",
	"sshd/command sshd/session tui/tuitest",
	"sshd",
	"cmd/*",
}

// homes narrows the ladder: only these may import that, in any version.
var homes = map[string]string{
	"qiao/data/store":                      "tui tui/tuitest sshd sshd/command cmd/*",
	"database/sql":                         "data/store",
	"modernc.org/sqlite":                   "data/store",
	"github.com/pressly/goose":             "data/store",
	"github.com/6tail/lunar-go":            "data/almanac",
	"github.com/xuri/excelize":             "data/exchange",
	"github.com/mozillazg/go-pinyin":       "data/search",
	"charm.land/ssh":                       "sshd/session",
	"charm.land/wish":                      "sshd",
	"charm.land/lipgloss":                  "tui tui/* tui/kit tui/theme",
	"charm.land/bubbles/v2/textinput":      "tui/kit",
	"github.com/charmbracelet/ultraviolet": "sshd/session",
	"github.com/anmitsu/go-shlex":          "sshd/session",
	"github.com/spf13/cobra":               "sshd/command cmd/*",
	"github.com/spf13/pflag":               "sshd/command cmd/*",
	"golang.org/x/crypto/ssh":              "data/sshkey sshd sshd/session cmd/*",
	"golang.org/x/term":                    "cmd/*",
	"github.com/mattn/go-runewidth":        "cmd/* tui/tuitest",
	"modernc.org/sqlite/lib":               "data/store",

	"golang.org/x/text/encoding/simplifiedchinese": "data/exchange",
	"golang.org/x/text/unicode/norm":               "data/search",
}

// place finds a package's rung and the name it goes by there.
func place(pkg string) (int, string) {
	for _, name := range []string{pkg, path.Dir(pkg) + "/*"} {
		if i := slices.IndexFunc(ladder, func(rung string) bool { return has(rung, name) }); i >= 0 {
			return i, name
		}
	}
	return -1, ""
}

func has(words, word string) bool { return slices.Contains(strings.Fields(words), word) }

func TestLadder(t *testing.T) {
	seen := false // else a module renamed leaves a test that finds nothing
	defer func() {
		if !seen {
			t.Error("no package imports another: is the module's name right?")
		}
	}()
	err := fs.WalkDir(os.DirFS("../.."), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path.Join("../..", file), nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		at, name := place(path.Dir(file))
		if at < 0 {
			t.Errorf("%s: its package has no rung yet", file)
		}
		for _, spec := range parsed.Imports {
			to, _ := strconv.Unquote(spec.Path.Value)
			own, ours := strings.CutPrefix(to, "qiao/")
			seen = seen || ours
			if under, _ := place(own); ours && under >= at {
				t.Errorf("%s imports %s, which is not on a lower rung", file, own)
			}
			if !ours && name == "data" && strings.Contains(to, ".") {
				t.Errorf("%s imports %s: data takes the standard library only", file, to)
			}
			for lib, home := range homes {
				if (to == lib || strings.HasPrefix(to, lib+"/v")) && !has(home, name) {
					t.Errorf("%s imports %s, which only %s may", file, to, home)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A panic on a goroutine ends the server for everybody, so all of them, and
// all timers that run something, start in one file, which recovers.
func TestEveryGoroutineHasANet(t *testing.T) {
	err := fs.WalkDir(os.DirFS("../.."), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") ||
			file == "sshd/session/guard.go" || strings.HasPrefix(file, "tui/tuitest/") {
			return err
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, path.Join("../..", file), nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			_, bare := n.(*ast.GoStmt)
			if f, ok := n.(*ast.SelectorExpr); ok && f.Sel.Name == "AfterFunc" {
				bare = true
			} else if ok && f.Sel.Name == "Go" { // a WaitGroup's; the store is below session, and starts its own in one place
				of, ok := f.X.(*ast.Ident)
				bare = !(ok && of.Name == "session") && file != "data/store/store.go"
			}
			if bare {
				t.Errorf("%v: use session.Go or session.After", fset.Position(n.Pos()))
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
