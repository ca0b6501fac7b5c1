package command

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/tuitest"

	"github.com/spf13/cobra"
)

// asked is what is said of each word, to see what its answer holds. A word that
// is not here has no test of rights: TestEveryWordIsAsked fails.
var asked = map[string][]string{
	"whoami": {"whoami"}, "version": {"version"}, "help": {"help"},
	"find":        {"find 瑀珂", "find 琤珞", "find 欧阳", "find 007718", "find 3.2", "find 5.1 --all", "find 瑀珂 --flags"},
	"card":        {"card 20240211", "card 20220112", "card 瑀珂名", "card 琤珞名"},
	"contacts":    {"contacts 20240211", "contacts 20220112"},
	"roster":      {"roster 3.2", "roster 5.1", "roster 3.2 --flags", "roster 5.1 --flags"},
	"meetings":    {"meetings", "meetings --coming", "meetings --past --class 3.2", "meetings --mine"},
	"meeting":     {"meeting 1", "meeting 2", "meeting 3", "meeting 2026-家-04"},
	"minutes":     {"minutes 1", "minutes 3 --version full", "minutes 1 --version full --format markdown", "minutes 2"},
	"resolutions": {"resolutions", "resolutions --mine --open", "resolutions --class 3.2"},
	"topic":       {"topic 2 作业", "topic 4 作业"},
	"due":         {"due", "due --class 3.2", "due --class 5.1", "due --within 90d"},
	"log":         {"log 20240211 --kind call --outcome no-answer", "log 20220112 --kind call --outcome no-answer --incoming", "log 瑀珂名 --kind letter"},
	"account":     {"account list", "account sessions", "account ca list"},
	"import":      {"import roster -"},
	"setting":     {"setting list"},
	"audit":       {"audit list --all", "audit list --student 20240211", "audit list --student 20220112", "audit head", "audit looked 20240211"},
	"looked":      {"looked 20240211", "looked 20220112", "looked 瑀珂名", "looked 琤珞名"},
	"export": {"export audit --purpose x", "export audit --purpose x --kind look", "export minutes 1 --format txt", "export minutes 3 --format md --version full",
		"export signin 1 --format txt", "export signin 3 --format txt", "export meetings", "export meetings --format csv --class 3.2"},
	"put": {"put 名单.csv", "put 名单.csv --remove"}, "get": {"get", "get 名单.csv"},
	// Without a reason they give nobody anything: TestEntrustWords says the rest.
	"emergency": {"emergency 瑀珂名", "emergency 20220112"},
	"totals":    {"totals"},
	"lend":      {"lend --list", "lend 3.2 user5 --until fri"},
	"release":   {"release 20240211 user1", "release 20220112 user1"},
}

// answer says words as somebody and gives all that is printed, for people, for
// pipes and as JSON, in both languages.
func answer(t *testing.T, db *store.DB, who int64, line string) string {
	t.Helper()
	var all bytes.Buffer
	for _, form := range []struct {
		lang i18n.Lang
		cols int
		more string
	}{{i18n.Chinese, 0, ""}, {i18n.English, 120, ""}, {i18n.Chinese, 0, " --json"}} {
		c := Call{Lang: form.lang, In: strings.NewReader("学号,姓名,班级\n20240299,瑀珂新,3.2\n"), Out: &all, Err: &all, Cols: form.cols, Now: tuitest.Clock,
			Read: func(string) ([]byte, error) { return nil, data.ErrForbidden },
			Desk: func(context.Context) (*store.Desk, error) {
				return db.As(who).Via("words", "SHA256:test", "127.0.0.1"), nil
			}}
		fmt.Fprintln(&all, "exit", Run(t.Context(), c, strings.Fields(line+form.more)))
	}
	return all.String()
}

