package tui_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	"pgregory.net/rapid"
)

// reads is every question that a desk answers about children, asked about a
// child. A method of the desk that is not here stands in changes or in harmless:
// TestEveryMethodIsClassified fails for one that nobody thought about.
var reads = map[string]func(ctx context.Context, d *store.Desk, child int64) (any, error){
	"Card":      func(ctx context.Context, d *store.Desk, child int64) (any, error) { return d.Card(ctx, child) },
	"Care":      func(ctx context.Context, d *store.Desk, child int64) (any, error) { return d.Care(ctx, child) },
	"Family":    func(ctx context.Context, d *store.Desk, child int64) (any, error) { return d.Family(ctx, child) },
	"RosterRow": func(ctx context.Context, d *store.Desk, child int64) (any, error) { return d.RosterRow(ctx, child) },
	"Roster":    func(ctx context.Context, d *store.Desk, child int64) (any, error) { return d.Roster(ctx, child) },
	"RosterTags": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		return d.RosterTags(ctx, child)
	},
	"Classes":  func(ctx context.Context, d *store.Desk, _ int64) (any, error) { return d.Classes(ctx) },
	"Drafts":   func(ctx context.Context, d *store.Desk, _ int64) (any, error) { return d.Drafts(ctx) },
	"Accounts": func(ctx context.Context, d *store.Desk, _ int64) (any, error) { return d.Accounts(ctx) },
	"DueAll":   func(ctx context.Context, d *store.Desk, _ int64) (any, error) { return d.DueAll(ctx) },
	"Tags":     func(ctx context.Context, d *store.Desk, child int64) (any, error) { return d.Tags(ctx, []int64{child}) },
	"Today": func(ctx context.Context, d *store.Desk, _ int64) (any, error) {
		return d.Today(ctx, tuitest.Now.AddDate(0, -2, 0))
	},
	"Due": func(ctx context.Context, d *store.Desk, _ int64) (any, error) { return d.Due(ctx, 0, data.Date{}) },
	"ClassByName": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		return d.ClassByName(ctx, data.ClassName{Grade: int(child)*2 + 1, Number: 3 - int(child)})
	},
	"Draft": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		return d.Draft(ctx, "contact", data.Ref{Kind: "student", ID: child})
	},
	"Contact": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		var all []any
		for id := range int64(8) {
			c, err := d.Contact(ctx, id+1)
			if err != nil && !errors.Is(err, data.ErrNotFound) && !errors.Is(err, data.ErrForbidden) {
				return nil, err
			}
			all = append(all, c, fmt.Sprint(err))
		}
		return all, nil
	},
	"NotedContact": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		var all []any
		for id := range int64(8) {
			c, err := d.NotedContact(ctx, id+1)
			all = append(all, c, fmt.Sprint(err))
		}
		return all, nil
	},
	"Promise": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		var all []any
		for id := range int64(8) {
			p, err := d.Promise(ctx, id+1)
			all = append(all, p, fmt.Sprint(err))
		}
		return all, nil
	},
	"Timeline": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		var all []any
		for _, q := range []data.TimelineQuery{{Student: child}, {Class: child}, {Staff: tuitest.Writer}, {}, {Promise: true}} {
			l, err := d.Timeline(ctx, q)
			all = append(all, l, fmt.Sprint(err))
		}
		return all, nil
	},
	"Audit": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		var all []any
		for _, q := range []data.AuditQuery{{}, {Student: child}, {Person: tuitest.Writer}} {
			p, err := d.Audit(ctx, q)
			all = append(all, p, fmt.Sprint(err))
		}
		return all, nil
	},
	"AuditEntry": func(ctx context.Context, d *store.Desk, _ int64) (any, error) {
		var all []any
		for id := range int64(40) {
			e, err := d.AuditEntry(ctx, id+1)
			all = append(all, e, fmt.Sprint(err))
		}
		return all, nil
	},
	"ExportAudit": func(ctx context.Context, d *store.Desk, _ int64) (any, error) {
		var all []any
		err := d.ExportAudit(ctx, data.AuditQuery{}, "核对", func(t data.Takeout) error { all = append(all, t); return nil },
			func(l data.AuditLine) error { all = append(all, l); return nil })
		return all, err
	},
	"Looked": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		s, p, err := d.Looked(ctx, child, data.AuditQuery{})
		return []any{s, p}, err
	},
	"LookedStudent": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		return d.LookedStudent(ctx, []string{"瑀珂名", "琤珞名"}[child-1])
	},
	"Health":  func(ctx context.Context, d *store.Desk, _ int64) (any, error) { return d.Health(ctx) },
	"Totals":  func(ctx context.Context, d *store.Desk, _ int64) (any, error) { return d.Totals(ctx) },
	"Removed": func(ctx context.Context, d *store.Desk, child int64) (any, error) { return d.Removed(ctx, child) },
	"Nameable": func(ctx context.Context, d *store.Desk, _ int64) (any, error) {
		var all []any
		for id := range int64(8) {
			r, err := d.Nameable(ctx, id+1)
			all = append(all, r, fmt.Sprint(err))
		}
		return all, nil
	},
	"Told":         func(ctx context.Context, d *store.Desk, _ int64) (any, error) { return d.Told(ctx, time.Time{}) },
	"Lent":         func(ctx context.Context, d *store.Desk, _ int64) (any, error) { return d.Lent(ctx) },
	"Visitors":     func(ctx context.Context, d *store.Desk, _ int64) (any, error) { return d.Visitors(ctx, time.Time{}) },
	"AccountLines": func(ctx context.Context, d *store.Desk, _ int64) (any, error) { return d.AccountLines(ctx) },
	"GrantLines":   func(ctx context.Context, d *store.Desk, _ int64) (any, error) { return d.GrantLines(ctx) },
	"AccountCard":  func(ctx context.Context, d *store.Desk, child int64) (any, error) { return d.AccountCard(ctx, child) },
	"Rights": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		return d.Rights(ctx, tuitest.Writer, []string{"20240211", "20220112"}[child-1])
	},
	"SignIns": func(ctx context.Context, d *store.Desk, child int64) (any, error) { return d.SignIns(ctx, child, 20) },
	"Meeting": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		held, err := d.Meeting(ctx, tuitest.MarkedMeeting(child))
		draft, derr := d.Meeting(ctx, tuitest.MarkedDraft(child))
		return []any{held, fmt.Sprint(err), draft, fmt.Sprint(derr)}, nil
	},
	"Meetings": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		var all []any
		for _, q := range []data.MeetingQuery{{}, {Tab: data.ComingMeetings}, {Tab: data.PastMeetings}, {Class: child}, {Mine: true}} {
			l, err := d.Meetings(ctx, q)
			all = append(all, l, fmt.Sprint(err))
		}
		return all, nil
	},
	"Minutes": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		return d.Minutes(ctx, tuitest.MarkedMeeting(child), 0)
	},
	"TakeOutSignIn": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		v, x, err := d.TakeOutSignIn(ctx, tuitest.MarkedMeeting(child), "核对")
		return []any{v, x}, err
	},
	"TakeOutMinutes": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		given, _, err := d.TakeOutMinutes(ctx, tuitest.MarkedMeeting(child), 0, false, "核对")
		whole, _, werr := d.TakeOutMinutes(ctx, tuitest.MarkedMeeting(child), 0, true, "核对")
		return []any{given, fmt.Sprint(err), whole, fmt.Sprint(werr)}, nil
	},
	"TakeOutMeetings": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		one, _, err := d.TakeOutMeetings(ctx, data.MeetingQuery{}, tuitest.MarkedDraft(child), "核对")
		all, _, aerr := d.TakeOutMeetings(ctx, data.MeetingQuery{}, 0, "核对")
		return []any{one, fmt.Sprint(err), all, fmt.Sprint(aerr)}, nil
	},
	"AbsentFamilies": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		return d.AbsentFamilies(ctx, tuitest.MarkedMeeting(child))
	},
	"FindMeeting": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		return d.FindMeeting(ctx, fmt.Sprintf("2026-家-%02d", tuitest.MarkedDraft(child)))
	},
	"FamilyMeetings": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		return d.FamilyMeetings(ctx, child)
	},
	"Clashes": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		var all []any
		for _, class := range []int64{tuitest.Three, tuitest.Five} { // as one asks who writes a meeting at the time of the draft
			at := tuitest.Now.AddDate(0, 0, 14)
			m := data.Meeting{Class: class, Kind: data.ClassMeeting, Place: "礼堂", Starts: at, Ends: at.Add(time.Hour), Chair: tuitest.ChairOf(child), Secretary: tuitest.Writer}
			c, err := d.Clashes(ctx, m)
			all = append(all, c, fmt.Sprint(err))
		}
		return all, nil
	},
	"MeetingPeople": func(ctx context.Context, d *store.Desk, child int64) (any, error) { return d.MeetingPeople(ctx, child) },
	"Resolution":    func(ctx context.Context, d *store.Desk, child int64) (any, error) { return d.Resolution(ctx, child) },
	"Resolutions": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		var all []any
		for _, q := range []data.ResolutionQuery{{}, {Mine: true}, {Class: child}} {
			l, err := d.Resolutions(ctx, q)
			all = append(all, l, fmt.Sprint(err))
		}
		return all, nil
	},
	"Others": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		return d.Others(ctx, data.Ref{Kind: "student", ID: child}, []data.Other{{Name: "某某"}})
	},
	"Find": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		var all []any
		for _, q := range []string{"", "瑀珂", "琤珞", "欧阳", "司徒", "0077", "3.2", "5.1", "yuke", "留守"} {
			f, err := d.Find(ctx, q, 50)
			f.Took = 0
			all = append(all, f, fmt.Sprint(err))
		}
		return all, nil
	},
	"FindStudent": func(ctx context.Context, d *store.Desk, child int64) (any, error) {
		var all []any
		for _, w := range []string{"瑀珂名", "琤珞名", "20240211", "20220112"} {
			s, err := d.FindStudent(ctx, w)
			all = append(all, s, fmt.Sprint(err))
		}
		return all, nil
	},
}

