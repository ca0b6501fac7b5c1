package data

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of a person's own tray.
const (
	TrayKept     = 7 * 24 * time.Hour
	MaxTrayFile  = 16 << 20 // bytes of one file
	MaxTray      = 64 << 20 // of all files of one person
	MaxTrayFiles = 100
	maxTrayName  = 100 // characters
	maxNameBytes = 200 // what file systems take, with room for a backup's suffix
)

// ErrTrayFull is the answer where a file would be one too many in its owner's
// tray, or all of them too large together.
var ErrTrayFull = errors.New("the tray is full")

// A TrayFile is one file in a person's own tray: what they put there to be
// imported, and what they printed or exported. It lies there until its time is
// over. Paper and Meeting tell what was printed; a file that was put has neither.
type TrayFile struct {
	ID          int64
	Name        string
	Type        string // its media type
	Size        int    // bytes
	Made, Until time.Time
	Paper       Paper
	Meeting     int64
	Hash        string // SHA-256, in hexadecimal
	Bytes       []byte // nil in lists
}

// mediaTypes is what files are that come and go by the tray, by their ending.
var mediaTypes = map[string]string{
	"txt": "text/plain; charset=utf-8", "md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8", "json": "application/json",
	"ics": "text/calendar; charset=utf-8", "vcf": "text/vcard; charset=utf-8", "zip": "application/zip",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

// MediaType is the media type of a file by its name's ending.
func MediaType(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		if t, ok := mediaTypes[strings.ToLower(name[i+1:])]; ok {
			return t
		}
	}
	return "application/octet-stream"
}

// Text reports whether the file is text that a terminal can show.
func (f TrayFile) Text() bool {
	return strings.HasPrefix(f.Type, "text/") || f.Type == "application/json"
}

// Tidy returns the file as it should be stored: its size and type are found, not
// taken on trust.
func (f TrayFile) Tidy() TrayFile {
	f.Name, f.Size = Name(f.Name), len(f.Bytes)
	f.Type = MediaType(f.Name)
	return f
}

// Check reports everything wrong with a tidied file. Its name must do as a
// file's name on any computer, and as a word in a shell: no folder, no control
// character, no quotation mark, not hidden, not taken for an option.
func (f TrayFile) Check() error {
	var e faults
	switch n := utf8.RuneCountInString(f.Name); {
	case n == 0:
		e.bad("file_name", WhyEmpty)
	case n > maxTrayName || len(f.Name) > maxNameBytes:
		e.bad("file_name", WhyTooLong)
	case strings.ContainsAny(f.Name, `/\:*?"'<>|&;$`+"`!") || strings.HasPrefix(f.Name, "-") || strings.HasPrefix(f.Name, ".") || strings.HasSuffix(f.Name, "."):
		e.bad("file_name", WhyBadChars)
	}
	switch {
	case f.Size == 0:
		e.bad("file", WhyEmpty)
	case f.Size > MaxTrayFile:
		e.bad("file", WhyTooLong)
	}
	return e.err()
}
