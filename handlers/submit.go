package handlers

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
	"maqta/storage"
)

// What a button about the form of an enterprise and month does; none opens it.
const (
	actSame    = "same" // fill what is open as in the month before
	actNothing = "nil"  // nothing was produced
	actHow     = "how"  // show how a report is written in one message
	actStay    = "stay" // not the month that was named
	actLate    = "late" // ask to add a report to a closed period
	actDrop    = "drop" // delete the draft, after asking once
	actSure    = "gone" // delete it
)

// formData is the data of a button about a form; a zero month leaves it to us.
func formData(firm sector.EnterpriseID, month sector.Month, act string) string {
	data := tapReport + ":" + strconv.FormatUint(uint64(firm), 10)
	if !month.IsZero() {
		data += ":" + month.String()
	}
	if act != "" {
		data += ":" + act
	}
	return data
}

// readFormData reads what formData wrote.
func readFormData(arg string) (firm sector.EnterpriseID, month sector.Month, act string, ok bool) {
	parts := strings.Split(arg, ":")
	n, err := strconv.ParseUint(parts[0], 10, 64)
	if err != nil || len(parts) > 3 {
		return 0, month, "", false
	}
	if len(parts) > 1 {
		if month, err = sector.ParseMonth(parts[1]); err != nil {
			return 0, month, "", false
		}
	}
	if len(parts) > 2 {
		act = parts[2]
	}
	return sector.EnterpriseID(n), month, act, true
}

// submit opens the report that is due. A month may be named behind the command.
func (r *Router) submit(s Scene, u chat.Update) (Outcome, error) {
	if u.Place != chat.Private {
		return say(s, chat.Reply{To: u.Chat, Text: locales.GroupPrivateOnly()}), nil
	}
	firms, err := r.ownFirms(s)
	if err != nil {
		return Outcome{}, err
	}
	var month sector.Month
	if in, ok := u.In.(chat.Command); ok && in.Args != "" {
		month, _ = r.saidMonth(in.Args, u.At)
	}
	switch len(firms) {
	case 0:
		return say(s, chat.Reply{To: u.Chat, Text: locales.ReportNoFirm(), Options: homeOptions()}), nil
	case 1:
		return r.openForm(s, u, firms[0], month)
	}
	var rows [][]chat.Option
	for _, firm := range firms {
		rows = append(rows, []chat.Option{{Label: locales.ReportName(chat.Quote(brief(firm.Name))), Data: formData(firm.ID, month, "")}})
	}
	return say(s, chat.Reply{To: u.Chat, Text: locales.ReportWhichFirm(), Options: rows}), nil
}

// ownFirms lists the enterprises for which the person may report.
func (r *Router) ownFirms(s Scene) ([]sector.Enterprise, error) {
	ids, err := s.Read.Posts(s.Person.Key)
	if err != nil {
		return nil, err
	}
	var firms []sector.Enterprise
	for _, id := range ids {
		firm, ok, err := r.ownFirm(s, id)
		if err != nil {
			return nil, err
		}
		if ok {
			firms = append(firms, firm)
		}
	}
	return firms, nil
}

// ownFirm returns an enterprise if the person may report for it now.
func (r *Router) ownFirm(s Scene, id sector.EnterpriseID) (sector.Enterprise, bool, error) {
	post, ok, err := s.Read.Post(id, s.Person.Key)
	if err != nil || !ok || !post.Role.May(sector.RightReport) {
		return sector.Enterprise{}, false, err
	}
	firm, ok, err := s.Read.Enterprise(id)
	if err != nil || firm.Standing == sector.StandingRefused {
		return firm, false, err
	}
	return firm, ok, nil
}

// saidMonth is the month that a text names: of those with that name the latest
// that has begun.
func (r *Router) saidMonth(text string, at time.Time) (sector.Month, bool) {
	said := sector.ReadReport(text).Months
	if len(said) != 1 {
		return sector.Month{}, false
	}
	now := sector.MonthOf(sector.DateOf(at, r.Mind.Zone))
	m := sector.Month{Year: said[0].Year, Month: said[0].Month}
	if m.Year == 0 {
		if m.Year = now.Year; now.Before(m) {
			m.Year--
		}
	}
	return m, true
}

