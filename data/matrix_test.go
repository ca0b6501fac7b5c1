package data

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// The rules as the school wrote them, in words; the matrix says the same in
// letters. Each cell must give the same acts over the same reach.
func TestMatrixIsTheSchoolsRules(t *testing.T) {
	names := map[string]Record{"student (L0–L1)": RecStudent, "household, guardian": RecFamily, "tags and notes (L3)": RecTag,
		"contact, phone call": RecContact, "meeting (parents')": RecMeeting, "conference, topic, motion, minutes": RecConference,
		"opinion, complaint": RecOpinion, "letters, safety agreements, term report": RecLetter, "growth_dossier, support_plan": RecGrowth,
		"counselling (L4)": RecCounsel, "activity, course, study group": RecActivity, "volunteer, partner": RecVolunteer,
		"visitor log, reception day": RecVisitor, "year plan, summary": RecPlan, "staff assessment": RecAssessment,
		"staff training": RecTraining, "duty rules, presets, settings": RecSetting, "accounts, keys": RecAccount,
		"audit log": RecAudit, "export with names": RecExport, "delete": RecDeletion}
	// Whoever changes or approves a thing has seen it; and everybody sees their own
	// entries of the log, at least their sign-ins.
	more := map[Record]map[Role]string{RecSetting: {Administrator: "V", Principal: "V", MoralOffice: "V"},
		RecAccount: {Administrator: "V"}, RecAudit: {MoralOffice: "V/o", Surrogate: "V/o"}}
	head, rows := table(t, "testdata/rights.md")
	for _, row := range rows {
		rec, ok := names[row[0]]
		if !ok {
			rec = Record(row[0])
		}
		if !slices.Contains(Records, rec) {
			t.Errorf("the matrix has no row for %q", row[0])
			continue
		}
		for i, cell := range row[1:] {
			role := columns[head[i+1]]
			want, got := inWords(cell), map[string]bool{}
			for _, r := range RightsOf(role, rec) {
				for _, a := range r.Acts {
					got[string(rune(a))+map[Reach]string{InScope: "", Own: "/o"}[r.Reach]] = true
				}
			}
			if act := more[rec][role]; act != "" {
				want[act] = true
			}
			if !maps.Equal(want, got) {
				t.Errorf("%s, %s: the rules say %q, which is %v; the matrix has %v", rec, role, cell, want, got)
			}
		}
	}
	if len(rows) != len(Records) {
		t.Errorf("%d rows for %d records", len(Records), len(rows))
	}
}

// What each level shows to each role, likewise.
func TestLevelsAreTheSchoolsRules(t *testing.T) {
	head, rows := table(t, "testdata/levels.md")
	if len(rows) != 5 {
		t.Fatal(rows)
	}
	for l, row := range rows {
		for i, cell := range row[1:] {
			role := columns[head[i+1]]
			want := None
			switch {
			case cell == "–" || cell == "seat phones" || strings.HasPrefix(cell, "all without personal names"):
			case cell == "as CT", strings.HasPrefix(cell, "existence only"), strings.HasPrefix(cell, "name, class"):
				want = Exists
			default:
				want = Whole
			}
			if got := sightAt(role, Level(l)); got != want {
				t.Errorf("L%d, %s: the rules say %q, the table %d", l, role, cell, got)
			}
		}
	}
}

var columns = map[string]Role{"ADM": Administrator, "PRI": Principal, "GH": GradeHead, "CT": ClassTeacher, "ST": SubjectTeacher,
	"OFF": MoralOffice, "SUR": Surrogate, "SEC": CommitteeSecretary, "INS": Inspector, "FD": FrontDesk}

func table(t *testing.T, file string) (head []string, rows [][]string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(strings.ReplaceAll(cells[i], "**s**", ""))
		}
		switch {
		case strings.HasPrefix(cells[0], "--"):
		case head == nil:
			head = cells
		default:
			rows = append(rows, cells)
		}
	}
	return head, rows
}

var letters = regexp.MustCompile(`\b([VCEAXD])(?:/([a-z]))?\b`)

