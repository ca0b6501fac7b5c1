package accounts_test

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	"golang.org/x/crypto/ssh"
)

const zh, en = i18n.Chinese, i18n.English

// keyOf is the n-th key of the tests, the same each time.
func keyOf(t *testing.T, n int, comment string) (k data.Key, line string) {
	t.Helper()
	seed := make([]byte, ed25519.SeedSize)
	seed[0] = byte(n)
	pub, err := ssh.NewPublicKey(ed25519.NewKeyFromSeed(seed).Public())
	if err != nil {
		t.Fatal(err)
	}
	k = data.Key{Fingerprint: ssh.FingerprintSHA256(pub), Type: pub.Type(), Blob: base64.StdEncoding.EncodeToString(pub.Marshal()), Name: comment}
	return k, strings.TrimSpace(k.Type + " " + k.Blob + " " + comment)
}

// inside are the windows that the server of a test says are open.
type inside struct {
	all   []data.Presence
	ended []int64
}

func (in *inside) server(db *store.DB, who int64) kit.Server {
	return kit.Server{
		Sessions: func(ctx context.Context) ([]data.Presence, error) { return db.As(who).Present(ctx, in.all) },
		End: func(_ context.Context, id int64) error {
			in.ended = append(in.ended, id)
			in.all = slices.DeleteFunc(in.all, func(p data.Presence) bool { return p.ID == id })
			db.Tell(data.Ref{Kind: "session", ID: id})
			return nil
		},
	}
}

// A school is the small one of all tests, with keys, codes, windows, a role that
// waits and somebody who has not been here for long.
type school struct {
	*store.DB
	in inside
}

func open(t *testing.T, test func(t *testing.T, s *school)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.Open(t, staffed())
		s := &school{DB: db}
		desk := db.Console("test")
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		for i, name := range []string{"笔记本", "手机端"} {
			k, _ := keyOf(t, 10+i, name)
			_, err := desk.AddKey(t.Context(), tuitest.Luo, k)
			must(err)
		}
		for i, who := range []int64{tuitest.Principal, tuitest.Admin, tuitest.Ning} {
			k, _ := keyOf(t, 20+i, "办公室")
			_, err := desk.AddKey(t.Context(), who, k)
			must(err)
		}
		lost, _ := keyOf(t, 30, "旧电脑")
		_, err := desk.AddKey(t.Context(), tuitest.Luo, lost)
		must(err)
		must(desk.RemoveKey(t.Context(), lost.Fingerprint))
		must(desk.Disable(t.Context(), tuitest.Inspector))
		laptop, _ := keyOf(t, 10, "")
		must(db.As(tuitest.Luo).Via("screen", laptop.Fingerprint, "10.0.0.31").Arrive(t.Context()))
		admin, _ := keyOf(t, 21, "")
		must(db.As(tuitest.Admin).Via("screen", admin.Fingerprint, "10.0.0.2").Arrive(t.Context()))
		s.in.all = []data.Presence{
			{ID: 1, Account: tuitest.Admin, Username: "dingyichuan", Name: "丁一川", Key: admin.Fingerprint, From: "10.0.0.2", Since: tuitest.Now.Add(-5 * time.Minute),
				Typed: tuitest.Now, Kind: data.OnScreens, Screen: "accounts"},
			{ID: 2, Account: tuitest.Luo, Username: "luojing", Name: "罗静", Key: laptop.Fingerprint, From: "10.0.0.31", Since: tuitest.Now.Add(-80 * time.Minute),
				Typed: tuitest.Now.Add(-2 * time.Minute), Kind: data.OnScreens, Screen: "roster"},
		}
		test(t, s)
	})
}

// staffed is the small school with one teacher who has not come for 68 days.
func staffed() data.School {
	school := tuitest.Small()
	school.People = append(school.People, data.Person{Name: "贺明"})
	school.Staff = append(school.Staff, data.Employee{Account: data.Account{Person: int64(len(school.People)), Username: "heming",
		LastSeen: tuitest.Now.AddDate(0, 0, -68), Grants: []data.Grant{{Role: data.SubjectTeacher, Scope: data.ScopeClass, ScopeID: tuitest.Five, Subject: "语文",
			From: data.On(2026, 8, 20).Start()}}}})
	return school
}

// as opens a screen as somebody who has the server of the test.
func (s *school) as(t *testing.T, who int64, lang i18n.Lang, o kit.Open) *tuitest.Session {
	t.Helper()
	me, err := s.As(who).Me(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return tuitest.StartIn(t, s.DB, me, lang, o, s.in.server(s.DB, who))
}

// sees fails unless all words are on the screen.
func sees(t *testing.T, p *tuitest.Session, words ...string) {
	t.Helper()
	screen := p.Screen()
	for _, w := range words {
		if !strings.Contains(screen, w) {
			t.Errorf("%q is not on the screen:\n%s", w, screen)
		}
	}
}

func lacks(t *testing.T, p *tuitest.Session, words ...string) {
	t.Helper()
	screen := p.Screen()
	for _, w := range words {
		if strings.Contains(screen, w) {
			t.Errorf("%q is on the screen:\n%s", w, screen)
		}
	}
}

// everyFrame draws a state in both languages and both sizes.
func everyFrame(t *testing.T, who int64, o kit.Open, states map[string]func(t *testing.T, s *school, p *tuitest.Session)) {
	t.Helper()
	for name, make := range states {
		for _, lang := range []i18n.Lang{zh, en} {
			for _, size := range [][2]int{{80, 24}, {120, 36}} {
				file := fmt.Sprintf("%s.%s.%d", name, lang, size[0])
				t.Run(file, func(t *testing.T) {
					open(t, func(t *testing.T, s *school) {
						p := s.as(t, who, lang, o).Resize(size[0], size[1])
						make(t, s, p)
						p.Golden(file)
					})
				})
			}
		}
	}
}
