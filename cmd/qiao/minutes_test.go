package main

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// From a meeting that was held to its sealed minutes, with the real ssh: a line is
// changed, they are handed in, the chair signs what was read and issues them by
// the meeting's number; the other hears of each step. The words give the same
// number and hash. What is altered in the file afterwards is named by check.
func TestMinutesToTheSeal(t *testing.T) {
	s := newSchool(t)
	office, chair := s.login("moral-office", 80, 24), s.login("class-teacher", 120, 36)
	office.sees("今日")
	office.types("/", "章楠", enter)
	office.sees("家庭 > 章楠", "5 家长会")
	office.types("5", down, enter) // the one that was held
	office.sees("会议 > 五(1)期中家长会 > 纪要", "草稿 > [签] > 发布")
	chair.sees("今日")
	chair.types("g", "m", "2", enter)
	chair.sees("会议 > 五(1)期中家长会 > 纪要", "第 2 稿")
	chair.types("i")
	chair.sees("你签的是第 2 稿")
	office.types("e")
	office.sees("纪要 > 改一行")
	office.types(", 从明天起", ctrlS)
	office.sees("第 3 稿", "从明天起", "[草稿] > 签 > 发布")
	chair.types(enter) // has read what is not there any more
	chair.sees("没做: 你读的是第 2 稿", "[2 改动", "从明天起")
	office.types("i")
	office.sees("第 3 稿已交: 等 段青 签")
	chair.types("1", "i")
	chair.sees("你签的是第 3 稿")
	chair.types(enter)
	chair.sees("已签: 第 3 稿", "草稿 > 签 > [发布]")
	office.soon("段青 签了第 3 稿")
	chair.types("i")
	chair.sees("发布后不能改, 只能发更正。", "要继续, 打出 2026-家-07")
	chair.types("2026-家-07", enter)
	chair.sees("已发布 2026-家-纪", "✓ 校验相符")
	office.soon("段青 发布了纪要: 2026-家-纪")

	out, _, code := s.says("moral-office", "", "minutes 2026-家-07 --json")
	var is struct{ Number, Hash, Text string }
	if err := json.Unmarshal([]byte(out), &is); err != nil || code != 0 || !strings.Contains(is.Text, "从明天起") || len(is.Hash) != 64 {
		t.Fatalf("%d %v %s", code, err, out)
	}
	chair.sees(is.Number + "  校验 " + is.Hash[:4] + " " + is.Hash[4:8])
	if out, err := s.qiao("check").CombinedOutput(); err != nil || !strings.Contains(string(out), "一切正常") {
		t.Errorf("%v: %s", err, out)
	}

	db, err := sql.Open("sqlite", filepath.Join(s.dir, "qiao.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range []string{"PRAGMA busy_timeout = 5000", "DROP TRIGGER minutes_version_no_update", "UPDATE minutes_version SET body = replace(body, '从明天起', '从下学期起')"} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(q, err)
		}
	}
	if out, err := s.qiao("check").CombinedOutput(); err == nil || !strings.Contains(string(out), is.Number) {
		t.Errorf("%v: %s", err, out)
	}
	office.types("\x12") // ctrl+r computes it anew
	office.sees("! 校验不符")
}
