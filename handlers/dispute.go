package handlers

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector/ask"
	"maqta/storage"
)

// objection is what somebody says against a figure.
type objection struct {
	Query string `json:"query"`
	Text  string `json:"text"`
}

// disputeScript asks one thing: what is wrong.
func disputeScript() dialog.Script[objection] {
	return dialog.Script[objection]{
		Name: "dispute",
		Steps: []dialog.Step[objection]{
			dialog.Field("what", locales.DisputeAsk(), takeObjection, func(o *objection) *string { return &o.Text }),
		},
		Words: dialogWords(),
		Expires: func(_ objection, touched time.Time) time.Time {
			return touched.Add(followUp) // later a text is a question again
		},
	}
}

// dialogWords are the engine's own labels and sentences.
func dialogWords() dialog.Words {
	return dialog.Words{
		Back: locales.ButtonBack(), Cancel: locales.ButtonCancel(),
		Old: locales.ButtonOld(), Stopped: locales.CancelDone(),
	}
}

// maxObjection bounds what is kept of an objection, in bytes.
const maxObjection = 2000

func takeObjection(in chat.Input) (string, *chat.Text) {
	said, ok := in.(chat.Said)
	text := strings.TrimSpace(said.Text)
	if !ok || text == "" {
		again := locales.DisputeAsk()
		return "", &again
	}
	if len(text) > maxObjection {
		long := locales.ErrorTooLong()
		return "", &long
	}
	return text, nil
}

// tapDispute opens the conversation.
func (r *Router) tapDispute(s Scene, u chat.Update, tap chat.Tapped, q ask.Query) (Outcome, error) {
	if u.Place != chat.Private {
		return say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Text: locales.GroupPrivateOnly()}), nil
	}
	return begin(s, u, disputeScript(), objection{Query: q.Key()}) // in a new message: the answer in doubt stays readable
}

// disputed stores the objection and shows it to the administrators.
func (r *Router) disputed(s Scene, u chat.Update, o objection) (replies []chat.Reply, writes []Write, err error) {
	number, err := s.Read.NextDispute()
	if err != nil {
		return nil, nil, err
	}
	d := storage.Dispute{Number: number, Who: s.Person.Key, Query: o.Query, Lang: s.Lang, Text: o.Text, At: u.At}
	replies = append(replies, chat.Reply{To: u.Chat, Text: locales.DisputeNoted(ticketOf(d))})
	q, err := ask.ParseKey(o.Query)
	if err != nil {
		return nil, nil, fmt.Errorf("read the disputed question: %w", err)
	}
	for _, admin := range r.Admins {
		replies = append(replies, chat.Reply{
			To: chat.ChatID(admin), Lang: r.langOfAdmin(s, admin), Bulk: true,
			Text: locales.DisputeCard(queryQuestion(q), chat.Quote(o.Text), ticketOf(d)),
			Options: [][]chat.Option{
				{askOption(q)},
				{
					{Label: locales.DisputeButtonCorrected(), Data: decideData(number, storage.Corrected)},
					{Label: locales.DisputeButtonStands(), Data: decideData(number, storage.Stands)},
				},
			},
		})
	}
	return replies, []Write{openDispute{d}}, nil
}

func decideData(number uint64, how storage.DisputeOutcome) string {
	return tapDecide + ":" + strconv.FormatUint(number, 10) + ":" + string(how)
}

func ticketOf(d storage.Dispute) chat.Plain {
	return chat.Plain{Value: d.Ticket(), Proof: chat.Proof{Kind: chat.ByRecord, Ref: "dispute"}}
}

// decisionOf reads what [decideData] wrote.
func decisionOf(arg string) (number uint64, how storage.DisputeOutcome, ok bool) {
	digits, word, _ := strings.Cut(arg, ":")
	number, err := strconv.ParseUint(digits, 10, 64)
	how = storage.DisputeOutcome(word)
	return number, how, err == nil && (how == storage.Corrected || how == storage.Stands)
}

// tapDecide closes a dispute and tells the person what came of it. The first
// decision counts; the right is checked on every press.
func (r *Router) tapDecide(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	if !r.admin(u.From) {
		return say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Text: locales.AccessNone()}), nil
	}
	number, outcome, ok := decisionOf(arg)
	if !ok {
		return r.outdated(s, u, tap), nil
	}
	d, ok, err := s.Read.Dispute(number)
	if err != nil {
		return Outcome{}, err
	}
	if !ok || d.Outcome != "" {
		return r.outdated(s, u, tap), nil
	}
	told := locales.DisputeStands(ticketOf(d))
	if outcome == storage.Corrected {
		told = locales.DisputeCorrected(ticketOf(d))
	}
	out := say(s, chat.Reply{To: u.Chat, Edits: tap.Message, Text: told})
	out.Writes = []Write{closeDispute{number, outcome}}
	if id, known, err := s.Read.Whose(d.Who); err != nil {
		return Outcome{}, err
	} else if known {
		out.Replies = append(out.Replies, chat.Reply{To: chat.ChatID(id), Lang: d.Lang, Text: told, Bulk: true})
	}
	return out, nil
}

func (r *Router) admin(id chat.UserID) bool {
	for _, a := range r.Admins {
		if a == id {
			return true
		}
	}
	return false
}

// langOfAdmin is the language that an administrator chose.
func (r *Router) langOfAdmin(s Scene, id chat.UserID) chat.Lang {
	p, err := s.Read.Person(id)
	if err != nil {
		return ""
	}
	return noticeLang(p)
}
