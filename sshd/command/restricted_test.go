package command

import (
	"strings"
	"testing"
)

// wary has the class teacher write what is restricted about 章薇.
func (r *rig) wary() {
	r.t.Helper()
	c, err := r.db.As(r.who["luojing"]).Care(r.t.Context(), 1)
	if err != nil {
		r.t.Fatal(err)
	}
	c.Health, c.Emergency, c.Hardship = "哮喘", "先用喷雾", "低保"
	c.Limits[2].Reason = "法院判决"
	if _, err := r.db.As(r.who["luojing"]).SaveCare(r.t.Context(), c); err != nil {
		r.t.Fatal(err)
	}
}

// What is restricted is counted on the card, and opened by a flag that says so.
func TestRestrictedByAFlag(t *testing.T) {
	r := newRig(t)
	r.wary()
	for _, tc := range []struct {
		who, line  string
		code       int
		want, hide string
	}{
		{"luojing", "card 20240217", OK, "4 项: --restricted", "哮喘"},
		{"luojing", "card 20240217 --restricted", OK, "哮喘", "4 项"},
		{"luojing", "card 20240217 --restricted", OK, "法院判决", "--restricted"},
		{"luojing", "card 20240217 --restricted --json", OK, `"health":"哮喘","emergency_steps":"先用喷雾"`, "项"},
		{"luojing", "card 20240217 --json", OK, `"number":"20240217"`, "哮喘"},
		{"heping", "card 20240217", OK, "可找 罗静", "哮喘"},
		{"heping", "card 20240217 --restricted", Forbidden, "没有这个权限", "哮喘"},
		{"duanqing", "card 20240217", OK, "章薇", "**"},
	} {
		out, errs, code := r.says(tc.who, "", tc.line)
		if got := out + errs; code != tc.code || !strings.Contains(got, tc.want) || strings.Contains(got, tc.hide) {
			t.Errorf("%s, %s: exit %d\n%s", tc.who, tc.line, code, got)
		}
	}
}