// What words print is what the matrix gives whoever says them, also in what they
// say when they refuse.
func TestWhatWordsPrintIsTheMatrix(t *testing.T) {
	db, marks := tuitest.Marked(t)
	for i, who := range tuitest.MarkedRoles {
		me, err := db.As(int64(i + 1)).Me(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		seen := ""
		for _, lines := range asked {
			for _, line := range lines {
				said := answer(t, db, me.ID, line)
				echo := marks[:0:0] // what one said oneself is no secret
				for _, m := range marks {
					// The preview of an import names who would be gone: names are L0, and
					// what is L1 and above stays masked there.
					named := strings.HasPrefix(line, "import") && strings.HasSuffix(m.Word, "名") && me.MayManage(tuitest.Now) == nil
					if !named && !strings.Contains(line, m.Word) {
						echo = append(echo, m)
					}
				}
				if leaks := tuitest.Leaks(said, echo, me, tuitest.Now); len(leaks) > 0 {
					t.Errorf("%s says %q and reads %v:\n%s", who.Name, line, leaks, said)
				}
				seen += said
			}
		}
		for _, m := range marks {
			shown := m.Writer != 0 && !strings.Contains(m.Word, "密") || m.Field == "student.name"
			if shown && m.For(me, tuitest.Now) && !strings.Contains(seen, m.Word) {
				t.Errorf("%s may see %s, and no word prints it", who.Name, m.Word)
			}
		}
	}
}

// A word must not tell by its answer that a child is there whom one does not
// find: it is the answer to a child that there is not.
func TestRefusalsAreAlike(t *testing.T) {
	db, _ := tuitest.Marked(t)
	for i, who := range tuitest.MarkedRoles {
		me, err := db.As(int64(i + 1)).Me(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for child, number := range map[int64]string{tuitest.MarkedA: "20240211", tuitest.MarkedB: "20220112"} {
			if me.Sees(tuitest.Now, data.Place{Student: child, Class: child}) {
				continue
			}
			words := []string{"card %s", "contacts %s", "log %s --kind call --outcome no-answer"}
			if !me.AuditsAll(tuitest.Now) { // who reads the whole log knows the numbers of children
				words = append(words, "looked %s", "audit list --student %s")
			}
			for _, word := range words {
				got, nobody := answer(t, db, me.ID, fmt.Sprintf(word, number)), answer(t, db, me.ID, fmt.Sprintf(word, "20249999"))
				if strings.ReplaceAll(got, number, "20249999") != nobody {
					t.Errorf("%s, %s: there is a child by that number, and it shows:\n%s\n%s", who.Name, fmt.Sprintf(word, number), got, nobody)
				}
			}
		}
	}
}

// Nor that there is a meeting which one does not see.
func TestRefusedMeetingsAreAlike(t *testing.T) {
	db, _ := tuitest.Marked(t)
	tried := 0
	for i, who := range tuitest.MarkedRoles {
		for _, child := range []int64{tuitest.MarkedA, tuitest.MarkedB} {
			draft := tuitest.MarkedDraft(child)
			if _, err := db.As(int64(i+1)).Meeting(t.Context(), draft); err == nil {
				continue
			}
			tried++
			for _, word := range []string{"meeting %d", "minutes %d", "topic %d 作业"} {
				got, none := answer(t, db, int64(i+1), fmt.Sprintf(word, draft)), answer(t, db, int64(i+1), fmt.Sprintf(word, 99))
				if got != none {
					t.Errorf("%s, %s: there is such a meeting, and it shows:\n%s\n%s", who.Name, fmt.Sprintf(word, draft), got, none)
				}
			}
		}
	}
	if tried < 20 {
		t.Errorf("only %d were refused", tried)
	}
}

func TestEveryWordIsAsked(t *testing.T) {
	c := &Call{Lang: i18n.English, Out: io.Discard, Err: io.Discard, Now: tuitest.Clock}
	root := &cobra.Command{Use: "qiao"}
	c.Add(root, c.Words()...)
	var names []string
	for _, w := range root.Commands() {
		names = append(names, w.Name())
		if asked[w.Name()] == nil {
			t.Errorf("no test of rights says %q", w.Name())
		}
	}
	for w := range asked {
		if w != "help" && !slices.Contains(names, w) {
			t.Errorf("there is no word %q any more", w)
		}
	}
}