// Nothing that a desk answers holds what its account may not see, and what it
// may see is there: the card, the roster and the lists together show each thing
// that the matrix gives.
func TestWhatDesksAnswerIsTheMatrix(t *testing.T) {
	db, marks := tuitest.Marked(t)
	marks = append(marks, busyDay(t, db)...)
	for i, who := range tuitest.MarkedRoles {
		desk := db.As(int64(i + 1))
		me, err := desk.Me(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var seen strings.Builder
		for _, name := range slices.Sorted(maps.Keys(reads)) {
			for _, child := range []int64{tuitest.MarkedA, tuitest.MarkedB} {
				answer, err := reads[name](t.Context(), desk, child)
				text, jerr := json.Marshal(answer)
				if jerr != nil {
					t.Fatal(jerr)
				}
				said := string(text) + fmt.Sprint(err)
				if leaks := tuitest.Leaks(said, marks, me, tuitest.Now); len(leaks) > 0 {
					t.Errorf("%s: %s of child %d shows %v", who.Name, name, child, leaks)
				}
				seen.WriteString(said)
			}
		}
		for _, m := range marks {
			if m.For(me, tuitest.Now) && !strings.Contains(seen.String(), m.Word) && !aside(m) {
				t.Errorf("%s may see %s and no answer shows it", who.Name, m.Word)
			}
		}
	}
}

// busyDay fills the log: texts of every level are written, one is corrected, a
// family moves. What the log keeps of before and after is guarded as they are.
func busyDay(t *testing.T, db *store.DB) (marks []tuitest.Mark) {
	t.Helper()
	mark := func(word string, l data.Level, writer int64) string {
		marks = append(marks, tuitest.Mark{Word: word, Level: l, Writer: writer, Child: tuitest.MarkedA, Class: tuitest.Three, Grade: 3})
		return word
	}
	for _, l := range data.Levels {
		c, err := db.As(tuitest.Writer).SaveContact(t.Context(), data.Contact{Students: []int64{tuitest.MarkedA}, At: tuitest.Now, Channel: data.PhoneCall, Level: l,
			Summary: mark("今日谈"+l.Code(), l, tuitest.Writer), Promises: []data.Promise{{Text: mark("今日诺"+l.Code(), l, tuitest.Writer)}}}, data.Ref{})
		if err == nil {
			c.Summary = mark("今日改"+l.Code(), l, tuitest.Writer)
			_, err = db.As(tuitest.Writer).SaveContact(t.Context(), c, data.Ref{})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	const classTeacher = 5
	e, err := db.As(classTeacher).Family(t.Context(), tuitest.MarkedA)
	if err == nil {
		e.Household.Postal = mark("今日巷", data.ClassOnly, 0)
		_, err = db.As(classTeacher).SaveFamily(t.Context(), e)
	}
	if err != nil {
		t.Fatal(err)
	}
	return marks
}

// aside reports whether a thing was corrected, so that the log alone keeps it.
func aside(m tuitest.Mark) bool { return strings.HasPrefix(m.Word, "今日谈") }

// changes is every method of a desk that changes something or opens something by
// a key of its own; their rights are tested beside them, and by the table below.
var changes = strings.Fields(`SaveContact RemoveContact SavePromise SaveFamily SaveCare Ask RestoreContact MarkPhone Emergency Lend Release NameReaders SaveDraft DropDraft RestoreDraft
	AddAccount Grant RevokeGrant RenewGrant ConfirmGrant AddKey RemoveKey RenameKey BlockKey Disable Enable Invite RevokeInvite AddAuthority
	RemoveAuthority ImportRoster UndoImport Found Rename SetLang SetTheme Arrive Leave EndSession EditAccount ConfirmSeal SetSetting
	SaveMeeting StepMeeting RemoveMeeting SaveAgendaItem MoveAgendaItem RemoveAgendaItem ProposeTopic AnswerTopic InviteFamilies SaveReplies TellMeeting SaveNotice
	OpenRoom NextItem PauseItem CloseRoom MarkAttendance AddNote StrikeNote SaveResolution ReportFeedback CloseMeeting
	ComposeMinutes SaveMinutes HandInMinutes SignMinutes IssueMinutes CorrectMinutes GiveOutMinutes PutTray DropTray`)

// harmless is every method of a desk whose answer has nothing about a child, or what its owner put
// there themselves: what they printed is a paper, and goes with the right to it.
var harmless = strings.Fields(`Via Certified Me Calendar School Settings Account Keys ReadKeys Invites Authorities Present Check CheckFile PreviewRoster RosterColumns Imports In Naming Chain VerifyChain
	Head Witnessed AuditPeople AuditPerson Colleagues Tray TrayFile`)

func TestEveryMethodIsClassified(t *testing.T) {
	desk := reflect.TypeFor[*store.Desk]()
	for i := range desk.NumMethod() {
		name := desk.Method(i).Name
		if reads[name] == nil && !slices.Contains(changes, name) && !slices.Contains(harmless, name) {
			t.Errorf("Desk.%s is a door that no test of rights knows: put it into reads, changes or harmless", name)
		}
	}
	for _, name := range slices.Concat(slices.Collect(maps.Keys(reads)), changes, harmless) {
		if _, ok := desk.MethodByName(name); !ok {
			t.Errorf("there is no Desk.%s any more", name)
		}
	}
}

// walk is what somebody presses who looks at everything there is.
func walk(s *tuitest.Session, see func(string)) {
	press := func(keys ...string) {
		for _, k := range keys {
			s.Keys(k)
			see(s.Screen())
		}
	}
	for _, p := range "trhmdujs" {
		press("g", string(p), "down", "enter", "v", "tab", "2", "3", "4", "esc", "esc", "esc")
	}
	for _, name := range []string{"瑀珂", "琤珞", "欧阳", "007728"} {
		press("/")
		s.Keys(name)
		see(s.Screen())
		press("enter", "v", "1", "enter", "esc", "3", "enter", "v", "esc", "4", "enter", "esc", "h", "enter", "v", "esc", "down", "enter", "esc", "down", "enter", "esc",
			"down", "enter", "esc", "esc", "e", "tab", "esc", "c", "esc", "esc", "esc", "esc", "esc")
	}
}

// ofMeetings is what is pressed in the screens of one meeting.
var ofMeetings = map[string][]string{
	"preparation": {"1", "down", "d", "esc", "n", "esc", "2", "down", "e", "esc", "d", "esc", "3", "down", "n", "esc", "f", "r", "esc", "-", "esc", "4", "v", "e", "esc",
		"m", "esc", "y", "5", "down", "enter", "esc", "p", "esc"},
	"minutes": {"down", "down", "end", "v", "end", "2", "down", "3", "4", "down", "c", "esc", "1", "v", "e", "esc", "n", "esc", "d", "esc"},
}

// No screen draws what its reader may not see, whichever keys are pressed.
func TestWhatScreensDrawIsTheMatrix(t *testing.T) {
	for i, who := range tuitest.MarkedRoles {
		t.Run(who.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				db, marks := tuitest.Marked(t)
				me, err := db.As(int64(i + 1)).Me(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				leaked, seen := map[string]bool{}, ""
				see := func(frame string) {
					for _, word := range tuitest.Leaks(frame, marks, me, tuitest.Clock()) {
						if !leaked[word] {
							t.Errorf("%s is drawn:\n%s", word, frame)
						}
						leaked[word] = true
					}
					seen += frame
				}
				s := tuitest.Start(t, db, me.ID, i18n.Chinese)
				walk(s.Resize(120, 40), see)
				for _, name := range slices.Sorted(slices.Values(tui.Screens())) { // straight in, as a link or a draft would
					for _, child := range []int64{tuitest.MarkedA, tuitest.MarkedB} {
						for _, o := range []kit.Open{{ID: child}, {Contact: child, ID: child}, {Text: "瑀珂"}} {
							o.Screen = name
							see(tuitest.StartOn(t, db, me.ID, i18n.Chinese, o).Resize(120, 40).Screen())
						}
					}
				}
				for name, keys := range ofMeetings {
					for _, child := range []int64{tuitest.MarkedA, tuitest.MarkedB} {
						for _, id := range []int64{tuitest.MarkedMeeting(child), tuitest.MarkedDraft(child)} {
							s := tuitest.StartOn(t, db, me.ID, i18n.Chinese, kit.Open{Screen: name, ID: id}).Resize(120, 40)
							see(s.Screen())
							for _, k := range keys {
								see(s.Keys(k).Screen())
							}
						}
					}
				}
				for _, m := range marks {
					if m.Field == "student.name" && m.For(me, tuitest.Now) && !strings.Contains(strings.ReplaceAll(seen, " ", ""), m.Word) {
						t.Errorf("%s may find %s, and no screen shows it", who.Name, m.Word)
					}
				}
			})
		})
	}
}

// A change is drawn on open screens as its readers may see it: live updates are a
// door too.
func TestWhatArrivesLiveIsTheMatrix(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, marks := tuitest.Marked(t)
		var open []*tuitest.Session
		var of []data.Account
		for i := range tuitest.MarkedRoles {
			me, err := db.As(int64(i + 1)).Me(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, screen := range []kit.Open{{Screen: "family", ID: tuitest.MarkedA}, {Screen: "history", ID: tuitest.MarkedA}, {Screen: "roster", ID: tuitest.Three},
				{Screen: "today"}, {Screen: "search", Text: "瑀珂"}, {Screen: "classes"}} {
				open = append(open, tuitest.StartOn(t, db, me.ID, i18n.Chinese, screen).Resize(120, 40))
				of = append(of, me)
			}
		}
		for l := data.Normal; l <= data.Secret; l++ {
			c := data.Contact{Students: []int64{tuitest.MarkedA}, At: tuitest.Clock(), Channel: data.PhoneCall, Level: l, Summary: "新瑀珂" + l.Code(), Private: "新密" + l.Code()}
			if _, err := db.As(tuitest.Writer).SaveContact(t.Context(), c, data.Ref{}); err != nil {
				t.Fatal(err)
			}
			marks = append(marks, tuitest.Mark{Word: c.Summary, Level: l, Writer: tuitest.Writer, Child: tuitest.MarkedA, Class: tuitest.Three, Grade: 3},
				tuitest.Mark{Word: c.Private, Level: c.PrivateLevel(), Writer: tuitest.Writer, Child: tuitest.MarkedA, Class: tuitest.Three, Grade: 3})
			drawn := 0
			for i, s := range open {
				frame := s.Wait(time.Second).Screen()
				if leaks := tuitest.Leaks(frame, marks, of[i], tuitest.Clock()); len(leaks) > 0 {
					t.Errorf("%s: %v arrives:\n%s", of[i].Name, leaks, frame)
				}
				if strings.Contains(frame, c.Summary) {
					drawn++
				}
			}
			if drawn == 0 && l < data.Secret { // a secret text is drawn once it is opened
				t.Errorf("nobody's screen shows what was saved at level %s", l.Code())
			}
		}
	})
}

