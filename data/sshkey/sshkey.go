// Package sshkey reads SSH public keys and certificates: what people paste, and
// what a client shows. It decides what a key must be; whose it is, the store
// knows.
package sshkey

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rsa"
	"encoding/base64"
	"strings"

	"qiao/data"

	"golang.org/x/crypto/ssh"
)

// Bounds of a paste. The longest key that is taken, RSA of 16384 bits, has
// under 3 KiB.
const (
	MaxText  = 64 << 10
	maxLine  = 16 << 10
	maxLines = 200
	minRSA   = 3072
)

// Parse reads a .pub file, a whole authorized_keys file, or what PuTTY calls a
// public key, line by line. Blank lines and comments give nothing. Where there
// is a private key in the text, all of the text is overwritten, and that is the
// one thing told.
func Parse(text []byte) (lines []data.KeyLine) {
	if n := private(text); n > 0 {
		clear(text)
		return []data.KeyLine{{N: n, Why: data.WhyPrivate}}
	}
	if len(text) > MaxText {
		return []data.KeyLine{{N: 1, Why: data.WhyTooLong}}
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	seen := map[string]bool{}
	var framed *frame
	for i, raw := range bytes.Split(text, []byte("\n")) {
		line := bytes.TrimSpace(raw)
		var one data.KeyLine
		switch {
		case framed != nil:
			if !framed.take(line) {
				continue
			}
			one, framed = framed.key(), nil
		case bytes.HasPrefix(line, []byte(frameBegin)):
			framed = &frame{n: i + 1}
			continue
		case len(line) == 0 || line[0] == '#':
			continue
		default:
			one = parseLine(line)
			one.N = i + 1
		}
		if one.Why == "" && seen[one.Key.Fingerprint] {
			one.Why = data.WhyTwice
		}
		seen[one.Key.Fingerprint] = true
		if len(lines) == maxLines {
			return append(lines, data.KeyLine{N: one.N, Why: data.WhyTooMany})
		}
		lines = append(lines, one)
	}
	if framed != nil {
		lines = append(lines, data.KeyLine{N: framed.n, Why: data.WhyNotKey})
	}
	return lines
}

// One reads a text that must hold one key, as a .pub file does.
func One(text []byte) (data.Key, error) {
	lines := Parse(text)
	why := data.WhyNotKey
	switch {
	case len(lines) > 1:
		why = data.WhyTooMany
	case len(lines) == 1 && lines[0].Why == "":
		return lines[0].Key, nil
	case len(lines) == 1:
		why = lines[0].Why
	}
	return data.Key{}, &data.Invalid{Field: "key", Why: why}
}

// private is the line where a private key begins, 0 where there is none.
func private(text []byte) int {
	for _, mark := range []string{"PRIVATE KEY-----", "PuTTY-User-Key-File-", "SSH PRIVATE KEY FILE FORMAT", "SSH2 ENCRYPTED PRIVATE KEY",
		"b3BlbnNzaC1rZXktdjE"} { // the last: an OpenSSH private key whose first line was left out
		if i := bytes.Index(text, []byte(mark)); i >= 0 {
			return bytes.Count(text[:i], []byte("\n")) + 1
		}
	}
	return 0
}

func parseLine(line []byte) data.KeyLine {
	if len(line) > maxLine {
		return data.KeyLine{Why: data.WhyTooLong}
	}
	pub, comment, options, _, err := ssh.ParseAuthorizedKey(line)
	if err != nil {
		if dsa(line) {
			return data.KeyLine{Key: data.Key{Type: "ssh-dss"}, Why: data.WhyWeakKey}
		}
		return data.KeyLine{Why: data.WhyNotKey}
	}
	one := read(pub, comment)
	for _, o := range options {
		one.Options = append(one.Options, data.Line(o))
		if strings.EqualFold(o, "cert-authority") {
			one.Why = data.WhyCA
		}
	}
	return one
}

// dsa reports whether a line that could not be read is of a DSA key: the
// library knows only one size of them.
func dsa(line []byte) bool {
	word, _, _ := bytes.Cut(line, []byte(" "))
	return string(word) == "ssh-dss"
}

func read(pub ssh.PublicKey, comment string) data.KeyLine {
	bits, why := Judge(pub)
	return data.KeyLine{Key: Key(pub, comment), Bits: bits, Why: why}
}

// Key is a public key as it is stored.
func Key(pub ssh.PublicKey, comment string) data.Key {
	return data.Key{Fingerprint: ssh.FingerprintSHA256(pub), Type: pub.Type(), Blob: base64.StdEncoding.EncodeToString(pub.Marshal()),
		Name: data.KeyName(comment)}
}

// Judge is how long a key is and why it may not be used, "" if it may: DSA, and
// RSA under 3072 bits, are too weak, and a certificate is no key.
func Judge(pub ssh.PublicKey) (bits int, why data.Why) {
	if _, ok := pub.(*ssh.Certificate); ok {
		return 0, data.WhyCert
	}
	switch pub.Type() {
	case ssh.InsecureKeyAlgoDSA: //nolint:staticcheck // it is named to be refused
		return 1024, data.WhyWeakKey
	case ssh.KeyAlgoED25519, ssh.KeyAlgoSKED25519, ssh.KeyAlgoSKECDSA256:
		return 256, ""
	}
	k, ok := pub.(ssh.CryptoPublicKey)
	if !ok {
		return 0, data.WhyNotKey
	}
	switch k := k.CryptoPublicKey().(type) {
	case *rsa.PublicKey:
		if k.N.BitLen() < minRSA {
			return k.N.BitLen(), data.WhyWeakKey
		}
		return k.N.BitLen(), ""
	case *ecdsa.PublicKey:
		return k.Curve.Params().BitSize, ""
	}
	return 0, data.WhyNotKey
}

// A frame is a public key as PuTTY and others write it: between two lines, with
// headers, folded (RFC 4716).
type frame struct {
	n       int
	blob    []byte
	comment string
	more    bool // the header goes on in the next line
	long    bool
}

const (
	frameBegin = "---- BEGIN SSH2 PUBLIC KEY ----"
	frameEnd   = "---- END SSH2 PUBLIC KEY ----"
)

// take takes the next line, and reports whether it was the last.
func (f *frame) take(line []byte) (last bool) {
	if string(line) == frameEnd {
		return true
	}
	tag, value, header := bytes.Cut(line, []byte(":"))
	switch {
	case f.more:
		f.more = bytes.HasSuffix(line, []byte(`\`))
	case header:
		f.more = bytes.HasSuffix(line, []byte(`\`))
		if strings.EqualFold(string(tag), "comment") {
			f.comment = strings.Trim(strings.TrimSuffix(strings.TrimSpace(string(value)), `\`), `"`)
		}
	case len(f.blob)+len(line) > maxLine:
		f.long = true
	default:
		f.blob = append(f.blob, line...)
	}
	return false
}

func (f *frame) key() data.KeyLine {
	if f.long {
		return data.KeyLine{N: f.n, Why: data.WhyTooLong}
	}
	raw, err := base64.StdEncoding.DecodeString(string(f.blob))
	if err != nil {
		return data.KeyLine{N: f.n, Why: data.WhyNotKey}
	}
	pub, err := ssh.ParsePublicKey(raw)
	if err != nil {
		return data.KeyLine{N: f.n, Why: data.WhyNotKey}
	}
	one := read(pub, f.comment)
	one.N = f.n
	return one
}
