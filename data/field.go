package data

import (
	"fmt"
	"slices"
	"strings"
)

// fields is the level of each field of each record: who may read it, whatever a
// list or a card shows of the record. A line is a record, a level in words, and
// the fields of that level. "own" is a field that has its record's own level, the
// writer's choice; "administrator" one that belongs to who runs accounts. What is
// not here nobody reads.
const fields = `
student              open           name pinyin_initials student_no class_id status
student              normal         sex boarding interests household_id
student              class          birth_date
student              restricted     tags tag_note health_note
household            normal         preferred_channel
household            class          home_address postal_address village
household            restricted     structure hardship_note family_change
guardian             normal         name relation phone wechat_qq email call_order best_time language_note do_not_contact may_not_collect skills
guardian             class          is_legal_guardian lives_with_student work_unit work_place away_since return_expected consent_at
guardian             restricted     contact_restriction
left_behind_dossier  normal         responsible_id checked_at three_knows_ok handover_state
left_behind_dossier  class          student_id kind caregiver_id study_state life_state needs monthly_report_at closed_at close_reason
left_behind_dossier  restricted     mind_state aid
surrogate_match      normal         surrogate_name category start_date end_date month_visit month_call term_letter
surrogate_match      class          student_id care_area care_note
contact              normal         student_ids guardian_id channel direction happened_at duration_min outcome level topics urgency counted_rules staff_id
contact              restricted     private_note
contact              own            summary quoted promises
promise              own            kind household_id student_id text owner due state
home_visit           normal         purpose planned_date visitors materials_given report_state
home_visit           class          plan people_met child_at_home parent_opinion measures
home_visit           restricted     home_environment problems_found
meeting              open           kind scope_id title starts_at place plan state host_id agenda
meeting              normal         attendance minutes feedback_state absentee_relayed
meeting              own            notes
conference           open           no kind state notice_due
seat                 open           person category function voting selection term_start term_end attendance
seat                 class          phone
meeting_topic        open           title proposer subject state opinions
motion               open           text moved_by seconded_by votes
resolution           open           text adopted owner due progress state
minutes              open           text state signed_by countersigned_by distributed_to
committee            open           level members size_min size_max duties supervision_note
committee            class          member_phone
opinion              open           published_text
opinion              normal         received_at via kind class_of due_at handler_id state
opinion              class          about text reply replied_at
opinion              restricted     from_guardian
survey               open           kind sample_rule anonymous questions sent_at closed_at response_rate
survey               restricted     answers
letter               open           kind issued_at scope body
letter               normal         receipt_state signed_by_teacher student guardian
letter               class          parent_opinion written_by sent_to
growth_dossier       class          writer_kind text
support_plan         class          team week_note state
support_plan         restricted     problem goal measures
counselling          class          next
counselling          secret         referral note
volunteer            normal         guardian_id skill hours
course               open           kind lecturer periods
course               normal         sign_in
activity             open           kind plan published_at
activity             normal         participants reflection
study_group          normal         members leader teacher
partner              open           kind agreement until
partner              normal         contact phone visits
reception            open           date half_day receiver
visitor_log          normal         name relation in_at out_at
visitor_log          class          wants answer
emergency            class          kind calls state
emergency            restricted     hospital handed_to
staff_assessment     restricted     counts satisfaction result
staff_training       normal         course date passed
ledger               class          owner due
ledger               restricted     problem source state
year_plan            open           kind text approved
inspection           open           period totals findings rectify_due
award                open           kind holder term
handover             class          from to items
account              open           name role scope
account              administrator  public_keys active_until
setting              open           key value
class                open           grade name kind class_teacher subject_teachers
class                normal         liaison_parent
term                 open           name start end
calendar_day         open           kind
duty_rule            open           id enabled count per fraction deadline valid_from
announcement         open           text from until
resource             open           title kind place added_at
pairing              normal         student partner kind
family_call          class          student guardian at
`

// A Field is one field of a record and who may read it.
type Field struct {
	Record string
	Name   string
	Level  Level
	Own    bool // as its record's own level; Level is the least
	Admin  bool // for who runs accounts, whatever the levels say
}

// Fields is every field, in the order of the school's rules.
var Fields = readFields()

func readFields() (out []Field) {
	for line := range strings.Lines(strings.TrimSpace(fields)) {
		words := strings.Fields(line)
		f := Field{Record: words[0]}
		switch words[1] {
		case "own":
			f.Own, f.Level = true, Normal
		case "administrator":
			f.Admin, f.Level = true, Secret
		default:
			i := slices.IndexFunc([]Level{Open, Normal, ClassOnly, Restricted, Secret}, func(l Level) bool { return l.Code() == words[1] })
			if i < 0 {
				panic("data: no level is called " + words[1])
			}
			f.Level = Level(i)
		}
		for _, f.Name = range words[2:] {
			out = append(out, f)
		}
	}
	return out
}

// levelOf is the level of every field by record and name.
var levelOf = func() map[string]Level {
	m := map[string]Level{}
	for _, f := range Fields {
		m[f.Record+"."+f.Name] = f.Level
	}
	return m
}()

// LevelOf is the level of a field: "student.birth_date". A field that is not in
// the table is a fault of the caller, and nobody's to read: it panics.
func LevelOf(field string) Level {
	l, ok := levelOf[field]
	if !ok {
		panic(fmt.Sprintf("data: the table of fields has no %s", field))
	}
	return l
}
