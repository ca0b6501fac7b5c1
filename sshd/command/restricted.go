package command

import (
	"qiao/data"
	"qiao/tui/i18n"
)

var (
	restrictedFlag = i18n.T("open what is restricted; this is logged", "打开受限内容, 会记入日志")
	sayRestricted  = i18n.T("Restricted", "受限")
	sayShut        = i18n.T("%d fields: --restricted opens them, logged", "%d 项: --restricted 打开, 会记入日志")
	sayAskFor      = i18n.T("ask %s", "可找 %s")
	sayHealth      = i18n.T("health", "健康")
	saySteps       = i18n.T("what to do", "急救做法")
	sayStructure   = i18n.T("household", "家庭结构")
	sayHardship    = i18n.T("hardship", "困难")
	sayChange      = i18n.T("family change", "家庭变故")
)

// restricted is what is restricted about a child, as far as it was opened.
type restricted struct {
	Health    string     `json:"health,omitempty"`
	Steps     string     `json:"emergency_steps,omitempty"`
	Tags      []tagNote  `json:"tags"`
	Structure string     `json:"structure,omitempty"`
	Hardship  string     `json:"hardship,omitempty"`
	Change    string     `json:"family_change,omitempty"`
	ChangeOn  string     `json:"family_change_on,omitempty"`
	Limits    []keptAway `json:"contact_restrictions"`
}

type tagNote struct {
	Tag   string `json:"tag"`
	Since string `json:"since,omitempty"`
	Until string `json:"until,omitempty"`
	Note  string `json:"note,omitempty"`
}

type keptAway struct {
	Guardian int64  `json:"guardian"`
	Name     string `json:"name"`
	Reason   string `json:"reason"`
}

func restrictedOf(care *data.Care) *restricted {
	if care == nil {
		return nil
	}
	out := restricted{Health: care.Health, Steps: care.Emergency, Structure: string(care.Structure), Hardship: care.Hardship,
		Change: care.Change, ChangeOn: care.ChangeOn.String(), Tags: []tagNote{}, Limits: []keptAway{}}
	for _, t := range care.Tags {
		out.Tags = append(out.Tags, tagNote{string(t.Tag), t.Since.String(), t.Until.String(), t.Note})
	}
	for _, l := range care.Limits {
		if l.Reason != "" {
			out.Limits = append(out.Limits, keptAway{l.Person, l.Name, l.Reason})
		}
	}
	return &out
}

// careRows is what is restricted in lines: the opened fields, else that there
// are some and how to open them, or whom to ask.
func (c *Call) careRows(k data.Card, care *data.Care) (rows [][]string) {
	add := func(label i18n.Phrase, text string) {
		if text != "" {
			rows = append(rows, []string{c.say(label), text})
		}
	}
	switch {
	case care != nil:
		add(sayHealth, care.Health)
		add(saySteps, care.Emergency)
		for _, l := range care.Limits {
			add(i18n.Typed(c.Lang.Relation(l.Relation)+" "+c.Lang.Name(l.Name, "")), l.Reason)
		}
		for _, t := range care.Tags {
			add(i18n.Typed(c.Lang.Tag(t.Tag)), t.Note)
		}
		add(sayStructure, c.Lang.Structure(care.Structure))
		add(sayHardship, care.Hardship)
		add(sayChange, care.Change)
	case k.Care >= data.CareUrgent:
		rows = [][]string{{masked, c.say(sayShut, k.CareFields)}}
	case k.Care == data.CareExists:
		rows = [][]string{{masked, c.say(sayAskFor, c.Lang.Name(k.Teacher, ""))}}
	}
	return rows
}
