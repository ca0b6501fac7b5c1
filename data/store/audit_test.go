package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"qiao/data"
)

// Every deed is said by its name in the list: a word of one's own is neither
// written nor found in the sources.
func TestDeedsAreListed(t *testing.T) {
	s := openSchool(t)
	err := s.write(t.Context(), func(tx *tx) ([]data.Ref, error) { return nil, s.As(s.luo).audit(tx, entry{did: "peek"}) })
	if err == nil || !strings.Contains(err.Error(), "peek") {
		t.Error("an unknown word was written:", err)
	}
	literal := regexp.MustCompile(`did:\s*"|data\.Deed\("|entry\{"`)
	constant := regexp.MustCompile(`(?m)^\t(\w+)\s+Deed = "([^"]+)"`)
	files, err := os.ReadDir(".")
	s.must(err)
	calls := 0
	for _, f := range files {
		text, _ := os.ReadFile(f.Name())
		if strings.HasSuffix(f.Name(), "_test.go") || !strings.HasSuffix(f.Name(), ".go") {
			continue
		}
		calls += strings.Count(string(text), "entry{did:")
		if at := literal.FindString(string(text)); at != "" {
			t.Errorf("%s: %s", f.Name(), at)
		}
	}
	source, err := os.ReadFile("../audit.go")
	s.must(err)
	words := constant.FindAllStringSubmatch(string(source), -1)
	for _, w := range words {
		if !data.Deed(w[2]).Known() {
			t.Errorf("%s is not in the list", w[1])
		}
	}
	if calls < 10 || len(words) != len(data.Deeds()) {
		t.Errorf("%d calls, %d constants, %d deeds", calls, len(words), len(data.Deeds()))
	}
}

// deeds counts what the log says of a student, by whom, since the last call.
func (s *school) deeds(q data.AuditQuery) (out []string) {
	s.t.Helper()
	page, err := s.As(s.principal).Audit(s.t.Context(), q)
	s.must(err)
	for _, l := range page.Lines {
		out = append(out, fmt.Sprintf("%s %s %d", l.Did, l.What, l.Account))
	}
	slices.Reverse(out)
	return out
}

// Each look is one row in ten minutes, child by child; texts above the level
// normal are named, in lists too; refusals are written.
func TestWhatIsWrittenDown(t *testing.T) {
	s := openSchool(t)
	at := now
	s.now = func() time.Time { return at }
	c := call(s.zhang)
	c.Level = data.ClassOnly
	c, err := s.As(s.luo).SaveContact(t.Context(), c, data.Ref{})
	s.must(err)
	before, err := s.As(s.principal).Head(t.Context())
	s.must(err)
	office, teacher := s.As(s.office), s.As(s.teacher)
	for range 3 { // reloads
		_, err = office.Card(t.Context(), s.zhang)
		s.must(err)
		_, err = office.Timeline(t.Context(), data.TimelineQuery{Student: s.zhang})
		s.must(err)
		_, err = office.Tags(t.Context(), []int64{s.zhang, s.nan})
		s.must(err)
		_, err = teacher.Contact(t.Context(), c.ID) // in outline
		s.must(err)
		_, err = teacher.Card(t.Context(), s.nan) // of another class
		if !errors.Is(err, data.ErrNotFound) {
			t.Error(err)
		}
		if _, err = teacher.Accounts(t.Context()); !errors.Is(err, data.ErrForbidden) {
			t.Error(err)
		}
		_, err = s.As(s.luo).Roster(t.Context(), s.three) // one's own text
		s.must(err)
		_, err = s.As(s.head).Roster(t.Context(), s.three)
		s.must(err)
	}
	text := fmt.Sprintf("view contact/%d ", c.ID)
	want := []string{fmt.Sprintf("view student/1 %d", s.office), text + fmt.Sprint(s.office), fmt.Sprintf("view history student/1 %d", s.office),
		fmt.Sprintf("view tags student/1 %d", s.office), fmt.Sprintf("view tags student/2 %d", s.office), fmt.Sprintf("refused contact/%d %d", c.ID, s.teacher),
		fmt.Sprintf("refused student/2 %d", s.teacher), fmt.Sprintf("refused account/0 %d", s.teacher), text + fmt.Sprint(s.head)}
	got := s.deeds(data.AuditQuery{After: before.ID})
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	at = at.Add(lately)
	_, err = office.Card(t.Context(), s.zhang)
	s.must(err)
	_, err = office.Via("screen", "SHA256:other", "10.0.0.9").Card(t.Context(), s.zhang) // from elsewhere
	s.must(err)
	if more := s.deeds(data.AuditQuery{After: before.ID, Student: s.zhang, Deeds: []data.Deed{data.Viewed}, Person: s.office}); len(more) != 6 {
		t.Errorf("%q", more)
	}
}

