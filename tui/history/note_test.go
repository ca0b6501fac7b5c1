package history_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// A private note is opened by v in the reader, for five minutes; who may only
// know of it is told whom to ask.
func TestPrivateNote(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		c := data.Contact{Students: []int64{tuitest.Zhang}, At: tuitest.Now, Channel: data.PhoneCall, Summary: "谈接送", Private: "父母在闹离婚", Topics: []string{"study"}}
		c, err := db.As(tuitest.Luo).SaveContact(t.Context(), c, data.Ref{})
		if err != nil {
			t.Fatal(err)
		}
		open := kit.Open{Screen: "history", ID: tuitest.Zhang, Contact: c.ID}
		s := tuitest.StartOn(t, db, tuitest.Office, i18n.Chinese, open)
		if got := s.Keys("enter").Screen(); !strings.Contains(got, "有一条受限备注: v 打开") || strings.Contains(got, "离婚") {
			t.Fatal(got)
		}
		if got := s.Keys("v").Screen(); !strings.Contains(got, "离婚") {
			t.Error(got)
		}
		if got := s.Wait(5*time.Minute + time.Second).Screen(); strings.Contains(got, "离婚") {
			t.Error("still there after five minutes", got)
		}
		if got := tuitest.StartOn(t, db, tuitest.Pu, i18n.Chinese, open).Keys("enter", "v").Screen(); !strings.Contains(got, "可找 罗静") || strings.Contains(got, "离婚") {
			t.Error(got)
		}
	})
}
