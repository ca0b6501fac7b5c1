package main

import (
	"encoding/json"
	"strings"
	"testing"

	"qiao/data"
)

// Every role of the demo school logs in with its key and the real client: the
// first screen names who it is and says what there is to do, or that there is
// nothing, and the keys that work; it finds what its role finds.
func TestEveryRole(t *testing.T) {
	s := newSchool(t)
	for role, sees := range map[string]struct {
		title string
		finds bool // 章薇 of 3.2
	}{
		"me": {"罗静 三(2)班主任", true}, "admin": {"丁一川 管理员", false}, "principal": {"许文远 校长", true}, "grade-head": {"三年级年级组长", true},
		"class-teacher": {"段青 五(1)班主任", false}, "subject-teacher": {"任课", true}, "moral-office": {"蒲岚 德育处", true},
		"committee-secretary": {"阮秋 秘书", false}, "surrogate": {"龚秀芝 代理家长", true}, "inspector": {"贺知衡 督导", false}, "front-desk": {"余小兰 前台", true},
	} {
		m := s.login(role, 80, 24)
		if first, ok := map[string]string{"inspector": "报表 > 总数", "admin": "管理 > 账号与钥匙", "front-desk": "找家庭"}[role]; ok {
			m.sees("桥 | "+first, sees.title, "ctrl+c 退出") // who reads no card begins elsewhere
			m.types("\x1b")
		}
		m.sees("桥 | 今日", sees.title, "第13周", "1 要我做的", "3 我离开后的变化", "ctrl+c 退出")
		if got := m.screen(); strings.Contains(got, "!  ") || strings.Contains(got, "没读到") || strings.Contains(got, "没有这个权限") {
			t.Errorf("%s:\n%s", role, got)
		}
		out, errs, code := s.says(role, "", "whoami --json")
		var me struct {
			Roles []struct{ Role, Scope string }
			Key   string
		}
		if err := json.Unmarshal([]byte(out), &me); err != nil || code != 0 || len(me.Roles) == 0 || !strings.HasPrefix(me.Key, "SHA256:") {
			t.Errorf("%s: %s%s", role, out, errs)
		}
		if role == "me" {
			if len(me.Roles) < 2 || !strings.Contains(out, `"admin"`) || !strings.Contains(out, `"class-teacher","scope":"3.2"`) {
				t.Errorf("you are %s", out)
			}
		} else if !strings.Contains(out, `"role":"`+role+`"`) {
			t.Errorf("keys/%s is %s", role, out)
		}
		if out, _, code := s.says(role, "", "find 20240217"); sees.finds != (code == 0) || sees.finds != strings.Contains(out, "章薇") {
			t.Errorf("%s finds %q, %d", role, out, code)
		}
		m.types(ctrlC)
		if code := m.leaves(); code != 0 {
			t.Errorf("%s left with %d", role, code)
		}
	}
	for _, r := range data.Roles {
		if _, _, code := s.says(string(r), "", "help"); code != 0 {
			t.Errorf("no key lets %s in", r)
		}
	}
}
