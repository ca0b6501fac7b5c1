package session

import (
	"context"
	"errors"
	"net"

	"qiao/data"
	"qiao/tui/i18n"

	gossh "golang.org/x/crypto/ssh"
)

var (
	keyless = i18n.T("No SSH key on this computer yet? Make one, and come with it and a one-time code of the school's administrator:",
		"这台电脑上还没有 SSH 密钥? 先生成一把, 再带着学校管理员给的邀请码来:")
	tooWeak = i18n.T("This key is too weak (DSA, or RSA under 3072 bits): make one with ssh-keygen -t ed25519, and log in again.",
		"这把密钥太弱 (DSA, 或不足 3072 位的 RSA): 请用 ssh-keygen -t ed25519 生成一把, 再登录。")
	enrolHow = i18n.T("enrol@ only takes the one-time code, on a terminal: ssh -t enrol@HOST, with no words after it.",
		"enrol@ 只用来填邀请码, 要在终端里: ssh -t enrol@HOST, 后面不写命令。")
)

// enrolling reports whether a login name asks for the enrolment screen.
func enrolling(user string) bool { return user == "enrol" || user == "enroll" }

// enrols reports whether a login that Account answered with err may enrol: a
// key that nobody has, and no certificate.
func (h *Host) enrols(l Login, err error) bool {
	_, cert := l.Key.(*gossh.Certificate)
	return h.Enrol != nil && enrolling(l.User) && !cert && errors.Is(err, data.ErrNotFound)
}

// Become goes on as the account that the session's key has meanwhile, which it
// asks for by the key that signed the login. Its errors are Config.Account's.
// A session too many of that account ends.
func (s *Session) Become(ctx context.Context) (data.Account, error) {
	me, err := s.host.Account(ctx, s.login)
	if err != nil {
		return data.Account{}, err
	}
	if !s.host.adopt(s, &me) {
		s.End(tooMany, ExitRetry)
		return data.Account{}, context.Canceled
	}
	s.host.moved(s.id)
	return s.Me(), nil
}

// adopt counts a stranger's session to an account, if that may have one more.
func (h *Host) adopt(s *Session, me *data.Account) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case !s.Stranger():
		return true
	case h.per[me.ID] >= h.Limits.PerAccount:
		return false
	}
	h.discount(s)
	s.me.Store(me)
	h.per[me.ID]++
	return true
}

// caller is a login name at an address.
func caller(m gossh.ConnMetadata) string { return short(m.User()) + "@" + host(m.RemoteAddr()) }

// greet tells a client how to make a key, in case it has none: then it says
// nothing more after its first question, and reads nothing after the answer. Who
// has logged in from there is not told, unless the last time no key was offered;
// under a name for enrolling everybody is.
func (c *conn) greet(m gossh.ConnMetadata) {
	who := caller(m)
	c.mu.Lock()
	again := c.greeted != ""
	c.greeted = who
	c.mu.Unlock()
	if again {
		return
	}
	if c.been.has(who) && !enrolling(m.User()) {
		return
	}
	_, port, err := net.SplitHostPort(m.LocalAddr().String())
	if err != nil {
		port = "2222"
	}
	_ = c.banner(keyless.English() + "\r\n" + keyless.Chinese() + "\r\n" +
		"    ssh-keygen -t ed25519\r\n    ssh -p " + port + " enrol@HOST\r\n")
}
