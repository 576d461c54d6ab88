package handlers

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/ask"
)

// resumeAfter is how long a form waits for an answer as if nobody had gone away.
// A text that comes later is not taken for one; the form offers itself again.
const resumeAfter = 12 * time.Hour

// report gives an input to the open form.
func (r *Router) report(s Scene, u chat.Update) (Outcome, bool, error) {
	turnNumber := s.Session.Dialog.Turn
	at, ok := formAt(s.Session.Dialog)
	leave := func() { s.Session.Dialog = dialog.State{Turn: turnNumber} }
	if !ok {
		leave()
		return say(s), false, nil
	}
	firm, mine, err := r.ownFirm(s, at.Firm)
	if err != nil {
		return Outcome{}, false, err
	}
	f, err := r.loadForm(s, firm, at.Month, u.At)
	if err != nil {
		return Outcome{}, false, err
	}
	d, open, err := s.Read.Draft(at.Firm, at.Month)
	if err != nil {
		return Outcome{}, false, err
	}
	if !mine || !open || d.State.Script != formName {
		leave()
		if said, ok := u.In.(chat.Said); ok && mine {
			if _, question := r.understood(s, u, said.Text); !question {
				return say(s, chat.Reply{To: u.Chat, Text: locales.ReportGone(), Options: [][]chat.Option{{{Label: locales.PressMine(), Data: tapMine}}}}), true, nil
			}
		}
		tap, pressed := u.In.(chat.Tapped)
		button, ours := dialog.ParseButton(tap.Data)
		switch _, line := lineOf(button.Step); {
		case !pressed || !ours || !line && button.Step != "card" && button.Step != "products":
			return say(s), false, nil
		case !mine:
			return r.noAccess(s, u, tap), true, nil
		}
		return say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Text: locales.ReportGone()}, chat.Reply{To: u.Chat, Strip: tap.Message}), true, nil
	}
	st := adopt(s, f, d)
	if said, ok := u.In.(chat.Said); ok && !st.Aside() {
		if out, done, err := r.beforeForm(s, u, f, st, said); done || err != nil {
			return out, done, err
		}
	}
	turn, err := f.script().Advance(st, u.In, u.At)
	if err != nil {
		return Outcome{}, false, fmt.Errorf("advance a report: %w", err)
	}
	return r.afterForm(s, u, f, st, turn)
}

// beforeForm looks at a text before it counts as an answer: it may come days
// later, be a question, or name another month.
func (r *Router) beforeForm(s Scene, u chat.Update, f form, st dialog.State, said chat.Said) (Outcome, bool, error) {
	if u.At.Sub(st.Touched) >= resumeAfter {
		out, err := r.offerForm(s, u, f, st)
		if a, ok := r.understood(s, u, said.Text); ok && err == nil {
			return r.answerFirst(s, u, a, out)
		}
		return out, true, err
	}
	if strings.HasSuffix(strings.TrimSpace(said.Text), "?") {
		if a, ok := r.understood(s, u, said.Text); ok {
			out, err := r.again(s, u, f, st)
			if err != nil {
				return out, false, err
			}
			return r.answerFirst(s, u, a, out)
		}
	}
	month, named := r.saidMonth(said.Text, u.At)
	if !named || month == f.month || st.Step == stepKey(sector.FieldNote) || strings.HasSuffix(st.Step, ".why") {
		return Outcome{}, false, nil
	}
	return say(s, chat.Reply{
		To: u.Chat, Text: locales.ReportWrongMonth(monthName(f.month), monthName(month)),
		Options: [][]chat.Option{
			{{Label: locales.PressStay(monthAt(f.month)), Data: formData(f.firm.ID, f.month, actStay)}},
			{{Label: locales.PressGo(monthName(month)), Data: formData(f.firm.ID, month, "")}},
		},
	}), true, nil
}

