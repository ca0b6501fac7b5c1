package sshd_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"qiao/data"
)

// spent is the processor time that a process has taken.
func (r *rig) spent(p *os.Process) time.Duration {
	r.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.Pid))
	if err != nil {
		r.Fatal(err)
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')'):]))
	user, _ := strconv.Atoi(fields[12])
	system, _ := strconv.Atoi(fields[13])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// aRoom is a school with a meeting of class 3.2 whose room is open, of all its
// households in the order of the register, and n who teach there. Each child has a
// name of characters that no other has.
func aRoom(b *testing.B, dir string, n int) (r *rig, first, teacher int, children []string) {
	school, first, teacher := watchers(n)
	school.Meetings = nil
	for i := range school.Students {
		school.Students[i].Name = string([]rune{rune('一' + 3*i), rune('一' + 3*i + 1), rune('一' + 3*i + 2)})
	}
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	r = found(b, dir, time.Now, school)
	me, err := r.db.Console("root").Account(b.Context(), school.Staff[teacher].Username)
	must(err)
	desk, class := r.db.As(me.ID), me.Own(time.Now())[0]
	people, err := desk.MeetingPeople(b.Context(), class)
	must(err)
	people = slices.DeleteFunc(people, func(p data.Participant) bool { return p.ID == me.ID })
	starts := time.Now().Truncate(time.Minute).Add(time.Minute)
	m, err := desk.SaveMeeting(b.Context(), data.Meeting{Kind: data.ClassMeeting, Class: class, Title: "家长会", Starts: starts, Ends: starts.Add(90 * time.Minute),
		Place: "教室", Chair: me.ID, Secretary: people[0].ID, NoticeZh: "请您到校",
		Agenda: []data.AgendaItem{{Title: "开场", Minutes: 10}, {Title: "情况", Minutes: 30}, {Title: "提问", Minutes: 30}}}, data.Ref{})
	must(err)
	_, err = desk.TellMeeting(b.Context(), m.ID, m.Rev, data.Telling{Zh: "请您到校", Why: "急"})
	must(err)
	must(desk.OpenRoom(b.Context(), m.ID))
	must(desk.NextItem(b.Context(), m.ID, 0, 0))
	v, err := desk.Meeting(b.Context(), m.ID)
	must(err)
	for _, i := range v.Invitees {
		children = append(children, i.Students[0].Name)
	}
	return r, first, teacher, children
}

// An act is what who leads a meeting does again and again: in which part of the
// room, by which keys, and what the others' screens show of it.
type act struct {
	name, part string
	keys       func(n int) (keys []string, shows string)
}

func acts(children []string) []act {
	return []act{
		{"mark", "2", func(n int) ([]string, string) { return []string{" "}, children[n%len(children)] }},
		{"clock", "1", func(n int) ([]string, string) { return []string{"t"}, []string{"停了", "接着"}[n%2] }},
		{"line", "1", func(n int) ([]string, string) {
			said := string([]rune{rune('癸' + 2*n), rune('癸' + 2*n + 1)})
			return []string{"n", "\x1b[200~" + said + "\x1b[201~", "\r"}, said
		}},
	}
}

// BenchmarkRoom is what one thing done by who leads a meeting costs a server alone
// in its process, and how late it is on the screens of the 99 others in the room.
// What the same sessions cost while nobody does anything is taken off; what one of
// the others costs is what they all cost more than nobody. Each family is marked
// once: -benchtime 40x.
func BenchmarkRoom(b *testing.B) {
	alone := map[string]float64{}
	for _, others := range []int{0, 99} {
		dir := b.TempDir()
		r, first, teacher, children := aRoom(b, dir, others)
		server := r.alone(dir)
		var watch []*viewer
		opened := []time.Duration{}
		enter := func(i int) *viewer {
			v := r.view(r.keys[i])
			v.types("gm", "本学期")
			opened = append(opened, v.types("\r", "共同记录"))
			return v
		}
		for i := range others {
			watch = append(watch, enter(first+i))
		}
		me := enter(teacher)
		time.Sleep(2 * time.Second)
		rest := r.rests(server, 5*time.Second)
		b.Logf("%d in the room: it opens in p50 %.2f p95 %.2f ms; at rest %.1f%% of a core", others+1, ms(opened, 50), ms(opened, 95), rest*100)
		for _, act := range acts(children) {
			b.Run(fmt.Sprint(act.name, " ", others+1), func(b *testing.B) {
				me.types(act.part, "")
				var late []time.Duration
				began, was, n := time.Now(), r.spent(server), 0
				for b.Loop() {
					keys, shows := act.keys(n)
					n++
					for _, v := range watch {
						v.awaits(shows)
					}
					pressed := time.Now()
					for i, k := range keys {
						if i > 0 {
							time.Sleep(10 * time.Millisecond)
						}
						pressed = time.Now()
						me.press(k)
					}
					for _, v := range watch {
						late = append(late, v.sees().Sub(pressed))
					}
					time.Sleep(time.Until(pressed.Add(100 * time.Millisecond)))
				}
				cost := (float64(r.spent(server)-was) - rest*float64(time.Since(began))) / float64(n) / 1000
				b.ReportMetric(cost, "cpu-us")
				if others == 0 {
					alone[act.name] = cost
					return
				}
				b.ReportMetric((cost-alone[act.name])/float64(others), "cpu-us/onlooker")
				b.ReportMetric(ms(late, 50), "others-p50-ms")
				b.ReportMetric(ms(late, 95), "others-p95-ms")
				b.ReportMetric(ms(late, 100), "others-max-ms")
			})
		}
	}
}

// rests is how much of a core a process takes by itself.
func (r *rig) rests(p *os.Process, d time.Duration) float64 {
	began, was := time.Now(), r.spent(p)
	time.Sleep(d)
	return float64(r.spent(p)-was) / float64(time.Since(began))
}
