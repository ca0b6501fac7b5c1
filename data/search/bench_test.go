package search

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"qiao/data"
)

// Characters of family and given names, the frequent first.
var (
	families = []rune("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常单仇解查区盖朴翟缪乐章")
	givens   = []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂小雨子浩欣梓涵宇轩博思佳怡晨睿嘉诗一诺梦琪俊熙泽语桐可馨若汐沐宸奕辰安然悦心天文志海春秋冬雪云峰鹏飞龙凤玉兰梅菊青松柏林森阳光华国庆建立新红英慧珍莉倩婷瑶璐")
)

func person(rng *rand.Rand) string {
	n := families[min(rng.IntN(len(families)), rng.IntN(len(families)))]
	s := []rune{n, givens[rng.IntN(len(givens))]}
	if rng.IntN(5) > 0 {
		s = append(s, givens[rng.IntN(len(givens))])
	}
	return string(s)
}

// bigSchool is n students in classes of 45, most with two guardians, some with
// siblings.
func bigSchool(n int) []Entry {
	rng := rand.New(rand.NewPCG(1, 2))
	out := make([]Entry, n)
	for i := range out {
		c := i / 45
		out[i] = Entry{Student: int64(i + 1), Household: int64(1 + i - i%7/6*rng.IntN(i+1)), Class: int64(c + 1),
			ClassName: data.ClassName{Grade: c%6 + 1, Number: c/6%99 + 1}, Name: person(rng), Number: fmt.Sprint(20260000 + i)}
		for range 1 + min(1, rng.IntN(4)) {
			out[i].Guardians = append(out[i].Guardians, Guardian{person(rng), []string{fmt.Sprintf("+86100%08d", rng.IntN(100000000))}})
		}
	}
	return out
}

// The first 20 hits, ranked, and the number of all.
func BenchmarkFind(b *testing.B) {
	for _, n := range []int{540, 100000} {
		block := New(bigSchool(n))
		for _, query := range strings.Split("zx,zxm,qqq,z,zhang,zhangwei,zhang w,章,0117,100,3.2,3.2 z,zzqqzz", ",") {
			b.Run(fmt.Sprintf("%s/%d", query, n), func(b *testing.B) {
				b.ReportAllocs()
				r := Result{}
				for b.Loop() {
					r = block.Find(query, Scope{All: true, Own: []int64{7}, Recent: []int64{5, 6, 7}}, 20, 2026)
				}
				b.ReportMetric(float64(r.Total), "hits")
			})
		}
	}
}

// One class is all that a class teacher sees.
func BenchmarkFindInClass(b *testing.B) {
	block := New(bigSchool(100000))
	for b.Loop() {
		block.Find("zx", Scope{Classes: []int64{7}, Own: []int64{7}}, 20, 2026)
	}
}

func BenchmarkPut(b *testing.B) {
	entries := bigSchool(100000)
	block := New(entries)
	i := 0
	for b.Loop() {
		i = (i + 7919) % len(entries)
		block.Put(entries[i])
	}
}

func BenchmarkNew(b *testing.B) {
	entries := bigSchool(100000)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var block *Block
	for b.Loop() {
		block = New(entries)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(len(entries)), "B/student")
	runtime.KeepAlive(block)
	runtime.KeepAlive(entries)
}
