package data

import (
	"slices"
	"strconv"
)

// A Setting is a number that the school sets. A value holds from the day on
// which it was set: the past is judged by the settings of its time.
type Setting struct {
	Key                  string
	Least, Most, Default int
	// Value is what holds; Set tells whether the school has said so, else it is
	// the default, and a flag of the server's goes before that.
	Value int
	Set   bool
}

// The keys of settings: the minutes without a key, click or paste until a session
// ends, and before that its screen is covered; how many of the school's working
// days the families know before a meeting.
const (
	IdleMinutes  = "idle_minutes"
	CoverMinutes = "cover_minutes"
	NoticeDays   = "notice_days"
)

// usualNotice is what the rule's seven days are in working days.
const usualNotice = 5

// Settings is every setting with its default, in the order lists have.
var Settings = []Setting{
	{Key: IdleMinutes, Least: 10, Most: 480, Default: 30, Value: 30},
	{Key: CoverMinutes, Least: 1, Most: 30, Default: 5, Value: 5},
	{Key: NoticeDays, Least: 1, Most: 20, Default: usualNotice, Value: usualNotice},
}

// FindSetting is the setting of a key, with its default.
func FindSetting(key string) (Setting, error) {
	i := slices.IndexFunc(Settings, func(s Setting) bool { return s.Key == key })
	if i < 0 {
		return Setting{}, &Invalid{Field: "setting", Why: WhyUnknown}
	}
	return Settings[i], nil
}

// With is the setting with a value as it is stored or typed; "" is the default.
// What is no number between Least and Most is an *Invalid.
func (s Setting) With(value string) (Setting, error) {
	s.Value, s.Set = s.Default, value != ""
	if !s.Set {
		return s, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < s.Least || n > s.Most {
		return s, &Invalid{Field: s.Key, Why: WhyRange}
	}
	s.Value = n
	return s, nil
}

// Stored is the value as it is stored: "" where the school has not set it.
func (s Setting) Stored() string {
	if !s.Set {
		return ""
	}
	return strconv.Itoa(s.Value)
}
