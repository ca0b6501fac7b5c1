package command

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"strings"
	"testing"

	"qiao/data"

	"golang.org/x/crypto/ssh"
)

// pubLine is the line of a new key's .pub file.
func pubLine(t *testing.T, comment string) (line, fingerprint string) {
	t.Helper()
	p, _, _ := ed25519.GenerateKey(rand.Reader)
	k, err := ssh.NewPublicKey(p)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(k))) + " " + comment + "\n", ssh.FingerprintSHA256(k)
}

// The code stands alone on standard output, for a script; how to use it beside.
func TestEnrolWord(t *testing.T) {
	r := newRig(t)
	out, errs, code := r.says("dingyichuan", "", "account enrol luojing")
	typed, err := data.ParseInviteCode(out)
	if code != OK || err != nil || out != typed.String()+"\n" || !strings.Contains(errs, "罗静") || !strings.Contains(errs, "enrol@") {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	out, _, _ = r.says("dingyichuan", "", "account enrol 罗静 --json")
	var one struct{ Account, Code, Expires string }
	if err := json.Unmarshal([]byte(out), &one); err != nil || one.Account != "luojing" || one.Expires != "2026-11-27T15:09:00+08:00" {
		t.Fatalf("%v: %s", err, out)
	}
	out, _, _ = r.says("dingyichuan", "", "account invites")
	want := one.Code[:4] + "-****\tluojing\t罗静\t有效\t"
	if lines := strings.Split(out, "\n"); len(lines) != 3 || !strings.HasPrefix(lines[0], want) || !strings.Contains(lines[1], "作废") ||
		strings.Contains(out, one.Code) {
		t.Errorf("%s", out)
	}
	if out, _, code := r.says("dingyichuan", "", "account invites revoke "+one.Code[:4]); code != OK || !strings.Contains(out, one.Code[:4]) {
		t.Error(code, out)
	}
	for words, want := range map[string]int{"account invites revoke " + one.Code[:4]: NotFound, "account enrol nobody": NotFound, "account enrol": Usage} {
		if _, _, code := r.says("dingyichuan", "", words); code != want {
			t.Errorf("%s: exit %d", words, code)
		}
	}
	for _, words := range []string{"account enrol luojing", "account invites", "account ca list", "account enrol heping"} {
		if out, _, code := r.says("luojing", "", words); code != Forbidden || out != "" {
			t.Errorf("a class teacher says %s: exit %d, %s", words, code, out)
		}
	}
}

// Keys come many at a time; each line that is not taken is named. A person adds
// and removes keys of their own.
func TestKeyWords(t *testing.T) {
	r := newRig(t)
	a, fa := pubLine(t, "laptop")
	b, fb := pubLine(t, "phone")
	out, errs, code := r.says("luojing", "# all of mine\n"+a+b+"ssh-dss AAAA\n"+a, "account key add luojing -")
	if code != Refused || strings.Count(out, "\n") != 2 || !strings.Contains(out, "\t256\t"+fa+"\tlaptop") ||
		!strings.Contains(errs, "第 4 行: 太弱") || !strings.Contains(errs, "第 5 行: 已经有了") {
		t.Errorf("%d\n%s%s", code, out, errs)
	}
	_, errs, code = r.says("heping", a+b, "account key add heping -")
	if code != Refused || strings.Contains(errs, "罗静") || !strings.Contains(errs, "第 1 行: 已被占用") {
		t.Errorf("somebody else's: %d, %s", code, errs)
	}
	if _, errs, code = r.says("dingyichuan", a+b, "account key add heping -"); code != Refused || !strings.Contains(errs, "第 1 行: 已是 罗静 的") {
		t.Errorf("for an administrator: %d, %s", code, errs)
	}
	for _, tc := range []struct {
		who, in, line string
		code          int
		said          string
	}{
		{"luojing", "", "account key rename " + fb + " |我的 手机|", OK, "我的 手机"},
		{"luojing", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", "account key add luojing -", Refused, "像是私钥"},
		{"luojing", a, "account key add heping -", Forbidden, ""},
		{"luojing", "", "account key remove " + fb, OK, fb},
		{"luojing", "", "account key remove " + fa, Refused, "最后一把"},
		{"heping", "", "account key remove " + fa, Forbidden, ""},
		{"dingyichuan", a, "account key add heping -", Conflict, "一把公钥只归一个账号"},
		{"dingyichuan", "", "account key remove " + fa, OK, fa},
		{"dingyichuan", "", "account key remove " + strings.Repeat("x", 9), NotFound, ""},
		{"dingyichuan", "", "account key remove SHA256:" + strings.Repeat("x", 42) + "A --account luojing", OK, ""},
		{"dingyichuan", "", "account key remove nonsense --account luojing", Refused, "公钥"},
	} {
		out, errs, code := r.says(tc.who, tc.in, tc.line)
		if code != tc.code || !strings.Contains(out+errs, tc.said) {
			t.Errorf("%s: %s: exit %d, not %d\n%s%s", tc.who, tc.line, code, tc.code, out, errs)
		}
	}
}

// A name that only looks like another's is said to, in which characters it may
// be; certificates and words know accounts by user names, which are plain.
func TestNamesThatLookAlike(t *testing.T) {
	r := newRig(t)
	if _, errs, code := r.says("dingyichuan", "", "account add --name 賀平 --role principal"); code != OK || errs != "" {
		t.Errorf("another character: %d, %s", code, errs)
	}
	if _, _, code := r.says("dingyichuan", "", "account add --name Anna --role principal"); code != OK {
		t.Error("exit", code)
	}
	out, errs, code := r.says("dingyichuan", "", "account add --name Аnnа --role principal") // its А and а are Cyrillic
	if code != OK || !strings.Contains(errs, "看着一样") || !strings.Contains(errs, "anna") || !strings.Contains(out, "账号") {
		t.Errorf("%d %s%s", code, out, errs)
	}
}

func TestAuthorityWords(t *testing.T) {
	r := newRig(t)
	ca, f := pubLine(t, "ca")
	for _, tc := range []struct {
		in, line string
		code     int
		said     string
	}{
		{ca, "account ca add 学校 - --until 2027-07-31", OK, f},
		{ca, "account ca add 再一个 -", Refused, "公钥: 已被占用"},
		{"", "account ca list", OK, "学校\tssh-ed25519\t" + f + "\t2027-07-31\n"},
		{"", "account ca list --json", OK, `{"ca":[{"name":"学校","type":"ssh-ed25519","fingerprint":"` + f + `","until":"2027-07-31"}],"total":1}`},
		{"ssh-dss AAAA", "account ca add 弱 -", Refused, "太弱"},
		{ca, "account ca add 旧 - --until 2020-01-01", Refused, "日期"},
		{"", "account ca remove 学校", OK, "学校"},
		{"", "account ca remove 学校", NotFound, ""},
	} {
		out, errs, code := r.says("dingyichuan", tc.in, tc.line)
		if code != tc.code || !strings.Contains(out+errs, tc.said) {
			t.Errorf("%s: exit %d, not %d\n%s%s", tc.line, code, tc.code, out, errs)
		}
	}
}
