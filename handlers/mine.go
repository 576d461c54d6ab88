package handlers

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
	"maqta/storage"
)

// mineShown is how many reports of one enterprise are listed, the newest first.
const mineShown = 12

// mine lists the reports of the person's enterprises.
func (r *Router) mine(s Scene, u chat.Update) (Outcome, error) {
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
	blocks := []chat.Text{locales.FateHead()}
	var buttons, trends []chat.Option
	for _, firm := range firms {
		reports, err := s.Read.Submissions(firm.ID)
		if err != nil {
			return Outcome{}, err
		}
		lines := []chat.Text{locales.FateFirm(chat.Quote(firm.Name))}
		if len(ownMonths(reports)) > 0 {
			label := locales.TrendPress()
			if len(firms) > 1 {
				label = locales.TrendPressOf(chat.Quote(brief(firm.Name)))
			}
			trends = append(trends, chat.Option{Label: label, Data: tapTrend + ":" + firmID(firm)})
		}
		slices.Reverse(reports)
		for _, report := range reports[:min(len(reports), mineShown)] {
			day := chat.On(report.Month.First().In(r.Mind.Zone))
			lines = append(lines, locales.FateLine(day, receiptText(report.Receipt), standingText(report.State)))
			buttons = append(buttons, chat.Option{Label: locales.FateMonth(day), Data: tapShow + ":" + string(report.Receipt)})
		}
		if len(reports) == 0 {
			lines = append(lines, locales.FateNothing())
		}
		blocks = append(blocks, chat.Lines(lines...))
	}
	drafts, err := r.openDrafts(s, u.At)
	if err != nil {
		return Outcome{}, err
	}
	rows := append(dialog.Rows(2, buttons...), dialog.Rows(1, trends...)...)
	for _, f := range drafts {
		d, _, err := s.Read.Draft(f.firm.ID, f.month)
		if err != nil {
			return Outcome{}, err
		}
		blocks = append(blocks, f.resumeText(d.State))
		rows = append([][]chat.Option{{{Label: locales.PressContinue(), Data: formData(f.firm.ID, f.month, "")}}}, rows...)
	}
	if len(drafts) == 0 {
		rows = append(rows, []chat.Option{{Label: locales.PressBegin(), Data: tapReport + ":" + beginAny}})
	}
	return say(s, chat.Reply{To: u.Chat, Text: chat.Paragraphs(blocks...), Options: rows}), nil
}

// beginAny stands for an enterprise that is still to be chosen.
const beginAny = "any"

func standingText(state sector.State) chat.Text { return locales.StandingLabel(string(state)) }

// ownReport returns a report of one of the person's enterprises.
func (r *Router) ownReport(s Scene, receipt string, at time.Time) (form, bool, error) {
	report, ok, err := s.Read.SubmissionOf(sector.Receipt(receipt))
	if err != nil || !ok {
		return form{}, false, err
	}
	firm, ok, err := r.ownFirm(s, report.Enterprise)
	if err != nil || !ok {
		return form{}, false, err
	}
	f, err := r.loadForm(s, firm, report.Month, at)
	return f, err == nil, err
}

// onReport looks up the report that a button of its owner names.
func (r *Router) onReport(h func(Scene, chat.Update, chat.Tapped, form, string) (Outcome, error)) tapper {
	return func(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
		receipt, act, _ := strings.Cut(arg, ":")
		f, ok, err := r.ownReport(s, receipt, u.At)
		if err != nil {
			return Outcome{}, err
		}
		if !ok || u.Place != chat.Private {
			return r.noAccess(s, u, tap), nil
		}
		return h(s, u, tap, f, act)
	}
}

// tapShow opens a report for its owner.
func (r *Router) tapShow(s Scene, u chat.Update, _ chat.Tapped, f form, _ string) (Outcome, error) {
	return say(s, chat.Reply{To: u.Chat, Text: f.sheet(), Options: fateOptions(f.report)}), nil
}

// sheet shows a report as it was sent, with what has become of it.
func (f form) sheet() chat.Text {
	latest, _ := f.report.Latest()
	head := chat.Lines(
		locales.ReportFirmHead(monthName(f.month), chat.Quote(f.firm.Name)),
		locales.FateTitle(receiptText(f.report.Receipt), standingText(f.report.State), chat.Count(latest.Number)))
	marks := make([]chat.Text, 0, len(f.report.Marks))
	for _, m := range f.report.Marks {
		marks = append(marks, locales.FateMark(rowLabel(m.Field), groundsText(m.Reason)))
	}
	return chat.Paragraphs(head, f.lines(latest.Figures, productsOf(f.firm, latest.Figures), latest.Stands), chat.Lines(marks...))
}

