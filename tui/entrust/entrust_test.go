package entrust_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// From the search of a stranger to the child: F8, the name, why; the class
// teacher hears of it on whichever screen; after two hours nothing of it stands
// there, without a key.
func TestEmergency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		luo := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "roster", ID: tuitest.Three})
		luo.Screen()
		duan := tuitest.Start(t, db, tuitest.Duan, i18n.Chinese)
		if got := duan.Keys("/", "章薇").Screen(); !strings.Contains(got, "F8 紧急") || strings.Contains(got, "家庭 > 章薇") {
			t.Fatal(got)
		}
		duan.Keys("f8", "tab").Goldens("emergency")
		if got := duan.Keys("ctrl+s").Screen(); !strings.Contains(got, "必填") {
			t.Error("without a reason", got)
		}
		duan.Wait(time.Second)
		got := duan.Keys("操场晕倒", "ctrl+s").Screen()
		for _, want := range []string{"家庭 > 章薇", "吴桂芬", "100 0000 0117", "紧急打开, 到 17:0", "受限 3 项  v 打开", "已告诉班主任和校长"} {
			if !strings.Contains(got, want) {
				t.Errorf("no %s on\n%s", want, got)
			}
		}
		for _, hide := range []string{"咳嗽", "柳溪村", "留守", "哮喘"} {
			if strings.Contains(got, hide) {
				t.Errorf("%s on\n%s", hide, got)
			}
		}
		if got := duan.Keys("v").Screen(); !strings.Contains(got, "哮喘, 书包里有喷雾") || !strings.Contains(got, "离家三年") || strings.Contains(got, "炉火") {
			t.Error(got)
		}
		duan.Goldens("opened")
		if got := luo.Screen(); !strings.Contains(got, "段青 ! 紧急打开了 章薇") || !strings.Contains(got, "操场晕倒") {
			t.Error("the class teacher does not hear of it", got)
		}
		if got := tuitest.Start(t, db, tuitest.Principal, i18n.Chinese).Keys("3").Screen(); !strings.Contains(got, "紧急打开了 章薇") {
			t.Error("nor the principal", got)
		}
		if got := duan.Wait(2 * time.Hour).Screen(); strings.Contains(got, "吴桂芬") || strings.Contains(got, "哮喘") {
			t.Error("it stands there after two hours", got)
		}
		if got := duan.Keys("j").Screen(); strings.Contains(got, "吴桂芬") || strings.Contains(got, "哮喘") {
			t.Error("it stands there after two hours", got)
		}
	})
}

// Whom one must not let in is told so, and the form goes no further.
func TestNotEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		s := tuitest.StartOn(t, db, tuitest.Inspector, i18n.Chinese, kit.Open{Screen: "emergency", Text: "章薇"})
		if got := s.Keys("tab", "看看", "ctrl+s").Screen(); !strings.Contains(got, "你现在不能改这份") || strings.Contains(got, "吴桂芬") {
			t.Error(got)
		}
		if got := tuitest.StartOn(t, db, tuitest.Office, i18n.Chinese, kit.Open{Screen: "release", ID: tuitest.Zhang}).Screen(); !strings.Contains(got, "你现在不能改这份") {
			t.Error("the office releases", got)
		}
		if got := tuitest.StartOn(t, db, tuitest.Pu, i18n.Chinese, kit.Open{Screen: "lend", ID: tuitest.Three}).Screen(); !strings.Contains(got, "你现在不能改这份") {
			t.Error("a subject teacher lends", got)
		}
	})
}

