package handlers

import (
	"strings"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector/ask"
)

func (r *Router) tapTable() map[string]tapper {
	return map[string]tapper{
		tapAsk:     r.onQuery(r.tapAsk),
		tapTurn:    r.tapTurn,
		tapChart:   r.onQuery(r.tapChart),
		tapWatch:   r.onQuery(r.tapWatch),
		tapHelpful: r.onQuery(r.opinion(true, locales.FeedbackThanks())),
		tapUseless: r.onQuery(r.opinion(false, locales.FeedbackSorry())),
		tapDispute: r.onQuery(r.tapDispute),
		tapMenu:    r.tapMenu,
		tapLang:    r.tapLang,
		tapSet:     r.tapSet,
		tapForget:  r.tapForget,
		tapDecide:  r.tapDecide,

		tapReport:   r.tapReport,
		tapMine:     r.tapMineList,
		tapTrend:    r.tapTrend,
		tapShow:     r.onReport(r.tapShow),
		tapMend:     r.onReport(r.tapMend),
		tapWithdraw: r.onReport(r.tapWithdraw),
		tapCorrect:  r.onReport(r.tapCorrect),
		tapOpen:     r.onReview(r.tapOpen),
		tapAccept:   r.onReview(r.tapAccept),
		tapReturn:   r.onReview(r.tapReturn),
		tapGrant:    r.tapGrant,

		tapTarget:   r.tapTarget,
		tapPledge:   r.tapPledge,
		tapApprove:  r.tapApprove,
		tapUnmind:   r.tapUnmind,
		tapTemplate: r.tapTemplate,

		tapRegister:  r.tapRegister,
		tapRequest:   r.tapRequest,
		tapColleague: r.tapColleague,
		tapPeople:    r.tapPeople,
		tapInvite:    r.tapInvite,
		tapFirm:      r.tapFirm,
		tapEdit:      r.tapEdit,
	}
}

// onQuery reads the query that a button carries; what no query is any more is
// an old button.
func (r *Router) onQuery(h func(Scene, chat.Update, chat.Tapped, ask.Query) (Outcome, error)) tapper {
	return func(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
		q, ok := queryOf(arg)
		if !ok {
			return r.outdated(s, u, tap), nil
		}
		return h(s, u, tap, q)
	}
}

// queryOf reads the query that a button carries.
func queryOf(key string) (ask.Query, bool) {
	q, err := ask.ParseKey(key)
	return q, err == nil
}

func (r *Router) tapAsk(s Scene, u chat.Update, _ chat.Tapped, q ask.Query) (Outcome, error) {
	return r.give(s, u, r.Mind.Asker.Answer(q, ask.Lang(s.Lang)), chat.Text{})
}

// tapTurn shows the same answer in another language, in place.
func (r *Router) tapTurn(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	name, key, _ := strings.Cut(arg, ":")
	lang := chat.Lang(name)
	q, ok := queryOf(key)
	if !ok || !lang.Known() {
		return r.outdated(s, u, tap), nil
	}
	a := r.Mind.Asker.Answer(q, ask.Lang(lang))
	return say(s, chat.Reply{
		To: u.Chat, Lang: lang, Edits: tap.Message,
		Text: r.Mind.wordAnswer(a), Options: r.Mind.answerOptions(a, u.Place),
	}), nil
}

// tapChart describes the picture; it is drawn when its turn to be sent comes.
func (r *Router) tapChart(s Scene, u chat.Update, tap chat.Tapped, q ask.Query) (Outcome, error) {
	a := r.Mind.Asker.Answer(q, ask.Lang(s.Lang))
	if a.Chart == nil {
		return r.outdated(s, u, tap), nil
	}
	return say(s, chat.Reply{
		To: u.Chat, Text: r.Mind.wordCaption(a),
		File: &chat.File{
			Kind: fileChart, Lang: s.Lang, Name: "maqta-" + q.Key() + ".png", Photo: true,
			Params: map[string]string{"query": q.Key(), "edition": r.Mind.Book.Edition()},
		},
	}), nil
}

// tapWatch notes the wish to be told when the answer is known. A wish in a
// group would tell the group who asked.
func (r *Router) tapWatch(s Scene, u chat.Update, tap chat.Tapped, q ask.Query) (Outcome, error) {
	if u.Place != chat.Private {
		return say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Text: locales.GroupPrivateOnly()}), nil
	}
	out := say(s, chat.Reply{To: u.Chat, Text: locales.WatchNoted()})
	out.Writes = []Write{addWatch{query: q.Key(), lang: s.Lang}}
	return out, nil
}

// opinion counts what somebody thought of an answer, without who.
func (r *Router) opinion(helpful bool, thanks chat.Text) func(Scene, chat.Update, chat.Tapped, ask.Query) (Outcome, error) {
	return func(s Scene, u chat.Update, tap chat.Tapped, q ask.Query) (Outcome, error) {
		out := say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Text: thanks})
		out.Writes = []Write{countOpinion{query: q.Key(), helpful: helpful}}
		return out, nil
	}
}
