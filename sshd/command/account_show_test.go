package command

import (
	"encoding/json"
	"strings"
	"testing"

	"qiao/data"
	"qiao/tui/i18n"
)

// Roles by words: given, renewed, taken away, and one of administrator confirmed
// by another.
func TestRoleWords(t *testing.T) {
	r := newRig(t)
	type answer struct {
		Account, Did, Role, Scope, Until, State, Kind string
		ID                                            int64
		By                                            string `json:"given_by"`
	}
	ask := func(who, words string) (a answer) {
		t.Helper()
		out, errs, code := r.says(who, "", words+" --json")
		if err := json.Unmarshal([]byte(out), &a); err != nil || code != OK {
			t.Fatalf("%s: %d %v %s%s", words, code, err, out, errs)
		}
		return a
	}
	if a := ask("dingyichuan", "account role add heping class-teacher:3-2@2026-12-31"); a.Account != "heping" || a.Role != "class-teacher" || a.Scope != "3.2" ||
		a.Until != "2026-12-31" || a.State != "holds" || a.By != "丁一川" || a.Did != "add" {
		t.Errorf("%+v", a)
	}
	if a := ask("dingyichuan", "account role renew heping class-teacher:3.2"); a.Until != "2027-07-31" {
		t.Errorf("%+v", a)
	}
	if a := ask("dingyichuan", "account role renew heping class-teacher:三(2)"); a.Until != "2028-07-31" {
		t.Errorf("again: %+v", a)
	}
	if a := ask("dingyichuan", "account role remove heping class-teacher:3.2"); a.State != "taken" {
		t.Errorf("%+v", a)
	}
	if a := ask("dingyichuan", "account role add heping surrogate:20240217"); a.Scope != "20240217" {
		t.Errorf("%+v", a)
	}
	ask("dingyichuan", "account role remove heping surrogate:20240217")
	for words, want := range map[string]int{"account role remove heping class-teacher:3.2": NotFound, "account role add heping class-teacher": Refused,
		"account role add heping inspector": Refused, "account role renew heping subject-teacher:3.2@2026-01-01": Refused,
		"account role add nobody principal": NotFound, "account role confirm heping": NotFound, "account role add heping": Usage} {
		if out, errs, code := r.says("dingyichuan", "", words); code != want {
			t.Errorf("%s: %d %s%s", words, code, out, errs)
		}
	}
	if _, _, code := r.says("luojing", "", "account role add luojing admin"); code != Forbidden {
		t.Error("whoever asks gives themselves a role:", code)
	}

	for i, who := range []string{"dingyichuan", "ningxiaozhou"} { // two administrators with keys
		line, _ := pubLine(t, "k")
		if _, errs, code := r.says("dingyichuan", line, "account key add "+who+" -"); code != OK {
			t.Fatal(i, code, errs)
		}
	}
	ask("dingyichuan", "account role add ningxiaozhou admin")
	out, errs, code := r.says("dingyichuan", "", "account role add luojing admin")
	if code != OK || !strings.Contains(errs, "account role confirm luojing") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	if _, _, code := r.says("dingyichuan", "", "account role confirm luojing"); code != Forbidden {
		t.Error("who gave it confirms it:", code)
	}
	if a := ask("ningxiaozhou", "account role confirm luojing"); a.State != "holds" || a.Role != "admin" {
		t.Errorf("%+v", a)
	}
}

func TestAccountShow(t *testing.T) {
	r := newRig(t)
	line, print := pubLine(t, "laptop")
	if _, errs, code := r.says("dingyichuan", line, "account key add luojing -"); code != OK {
		t.Fatal(errs)
	}
	out, errs, code := r.says("dingyichuan", "", "account show luojing --json")
	var one struct {
		Account, Name, State, Until string
		Roles                       []struct{ Role, Scope, State, From string }
		Keys                        []struct{ Fingerprint, Name string }
	}
	if err := json.Unmarshal([]byte(out), &one); err != nil || code != OK || one.Name != "罗静" || one.State != "open" || len(one.Roles) != 1 || one.Roles[0].Scope != "3.2" ||
		one.Roles[0].From != "2026-09-01" || len(one.Keys) != 1 || one.Keys[0].Fingerprint != print || one.Keys[0].Name != "laptop" {
		t.Errorf("%d %v %s%s", code, err, out, errs)
	}
	for who, want := range map[string]string{"dingyichuan": print, "luojing": print, "ningxiaozhou": ""} { // a principal sees no keys
		out, errs, code := r.says(who, "", "account show luojing")
		if code != OK || !strings.Contains(out, "class-teacher\t3.2") || strings.Contains(out, print) != (want != "") {
			t.Errorf("%s: %d %s%s", who, code, out, errs)
		}
	}
	if _, _, code := r.says("heping", "", "account show luojing"); code != Forbidden {
		t.Error(code)
	}
}