// The class teacher lends from the roster, which names who stands in; both see
// it, and it is taken back from there.
func TestLend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		luo := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, kit.Open{Screen: "roster", ID: tuitest.Three})
		duan := tuitest.Start(t, db, tuitest.Duan, i18n.Chinese)
		duan.Screen()
		luo.Wait(time.Second)
		if got := luo.Keys("w", "段").Screen(); !strings.Contains(got, "= 段青 (duanqing)") {
			t.Fatal(got)
		}
		luo.Keys("tab", "周五", "tab", "手术住院").Goldens("lend")
		if got := luo.Keys("ctrl+s").Screen(); !strings.Contains(got, "已借给 段青 代管, 到 11-27") || !strings.Contains(got, "代 段青 到 11-27") {
			t.Error(got)
		}
		if got := duan.Screen(); !strings.Contains(got, "罗静 把 三(2) 借给你代管, 到 11-27") || !strings.Contains(got, "手术住院") {
			t.Error(got)
		}
		got := tuitest.StartOn(t, db, tuitest.Duan, i18n.Chinese, kit.Open{Screen: "family", ID: tuitest.Zhang}).Screen()
		if !strings.Contains(got, "代班主任, 到 11-27") || !strings.Contains(got, "祖母: 孩子咳嗽") {
			t.Error(got)
		}
		if got := luo.Keys("w").Screen(); !strings.Contains(got, "收回 三(2)? 现在由 段青 代管") {
			t.Error(got)
		}
		luo.Goldens("back")
		if got := luo.Keys("enter").Screen(); !strings.Contains(got, "已收回") || strings.Contains(got, "代 段青") {
			t.Error(got)
		}
		if got := duan.Screen(); !strings.Contains(got, "收回了 三(2) 的代管") {
			t.Error(got)
		}
	})
}

// What was begun is kept, as in every form.
func TestDraft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		open := kit.Open{Screen: "lend", ID: tuitest.Three}
		tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, open).Keys("duan", "tab", "周五").Wait(3 * time.Second).Cut()
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, open)
		if got := s.Screen(); !strings.Contains(got, "已恢复草稿") || !strings.Contains(got, "周五") {
			t.Error(got)
		}
		if got := s.Keys("tab", "生病", "ctrl+s").Screen(); !strings.Contains(got, "已借给 段青") {
			t.Error(got)
		}
		s.Wait(time.Second)
		if drafts, err := db.As(tuitest.Luo).Drafts(t.Context()); err != nil || len(drafts) != 0 {
			t.Error(drafts, err)
		}
	})
}

// The principal releases a child from its card.
func TestRelease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		duan := tuitest.Start(t, db, tuitest.Duan, i18n.Chinese)
		duan.Screen()
		s := tuitest.StartOn(t, db, tuitest.Principal, i18n.Chinese, kit.Open{Screen: "family", ID: tuitest.Zhang})
		s.Wait(time.Second)
		s.Keys(":", "放行", "enter", "段青", "tab", "right", "tab", "警察来问").Goldens("release")
		if got := s.Keys("ctrl+s").Screen(); !strings.Contains(got, "已放行给 段青") {
			t.Error(got)
		}
		if got := duan.Screen(); !strings.Contains(got, "许文远 ! 把 章薇 放行给你看") {
			t.Error(got)
		}
		if c := secret(t, db, tuitest.Duan); c.Sight != data.Whole {
			t.Error("all levels:", c.Sight)
		}
	})
}

func secret(t *testing.T, db *store.DB, who int64) data.Contact {
	t.Helper()
	line, err := db.As(who).Timeline(t.Context(), data.TimelineQuery{Student: tuitest.Zhang})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range line.Contacts {
		if c.Level == data.Secret {
			return c
		}
	}
	return data.Contact{}
}

// A name that nobody has is a slip of the hand: it is said which, and the form
// goes on. Letters typed into the search are no name, so the chosen hit comes
// along.
func TestEmergencySlip(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		duan := tuitest.Start(t, db, tuitest.Duan, i18n.Chinese)
		got := duan.Keys("/", "章微", "f8", "tab", "操场晕倒", "ctrl+s").Screen()
		if !strings.Contains(got, "没有这个学生: 写全名 (可加班级) 或学号") {
			t.Fatal(got)
		}
		if got := duan.Keys("backspace", "薇", "ctrl+s").Screen(); !strings.Contains(got, "家庭 > 章薇") {
			t.Error(got)
		}
		desk := tuitest.Start(t, db, tuitest.Desk, i18n.Chinese)
		if got := desk.Keys("ctrl+u", "zhangwei", "f8").Screen(); !strings.Contains(got, "[章薇 3.2_") && !strings.Contains(got, "[张巍 5.1_") {
			t.Error(got)
		}
	})
}
