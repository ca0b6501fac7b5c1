package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// A class teacher prepares a parents' meeting with the real ssh, until the families
// are told and have answered; a colleague's topic, asked for in words, is there at
// once. The words then say the same as the screen.
func TestPreparation(t *testing.T) {
	s := newSchool(t)
	chair := s.login("me", 80, 24)
	chair.sees("今日")
	if n := chair.presses("g", "m", enter, "i", enter); n > 8 {
		t.Error("path 7:", n, "keys")
	}
	chair.sees("已列入议程", "u 撤销", "5 检查")
	title := regexp.MustCompile(`已列入议程: (\S+), 5 分钟`).FindStringSubmatch(chair.screen())
	if title == nil {
		t.Fatal(chair.screen())
	}
	if out, errs, code := s.says("moral-office", "", "topic 2026-家-18 值日安排"); code != 0 {
		t.Fatal(code, out, errs)
	}
	chair.soon("值日安排")
	chair.types("G", "d")
	chair.sees("退回的原因")
	chair.types("放到班会上谈", enter)
	chair.sees("已退回: 值日安排")

	chair.types("2")
	chair.sees("! 95 / 90 分钟: 超 5 分钟")
	chair.types("-") // the opening
	chair.sees("开场: 5 分钟", "90 / 90 分钟")
	chair.types("G", "{", "{")
	chair.sees("已调序: " + title[1])

	chair.types("4", "n") // the text that the demo school has, made anew
	chair.sees("会议 > 通知", "各位家长：")
	chair.types(ctrlS)
	chair.sees("通知已存: m 发出")
	chair.types("m")
	chair.sees("发出日期", "最晚 11-27 周五 发, 还有 2 天")
	chair.types(ctrlS)
	chair.sees("已记: 今天 通知", "[已通知]")

	chair.types("3", "n")
	chair.sees("认出 0 家")
	chair.types("\x1b[200~1 2 4 9\n小满妈妈: 收到\n田沐阳 请假, 爷爷住院\n大家好\x1b[201~")
	chair.sees("认出 6 家", "没认清 1 处", "爷爷住院")
	chair.types(ctrlS)
	chair.sees("已记 6 家回执", "参加 4  请假 1  没回 39")

	out, _, code := s.says("me", "", "meeting 2026-家-18 --json")
	var is struct {
		State, Told string
		Agenda      []struct{ Title string }
		Attendance  []struct {
			Students []struct{ Name string }
			Reply    string
		}
		Topics []struct{ State, Reason string }
		Lacks  []string
	}
	if err := json.Unmarshal([]byte(out), &is); err != nil || code != 0 {
		t.Fatalf("%d %v %s", code, err, out)
	}
	replies := map[string]int{}
	for _, a := range is.Attendance {
		replies[a.Reply]++
	}
	if is.State != "notified" || is.Told != "2026-11-25" || len(is.Agenda) != 7 || is.Agenda[4].Title != title[1] || replies["coming"] != 4 || replies["read"] != 1 || replies["excused"] != 1 {
		t.Errorf("%+v %v", is, replies)
	}
	if n := len(is.Topics); n < 3 || is.Topics[n-1].State != "rejected" || is.Topics[n-1].Reason != "放到班会上谈" || strings.Contains(strings.Join(is.Lacks, " "), "notice") {
		t.Errorf("%+v", is)
	}
	if out, err := s.qiao("check").CombinedOutput(); err != nil || !strings.Contains(string(out), "一切正常") {
		t.Errorf("%v: %s", err, out)
	}
}
