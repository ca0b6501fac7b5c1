package exchange

import (
	"bytes"
	"unicode/utf8"

	"qiao/data"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// decode turns a file's bytes into text: UTF-8 with or without its mark, UTF-16
// either way round, or GB18030, as Excel on a Chinese machine saves CSV. The
// first line decides between UTF-8 and GB18030, for it holds the head: a torn
// byte further down then costs its own row and not the file.
func decode(raw []byte) (string, error) {
	if wide := utf16Of(raw); wide != nil {
		text, err := wide.NewDecoder().Bytes(raw)
		if err != nil || bytes.IndexByte(text, 0) >= 0 {
			return "", bad("", data.WhyNotText)
		}
		return string(bytes.TrimPrefix(text, []byte("\ufeff"))), nil
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if bytes.IndexByte(raw, 0) >= 0 {
		return "", bad("", data.WhyNotText)
	}
	head, _, _ := bytes.Cut(bytes.TrimLeft(raw, "\r\n"), []byte("\n"))
	ascii := bytes.IndexFunc(head, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
	if utf8.Valid(raw) || utf8.Valid(head) && !ascii {
		return string(raw), nil
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil {
		return "", bad("", data.WhyNotText)
	}
	return string(text), nil
}

// utf16Of is the way round in which raw is UTF-16, nil if it is something else.
// Without a mark it shows by the separators and digits: every other byte of them
// is zero, always on the same side.
func utf16Of(raw []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	var zeros [2]int // also of 一, which is 4E00
	for i, b := range raw[:min(len(raw), 4096)] {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[0] > 3*zeros[1]:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case zeros[1] > 3*zeros[0]:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	}
	return nil
}