// understood reads a text as a question about the sector.
func (r *Router) understood(s Scene, u chat.Update, text string) (ask.Answer, bool) {
	if len(sector.ReadReport(text).Sure()) > 0 { // lines of a report, though perhaps not of this one
		return ask.Answer{}, false
	}
	a := r.Mind.Asker.Ask(ask.Question{
		Text: text, Lang: ask.Lang(s.Lang), Today: u.At.In(r.Mind.Zone), Last: lastQuery(s.Session, u.At),
	})
	if refusal, refused := refusalOf(a); refused {
		switch refusal.Reason {
		case ask.OutOfScope, ask.NotRead, ask.NoQuestion:
			return a, false
		case ask.NoPeriod, ask.NoRegion, ask.NoTopic, ask.Forbidden:
		}
	}
	return a, a.Query.Key() != ""
}

// answerFirst puts the answer to a question before what the form says, which
// goes on in the language of the question.
func (r *Router) answerFirst(s Scene, u chat.Update, a ask.Answer, form Outcome) (Outcome, bool, error) {
	out, err := r.give(s, u, a, chat.Text{})
	if err != nil {
		return out, false, err
	}
	form.Session.Last, form.Session.LastAt = out.Session.Last, out.Session.LastAt
	for i := range form.Replies {
		form.Replies[i].Lang = chat.Lang(a.Lang)
	}
	form.Replies = append(out.Replies, form.Replies...)
	form.Writes = append(out.Writes, form.Writes...)
	return form, true, nil
}

// again repeats the open question.
func (r *Router) again(s Scene, u chat.Update, f form, st dialog.State) (Outcome, error) {
	turn, err := f.script().Ask(st, nil, u.At)
	if err != nil {
		return Outcome{}, fmt.Errorf("repeat a report's question: %w", err)
	}
	return r.kept(s, u, f, turn)
}

// offerForm lays a form aside that was left days ago, and offers to go on.
func (r *Router) offerForm(s Scene, u chat.Update, f form, st dialog.State) (Outcome, error) {
	turn, err := f.script().Advance(st, chat.Command{Name: "cancel"}, u.At)
	if err != nil {
		return Outcome{}, fmt.Errorf("lay a report aside: %w", err)
	}
	if turn.Fate != dialog.Paused {
		out, _, err := r.afterForm(s, u, f, st, turn)
		return out, err
	}
	for i := range turn.Replies {
		if len(turn.Replies[i].Options) > 0 {
			turn.Replies[i].Text = f.resumeText(turn.State)
		}
	}
	return r.kept(s, u, f, turn)
}

// resumeText says how far a report has come.
func (f form) resumeText(st dialog.State) chat.Text {
	done, of := f.progress(st)
	return chat.Sentences(locales.ReportResume(chat.Count(done), monthName(f.month), chat.Count(of)), f.deadline())
}

// progress counts the lines that are answered, as the form does.
func (f form) progress(st dialog.State) (done, of int) {
	script := f.script()
	d, err := script.Draft(st)
	if err != nil {
		return 0, 0
	}
	for _, step := range script.Steps {
		if step.Card || strings.Contains(step.Key, ".") || step.When != nil && !step.When(d) {
			continue
		}
		if line, ok := lineOf(step.Key); len(f.report.Marks) > 0 && (!ok || !f.report.Marked(line)) {
			continue
		}
		of++
		if _, ok := st.Answers[step.Key]; ok {
			done++
		}
	}
	return done, of
}

// afterForm acts on what a turn has led to.
func (r *Router) afterForm(s Scene, u chat.Update, f form, before dialog.State, turn dialog.Turn[answers]) (Outcome, bool, error) {
	if said, ok := u.In.(chat.Said); ok && turn.Refused {
		if a, ok := r.understood(s, u, said.Text); ok {
			out, err := r.again(s, u, f, before)
			if err != nil {
				return out, false, err
			}
			return r.answerFirst(s, u, a, out)
		}
	}
	switch turn.Fate {
	case dialog.Foreign:
		return say(s), false, nil
	case dialog.Finished:
		out, err := r.send(s, u, f, before, turn)
		return out, true, err
	case dialog.Dropped, dialog.Expired:
		out := turnOutcome(s, u, turn)
		out.Writes = append(out.Writes, dropDraft{f.firm.ID, f.month})
		if turn.Fate == dialog.Expired {
			for i := range out.Replies {
				if !out.Replies[i].Text.IsZero() {
					_, out.Replies[i].Options = r.notNow(f, u.At)
				}
			}
		}
		return out, true, nil
	case dialog.Asking, dialog.Paused:
	}
	out, err := r.kept(s, u, f, turn)
	return out, true, err
}

