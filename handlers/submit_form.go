package handlers

import (
	"slices"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
	"maqta/storage"
)

// formName names the conversation of the monthly report.
const formName = "submit"

// answers are what the form has been told so far. They are kept with the
// enterprise, not with the person who began.
type answers struct {
	Figures  sector.Figures           `json:"figures,omitzero"`
	Products []sector.Product         `json:"products,omitempty"` // chosen in the first report
	Pending  map[sector.Field]pending `json:"pending,omitempty"`  // amounts that wait for a choice
	Sure     map[sector.Field]bool    `json:"sure,omitempty"`     // unusual and said to be right; the reason is still to come
	Typing   sector.Field             `json:"typing,omitempty"`   // whose reason is about to be typed
	Stating  sector.Field             `json:"stating,omitempty"`  // the returned line of which it is about to be said why it is right
	Heard    []sector.Field           `json:"heard,omitempty"`    // what was answered last, to be read back
	Was      map[sector.Field]string  `json:"was,omitempty"`      // of these: the value before, as sector.Value writes it
	Hint     *int                     `json:"hint,omitempty"`     // the power of ten meant by the last bare number

	Stands map[sector.Field]string `json:"stands,omitempty"` // of returned lines: why they are right as they are
}

// pending is an amount that can be read in several ways.
type pending struct {
	Got      string        `json:"got"`
	Readings []sector.Read `json:"readings"`
	Unit     bool          `json:"unit,omitempty"` // the doubt is between tenge, thousands and millions
}

// form is all that the report of one enterprise for one month is filled in with.
// It is read anew in every turn, so it cannot be out of date.
type form struct {
	firm    sector.Enterprise
	month   sector.Month
	dates   sector.Deadlines
	zone    *time.Location
	at      time.Time
	report  sector.Submission // as sent before, zero when it was not
	last    sector.Figures    // of the month before, zero when there is no report
	history map[sector.Field][]sector.Decimal
	past    memory
	first   bool // the enterprise has never reported
	allowed bool // an official has opened the closed period
}

// historyKept is how many months an amount is compared with.
const historyKept = 12

func (r *Router) loadForm(s Scene, firm sector.Enterprise, month sector.Month, at time.Time) (form, error) {
	f := form{
		firm: firm, month: month, dates: r.Mind.Calendar.Deadlines(month), zone: r.Mind.Zone, at: at,
		history: map[sector.Field][]sector.Decimal{}, past: memory{}, first: true,
	}
	reports, err := s.Read.Submissions(firm.ID)
	if err != nil {
		return f, err
	}
	for _, report := range slices.Backward(reports) {
		latest, sent := report.Latest()
		switch {
		case report.Month == month:
			f.report = report
			continue
		case !sent || report.State == sector.StateWithdrawn || !report.Month.Before(month):
			continue
		}
		f.first = false
		if report.Month == month.Add(-1) {
			f.last = latest.Figures
		}
		f.past.keep(report.Month, latest.Figures)
		if report.Month.Before(month.Add(-historyKept)) {
			continue
		}
		for _, line := range sector.Lines(sector.Products()) {
			if amount, ok := latest.Figures.Get(line).Amount(); ok && !amount.IsZero() {
				f.history[line] = append(f.history[line], amount)
			}
		}
	}
	requests, err := s.Read.RequestsOf(firm.ID)
	if err != nil {
		return f, err
	}
	f.allowed = slices.ContainsFunc(requests, func(q storage.Request) bool {
		return q.Kind == storage.RequestLate && q.Decision == requestAllowed && lateMonth(q) == month
	})
	return f, nil
}

