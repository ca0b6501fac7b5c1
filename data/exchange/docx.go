package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"qiao/data"
)

// A Document is minutes as they are set in a word processor: their lines, and at
// the foot of each page a short name beside the page's number. Mark, if any,
// stands at the head of each page: that it is a draft.
type Document struct {
	Lines []data.MinutesLine
	Foot  []string // after the last line, small: who took it out
	Name  string
	Mark  string
	By    string
	Made  time.Time
}

// WriteDOCX writes a document as Office Open XML, on A4, with Chinese type where
// a computer has it: headings that the outline knows, the facts at the beginning
// as a table, the pages numbered. It is our own small writer: of the libraries
// for Go none was both kept and used when this was written.
func WriteDOCX(to io.Writer, d Document) error {
	z := zip.NewWriter(to)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", docxTypes}, {"_rels/.rels", docxRels}, {"docProps/core.xml", d.core()},
		{"word/document.xml", d.body()}, {"word/_rels/document.xml.rels", docxPartRels}, {"word/styles.xml", docxStyles},
		{"word/header1.xml", around("hdr", para("Header", run(d.Mark)))},
		{"word/footer1.xml", around("ftr", para("Footer", run(d.Name+"    ")+counted("PAGE")+run(" / ")+counted("NUMPAGES")))},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: d.Made})
		if err == nil {
			_, err = io.WriteString(w, xml.Header+part.text)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// xmlText is text of people's as XML has it.
func xmlText(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(clean(s))) // to memory
	return b.String()
}

func run(s string) string {
	if s == "" {
		return ""
	}
	return `<w:r><w:t xml:space="preserve">` + xmlText(s) + `</w:t></w:r>`
}

func bold(s string) string {
	return `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">` + xmlText(s) + `</w:t></w:r>`
}

// counted is a value that the reader's program puts in.
func counted(name string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

func para(style, runs string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + runs + `</w:p>`
}

const docxSpace = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

func around(element, inner string) string {
	return "<w:" + element + docxSpace + ">" + inner + "</w:" + element + ">"
}

func (d Document) body() string {
	var b strings.Builder
	rest := d.Lines
	if len(rest) > 0 && rest[0].Kind == data.LineTitle {
		b.WriteString(para("Title", run(rest[0].Text)))
		rest = rest[1:]
	}
	facts := 0
	for facts < len(rest) && rest[facts].Kind == data.LineFact {
		facts++
	}
	if facts < len(rest) || facts < 3 { // else all of them are the foot's
		b.WriteString(factTable(rest[:facts]))
		rest = rest[facts:]
	}
	for _, l := range rest {
		b.WriteString(docxLine(l))
	}
	for _, s := range d.Foot {
		b.WriteString(para("Foot", run(s)))
	}
	if len(rest)+len(d.Foot) == 0 {
		b.WriteString(para("Foot", "")) // a table is not the last thing there
	}
	b.WriteString(`<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/>` +
		`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1418" w:bottom="1304" w:left="1418" w:header="851" w:footer="794" w:gutter="0"/></w:sectPr>`)
	return around("document", "<w:body>"+b.String()+"</w:body>")
}

func docxLine(l data.MinutesLine) string {
	switch l.Kind {
	case data.LineTitle:
		return para("Title", run(l.Text))
	case data.LineItem:
		return para("Heading1", run(l.Text))
	case data.LineFact:
		return para("Foot", run(l.Text))
	case data.LineResolution:
		return para("Note", bold(l.Text))
	}
	return para("Note", run(l.Text))
}

// factTable sets facts with what they are called beside what they say; one that
// is called nothing takes the whole width.
func factTable(facts []data.MinutesLine) string {
	if len(facts) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="9070" w:type="dxa"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="808080"/>`)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="1300"/><w:gridCol w:w="7770"/></w:tblGrid>`)
	for _, f := range facts {
		name, says, ok := strings.Cut(f.Text, ": ")
		b.WriteString("<w:tr>")
		if ok && len([]rune(name)) <= 8 {
			b.WriteString(cell(1300, 1, bold(name)) + cell(7770, 1, run(says)))
		} else {
			b.WriteString(cell(9070, 2, run(f.Text)))
		}
		b.WriteString("</w:tr>")
	}
	b.WriteString("</w:tbl>")
	return b.String()
}

func cell(width, span int, runs string) string {
	return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/></w:tcPr>%s</w:tc>`, width, span, para("Fact", runs))
}

func (d Document) core() string {
	title := d.Name
	if len(d.Lines) > 0 {
		title = d.Lines[0].Text
	}
	return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` + xmlText(title) + `</dc:title><dc:creator>` +
		xmlText(d.By) + `</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">` + d.Made.UTC().Format(time.RFC3339) + `</dcterms:created></cp:coreProperties>`
}
