package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
)

// serversOwn are names that reach for the server's terminal, clipboard or
// processes, where a session means its client's. Each is only for the packages
// named with it.
var serversOwn = map[string]string{
	"tea.Exec": "", "tea.ExecProcess": "", "tea.Suspend": "", "tea.ReadClipboard": "", "tea.ReadPrimaryClipboard": "", "tea.Println": "", "tea.Printf": "",
	"tea.NewProgram": "sshd/session",
	"lipgloss.Print": "", "lipgloss.Println": "", "lipgloss.Printf": "", "lipgloss.Writer": "", "lipgloss.HasDarkBackground": "", "lipgloss.BackgroundColor": "",
	"fmt.Print": "", "fmt.Println": "", "fmt.Printf": "", "fmt.Scan": "", "fmt.Scanln": "",
	"os.Stdin": "cmd/qiao", "os.Stdout": "cmd/qiao", "os.Stderr": "cmd/qiao", "log.Print": "", "log.Println": "", "log.Printf": "",
	"exec.Command": "", "exec.CommandContext": "", "wish.Print": "", "wish.Println": "",
}

// strangers may not be imported: their variables ask the server's terminal as
// the program starts, or they read its clipboard.
var strangers = []string{"charm.land/lipgloss/v2/compat", "github.com/atotto/clipboard", "charm.land/bubbles/v2/textinput", "charm.land/bubbles/v2/textarea",
	"charm.land/wish/v2/bubbletea"}

func TestNothingOfTheServersOwn(t *testing.T) {
	files := 0
	err := fs.WalkDir(os.DirFS("../.."), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, path.Join("../..", file), nil, 0)
		if err != nil {
			return err
		}
		files++
		for _, spec := range parsed.Imports {
			for _, lib := range strangers {
				if spec.Path.Value == `"`+lib+`"` {
					t.Errorf("%s imports %s", file, lib)
				}
			}
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			of, ok := sel.X.(*ast.Ident)
			if !ok {
				return true
			}
			home, listed := serversOwn[of.Name+"."+sel.Sel.Name]
			if listed && home != path.Dir(file) {
				t.Errorf("%v: %s.%s is the server's own", fset.Position(n.Pos()), of.Name, sel.Sel.Name)
			}
			return true
		})
		return nil
	})
	if err != nil || files < 100 {
		t.Fatal(files, err)
	}
}
