package exchange

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"qiao/data"
)

// An XLSX is read part by part as it is unpacked, in memory alone: 100,000 rows
// of the national form are 400 MB of XML, and no copy of a child's identity
// number may lie about in a folder for temporary files. It also sees what cells
// hold besides a text: formulas, errors, and which cells are one.
type workbook struct {
	parts   map[string]*zip.File
	strings []string // that cells refer to
	sheets  []tab
	days    int // what a day's number counts from, after 1899-12-30: 1904 in old books of the Mac
}

type tab struct{ name, part string }

// A node is one element's start: its name without a prefix, and its attributes.
type node struct {
	name string
	attr []xml.Attr
}

func (n node) get(name string) string {
	for _, a := range n.attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// walk calls start, text and end as the part's elements come. Its error is a
// *data.Invalid where the part is damaged or no XML; io.EOF from a callback ends
// it early.
func walk(r io.Reader, start func(node) error, text func([]byte), end func(string) error) error {
	d := xml.NewDecoder(r)
	d.Strict = false // Excel's own parts hold references that XML does not know
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		t, err := d.RawToken()
		switch t := t.(type) {
		case xml.StartElement:
			err = start(node{t.Name.Local, t.Attr})
		case xml.CharData:
			text(t)
		case xml.EndElement:
			err = end(t.Name.Local)
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case len(data.Faults(err)) > 0:
			return err
		case err != nil:
			return bad("", data.WhyCut)
		}
	}
}

func nothing([]byte)     {}
func noEnd(string) error { return nil }

func (w *workbook) part(name string) io.ReadCloser { return open(w.parts[name]) }

// newWorkbook reads which sheets there are, and the texts they share.
func newWorkbook(parts map[string]*zip.File) (*workbook, error) {
	w := &workbook{parts: parts}
	targets, shared, err := w.relations()
	if err != nil {
		return nil, err
	}
	r := w.part("xl/workbook.xml")
	defer r.Close()
	err = walk(r, func(n node) error {
		switch n.name {
		case "workbookPr":
			if v := n.get("date1904"); v == "1" || v == "true" {
				w.days = 1462
			}
		case "sheet":
			if part := targets[n.get("id")]; w.parts[part] != nil {
				w.sheets = append(w.sheets, tab{data.Name(n.get("name")), part})
			}
		}
		return nil
	}, nothing, noEnd)
	if err == nil && len(w.sheets) == 0 {
		err = bad("", data.WhyEmpty)
	}
	if err == nil && shared != "" {
		err = w.share(shared)
	}
	return w, err
}

// relations is the workbook's parts by the ids that it calls them, and the one
// with the shared texts.
func (w *workbook) relations() (targets map[string]string, shared string, err error) {
	targets = map[string]string{}
	r := w.part("xl/_rels/workbook.xml.rels")
	defer r.Close()
	err = walk(r, func(n node) error {
		if n.name != "Relationship" {
			return nil
		}
		target := n.get("Target")
		if abs, ok := strings.CutPrefix(target, "/"); ok {
			target = path.Clean(abs)
		} else {
			target = path.Join("xl", target)
		}
		targets[n.get("Id")] = target
		if strings.HasSuffix(n.get("Type"), "/sharedStrings") && w.parts[target] != nil {
			shared = target
		}
		return nil
	}, nothing, noEnd)
	return targets, shared, err
}

// share reads the shared texts. A text in several fonts is one, without the
// readings that stand above its characters.
func (w *workbook) share(part string) error {
	r := w.part(part)
	defer r.Close()
	var b strings.Builder
	in, ruby := false, 0
	return walk(r, func(n node) error {
		switch n.name {
		case "si":
			b.Reset()
		case "rPh":
			ruby++
		case "t":
			in = ruby == 0
		}
		return nil
	}, func(text []byte) {
		if in {
			b.Write(text)
		}
	}, func(name string) error {
		switch name {
		case "si":
			w.strings = append(w.strings, strings.Clone(b.String()))
		case "rPh":
			ruby--
		case "t":
			in = false
		}
		return nil
	})
}

// A span is the cells that are merged into one: rows and columns count from 1 and 0.
type span struct {
	top, bottom, left, right int
	text                     string // of the one, once its row came by
}

// maxSpans bounds what is remembered of merged cells, wherever they are.
const maxSpans = 20_000

// spans finds the merged cells, which stand behind all rows.
func (w *workbook) spans(part string) ([]span, error) {
	r := w.part(part)
	defer r.Close()
	var all []span
	var tail [64]byte
	kept := 0
	buf := make([]byte, 64<<10)
	for {
		n, err := r.Read(buf[kept:])
		text := string(buf[:kept+n])
		for {
			_, after, ok := strings.Cut(text, "mergeCell ")
			if !ok {
				break
			}
			if end := strings.IndexByte(after, '>'); end >= 0 {
				if s, ok := parseSpan(after[:end]); ok && len(all) < maxSpans {
					all = append(all, s)
				}
				text = after[end:]
				continue
			}
			break
		}
		keep := text[max(0, len(text)-len(tail)):]
		kept = copy(buf, keep)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b span) int { return a.top - b.top })
	return all, nil
}

func parseSpan(attrs string) (span, bool) {
	_, ref, ok := strings.Cut(attrs, "ref=")
	if !ok || len(ref) < 2 {
		return span{}, false
	}
	ref, _, _ = strings.Cut(ref[1:], ref[:1])
	from, to, ok := strings.Cut(ref, ":")
	left, top, ok1 := parseRef(from)
	right, bottom, ok2 := parseRef(to)
	return span{top: top, bottom: bottom, left: left, right: right}, ok && ok1 && ok2
}

// parseRef reads AB12: column 27, row 12.
func parseRef(s string) (col, row int, ok bool) {
	i := 0
	for ; i < len(s) && i < 4 && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		col = col*26 + int(s[i]-'A') + 1
	}
	row, err := strconv.Atoi(s[i:])
	return col - 1, row, i > 0 && err == nil && row > 0
}
