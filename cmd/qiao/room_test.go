package main

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"qiao/data"
	"qiao/data/store"
)

// tonight calls a meeting of one's own class that should have begun, with a
// colleague who writes.
func (s *school) tonight(colleague string) {
	s.t.Helper()
	name := func(role string) string {
		out, _, _ := s.says(role, "", "whoami --json")
		var who struct{ Account string }
		if err := json.Unmarshal([]byte(out), &who); err != nil {
			s.t.Fatal(err, out)
		}
		return who.Account
	}
	me, other := name("me"), name(colleague)
	ctx, real := context.Background(), time.Now().In(data.China)
	now := data.On(2026, 11, 25).Start().Add(time.Duration(real.Hour())*time.Hour + time.Duration(real.Minute())*time.Minute) // the day that the school is on
	db, err := store.Open(ctx, filepath.Join(s.dir, "qiao.db"), func() time.Time { return now })
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	chair, err := db.Console("test").Account(ctx, me)
	if err != nil {
		s.t.Fatal(err)
	}
	writer, err := db.Console("test").Account(ctx, other)
	if err != nil {
		s.t.Fatal(err)
	}
	starts := now.Add(-min(5*time.Minute, now.Sub(data.DayOf(now).Start())))
	_, err = db.As(chair.ID).SaveMeeting(ctx, data.Meeting{Kind: data.ClassMeeting, Class: chair.Own(now)[0], Title: "今晚的会", Place: "本班教室",
		Starts: starts, Ends: starts.Add(time.Hour), Chair: chair.ID, Secretary: writer.ID,
		Agenda: []data.AgendaItem{{Title: "开场", Minutes: 10}, {Title: "家长提问", Minutes: 20}}}, data.Ref{})
	if err != nil {
		s.t.Fatal(err)
	}
}

// Two who sit in one room, with the real ssh: one signs a family in and writes a
// line, the other sees both at once. Then the server is killed: who comes back finds
// the room, with all that was acknowledged in it and the line that was not sent.
func TestOneRoom(t *testing.T) {
	s := newSchool(t)
	s.tonight("moral-office")
	me, office := s.login("me", 80, 24), s.login("moral-office", 120, 36)
	me.sees("今日", "今天的会 (1)")
	me.types("2", enter)
	me.sees("现场 > 三(2)家长会", "还没开", "1 开场")
	me.types("i")
	me.sees("第 1 项 / 2", "已开 00:00:0")
	office.sees("正在开", "今晚的会")
	office.types("1", enter)
	office.sees("现场 > 三(2)家长会", "第 1 项 / 2", "在线 2 人")
	me.types("2", " ")
	me.sees("[2 签到 1/", "[x] ")
	office.soon("2 签到 1/", "签到")
	me.types("1", "n", "交警四点派人到校门口", enter)
	me.sees("交警四点派人到校门口")
	office.soon("交警四点派人到校门口")
	office.types("n", "晚托名单由社区给")
	me.soon("正在写")
	office.types(enter)
	me.soon("晚托名单由社区给")
	me.types("n", "这句还没发")
	me.sees("草稿已存")

	s.stop(syscall.SIGKILL)
	for _, m := range []*terminal{me, office} {
		if code := m.leaves(); code != 255 {
			t.Error("the client ends with", code)
		}
	}
	s.start()
	office = s.login("moral-office", 80, 24)
	office.sees("今日", "正在开")
	office.types(enter)
	office.sees("第 1 项 / 2", "2 签到 1/", "交警四点派人到校门口", "晚托名单由社区给")
	me = s.login("me", 80, 24, "LC_ALL=en_US.UTF-8", "NO_COLOR=1")
	me.sees("Welcome back", "Line in a meeting")
	me.types(enter)
	me.sees("item 1 / 2", "2 sign-in 1/", "交警四点派人到校门口", "| 这句还没发")
	me.types(enter)
	office.soon("这句还没发")
	if out, err := s.qiao("check").CombinedOutput(); err != nil || !strings.Contains(string(out), "一切正常") {
		t.Errorf("%v: %s", err, out)
	}
}