// Rights come and go while screens are open: after each change, every open
// screen shows what its reader may see at that moment, and no more.
func TestOpenScreensFollowRights(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		people := rapid.SliceOfNDistinct(rapid.Int64Range(2, int64(len(tuitest.MarkedRoles))), 3, 3, rapid.ID).Draw(rt, "people")
		happens := rapid.SliceOfN(rapid.Custom(aStep), 3, 8).Draw(rt, "what happens")
		wrong := ""
		synctest.Test(t, func(t *testing.T) { wrong = openScreensFollow(t, people, happens) })
		if wrong != "" {
			rt.Fatal(wrong)
		}
	})
}

// A step is one thing that happens between two looks at the open screens. Who
// and Which pick, of those there are.
type step struct {
	What, Role string
	Who, Which int
}

func aStep(rt *rapid.T) step {
	return step{rapid.SampledFrom([]string{"give", "give", "take", "renew", "disable", "enable", "name", "an hour", "a day"}).Draw(rt, "what"),
		rapid.SampledFrom([]string{"class-teacher:3.2", "class-teacher:5.1", "subject-teacher:3.2", "grade-head:3", "moral-office", "principal", "front-desk",
			"surrogate:20240211", "committee-secretary", "inspector", "admin", "class-teacher:3.2@2026-11-25"}).Draw(rt, "role"),
		rapid.IntRange(0, 2).Draw(rt, "who"), rapid.IntRange(0, 9).Draw(rt, "which")}
}

