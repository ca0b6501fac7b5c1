package data

import (
	"strings"
	"time"
)

// An Identity is what an identity number tells of a person. The number itself is
// a secret that no record keeps.
type Identity struct {
	Birth Date
	Sex   Sex
}

// ParseIdentity reads an identity number of 18 characters: area, birthday,
// sequence (odd for men), and a check character over the 17 before. The area is
// not judged. It is false for what cannot be one.
func ParseIdentity(s string) (Identity, bool) {
	if !looksIdentity(s) {
		return Identity{}, false
	}
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	day, err := time.Parse("20060102", s[6:14])
	if err != nil || day.Year() < 1900 || "10X98765432"[sum%11] != strings.ToUpper(s)[17] {
		return Identity{}, false
	}
	sex := Female
	if s[16]%2 == 1 { // the ASCII digits keep their parity
		sex = Male
	}
	return Identity{On(day.Date()), sex}, true
}

func looksIdentity(s string) bool {
	if len(s) != 18 {
		return false
	}
	body := strings.TrimRight(s, "Xx")
	return len(body) >= 17 && strings.Trim(body, "0123456789") == ""
}

// HoldsIdentity reports whether a text is an identity number, right or wrong, or
// a letter and one: the national status number, which is as secret.
func HoldsIdentity(s string) bool {
	return looksIdentity(s) || len(s) == 19 && (s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z') && looksIdentity(s[1:])
}
