package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"

	"qiao/data"
)

// How much an archive may hold: what says that it holds more is refused before
// anything of it is unpacked; what holds more than it says, archive/zip ends.
const (
	maxParts    = 2000
	maxUnpacked = 1 << 30 // bytes, in all
	maxRatio    = 100     // of a part's size to its packed size
	freeSize    = 4 << 20 // bytes that a part may have at any ratio
)

// archive is the parts of a zip by name. Its error is a *data.Invalid: cut off,
// locked, or a bomb.
func archive(raw []byte) (map[string]*zip.File, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, bad("", data.WhyCut)
	}
	if len(z.File) > maxParts {
		return nil, bad("", data.WhyBomb)
	}
	parts, total := make(map[string]*zip.File, len(z.File)), uint64(0)
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, bad("", data.WhyLocked)
		}
		total += f.UncompressedSize64
		if total > maxUnpacked || f.UncompressedSize64 > freeSize && f.UncompressedSize64/maxRatio > f.CompressedSize64 || f.CompressedSize64 > uint64(len(raw)) {
			return nil, bad("", data.WhyBomb)
		}
		parts[strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")] = f
	}
	return parts, nil
}

// open unpacks a part as it is read. What is not there, is damaged, or holds more
// than it says, ends with a *data.Invalid.
func open(f *zip.File) io.ReadCloser {
	if f == nil {
		return zipPart{err: errors.New("no such part")}
	}
	r, err := f.Open()
	return zipPart{r, err}
}

type zipPart struct {
	io.ReadCloser
	err error
}

func (p zipPart) Read(to []byte) (n int, err error) {
	if err = p.err; err == nil {
		n, err = p.ReadCloser.Read(to)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = bad("", data.WhyCut)
	}
	return n, err
}

func (p zipPart) Close() error {
	if p.err != nil {
		return nil
	}
	return p.ReadCloser.Close()
}
