package contact

import (
	"testing"

	"qiao/data"
)

func TestGuess(t *testing.T) {
	for text, want := range map[string]string{
		"孩子又咳, 问作业怎么办":                        "health homework",
		"He is late again and was in a fight": "discipline attendance",
		"later we talk":                       "other",
		"谢谢老师":                                "other",
		"":                                    "",
		"数学考试进步很大":                            "study praise",
		"Fever since Monday, asks about the EXAM": "health study",
	} {
		got := ""
		on := guess(text)
		for i, topic := range data.Topics {
			if on[i] {
				got += topic + " "
			}
		}
		if len(got) > 0 {
			got = got[:len(got)-1]
		}
		if got != want {
			t.Errorf("%q is about %q, not %q", text, got, want)
		}
	}
	if data.Topics[other] != "other" {
		t.Error("other is", data.Topics[other])
	}
	for _, topic := range data.Topics[:other] {
		if hints[topic].Chinese() == "" {
			t.Errorf("nothing hints at %s", topic)
		}
	}
}

func TestHoldsNumber(t *testing.T) {
	for text, want := range map[string]bool{
		"打 10003428940 找他": true, "100 0342 8940": true, "１０００３４２８９４０": true, "100-0342-8940。": true,
		"身份证 11010519491231002X": true, "110105194912310021": true,
		"2026-11-25 15:04": false, "学号 20240217": false, "12 34": false, "20003428940": false, "100034289401": false, "分数 95 98 100": false,
	} {
		if holdsNumber(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