// inWords reads a cell as a person wrote it: letters, and words that stand for
// one.
func inWords(cell string) map[string]bool {
	acts := map[string]bool{}
	for _, part := range strings.Split(cell, ";") {
		part = strings.TrimSpace(part)
		own := strings.Contains(part, "/o") || strings.HasPrefix(part, "own") || strings.HasPrefix(part, "V own") ||
			strings.HasPrefix(part, "E own") || part == "who looked/c"
		for _, m := range letters.FindAllStringSubmatch(part, -1) {
			act := m[1]
			if m[2] == "o" || own && m[2] == "" && (strings.HasSuffix(part, " progress/o") || !strings.Contains(part, "/o")) {
				act += "/o"
			}
			acts[act] = true
		}
		switch part {
		case "–", "-", "":
		case "import":
			acts["C"] = true
		case "totals", "existence", "dates only", "named", "who looked/c":
			acts["V"] = true
		case "own", "own entries", "own visitors", "own keys V":
			acts["V/o"] = true
		case "seats act", "opens the period":
			acts["A"] = true
		}
		for word, act := range map[string]string{" sign/": "A", " release": "A", " distribute": "A", " adopt": "A", " revoke": "D"} {
			if strings.Contains(part, word) {
				acts[act] = true
			}
		}
	}
	return acts
}

// docs/access.md shows the matrix and the levels to people.
func TestDocsShowTheMatrix(t *testing.T) {
	text, err := os.ReadFile("../docs/access.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, part := range map[string]string{"matrix": matrix, "rights of the moment": passing, "fields": fields} {
		if !strings.Contains(string(text), strings.Trim(part, "\n")) {
			t.Errorf("docs/access.md does not show the %s as it is", name)
		}
	}
	for role, s := range sights {
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(string(role)) + ` +` + strings.Join(strings.Split(s, ""), " +") + `$`).Match(text) {
			t.Errorf("docs/access.md does not show what %s sees: %s", role, s)
		}
	}
}

func TestGrantsHoldFromUntil(t *testing.T) {
	now := time.Date(2026, 8, 10, 9, 0, 0, 0, China)
	ended := Grant{Role: ClassTeacher, Kind: OwnGrant, Scope: ScopeClass, ScopeID: 7, Classes: []int64{7}, From: now.AddDate(-1, 0, 0), Until: now.AddDate(0, 0, -9)}
	a := Account{ID: 1, Grants: []Grant{ended}}
	p := Place{Student: 3, Class: 7}
	if !a.SeesCard(now, p) || a.MayRecord(now, p, PhoneCall, Outgoing) != ErrForbidden || len(a.Own(now)) != 0 {
		t.Error("the former class teacher reads on after the turn of the year, and no more")
	}
	if a.Sees(now.AddDate(0, 0, 22), p) {
		t.Error("for 30 days at most")
	}
	for what, change := range map[string]func(*Grant){
		"that was handed over": func(g *Grant) { g.HandedOver = now }, "that was taken away": func(g *Grant) { g.Revoked = g.Until },
		"that was lent": func(g *Grant) { g.Kind = DelegatedGrant }, "nobody confirmed": func(g *Grant) { g.Until, g.Pending = time.Time{}, true },
	} {
		g := ended
		change(&g)
		if b := (Account{ID: 1, Grants: []Grant{g}}); b.Sees(now, p) {
			t.Error("a class", what, "is gone at once")
		}
	}
}

func TestRolesGoTogether(t *testing.T) {
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, China)
	ct := Grant{Role: ClassTeacher, Kind: OwnGrant, Scope: ScopeClass, ScopeID: 7}
	if GoTogether(now, []Grant{ct}, Grant{Role: Inspector, Kind: OwnGrant, Scope: ScopeSchool}) == nil {
		t.Error("an inspector judges the work, and has no part in it")
	}
	if GoTogether(now, []Grant{ct}, ct) == nil {
		t.Error("the same twice")
	}
	more := ct
	more.ScopeID = 8
	if err := GoTogether(now, []Grant{ct}, more); err != nil {
		t.Error(err)
	}
}

func BenchmarkMay(b *testing.B) {
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, China)
	a := Account{ID: 1}
	for i := range int64(8) {
		a.Grants = append(a.Grants, Grant{Role: SubjectTeacher, Kind: OwnGrant, Scope: ScopeClass, ScopeID: i, Classes: []int64{i}})
	}
	a.Grants = append(a.Grants, Grant{Role: ClassTeacher, Kind: OwnGrant, Scope: ScopeClass, ScopeID: 20, Classes: []int64{20}})
	p := Place{Student: 9, Class: 20}
	for b.Loop() {
		if !a.May(now, RecContact, Edit, p, false) || a.SeesLevel(now, p, Restricted) != Whole {
			b.Fatal("denied")
		}
	}
}