// productsOf are the products of an enterprise, or those that a report has.
func productsOf(firm sector.Enterprise, figures sector.Figures) []sector.Product {
	if made := figures.ProductsOf(); len(made) > 0 {
		return made
	}
	return firm.Products
}

// fateOptions are what an owner can do about a report in its state.
func fateOptions(report sector.Submission) [][]chat.Option {
	of := func(tap string) string { return tap + ":" + string(report.Receipt) }
	var row []chat.Option
	switch report.State {
	case sector.StateReturned:
		row = append(row, chat.Option{Label: locales.PressFixNow(), Data: of(tapMend), Style: chat.Success})
	case sector.StateAccepted:
		row = append(row, chat.Option{Label: locales.PressCorrect(), Data: of(tapCorrect)})
	case sector.StateWithdrawn:
		row = append(row, chat.Option{Label: locales.PressContinue(), Data: formData(report.Enterprise, report.Month, "")})
	case sector.StateSent, sector.StateDraft:
	}
	if _, can := report.State.After(sector.ActWithdraw); can && report.Accepted == 0 {
		row = append(row, chat.Option{Label: locales.PressWithdraw(), Data: of(tapWithdraw)})
	}
	return [][]chat.Option{append(row, chat.Option{Label: locales.PressMine(), Data: tapMine})}
}

// tapMineList shows the list from a button.
func (r *Router) tapMineList(s Scene, u chat.Update, _ chat.Tapped, _ string) (Outcome, error) {
	return r.mine(s, u)
}

// tapMend asks exactly what was returned.
func (r *Router) tapMend(s Scene, u chat.Update, tap chat.Tapped, f form, _ string) (Outcome, error) {
	if f.report.State != sector.StateReturned {
		return r.decidedAlready(s, u, tap, f.report), nil
	}
	return r.openForm(s, u, f.firm, f.month)
}

// decidedAlready answers a button that the report's state does not allow any more.
func (r *Router) decidedAlready(s Scene, u chat.Update, tap chat.Tapped, report sector.Submission) Outcome {
	out := say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Text: locales.FateDecided(receiptText(report.Receipt), standingText(report.State))})
	if tap.Message != 0 {
		out.Replies = append(out.Replies, chat.Reply{To: u.Chat, Strip: tap.Message})
	}
	return out
}

// tapWithdraw takes a report back, after asking once.
func (r *Router) tapWithdraw(s Scene, u chat.Update, tap chat.Tapped, f form, act string) (Outcome, error) {
	withdrawn, err := f.report.Withdraw(u.At)
	switch {
	case errors.Is(err, sector.ErrNotAllowed): // accepted, or withdrawn already
		return r.decidedAlready(s, u, tap, f.report), nil
	case err != nil:
		return Outcome{}, fmt.Errorf("withdraw a report: %w", err)
	}
	receipt := receiptText(f.report.Receipt)
	if act != optSure {
		return say(s, chat.Reply{
			To: u.Chat, Edits: tap.Message, Text: locales.FateWithdrawSure(receipt),
			Options: [][]chat.Option{{
				{Label: locales.PressWithdraw(), Data: tapWithdraw + ":" + string(f.report.Receipt) + ":" + optSure, Style: chat.Danger},
				{Label: locales.ButtonBack(), Data: tapShow + ":" + string(f.report.Receipt)},
			}},
		}), nil
	}
	out := say(s, chat.Reply{
		To: u.Chat, Edits: tap.Message, Text: locales.FateWithdrawn(receipt), Options: fateOptions(withdrawn),
	})
	out.Writes = []Write{saveReport{withdrawn}, dropDraft{f.firm.ID, f.month}}
	return out, nil
}

// wish is what an owner asks an official for.
type wish struct {
	Firm    sector.EnterpriseID `json:"firm"`
	Month   sector.Month        `json:"month"`
	Receipt sector.Receipt      `json:"receipt,omitempty"` // of an accepted report; "" to add a late one
	Lines   []sector.Field      `json:"lines,omitempty"`
	Reason  string              `json:"reason,omitempty"`
}

