package sshd

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// NextHostKey is the file of the key that follows the one in file: while it is
// there, clients that log in learn of it.
func NextHostKey(file string) string { return file + ".next" }

// LastHostKey is the file of the key that the one in file has followed. The
// server does not read it.
func LastHostKey(file string) string { return file + ".last" }

// PromoteHostKey puts the next key in the place of the one in file, which stays
// beside it. A server that runs takes it with the next connection. At no moment
// is there none: a server that starts then would make another.
func PromoteHostKey(file string) error {
	for _, end := range []string{"", ".pub"} {
		if err := os.Remove(LastHostKey(file) + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := os.Link(file+end, LastHostKey(file)+end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := os.Rename(NextHostKey(file)+end, file+end); err != nil {
			return err
		}
	}
	return nil
}

// hostKeys are the server's keys: the one that proves who it is, and the next,
// if there is one. Their files may be changed while it serves.
type hostKeys struct {
	file string

	mu   sync.Mutex
	read [2]time.Time // the files' times as they were read; zero: no file
	size [2]int64
	keys []gossh.Signer
}

// now is the keys as the files have them; the ones before, where a file cannot
// be read.
func (h *hostKeys) now() []gossh.Signer {
	h.mu.Lock()
	defer h.mu.Unlock()
	var read [2]time.Time
	var size [2]int64
	for i, name := range []string{h.file, NextHostKey(h.file)} {
		if info, err := os.Stat(name); err == nil {
			read[i], size[i] = info.ModTime(), info.Size()
		}
	}
	if h.keys != nil && read == h.read && size == h.size {
		return h.keys
	}
	if keys, err := h.load(); err == nil {
		h.keys = keys
	} else {
		slog.Error("host key: the ones before are used", "err", err)
	}
	h.read, h.size = read, size
	return h.keys
}

func (h *hostKeys) load() ([]gossh.Signer, error) {
	key, err := signer(h.file)
	if err != nil {
		return nil, err
	}
	next, err := signer(NextHostKey(h.file))
	switch {
	case err == nil:
		return []gossh.Signer{key, next}, nil
	case !errors.Is(err, fs.ErrNotExist):
		slog.Error("the next host key is not offered", "err", err)
	}
	return []gossh.Signer{key}, nil
}

func signer(file string) (gossh.Signer, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return gossh.ParsePrivateKey(text)
}
