package data

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// repliers is a class: 欧阳小满 has two homes, the twins one row, two share a name.
func repliers() []Invitee {
	seat := func(n int, name string) Student {
		return Student{ID: int64(n), Name: name, Number: fmt.Sprintf("202402%02d", n), ClassName: ClassName{Grade: 3, Number: 2}}
	}
	one := func(id int64, n int, name, guardian string, r Relation) Invitee {
		g := Guardian{Person: 100 + id, Name: guardian, Relation: r}
		return Invitee{ID: id, Household: id, Students: []Student{seat(n, name)}, Guardian: g, Guardians: []Guardian{g}}
	}
	mother, father := Guardian{Person: 201, Name: "冉秀英", Relation: Mother}, Guardian{Person: 202, Name: "欧阳军", Relation: Father}
	apart := func(id int64, g Guardian) Invitee {
		return Invitee{ID: id, Household: 7, Person: g.Person, Students: []Student{seat(7, "欧阳小满")}, Guardian: g, Guardians: []Guardian{mother, father}}
	}
	twins := one(8, 8, "章薇", "吴桂芬", Grandmother)
	twins.Students = append(twins.Students, seat(9, "章楠"))
	return []Invitee{one(1, 1, "田沐阳", "田长庚", Grandfather), one(2, 2, "白若溪", "白景明", Father), one(3, 3, "王芳", "王大力", Father), one(4, 4, "王芳", "李梅", Mother),
		one(5, 5, "王芳菲", "赵云", Mother), one(6, 6, "苗一凡", "郭小琴", Mother), apart(71, mother), apart(72, father), twins}
}