// script is the form. Its lines are fixed; which of them are asked depends on
// what the enterprise makes.
func (f form) script() dialog.Script[answers] {
	steps := []dialog.Step[answers]{f.productStep()}
	for _, line := range sector.Lines(sector.Products()) {
		if line == sector.FieldNote {
			steps = append(steps, f.noteStep())
			continue
		}
		steps = append(steps, f.lineStep(line), f.unitStep(line), f.whyStep(line))
		if line == sector.FieldLocals {
			steps = append(steps, f.clashStep())
		}
	}
	return dialog.Script[answers]{
		Name:  formName,
		Steps: append(steps, dialog.Confirm("card", f.card)),
		Words: dialog.Words{
			Back: locales.ButtonBack(), Skip: locales.PressSkip(), Cancel: locales.PressLater(), Send: locales.PressSend(),
			Continue: locales.PressContinue(), Delete: locales.PressDeleteDraft(),
			Old: locales.ButtonOld(), Stopped: locales.ReportDeleted(), Added: locales.ReportAdded(), Sure: locales.ReportSure(),
			Expired: locales.ReportClosed(monthName(f.month)),
			Paused: func(done, of int) chat.Text {
				return locales.ReportPaused(chat.Count(done), chat.Count(of))
			},
		},
		Keep: true, Spread: true, Hear: f.hear,
		Expires: func(answers, time.Time) time.Time {
			if f.allowed || len(f.report.Marks) > 0 {
				return time.Time{}
			}
			return f.dates.Late.AddDays(1).In(f.zone)
		},
	}
}

// products are what the enterprise makes, as known or as just chosen. A returned
// report keeps those with which it was sent: only its marked lines may change.
func (f form) products(d answers) []sector.Product {
	if latest, sent := f.report.Latest(); sent && f.report.State == sector.StateReturned {
		return productsOf(f.firm, latest.Figures)
	}
	if len(f.firm.Products) > 0 {
		return f.firm.Products
	}
	return d.Products
}

// stepKey names the step of a line for ever.
func stepKey(line sector.Field) string {
	if p, ok := line.Product(); ok {
		return "p-" + string(p)
	}
	return string(line)
}

// lineOf is the reverse of stepKey; follow-ups lead to their line.
func lineOf(key string) (sector.Field, bool) {
	key, _, _ = strings.Cut(key, ".")
	line := sector.Field(key)
	if p, ok := strings.CutPrefix(key, "p-"); ok {
		line = sector.ProductField(sector.Product(p))
	}
	return line, line.Known()
}

func (f form) asked(line sector.Field) func(answers) bool {
	p, isProduct := line.Product()
	return func(d answers) bool { return !isProduct || slices.Contains(f.products(d), p) }
}

// place tells which of how many questions a line is.
func (f form) place(d answers, line sector.Field) (at, of int) {
	lines := sector.Lines(f.products(d))
	if len(f.report.Marks) > 0 {
		lines = slices.DeleteFunc(lines, func(l sector.Field) bool { return !f.report.Marked(l) })
	}
	at, of = slices.Index(lines, line)+1, len(lines)
	if len(f.firm.Products) == 0 && len(f.report.Marks) == 0 {
		at, of = at+1, of+1
	}
	return at, of
}

func (f form) productStep() dialog.Step[answers] {
	ask := func(d answers) chat.Reply {
		options := make([]chat.Option, 0, len(sector.Products()))
		for _, p := range sector.Products() {
			label := rowLabel(sector.ProductField(p))
			if slices.Contains(d.Products, p) {
				label = locales.ReportTicked(label)
			}
			options = append(options, chat.Option{Label: label, Data: string(p)})
		}
		rows := dialog.Rows(2, options...)
		rows = append(rows, []chat.Option{
			{Label: locales.PressDone(), Data: "done", Style: chat.Success}, {Label: locales.PressNoProducts(), Data: "none"},
		})
		return chat.Reply{Text: chat.Paragraphs(f.heading(), locales.ReportProducts()), Options: rows}
	}
	take := func(d *answers, in chat.Input) *chat.Text {
		tap, _ := in.(chat.Tapped)
		p := sector.Product(tap.Data)
		switch {
		case tap.Data == "none":
			d.Products = nil
			return nil
		case tap.Data == "done" && len(d.Products) > 0:
			return nil
		case !p.Known():
			wrong := locales.ReportProductsNone()
			return &wrong
		case slices.Contains(d.Products, p):
			d.Products = slices.DeleteFunc(d.Products, func(q sector.Product) bool { return q == p })
		default:
			chosen := append(d.Products, p)
			d.Products = slices.DeleteFunc(sector.Products(), func(q sector.Product) bool { return !slices.Contains(chosen, q) })
		}
		return dialog.Again()
	}
	return dialog.Step[answers]{
		Key: "products", Ask: ask, Take: take, When: func(answers) bool { return len(f.firm.Products) == 0 },
	}
}

