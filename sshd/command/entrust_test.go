package command

import (
	"fmt"
	"strings"
	"testing"
)

// A child in an emergency, a class that is lent, a child that is released: who
// may, what is said, and what is wrong with it.
func TestEntrustWords(t *testing.T) {
	r := newRig(t)
	r.wary()
	for _, tc := range []struct {
		who, line  string
		code       int
		want, hide string
	}{
		{"duanqing", "emergency 章薇", Refused, "原因: 必填", "哮喘"},
		{"duanqing", "emergency 章 --reason 晕倒", NotFound, "没有这条记录", "哮喘"},
		{"dingyichuan", "emergency 章薇 --reason 晕倒", Forbidden, "没有这个权限", "哮喘"},
		{"duanqing", "card 章薇", OK, "吴桂芬", "哮喘"},
		{"duanqing", "emergency 章薇 3.2 --reason 晕倒", OK, "打开到 17:09", "低保"},
		{"duanqing", "emergency 20240217 --reason 晕倒", OK, "先用喷雾", "咳嗽"},
		{"duanqing", "emergency 章薇 --reason 晕倒 --json", OK, `"health":"哮喘"`, "低保"},
		{"heping", "lend 3.2 duanqing --until fri --reason 生病", Forbidden, "没有这个权限", "代管"},
		{"luojing", "lend 3.2 段青 --until fri --reason 生病", OK, "三(2) 借给 段青 代管, 到 2026-11-27", "必填"},
		{"luojing", "lend 3.2 贺平 --until someday --reason 生病", Refused, "看不懂这个日期", "代管,"},
		{"luojing", "lend 3.2 谁 --until fri --reason 生病", Refused, "给谁", "代管,"},
		{"luojing", "lend 3.2", Usage, "lend CLASS NAME", "代管,"},
		{"duanqing", "lend --list", OK, "罗静", "没有借出"},
		{"duanqing", "roster 3.2", OK, "冉小满", "没有"},
		{"duanqing", "lend --back 999", NotFound, "没有这条记录", "已收回"},
		{"luojing", "release 20240217 段青 --reason 案情", Forbidden, "没有这个权限", "放行给"},
		{"ningxiaozhou", "release 20240217 heping --reason 案情 --for 48h", Refused, "多久", "放行给"},
		{"ningxiaozhou", "release 20240217 heping --reason 案情 --for 30m", OK, "章薇 放行给 贺平", "多久"},
		{"heping", "card 20240217 --restricted", OK, "低保", "可找"},
		{"ningxiaozhou", "release 20240217 heping --reason 案情 --json", OK, `"until":"2026-11-25T17:09:00+08:00"`, "多久"},
	} {
		out, errs, code := r.says(tc.who, "", tc.line)
		if got := out + errs; code != tc.code || !strings.Contains(got, tc.want) || strings.Contains(got, tc.hide) {
			t.Errorf("%s, %s: exit %d\n%s", tc.who, tc.line, code, got)
		}
	}
	out, _, _ := r.says("luojing", "", "lend --list --json")
	var id int64
	if _, err := fmt.Sscanf(out, `{"loans":[{"id":%d,"class":"3.2","to":"段青"`, &id); err != nil {
		t.Fatal(out, err)
	}
	if out, errs, code := r.says("luojing", "", fmt.Sprint("lend --back ", id)); code != OK || !strings.Contains(out, "已收回") {
		t.Error(out, errs, code)
	}
	if out, _, _ := r.says("luojing", "", "lend --list"); !strings.Contains(out, "没有借出的") {
		t.Error(out)
	}
	if _, _, code := r.says("duanqing", "", "roster 3.2"); code != NotFound {
		t.Error("what was taken back is still there")
	}
}

// Counts without a name, for who may count.
func TestTotalsWord(t *testing.T) {
	r := newRig(t)
	if out, errs, code := r.says("ningxiaozhou", "", "totals"); code != OK || !strings.Contains(out, "3.2") || strings.Contains(out, "章薇") {
		t.Error(out, errs, code)
	}
	if out, errs, code := r.says("luojing", "", "totals --json"); code != OK || !strings.Contains(out, `"classes":[{"class":"3.2","students":3,"families":2`) {
		t.Error(out, errs, code)
	}
	if _, _, code := r.says("dingyichuan", "", "totals"); code != Forbidden {
		t.Error("an administrator counts", code)
	}
}
