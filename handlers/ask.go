package handlers

import (
	"encoding/json"
	"fmt"
	"time"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector/ask"
	"maqta/storage"
)

// followUp is how long a question may build on the one before it.
const followUp = 10 * time.Minute

// The first parts of button data. A button lives as long as its message, so a
// name is never given another meaning.
const (
	tapAsk     = "q"  // q:<query>: ask it
	tapTurn    = "tr" // tr:<lang>:<query>: the same answer in another language, in place
	tapChart   = "ch" // ch:<query>: draw it
	tapWatch   = "w"  // w:<query>: tell me when it is known
	tapHelpful = "ok" // ok:<query>
	tapUseless = "un" // un:<query>: a refusal did not help
	tapDispute = "no" // no:<query>: something is wrong with it
	tapMenu    = "m"  // m:<menu>
	tapLang    = "l"  // l:<lang>: choose it
	tapSet     = "s"  // s:<setting>
	tapForget  = "fg" // fg:yes, fg:no
	tapDecide  = "dp" // dp:<number>:<outcome>: an administrator closes a dispute
)

// question answers a text as a question: one question, one message.
func (r *Router) question(s Scene, u chat.Update, text string) (Outcome, error) {
	return r.give(s, u, r.Mind.Asker.Ask(ask.Question{
		Text: text, Lang: ask.Lang(s.Lang), Today: u.At.In(r.Mind.Zone), Last: lastQuery(s.Session, u.At),
	}), chat.Text{})
}

// give is the outcome of answering: the message, what to remember for follow-ups,
// and what the person was given or missed. A greeting may stand before it.
func (r *Router) give(s Scene, u chat.Update, a ask.Answer, before chat.Text) (Outcome, error) {
	lang := chat.Lang(a.Lang)
	out := say(s, chat.Reply{
		To: u.Chat, Lang: lang, ReplyTo: addressed(u),
		Text: chat.Paragraphs(before, r.Mind.wordAnswer(a)), Options: r.Mind.answerOptions(a, u.Place),
	})
	if a.Query.Key() != "" {
		raw, err := json.Marshal(a.Query)
		if err != nil {
			return out, fmt.Errorf("encode the query: %w", err)
		}
		out.Session.Last, out.Session.LastAt = raw, u.At
	}
	out.Writes = append(out.Writes, r.remember(a, lang)...)
	return out, nil
}

// remember lists what is kept of an answer: the figures given, or that there
// was none to give.
func (r *Router) remember(a ask.Answer, lang chat.Lang) []Write {
	var writes []Write
	for _, p := range a.Parts {
		switch p := p.(type) {
		case ask.Refusal:
			if r.Missed != nil {
				r.Missed(1)
			}
			if topic := missedTopic(p); topic != "" {
				writes = append(writes, countMiss{topic, lang})
			}
		case ask.Figure:
			writes = append(writes, giveFigure{fact: string(p.Fact.Key), value: shownAs(p.Fact), lang: lang})
		}
	}
	return writes
}

// missedTopic names what was asked and not known, for the officials' list of
// what citizens could not learn; "" when the question was not about the sector.
func missedTopic(p ask.Refusal) string {
	switch p.Reason {
	case ask.OutOfScope, ask.NotRead, ask.NoQuestion:
		return ""
	case ask.NoPeriod:
		return string(p.Topic) + "/period"
	case ask.NoRegion:
		return string(p.Topic) + "/region"
	case ask.NoTopic, ask.Forbidden:
		return string(p.Topic) + "/" + string(p.Missing)
	}
	return ""
}

// lastQuery returns the chat's last query while it is fresh.
func lastQuery(s storage.Session, at time.Time) *ask.Query {
	if len(s.Last) == 0 || at.Sub(s.LastAt) > followUp || at.Before(s.LastAt) {
		return nil
	}
	var q ask.Query
	if err := json.Unmarshal(s.Last, &q); err != nil {
		return nil // written by another version: a question without context is still a question
	}
	return &q
}

// addressed is the message to reply to: in a group it shows who asked.
func addressed(u chat.Update) chat.MessageID {
	if u.Place != chat.Group {
		return 0
	}
	switch in := u.In.(type) {
	case chat.Said:
		return in.Message
	case chat.Edited:
		return in.Message
	case chat.Command:
		return in.Message
	}
	return 0
}