// heading stands above the first question: which report, by when, and what it is not.
func (f form) heading() chat.Text {
	var caution chat.Text
	if f.first {
		caution = locales.ReportNotState()
	}
	return chat.Lines(chat.Sentences(locales.ReportFirmHead(monthName(f.month), chat.Quote(f.firm.Name)), f.deadline()), caution)
}

// deadline is the one sentence about the due date that prompt, card and reminder
// have in common. What was sent once, or let in late, is under no deadline.
func (f form) deadline() chat.Text {
	if f.report.State == sector.StateReturned {
		return chat.Text{}
	}
	switch f.dates.Phase(f.at, f.zone) {
	case sector.PhaseLate:
		return locales.ReportLate(f.day(f.dates.Due), f.day(f.dates.Late))
	case sector.PhaseEarly, sector.PhaseOpen:
		return locales.ReportDue(f.day(f.dates.Due))
	case sector.PhaseClosed:
	}
	return chat.Text{}
}

func (f form) day(d sector.Date) chat.Day { return chat.On(d.In(f.zone)) }

// lineStep asks for one line.
func (f form) lineStep(line sector.Field) dialog.Step[answers] {
	step := dialog.Step[answers]{
		Key: stepKey(line), When: f.asked(line),
		Ask:  func(d answers) chat.Reply { return chat.Reply{Text: f.question(d, line), Options: f.choices(d, line)} },
		Take: func(d *answers, in chat.Input) *chat.Text { return f.take(d, line, in) },
	}
	return step.Line(rowLabel(line), nil)
}

// question reads back what was answered last and asks for the line, with last
// month's amount beside it.
func (f form) question(d answers, line sector.Field) chat.Text {
	at, of := f.place(d, line)
	ask := locales.ReportPlace(chat.Count(at), chat.Count(of), locales.RowAsk(lineKey(line)))
	above := f.readBack(d, line)
	if above.IsZero() && at == 1 {
		above = f.heading()
	}
	if d.Stating == line {
		ask = locales.FateStandsAsk()
	}
	var beside []chat.Text
	if reason, ok := f.returned(line); ok {
		said := locales.FateReviewer(reason)
		if f.report.Accepted > 0 { // opened at the owner's own wish
			said = locales.FateReason(reason)
		}
		beside = append(beside, said, locales.FateNow(f.value(d, line)))
	} else if was := f.last.Get(line); was.Answered() {
		beside = append(beside, locales.ReportLast(monthAt(f.month.Add(-1)), brieflyValue(line, was)))
	}
	return chat.Lines(above, chat.Sentences(ask, chat.Sentences(beside...)), f.yearAgo(d, line))
}

func (f form) value(d answers, line sector.Field) chat.Text {
	if line == sector.FieldNote {
		if d.Figures.Note == "" {
			return locales.ReportNone()
		}
		return locales.ReportWords(chat.Quote(d.Figures.Note))
	}
	return valueText(line, d.Figures.Get(line), chat.BySpeaker)
}