// dueMonth is the month whose report is next: the one that is over, or of a new
// enterprise the present one.
func (r *Router) dueMonth(firm sector.Enterprise, at time.Time) sector.Month {
	now := sector.MonthOf(sector.DateOf(at, r.Mind.Zone))
	if m := now.Add(-1); !m.Before(sector.MonthOf(firm.Registered)) {
		return m
	}
	return now
}

// tapReport answers a button about a form.
func (r *Router) tapReport(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	if arg == beginAny {
		return r.submit(s, u)
	}
	id, month, act, ok := readFormData(arg)
	if !ok || u.Place != chat.Private {
		return r.outdated(s, u, tap), nil
	}
	firm, ok, err := r.ownFirm(s, id)
	if err != nil {
		return Outcome{}, err
	}
	if !ok {
		return r.noAccess(s, u, tap), nil
	}
	switch act {
	case actSame, actNothing:
		return r.fillForm(s, u, firm, month, act)
	case actHow:
		return say(s, chat.Reply{To: u.Chat, Text: chat.Lines(locales.ReportOneMessage(), r.example(r.monthOr(firm, month, u.At)))}), nil
	case actLate:
		return r.askLate(s, u, firm, month)
	case actDrop:
		return say(s, chat.Reply{To: u.Chat, Edits: tap.Message, Text: locales.ReportSure(), Options: [][]chat.Option{{
			{Label: locales.PressDeleteDraft(), Data: formData(firm.ID, month, actSure), Style: chat.Danger},
			{Label: locales.PressContinue(), Data: formData(firm.ID, month, "")},
		}}}), nil
	case actSure:
		out := say(s, chat.Reply{To: u.Chat, Edits: tap.Message, Text: locales.ReportDeleted()})
		out.Writes = []Write{dropDraft{firm.ID, month}}
		return out, nil
	}
	return r.openForm(s, u, firm, month)
}

func (r *Router) monthOr(firm sector.Enterprise, month sector.Month, at time.Time) sector.Month {
	if month.IsZero() {
		return r.dueMonth(firm, at)
	}
	return month
}

func (r *Router) example(month sector.Month) chat.Text {
	return locales.ReportOneExample(chat.Rule("45"), monthName(month), chat.Rule("12.5"), chat.Rule("11"), chat.Rule("48"))
}

// noAccess answers a press on a button of an enterprise that is none of the
// person's, or no longer is.
func (r *Router) noAccess(s Scene, u chat.Update, tap chat.Tapped) Outcome {
	out := say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Text: locales.AccessNone()})
	if tap.Message != 0 {
		out.Replies = append(out.Replies, chat.Reply{To: u.Chat, Strip: tap.Message})
	}
	return out
}

// openForm asks the first open question of a report, or says why there is none.
func (r *Router) openForm(s Scene, u chat.Update, firm sector.Enterprise, month sector.Month) (Outcome, error) {
	f, err := r.loadForm(s, firm, r.monthOr(firm, month, u.At), u.At)
	if err != nil {
		return Outcome{}, err
	}
	if text, rows := r.notNow(f, u.At); !text.IsZero() {
		return say(s, chat.Reply{To: u.Chat, Text: text, Options: rows}), nil
	}
	st, err := r.draftOf(s, f, u.At)
	if err != nil {
		return Outcome{}, err
	}
	turn, err := f.script().Ask(st, u.In, u.At)
	if err != nil {
		return Outcome{}, fmt.Errorf("open a report: %w", err)
	}
	return r.kept(s, u, f, turn)
}

