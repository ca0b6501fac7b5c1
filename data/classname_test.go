package data

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParseClass(t *testing.T) {
	for _, c := range []struct {
		want  ClassName
		taken []string
	}{
		{ClassName{3, 2}, []string{"3.2", "3-2", "三2", "三(2)", "三（2）", "三年级2班", "三年2班", "302", "2024级2班", " 3.2 ", "３．２", "３－２", "３。２",
			"3(2)", "三(2)班", "三（２）班", "三年级（2）班", "三年级 2 班", "三年级二班", "三二班", "3年级2班", "3.02", "302班", "24级2班", "2024级(2)班", "三年級2班", "三(2班)", "三2班"}},
		{ClassName{7, 1}, []string{"七(1)", "初一(1)", "初一1班", "7.1", "701", "初一年级1班"}},
		{ClassName{9, 12}, []string{"初三(12)", "九(12)", "9.12", "912", "九年级十二班"}},
		{ClassName{12, 3}, []string{"高三(3)", "十二(3)", "12.3", "1203", "十二年级3班"}},
		{ClassName{10, 99}, []string{"高一(99)", "十(99)", "10.99", "1099", "十年级九十九班"}},
		{ClassName{1, 1}, []string{"2026级1班", "1.1", "一(1)", "101"}},
	} {
		for _, s := range c.taken {
			if got, ok := ParseClass(s, 2026); !ok || got != c.want {
				t.Errorf("%q: %v %v, want %v", s, got, ok, c.want)
			}
		}
	}
	for _, s := range []string{"", " ", "3", "三", "32", "一一", "三二", "三", "3.", ".2", "3.0", "0.3", "13.1", "3.100", "300", "1300", "002", "0117", "3 02", "3..2", "3.2.1",
		"3.-2", "3.+2", "三(2", "三2)", "三()", "初四(1)", "高四(1)", "初十一(1)", "2027级1班", "2014级1班", "章", "三章", "zw", "99999999999999999999", "十二班", "\xff.2", "班", "级", "十十(1)"} {
		if got, ok := ParseClass(s, 2026); ok || !got.IsZero() {
			t.Errorf("%q: taken for %v", s, got)
		}
	}
}

func TestParseGrade(t *testing.T) {
	for s, want := range map[string]int{"三": 3, "三年级": 3, "3": 3, "３": 3, " 三年 ": 3, "初一": 7, "初三": 9, "高一": 10, "十": 10, "十一": 11, "12": 12, "七年级": 7, "03": 3, "初二年级": 8} {
		if got, ok := ParseGrade(s); !ok || got != want {
			t.Errorf("%q: %d %v, want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "0", "13", "302", "三2", "三班", "年级", "初四", "初", "高", "二十", "-3", "章"} {
		if got, ok := ParseGrade(s); ok || got != 0 {
			t.Errorf("%q: taken for %d", s, got)
		}
	}
}

func TestClassNameRoundTrip(t *testing.T) {
	name := rapid.Custom(func(t *rapid.T) ClassName {
		return ClassName{rapid.IntRange(1, 12).Draw(t, "grade"), rapid.IntRange(1, 99).Draw(t, "number")}
	})
	rapid.Check(t, func(t *rapid.T) {
		c, d := name.Draw(t, "class"), name.Draw(t, "other")
		if back, ok := ParseClass(c.String(), rapid.Int().Draw(t, "year")); !ok || back != c {
			t.Fatalf("%v came back as %v, %v", c, back, ok)
		}
		if c.Before(d) != (c.Grade*100+c.Number < d.Grade*100+d.Number) {
			t.Fatalf("%v before %v: %v", c, d, c.Before(d))
		}
	})
	if s := (ClassName{}).String(); s != "" {
		t.Errorf("no class is written %q", s)
	}
}