// readBack says in digits and words what was understood last, and what it was
// before if it was something else. The card, open being "", shows the lines itself.
func (f form) readBack(d answers, open sector.Field) chat.Text {
	var lines []chat.Text
	for _, line := range d.Heard {
		now := d.Figures.Get(line)
		was, err := sector.ParseValue(d.Was[line])
		switch {
		case line == open || !now.Answered():
		case err == nil && was.Answered() && was != now:
			lines = append(lines, locales.ReportChanged(brieflyValue(line, was), rowLabel(line), brieflyValue(line, now)))
		case open != "":
			lines = append(lines, locales.ReportReadback(rowLabel(line), f.value(d, line)))
		}
	}
	return chat.Lines(lines...)
}

// returned gives the reason for which a reviewer marked a line.
func (f form) returned(line sector.Field) (reason chat.Text, ok bool) {
	for _, m := range f.report.Marks {
		if m.Field == line {
			return groundsText(m.Reason), true
		}
	}
	return chat.Text{}, false
}

// The options of a line's question.
const (
	optSame  = "same"
	optSure  = "sure"
	optOther = "other"
)

func (f form) choices(d answers, line sector.Field) [][]chat.Option {
	if d.Stating == line {
		return nil
	}
	var rows [][]chat.Option
	if _, ok := f.returned(line); ok {
		rows = append(rows, []chat.Option{{Label: locales.PressRight(), Data: optSure}})
	} else if was := f.last.Get(line); was.Answered() && was.Kind() != sector.NotKnown {
		rows = append(rows, []chat.Option{{Label: locales.MonthlySame(monthKey(f.month.Add(-1))), Data: optSame}})
	}
	rows = append(rows,
		[]chat.Option{{Label: locales.PressZero(), Data: string(sector.Zero)}, {Label: locales.PressNotApplicable(), Data: string(sector.NotApplicable)}},
		[]chat.Option{{Label: locales.PressNotKnown(), Data: string(sector.NotKnown)}})
	if line == sector.FieldOutput && len(f.report.Marks) == 0 && !d.Figures.Output.Answered() {
		rows = append(rows, f.shortcuts()...)
	}
	return rows
}

// shortcuts stand under the first question only.
func (f form) shortcuts() [][]chat.Option {
	var row []chat.Option
	if f.last.Output.Answered() {
		row = append(row, dialog.Elsewhere(locales.MonthlyAll(monthKey(f.month.Add(-1))), formData(f.firm.ID, f.month, actSame)))
	}
	row = append(row, dialog.Elsewhere(locales.PressNothing(), formData(f.firm.ID, f.month, actNothing)))
	return [][]chat.Option{row, {dialog.Elsewhere(locales.PressOneMessage(), formData(f.firm.ID, f.month, actHow))}}
}

func (f form) noteStep() dialog.Step[answers] {
	return dialog.Step[answers]{
		Key:  stepKey(sector.FieldNote),
		Ask:  func(d answers) chat.Reply { return chat.Reply{Text: f.question(d, sector.FieldNote)} },
		Skip: func(d *answers) { d.Heard = nil },
		Take: func(d *answers, in chat.Input) *chat.Text {
			said, ok := in.(chat.Said)
			note := strings.TrimSpace(said.Text)
			if !ok || note == "" {
				wrong := locales.ReportBadNote()
				return &wrong
			}
			d.Figures, d.Heard = d.Figures.WithNote(note), nil
			return nil
		},
	}.Line(rowLabel(sector.FieldNote), nil)
}

func rowLabel(line sector.Field) chat.Text { return locales.RowLabel(lineKey(line)) }

func monthKey(m sector.Month) string { return locales.MonthKey(m.Month) }

func monthName(m sector.Month) chat.Text { return locales.MonthName(monthKey(m)) }

func monthAt(m sector.Month) chat.Text { return locales.MonthAt(monthKey(m)) }

// groundsText words a reason: a ready one, or somebody's own words.
func groundsText(reason string) chat.Text {
	if locales.GroundsKnown(reason) {
		return locales.GroundsText(reason)
	}
	return locales.ReportWords(chat.Quote(reason))
}
