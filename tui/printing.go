package tui

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"strings"

	"qiao/data"
	"qiao/data/exchange"
	"qiao/data/store"
	"qiao/tui/i18n"
	"qiao/tui/kit"
)

var (
	forSignIn  = i18n.T("signing in at the meeting", "会议签到")
	forMinutes = i18n.T("minutes of the meeting", "会议纪要")
	forDates   = i18n.T("calendar", "日历")
	nSignIn    = i18n.T("signin", "签到")
	nMinutes   = i18n.T("minutes", "纪要")
	nWhole     = i18n.T("minutes-full", "纪要全")
	notIssued  = i18n.T("draft %d, not issued", "第 %d 稿, 未发布")
	restricted = i18n.T("holds what is restricted: not to be passed on", "含受限内容, 不得外传")
	nMeetings  = i18n.T("meetings", "会议")
)

// printer makes papers at a desk and puts them into its tray.
func printer(desk *store.Desk) kit.Printer {
	return func(ctx context.Context, p kit.Paper) (data.TrayFile, error) {
		f, err := Print(ctx, desk, p)
		if err != nil {
			return data.TrayFile{}, err
		}
		return desk.PutTray(ctx, f)
	}
}

// Print makes a paper as far as the desk's account may take it out, and writes
// that into the log. A format that the paper does not have is an *data.Invalid.
func Print(ctx context.Context, desk *store.Desk, p kit.Paper) (f data.TrayFile, err error) {
	can := p.Of.Formats()
	if p.Format == "" && len(can) > 0 {
		p.Format = can[0]
	}
	if !slices.Contains(can, p.Format) {
		return f, &data.Invalid{Field: "format", Why: data.WhyUnknown}
	}
	if p.Purpose == "" {
		p.Purpose = Purpose(p.Lang, p.Of)
	}
	var out bytes.Buffer
	switch p.Of {
	case data.SignInSheet:
		f.Name, err = printSignIn(ctx, desk, p, &out)
	case data.MinutesGiven, data.MinutesWhole:
		f.Name, err = printMinutes(ctx, desk, &p, &out)
	default:
		f.Name, err = printMeetings(ctx, desk, p, &out)
	}
	if err != nil {
		return data.TrayFile{}, err
	}
	f.Paper, f.Meeting, f.Bytes = p.Of, p.Meeting, out.Bytes()
	f.Name += "." + string(p.Format)
	return f.Tidy(), nil
}

// usual is what each paper is for, where nobody says otherwise.
var usual = map[data.Paper]i18n.Phrase{data.SignInSheet: forSignIn, data.MinutesGiven: forMinutes, data.MinutesWhole: forMinutes, data.MeetingDates: forDates}

// Purpose is what such a paper is for.
func Purpose(l i18n.Lang, of data.Paper) string { return l.Say(usual[of]) }

// named is the name of a paper about one meeting, short enough for a line that is
// pasted: 签到-26家07.
func named(p kit.Paper, what i18n.Phrase, m data.Meeting) string {
	id := strconv.FormatInt(m.ID, 10)
	if year, rest, ok := strings.Cut(m.Number(), "-"); ok && len(year) == 4 {
		id = year[2:] + strings.ReplaceAll(rest, "-", "")
	}
	return p.Lang.Say(what) + "-" + id
}

// minuteOf is how papers write a moment: they outlive the year.
const minuteOf = "2006-01-02 15:04"

var takenBy = i18n.T("Taken out by %s, %s, for: %s", "导出人 %s, 时间 %s, 用途: %s")

// taken is what each export with names carries.
func taken(l i18n.Lang, x data.Takeout) string {
	return l.Say(takenBy, x.By, x.At.In(data.China).Format(minuteOf), x.Purpose)
}

func printMinutes(ctx context.Context, desk *store.Desk, p *kit.Paper, out *bytes.Buffer) (string, error) {
	whole := p.Of == data.MinutesWhole
	m, x, err := desk.TakeOutMinutes(ctx, p.Meeting, p.Version, whole, p.Purpose)
	if err != nil {
		return "", err
	}
	p.Of = data.Paper(x.Of) // the whole form, or what this person takes out of it
	name := nMinutes
	if whole {
		name = nWhole
	}
	foot := []string{taken(i18n.Chinese, x)} // minutes are in Chinese, whoever prints them
	if slices.ContainsFunc(m.Lines, func(l data.MinutesLine) bool { return l.Level >= data.Restricted }) {
		foot = append([]string{i18n.Chinese.Say(restricted)}, foot...)
	}
	switch p.Format {
	case data.AsText:
		out.WriteString(m.Text(!whole) + "\n" + strings.Join(foot, "\n") + "\n")
	case data.AsDOCX:
		d := exchange.Document{Lines: marked(m.Document(!whole)), Foot: foot, Name: m.Number, By: x.By, Made: x.At}
		if m.Number == "" {
			d.Name, d.Mark = m.Meeting.Number(), i18n.Chinese.Say(notIssued, m.Version)
		}
		if len(foot) > 1 {
			d.Mark = strings.TrimSpace(foot[0] + "  " + d.Mark)
		}
		err = exchange.WriteDOCX(out, d)
	default:
		out.WriteString(m.Markdown(!whole) + "\n" + strings.Join(foot, "  \n") + "\n")
	}
	return named(*p, name, m.Meeting), err
}

// marked is lines of which those that must not be passed on say so.
func marked(lines []data.MinutesLine) []data.MinutesLine {
	for i, l := range lines {
		if l.Level >= data.Restricted {
			lines[i].Text = "[" + i18n.Chinese.Level(l.Level) + "] " + l.Text
		}
	}
	return lines
}
