package contact_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"qiao/data"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
	"qiao/tui/tuitest"

	tea "charm.land/bubbletea/v2"
)

const zh = i18n.Chinese

// school runs a test in a bubble over the small school.
func school(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, tuitest.School(t)) })
}

// newest is Zhang's newest contact as her class teacher reads it.
func newest(t *testing.T, db *store.DB) data.Contact {
	t.Helper()
	line, err := db.As(tuitest.Luo).Timeline(t.Context(), data.TimelineQuery{Student: tuitest.Zhang, Limit: 1})
	if err != nil || len(line.Contacts) == 0 {
		t.Fatal("no contact", err)
	}
	c, err := db.As(tuitest.Luo).Contact(t.Context(), line.Contacts[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func draft(db *store.DB, t *testing.T) (data.Draft, error) {
	return db.As(tuitest.Luo).Draft(t.Context(), "contact", data.Ref{Kind: "student", ID: tuitest.Zhang})
}

func shows(t *testing.T, s *tuitest.Session, words ...string) {
	t.Helper()
	screen := s.Screen()
	for _, w := range words {
		if !strings.Contains(screen, w) {
			t.Errorf("%q is not on the screen:\n%s", w, screen)
		}
	}
}

// Path 3: a record with a promise for tomorrow takes three keys besides the
// text, c among them.
func TestPromiseForTomorrow(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{Guardian: father})
		s.Keys("孩子又咳, 问作业怎么办").Wait(4 * time.Minute)
		s.Keys("ctrl+n", "把作业拍给他", "ctrl+s")
		shows(t, s, "已存 15:08, 用时 4 分钟, 承诺 1", "田沐阳")
		c := newest(t, db)
		if c.Summary != "孩子又咳, 问作业怎么办" || c.Minutes != 4 || c.With != "章立民" || !c.At.Equal(tuitest.Now) {
			t.Errorf("%+v", c)
		}
		if fmt.Sprint(c.Topics) != "[health homework]" {
			t.Error("topics", c.Topics)
		}
		if len(c.Promises) != 1 || c.Promises[0].Due != data.On(2026, 11, 26) || c.Promises[0].Owner != tuitest.Luo || c.Promises[0].Text != "把作业拍给他" {
			t.Errorf("%+v", c.Promises)
		}
		if _, err := draft(db, t); !errors.Is(err, data.ErrNotFound) {
			t.Error("the draft outlived its record:", err)
		}
	})
}

// Path 2b: a missed call is one key in the form, and the next number is one
// more; after the last nothing is offered.
func TestMissedCall(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("ctrl+g")
		if c := newest(t, db); c.Outcome != data.NoAnswer || c.With != "吴桂芬" || c.Minutes != 0 {
			t.Errorf("%+v", c)
		}
		shows(t, s, "没接通已记。enter 打下一个: 父 章立民 100 0000 0217")
		s.Keys("enter")
		shows(t, s, "父 章立民", "100 0000 0217     通话中 00:00")
		s.Keys("ctrl+g")
		if c := newest(t, db); c.With != "章立民" {
			t.Errorf("%+v", c)
		}
		shows(t, s, "已存 15:04", "田沐阳")
	})
}

func TestWrongNumberIsMarked(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("ctrl+o", "ctrl+o", "ctrl+o", "ctrl+s")
		shows(t, s, "100 0000 0117: 把这个号码记为错号?")
		s.Keys("enter")
		card, err := db.As(tuitest.Luo).Card(t.Context(), tuitest.Zhang)
		if err != nil || card.Guardians[0].Phones[0].Bad != data.On(2026, 11, 25) {
			t.Errorf("%v %+v", err, card.Guardians[0].Phones)
		}
		shows(t, s, "100 0000 0117 已记为错号")
		s.Keys("down")
		shows(t, s, "打错已记。enter 打下一个: 父 章立民 100 0000 0217")
	})
}

func TestCallBackMakesAPromise(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("ctrl+o", "ctrl+o", "ctrl+s")
		shows(t, s, "! 写什么时候再打", "还有 1 处")
		s.Keys("周五 16:30", "ctrl+s")
		c := newest(t, db)
		if want := time.Date(2026, 11, 27, 16, 30, 0, 0, data.China); !c.CallBack.Equal(want) {
			t.Error("call back", c.CallBack)
		}
		if len(c.Promises) != 1 || c.Promises[0].Kind != data.CallBackAgain || c.Promises[0].Due != data.On(2026, 11, 27) {
			t.Errorf("%+v", c.Promises)
		}
	})
}

