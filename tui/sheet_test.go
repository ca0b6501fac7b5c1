package tui_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"
)

// home is a form as the engineer's page says to write one: where a family lives.
type home struct {
	kit.Sheet[data.FamilyEdit]
}

var (
	homeTitle   = i18n.T("Home", "住址")
	homeAddress = i18n.T("Address", "住址")
	homePost    = i18n.T("Letters to", "邮寄到")
	homeChannel = i18n.T("Channel", "渠道")
	homeFamily  = i18n.T("this family", "这家")
)

func (*home) Title() i18n.Phrase { return homeTitle }

func newHome(env *kit.Env, desk *store.Desk, o kit.Open) kit.Page {
	p := &home{}
	p.Sheet = kit.NewSheet(env, p, o, kit.Record[data.FamilyEdit]{
		Kind: "family", Object: data.Ref{Kind: "student", ID: o.ID}, What: homeFamily,
		Draft: desk.Draft, Save: desk.SaveFamily,
		Stored: func(ctx context.Context) (data.FamilyEdit, error) { return desk.Family(ctx, o.ID) },
		Check:  func(e data.FamilyEdit) error { return e.Check(env.Now.Today()) },
	},
		kit.Short("address", homeAddress, 200, func(e *data.FamilyEdit) *string { return &e.Household.Address }),
		kit.Pick("channel", homeChannel, data.Channels, i18n.Lang.Channel, func(e *data.FamilyEdit) *data.Channel { return &e.Household.Channel }),
		kit.Text("postal", homePost, 200, 2, func(e *data.FamilyEdit) *string { return &e.Household.Postal }),
	)
	return p
}

// homes gives each test the form as the screen "home", opened over the contact
// form, in a school of its own.
func homes(t *testing.T, test func(t *testing.T, db *store.DB, open func(lang i18n.Lang) *tuitest.Session)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		desk := db.As(tuitest.Luo)
		defer tui.SetScreen("home", func(env *kit.Env, o kit.Open) kit.Page { return newHome(env, desk, o) })()
		test(t, db, func(lang i18n.Lang) *tuitest.Session {
			s := tuitest.StartOn(t, db, tuitest.Luo, lang, kit.Open{Screen: "contact", ID: tuitest.Tian})
			s.Send(kit.Open{Screen: "home", ID: tuitest.Zhang})
			return s
		})
	})
}

func household(t *testing.T, db *store.DB) data.Household {
	t.Helper()
	e, err := db.As(tuitest.Luo).Family(t.Context(), tuitest.Zhang)
	if err != nil {
		t.Fatal(err)
	}
	return e.Household
}

// A declared form is filled in, changed in each field, and saved.
func TestSheet(t *testing.T) {
	homes(t, func(t *testing.T, db *store.DB, open func(i18n.Lang) *tuitest.Session) {
		s := open(i18n.Chinese)
		s.Keys("ctrl+u", "柳溪村9组", "tab", "微信", "enter", "enter", "镇上邮局", "ctrl+s")
		if screen := s.Screen(); !strings.Contains(screen, "已存 15:04") {
			t.Error(screen)
		}
		if h := household(t, db); h.Address != "柳溪村9组" || h.Channel != data.ChatMessage || h.Postal != "镇上邮局" {
			t.Errorf("%+v", h)
		}
	})
}

// What data's rules find wrong stands beside its field, and nothing is saved.
func TestSheetRefused(t *testing.T) {
	homes(t, func(t *testing.T, db *store.DB, open func(i18n.Lang) *tuitest.Session) {
		s := open(i18n.English)
		s.Keys(strings.Repeat("x", 130), "tab", "ctrl+s").Sizes("sheet")
		if h := household(t, db); h.Rev != 1 {
			t.Errorf("%+v", h)
		}
	})
}

// The draft of a line that was cut is gone on with, field and cursor too.
func TestSheetDraft(t *testing.T) {
	homes(t, func(t *testing.T, db *store.DB, open func(i18n.Lang) *tuitest.Session) {
		open(i18n.Chinese).Keys("tab", "微信", "enter", "tab", "邮局").Wait(2 * time.Second).Cut()
		s := open(i18n.Chinese)
		if screen := s.Screen(); !strings.Contains(screen, "已恢复草稿") {
			t.Error(screen)
		}
		s.Keys("二楼", "ctrl+s")
		if h := household(t, db); h.Channel != data.ChatMessage || h.Postal != "邮局二楼" {
			t.Errorf("%+v", h)
		}
	})
}

// What another saved meanwhile is merged; where both changed a field one decides.
func TestSheetMerges(t *testing.T) {
	homes(t, func(t *testing.T, db *store.DB, open func(i18n.Lang) *tuitest.Session) {
		s := open(i18n.Chinese)
		s.Keys("ctrl+u", "柳溪村9组")
		office := db.As(tuitest.Office)
		e, err := office.Family(t.Context(), tuitest.Zhang)
		if err != nil {
			t.Fatal(err)
		}
		e.Household.Address, e.Household.Postal = "柳溪村5组", "学校转"
		if _, err := office.SaveFamily(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		s.Keys("ctrl+s")
		if screen := s.Screen(); !strings.Contains(screen, "也改了这家") {
			t.Error(screen)
		}
		s.Keys("2", "ctrl+s")
		if h := household(t, db); h.Address != "柳溪村9组" || h.Postal != "学校转" {
			t.Errorf("%+v", h)
		}
	})
}