// send hands the report in.
func (r *Router) send(s Scene, u chat.Update, f form, before dialog.State, turn dialog.Turn[answers]) (Outcome, error) {
	if f.dates.Phase(u.At, f.zone) == sector.PhaseEarly {
		out, err := r.again(s, u, f, before)
		text := locales.ReportNotOver(f.day(f.month.Add(1).First()), monthName(f.month))
		out.Replies = append([]chat.Reply{{To: u.Chat, Text: text}}, out.Replies...)
		return out, err
	}
	d := turn.Result
	report := f.report
	if report.Receipt == "" {
		receipt, err := s.Read.NextReceipt(f.month)
		if err != nil {
			return Outcome{}, err
		}
		report = sector.Submission{Receipt: receipt, Enterprise: f.firm.ID, Month: f.month, State: sector.StateDraft}
	}
	products := f.products(d)
	sent, err := report.Send(d.Figures, products, s.Person.Key, u.At, d.Stands)
	switch {
	case errors.Is(err, sector.ErrNotAllowed): // it was decided upon meanwhile
		text, rows := r.notNow(f, u.At)
		return say(s, chat.Reply{To: u.Chat, Text: text, Options: rows}), nil
	case err != nil:
		return Outcome{}, fmt.Errorf("send a report: %w", err)
	}
	out := turnOutcome(s, u, turn)
	out.Session.Dialog.Answers = before.Answers // so that a message edited later is known for an answer
	if out.Session.Dialog.Draft = s.Session.Dialog.Draft; len(out.Session.Dialog.Draft) == 0 {
		kept, err := r.kept(s, u, f, turn)
		if err != nil {
			return Outcome{}, err
		}
		out.Session.Dialog.Draft = kept.Session.Dialog.Draft
	}
	out.Writes = append(out.Writes, saveReport{sent}, dropDraft{f.firm.ID, f.month})
	if len(f.firm.Products) == 0 && len(products) > 0 {
		out.Writes = append(out.Writes, saveProducts{f.firm.ID, products})
	}
	day := f.day(r.Mind.Calendar.AnswerBy(f.dates, sector.DateOf(u.At, f.zone)))
	text := locales.ReportReceipt(day, receiptText(sent.Receipt))
	if len(sent.Versions) > 1 {
		text = locales.ReportReceiptAgain(day, receiptText(sent.Receipt), chat.Count(len(sent.Versions)))
	}
	progress, err := r.progressText(s, f, sent)
	if err != nil {
		return Outcome{}, err
	}
	out.Replies = append(out.Replies, chat.Reply{
		To: u.Chat, Text: chat.Lines(text, progress),
		Options: [][]chat.Option{{{Label: locales.PressMine(), Data: tapMine}}},
	})
	cards, err := r.noticeReviewers(s, f.firm, sent)
	out.Replies = append(out.Replies, cards...)
	return out, err
}