// A fast hand types, and saves, before the family was read.
func TestKeysBeforeTheFamily(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Send(kit.Home{})
		msgs := []tea.Msg{kit.Open{Screen: "contact", ID: tuitest.Zhang}}
		for _, r := range "祖母来电" {
			msgs = append(msgs, tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		s.Send(append(msgs, tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl})...)
		if c := newest(t, db); c.Summary != "祖母来电" || c.Students[0] != tuitest.Zhang || c.With != "吴桂芬" {
			t.Errorf("%+v", c)
		}
	})
}

func TestDraftIsKeptAndRestored(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("孩子又咳").Wait(2 * time.Second)
		if d, err := draft(db, t); err != nil || d.Preview != "孩子又咳" || d.Student != tuitest.Zhang {
			t.Fatalf("after two seconds: %v %+v", err, d)
		}
		shows(t, s, "草稿已存 15:04:0", "* 未保存")
		s.Keys("ctrl+n", "拍作业", "left").Wait(58 * time.Second)
		s.Keys("esc")
		shows(t, s, "草稿已留", "田沐阳")
		s.Wait(5 * time.Minute)
		s.Send(kit.Open{Screen: "contact", ID: tuitest.Zhang})
		shows(t, s, "已恢复草稿 15:05", "| 孩子又咳", "[拍作业__", "01:00", "cursor at column 16, row 10")
		s.Keys("间", "ctrl+s") // at the cursor, in the promise
		if c := newest(t, db); c.Promises[0].Text != "拍作间业" || c.Minutes != 1 {
			t.Errorf("%+v", c)
		}
	})
}

// What was typed before the draft was read is put where its cursor stood.
func TestDraftAndTypedMeanwhile(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("前面").Wait(3 * time.Second)
		s.Keys("esc").Wait(time.Second)
		s.Send(kit.Open{Screen: "contact", ID: tuitest.Zhang}, tea.KeyPressMsg{Code: '后', Text: "后"})
		shows(t, s, "| 前面后")
	})
}

// A line that is cut keeps what was typed, whatever was typed last.
func TestCutLineKeepsTheDraft(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("最后一个字").Wait(time.Second).Cut()
		d, err := draft(db, t)
		if err != nil || d.Preview != "最后一个字" {
			t.Fatalf("%v %+v", err, d)
		}
		next := form(t, db, zh, kit.Open{Draft: &d})
		shows(t, next, "已恢复草稿", "最后一个字", "章薇")
	})
}

func TestSecondWindowAsks(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		one := form(t, db, zh, kit.Open{})
		one.Keys("第一个窗口").Wait(3 * time.Second)
		two := form(t, db, zh, kit.Open{})
		shows(t, two, "这份草稿在另一个窗口开着")
		two.Keys("enter")
		shows(t, two, "| 第一个窗口", "已恢复草稿")
		two.Keys("和第二个").Wait(3 * time.Second)
		one.Wait(time.Second)
		shows(t, one, "这份草稿现在在另一个窗口写")
		one.Keys("x", "ctrl+s").Wait(3 * time.Second) // neither written nor saved: the other is newer
		if d, _ := draft(db, t); d.Preview != "第一个窗口和第二个" {
			t.Error("the first window still writes:", d.Preview)
		}
		two.Keys("ctrl+s")
		shows(t, two, "已存 15:04")
		one.Wait(time.Second)
		one.Keys("ctrl+s")
		shows(t, one, "另一个窗口已经存了这份", "在这里再存, 会多出一条")
	})
}

// A pasted chat goes into its own field, whole up to 64 KiB, and the rest is
// named.
func TestPastedChat(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("聊天见下")
		paste(s, strings.Repeat("妈妈 老师好, 明天请假\n", 10_000))
		shows(t, s, "粘贴的内容收下 64.0 KB", "没收")
		s.Keys("ctrl+s")
		c := newest(t, db)
		if c.Summary != "聊天见下" || len(c.Quoted) > data.MaxQuoted || len(c.Quoted) < data.MaxQuoted-40 || c.QuotedOn != data.On(2026, 11, 25) {
			t.Errorf("%q, %d bytes quoted on %v", c.Summary, len(c.Quoted), c.QuotedOn)
		}
	})
}

