package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"qiao/data"
	"qiao/data/sshkey"
	"qiao/data/store"

	"golang.org/x/crypto/ssh"
)

// keyPair is the public half of the private key in file, which is made if it is
// not there, as ssh-keygen would.
func keyPair(file, comment string) (data.Key, error) {
	line, err := os.ReadFile(file + ".pub")
	if err == nil {
		return sshkey.One(line)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return data.Key{}, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return data.Key{}, err
	}
	pub, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return data.Key{}, err
	}
	block, err := ssh.MarshalPrivateKey(private, comment)
	if err != nil {
		return data.Key{}, err
	}
	key, err := ssh.NewPublicKey(pub)
	if err != nil {
		return data.Key{}, err
	}
	line = []byte(strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key))) + " " + comment + "\n")
	if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
		return data.Key{}, err
	}
	if err := os.WriteFile(file+".pub", line, 0o600); err != nil {
		return data.Key{}, err
	}
	return sshkey.One(line)
}

// bindOwn binds the caller's own public keys to an account and reports whether
// there is one whose private half is here to log in with.
func (p *program) bindOwn(ctx context.Context, desk *store.Desk, a data.Account) (any bool, err error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return false, nil
	}
	files, err := filepath.Glob(filepath.Join(home, ".ssh", "*.pub"))
	if err != nil {
		return false, nil
	}
	for _, f := range files {
		line, err := os.ReadFile(f)
		if err != nil {
			continue
		}
		k, err := sshkey.One(line)
		if err != nil {
			continue // a certificate, a weak key, or no key at all
		}
		var clash *data.Conflict
		if _, err := desk.AddKey(ctx, a.ID, k); errors.As(err, &clash) {
			continue // another account of the demo has it by now
		} else if err != nil {
			return false, err
		}
		// An agent or a token may hold the private half; whether it does nobody
		// knows here.
		_, err = os.Stat(strings.TrimSuffix(f, ".pub"))
		any = any || err == nil || strings.HasPrefix(k.Type, "sk-")
	}
	return any, nil
}

// quote is a file's name as a shell takes it.
func quote(s string) string {
	if strings.ContainsAny(s, " '\"\\$&;()<>|*?[]#~`!{}\t\n") {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}
