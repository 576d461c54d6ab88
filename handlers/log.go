package handlers

import (
	"slices"

	"maqta/bot/chat"
	"maqta/locales"
)

// logShown is how many looks are listed, the newest first.
const logShown = 20

// accessLog tells owners who opened their figures, and when.
func (r *Router) accessLog(s Scene, u chat.Update) (Outcome, error) {
	if u.Place != chat.Private {
		return say(s, chat.Reply{To: u.Chat, Text: locales.GroupPrivateOnly()}), nil
	}
	firms, err := r.ownFirms(s)
	if err != nil {
		return Outcome{}, err
	}
	if len(firms) == 0 {
		return say(s, chat.Reply{To: u.Chat, Text: locales.ReportNoFirm(), Options: homeOptions()}), nil
	}
	blocks := []chat.Text{locales.FateLogHead()}
	for _, firm := range firms {
		looks, err := s.Read.Looks(firm.ID)
		if err != nil {
			return Outcome{}, err
		}
		lines := []chat.Text{locales.FateFirm(chat.Quote(firm.Name))}
		slices.Reverse(looks)
		for _, l := range looks[:min(len(looks), logShown)] {
			at := l.At.In(r.Mind.Zone)
			clock := chat.Plain{Value: at.Format("15:04"), Proof: chat.Proof{Kind: chat.ByDate}}
			what := chat.Plain{Value: l.What, Proof: chat.Proof{Kind: chat.ByRecord, Ref: "look"}}
			lines = append(lines, locales.FateLogLine(chat.On(at), what, clock, locales.PostLabel(string(l.Role))))
		}
		if len(looks) == 0 {
			lines = append(lines, locales.FateLogNone())
		}
		blocks = append(blocks, chat.Lines(lines...))
	}
	return say(s, chat.Reply{
		To: u.Chat, Text: chat.Paragraphs(blocks...), Options: [][]chat.Option{{{Label: locales.PressMine(), Data: tapMine}}},
	}), nil
}