func TestEscapesAreNeverStored(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		nasty := "a\x1b[2J\x07b\u202e\u200bc\u009b31m"
		s.Send(tea.KeyPressMsg{Code: 'x', Text: nasty})
		paste(s, nasty)
		paste(s, strings.Repeat(nasty+"\r\n", 40))
		s.Keys("ctrl+n")
		paste(s, nasty)
		s.Keys("ctrl+s")
		c := newest(t, db)
		for _, text := range []string{c.Summary, c.Quoted, c.Promises[0].Text} {
			if !strings.Contains(text, "bc") || strings.ContainsAny(text, "\x1b\x07\u202e\u200b\u009b\r") {
				t.Errorf("%q", text)
			}
		}
	})
}

// A number in a record that many may read is asked about once, never refused.
func TestNumberInANormalRecord(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		was := newest(t, db).ID
		s.Keys("新号码 100 0000 0999", "ctrl+s")
		shows(t, s, "像是受限内容")
		if newest(t, db).ID != was {
			t.Fatal("saved without asking")
		}
		s.Keys("ctrl+s")
		if c := newest(t, db); c.ID == was || c.Level != data.Normal {
			t.Errorf("%+v", c)
		}
	})
}

func TestFaultsAreCountedAndSaid(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		was := newest(t, db).ID
		s.Keys("ctrl+n", "查视力", "tab", "tab", "nonsense", "tab")
		shows(t, s, "! 看不懂这个日期") // said on leaving the field
		s.Keys("ctrl+s")
		shows(t, s, "还有 2 处", "! 写两个字以上", "cursor at column 2, row 3")
		s.Keys("好的", "tab", "tab", "tab", "tab", "tab", "+3d", "ctrl+s")
		c := newest(t, db)
		if c.ID == was || c.Promises[0].Due != data.On(2026, 11, 28) {
			t.Errorf("%+v", c)
		}
	})
}

// news is a record of a colleague's about the same family.
func news(t *testing.T, db *store.DB) {
	t.Helper()
	_, err := db.As(tuitest.Pu).SaveContact(t.Context(), data.Contact{Students: []int64{tuitest.Zhang}, At: tuitest.Now, Channel: data.Talk, Summary: "问了数学"}, data.Ref{})
	if err != nil {
		t.Fatal(err)
	}
}

// shut closes Luo's account.
func shut(t *testing.T, db *store.DB) {
	t.Helper()
	console := db.Console("test")
	_, err := console.AddKey(t.Context(), tuitest.Admin, data.Key{Fingerprint: "SHA256:admin", Type: "ssh-ed25519", Blob: "admin"})
	if err := errors.Join(err, console.Disable(t.Context(), tuitest.Luo)); err != nil {
		t.Fatal(err)
	}
}

// What a colleague records meanwhile is told, and the form stays as it is.
func TestNewsWhileWriting(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("写到一半")
		news(t, db)
		s.Wait(200 * time.Millisecond)
		shows(t, s, "蒲岚 记了这家的联系: 面谈 15:04", "| 写到一半", "cursor at column 10, row 3")
	})
}

// Who loses the right to the family keeps the text and cannot save it.
func TestRightLostWhileWriting(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("写到一半").Wait(3 * time.Second)
		shut(t, db)
		s.Keys("ctrl+s")
		shows(t, s, "! 你现在不能记这家: 草稿还可以读", "| 写到一半")
		s.Keys("ctrl+s")
		shows(t, s, "! 你现在不能记这家")
	})
}

// A promise heard to be kept is ticked off beside the form.
func TestTickOff(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Resize(120, 36).Keys("shift+tab", "space")
		shows(t, s, "[✓] 已做 封志刚: 炉火通风复查") // the most pressing first
		card, err := db.As(tuitest.Luo).Card(t.Context(), tuitest.Zhang)
		if err != nil {
			t.Fatal(err)
		}
		kept := 0
		for _, p := range card.Promises {
			if p.State == data.PromiseKept && p.Text == "炉火通风复查" {
				kept++
			}
		}
		if kept != 1 {
			t.Errorf("%+v", card.Promises)
		}
	})
}

