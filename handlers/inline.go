package handlers

import (
	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector/ask"
)

// inline answers a query typed after our name in any chat, with cards that
// carry figure and source.
func (r *Router) inline(s Scene, u chat.Update, in chat.InlineAsked) (Outcome, error) {
	var answers []ask.Answer
	if in.Text == "" {
		for _, t := range []ask.Topic{ask.Harvest, ask.Output, ask.Growth, ask.Structure, ask.Fibre, ask.Fabric} {
			answers = append(answers, r.Mind.Asker.Answer(ask.Query{Topics: []ask.Topic{t}}, ask.Lang(s.Lang)))
		}
	} else {
		answers = r.inlineAnswers(s, u, in.Text)
	}
	cards := make([]chat.Card, 0, len(answers))
	lang := s.Lang
	for _, a := range answers {
		if key := a.Query.Key(); key != "" && len(a.Sources) > 0 {
			lang = chat.Lang(a.Lang)
			cards = append(cards, r.Mind.wordCard(key, a))
		}
	}
	if len(cards) == 0 {
		first := answers[0]
		lang = chat.Lang(first.Lang)
		cards = append(cards, chat.Card{
			ID: "none", Title: locales.InlineNoneTitle(), About: locales.InlineNoneAbout(), Text: r.Mind.wordAnswer(first),
		})
	}
	return say(s, chat.Reply{To: u.Chat, Answers: in.Query, Lang: lang, Cards: cards}), nil
}

// inlineAnswers is the answer to the text and those to what is next to it.
func (r *Router) inlineAnswers(s Scene, u chat.Update, text string) []ask.Answer {
	first := r.Mind.Asker.Ask(ask.Question{Text: text, Lang: ask.Lang(s.Lang), Today: u.At.In(r.Mind.Zone)})
	answers := []ask.Answer{first}
	for _, q := range first.Related {
		answers = append(answers, r.Mind.Asker.Answer(q, first.Lang))
	}
	return answers
}