// shown is what was read in short: the text, whom it means, what it says.
func shownReplies(all []ReplyRead) string {
	var out []string
	for _, r := range all {
		s := fmt.Sprint(r.Text, r.Invitees, r.Reply)
		if r.Why != "" {
			s += "(" + r.Why + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestMatchReplies(t *testing.T) {
	for text, want := range map[string]string{
		"1 2 5-6":   "1[1]; 2[2]; 5[5]; 6[6]",
		"1、2,６ 参加":  "1[1]coming; 2[2]coming; 6[6]coming",
		"1号 8至9 请假": "1[1]excused; 8[8]excused", // twins are one row
		"7 44":      "7[71 72]; 44[]",
		"5-12 参加":   "5[5]coming; 6[6]coming; 7[71 72]coming; 8[8]coming; 10 11 12[]coming", // gaps of a class are one piece
		"9-2 5~400": "9-2[]; 5~400[]",
		"章薇 田沐阳":    "章薇[8]; 田沐阳[1]",
		"章薇、田沐阳，苗一凡 都会来":      "章薇[8]coming; 田沐阳[1]coming; 苗一凡[6]coming",
		"田沐阳妈妈 收到":            "田沐阳妈妈[1]read",
		"沐阳爷爷：收到，准时参加":        "沐阳爷爷[1]coming",
		"吴桂芬 好的":              "吴桂芬[8]read",
		"王芳 参加":               "王芳[3 4]coming", // which of the two?
		"王芳 李梅 参加":            "王芳[4]coming",   // her mother's name tells
		"王芳菲 参加":              "王芳菲[5]coming",
		"欧阳小满妈妈 收到":           "欧阳小满妈妈[71]read",
		"小满爸爸 参加":             "小满爸爸[72]coming",
		"欧阳小满 参加":             "欧阳小满[71 72]coming",
		"白若溪家长: 来不了, 在外地":     "白若溪家长[2]excused(在外地)",
		"苗一凡妈妈 参加, 可能晚到10分钟":  "苗一凡妈妈[6]coming",
		"1. 田沐阳 参加\n2. 章薇 请假": "田沐阳[1]coming; 章薇[8]excused", // a chain counts itself
		"2 白若溪 参加":            "2[2]coming",
		"各位家长好\n田沐阳 收到":       "各位家长好[]; 田沐阳[1]read",
		"田沐阳妈妈 2026/11/25 12:30:11\n收到\n\n白若溪爸爸:\n我 3 点下班, 不能来": "田沐阳妈妈 收到[1]read; 白若溪爸爸 我 3 点下班, 不能来[2]excused(我 3 点下班)",
		"田沐阳 收到\n田沐阳 请假":  "田沐阳[1]excused",      // the last word counts
		"章薇 田沐扬 参加":       "章薇[8]coming; 田沐扬[]", // a slip is not passed over
		"请假: 3 5 参加: 1、2": "3[3]excused; 5[5]excused; 1[1]coming; 2[2]coming",
		"3号请假 5号参加 6":     "3[3]excused; 5[5]coming; 6[6]",
		"参加的有章薇 苗一凡":      "章薇[8]; 苗一凡[6]",
		"@所有人 请大家接龙\n1. 田沐阳妈妈 参加\n2. 章薇，参加\n3、苗一凡爸爸  请假（加班）": "@所有人 请大家接龙[]; 田沐阳妈妈[1]coming; 章薇[8]coming; 苗一凡爸爸[6]excused(加班)",
		"王芳菲妈妈(赵云):收到[OK]":                          "王芳菲妈妈[5]read",
		"[11-25 19:30] 白若溪爸爸：好的，我们准时到":              "白若溪爸爸[2]coming",
		"白若溪爸爸 19:30\n收到\n田沐阳妈妈 19:31\n抱歉，来不了，要上夜班": "白若溪爸爸 收到[2]read; 田沐阳妈妈 抱歉,来不了,要上夜班[1]excused(抱歉 要上夜班)",
		"章薇和章楠都来 3 人":                               "章薇[8]coming",
		"苗一凡 来":                                     "苗一凡[6]coming",
		"苗一凡妈妈: 到":                                  "苗一凡妈妈[6]coming",
		"苗一凡 不一定来":                                  "苗一凡[6]read",
		"":                                          "", " \n ,， ": "", "hello coming": "hello coming[]",
	} {
		if got := shownReplies(MatchReplies(text, repliers())); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}

// Whatever is typed: only families of the class are meant, each once for sure, and
// nothing is made of nothing.
func TestMatchRepliesAnything(t *testing.T) {
	of := repliers()
	words := rapid.SampledFrom([]string{"田沐阳", "沐阳", "小满", "王芳", "章楠", "妈妈", "爸爸", "收到", "参加", "请假", "3", "5-9", "99", ":", "：", "\n", " ", ",", "12:30", "1.", "家长", "\u3000", "-", "x"})
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOfN(words, 0, 30), func(w []string) string { return strings.Join(w, "") })).Draw(t, "text")
		once := map[int64]bool{}
		for _, r := range MatchReplies(text, of) {
			for _, id := range r.Invitees {
				if !slices.ContainsFunc(of, func(i Invitee) bool { return i.ID == id }) {
					t.Fatalf("%q means nobody: %+v", text, r)
				}
			}
			if r.Sure() && once[r.Invitees[0]] {
				t.Fatalf("%q names %v twice", text, r.Invitees)
			}
			if r.Sure() {
				once[r.Invitees[0]] = true
			}
			if err := (ReplyMark{Reply: r.Reply, Why: r.Why}).Check(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// However a list of families is written, by seat or by name, in any order and with
// any signs between, exactly those are meant, with the one answer.
func TestMatchRepliesLists(t *testing.T) {
	of := repliers()
	named := map[int64][]string{1: {"1", "01", "田沐阳", "沐阳妈妈", "田沐阳家长"}, 2: {"2", "白若溪", "若溪爸爸"}, 6: {"6号", "苗一凡", "一凡"}, 5: {"5", "王芳菲"}, 8: {"8", "9", "章薇", "章楠奶奶"},
		71: {"小满妈妈", "欧阳小满妈妈"}, 72: {"欧阳小满爸爸"}}
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.SampledFrom([]int64{1, 2, 5, 6, 8, 71, 72}), 1, 7, rapid.ID).Draw(t, "ids")
		numbers := rapid.Bool().Draw(t, "numbers")
		sep := rapid.SampledFrom([]string{" ", ",", "，", "、", "  ", "\n", ", "}).Draw(t, "sep")
		var words []string
		want := map[int64]bool{}
		for _, id := range ids {
			var ways []string
			for _, w := range named[id] {
				if isSeat := w[0] <= '9'; isSeat == numbers {
					ways = append(ways, w)
				}
			}
			if len(ways) > 0 {
				words = append(words, rapid.SampledFrom(ways).Draw(t, "way"))
				want[id] = true
			}
		}
		answer, reply := "", NoReply
		if sep != "\n" && rapid.Bool().Draw(t, "answers") {
			answer, reply = " 参加", WillCome
		}
		text := strings.Join(words, sep) + answer
		for _, r := range MatchReplies(text, of) {
			if len(words) == 0 {
				continue
			}
			if !r.Sure() || !want[r.Invitees[0]] || r.Reply != reply {
				t.Fatalf("%q: %+v", text, r)
			}
			delete(want, r.Invitees[0])
		}
		if len(want) > 0 {
			t.Fatalf("%q leaves out %v", text, want)
		}
	})
}

// A long evening's chat, read anew at each key: 200 lines, a class of 45.
func BenchmarkMatchReplies(b *testing.B) {
	var of []Invitee
	var text strings.Builder
	for n := range 45 {
		name := string([]rune{rune('张' + n), rune('小' + n), rune('明' + n)})
		g := Guardian{Person: int64(n + 1), Name: string([]rune{rune('李' + n), rune('秀' + n)}), Relation: Mother}
		of = append(of, Invitee{ID: int64(n + 1), Students: []Student{{Name: name, Number: fmt.Sprintf("202402%02d", n+1), ClassName: ClassName{Grade: 3, Number: 2}}}, Guardians: []Guardian{g}})
	}
	for n := range 100 {
		fmt.Fprintf(&text, "%s妈妈 2026/11/25 19:30\n收到, 准时参加\n", of[n%45].Students[0].Name)
	}
	for b.Loop() {
		MatchReplies(text.String(), of)
	}
}