func TestClockStopsAndCanBeCorrected(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("谈了").Wait(61 * time.Second)
		s.Keys("ctrl+x").Wait(4 * time.Minute)
		shows(t, s, "已停 01:01", "按表 2分")
		s.Keys("ctrl+s")
		if c := newest(t, db); c.Minutes != 2 {
			t.Error(c.Minutes)
		}
	})
}

// A call clock keeps the screen uncovered for as long as it runs.
func TestNoCoverDuringACall(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("听着").Wait(20 * time.Minute)
		shows(t, s, "通话中 20:00")
	})
}

// The mouse ticks, chooses, goes to fields and sets the cursor.
func TestMouse(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("孩子发烧")
		click := func(x, y int) { s.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}) }
		click(58, 7) // refused
		click(38, 8) // conduct
		click(62, 13)
		click(6, 3)
		s.Keys("还")
		shows(t, s, "(o) 不愿谈", "[x]品行", "来电 [x]", "| 孩子还发烧")
		s.Keys("ctrl+s")
		if c := newest(t, db); c.Outcome != data.Refused || c.Direction != data.Incoming || fmt.Sprint(c.Topics) != "[conduct health]" {
			t.Errorf("%+v", c)
		}
	})
}

// A form is whole at every size, and its cursor is in sight.
func TestEverySize(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, i18n.English, kit.Open{})
		for range 8 {
			s.Keys("ctrl+n", "promise")
		}
		for _, size := range [][2]int{{80, 24}, {81, 25}, {100, 24}, {119, 40}, {120, 24}, {160, 50}, {400, 150}, {80, 24}} {
			s.Resize(size[0], size[1])
			for range 40 {
				s.Keys("tab")
				screen := s.Screen() // fails by itself if a line is too wide or there are too many
				var x, y int
				if _, after, ok := strings.Cut(screen, "cursor at "); !ok {
					t.Fatalf("no cursor at %v:\n%s", size, screen)
				} else if fmt.Sscanf(after, "column %d, row %d", &x, &y); y < 2 || y >= size[1]-3 || x >= size[0] {
					t.Fatalf("the cursor is at %d, %d of %v:\n%s", x, y, size, screen)
				}
			}
		}
	})
}

// A field that is full says so, and a paste names what found no room.
func TestFullFields(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("ctrl+n")
		paste(s, strings.Repeat("a", 600))
		shows(t, s, "收下 500 B, 多出的 100 B 没收")
		s.Keys("b")
		shows(t, s, "写满了: 最多 500 字")
	})
}

// Path 2: from the ring to a saved record, from Today. Path 14: after a cut
// line one key goes on writing.
func TestPaths(t *testing.T) {
	school(t, func(t *testing.T, db *store.DB) {
		s := tuitest.Start(t, db, tuitest.Luo, zh)
		s.Keys("/", "z", "w", "ctrl+t", "祖母问请假", "ctrl+s")
		if c := newest(t, db); c.Summary != "祖母问请假" || c.With != "吴桂芬" {
			t.Errorf("%+v", c)
		}
		shows(t, s, "已存 15:04")
	})
	school(t, func(t *testing.T, db *store.DB) {
		s := form(t, db, zh, kit.Open{})
		s.Keys("断线前写的").Wait(3 * time.Second).Cut()
		next := tuitest.Start(t, db, tuitest.Luo, zh)
		next.Keys("enter")
		shows(t, next, "已恢复草稿", "| 断线前写的")
	})
}

// A text that the form begins with says what the call is about. It is no draft by
// itself, and does not come into one that was begun before.
func TestBegunText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := tuitest.School(t)
		open := kit.Open{Screen: "contact", ID: tuitest.Ran, Begin: "转告「家长会」: "}
		s := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, open).Wait(3 * time.Second)
		if got := s.Screen(); !strings.Contains(got, "转告「家长会」:") || !strings.Contains(got, "[x]通知") {
			t.Error(got)
		}
		if d, err := db.As(tuitest.Luo).Drafts(t.Context()); err != nil || len(d) != 0 {
			t.Error("a draft of nothing", d, err)
		}
		s.Keys("说了").Wait(3 * time.Second).Cut()
		again := tuitest.StartOn(t, db, tuitest.Luo, i18n.Chinese, open)
		if got := again.Keys(", 他们来").Screen(); !strings.Contains(got, "| 转告「家长会」: 说了, 他们来 ") || strings.Count(got, "转告") != 1 {
			t.Error(got)
		}
	})
}
