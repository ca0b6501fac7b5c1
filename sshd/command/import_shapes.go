package command

import (
	"qiao/data"
	"qiao/tui/i18n"
)

// The shape of a preview in JSON. Batch is 0 where nothing was written.
type (
	preview struct {
		New      int              `json:"new"`
		Changed  int              `json:"changed"`
		Moved    int              `json:"moved"`
		Gone     int              `json:"gone"`
		Same     int              `json:"same"`
		Refused  int              `json:"refused"`
		Batch    int64            `json:"batch"`
		Kept     int              `json:"kept"`
		Classes  []string         `json:"classes"`
		Made     []rosterClass    `json:"new_classes"`
		Columns  []rosterColumn   `json:"columns"`
		Students []rosterEffect   `json:"students"`
		Siblings [][]rosterEffect `json:"siblings"`
		Joined   [][]rosterEffect `json:"joined"`
		Twice    [][]rosterEffect `json:"twice"`
		Refusals []rosterRefusal  `json:"refusals"`
	}
	rosterClass struct {
		Class    string `json:"class"`
		Sheet    string `json:"sheet,omitempty"`
		Row      int    `json:"row"`
		Students int    `json:"students"`
	}
	rosterColumn struct {
		Sheet string `json:"sheet,omitempty"`
		Head  string `json:"head"`
		Field string `json:"field"`
		Said  bool   `json:"said"`
	}
	rosterEffect struct {
		Fate   string   `json:"fate,omitempty"`
		Sheet  string   `json:"sheet,omitempty"`
		Row    int      `json:"row,omitempty"`
		Number string   `json:"number"`
		Name   string   `json:"name"`
		Class  string   `json:"class"`
		From   string   `json:"from,omitempty"`
		Fields []string `json:"fields,omitempty"`
	}
	rosterRefusal struct {
		Sheet  string `json:"sheet,omitempty"`
		Row    int    `json:"row"`
		Column string `json:"column,omitempty"`
		Why    string `json:"why"`
		Other  int    `json:"other_row,omitempty"`
	}
)

func previewOf(lang i18n.Lang, f data.RosterFile, p data.RosterPreview) preview {
	out := preview{New: len(p.New), Changed: len(p.Changed), Moved: len(p.Moved), Gone: len(p.Gone), Same: p.Same, Kept: len(p.Kept), Twice: groupsOf(p.Twice),
		Refused: data.RosterFile{Refused: p.Refused}.RefusedRows(), Batch: p.Batch, Classes: []string{}, Made: []rosterClass{}, Columns: []rosterColumn{}, Students: []rosterEffect{},
		Siblings: groupsOf(p.Siblings), Joined: groupsOf(p.Joined), Refusals: []rosterRefusal{}}
	for _, c := range p.Classes {
		out.Classes = append(out.Classes, c.Class.String())
		out.Made = append(out.Made, rosterClass{c.Class.String(), c.Sheet, c.Row, c.Students})
	}
	for _, c := range f.Columns {
		out.Columns = append(out.Columns, rosterColumn(c))
	}
	for _, part := range []struct {
		fate string
		all  []data.RosterStudent
	}{{"new", p.New}, {"changed", p.Changed}, {"moved", p.Moved}, {"gone", p.Gone}, {"kept", p.Kept}} {
		for _, s := range part.all {
			out.Students = append(out.Students, effectOf(part.fate, s))
		}
	}
	for _, f := range p.Refused {
		out.Refusals = append(out.Refusals, rosterRefusal{f.Sheet, f.Row, f.Column, lang.Why(f.Why), f.Other})
	}
	return out
}

func groupsOf(all [][]data.RosterStudent) [][]rosterEffect {
	out := [][]rosterEffect{}
	for _, g := range all {
		var one []rosterEffect
		for _, s := range g {
			one = append(one, effectOf("", s))
		}
		out = append(out, one)
	}
	return out
}

func effectOf(fate string, s data.RosterStudent) rosterEffect {
	return rosterEffect{fate, s.Sheet, s.Row, s.Number, s.Name, s.Class.String(), s.From.String(), s.Fields}
}
