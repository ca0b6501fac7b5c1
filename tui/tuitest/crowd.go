package tuitest

import (
	"qiao/data"
)

// crowdFamily and crowdGiven make the names of a crowd.
var (
	crowdFamily = []rune("郝马谭邓何石钟康温宋贾庞柳纪汤曲沈韦丁卢万蓝梁顾夏秦方吕易葛单范")
	crowdGiven  = []string{"嘉树", "晓溪", "文轩", "子墨", "雨桐", "成", "一鸣", "乐", "言", "知许", "小川", "欣然", "依", "晨", "圆圆", "远", "禾苗", "一诺", "小雨", "安然", "里行", "天"}
)

// Crowd is Small with so many more families in 3.2, at the seats that are free: 33
// more make a class of 45. Their children are the students from 15 on.
func Crowd(more int) data.School {
	m := &maker{Small()}
	taken := map[int]bool{7: true, 11: true, 15: true, 17: true, 19: true, 21: true, 22: true, 24: true, 26: true, 28: true, 30: true, 31: true}
	seat := 0
	for n := range more {
		for seat++; taken[seat]; seat++ {
		}
		relation, name := data.Mother, string(crowdFamily[n%len(crowdFamily)])
		if n%3 == 1 {
			relation = data.Father
		}
		m.family(Three, name+crowdGiven[n%len(crowdGiven)], seat, data.Female, data.BothParents, nil, []who{{name + "家长", relation, 600 + n, ""}})
	}
	return m.School
}