// A read that cannot be written down is not given out.
func TestNoLookWithoutTheLog(t *testing.T) {
	s := openSchool(t)
	s.must(s.exec("CREATE TRIGGER stuck BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'stuck'); END"))
	if _, err := s.As(s.luo).Card(t.Context(), s.zhang); err == nil {
		t.Error("a card was given out that the log does not know of")
	}
	s.must(s.exec("DROP TRIGGER stuck"))
	if _, err := s.As(s.luo).Card(t.Context(), s.zhang); err != nil {
		t.Error(err)
	}
	if got := s.deeds(data.AuditQuery{Student: s.zhang, Deeds: []data.Deed{data.Viewed}}); len(got) != 1 {
		t.Error(got)
	}
}

// Who sees which lines, and what of them.
func TestWhoSeesTheLog(t *testing.T) {
	s := openSchool(t)
	secret, open := call(s.zhang), call(s.nan)
	secret.Level = data.Secret
	_, err := s.As(s.principal).SaveContact(t.Context(), secret, data.Ref{})
	s.must(err)
	_, err = s.As(s.duan).SaveContact(t.Context(), open, data.Ref{})
	s.must(err)
	_, err = s.As(s.teacher).Card(t.Context(), s.ran)
	s.must(err)
	every, err := s.As(s.principal).Audit(t.Context(), data.AuditQuery{Limit: 1000})
	s.must(err)
	if int64(len(every.Lines)) != every.Total {
		t.Errorf("%d lines of %d", len(every.Lines), every.Total)
	}
	for who := int64(1); who <= s.admin; who++ {
		me, err := s.As(who).Me(t.Context())
		s.must(err)
		page, err := s.As(who).Audit(t.Context(), data.AuditQuery{Limit: 1000})
		s.must(err)
		shown := map[int64]data.AuditLine{}
		for _, l := range page.Lines {
			shown[l.ID] = l
		}
		for _, l := range every.Lines {
			place := data.Place{Student: l.Student, Class: map[int64]int64{s.zhang: s.three, s.ran: s.three, s.nan: s.five}[l.Student]}
			got, ok := shown[l.ID]
			want := me.AuditSight(now, l, place)
			if ok != (want > data.None) || got.Sight != want {
				t.Errorf("%s, %s %s of %d: %v, want %v", me.Name, l.Did, l.What, l.Account, got.Sight, want)
			}
			if (got.Child != "") != (ok && l.Student != 0 && me.Sees(now, place)) {
				t.Errorf("%s reads the name %q", me.Name, got.Child)
			}
			e, err := s.As(who).AuditEntry(t.Context(), l.ID)
			if ok != (err == nil) || e.Sight == data.Exists && (e.Was != "" || e.Now != "") || ok && e.Hash == "" {
				t.Errorf("%s, %d: %+v, %v", me.Name, l.ID, e, err)
			}
		}
	}
	for who, want := range map[int64]int{s.luo: 1, s.duan: 0, s.teacher: 0, s.admin: 1, s.principal: 1} {
		page, err := s.As(who).Audit(t.Context(), data.AuditQuery{Student: s.zhang, Deeds: data.DeedsOfWriting.Of()})
		if err != nil || len(page.Lines) != want {
			t.Errorf("account %d, of one child: %d lines, %v", who, len(page.Lines), err)
		}
		if who == s.luo && (page.Lines[0].Sight != data.Exists || page.Lines[0].Child != "章薇") || who == s.admin && page.Lines[0].Child != "" {
			t.Errorf("account %d: %+v", who, page.Lines[0])
		}
	}
	for _, f := range []func(*Desk) error{
		func(d *Desk) error { _, err := d.Chain(t.Context()); return err },
		func(d *Desk) error { _, err := d.Head(t.Context()); return err },
		func(d *Desk) error {
			return d.ExportAudit(t.Context(), data.AuditQuery{}, "x", func(data.Takeout) error { return nil }, func(data.AuditLine) error { return nil })
		},
	} {
		if err := f(s.As(s.luo)); !errors.Is(err, data.ErrForbidden) {
			t.Error(err)
		}
		if err := f(s.As(s.admin)); err != nil {
			t.Error(err)
		}
	}
}

