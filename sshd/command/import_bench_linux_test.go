package command

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/tuitest"

	"github.com/xuri/excelize/v2"
)

// grown repeats the rows of a roster until there are n children: each time other
// numbers, other classes and other phones, so that families do not run together.
func grown(rows [][]string, n, number, grade, class int) [][]string {
	all := make([][]string, 0, n)
	for i := range n {
		row, round := append([]string{}, rows[i%len(rows)]...), i/len(rows)
		row[number] = fmt.Sprintf("%s%04d", row[number], round)
		row[grade], row[class] = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九"}[round%9]+"年级", strconv.Itoa(1+round/9%99)+"班"
		for j, cell := range row {
			if len(cell) == 11 && strings.HasPrefix(cell, "100") {
				digits, _ := strconv.Atoi(cell[3:])
				row[j] = fmt.Sprintf("100%08d", (digits+round*12347)%100_000_000)
			}
		}
		all = append(all, row)
	}
	return all
}

func bigCSV(b *testing.B, n int) []byte {
	b.Helper()
	raw, err := os.ReadFile("../../data/exchange/testdata/roster-utf8.csv")
	if err != nil {
		b.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(append(rows[:1:1], grown(rows[1:], n, 0, 4, 5)...)); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// bigXLSX is the national form of 71 columns with every cell a shared text, as its
// system writes them.
func bigXLSX(b *testing.B, n int) []byte {
	b.Helper()
	f, err := excelize.OpenFile("../../data/exchange/testdata/xueji-export.xlsx")
	if err != nil {
		b.Fatal(err)
	}
	rows, err := f.GetRows("学生基础信息")
	if err != nil {
		b.Fatal(err)
	}
	head := rows[2]
	rows = rows[3:]
	for i := range rows { // of its one identity number in a hundred that is wrong there would be a thousand
		rows[i][13] = ""
	}
	var sheet, texts strings.Builder
	known := map[string]int{}
	for i, row := range append([][]string{head}, grown(rows, n, 1, 3, 4)...) {
		fmt.Fprintf(&sheet, `<row r="%d">`, i+1)
		for j, cell := range row {
			if cell == "" {
				continue
			}
			at, ok := known[cell]
			if !ok {
				at = len(known)
				known[cell] = at
				texts.WriteString(`<si><t xml:space="preserve">` + html.EscapeString(cell) + `</t></si>`)
			}
			col, _ := excelize.ColumnNumberToName(j + 1)
			fmt.Fprintf(&sheet, `<c r="%s%d" t="s"><v>%d</v></c>`, col, i+1, at)
		}
		sheet.WriteString("</row>")
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{{"xl/workbook.xml", `<workbook><sheets><sheet name="学生" r:id="a"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="t.xml"/></Relationships>`},
		{"xl/s.xml", "<worksheet><sheetData>" + sheet.String() + "</sheetData></worksheet>"}, {"xl/t.xml", "<sst>" + texts.String() + "</sst>"}} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = io.WriteString(w, part[1])
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// A roster of 100,000 children: read and shown, read and written, and what
// it takes of memory over what the program has at rest. Must: 15 and 30 s, 300 MB
// for CSV; four times that for the 71 columns of the national form.
func BenchmarkImportFile(b *testing.B) {
	const n = 100_000
	for _, form := range []struct {
		name string
		make func(*testing.B, int) []byte
	}{{"csv", bigCSV}, {"xlsx", bigXLSX}} {
		path := filepath.Join(b.TempDir(), form.name)
		if err := os.WriteFile(path, form.make(b, n), 0o600); err != nil {
			b.Fatal(err)
		}
		for _, more := range []string{"--dry-run", "--yes"} {
			b.Run(form.name+more, func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "q.db"), tuitest.Clock)
					if err != nil {
						b.Fatal(err)
					}
					var errs bytes.Buffer
					c := Call{Lang: i18n.English, In: strings.NewReader(""), Out: io.Discard, Err: &errs, Now: tuitest.Clock,
						Read: func(name string) ([]byte, error) { return os.ReadFile(name) },
						Desk: func(context.Context) (*store.Desk, error) { return db.Console("root"), nil }}
					peak, spent := watch(b), worked(b)
					b.StartTimer()
					code := Run(b.Context(), c, []string{"import", "roster", path, more})
					b.StopTimer()
					b.ReportMetric(peak(), "MB-peak")
					b.ReportMetric((worked(b) - spent).Seconds(), "cpu-s") // others may be at work on this machine
					if code != OK {
						b.Fatalf("exit %d: %.500s", code, &errs)
					}
					if err := db.Close(); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
				}
			})
		}
	}
}

// worked is the processor's time that the process took so far.
func worked(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// watch answers by how much the memory that the process holds grew at most since.
func watch(b *testing.B) func() float64 {
	b.Helper()
	held := func() float64 {
		text, err := os.ReadFile("/proc/self/status")
		if err != nil {
			b.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(text), "VmHWM:")
		kb, err := strconv.Atoi(strings.Fields(rest)[0])
		if err != nil {
			b.Fatal(err)
		}
		return float64(kb) / 1000
	}
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600); err != nil { // the mark of the highest starts anew
		b.Fatal(err)
	}
	was := held()
	return func() float64 { return held() - was }
}
