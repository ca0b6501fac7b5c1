package exchange

import (
	"archive/zip"
	"bytes"
	"strings"

	"qiao/data"
)

// book opens a file by its content, whatever its name says: text, XLSX, or a
// OneRoster archive as rows of students. What is neither is refused with what to
// do about it.
func book(raw []byte) (sheets func() (sheet, error, bool), roster *oneRoster, err error) {
	switch {
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, nil, bad("", data.WhyEmpty)
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")), bytes.HasPrefix(raw, []byte("PK\x05\x06")):
		return unzip(raw)
	case bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")): // old Office; also what holds a locked XLSX
		if bytes.Contains(raw, wideText("EncryptedPackage")) {
			return nil, nil, bad("", data.WhyLocked)
		}
		return nil, nil, bad("", data.WhyOldSheet)
	}
	text, err := decode(raw)
	if err != nil {
		return nil, nil, err
	}
	if why := markup(text); why != "" {
		return nil, nil, bad("", why)
	}
	return only(newText(text)), nil, nil
}

func only(s sheet) func() (sheet, error, bool) {
	done := false
	return func() (sheet, error, bool) {
		was := done
		done = true
		return s, nil, !was
	}
}

// markup tells web pages and Excel's XML of 2003, which programs save as .xls.
func markup(text string) data.Why {
	top := strings.ToLower(strings.TrimSpace(text[:min(len(text), 2048)]))
	switch {
	case strings.HasPrefix(top, "<?xml") && strings.Contains(top, "office:spreadsheet"):
		return data.WhyOldSheet
	case strings.HasPrefix(top, "<") && (strings.Contains(top, "<html") || strings.Contains(top, "<table") || strings.Contains(top, "<!doctype")):
		return data.WhyWebPage
	case strings.HasPrefix(top, "%pdf-"), strings.HasPrefix(top, "{\\rtf"):
		return data.WhyNotText
	}
	return ""
}

func wideText(s string) []byte {
	var out []byte
	for _, c := range []byte(s) {
		out = append(out, c, 0)
	}
	return out
}

func unzip(raw []byte) (func() (sheet, error, bool), *oneRoster, error) {
	parts, err := archive(raw)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case parts["xl/workbook.xml"] != nil:
		w, err := newWorkbook(parts)
		if err != nil {
			return nil, nil, err
		}
		return w.tabs(), nil, nil
	case parts["xl/workbook.bin"] != nil, parts["content.xml"] != nil:
		return nil, nil, bad("", data.WhyOldSheet)
	case parts["word/document.xml"] != nil, parts["ppt/presentation.xml"] != nil:
		return nil, nil, bad("", data.WhyNotText)
	}
	r, err := newOneRoster(parts)
	return nil, r, err
}

func (w *workbook) tabs() func() (sheet, error, bool) {
	i := 0
	return func() (sheet, error, bool) {
		if i == len(w.sheets) {
			return nil, nil, false
		}
		i++
		s, err := w.sheet(w.sheets[i-1])
		return s, err, true
	}
}

// base finds a part by its name, whichever folder it was packed with.
func base(parts map[string]*zip.File, name string) *zip.File {
	for path, f := range parts {
		if path == name || strings.HasSuffix(path, "/"+name) {
			return f
		}
	}
	return nil
}