// Any filter finds what going through all rows finds, page by page.
func TestFiltersFindWhatIsThere(t *testing.T) {
	s := openSchool(t)
	at := now
	s.now = func() time.Time { return at }
	for i := range 60 {
		at = at.Add(7 * time.Minute)
		for _, who := range []int64{s.luo, s.principal, s.office}[:i%3+1] {
			_, _ = s.As(who).Card(t.Context(), []int64{s.zhang, s.nan, s.ran}[i%3])
			if i%4 == 0 {
				_, _ = s.As(who).RosterTags(t.Context(), s.three)
			}
		}
	}
	every, err := s.As(s.principal).Audit(t.Context(), data.AuditQuery{Limit: 1000})
	s.must(err)
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		q := data.AuditQuery{Person: []int64{0, 0, s.luo, s.office, data.TheConsole}[r.IntN(5)], Student: []int64{0, 0, s.zhang, s.nan}[r.IntN(4)], Limit: 1 + r.IntN(40)}
		if r.IntN(2) == 0 {
			q.Deeds = data.DeedKinds[r.IntN(len(data.DeedKinds))].Of()
		}
		if r.IntN(2) == 0 {
			q.From = now.Add(time.Duration(r.IntN(400)) * time.Minute)
			q.Until = q.From.Add(time.Duration(r.IntN(200)) * time.Minute)
		}
		who := []int64{s.principal, s.luo, s.admin}[r.IntN(3)]
		me, err := s.As(who).Me(t.Context())
		s.must(err)
		var want, got []int64
		for _, l := range every.Lines {
			place := data.Place{Student: l.Student, Class: map[int64]int64{s.zhang: s.three, s.ran: s.three, s.nan: s.five}[l.Student]}
			by := l.Account
			if by == 0 {
				by = data.TheConsole
			}
			if (q.Person == 0 || q.Person == by) && (q.Student == 0 || q.Student == l.Student) && (len(q.Deeds) == 0 || slices.Contains(q.Deeds, l.Did)) &&
				(q.From.IsZero() || !l.At.Before(q.From) && l.At.Before(q.Until)) && me.AuditSight(at, l, place) > data.None {
				want = append(want, l.ID)
			}
		}
		p := q
		for {
			page, err := s.As(who).Audit(t.Context(), p)
			s.must(err)
			for _, l := range page.Lines {
				got = append(got, l.ID)
			}
			if !page.More {
				break
			}
			p.Before = got[len(got)-1]
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s, %+v: %v, want %v", me.Name, q, got, want)
		}
	}
}

