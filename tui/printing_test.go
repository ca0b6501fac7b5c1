package tui_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"regexp"
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

	tea "charm.land/bubbletea/v2"
)

// Accounts of the marked school.
const (
	markedPrincipal int64 = 3
	markedTeacher   int64 = 5 // the class teacher, who is the chair
	markedSubject   int64 = 6
	markedOffice    int64 = 7
	markedInspector int64 = 10
	markedDesk      int64 = 11
)

// inside is all text in a file, whatever it is packed in.
func inside(t *testing.T, f data.TrayFile) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(f.Bytes), int64(len(f.Bytes)))
	if err != nil {
		return string(f.Bytes)
	}
	var all strings.Builder
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(raw)
	}
	return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(all.String(), " ")
}

// No paper, in whatever format, holds what the one who prints it may not take
// out: the levels of the matrix, and above those what only the principal takes.
func TestWhatPapersHoldIsTheMatrix(t *testing.T) {
	db, marks := tuitest.Marked(t)
	made := 0
	for i, who := range tuitest.MarkedRoles {
		desk := db.As(int64(i + 1))
		me, err := desk.Me(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, of := range data.Papers {
			for _, format := range of.Formats() {
				for _, p := range []kit.Paper{{Meeting: tuitest.MarkedMeeting(tuitest.MarkedA)}, {Meeting: tuitest.MarkedMeeting(tuitest.MarkedB)}, {Meeting: tuitest.MarkedDraft(tuitest.MarkedA)}, {}} {
					if p.Meeting == 0 && of != data.MeetingDates {
						continue
					}
					p.Of, p.Format, p.Lang = of, format, i18n.Chinese
					f, err := tui.Print(t.Context(), desk, p)
					if err != nil {
						if !errors.Is(err, data.ErrNotFound) && !errors.Is(err, data.ErrForbidden) {
							t.Errorf("%s, %+v: %v", who.Name, p, err)
						}
						continue
					}
					made++
					text := inside(t, f)
					if leaks := tuitest.Leaks(text, marks, me, tuitest.Now); len(leaks) > 0 {
						t.Errorf("%s prints %s as %s and takes out %v", who.Name, of, format, leaks)
					}
					if restricted := strings.Contains(text, "录叁") || strings.Contains(text, "录肆"); restricted != (of == data.MinutesWhole && int64(i+1) == markedPrincipal) {
						t.Errorf("%s prints %s as %s, and what is restricted is in it: %v", who.Name, of, format, restricted)
					}
					if names := strings.Contains(text, "瑀珂名"); names && !slices.Contains([]data.Role{data.Principal, data.ClassTeacher, data.GradeHead, data.MoralOffice}, who.Grants[0].Role) {
						t.Errorf("%s prints names as %s", who.Name, of)
					}
				}
			}
		}
	}
	if made < 60 {
		t.Errorf("only %d papers were made", made)
	}
}

// The sheet has what a sheet needs, in the reader's language; names stay as they
// are written. Each paper says who took it out, when and what for.
func TestPapersSayWhatTheyAre(t *testing.T) {
	db, _ := tuitest.Marked(t)
	desk, held := db.As(markedTeacher), tuitest.MarkedMeeting(tuitest.MarkedA)
	for lang, want := range map[i18n.Lang][]string{
		i18n.Chinese: {"瑀珂会 签到表", "瑀珂名", "瑀珂项", "签名", "应到 1 户", "用途: 会议签到"},
		i18n.English: {"瑀珂会: sign-in sheet", "瑀珂名", "瑀珂项", "Signature", "of 1 families", "for: signing in at the meeting"}} {
		for _, format := range data.SignInSheet.Formats() {
			f, err := tui.Print(t.Context(), desk, kit.Paper{Of: data.SignInSheet, Meeting: held, Format: format, Lang: lang})
			if err != nil {
				t.Fatal(err)
			}
			text := inside(t, f)
			for _, w := range want {
				if !strings.Contains(text, w) && (format == data.AsText || w != "瑀珂项") {
					t.Errorf("%s in %s: no %q in\n%s", format, lang, w, text)
				}
			}
		}
	}
	f, err := tui.Print(t.Context(), desk, kit.Paper{Of: data.MinutesGiven, Meeting: held, Lang: i18n.English, Purpose: "督导\x1b检查"})
	if err != nil || f.Name != "minutes-26家01.docx" || f.Type != data.MediaType("a.docx") {
		t.Error(f.Name, f.Type, err)
	}
	for _, w := range []string{"瑀珂会 纪要", "第 1 稿, 未发布", "受限内容 2 行", "导出人 员工", "时间 2026-11-25", "用途: 督导检查"} {
		if !strings.Contains(inside(t, f), w) {
			t.Errorf("no %q in the minutes:\n%s", w, inside(t, f))
		}
	}
	whole, err := tui.Print(t.Context(), db.As(markedPrincipal), kit.Paper{Of: data.MinutesWhole, Meeting: held})
	if text := inside(t, whole); err != nil || !strings.Contains(text, "[受限] 员工甲: 瑀珂录叁") || !strings.Contains(text, "含受限内容, 不得外传") {
		t.Error(text, err)
	}
	if _, err := tui.Print(t.Context(), desk, kit.Paper{Of: data.SignInSheet, Meeting: held, Format: data.AsDOCX}); len(data.Faults(err)) != 1 {
		t.Error("a format that the paper does not have:", err)
	}
}

var eventLines = regexp.MustCompile(`(UID|SEQUENCE|STATUS|DTSTART|SUMMARY):(.*)\r\n`)

// A calendar knows a meeting again when it has moved, and that it is called off.
// Who sees no more than the day gets no more.
func TestCalendarFollowsTheMeeting(t *testing.T) {
	db, _ := tuitest.Marked(t)
	draft := tuitest.MarkedDraft(tuitest.MarkedA)
	ics := func(who int64, p kit.Paper) map[string]string {
		t.Helper()
		p.Of, p.Lang = data.MeetingDates, i18n.Chinese
		f, err := tui.Print(t.Context(), db.As(who), p)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, m := range eventLines.FindAllStringSubmatch(string(f.Bytes), -1) {
			out[m[1]] = m[2]
		}
		return out
	}
	one := kit.Paper{Meeting: draft}
	was := ics(markedOffice, one)
	office := db.As(markedOffice)
	v, err := office.Meeting(t.Context(), draft)
	if err != nil {
		t.Fatal(err)
	}
	m := v.Meeting
	m.Starts, m.Ends = m.Starts.Add(time.Hour), m.Ends.Add(time.Hour)
	if m, err = office.SaveMeeting(t.Context(), m, data.Ref{}); err != nil {
		t.Fatal(err)
	}
	moved := ics(markedOffice, one)
	if _, err := office.StepMeeting(t.Context(), m.ID, m.Rev, data.MeetingCancelled, "停电"); err != nil {
		t.Fatal(err)
	}
	off := ics(markedOffice, one)
	if was["UID"] == "" || was["UID"] != moved["UID"] || moved["UID"] != off["UID"] || was["SEQUENCE"] >= moved["SEQUENCE"] || moved["SEQUENCE"] >= off["SEQUENCE"] || was["DTSTART"] == moved["DTSTART"] {
		t.Errorf("%v\n%v\n%v", was, moved, off)
	}
	if was["STATUS"] != "TENTATIVE" || off["STATUS"] != "CANCELLED" {
		t.Error(was, off)
	}
	held := kit.Paper{Meeting: tuitest.MarkedMeeting(tuitest.MarkedA)}
	if got := ics(markedDesk, held); got["SUMMARY"] != "家长会" || got["STATUS"] != "CONFIRMED" || got["UID"] != ics(markedTeacher, held)["UID"] {
		t.Error(got)
	}
	if got := ics(markedInspector, held); got["SUMMARY"] != "瑀珂会" {
		t.Error(got)
	}
	other, _ := tuitest.Marked(t)
	f, err := tui.Print(t.Context(), other.As(markedTeacher), kit.Paper{Of: data.MeetingDates, Meeting: held.Meeting, Lang: i18n.Chinese})
	if err != nil || !strings.Contains(string(f.Bytes), "UID:meeting-1.") {
		t.Error(string(f.Bytes), err)
	}
}

var (
	tPrints = i18n.T("print", "打印")
	tPage   = i18n.T("Meeting", "会议")
)

// printing is a page with p.
type printing struct {
	env      *kit.Env
	print    kit.Printer
	of       []kit.Paper
	printing kit.Printing
}

func (p *printing) Title() i18n.Phrase { return tPage }
func (p *printing) Init() tea.Cmd      { return nil }
func (p *printing) Layout(int, int)    {}
func (p *printing) Waiting() bool      { return p.printing.Busy }
func (p *printing) GiveUp()            {}
func (p *printing) View() kit.Frame    { return kit.Frame{} }

func (p *printing) Update(msg tea.Msg) tea.Cmd {
	cmd, _ := p.printing.Took(p.env, msg)
	return cmd
}

func (p *printing) Actions() []kit.Action {
	return []kit.Action{{Key: "p", Label: tPrints, Do: func() tea.Cmd {
		return kit.AskPaper(p.env, func(of kit.Paper) tea.Cmd { return p.printing.Print(p.env, p.print, of) }, p.of...)
	}}}
}

// p asks which paper, makes it beside the screen, puts it into the tray and says
// how to get it; a refusal and a full tray are said there too.
func TestPrintingFromAScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, _ := tuitest.Marked(t)
		held := tuitest.MarkedMeeting(tuitest.MarkedA)
		open := func(who int64) *tuitest.Session {
			t.Cleanup(tui.SetScreen("today", func(env *kit.Env, _ kit.Open) kit.Page {
				env.Server.At = "10.0.0.5:2222"
				return &printing{env: env, print: tui.Printer(db.As(who)), of: []kit.Paper{{Of: data.SignInSheet, Meeting: held, Format: data.AsXLSX},
					{Of: data.SignInSheet, Meeting: held, Format: data.AsText}, {Of: data.MeetingDates, Meeting: held, Format: data.AsICS}}}
			}))
			return tuitest.StartOn(t, db, who, i18n.Chinese, kit.Open{Screen: "today"})
		}
		s := open(markedTeacher)
		s.Keys("p").Golden("ask_paper.zh.80x24")
		s.Keys("2").Wait(time.Second)
		if got := s.Screen(); !strings.Contains(got, "托盘: ssh -p 2222 10.0.0.5 get 签到-26家01.txt > 签到-26家01.txt") {
			t.Error(got)
		}
		s.Keys("p", "down", "down", "enter").Wait(time.Second)
		all, err := db.As(markedTeacher).Tray(t.Context())
		if err != nil || len(all) != 2 || all[0].Name != "会议-26家01.ics" {
			t.Error(all, err)
		}
		s = open(markedSubject)
		s.Keys("p", "1").Wait(time.Second)
		if got := s.Screen(); !strings.Contains(got, "你不能导出这个") {
			t.Error(got)
		}
		fill(t, db, markedTeacher)
		s = open(markedTeacher)
		s.Keys("p", "1").Wait(time.Second)
		if got := s.Screen(); !strings.Contains(got, "托盘满了") {
			t.Error(got)
		}
	})
}

