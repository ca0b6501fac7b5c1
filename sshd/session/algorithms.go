package session

import gossh "golang.org/x/crypto/ssh"

// What a client must be able to do to speak to the server, strongest first. A
// name stands here only if ssh-audit finds nothing to say against it: no NIST
// curves (key exchange), no SHA-1, no 2048-bit groups, no MAC over the plain
// text. That leaves out PuTTY before 0.68, OpenSSH before 6.5, Dropbear before
// 2020.79 and the first JSch.
var algorithms = gossh.Config{
	KeyExchanges: []string{gossh.KeyExchangeMLKEM768X25519, gossh.KeyExchangeCurve25519, gossh.KeyExchangeDH16SHA512},
	Ciphers: []string{gossh.CipherChaCha20Poly1305, gossh.CipherAES256GCM, gossh.CipherAES128GCM,
		gossh.CipherAES256CTR, gossh.CipherAES128CTR},
	MACs: []string{gossh.HMACSHA256ETM, gossh.HMACSHA512ETM},
}

// userKeys are the signatures that people's keys may make. An RSA key signs
// with SHA-2; certificates go by the key in them.
var userKeys = []string{gossh.KeyAlgoED25519, gossh.KeyAlgoSKED25519, gossh.KeyAlgoECDSA256, gossh.KeyAlgoECDSA384, gossh.KeyAlgoECDSA521,
	gossh.KeyAlgoSKECDSA256, gossh.KeyAlgoRSASHA256, gossh.KeyAlgoRSASHA512}
