package preparation

import "qiao/tui/kit"

func (p *page) noticeText(area kit.Rect) []string {
	return kit.Wrap(p.view.Value.NoticeZh, area.W-2)
}

func (p *page) noticeKeys() []kit.Action { return nil }
