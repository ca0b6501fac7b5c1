package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"qiao/data"
)

// What is put is what is got, bytes and all; on a terminal only text is shown,
// and nothing of it is obeyed. Each refusal says what to do.
func TestTrayWords(t *testing.T) {
	r := newRig(t)
	raw := "PK\x03\x04\x00\x1b[31m\xff"
	if out, errs, code := r.says("luojing", raw, "put 名单 一.xlsx"); code != OK || !strings.Contains(out, "已放进托盘, 留到 2026-12-02: 名单 一.xlsx") {
		t.Error(out, errs, code)
	}
	if out, errs, code := r.says("luojing", "", "get 名单 一.xlsx"); code != OK || out != raw {
		t.Errorf("%q %s %d", out, errs, code)
	}
	if out, _, code := r.says("luojing", "甲\x1b[31m乙\n", "put a.txt --json"); code != OK || !strings.Contains(out, `"name":"a.txt","type":"text/plain; charset=utf-8","size":12`) {
		t.Error(out, code)
	}
	r.cols = 80
	if out, _, code := r.says("luojing", "", "get a.txt"); code != OK || strings.Contains(out, "\x1b") || !strings.Contains(out, "甲") {
		t.Errorf("%q %d", out, code)
	}
	if _, errs, code := r.says("luojing", "", "get 名单 一.xlsx"); code != Refused || !strings.Contains(errs, "> 名单 一.xlsx") {
		t.Error(errs, code)
	}
	out, _, _ := r.says("luojing", "", "get")
	if !strings.Contains(out, "a.txt") || !strings.Contains(out, "名单 一.xlsx") || !strings.Contains(out, "12 B") {
		t.Error(out)
	}
	r.cols = 0
	var list struct {
		Files []trayFile
		Total int
	}
	out, _, _ = r.says("luojing", "", "get --json")
	if err := json.Unmarshal([]byte(out), &list); err != nil || list.Total != 2 || list.Files[1].Hash == "" {
		t.Error(out, err)
	}
	for _, tc := range []struct {
		who, in, line, want string
		code                int
	}{
		{"heping", "", "get", "托盘是空的", OK}, {"heping", "", "get a.txt", "没有这条记录", NotFound}, {"luojing", "", "put a/b", "文件名: 有不能用的字符", Refused},
		{"luojing", "", "put b.txt", "文件: 必填", Refused}, {"luojing", "", "put", "put NAME", Usage}, {"luojing", "", "put zzz --remove", "没有这条记录", NotFound},
		{"luojing", strings.Repeat("x", data.MaxTrayFile+1), "put big", "文件: 太长", Refused},
	} {
		out, errs, code := r.says(tc.who, tc.in, tc.line)
		if code != tc.code || !strings.Contains(out+errs, tc.want) {
			t.Errorf("%s %q: exit %d %s%s", tc.who, tc.line, code, out, errs)
		}
	}
	for i := range data.MaxTrayFiles - 2 {
		if _, errs, code := r.says("luojing", "x", fmt.Sprint("put n", i)); code != OK {
			t.Fatal(errs)
		}
	}
	if _, errs, code := r.says("luojing", "x", "put zz"); code != Refused || !strings.Contains(errs, "--remove") {
		t.Error(errs, code)
	}
	if out, errs, code := r.says("luojing", "", "put a.txt --remove"); code != OK || !strings.Contains(out, "a.txt") {
		t.Error(out, errs, code)
	}
	if _, errs, code := r.says("luojing", "x", "put zz"); code != OK {
		t.Error(errs, code)
	}
}

// Papers come out by words as by screens: to standard output, with the rights of
// whoever says them, and refused in a form that says why.
func TestExportOfMeetings(t *testing.T) {
	r := newRig(t)
	r.parents()
	for _, tc := range []struct {
		who, line string
		code      int
		has, not  string
	}{
		{"luojing", "export minutes 1", OK, "word/document.xml", ""},
		{"luojing", "minutes 2026-家-01 --format docx", OK, "word/document.xml", ""},
		{"luojing", "export signin 1", OK, "xl/workbook.xml", ""},
		{"luojing", "export minutes 1 --format txt", OK, "受限内容 1 行", "困难"},
		{"luojing", "export minutes 1 --format md --version full", OK, "另有 1 行", "困难"},
		{"ningxiaozhou", "export minutes 1 --format txt --version full --purpose 督导", OK, "这家有困难", "受限内容 1 行"},
		{"ningxiaozhou", "export minutes 1 --format txt --version full", OK, "含受限内容, 不得外传\n导出人 宁小舟, 时间 2026-11-25 15:09, 用途: 会议纪要", ""},
		{"heping", "export minutes 1 --format txt --version full", OK, "体检", "困难"},
		{"luojing", "export signin 1 --format txt", OK, "章薇 章楠", ""},
		{"heping", "export signin 1 --format txt", Forbidden, "没有这个权限", "章薇"},
		{"dingyichuan", "export signin 1", NotFound, "没有这条记录", ""},
		{"duanqing", "export minutes 1", NotFound, "没有这条记录", ""},
		{"duanqing", "export meetings", OK, "SUMMARY:家长会\r\n", "期中"},
		{"luojing", "export meetings --past --class 3.2", OK, "SUMMARY:期中家长会", "期末"},
		{"luojing", "export meetings --format csv", OK, "2026-家-02,class,期末家长会,2026-12-09T15:09:00+08:00", ""},
		{"luojing", "export minutes 1 --format pdf", Refused, "格式", ""},
		{"luojing", "export minutes 1 --version half", Refused, "版本", ""},
		{"luojing", "export minutes 9", NotFound, "没有这条记录", ""},
	} {
		out, errs, code := r.says(tc.who, "", tc.line)
		if code != tc.code || !strings.Contains(out+errs, tc.has) || tc.not != "" && strings.Contains(out, tc.not) {
			t.Errorf("%s %q: exit %d\n%.1500s%s", tc.who, tc.line, code, out, errs)
		}
	}
	r.cols = 80
	if _, errs, code := r.says("luojing", "", "export signin 1"); code != Refused || !strings.Contains(errs, "> 签到-26家01.xlsx") {
		t.Error("a spreadsheet on a terminal:", errs, code)
	}
	r.cols = 0
	for _, name := range []string{"minutes 1", "meetings"} {
		out, errs, code := r.says("luojing", "", "export "+name+" --format json")
		var indented bytes.Buffer
		if err := json.Indent(&indented, []byte(out), "", "  "); err != nil || code != OK {
			t.Fatal(out, errs, err)
		}
		word, _, _ := strings.Cut(name, " ")
		golden(t, "export."+word, indented.String())
	}
	out, _, _ := r.says("ningxiaozhou", "", "audit list --kind export --all")
	if n := strings.Count(out, "会议"); n < 10 {
		t.Errorf("%d exports in the log:\n%s", n, out)
	}
}

// -o writes a file of the console's, and never over one.
func TestExportIntoAFile(t *testing.T) {
	r := newRig(t)
	r.parents()
	var out, errs bytes.Buffer
	c := r.call("luojing", strings.NewReader(""), &out, &errs)
	var made file
	c.Write = func(string) (io.WriteCloser, error) { return &made, nil }
	if code := Run(t.Context(), c, strings.Fields("export minutes 1 --format md -o x.md")); code != OK || out.Len() > 0 || !strings.HasPrefix(made.String(), "# 三(2)班 期中家长会 纪要") || !made.closed {
		t.Error(code, errs.String(), made.String())
	}
}

type file struct {
	bytes.Buffer
	closed bool
}

func (f *file) Close() error { f.closed = true; return nil }
