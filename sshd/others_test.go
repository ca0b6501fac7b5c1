package sshd_test

import (
	"testing"
	"time"

	"qiao/data"
	"qiao/sshd/session"
)

// Who else has a family's card open stands on it, while they have: however they
// go, and until either loses the right to it. Who is in a form of it is shown as
// changing it.
func TestOthersOnACard(t *testing.T) {
	t.Parallel()
	school, first, teacher := watchers(4)
	r := serveSchool(t, time.Now, session.Defaults(), school)
	card := func(i int) *viewer {
		v := r.view(r.keys[i])
		v.types("/zw", "章立民")
		v.types("\r", "监护人与电话")
		return v
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	me := card(teacher)
	account := func(i int) data.Account {
		a, err := r.db.Console("root").Account(t.Context(), school.Staff[i].Username)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	for i, leaves := range []func(v *viewer, a data.Account){
		func(v *viewer, _ data.Account) { _ = v.conn.Close() },
		func(v *viewer, _ data.Account) { v.press("\x03") },
		func(_ *viewer, a data.Account) { must(r.db.Console("root").Disable(t.Context(), a.ID)) },
	} {
		a := account(first + i)
		me.awaits(a.Name + " 现在也在看")
		v := card(first + i)
		me.sees()
		me.awaits("已是最新")
		leaves(v, a)
		me.sees()
	}

	a := account(first + 3)
	me.awaits(a.Name + " 现在也在看")
	v := card(first + 3)
	me.sees()
	v.awaits("正在改")
	me.types("e", "住址")
	v.sees()
	v.awaits("现在也在看")
	me.types("\x1b", "监护人与电话")
	v.sees()
	me.awaits("已是最新")
	v.awaits("没有这条记录")
	must(r.db.Console("root").RevokeGrant(t.Context(), a.Grants[0].ID))
	v.sees()
	me.sees()
	v.awaits("现在也在看")
	me.types("e", "住址")
	me.types("\x1b", "监护人与电话")
	v.sawNot()
}
