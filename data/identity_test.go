package data

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// One wrong digit, or two neighbours the wrong way round, never pass.
func TestIdentityNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		born := On(rapid.IntRange(1990, 2025).Draw(t, "year"), 1, 1).AddDays(rapid.IntRange(0, 364).Draw(t, "day"))
		seq := rapid.IntRange(0, 999).Draw(t, "sequence")
		body := fmt.Sprintf("000000%s%03d", strings.ReplaceAll(born.String(), "-", ""), seq)
		var number string
		found := 0
		for _, check := range "0123456789X" {
			if id, ok := ParseIdentity(body + string(check)); ok {
				found++
				number = body + string(check)
				if id.Birth != born || (id.Sex == Male) != (seq%2 == 1) {
					t.Fatalf("%s: %+v", number, id)
				}
			}
		}
		if found != 1 {
			t.Fatalf("%s has %d check characters", body, found)
		}
		at := rapid.IntRange(0, 16).Draw(t, "at")
		other := []byte(number)
		other[at] = '0' + (other[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if _, ok := ParseIdentity(string(other)); ok {
			t.Fatalf("%s passes for %s", other, number)
		}
		swapped := []byte(number)
		if at < 16 && swapped[at] != swapped[at+1] {
			swapped[at], swapped[at+1] = swapped[at+1], swapped[at]
			if _, ok := ParseIdentity(string(swapped)); ok {
				t.Fatalf("%s passes for %s", swapped, number)
			}
		}
		if !HoldsIdentity(number) || !HoldsIdentity("G"+number) || !HoldsIdentity(string(other)) {
			t.Fatal(number, "is a secret")
		}
	})
	for _, s := range []string{"", "20240217", "11010519491231002", "1101051949123100XX", "G2024021700000000000", "２0240217", "5G0000001990010100"} {
		if _, ok := ParseIdentity(s); ok || HoldsIdentity(s) {
			t.Errorf("%q is taken for an identity number", s)
		}
	}
}
