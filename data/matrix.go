package data

import (
	"fmt"
	"slices"
	"strings"
)

// A Record is a kind of thing the school keeps, as its access rules name it.
type Record string

// The records of the access rules. Those that no screen has yet stand here too:
// the rule comes first, and denies.
const (
	RecStudent    Record = "student"
	RecFamily     Record = "family" // household and guardians
	RecTag        Record = "tag"    // tags, and notes of level restricted
	RecContact    Record = "contact"
	RecHomeVisit  Record = "home_visit"
	RecDossier    Record = "left_behind_dossier"
	RecMatch      Record = "surrogate_match"
	RecMeeting    Record = "meeting"
	RecConference Record = "conference"
	RecResolution Record = "resolution"
	RecCommittee  Record = "committee"
	RecOpinion    Record = "opinion"
	RecSurvey     Record = "survey"
	RecLetter     Record = "letter"
	RecGrowth     Record = "growth_dossier"
	RecCounsel    Record = "counselling"
	RecEmergency  Record = "emergency"
	RecActivity   Record = "activity"
	RecVolunteer  Record = "volunteer"
	RecVisitor    Record = "visitor_log"
	RecLedger     Record = "ledger"
	RecPlan       Record = "year_plan"
	RecAssessment Record = "staff_assessment"
	RecTraining   Record = "staff_training"
	RecInspection Record = "inspection"
	RecSetting    Record = "setting" // duty rules and presets too
	RecAccount    Record = "account"
	RecAudit      Record = "audit"
	RecExport     Record = "export" // with names
	RecDeletion   Record = "deletion"
)

// An Act is one thing one may do with a record, by the letter of the matrix.
type Act byte

// The acts. Approve is also to sign, assign, release and adopt; Delete is a mark
// that can be undone for 30 days, and of a key its revocation.
const (
	View    Act = 'V'
	Create  Act = 'C'
	Edit    Act = 'E'
	Approve Act = 'A'
	Export  Act = 'X'
	Delete  Act = 'D'
)

// Acts is every act, in the matrix's order.
var Acts = []Act{View, Create, Edit, Approve, Export, Delete}

// A Limit narrows a right: to a part of the record or to a condition. The empty
// one is the whole record, as far as the levels go.
type Limit string

// The limits. All that is not named here is refused by what asks with Whole.
const (
	Unlimited    Limit = ""
	ByImport     Limit = "import"   // only by importing, with what is L1 and above masked
	Totals       Limit = "totals"   // sums without names; to an inspector under five is "<5"
	Searching    Limit = "search"   // finding: name, class, phones and the two warnings
	PhonesOnly   Limit = "phones"   // the guardians' phones
	HealthOnly   Limit = "health"   // health, what to do when the child falls ill, and why a guardian is kept away
	Existence    Limit = "exists"   // that there is one
	BelowL3      Limit = "below_l3" // without what is restricted
	IncomingOnly Limit = "incoming" // calls that come in
	Invited      Limit = "invited"  // where one was asked to come
	NoNames      Limit = "l0"       // what is L0
	DatesOnly    Limit = "dates"    // the day alone
	AsSeat       Limit = "seat"     // as holder of a seat
	AsHandler    Limit = "handler"  // as who handles it; nobody handles a complaint about himself
	AsMember     Limit = "member"   // as member of the committee
	Receipts     Limit = "receipts"
	CareNotes    Limit = "care_notes"
	LetterDates  Limit = "letter_dates"
	Entries      Limit = "entries" // entries of one's own in it
	AsNamed      Limit = "named"   // where one is named
	CallList     Limit = "call_list"
	NamesOnly    Limit = "names"
	OwnKeys      Limit = "own_keys"
	Numbers      Limit = "numbers"  // records that one may not see stand there as numbers
	Looked       Limit = "looked"   // who has looked at the children in one's scope
	UpToL1       Limit = "l1"       // what is L1 and below
	TwoDays      Limit = "48h"      // within 48 hours of writing
	OpensPeriod  Limit = "period"   // opens the period
	Progress     Limit = "progress" // reports on it
)

// A Reach is where a right of a role holds.
type Reach byte

// Within the scope that the grant carries, or only one's own entries.
const (
	InScope Reach = 's'
	Own     Reach = 'o'
)

