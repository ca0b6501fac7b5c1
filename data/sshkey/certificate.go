package sshkey

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"qiao/data"

	"golang.org/x/crypto/ssh"
)

// errCert is why a certificate lets nobody in. The client is not told.
var errCert = errors.New("certificate refused")

// Certificate reads a user certificate that a client at an address shows under
// a login name at t: its signature and its time hold, it was made for people
// and names some, and of what it demands only the address it may come from is
// known here. A forced command cannot be kept, so it is refused, and so is one
// that would have a security key sign without a touch.
func Certificate(c *ssh.Certificate, t time.Time, from netip.Addr, login string) (data.Certificate, error) {
	no := func(why string) (data.Certificate, error) {
		return data.Certificate{}, fmt.Errorf("%w: %s", errCert, why)
	}
	switch {
	case c.CertType != ssh.UserCert:
		return no("not for a user")
	case len(c.ValidPrincipals) == 0: // the library, as OpenSSH once did, takes it for everybody's
		return no("it names nobody")
	case c.Signature == nil || c.Signature.Format == ssh.KeyAlgoRSA:
		return no("signed with SHA-1")
	}
	if _, ok := c.Extensions["no-touch-required"]; ok {
		return no("no touch required")
	}
	for _, k := range []ssh.PublicKey{c.Key, c.SignatureKey} {
		if _, why := Judge(k); why != "" {
			return no(string(why))
		}
	}
	check := ssh.CertChecker{Clock: func() time.Time { return t }, SupportedCriticalOptions: []string{"source-address"}}
	if err := check.CheckCert(c.ValidPrincipals[0], c); err != nil {
		return data.Certificate{}, fmt.Errorf("%w: %w", errCert, err)
	}
	if where, ok := c.CriticalOptions["source-address"]; ok && !within(from, where) {
		return no("not from this address")
	}
	return data.Certificate{Fingerprint: ssh.FingerprintSHA256(c.Key), CA: ssh.FingerprintSHA256(c.SignatureKey),
		Principals: c.ValidPrincipals, Login: login}, nil
}

// within reports whether an address is in a list of addresses and networks. A
// list with a word that is neither holds nobody.
func within(from netip.Addr, list string) bool {
	in := false
	for word := range strings.SplitSeq(list, ",") {
		net, err := netip.ParsePrefix(word)
		if err != nil {
			one, err := netip.ParseAddr(word)
			if err != nil {
				return false
			}
			net = netip.PrefixFrom(one.Unmap(), one.Unmap().BitLen())
		}
		in = in || net.Masked().Contains(from.Unmap())
	}
	return in
}
