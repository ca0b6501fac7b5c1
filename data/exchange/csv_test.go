package exchange

import (
	"encoding/csv"
	"strings"
	"testing"
)

// What looks like a formula comes out as text, all else as it was.
func TestCSV(t *testing.T) {
	in := []string{"章薇", "=1+1", " =cmd|'/C calc'!A0", "+86", "-5", "@SUM(A1)", "＝1", "\tx", "a,b", "say \"hi\"", "two\nlines", "10.0.0.1", ""}
	var out strings.Builder
	c := NewCSV(&out)
	if err := c.Row(in...); err != nil {
		t.Fatal(err)
	}
	if err := c.End(); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	back, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked || len(back) != 1 || len(back[0]) != len(in) {
		t.Fatalf("%v: %q", err, out.String())
	}
	for i, cell := range back[0] {
		want := in[i]
		if i >= 1 && i <= 7 {
			want = "'" + want
		}
		if cell != want {
			t.Errorf("%q became %q", in[i], cell)
		}
	}
}
