package exchange

import "qiao/data"

// A Table is a table as it goes on paper or into a spreadsheet, in the words of
// its reader: a title, facts below it, columns, rows, and at the foot who took it
// out. What people wrote in it is text, whatever it looks like.
type Table struct {
	Title string
	Facts []string
	Parts []Part // lists between the facts and the table: an agenda
	Cols  []Column
	Rows  [][]string
	Foot  []string
	Page  string // how a page is numbered, with %d for its number; "": the number alone
}

// A Column is one column of a Table. Width is in columns of a terminal, two of
// which a Chinese character takes.
type Column struct {
	Name  string
	Width int
	Kind  Kind
}

// Kind is what the cells of a column are.
type Kind int

// Words; a number to count with; a place that stays free for the hand.
const (
	Words Kind = iota
	Number
	Blank
)

// A Part is a list with a heading.
type Part struct {
	Name  string
	Lines []string
}

// clean is text of people's as it may stand in any file: one line, no controls.
func clean(s string) string { return data.Line(s) }
