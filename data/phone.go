package data

import "strings"

// ParsePhone turns a number as people write it into E.164. Spaces, dashes,
// brackets, +86 and fullwidth digits are taken. Eleven digits that begin with 1
// are a mobile number of +86, in every school; a landline begins with 0 and has
// ten to twelve digits; anything else needs its country code with a plus.
func ParsePhone(s string) (string, error) {
	var b strings.Builder
	plus := false
	for _, r := range strings.TrimSpace(s) {
		if r >= '０' && r <= '９' {
			r -= '０' - '0'
		}
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case (r == '+' || r == '＋') && b.Len() == 0 && !plus:
			plus = true
		case strings.ContainsRune(" -－()（）./\u3000", r):
		default:
			return "", &Invalid{Field: "phone", Why: WhyNotPhone}
		}
	}
	d := b.String()
	if !plus && strings.HasPrefix(d, "00") {
		plus, d = true, d[2:]
	}
	if rest, ok := strings.CutPrefix(d, "86"); ok && !plus && len(rest) == 11 && rest[0] == '1' {
		plus = true
	}
	switch {
	case plus && len(d) >= 7 && len(d) <= 15:
		return "+" + d, nil
	case !plus && len(d) == 11 && d[0] == '1':
		return "+86" + d, nil
	case !plus && len(d) >= 10 && len(d) <= 12 && d[0] == '0':
		return "+86" + d[1:], nil
	}
	return "", &Invalid{Field: "phone", Why: WhyNotPhone}
}

// National is the number without spaces, as JSON gives it: the national number
// for +86 (10003428940), else E.164.
func National(e164 string) string {
	rest, ok := strings.CutPrefix(e164, "+86")
	switch {
	case !ok:
		return e164
	case len(rest) == 11 && rest[0] == '1':
		return rest
	}
	return "0" + rest
}

// Grouped is the number as a person reads it: 100 0342 8940, 0571-8001234, and
// others as they are.
func Grouped(e164 string) string {
	n := National(e164)
	switch {
	case n == "" || n[0] == '+':
		return n
	case len(n) == 11 && n[0] == '1':
		return n[:3] + " " + n[3:7] + " " + n[7:]
	case strings.HasPrefix(n, "010"), strings.HasPrefix(n, "02"):
		return n[:3] + "-" + n[3:]
	case len(n) > 4:
		return n[:4] + "-" + n[4:]
	}
	return n
}
