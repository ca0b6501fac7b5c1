package store

import (
	"bytes"
	"encoding/json"
	"strings"
)

// An image is what stands in one table about a record: the record's own row, or
// all rows that belong to it.
type image struct {
	Table string   `json:"t"`
	Rows  [][]any  `json:"r"`
	Cols  []string `json:"c"`
}

// imaged is what an import may change of a record. Of its own row the columns
// are set back; of what belongs to it the rows are put in again.
var imaged = map[string][]struct{ table, key, cols string }{
	"guardianship": {{"guardianship", "id", "relation relation_text"}},
	"household":    {{"household", "id", "address deleted_at"}},
	"person":       {{"person", "id", "work_place"}, {"phone", "person", "id person e164 position label bad_since"}},
	"student": {{"student", "id", "household class name reading sex birth status boarding left_on"},
		{"enrolment", "student", "student class from_day until_day seat how_in how_out"}, {"student_tag", "student", "id student tag since until note"}},
}

// imageOf is a record as it stands, as JSON.
func imageOf(t *tx, record string, id int64) (string, error) {
	var all []image
	for _, part := range imaged[record] {
		i := image{Table: part.table, Cols: strings.Fields(part.cols)}
		err := t.rows("SELECT "+strings.Join(i.Cols, ", ")+" FROM "+part.table+" WHERE "+part.key+" = ?", []any{id}, func(r row) error {
			values := make([]any, len(i.Cols))
			into := make([]any, len(values))
			for n := range values {
				into[n] = &values[n]
			}
			i.Rows = append(i.Rows, values)
			return r.Scan(into...)
		})
		if err != nil {
			return "", err
		}
		all = append(all, i)
	}
	text, err := json.Marshal(all)
	return string(text), err
}

// putBack makes a record what imageOf told of it.
func putBack(t *tx, record string, id int64, before string) error {
	var all []image
	d := json.NewDecoder(bytes.NewReader([]byte(before)))
	d.UseNumber()
	if err := d.Decode(&all); err != nil {
		return err
	}
	for n, i := range all {
		part := imaged[record][n]
		if part.key != "id" {
			if _, err := t.exec("DELETE FROM "+part.table+" WHERE "+part.key+" = ?", id); err != nil {
				return err
			}
		}
		for _, values := range i.Rows {
			if err := putRow(t, part.table, part.key, i.Cols, values, id); err != nil {
				return err
			}
		}
	}
	return nil
}

func putRow(t *tx, table, key string, cols []string, values []any, id int64) error {
	for i, v := range values {
		if n, ok := v.(json.Number); ok {
			whole, err := n.Int64()
			if err != nil {
				return err
			}
			values[i] = whole
		}
	}
	if key == "id" {
		_, err := t.exec("UPDATE "+table+" SET "+strings.Join(cols, " = ?, ")+" = ? WHERE id = ?", append(values, id)...)
		return err
	}
	_, err := t.exec("INSERT INTO "+table+" ("+strings.Join(cols, ", ")+") VALUES (?"+strings.Repeat(", ?", len(cols)-1)+")", values...)
	return err
}