// answerOptions are the buttons under an answer: what else to ask, where the
// figure comes from, the picture, the same in another language.
func (m *Mind) answerOptions(a ask.Answer, place chat.Place) [][]chat.Option {
	var rows [][]chat.Option
	for _, q := range a.Related {
		if key := q.Key(); key != "" {
			rows = append(rows, []chat.Option{{Label: queryLabel(q), Data: tapAsk + ":" + key}})
		}
	}
	rows = inRows(rows, 2)
	key := a.Query.Key()
	if key == "" {
		return rows
	}
	if place == chat.Private && refused(a) && watchable(a) {
		rows = append(rows, []chat.Option{{Label: locales.ButtonWatch(), Data: tapWatch + ":" + key}})
	}
	var about []chat.Option
	if whence, ok := whenceOf(a); ok {
		about = append(about, chat.Option{Label: locales.ButtonSource(), Data: tapAsk + ":" + whence})
	}
	if a.Chart != nil {
		about = append(about, chat.Option{Label: locales.ButtonChart(), Data: tapChart + ":" + key})
	}
	if len(a.Sources) > 0 {
		about = append(about, chat.Option{Label: locales.ButtonCopy(), Copy: m.wordCopy(a)})
	}
	rows = appendRow(rows, about)
	rows = appendRow(rows, otherLanguages(chat.Lang(a.Lang), key))
	if place == chat.Private && len(a.Sources) > 0 && a.Kind != ask.KindSource {
		rows = append(rows, []chat.Option{
			{Label: locales.ButtonHelpful(), Data: tapHelpful + ":" + key},
			{Label: locales.ButtonDispute(), Data: tapDispute + ":" + key},
		})
	}
	if refused(a) && len(a.Sources) == 0 {
		rows = append(rows, []chat.Option{{Label: locales.ButtonNotHelpful(), Data: tapUseless + ":" + key}})
	}
	return rows
}

func otherLanguages(lang chat.Lang, key string) []chat.Option {
	var row []chat.Option
	for _, l := range chat.Langs() {
		if l != lang {
			row = append(row, chat.Option{Label: languageName(l), Data: tapTurn + ":" + string(l) + ":" + key})
		}
	}
	return row
}

// whenceOf returns the query for the source of the answer's figure.
func whenceOf(a ask.Answer) (string, bool) {
	if len(a.Sources) == 0 || a.Kind == ask.KindSource || a.Kind == ask.KindRefusal || len(a.Query.Topics) == 0 {
		return "", false
	}
	q := a.Query
	q.Op, q.Claim, q.Missing = ask.Whence, "", ""
	q.Topics = q.Topics[:1]
	key := q.Key()
	return key, key != ""
}

func refused(a ask.Answer) bool {
	_, ok := refusalOf(a)
	return ok
}

func refusalOf(a ask.Answer) (ask.Refusal, bool) {
	for _, p := range a.Parts {
		if refusal, ok := p.(ask.Refusal); ok {
			return refusal, true
		}
	}
	return ask.Refusal{}, false
}

// watchable reports whether what was refused may become known one day.
func watchable(a ask.Answer) bool {
	p, _ := refusalOf(a)
	switch p.Reason {
	case ask.NoPeriod, ask.NoRegion, ask.NoTopic:
		return true
	case ask.Forbidden, ask.OutOfScope, ask.NotRead, ask.NoQuestion:
		return false
	}
	return false
}

// inRows lays single buttons out, so many in a row.
func inRows(single [][]chat.Option, wide int) [][]chat.Option {
	var rows [][]chat.Option
	for i, row := range single {
		if i%wide == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], row...)
	}
	return rows
}

func appendRow(rows [][]chat.Option, row []chat.Option) [][]chat.Option {
	if len(row) == 0 {
		return rows
	}
	return append(rows, row)
}

func languageName(l chat.Lang) chat.Text {
	switch l {
	case chat.Kazakh:
		return locales.LanguageKazakh()
	case chat.Russian:
		return locales.LanguageRussian()
	default:
		return locales.LanguageEnglish()
	}
}