// Who has looked at a child's file: also who read a talk that is about a sibling
// too, and the household's history, but not who opened the sibling's card.
func TestLooked(t *testing.T) {
	s := openSchool(t)
	both, one := call(s.nan, s.zhang), call(s.nan)
	both.Level, one.Level = data.ClassOnly, data.ClassOnly
	both, err := s.As(s.duan).SaveContact(t.Context(), both, data.Ref{})
	s.must(err)
	one, err = s.As(s.duan).SaveContact(t.Context(), one, data.Ref{})
	s.must(err)
	office := s.As(s.office).Via("screen", "SHA256:office", "10.0.0.7")
	for _, id := range []int64{both.ID, one.ID} {
		_, err = office.Contact(t.Context(), id)
		s.must(err)
	}
	_, err = office.Card(t.Context(), s.nan)
	s.must(err)
	_, err = s.As(s.principal).Timeline(t.Context(), data.TimelineQuery{Student: s.nan, Kind: data.KindLetter})
	s.must(err)
	_, err = s.As(s.teacher).Card(t.Context(), s.zhang)
	s.must(err)
	for who, want := range map[int64]error{s.luo: nil, s.principal: nil, s.admin: nil, s.teacher: data.ErrForbidden, s.office: data.ErrForbidden, s.duan: data.ErrNotFound, s.inspector: data.ErrNotFound} {
		st, page, err := s.As(who).Looked(t.Context(), s.zhang, data.AuditQuery{})
		if !errors.Is(err, want) {
			t.Errorf("account %d: %v", who, err)
		}
		if want != nil {
			continue
		}
		var got []string
		for _, l := range page.Lines {
			if l.Did != data.AskedLooked && l.Did != data.AccessRefused {
				got = append(got, fmt.Sprint(l.Did, " ", l.What.Kind, " ", l.Name))
			}
		}
		if fmt.Sprint(got) != "[view student 宁小舟 view history student 许文远 view contact 封志刚]" || st.Number != "20240217" || (st.Name == "") != (who == s.admin) {
			t.Errorf("account %d: %q of %+v", who, got, st)
		}
		if l := page.Lines[len(page.Lines)-1]; l.Source != "10.0.0.7" || l.Key != "SHA256:office" || l.Door != "screen" {
			t.Errorf("%+v", l)
		}
	}
	for word, who := range map[string]int64{"20240217": s.admin, " 20240217": s.principal, "章薇": s.luo} {
		if id, err := s.As(who).LookedStudent(t.Context(), word); err != nil || id != s.zhang {
			t.Error(word, id, err)
		}
	}
	if _, err := s.As(s.admin).LookedStudent(t.Context(), "章薇"); !errors.Is(err, data.ErrNotFound) {
		t.Error("an administrator finds a child by its name:", err)
	}
}

// A flood at the door makes a bounded number of rows, which hold its count; the
// login waits for nothing.
func TestRefusedLoginsAreBounded(t *testing.T) {
	s := openSchool(t)
	s.must(s.Console("root").RemoveKey(t.Context(), "SHA256:段青"))
	s.must(s.Console("root").Disable(t.Context(), s.luo))
	s.RefuseLogin("10.0.0.1", []string{"SHA256:段青", "SHA256:罗静", "SHA256:nobody"}, true) // another key let them in
	for i := range 3000 {
		s.RefuseLogin("10.9.9.9", []string{fmt.Sprint("SHA256:", i), "SHA256:same"}, false)
		s.RefuseLogin(fmt.Sprint("10.8.", i/250, ".", i%250), []string{"SHA256:same"}, false)
	}
	s.refused.stop() // as Close does
	s.refused = newRefusals()
	page, err := s.As(s.admin).Audit(t.Context(), data.AuditQuery{Deeds: []data.Deed{data.SignInRefused}, Limit: 1000})
	s.must(err)
	why, times := map[string]int{}, 0
	for _, l := range page.Lines {
		why[l.Why]++
		times += l.Times
		if (l.Why == "revoked" || l.Why == "closed") != (l.Object != "") || l.Account != 0 || l.Door != "login" {
			t.Errorf("%+v", l)
		}
	}
	if len(page.Lines) > 2*refusedRows+4 || times != 9002 || why["revoked"] != 1 || why["closed"] != 1 || why["unknown"] == 0 || why["many"] == 0 {
		t.Errorf("%d rows of %d refusals, %v", len(page.Lines), times, why)
	}
	if c := s.chain(); !c.Whole() {
		t.Error(c.Breaks)
	}
}

func TestExportAudit(t *testing.T) {
	s := openSchool(t)
	_, err := s.As(s.luo).Card(t.Context(), s.zhang)
	s.must(err)
	var x data.Takeout
	n := 0
	export := func(ctx context.Context, purpose string) error {
		n = 0
		return s.As(s.principal).ExportAudit(ctx, data.AuditQuery{Student: s.zhang}, purpose, func(e data.Takeout) error { x = e; return nil },
			func(l data.AuditLine) error { n++; return nil })
	}
	if err := export(t.Context(), " \n"); len(data.Faults(err)) != 1 {
		t.Error("exported for nothing:", err)
	}
	s.must(export(t.Context(), "家长询问"))
	if n != 1 || x.By != "许文远" || x.Purpose != "家长询问" || x.At.IsZero() {
		t.Error(n, x)
	}
	if got := s.deeds(data.AuditQuery{Deeds: []data.Deed{data.Exported}}); len(got) != 1 {
		t.Error(got)
	}
}
