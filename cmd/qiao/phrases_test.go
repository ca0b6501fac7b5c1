package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"qiao/data"
	"qiao/tui/i18n"
)

var placeholders = regexp.MustCompile(`%(?:\[(\d+)\])?[a-z]`)

// verbsOf is for which arguments one language's half has verbs, and whether it
// names them by number: such a half may leave some out.
func verbsOf(s string) (verbs map[int]bool, numbered bool) {
	verbs = map[int]bool{}
	next := 1
	for _, m := range placeholders.FindAllStringSubmatch(s, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			next, numbered = n, true
		}
		verbs[next] = true
		next++
	}
	return verbs, numbered
}

// verbsAgree reports whether both halves of a phrase take the same arguments.
func verbsAgree(english, chinese string) bool {
	en, enNumbered := verbsOf(english)
	zh, zhNumbered := verbsOf(chinese)
	for n := range en {
		if !zh[n] && !zhNumbered {
			return false
		}
	}
	for n := range zh {
		if !en[n] && !enNumbered {
			return false
		}
	}
	return true
}

// The program holds every phrase there is; the test stands where all are linked.
func TestEveryPhraseHasBothLanguages(t *testing.T) {
	for _, wrong := range [][2]string{{"%s %s", "%s"}, {"%[2]s", "%s"}, {"", "%s"}, {"%d", ""}} {
		if verbsAgree(wrong[0], wrong[1]) {
			t.Errorf("%q passes", wrong)
		}
	}
	for _, p := range i18n.All() {
		if p.English() == "" || p.Chinese() == "" {
			t.Errorf("%q, %q: one is missing", p.English(), p.Chinese())
		}
		if !verbsAgree(p.English(), p.Chinese()) {
			t.Errorf("%q, %q: the verbs differ", p.English(), p.Chinese())
		}
	}
	for _, w := range data.Whys {
		if i18n.English.Why(w) == "" {
			t.Errorf("no phrase for the fault %q", w)
		}
	}
	for _, k := range data.Kinds {
		said(t, i18n.Lang.Kind, k.Kind)
	}
	said(t, i18n.Lang.Channel, data.Channels...)
	said(t, i18n.Lang.Outcome, data.Outcomes...)
	said(t, i18n.Lang.Direction, data.Outgoing, data.Incoming)
	said(t, i18n.Lang.Level, data.Levels...)
	said(t, i18n.Lang.Relation, data.Relations...)
	said(t, i18n.Lang.Role, append(slices.Clone(data.Roles), data.Emergency, data.BreakGlass, data.FormerTeacher)...)
	said(t, i18n.Lang.ShortRole, append(slices.Clone(data.Roles), data.Emergency, data.BreakGlass, data.FormerTeacher)...)
	said(t, i18n.Lang.Record, data.Records...)
	said(t, func(l i18n.Lang, a data.Act) string { return l.Acts([]data.Act{a}) }, data.Acts...)
	said(t, i18n.Lang.GrantState, data.GrantWaits, data.GrantHolds, data.GrantBegins, data.GrantReadsOn, data.GrantEnded, data.GrantTaken)
	said(t, i18n.Lang.GrantKind, data.DelegatedGrant, data.EmergencyGrant, data.ReleaseGrant)
	for _, rec := range data.Records {
		for _, role := range data.Roles {
			for _, r := range data.RightsOf(role, rec) {
				if r.Limit != data.Unlimited {
					said(t, i18n.Lang.Limit, r.Limit)
				}
			}
		}
	}
	said(t, i18n.Lang.PresenceKind, data.PresenceKinds...)
	said(t, i18n.Lang.Tag, data.Tags...)
	said(t, i18n.Lang.Flag, data.Tags...)
	said(t, i18n.Lang.Sex, data.Male, data.Female)
	said(t, i18n.Lang.PromiseState, data.PromiseStates...)
	said(t, i18n.Lang.PromiseKind, data.AnyPromise, data.FollowUp, data.CallBackAgain)
	said(t, i18n.Lang.Status, data.Statuses...)
	said(t, i18n.Lang.MeetingKind, data.MeetingKinds...)
	said(t, i18n.Lang.MeetingState, data.MeetingStates...)
	said(t, i18n.Lang.Attendance, data.Attendances...)
	said(t, i18n.Lang.Reply, data.Replies...)
	said(t, i18n.Lang.Missing, data.AllMissing...)
	said(t, i18n.Lang.TopicState, data.TopicStates...)
	said(t, i18n.Lang.ResolutionState, data.ResolutionStates...)
	said(t, i18n.Lang.Feedback, data.FeedbackStates...)
	said(t, i18n.Lang.MinutesState, data.MinutesStates...)
	said(t, i18n.Lang.LineKind, data.LineKinds...)
	for _, p := range data.Presets {
		for _, i := range p.Agenda {
			said(t, i18n.Lang.PresetItem, i.Code)
		}
	}
	said(t, i18n.Lang.Deed, data.Deeds()...)
	said(t, i18n.Lang.DeedKind, data.DeedKinds...)
	for _, topic := range data.Topics {
		if i18n.Chinese.Topic(topic) == topic {
			t.Errorf("no word for the topic %q", topic)
		}
	}
}

// A fault names its field in the reader's words, whichever rule found it.
func TestEveryFieldHasAName(t *testing.T) {
	named := regexp.MustCompile(`Invalid\{(?:Field: )?"([a-z_]+)"|\.(?:bad|name|atMost|oneOf)\("([a-z_]+)"|Fields = append\([^"\n]*"([a-z_]+)"`)
	n := 0
	for _, folder := range []string{"data", "data/store", "sshd/command", "cmd/qiao"} {
		files, err := filepath.Glob("../../" + folder + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil || strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "school.go") { // a school that does not found is a defect
				continue
			}
			for _, m := range named.FindAllStringSubmatch(string(text), -1) {
				n++
				if word := m[1] + m[2] + m[3]; i18n.Chinese.Field(word) == word {
					t.Errorf("%s: the field %q has no name", file, word)
				}
			}
		}
	}
	if n < 30 {
		t.Error("found only", n)
	}
}

// said asks for a word in both languages for each value of a vocabulary.
func said[T any](t *testing.T, word func(i18n.Lang, T) string, of ...T) {
	t.Helper()
	for _, v := range of {
		if word(i18n.English, v) == "" || word(i18n.Chinese, v) == "" {
			t.Errorf("no word for %v", v)
		}
	}
}