func fill(t *testing.T, db *store.DB, who int64) {
	t.Helper()
	for i := range data.MaxTray / data.MaxTrayFile {
		if _, err := db.As(who).PutTray(t.Context(), data.TrayFile{Name: string(rune('a' + i)), Bytes: make([]byte, data.MaxTrayFile-1000)}); err != nil {
			t.Fatal(err)
		}
	}
}

// The line to paste is one that a shell takes, whatever the server's address.
func TestGetLine(t *testing.T) {
	for at, want := range map[string]string{
		"10.0.0.5:2222": "ssh -p 2222 10.0.0.5 get 签到.xlsx > 签到.xlsx", "10.0.0.5:22": "ssh 10.0.0.5 get 签到.xlsx > 签到.xlsx",
		"[fd00::5]:2222": "ssh -p 2222 fd00::5 get 签到.xlsx > 签到.xlsx", "": "ssh SERVER get 签到.xlsx > 签到.xlsx"} {
		if got := kit.GetLine(at, "签到.xlsx"); got != want {
			t.Errorf("%q: %q", at, got)
		}
	}
	if got := kit.GetLine("10.0.0.5:22", "a b.txt"); got != `ssh 10.0.0.5 get "a b.txt" > "a b.txt"` {
		t.Error(got)
	}
}