// notNow says why a report cannot be filled in now, with a way on; the zero text
// when it can.
func (r *Router) notNow(f form, at time.Time) (chat.Text, [][]chat.Option) {
	today := sector.DateOf(at, f.zone)
	now := sector.MonthOf(today)
	name := monthName(f.month)
	next := func(m sector.Month) []chat.Option {
		return []chat.Option{{Label: locales.PressBeginMonth(monthName(m)), Data: formData(f.firm.ID, m, "")}}
	}
	switch f.report.State {
	case sector.StateAccepted, sector.StateSent:
		rows := [][]chat.Option{{{Label: locales.PressShow(), Data: tapShow + ":" + string(f.report.Receipt)}}}
		text := locales.ReportAlreadySent(name, receiptText(f.report.Receipt))
		if f.report.State == sector.StateAccepted {
			text = locales.ReportAlreadyAccepted(chat.On(f.report.DecidedAt.In(f.zone)), name, receiptText(f.report.Receipt))
			rows = append(rows, []chat.Option{{Label: locales.PressCorrect(), Data: tapCorrect + ":" + string(f.report.Receipt)}})
		}
		if f.month.Before(now) {
			rows = append(rows, next(f.month.Add(1)))
		}
		return text, rows
	case sector.StateReturned:
		return chat.Text{}, nil
	case sector.StateDraft, sector.StateWithdrawn:
	}
	switch phase := f.dates.Phase(at, f.zone); {
	case now.Before(f.month):
		return locales.ReportFuture(name), [][]chat.Option{next(now)}
	case f.month.Before(sector.MonthOf(f.firm.Registered)):
		first := sector.MonthOf(f.firm.Registered)
		return locales.ReportNotYet(monthName(first)), [][]chat.Option{next(first)}
	case phase == sector.PhaseClosed && !f.allowed:
		return locales.ReportClosed(name), [][]chat.Option{
			{{Label: locales.PressAdd(), Data: formData(f.firm.ID, f.month, actLate)}}, next(now),
		}
	}
	return chat.Text{}, nil
}

// draftOf returns the enterprise's draft for this person to go on with, or a new one.
func (r *Router) draftOf(s Scene, f form, at time.Time) (dialog.State, error) {
	d, ok, err := s.Read.Draft(f.firm.ID, f.month)
	if err != nil {
		return dialog.State{}, err
	}
	if ok && d.State.Script == formName {
		return adopt(s, f, d), nil
	}
	var begun answers
	if latest, sent := f.report.Latest(); sent {
		begun.Figures, begun.Stands = latest.Figures, latest.Stands
	}
	st, err := f.script().Begin(s.Session.Dialog, begun, at)
	if err != nil {
		return st, fmt.Errorf("begin a report: %w", err)
	}
	if _, sent := f.report.Latest(); sent {
		f.prefill(&st)
	}
	return st, nil
}

// prefill takes all lines for answered, but those that were returned; only these
// may then be changed.
func (f form) prefill(st *dialog.State) {
	st.Answers = map[string]chat.MessageID{}
	for _, step := range f.script().Steps {
		if line, ok := lineOf(step.Key); !step.Card && !strings.HasSuffix(step.Key, ".clash") && (!ok || !f.report.Marked(line)) {
			st.Answers[step.Key] = 0
		}
	}
	for _, m := range f.report.Marks {
		st.Only = append(st.Only, stepKey(m.Field))
	}
	if len(st.Only) > 0 {
		st.Only = append(st.Only, stepKey(sector.FieldLocals)+".clash")
	}
}

// adopt readies a draft for the person who goes on with it. What belongs to
// another chat, messages and buttons, is left behind.
func adopt(s Scene, f form, d storage.Draft) dialog.State {
	st := d.State
	if d.By != s.Person.Key {
		st.Prompt, st.Message, st.Tried, st.Last = "", 0, 0, ""
		fresh := make(map[string]chat.MessageID, len(st.Answers))
		for key := range st.Answers {
			fresh[key] = 0
		}
		st.Answers = fresh
	}
	if at, ok := formAt(s.Session.Dialog); !ok || at.Firm != f.firm.ID || at.Month != f.month {
		st.Turn = max(st.Turn, s.Session.Dialog.Turn)
	}
	return st
}

// formPlace is what a session keeps of a report: where it is. The report itself
// is the enterprise's.
type formPlace struct {
	Firm  sector.EnterpriseID `json:"firm"`
	Month sector.Month        `json:"month"`
}

// formAt returns the report at which a session stands, or stood last.
func formAt(st dialog.State) (formPlace, bool) {
	var p formPlace
	if st.Script != formName && !st.Idle() || len(st.Draft) == 0 || json.Unmarshal(st.Draft, &p) != nil {
		return p, false
	}
	return p, p.Firm != 0
}

