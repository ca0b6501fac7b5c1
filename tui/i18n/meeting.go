package i18n

import "qiao/data"

// Words of meetings.
var (
	meetingKinds = map[data.MeetingKind]Phrase{
		data.ClassMeeting: T("parents' meeting", "家长会"), data.FirstGradeMeeting: T("first meeting", "新生家长会"),
		data.GraduatingMeeting: T("leaving meeting", "毕业班家长会"), data.OnlineMeeting: T("online meeting", "线上家长会"),
	}
	meetingStates = map[data.MeetingState]Phrase{
		data.MeetingDraft: T("preparing", "准备中"), data.MeetingNotified: T("told", "已通知"), data.MeetingInSession: T("in session", "现场"),
		data.MeetingHeld: T("held", "已开"), data.MeetingFollowedUp: T("followed up", "已跟进"), data.MeetingClosed: T("closed", "已办结"),
		data.MeetingCancelled: T("cancelled", "已取消"),
	}
	attendances = map[data.Attendance]Phrase{
		data.Unmarked: T("not marked", "未签"), data.Present: T("there", "到"), data.ByVideo: T("by video", "视频"), data.Excused: T("excused", "请假"),
		data.Absent: T("absent", "没来"), data.Represented: T("represented", "代"),
	}
	replies = map[data.Reply]Phrase{
		data.NoReply: T("no answer", "没回"), data.ReadNotice: T("read", "已读"), data.WillCome: T("coming", "参加"), data.WillNot: T("excused", "请假"),
	}
	missing = map[data.Missing]Phrase{
		data.LacksPlace: T("no place", "没有地点"), data.LacksAgenda: T("no agenda", "没有议程"), data.LacksTime: T("agenda longer than the meeting", "议程超过会议时间"),
		data.LacksNotice: T("families not told", "还没通知家长"), data.LacksReason: T("told late without a reason", "通知晚了没写理由"),
		data.LacksFamilies: T("nobody invited", "没有参会家庭"), data.LacksAnswers: T("topics wait for an answer", "有议题没答复"),
		data.LacksFreeTime: T("clashes with another meeting", "和别的会冲突"), data.LacksMinutes: T("minutes not issued", "纪要没发布"),
		data.LacksFeedback: T("opinions not reported", "意见没上报"), data.LacksAbsentees: T("absent families not told", "缺席家庭没转告"),
	}
	topicStates = map[data.TopicState]Phrase{
		data.TopicProposed: T("waiting", "待批"), data.TopicApproved: T("taken", "已批准"), data.TopicRejected: T("not taken", "没采用"),
	}
	resolutionStates = map[data.ResolutionState]Phrase{
		data.ResolutionOpen: T("open", "进行"), data.ResolutionDone: T("done", "完成"), data.ResolutionDropped: T("dropped", "作罢"),
	}
	feedbackStates = map[data.FeedbackState]Phrase{
		data.FeedbackNone: T("not asked yet", "还没收集"), data.FeedbackCollected: T("collected", "已收集"), data.FeedbackReported: T("reported", "已上报"),
	}
	minutesStates = map[data.MinutesState]Phrase{
		data.MinutesDraft: T("draft", "草稿"), data.MinutesToSign: T("to sign", "待签"), data.MinutesSigned: T("signed", "已签"),
		data.MinutesIssued: T("issued", "已发布"), data.MinutesDistributed: T("given out", "已分发"),
	}
	lineKinds = map[data.LineKind]Phrase{
		data.LineTitle: T("title", "标题"), data.LineFact: T("fact", "事项"), data.LineItem: T("point", "议程项"), data.LineNote: T("note", "记录"),
		data.LineQuestion: T("question", "提问"), data.LineResolution: T("resolution", "决议"),
	}
	presetItems = map[string]Phrase{
		"opening": T("Opening", "开场"), "class_report": T("How the class stands", "班级情况"), "subject_report": T("From the subject teachers", "任课教师交流"),
		"parent_talk": T("A parent speaks", "家长代表发言"), "questions": T("Questions", "家长提问"), "closing": T("Closing", "小结"),
		"school_rules": T("How the school works", "学校常规"), "habits": T("Habits of the first year", "入学习惯"), "contact_ways": T("How we keep in touch", "联系方式"),
		"next_school": T("The next school", "升学安排"), "holiday_safety": T("Safety in the holidays", "假期安全"), "holiday_study": T("Work in the holidays", "假期学习"),
	}
)

// MeetingKind names a kind of meeting.
func (l Lang) MeetingKind(k data.MeetingKind) string { return l.Say(meetingKinds[k]) }

// MeetingState names how far a meeting is.
func (l Lang) MeetingState(s data.MeetingState) string { return l.Say(meetingStates[s]) }

// Attendance is whether a family came.
func (l Lang) Attendance(a data.Attendance) string { return l.Say(attendances[a]) }

// Reply is what a family said to the notice.
func (l Lang) Reply(r data.Reply) string { return l.Say(replies[r]) }

// Missing is what a meeting lacks.
func (l Lang) Missing(m data.Missing) string { return l.Say(missing[m]) }

// TopicState is what became of a proposed topic.
func (l Lang) TopicState(s data.TopicState) string { return l.Say(topicStates[s]) }

// ResolutionState is where a resolution stands.
func (l Lang) ResolutionState(s data.ResolutionState) string { return l.Say(resolutionStates[s]) }

// Feedback is what became of the families' opinions after a meeting.
func (l Lang) Feedback(s data.FeedbackState) string { return l.Say(feedbackStates[s]) }

// MinutesState is how far minutes are.
func (l Lang) MinutesState(s data.MinutesState) string { return l.Say(minutesStates[s]) }

// LineKind is what a line of minutes is.
func (l Lang) LineKind(k data.LineKind) string { return l.Say(lineKinds[k]) }

// PresetItem is the title that a point of a preset's agenda begins with.
func (l Lang) PresetItem(code string) string { return l.Say(presetItems[code]) }
