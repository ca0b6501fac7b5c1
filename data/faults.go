package data

import (
	"errors"
	"slices"
	"unicode/utf8"
)

// faults gathers what is wrong with a record, one *Invalid a field.
type faults struct{ errs []error }

func (f *faults) bad(field string, why Why) { f.errs = append(f.errs, &Invalid{field, why}) }

func (f *faults) all(err error) {
	if err != nil {
		f.errs = append(f.errs, err)
	}
}

func (f *faults) err() error { return errors.Join(f.errs...) }

// name checks a tidied name: 1 to 30 characters.
func (f *faults) name(field, s string) {
	switch n := utf8.RuneCountInString(s); {
	case n == 0:
		f.bad(field, WhyEmpty)
	case n > maxName:
		f.bad(field, WhyTooLong)
	}
}

func (f *faults) atMost(field, s string, most int) {
	if utf8.RuneCountInString(s) > most {
		f.bad(field, WhyTooLong)
	}
}

func (f *faults) oneOf(field, s string, of []string) {
	if !slices.Contains(of, s) {
		f.bad(field, WhyUnknown)
	}
}

// words is a vocabulary as plain strings.
func words[T ~string](of []T) []string {
	out := make([]string, len(of))
	for i, w := range of {
		out[i] = string(w)
	}
	return out
}
