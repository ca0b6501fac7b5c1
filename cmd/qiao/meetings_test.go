package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// A class teacher calls a meeting with the keys of the screens, by the client that
// teachers have; another's list shows it at once, the words of ssh have it too, and
// what is typed into its form is not lost with the line.
func TestMeetingIsCalled(t *testing.T) {
	s := newSchool(t)
	type line struct {
		Title    string   `json:"title"`
		StartsAt string   `json:"starts_at"`
		State    string   `json:"state"`
		Number   string   `json:"number"`
		Lacks    []string `json:"lacks"`
	}
	meetings := func() (out []line) {
		t.Helper()
		text, errs, code := s.says("class-teacher", "", "meetings", "--coming", "--json")
		var answer struct {
			Items []line `json:"meetings"`
		}
		if err := json.Unmarshal([]byte(text), &answer); err != nil || code != 0 {
			t.Fatalf("exit %d: %s%s %v", code, text, errs, err)
		}
		return answer.Items
	}
	before := meetings()
	teacher, office := s.login("class-teacher", 80, 24), s.login("moral-office", 120, 36)
	office.sees("今日")
	office.types("g", "m")
	office.sees("会议", "将开 ")
	teacher.sees("今日")
	teacher.types("g", "m")
	teacher.sees("将开 1")
	teacher.types("n")
	teacher.sees("已替你填好", "五(1)教室")
	teacher.types(tab, "下下周三", tab, "1530", tab, tab)
	teacher.sees("= 12-09 周三", "到 17:00")
	teacher.types(ctrlU)
	teacher.paste("冬季安全家长会")
	teacher.sees("冬季安全家长会")
	teacher.types(ctrlS)
	teacher.sees("已建好", "冬季安全家长会")
	office.soon("冬季安全家长会")
	after := meetings()
	if len(after) != len(before)+1 {
		t.Fatalf("%d meetings, then %d", len(before), len(after))
	}
	i := slices.IndexFunc(after, func(l line) bool { return strings.Contains(l.Title, "冬季安全家长会") })
	if i < 0 || after[i].StartsAt != "2026-12-09T15:30:00+08:00" || after[i].State != "draft" || after[i].Number == "" || !slices.Equal(after[i].Lacks, []string{"notice"}) {
		t.Errorf("%+v", after)
	}
	teacher.types(esc)
	teacher.sees("将开 2")
	teacher.types("n")
	teacher.sees("已替你填好")
	teacher.types(tab, tab, tab, tab, ctrlU)
	teacher.paste("没写完的会")
	teacher.sees("没写完的会")
	teacher.types(ctrlC)
	teacher.sees("enter")
	teacher.types(enter)
	if code := teacher.leaves(); code != 0 {
		t.Errorf("exit %d", code)
	}
	teacher = s.login("class-teacher", 80, 24)
	teacher.sees("欢迎回来", "没写完的会")
	teacher.types(enter)
	teacher.sees("已恢复草稿", "会议 > 新会议", "没写完的会")
}
