package demo

import (
	"strings"

	"qiao/data/search"
)

// Surnames as often as they are met: the first row counts three times.
var (
	common    = split("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗")
	surnames  = split("梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文 苗 冉 向 柏 阮 蒲 宁 封 晏 冼 邬")
	compounds = split("欧阳 司马 诸葛 上官 令狐 夏侯 皇甫")
)

// readings are surnames that some families say unlike the dictionary, or unlike
// most families: 覃 is both qin and tan.
var readings = map[string]string{"曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "盖": "gai", "朴": "piao",
	"乐": "le", "缪": "miao", "翟": "di", "尉迟": "yu chi", "宓": "fu", "覃": "tan"}

// spoken are given names that a dictionary reads wrong.
var spoken = map[string]string{"景行": "jing xing", "知乐": "zhi le", "行之": "xing zhi", "重阳": "chong yang", "长乐": "chang le",
	"茜茜": "xi xi", "晟睿": "sheng rui", "调元": "tiao yuan"}

// unlike is readings' surnames in a fixed order.
var unlike = split("曾 单 仇 解 查 区 盖 朴 乐 缪 翟 尉迟 宓 覃")

var (
	boys = split("浩然 子轩 宇航 梓豪 俊杰 文博 志远 一鸣 书豪 天宇 皓轩 奕辰 泽宇 家豪 博文 睿哲 承志 瑞麟 亦航 峻熙 昊天 思源 铭轩 宏毅 振宇 旭尧 柏林 少杰 国栋 安平 逸飞 云帆 嘉诚 明哲 子昂 立诚 景天 星辰 文轩 伟豪 子墨 嘉树 佳明 启航 小虎 小军 世杰 鸿飞 子恒 晓峰 亮亮 金宝 永康 楚天 向阳 致远 若愚 学文 建业 海涛 远山 春生 石头 冬冬 宇轩 晨阳 凌云 子谦 少聪 景行 行之 重阳 晟睿 调元")
	girl = split("梓涵 欣怡 雨桐 诗涵 思彤 语嫣 一诺 佳怡 梦琪 雅静 晓萌 紫萱 婉清 心怡 静怡 芷若 依诺 佳琪 雪晴 子萱 钰琪 美琳 书瑶 慧敏 晨露 小雨 巧玲 春燕 晓彤 可馨 舒窈 念慈 雨欣 思雨 若兰 采薇 小溪 玉洁 嘉怡 月圆 水清 秀秀 青禾 映雪 南星 小荷 含笑 安琪 雨涵 诗琪 文静 佳慧 明月 冬梅 小鱼 初夏 依依 晴晴 海棠 云舒 知意 星语 可儿 知乐 长乐 茜茜")
	solo = [2][]string{split("禾 磊 鹏 昊 杰 航 轩 毅 涛 俊 博 帅 强 旭 凯 坤 松 诚"), split("婷 悦 颖 琳 雪 佳 蕾 妍 瑶 静 晴 玥 洁 敏 娜 莹 雅")}
	// characters that names are put together from, where the lists are used up
	syll = [2][]string{split("浩 宇 轩 博 文 涛 鑫 磊 阳 晨 志 军 明 辉 鹏 飞 凯 旭 东 峰 云 海 波 林 森 哲 泽 铭 恒 毅 安 国 平 家 子 少 振 立"),
		split("欣 怡 雨 涵 梦 诗 婷 雅 佳 慧 颖 雪 莲 芳 兰 梅 丽 娟 燕 玲 晓 彤 思 语 嘉 悦 可 馨 依 诺 若 溪 紫 萱 宁 清")}
	// parents, then grandparents; men, then women
	parents = [2][]string{split("建军 志强 海波 立新 国庆 永福 建平 小兵 大勇 振华 爱民 春雷 学军 红旗 卫东 少华 金龙 文斌 成林 光明 得水 长春 云贵 松涛 世明 小刚 家旺 新民 宏伟 胜利 进财 友良 晓东 根生 俊生 玉龙 伟 军 勇 斌 鹏 刚 超 强"),
		split("丽娟 秀兰 小燕 红梅 海燕 春花 晓琴 玉珍 雪梅 翠萍 美玲 丽华 小芳 冬菊 巧云 爱莲 金凤 小红 彩霞 桂英 淑贞 艳丽 晓玲 会芳 青莲 月娥 国英 素芬 秋菊 雅琴 燕子 小敏 丽 静 霞 萍 燕 艳 莉 娟 敏 英")}
	elders = [2][]string{split("长庚 德福 永贵 根发 福生 金山 有田 世昌 来喜 大顺 水生 茂林 宝财 贵生 开泰 满仓 守义 清泉 伯年 传宗"),
		split("桂芬 秀英 玉兰 凤英 素珍 桂香 翠花 银娣 菊香 兰英 冬秀 月英 金莲 腊梅 仙桃 淑英 玉梅 素贞 秋香 招娣")}
	rare     = split("㛃 𬱖 䶮 翀 犇 骉 喆 堃 祎 昇 彧 淼 翯 珺")
	stranger = split("阿依 古丽 其木格 桑次 仁巴 特尔 苏布达 旦增 卓玛 吐逊 热孜 木沙") // put together at random around a middle dot
)

func split(s string) []string { return strings.Fields(s) }

// surname draws a family's name.
func (m *maker) surname() string {
	switch x := m.r.Float64(); {
	case x < 0.018:
		return pick(m, compounds)
	case x < 0.055:
		return pick(m, unlike)
	case x < 0.45:
		return pick(m, common)
	}
	return pick(m, surnames)
}

// childName draws a given name for a child.
func (m *maker) childName(male bool) string {
	g := m.given(male)
	if r := []rune(g); m.chance(0.012) {
		r[len(r)-1] = []rune(pick(m, rare))[0]
		g = string(r)
	}
	return g
}

func (m *maker) given(male bool) string {
	sex := sexOf(male)
	switch x := m.r.Float64(); {
	case x < 0.14:
		return pick(m, solo[sex])
	case x < 0.84 && male:
		return pick(m, boys)
	case x < 0.84:
		return pick(m, girl)
	}
	return pick(m, syll[sex]) + pick(m, syll[sex])
}

// adultName draws a name of a parent's or a grandparent's generation.
func (m *maker) adultName(sur string, male, elder bool) string {
	from := parents[sexOf(male)]
	if elder {
		from = elders[sexOf(male)]
	}
	if m.chance(0.1) {
		return sur + pick(m, syll[sexOf(male)]) + pick(m, syll[sexOf(male)])
	}
	return sur + pick(m, from)
}

func sexOf(male bool) int {
	if male {
		return 0
	}
	return 1
}

// reading is what a name's pinyin is on record, where the usual guess would be
// wrong; "" for most.
func reading(sur, given string) string {
	said, g := readings[sur], spoken[given]
	if said == "" && g == "" {
		return ""
	}
	if said == "" {
		said = search.Reading(sur, "")
	}
	if g == "" {
		g = search.Reading("白"+given, "")[len("bai "):] // as it stands behind a surname
	}
	if said += " " + g; said == search.Reading(sur+given, "") {
		return ""
	}
	return said
}

// soundsLikeZW reports whether a name would be found by "zw", which in your own
// class is to find one child first: the documents say so.
func soundsLikeZW(sur, given string) bool {
	return strings.HasPrefix(search.Username(sur), "z") && strings.HasPrefix(search.Username(given), "w")
}