// kept is the outcome of a turn after which the form stays open.
func (r *Router) kept(s Scene, u chat.Update, f form, turn dialog.Turn[answers]) (Outcome, error) {
	if open := s.Session.Dialog; open.Script == registerName { // laid aside, as in begin
		open.View = dialog.Aside
		s.Session.Held = open
	}
	out := turnOutcome(s, u, turn)
	place, err := json.Marshal(formPlace{f.firm.ID, f.month})
	if err != nil {
		return out, fmt.Errorf("encode where a report is: %w", err)
	}
	out.Session.Dialog = dialog.State{Script: formName, Draft: place, Turn: turn.State.Turn}
	out.Writes = append(out.Writes, saveDraft{f.firm.ID, f.month, storage.Draft{State: turn.State, By: s.Person.Key, Touched: u.At}})
	return out, nil
}

// fillForm answers all lines that are still open at one press.
func (r *Router) fillForm(s Scene, u chat.Update, firm sector.Enterprise, month sector.Month, act string) (Outcome, error) {
	f, err := r.loadForm(s, firm, r.monthOr(firm, month, u.At), u.At)
	if err != nil {
		return Outcome{}, err
	}
	if text, _ := r.notNow(f, u.At); !text.IsZero() || f.report.State == sector.StateReturned {
		return r.openForm(s, u, firm, f.month)
	}
	st, err := r.draftOf(s, f, u.At)
	if err != nil {
		return Outcome{}, err
	}
	d, err := f.script().Draft(st)
	if err != nil {
		return Outcome{}, fmt.Errorf("fill a report: %w", err)
	}
	filled := f.last.Copied()
	if act == actNothing {
		filled = sector.Figures{}
		for _, line := range sector.Lines(f.products(d)) {
			if line.Amount() == sector.AmountMoney || line.Amount() == sector.AmountQuantity {
				filled = filled.With(line, sector.NoAmount(sector.Zero))
			}
		}
	}
	d.Heard = nil
	now := map[string]chat.MessageID{}
	for key, by := range st.Answers {
		now[key] = by
	}
	for _, line := range sector.Lines(f.products(d)) {
		if v := filled.Get(line); v.Answered() && !d.Figures.Get(line).Answered() {
			d.Figures = d.Figures.With(line, v)
			now[stepKey(line)] = 0
			d.Heard = append(d.Heard, line)
		}
	}
	if st.Draft, err = json.Marshal(d); err != nil {
		return Outcome{}, fmt.Errorf("fill a report: %w", err)
	}
	st.Answers, st.Step = now, ""
	turn, err := f.script().Ask(st, u.In, u.At)
	if err != nil {
		return Outcome{}, fmt.Errorf("fill a report: %w", err)
	}
	return r.kept(s, u, f, turn)
}

func receiptText(receipt sector.Receipt) chat.Plain {
	return chat.Plain{Value: string(receipt), Proof: chat.Proof{Kind: chat.ByRecord, Ref: "report"}}
}

// openDrafts lists the unfinished reports of the person's enterprises.
func (r *Router) openDrafts(s Scene, at time.Time) ([]form, error) {
	firms, err := r.ownFirms(s)
	if err != nil {
		return nil, err
	}
	now := sector.MonthOf(sector.DateOf(at, r.Mind.Zone))
	var open []form
	for _, firm := range firms {
		for _, m := range []sector.Month{now.Add(-1), now} {
			d, ok, err := s.Read.Draft(firm.ID, m)
			if err != nil {
				return nil, err
			}
			if !ok || len(d.State.Answers) == 0 {
				continue
			}
			f, err := r.loadForm(s, firm, m, at)
			if err != nil {
				return nil, err
			}
			if text, _ := r.notNow(f, at); text.IsZero() {
				open = append(open, f)
			}
		}
	}
	return slices.Clip(open), nil
}

// The first parts of the data of buttons about reports.
const (
	tapReport   = "sub" // sub:<enterprise>[:<month>[:<act>]]
	tapMine     = "my"  // the list of reports
	tapShow     = "rs"  // rs:<receipt>: open one's own
	tapMend     = "rf"  // rf:<receipt>: fix what was returned
	tapWithdraw = "rw"  // rw:<receipt>[:sure]
	tapCorrect  = "rc"  // rc:<receipt>: ask to correct
	tapOpen     = "ro"  // ro:<receipt>: an official opens it
	tapAccept   = "ra"  // ra:<receipt>:<version>
	tapReturn   = "rr"  // rr:<receipt>:<version>
	tapGrant    = "rq"  // rq:<request>:<decision>
)
