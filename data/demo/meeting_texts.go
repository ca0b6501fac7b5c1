package demo

import "qiao/data"

// points is what the points of a preset's agenda are called in this school.
var points = map[string]string{"opening": "开场", "class_report": "班级情况", "subject_report": "任课教师交流", "parent_talk": "家长代表发言", "questions": "家长提问",
	"closing": "小结", "school_rules": "学校常规", "habits": "入学习惯", "contact_ways": "联系方式", "next_school": "升学安排", "holiday_safety": "假期安全", "holiday_study": "假期学习"}

// themes is what meetings are about, by kind.
var themes = map[data.MeetingKind]string{data.ClassMeeting: "期中家长会", data.FirstGradeMeeting: "新生家长会", data.GraduatingMeeting: "毕业班家长会", data.OnlineMeeting: "假期线上家长会"}

// said is what is written down under a point of the agenda.
var said = map[string][]string{
	"opening":        {"感谢家长到会, 说明今天的安排", "播放这半学期的照片", "请手机静音, 会后可单独找老师"},
	"class_report":   {"早读迟到比上学期少一半", "图书角每周借出六十多本", "班干部轮换, 每人都做过一回", "午睡时间还有人说话, 请家里也讲", "卫生流动红旗拿了四次", "路队里打闹的少了, 下坡处仍要提醒", "视力检查比去年多了五个近视", "跳绳全班过关"},
	"subject_report": {"数学: 口算每天五分钟, 家长只看有没有做, 不用改", "英语: 录音每周二发, 跟读三遍", "语文: 每天读二十分钟, 不要求写感想", "体育: 每天一小时, 跳绳最方便", "科学: 豆芽观察, 请留一个窗台", "书法: 坐姿比字重要", "错题本只抄题和正确做法"},
	"parent_talk":    {"我家每晚关掉电视半小时, 大人也看书", "孩子跟祖父母过, 视频时让他先讲学校的事", "吵过以后第二天早上再谈, 比当场管用", "和班主任说过一次睡觉的事, 两周就好了"},
	"questions":      {"课后服务能不能增加下棋", "作业多的那天希望提前说", "请把校车时间发一份纸的给老人"},
	"closing":        {"有事随时打电话, 晚上八点半以前都可以", "下次会前先发问卷", "请填意见表, 今天没带笔的明天让孩子带来"},
	"school_rules":   {"早上七点二十开门, 早到的在走廊看书", "不带零花钱, 有急事找老师", "请假先打电话, 当天有效"},
	"habits":         {"自己收书包, 大人只看不动手", "铅笔每晚削好三支", "九点前睡"},
	"contact_ways":   {"班级电话贴在联系卡背面", "群里只发通知, 有事单独说", "换了号码当天告诉老师"},
	"next_school":    {"报名材料六月第一周交", "户口不在本地的先到教务处登记", "志愿由孩子先写, 家长再看"},
	"holiday_safety": {"不到河边和水库", "大人不在家时不生火", "骑车不上公路", "夜里烧炉子要开窗"},
	"holiday_study":  {"读三本书, 开学讲给同学听", "每周给在外的父母写一封信", "作业分三段做, 不要最后一天赶"},
}

// kept apart is what is written down that not all may read.
var (
	forClass = []string{"两家孩子放学打过架, 两边家长都在, 会后一起谈了", "有位家长说起对门家长动手的事, 请班主任留意"}
	forFew   = []string{"会后一位母亲说家里要分开, 先不要让孩子知道", "有一家说这学期的伙食费交不上, 请学校想办法", "祖母说父亲在外出了工伤, 孩子还不知道"}
)

// questions are what families ask, and what came of it.
var (
	asks    = []string{"冬天教室什么时候开暖气", "孩子回家不说学校的事, 怎么问", "能不能换到前排, 看不清黑板", "字写得慢, 作业做到很晚怎么办", "在外地能不能每周看一次作业", "午饭不吃肉, 食堂能不能换", "校门口堵车, 能不能错开放学", "孩子被起外号, 老师知道吗", "校服小了, 在哪里补", "课后服务能不能只上三天", "眼镜要不要一直戴", "期末考试哪天, 要提前请假", "老人不会用手机, 通知怎么收"}
	answers = []string{"已当面答复", "电话里说清楚了", "已解决, 家长满意", "查过了, 已回复", "和任课老师一起回的"}
)

// decided is what meetings decide, and what came of it.
var (
	decided   = []string{"每周五把下周要带的东西写在一张纸上发回家", "图书角周末可以借两本回家", "家长轮值护学, 每天两位", "每月一次亲子跳绳", "班级电话每周三晚八点前由班主任守着", "给祖父母办一次智能手机课", "午睡时间由两位家长来帮忙看一周", "期末前再开一次小范围的座谈", "把校车时间表印成大字发给老人", "教室加一排挂钩"}
	results   = []string{"已照做, 家长群里报过", "办好了", "试了两周, 以后照此", "已发到每家"}
	abandoned = []string{"人手不够, 下学期再议", "家长不赞成, 作罢"}
)

var (
	excuses   = []string{"在外地务工", "上夜班", "家里有病人", "赶集日走不开", "腿脚不便", "孩子弟弟发烧", "班车停了"}
	relatives = []string{"姑姑", "舅舅", "邻居", "大伯", "姨", "堂哥"}
	relayed   = []string{"没能来%s: 讲了班里情况和孩子近来的表现", "补讲%s的内容: 作业和睡觉两件事", "转告%s定下的事, 家长记下了", "说了%s上提的几点, 家长问了考试时间", "%s的要点讲了一遍, 意见表明天带来", "没来%s, 原来是上班走不开; 主要内容都说了"}
	added     = []string{"会后八位家长留下单独谈", "意见表收回大半, 已汇总上报", "缺席家庭由班主任一周内逐户转告", "会场由家长志愿者布置"}
	mended    = []string{"实到户数以签到表为准", "家长代表发言人姓名写错, 已改", "下次会议时间改为下月第一周"}
	wished    = []string{"孩子手机使用", "作业量和睡觉时间", "冬天路上安全", "课后服务", "阅读怎么陪", "和在外的父母怎么联系"}
	halls     = []string{"礼堂", "阶梯教室", "多功能厅"}
)
