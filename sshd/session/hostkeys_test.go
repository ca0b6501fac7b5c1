package session

import (
	"encoding/binary"
	"slices"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// The server proves the keys that are its own, for this connection, and signs
// nothing else.
func TestProve(t *testing.T) {
	mine := []gossh.Signer{newKey(), newKey()}
	r := start(t, func(c *Config) { c.HostKeys = func() []gossh.Signer { return mine } })
	conn := r.conn(r.keys[0])
	ask := func(keys ...gossh.Signer) (out []byte) {
		for _, k := range keys {
			blob := k.PublicKey().Marshal()
			out = append(binary.BigEndian.AppendUint32(out, uint32(len(blob))), blob...)
		}
		return out
	}
	ok, answer, err := conn.SendRequest(hostKeysProve, true, ask(mine[1], mine[0]))
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	for _, k := range []gossh.Signer{mine[1], mine[0]} {
		var sig gossh.Signature
		blob := sshString(answer)
		if err := gossh.Unmarshal([]byte(blob), &sig); err != nil {
			t.Fatal(err)
		}
		answer = answer[4+len(blob):]
		signed := gossh.Marshal(struct {
			Name         string
			Session, Key []byte
		}{hostKeysProve, conn.SessionID(), k.PublicKey().Marshal()})
		if err := k.PublicKey().Verify(signed, &sig); err != nil {
			t.Error(err)
		}
	}
	for what, payload := range map[string][]byte{
		"nothing": nil, "another's key": ask(newKey()), "one and another's": ask(mine[0], newKey()), "one twice": ask(mine[0], mine[0]),
		"cut short": ask(mine[0])[:20], "a length of 4 GB": {255, 255, 255, 255}, "an empty one": make([]byte, 4), "zeros": slices.Repeat([]byte{0}, 1000),
	} {
		if ok, out, err := conn.SendRequest(hostKeysProve, true, payload); ok || len(out) > 0 || err != nil {
			t.Error(what, "is signed:", ok, err)
		}
	}
}