// wishScript asks which lines are meant, where there is a report, and why.
func wishScript(products []sector.Product) dialog.Script[wish] {
	which := dialog.Step[wish]{
		Key: "lines", When: func(w wish) bool { return w.Receipt != "" },
		Ask: func(w wish) chat.Reply {
			var options []chat.Option
			for _, line := range sector.Lines(products) {
				label := rowLabel(line)
				if slices.Contains(w.Lines, line) {
					label = locales.ReportTicked(label)
				}
				options = append(options, chat.Option{Label: label, Data: stepKey(line)})
			}
			rows := dialog.Rows(2, options...)
			if len(w.Lines) > 0 {
				rows = append(rows, []chat.Option{{Label: locales.PressDone(), Data: "done", Style: chat.Success}})
			}
			return chat.Reply{Text: locales.FateCorrectWhich(), Options: rows}
		},
		Take: func(w *wish, in chat.Input) *chat.Text {
			tap, ok := in.(chat.Tapped)
			line, known := lineOf(tap.Data)
			switch {
			case !ok:
				again := locales.FateCorrectWhich()
				return &again
			case tap.Data == "done" && len(w.Lines) > 0:
				return nil
			case !known:
			case slices.Contains(w.Lines, line):
				w.Lines = slices.DeleteFunc(w.Lines, func(l sector.Field) bool { return l == line })
			default:
				w.Lines = append(w.Lines, line)
			}
			return dialog.Again()
		},
	}
	why := dialog.Step[wish]{
		Key: "reason",
		Ask: func(wish) chat.Reply { return chat.Reply{Text: locales.ReportWhyType()} },
		Take: func(w *wish, in chat.Input) (wrong *chat.Text) {
			said, _ := in.(chat.Said)
			w.Reason, wrong = reasonIn(said.Text)
			return wrong
		},
	}
	return dialog.Script[wish]{
		Name: "wish", Steps: []dialog.Step[wish]{which, why}, Words: dialogWords(),
		Expires: func(_ wish, touched time.Time) time.Time { return touched.Add(resumeAfter) },
	}
}

// tapCorrect asks for leave to correct an accepted report.
func (r *Router) tapCorrect(s Scene, u chat.Update, tap chat.Tapped, f form, _ string) (Outcome, error) {
	if f.report.State != sector.StateAccepted {
		return r.decidedAlready(s, u, tap, f.report), nil
	}
	return r.askWish(s, u, wish{Firm: f.firm.ID, Month: f.month, Receipt: f.report.Receipt})
}

// askLate asks for leave to add a report to a closed period.
func (r *Router) askLate(s Scene, u chat.Update, firm sector.Enterprise, month sector.Month) (Outcome, error) {
	return r.askWish(s, u, wish{Firm: firm.ID, Month: month})
}

func (r *Router) askWish(s Scene, u chat.Update, w wish) (Outcome, error) {
	script, err := r.wishScriptOf(s, w)
	if err != nil {
		return Outcome{}, err
	}
	return begin(s, u, script, w)
}

func (r *Router) wishScriptOf(s Scene, w wish) (dialog.Script[wish], error) {
	report, _, err := s.Read.Submission(w.Firm, w.Month)
	if err != nil {
		return dialog.Script[wish]{}, err
	}
	latest, _ := report.Latest()
	return wishScript(latest.Figures.ProductsOf()), nil
}

// wishing takes one turn of asking for something.
func (r *Router) wishing(s Scene, u chat.Update) (Outcome, bool, error) {
	w, err := wishScript(nil).Draft(s.Session.Dialog)
	if err != nil {
		return Outcome{}, false, fmt.Errorf("read a request: %w", err)
	}
	script, err := r.wishScriptOf(s, w)
	if err != nil {
		return Outcome{}, false, err
	}
	return advance(s, u, script, r.wished)
}

// requestAllowed and requestRefused are the decisions on a request.
const (
	requestAllowed = "allowed"
	requestRefused = "refused"
)

// wishOf reads what a request is about; ok is false when it is about no report.
func wishOf(q storage.Request) (w wish, ok bool) {
	if q.Kind != storage.RequestLate && q.Kind != storage.RequestCorrection {
		return w, false
	}
	err := json.Unmarshal(q.Change, &w)
	return w, err == nil
}

// lateMonth is the month that a request to add a report is about.
func lateMonth(q storage.Request) sector.Month {
	w, _ := wishOf(q)
	return w.Month
}

// wished stores the request and shows it to those who decide.
func (r *Router) wished(s Scene, u chat.Update, w wish) (replies []chat.Reply, writes []Write, err error) {
	firm, ok, err := r.ownFirm(s, w.Firm)
	if err != nil {
		return nil, nil, err
	}
	if !ok {
		return []chat.Reply{{To: u.Chat, Text: locales.AccessNone()}}, nil, nil
	}
	number, err := s.Read.NextRequest()
	if err != nil {
		return nil, nil, err
	}
	q := storage.Request{Number: number, Kind: storage.RequestLate, Enterprise: w.Firm, By: s.Person.Key, At: u.At, Reason: w.Reason}
	if w.Receipt != "" {
		q.Kind = storage.RequestCorrection
	}
	if q.Change, err = json.Marshal(w); err != nil {
		return nil, nil, fmt.Errorf("encode a request: %w", err)
	}
	replies = append(replies, chat.Reply{
		To: u.Chat, Text: locales.ReportRequested(), Options: [][]chat.Option{{{Label: locales.PressMine(), Data: tapMine}}},
	})
	cards, err := r.requestCards(s, firm, q, w)
	return append(replies, cards...), []Write{addRequest{q}}, err
}
