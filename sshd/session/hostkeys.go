package session

import (
	"crypto/rand"
	"log/slog"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// The two halves of OpenSSH's way to tell clients of host keys (its PROTOCOL,
// 2.5): the server names its keys to whoever has logged in, the client asks for
// a proof of those that it does not know, and from then on knows them.
const (
	hostKeysAre   = "hostkeys-00@openssh.com"
	hostKeysProve = "hostkeys-prove-00@openssh.com"
)

// nameKeys tells a client that has logged in of all host keys. One that knows
// of others forgets them: so does a key end that was promoted away.
func (h *Host) nameKeys(sc *gossh.ServerConn) {
	var payload []byte
	for _, k := range h.hostKeys() {
		payload = append(payload, gossh.Marshal(struct{ Key []byte }{k.PublicKey().Marshal()})...)
	}
	if len(payload) > 0 {
		_, _, _ = sc.SendRequest(hostKeysAre, false, payload) // who is gone needs no keys
	}
}

func (h *Host) hostKeys() []gossh.Signer {
	if h.HostKeys == nil {
		return nil
	}
	return h.HostKeys()
}

// prove signs for each key that a client asks about, or for none if one is not
// the server's. The signature covers the connection, and is of no use elsewhere.
func (h *Host) prove(ctx ssh.Context, _ *ssh.Server, req *gossh.Request) (ok bool, payload []byte) {
	sc, _ := ctx.Value(ssh.ContextKeyConn).(*gossh.ServerConn)
	if sc == nil {
		return false, nil
	}
	keys := map[string]gossh.Signer{}
	for _, k := range h.hostKeys() {
		keys[string(k.PublicKey().Marshal())] = k
	}
	for rest := req.Payload; len(rest) > 0; {
		blob := sshString(rest)
		key := keys[blob]
		if key == nil {
			return false, nil
		}
		delete(keys, blob) // once each: nobody has the server sign all day
		rest = rest[4+len(blob):]
		sig, err := key.Sign(rand.Reader, gossh.Marshal(struct {
			Name    string
			Session []byte
			Key     string
		}{hostKeysProve, sc.SessionID(), blob}))
		if err != nil {
			slog.Error("host key", "err", err)
			return false, nil
		}
		payload = append(payload, gossh.Marshal(struct{ Sig []byte }{gossh.Marshal(sig)})...)
	}
	return len(payload) > 0, payload
}
