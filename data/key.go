package data

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// A KeyLine is what became of one line of a paste of public keys: a key that
// may be taken, or Why it may not.
type KeyLine struct {
	N       int // the line, from 1
	Key     Key // its type, fingerprint, blob and comment; empty where it is no key
	Bits    int
	Options []string // what an authorized_keys line said before the key; none of it is kept
	Why     Why      // "" for one that may be taken
	Owner   string   // whose the key is, where Why is WhyTaken and the asker runs accounts
}

// maxKeyName is how many characters of a key's comment are kept.
const maxKeyName = 60

// KeyName is a key's name as it is stored: its comment, or what a person calls
// it.
func KeyName(s string) string {
	r := []rune(Name(s))
	return string(r[:min(len(r), maxKeyName)])
}

// A Certificate is an SSH user certificate whose signature, time and place
// hold. Whether its authority is one that the school trusts, and whose account
// it opens, the store knows.
type Certificate struct {
	Fingerprint string   // of the certified key
	CA          string   // fingerprint of the authority's key
	Principals  []string // user names; never empty
	Login       string   // the login name that came with it: which of the principals is meant
}

// An Authority is a certificate authority that the school trusts to name its
// people: whoever shows a certificate of it for a user name is that account.
type Authority struct {
	ID          int64
	Name        string
	Type        string
	Fingerprint string
	Until       Date // the last day it is trusted; zero: no end
}

// IsFingerprint reports whether s is a key's SHA-256 fingerprint as OpenSSH
// writes it.
func IsFingerprint(s string) bool {
	sum, ok := strings.CutPrefix(s, "SHA256:")
	raw, err := base64.RawStdEncoding.DecodeString(sum)
	return ok && err == nil && len(raw) == sha256.Size
}

// Algorithm is the key's type as people say it: ed25519, rsa, sk-ed25519.
func (k Key) Algorithm() string {
	name, _, _ := strings.Cut(k.Type, "@")
	for from, to := range map[string]string{"ssh-": "", "sk-ssh-": "sk-", "ecdsa-sha2-": "ecdsa ", "sk-ecdsa-sha2-": "sk-ecdsa "} {
		if rest, ok := strings.CutPrefix(name, from); ok {
			return to + rest
		}
	}
	return name
}

// ShortFingerprint is a fingerprint where there is little room, its two ends:
// SHA256:9fKd..7RtY. To compare keys the whole one is needed.
func ShortFingerprint(s string) string {
	const ends = 4
	sum, ok := strings.CutPrefix(s, "SHA256:")
	if !ok || len(sum) < 2*ends+2 {
		return s
	}
	return "SHA256:" + sum[:ends] + ".." + sum[len(sum)-ends:]
}