// A Right is one entry of the matrix: acts on a record, within a reach, to a
// limit.
type Right struct {
	Acts  []Act
	Reach Reach
	Limit Limit
}

// matrix is the school's access rules: who may do what with which record. Each
// row is a record, each column a role in the order of Roles; what is not there
// is denied. A cell is rights with blanks between: letters of acts, after a
// slash where (w school, g grade, c class, t classes taught, m matched students,
// all of which are the scope that the grant carries, or o own entries), after a
// colon a limit. "Delete" is a row of its own.
const matrix = `
                    | admin               | principal   | grade-head   | class-teacher      | subject-teacher        | moral-office         | surrogate              | committee-secretary | inspector  | front-desk
student             | C/w:import          | V/w         | V/g          | VE/c               | V/t                    | VCE/w                | V/m                    | -                   | V/w:totals | V/w:search
family              | -                   | V/w         | V/g          | VCE/c              | V/t:phones             | VE/w                 | V/m E/m:phones         | -                   | -          | V/w:phones
tag                 | -                   | V/w         | -            | VCE/c              | -                      | V/w                  | V/m                    | -                   | V/w:totals | -
contact             | -                   | VC/w E/o    | VC/g E/o     | VCE/c              | VC/t E/o               | VC/w                 | VCE/m                  | -                   | V/w:totals | C/w:incoming
home_visit          | -                   | VCA/w E/o   | VCA/g E/o    | VCE/c              | C/t E/o V/t:below_l3   | VA/w                 | VCE/m                  | -                   | V/w:totals | -
left_behind_dossier | -                   | V/w         | V/g:below_l3 | VCE/c              | V/t:exists             | VE/w                 | V/m E/m:care_notes     | -                   | V/w:totals | -
surrogate_match     | -                   | VA/w        | V/g          | V/c                | V/o                    | CEA/w                | V/o                    | -                   | V/w:totals | -
meeting             | -                   | VC/w        | VC/g         | VCE/c              | V/t                    | VCE/w                | V/m:invited            | -                   | V/w:l0     | V/w:dates
conference          | -                   | VA/w        | V/g A/g:seat | V/c A/c:seat       | V/t A/t:seat           | VCE/w                | V/m                    | VCEA/w              | V/w:l0     | V/w:dates
resolution          | -                   | A/w         | E/o:progress | E/o:progress       | E/o:progress           | VCE/w                | -                      | VCE/w               | V/w:l0     | -
committee           | -                   | V/w         | V/g          | VCE/c              | V/t                    | VCE/w                | -                      | VCE/w               | V/w:l0     | -
opinion             | -                   | VA/w        | V/g:handler  | VC/c E/c:handler   | C/t E/t:handler        | VCEA/w               | C/m                    | C/w:member          | V/w:totals | C/w
survey              | -                   | V/w         | V/g:totals   | VC/c:totals        | V/t:totals             | VCE/w                | -                      | V/w:totals          | V/w:totals | -
letter              | -                   | VA/w        | V/g          | V/c E/c:receipts   | -                      | VCE/w                | E/o:letter_dates       | -                   | V/w:totals | -
growth_dossier      | -                   | V/w         | -            | VCE/c              | C/t:entries E/o        | V/w                  | V/m                    | -                   | -          | -
counselling         | -                   | V/w         | -            | V/c:dates          | -                      | V/w:named            | V/m:dates              | -                   | -          | -
emergency           | -                   | V/w         | VC/g         | VCE/c              | VC/t                   | VC/w                 | VC/m                   | -                   | V/w:totals | VC/w:call_list
activity            | -                   | VA/w        | VC/g         | VCE/c              | VC/t                   | VCE/w                | VC/m                   | V/w                 | V/w:l0     | V/w:dates
volunteer           | -                   | V/w         | V/g          | VC/c               | V/t                    | VCE/w                | -                      | V/w                 | V/w:totals | V/w
visitor_log         | -                   | VA/w        | V/g          | V/c                | V/o                    | VCE/w                | -                      | -                   | V/w:totals | VCE/w
ledger              | -                   | VA/w        | V/g          | VCE/c              | C/t                    | VCE/w                | C/m                    | -                   | V/w:totals | -
year_plan           | -                   | A/w         | VC/g         | V/c                | V/t                    | VCE/w                | -                      | VC/w                | V/w:l0     | -
staff_assessment    | -                   | VA/w        | V/o          | V/o                | V/o                    | V/w:totals C/w       | V/o                    | -                   | V/w:totals | -
staff_training      | -                   | VA/w        | V/g          | V/o                | V/o                    | VCE/w                | V/o                    | -                   | V/w:totals | -
inspection          | A/w:period          | VA/w        | -            | -                  | -                      | VCE/w                | -                      | -                   | V/w        | -
setting             | VE/w                | VA/w        | V/g          | V/c                | V/t                    | VE/w                 | -                      | V/w                 | V/w        | -
account             | VCED/w              | V/w         | -            | V/o:own_keys       | V/o:own_keys           | V/w:names            | V/o:own_keys           | -                   | -          | -
audit               | V/w:numbers         | V/w         | V/o          | V/o V/c:looked     | V/o                    | V/o                  | V/o                    | -                   | -          | -
export              | -                   | X/w         | X/g:l1       | X/c:l1             | -                      | X/w                  | -                      | -                   | -          | -
deletion            | -                   | D/w         | D/o          | D/o:48h            | D/o:48h                | D/o                  | D/o:48h                | D/o:48h             | -          | -
`