func openScreensFollow(t *testing.T, people []int64, steps []step) (wrong string) {
	db, marks := tuitest.Marked(t)
	console := db.Console("test")
	type window struct {
		*tuitest.Session
		of int64
	}
	var open []window
	for i, who := range people {
		for _, o := range []kit.Open{{Screen: "family", ID: tuitest.MarkedA}, {Screen: "roster", ID: tuitest.Three}, {Screen: "today"},
			{Screen: "history", ID: tuitest.MarkedA}, {Screen: "search", Text: "瑀珂"}}[:3+i] {
			open = append(open, window{tuitest.StartOn(t, db, who, i18n.Chinese, o).Resize(120, 40), who})
		}
	}
	for _, x := range steps {
		who := people[x.Who]
		err := x.happens(t, db, console, who)
		if err == nil && x.What == "name" {
			for i := range marks {
				if m := &marks[i]; m.Child == tuitest.MarkedA && m.Writer != 0 && strings.HasSuffix(m.Word, "肆") {
					m.Named = who
				}
			}
		}
		if err != nil && len(data.Faults(err)) == 0 && !errors.Is(err, data.ErrLastAdmin) && !errors.Is(err, data.ErrNotFound) {
			return fmt.Sprintf("%v: %v", x, err)
		}
		for _, s := range open {
			s.Wait(time.Second)
		}
		accounts, err := console.Accounts(t.Context())
		if err != nil {
			return err.Error()
		}
		for _, s := range open {
			me := accounts[slices.IndexFunc(accounts, func(a data.Account) bool { return a.ID == s.of })]
			if !me.Open(tuitest.Clock()) {
				continue // the server ends this session: sshd's tests see that
			}
			if leaks := tuitest.Leaks(s.Screen(), marks, me, tuitest.Clock()); len(leaks) > 0 {
				return fmt.Sprintf("after %v account %d is %v, and this shows %v:\n%s", x, me.ID, me.Active(tuitest.Clock()), leaks, s.Screen())
			}
		}
	}
	return ""
}

func (x step) happens(t *testing.T, db *store.DB, console *store.Desk, who int64) error {
	me, err := console.Account(t.Context(), fmt.Sprintf("user%d", who))
	if err != nil {
		return err
	}
	var held data.Grant
	if gs := me.Active(tuitest.Clock()); len(gs) > 0 {
		held = gs[x.Which%len(gs)]
	}
	switch x.What {
	case "give":
		w, err := data.ParseRole(x.Role)
		if err != nil {
			return err
		}
		return console.Grant(t.Context(), who, w)
	case "take":
		return console.RevokeGrant(t.Context(), held.ID)
	case "renew":
		return console.RenewGrant(t.Context(), held.ID, data.DayOf(tuitest.Clock()))
	case "disable":
		return console.Disable(t.Context(), who)
	case "enable":
		return console.Enable(t.Context(), who)
	case "name":
		return db.As(tuitest.Writer).NameReaders(t.Context(), 1, []int64{who}) // the secret text about the first child
	case "an hour":
		time.Sleep(time.Hour)
	case "a day":
		time.Sleep(24 * time.Hour)
	}
	return nil
}