// progressText says how far the year's pledge has come, with this report counted in.
func (r *Router) progressText(s Scene, f form, sent sector.Submission) (chat.Text, error) {
	pledge, err := s.Read.Pledge(f.firm.ID, f.month.Year)
	if err != nil {
		return chat.Text{}, err
	}
	target, ok := pledge.InForce()
	if !ok {
		return chat.Text{}, nil
	}
	reports, err := s.Read.Submissions(f.firm.ID)
	if err != nil {
		return chat.Text{}, err
	}
	counting := map[sector.Month]sector.Figures{}
	for _, report := range reports {
		if figures, ok := report.Counting(); ok {
			counting[report.Month] = figures
		}
	}
	if latest, ok := sent.Latest(); ok {
		counting[sent.Month] = latest.Figures
	}
	var lines []chat.Text
	for _, p := range sector.ProgressOf(target, f.month.Year, counting) {
		lines = append(lines, locales.ReportProgress(lineLabel(p.Field), shown(p.Share, chat.ByRecord), chat.Year(f.month.Year)))
	}
	return chat.Lines(lines...), nil
}

// sentAlready answers what may still be about a conversation that has just ended:
// its last button pressed again, or an answer of a report edited.
func (r *Router) sentAlready(s Scene, u chat.Update) (Outcome, bool, error) {
	again := false // the press that ended it, sent again by the app
	switch in := u.In.(type) {
	case chat.Tapped:
		again = s.Session.Dialog.Repeats(in.Data)
		if !again {
			return say(s), false, nil
		}
	case chat.Edited:
		if !answeredWith(s.Session.Dialog, in.Message) {
			return say(s), false, nil
		}
	default:
		return say(s), false, nil
	}
	at, _ := formAt(s.Session.Dialog)
	_, mine, err := r.ownFirm(s, at.Firm)
	if err != nil || !mine {
		return say(s), again, err
	}
	report, ok, err := s.Read.Submission(at.Firm, at.Month)
	if err != nil || !ok {
		return say(s), again, err
	}
	if tap, ok := u.In.(chat.Tapped); ok {
		return say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Text: locales.ReportReceiptSame(receiptText(report.Receipt))}), true, nil
	}
	return say(s, chat.Reply{
		To: u.Chat, Text: locales.ReportEditSent(receiptText(report.Receipt)), Options: fateOptions(report),
	}), true, nil
}

// answeredWith reports whether a message answered a question.
func answeredWith(st dialog.State, id chat.MessageID) bool {
	for _, by := range st.Answers {
		if by == id && id != 0 {
			return true
		}
	}
	return false
}

// formInLanguage repeats the open question in the language that was just chosen.
func (r *Router) formInLanguage(s Scene, u chat.Update, out Outcome, lang chat.Lang) (Outcome, error) {
	at, ok := formAt(s.Session.Dialog)
	if !ok || s.Session.Dialog.Script != formName {
		return out, nil
	}
	firm, mine, err := r.ownFirm(s, at.Firm)
	if err != nil || !mine {
		return out, err
	}
	f, err := r.loadForm(s, firm, at.Month, u.At)
	if err != nil {
		return out, err
	}
	d, open, err := s.Read.Draft(at.Firm, at.Month)
	if err != nil || !open {
		return out, err
	}
	again, err := r.again(s, u, f, adopt(s, f, d))
	for i := range again.Replies {
		again.Replies[i].Lang = lang
	}
	again.Replies = append(out.Replies, again.Replies...)
	again.Writes = append(out.Writes, again.Writes...)
	return again, err
}

// withDrafts puts the offer to go on with unfinished reports before everything else.
func (r *Router) withDrafts(s Scene, u chat.Update, out Outcome) (Outcome, error) {
	if u.Place != chat.Private {
		return out, nil
	}
	open, err := r.openDrafts(s, u.At)
	if err != nil {
		return out, err
	}
	var offers []chat.Reply
	for _, f := range open {
		d, _, err := s.Read.Draft(f.firm.ID, f.month)
		if err != nil {
			return out, err
		}
		offers = append(offers, chat.Reply{To: u.Chat, Text: f.resumeText(d.State), Options: [][]chat.Option{{
			{Label: locales.PressContinue(), Data: formData(f.firm.ID, f.month, ""), Style: chat.Success},
			{Label: locales.PressDeleteDraft(), Data: formData(f.firm.ID, f.month, actDrop)},
		}}})
	}
	out.Replies = append(offers, out.Replies...)
	return out, nil
}
