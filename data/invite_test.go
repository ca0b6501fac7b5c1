package data

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"
)

// A code is read as its person types it, however that is: with blanks and
// dashes anywhere, in small letters, full-width, with what looks like a letter
// of it.
func TestInviteCodesAsTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := InviteCode(rapid.StringOfN(rapid.RuneFrom([]rune(codeLetters)), codeLen, codeLen, codeLen).Draw(t, "code"))
		var typed strings.Builder
		noise := rapid.SampledFrom([]string{"", " ", "-", "\u3000", "－", "–", "_", "\u200b", "\t"})
		for _, r := range code.String() {
			switch rapid.IntRange(0, 3).Draw(t, "form") {
			case 1:
				r = unicode.ToLower(r)
			case 2:
				r += '！' - '!'
			case 3:
				for from, to := range map[rune]rune{'S': '5', 'Z': '2', 'B': '8', 'U': 'V'} {
					if r == to {
						r = from
					}
				}
			}
			typed.WriteString(noise.Draw(t, "noise") + string(r))
		}
		got, err := ParseInviteCode(typed.String() + noise.Draw(t, "end"))
		if err != nil || got != code {
			t.Fatalf("%q: %q, %v, want %q", typed.String(), got, err, code)
		}
		if again, err := ParseInviteCode(got.String()); err != nil || again != got {
			t.Fatalf("reading what was read: %q, %v", again, err)
		}
	})
}

func TestWhatIsNoInviteCode(t *testing.T) {
	for typed, want := range map[string]Why{"": WhyEmpty, " - ": WhyEmpty, "K7QX": WhyTooShort, "K7QX-2M4P9": WhyTooLong, "K7QX-2M4O": WhyBadChars,
		"K7QX-2M41": WhyBadChars, "К7QX-2M4P": WhyBadChars, "邀请码": WhyBadChars, strings.Repeat("A", 100000): WhyTooLong} {
		if _, err := ParseInviteCode(typed); len(Faults(err)) != 1 || Faults(err)[0].Why != want {
			t.Errorf("%.20q: %v, want %q", typed, err, want)
		}
	}
}

func TestNewInviteCodes(t *testing.T) {
	seen, letters := map[InviteCode]bool{}, map[rune]int{}
	for range 2000 {
		c := NewInviteCode()
		if got, err := ParseInviteCode(string(c)); err != nil || got != c || seen[c] {
			t.Fatalf("%q: %v, seen %v", c, err, seen[c])
		}
		seen[c] = true
		for _, r := range c {
			letters[r]++
		}
	}
	for _, r := range codeLetters { // 593 of each are to be expected
		if letters[r] < 400 || letters[r] > 800 {
			t.Errorf("%c came %d times", r, letters[r])
		}
	}
}

func TestInviteHash(t *testing.T) {
	code, salt := NewInviteCode(), []byte("salt")
	hash := code.Hash(salt)
	if !code.Matches(salt, hash) || code.Matches([]byte("other"), hash) || (code[:7]+"x").Matches(salt, hash) || bytes.Contains(hash, []byte(code)) {
		t.Error("the hash is not of the code and its salt")
	}
}

// An invitation is open from its beginning to its end and at no other time.
func TestInviteStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Date(2026, 11, 25, 15, 4, 0, 0, China)
		i := Invite{Created: at, Expires: at.Add(InviteLasts), Tries: rapid.IntRange(0, 12).Draw(t, "tries")}
		if rapid.Bool().Draw(t, "used") {
			i.Used = at.Add(time.Minute)
		}
		if rapid.Bool().Draw(t, "void") {
			i.Void = at.Add(time.Minute)
		}
		gone := time.Duration(rapid.Int64Range(-int64(100*time.Hour), int64(100*time.Hour)).Draw(t, "gone"))
		open := i.Used.IsZero() && i.Void.IsZero() && i.Tries < 10 && gone >= 0 && gone < 48*time.Hour
		if got := i.State(at.Add(gone)); (got == InviteOpen) != open {
			t.Fatalf("%+v after %v is %s", i, gone, got)
		}
	})
}

func TestKeyAlgorithms(t *testing.T) {
	for typed, want := range map[string]string{"ssh-ed25519": "ed25519", "ssh-rsa": "rsa", "ecdsa-sha2-nistp256": "ecdsa nistp256",
		"sk-ssh-ed25519@openssh.com": "sk-ed25519", "sk-ecdsa-sha2-nistp256@openssh.com": "sk-ecdsa nistp256", "": ""} {
		if got := (Key{Type: typed}).Algorithm(); got != want {
			t.Errorf("%s is %s", typed, got)
		}
	}
}

// What one guess at an open invitation costs the processor.
func BenchmarkInviteHash(b *testing.B) {
	code := NewInviteCode()
	for b.Loop() {
		code.Hash([]byte("0123456789abcdef"))
	}
}