// Rights that come with no role of a person's own: while one child is opened in
// an emergency, while the principal has released one child to somebody, and
// while a former class teacher reads on after the turn of the year.
const passing = `
                    | emergency        | break-glass | former-teacher
student             | V/m:search       | V/m         | V/c
family              | V/m:phones       | V/m         | V/c
tag                 | V/m:health       | V/m         | V/c
contact             | C/m              | VC/m E/o    | V/c
home_visit          | -                | V/m         | V/c
left_behind_dossier | -                | V/m         | V/c
meeting             | -                | -           | V/c
counselling         | -                | V/m         | -
emergency           | VC/m             | VC/m        | -
`

// Records is every record, in the matrix's order.
var Records []Record

// rights is the matrix taken apart.
var rights = func() map[Record]map[Role][]Right {
	m := map[Record]map[Role][]Right{}
	for _, text := range []string{matrix, passing} {
		readMatrix(text, m)
	}
	return m
}()

// readMatrix takes a matrix apart. A cell that cannot be read is a fault of this
// file, so it panics before anybody is let in by mistake.
func readMatrix(text string, into map[Record]map[Role][]Right) {
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	head := strings.Split(lines[0], "|")[1:]
	for _, line := range lines[1:] {
		cells := strings.Split(line, "|")
		rec := Record(strings.TrimSpace(cells[0]))
		if into[rec] == nil {
			into[rec] = map[Role][]Right{}
			Records = append(Records, rec)
		}
		for i, cell := range cells[1:] {
			role := Role(strings.TrimSpace(head[i]))
			for word := range strings.FieldsSeq(cell) {
				if word != "-" {
					into[rec][role] = append(into[rec][role], readRight(word))
				}
			}
		}
	}
}

func readRight(word string) (r Right) {
	acts, where, ok := strings.Cut(word, "/")
	reach, limit, _ := strings.Cut(where, ":")
	if !ok || len(reach) != 1 || !strings.Contains("wgctmo", reach) {
		panic("data: the access matrix cannot be read at " + word)
	}
	for _, a := range []byte(acts) {
		if !slices.Contains(Acts, Act(a)) {
			panic(fmt.Sprintf("data: the access matrix knows no act %c", a))
		}
		r.Acts = append(r.Acts, Act(a))
	}
	if r.Reach = InScope; reach == "o" {
		r.Reach = Own
	}
	r.Limit = Limit(limit)
	return r
}

// RightsOf is what the matrix gives a role over a record; nothing: no right.
func RightsOf(role Role, rec Record) []Right { return rights[rec][role] }

// String is the right in the matrix's own letters, with s for the scope of the
// grant: "VCE/s", "E/o", "V/s:totals".
func (r Right) String() string {
	s := ""
	for _, a := range r.Acts {
		s += string(rune(a))
	}
	s += "/" + string(rune(r.Reach))
	if r.Limit != Unlimited {
		s += ":" + string(r.Limit)
	}
	return s
}
