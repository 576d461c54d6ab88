package handlers

import (
	"strings"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/ask"
)

// deepQuestion begins the payload of a link to a question:
// t.me/…?start=q_harvest.
const deepQuestion = "q_"

// start greets, answers a deep link at once, and never asks anything first.
func (r *Router) start(s Scene, u chat.Update) (Outcome, error) {
	in, _ := u.In.(chat.Command)
	if key, ok := strings.CutPrefix(in.Args, deepQuestion); ok {
		if q, err := ask.ParseKey(key); err == nil {
			return r.give(s, u, r.Mind.Asker.Answer(q, ask.Lang(s.Lang)), locales.StartWelcome())
		}
	}
	if token, ok := strings.CutPrefix(in.Args, deepInvite); ok {
		return r.openInvite(s, u, token)
	}
	// Who has neither chosen a language nor an app in one of ours is greeted in
	// all three.
	hello := locales.StartWelcome()
	if !s.Person.Lang.Known() && !u.Lang.Known() {
		hello = locales.StartThree()
	}
	ask := chat.Sentences(locales.StartAsk(), locales.StartSourceLine())
	reply := chat.Reply{To: u.Chat, Text: chat.Paragraphs(hello, ask), Options: append(homeOptions(), languageRow(s.Lang))}
	if u.Place != chat.Private {
		return say(s, reply), nil
	}
	firms, err := firmsOf(s, s.Person.Key)
	if err != nil {
		return Outcome{}, err
	}
	if len(firms) > 0 {
		reply.Text = chat.Paragraphs(locales.StartAgain(), firmsText(firms))
	}
	reply.Options = append(r.ownRows(s, firms), reply.Options...)
	return say(s, reply), nil
}

// firmsText says how the person's enterprises stand.
func firmsText(firms []sector.Enterprise) chat.Text {
	lines := []chat.Text{locales.FirmYours()}
	for _, e := range firms {
		lines = append(lines, locales.FirmState(chat.Quote(e.Name), firmStanding(e.Standing)))
	}
	return chat.Lines(lines...)
}

// ownRows are the next steps of who reports for an enterprise, or would like to.
func (r *Router) ownRows(s Scene, firms []sector.Enterprise) [][]chat.Option {
	rows := appendRow(nil, resumeRow(s))
	if len(firms) == 0 && len(rows) == 0 {
		return [][]chat.Option{{{Label: locales.StartOwner(), Data: tapRegister + ":"}}}
	}
	if len(firms) == 1 {
		rows = appendRow(rows, r.reportRow(firms[0]))
	}
	return append(rows, firmRows(firms, tapFirm+":")...)
}

// homeOptions are the questions to begin with, and the way to all others.
func homeOptions() [][]chat.Option {
	var single [][]chat.Option
	for _, t := range []ask.Topic{ask.Harvest, ask.Output, ask.Growth, ask.Structure, ask.EnterpriseCount} {
		single = append(single, []chat.Option{askOption(ask.Query{Topics: []ask.Topic{t}})})
	}
	single = append(single, []chat.Option{{Label: locales.ButtonFacts(), Data: tapMenu + ":" + menuFacts}})
	return inRows(single, 2)
}

func askOption(q ask.Query) chat.Option {
	return chat.Option{Label: queryLabel(q), Data: tapAsk + ":" + q.Key()}
}