// What may this person see, in words: about all, and about one child, whose name
// is told to who finds it.
func TestAccountMay(t *testing.T) {
	r := newRig(t)
	type answer struct {
		Account string
		Student *struct {
			Number, Name, Class string
			Finds               bool
		}
		Levels []struct {
			Role, Scope string
			Levels      map[string]string
		}
		Rights []struct {
			Record, Limit, Role, Scope string
			Acts                       []string
			Own                        bool `json:"own_entries"`
		}
	}
	ask := func(who, words string) (a answer) {
		t.Helper()
		out, errs, code := r.says(who, "", words+" --json")
		if err := json.Unmarshal([]byte(out), &a); err != nil || code != OK {
			t.Fatalf("%s: %d %v %s%s", words, code, err, out, errs)
		}
		return a
	}
	a := ask("dingyichuan", "account may heping")
	if a.Student != nil || len(a.Levels) != 1 || a.Levels[0].Levels["normal"] != "all" || a.Levels[0].Levels["class"] != "none" || a.Levels[0].Levels["restricted"] != "exists" {
		t.Errorf("%+v", a)
	}
	n := 0
	for _, rec := range data.Records {
		n += len(data.RightsOf(data.SubjectTeacher, rec))
	}
	if len(a.Rights) != n || a.Rights[1].Record != "family" || a.Rights[1].Limit != "phones" || a.Rights[1].Scope != "3.2" || a.Rights[1].Acts[0] != "view" {
		t.Errorf("%d of %d rights: %+v", len(a.Rights), n, a.Rights)
	}
	if a := ask("dingyichuan", "account may luojing --student 20240217"); a.Student == nil || !a.Student.Finds || a.Student.Class != "3.2" || a.Student.Name != "" || len(a.Rights) == 0 {
		t.Errorf("%+v", a)
	}
	if a := ask("luojing", "account may luojing --student 20240217"); a.Student.Name != "章薇" {
		t.Errorf("%+v", a)
	}
	if a := ask("ningxiaozhou", "account may dingyichuan --student 20240217"); a.Student.Finds || a.Student.Name != "章薇" {
		t.Errorf("an administrator reads no families: %+v", a)
	}
	for words, want := range map[string]int{"account may luojing --student 99": NotFound, "account may nobody": NotFound, "account may": Usage} {
		if _, _, code := r.says("dingyichuan", "", words); code != want {
			t.Errorf("%s: %d", words, code)
		}
	}
	if _, _, code := r.says("luojing", "", "account may heping"); code != Forbidden {
		t.Error(code)
	}
	r.lang, r.cols = i18n.English, 100
	out, _, _ := r.says("dingyichuan", "", "account may luojing --student 20240217")
	golden(t, "may", out)
	out, _, _ = r.says("dingyichuan", "", "account show luojing")
	golden(t, "show", out)
}

// A new account whose name is taken for another's is made, and that is said.
func TestANameThatIsAnothers(t *testing.T) {
	r := newRig(t)
	for name, want := range map[string]string{"罗静": "已经有叫 罗静 的 (luojing)", "罗靜": "其实字不同"} {
		if out, errs, code := r.says("dingyichuan", "", "account add --name "+name+" --role front-desk"); code != OK || !strings.Contains(out+errs, want) {
			t.Errorf("%d %s%s", code, out, errs)
		}
	}
	out, _, _ := r.says("dingyichuan", "", "account add --name 罗·静 --role front-desk --json")
	if !strings.Contains(out, `"looks_like":["luojing"`) {
		t.Error(out)
	}
}
