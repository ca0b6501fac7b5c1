package contact

import (
	"strings"

	"qiao/data"
	"qiao/tui/i18n"
)

// hints are words that speak of a topic, in both languages, with blanks
// between. They are guesses that a person sees and may change.
var hints = map[string]i18n.Phrase{
	"health":     i18n.T("cough fever sick ill doctor hospital medicine headache stomach eyesight asleep slept injury", "咳 发烧 生病 看病 医院 吃药 头疼 肚子 感冒 视力 近视 过敏 睡 受伤 体检 牙"),
	"homework":   i18n.T("homework exercise", "作业 练习册 默写 背诵 订正"),
	"study":      i18n.T("study maths reading exam score lesson marks grades tutoring", "学习 数学 语文 英语 考试 成绩 分数 听课 上课 跟不上 补课 阅读"),
	"conduct":    i18n.T("behaviour games gaming polite rude lying", "纪律 玩手机 游戏 礼貌 撒谎 坐不住 习惯 说脏话"),
	"mood":       i18n.T("sad anxious cry crying lonely mood worried angry afraid", "情绪 哭 难过 焦虑 孤单 不开心 发脾气 害怕 压力 想家"),
	"safety":     i18n.T("safety drown stove traffic stranger swim lost", "安全 溺水 炉火 交通 过马路 陌生人 游泳 走失 接送 骑车"),
	"family":     i18n.T("divorce divorced works alone quarrel moved relatives", "离婚 再婚 外地 打工 务工 留守 爷爷 奶奶带 搬家 家里 吵架"),
	"praise":     i18n.T("praise progress well done improved award proud", "表扬 进步 获奖 得奖 夸 优秀 帮助同学 懂事"),
	"discipline": i18n.T("fight fought bully bullying stole punish hit", "打架 欺负 偷 违纪 打人 处分 逃课 骂人"),
	"attendance": i18n.T("late absent absence leave truant attendance", "请假 迟到 旷课 缺席 早退 没来 返校"),
	"money":      i18n.T("fee fees pay payment allowance subsidy insurance", "费用 缴费 交费 补助 资助 保险 餐费 困难生"),
	"notice":     i18n.T("meeting notice form sign receipt", "通知 家长会 回执 签字 填表 告知书"),
}

// other is the topic of a text that speaks of none.
const other = 12

// wholeWord is from how many letters on an English hint may be the beginning
// of a word.
const wholeWord = 5

// guess is the topics that a text seems to be about, by their place in
// data.Topics; of a text that names none, "other".
func guess(text string) map[int]bool {
	on := map[int]bool{}
	if strings.TrimSpace(text) == "" {
		return on
	}
	text = strings.ToLower(text)
	words := " " + strings.Map(letterOrBlank, text) + " "
	for i, topic := range data.Topics {
		h := hints[topic]
		for w := range strings.FieldsSeq(h.Chinese()) {
			on[i] = on[i] || strings.Contains(text, w)
		}
		for w := range strings.FieldsSeq(h.English()) {
			if len(w) < wholeWord {
				w += " "
			}
			on[i] = on[i] || strings.Contains(words, " "+w)
		}
	}
	for _, yes := range on {
		if yes {
			return on
		}
	}
	on[other] = true
	return on
}

// letterOrBlank parts English words.
func letterOrBlank(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r
	}
	return ' '
}

// holdsNumber reports whether a text holds what looks like a phone number or
// an identity number: 11 digits from 1, or 18, the last of which may be an X;
// single blanks and dashes within, and fullwidth digits, count.
func holdsNumber(text string) bool {
	var run []rune
	gap := false
	found := func() bool {
		n := len(run)
		return n == 11 && run[0] == '1' || n == 18
	}
	for _, r := range text {
		if r >= '０' && r <= '９' {
			r -= '０' - '0'
		}
		switch {
		case r >= '0' && r <= '9':
			run, gap = append(run, r), false
		case (r == 'x' || r == 'X') && len(run) == 17:
			run, gap = append(run, r), false
		case (r == ' ' || r == '-') && len(run) > 0 && !gap:
			gap = true
		default:
			if found() {
				return true
			}
			run, gap = run[:0], false
		}
	}
	return found()
}
