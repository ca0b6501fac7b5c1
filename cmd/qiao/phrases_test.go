package main

import (
	"regexp"
	"testing"

	"qiao/data"
	"qiao/tui/i18n"
)

var placeholders = regexp.MustCompile(`%[a-z]`)

// The program holds every phrase there is; the test stands where all are linked.
func TestEveryPhraseHasBothLanguages(t *testing.T) {
	for _, p := range i18n.All() {
		if p.English() == "" || p.Chinese() == "" {
			t.Errorf("%q, %q: one is missing", p.English(), p.Chinese())
		}
		if len(placeholders.FindAllString(p.English(), -1)) != len(placeholders.FindAllString(p.Chinese(), -1)) {
			t.Errorf("%q, %q: the verbs differ", p.English(), p.Chinese())
		}
	}
	for _, w := range data.Whys {
		if i18n.English.Why(w) == "" {
			t.Errorf("no phrase for the fault %q", w)
		}
	}
	for _, k := range data.Kinds {
		if i18n.Chinese.Kind(k) == "" {
			t.Errorf("no phrase for the kind %q", k)
		}
	}
}
