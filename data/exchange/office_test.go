package exchange

import (
	"context"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"qiao/data"
)

var tags = regexp.MustCompile(`(?s)<style.*?</style>|<[^>]*>`)

// LibreOffice opens what we write, and shows what stands in it: documents and
// spreadsheets in one start of it. It is the one program that these tests need
// and Go cannot bring: where it is not installed they are skipped, but not in
// .ci/run.
func TestLibreOfficeOpensThem(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui")
	}
	dir := t.TempDir()
	texts := append(hostile[:len(hostile):len(hostile)], "下周发书", "冉家的困难")
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "html", "--outdir", filepath.Join(dir, "out")}
	for name, raw := range map[string][]byte{"minutes.docx": docxOf(t, document(texts)), "long.docx": docxOf(t, document(manyLines(20_000))), "sheet.xlsx": xlsxOf(t, signSheet(texts)), "empty.xlsx": xlsxOf(t, signSheet(nil))} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	said, err := exec.CommandContext(ctx, office, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	read := func(name string) string {
		raw, err := os.ReadFile(filepath.Join(dir, "out", name+".html"))
		if err != nil {
			t.Fatalf("%s was not opened: %v\n%s", name, err, said)
		}
		return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(string(raw), " "))), " ")
	}
	minutes, sheet, long, empty := read("minutes"), read("sheet"), read("long"), read("empty")
	for _, s := range texts {
		want := strings.Join(strings.Fields(xmlSafe(data.Line(s))), " ")
		if s == "\ufffe\uffff" { // what XML cannot have, each program shows as it likes
			continue
		}
		for name, text := range map[string]string{"minutes": minutes, "sheet": sheet} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not show %q:\n%.2000s", name, want, text)
			}
		}
	}
	for text, want := range map[string][]string{minutes: {"三(2)家长会 纪要", "地点 三楼教室", "SHA-256 0123abcd", "导出人 罗静"},
		sheet: {"三(2)家长会 签到表", "序号 学号 学生 签名", "1 20240200 =1+1", "导出人 罗静"}, long: {"第 1 行", "第 20000 行"}, empty: {"序号 学号 学生 签名"}} {
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%q is not in\n%.2000s", w, text)
			}
		}
	}
}
