package handlers

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/sheet"
	"maqta/storage"
)

// stepProducts is the key of the form's first step.
const stepProducts = "products"

// remarksShown bounds how many remarks on a file are said one by one.
const remarksShown = 10

// takeFile reads a report from a file, for somebody who reports: each month that
// can be sent becomes a draft like one that was typed, and the first is shown.
// Nothing is sent before the person has seen it. ok is false for other people.
func (r *Router) takeFile(s Scene, u chat.Update, in chat.Uploaded) (out Outcome, ok bool, err error) {
	if u.Place != chat.Private {
		return Outcome{}, false, nil
	}
	firms, err := r.ownFirms(s)
	if err != nil || len(firms) == 0 {
		return Outcome{}, false, err
	}
	answer := func(text chat.Text) (Outcome, bool, error) {
		return say(s, chat.Reply{To: u.Chat, Text: text, ReplyTo: in.Message}), true, nil
	}
	switch in.Problem {
	case chat.UploadTooLarge:
		return answer(tooLarge(int64(sheet.DefaultLimits().Bytes)))
	case chat.UploadUnreachable:
		return answer(locales.TemplateUnreachable())
	}
	forms, err := r.knownForms(firms[0], u)
	if err != nil {
		return Outcome{}, true, err
	}
	file, err := sheet.Read(in.Name, in.Bytes, sheet.Expect{Forms: forms, Month: func(text string) (sector.Month, bool) {
		return r.saidMonth(text, u.At)
	}})
	var bad *sheet.Error
	if errors.As(err, &bad) {
		return answer(unreadable(bad))
	} else if err != nil {
		return Outcome{}, true, fmt.Errorf("read a file: %w", err)
	}
	firm, wrong := firmOf(file, firms)
	if !wrong.IsZero() {
		return answer(wrong)
	}
	out, err = r.fillFromFile(s, u, firm, file)
	return out, true, err
}

// firmOf is whose report a file is: of one of the person's enterprises.
func firmOf(file sheet.Upload, firms []sector.Enterprise) (sector.Enterprise, chat.Text) {
	if file.Enterprise == 0 && len(firms) > 1 {
		return sector.Enterprise{}, locales.TemplateWhichFirm()
	}
	for _, firm := range firms {
		if file.Enterprise == 0 || file.Enterprise == firm.ID {
			return firm, chat.Text{}
		}
	}
	return sector.Enterprise{}, locales.TemplateOtherFirm()
}

// knownForms are the forms that may come back: of each language, with all lines
// and the months of a year before and after.
func (r *Router) knownForms(firm sector.Enterprise, u chat.Update) ([]sheet.Form, error) {
	from := sector.MonthOf(sector.DateOf(u.At, r.Mind.Zone)).Add(-sheetMonths)
	var forms []sheet.Form
	for _, lang := range chat.Langs() {
		form, err := r.Mind.sheetForm(lang, firm.ID, nil, from, 2*sheetMonths+1)
		if err != nil {
			return nil, err
		}
		forms = append(forms, form)
	}
	return forms, nil
}

func tooLarge(limit int64) chat.Text {
	return locales.TemplateTooLarge(chat.Rule(sector.FromInt(limit >> 20).String()))
}

// unreadable says why a file could not be read at all, and what to do.
func unreadable(e *sheet.Error) chat.Text {
	switch e.Problem {
	case sheet.ProblemEmpty:
		return locales.TemplateEmpty()
	case sheet.ProblemTooLarge:
		return tooLarge(e.Limit)
	case sheet.ProblemNoSheet:
		return locales.TemplateNoSheet()
	case sheet.ProblemDamaged:
		return locales.TemplateDamaged()
	case sheet.ProblemPassword:
		return locales.TemplatePassword()
	case sheet.ProblemMacros:
		return locales.TemplateMacros()
	case sheet.ProblemBomb:
		return locales.TemplateBomb()
	case sheet.ProblemOldExcel:
		return locales.TemplateOldExcel()
	case sheet.ProblemOtherFormat:
		return locales.TemplateOtherFormat()
	case sheet.ProblemEncoding:
		return locales.TemplateEncoding()
	case sheet.ProblemNoColumns:
		return locales.TemplateNoColumns()
	case sheet.ProblemColumnTwice:
		return locales.TemplateColumnTwice()
	case sheet.ProblemVersion:
		return locales.TemplateVersion()
	case sheet.ProblemOtherFirm:
		return locales.TemplateOtherFirm()
	case sheet.ProblemRows:
		return locales.TemplateRows(chat.Rule(sector.FromInt(e.Limit).String()))
	case sheet.ProblemColumns:
		return locales.TemplateColumns(chat.Rule(sector.FromInt(e.Limit).String()))
	}
	return locales.TemplateDamaged()
}

// fillFromFile makes drafts of the months of a file and asks what is open of the
// first.
func (r *Router) fillFromFile(s Scene, u chat.Update, firm sector.Enterprise, file sheet.Upload) (Outcome, error) {
	var remarks []chat.Text
	var filled []form
	var states []dialog.State
	for _, row := range file.Rows {
		f, err := r.loadForm(s, firm, row.Month, u.At)
		if err != nil {
			return Outcome{}, err
		}
		if why, _ := r.notNow(f, u.At); !why.IsZero() {
			remarks = append(remarks, locales.TemplateSkipped(monthName(row.Month), why))
			continue
		}
		st, said, err := r.fillRow(s, u, f, row)
		if err != nil {
			return Outcome{}, err
		}
		remarks = append(remarks, said...)
		filled, states = append(filled, f), append(states, st)
	}
	head := locales.TemplateRead(chat.Count(len(filled)), chat.Quote(firm.Name))
	if len(filled) == 0 {
		head = locales.TemplateNothing()
	}
	check := chat.Reply{To: u.Chat, Text: chat.Paragraphs(head, remarksText(append(remarks, leftOut(file)...)))}
	if len(filled) == 0 {
		return say(s, check), nil
	}
	turn, err := filled[0].script().Ask(states[0], u.In, u.At)
	if err != nil {
		return Outcome{}, fmt.Errorf("show a report from a file: %w", err)
	}
	out, err := r.kept(s, u, filled[0], turn)
	if err != nil {
		return Outcome{}, err
	}
	for i, f := range filled[1:] {
		out.Writes = append(out.Writes, saveDraft{firm.ID, f.month, storage.Draft{State: states[i+1], By: s.Person.Key, Touched: u.At}})
		check.Options = append(check.Options, []chat.Option{{Label: locales.PressBeginMonth(monthName(f.month)), Data: formData(firm.ID, f.month, "")}})
	}
	if len(filled) > 1 {
		check.Text = chat.Paragraphs(check.Text, locales.TemplateOthers())
	}
	out.Replies = append([]chat.Reply{check}, out.Replies...)
	return out, nil
}

// fillRow enters a row into the draft of its month as if it had been typed: what
// can be read in two ways, or is unusual, is asked about by the form.
func (r *Router) fillRow(s Scene, u chat.Update, f form, row sheet.Row) (dialog.State, []chat.Text, error) {
	st, err := r.draftOf(s, f, u.At)
	if err != nil {
		return st, nil, err
	}
	d, err := f.script().Draft(st)
	if err != nil {
		return st, nil, fmt.Errorf("fill a report from a file: %w", err)
	}
	answered := maps.Clone(st.Answers)
	if answered == nil {
		answered = map[string]chat.MessageID{}
	}
	if len(f.firm.Products) == 0 {
		d.Products = slices.DeleteFunc(sector.Products(), func(p sector.Product) bool {
			return !slices.Contains(d.Products, p) && row.Cell(sector.ProductField(p)).Empty()
		})
		if len(d.Products) > 0 {
			answered[stepProducts] = 0
		}
	}
	var remarks []chat.Text
	for _, cell := range row.Cells {
		why, took := f.takeCell(&d, cell)
		switch {
		case took:
			for key := range answered { // what followed from the answer before is asked anew
				if strings.HasPrefix(key, stepKey(cell.Field)+".") {
					delete(answered, key)
				}
			}
			answered[stepKey(cell.Field)] = 0
		case !why.IsZero():
			if f.report.State != sector.StateReturned {
				delete(answered, stepKey(cell.Field)) // what was there before is not what the file says
			}
			remarks = append(remarks, locales.TemplateCell(lineLabel(cell.Field), chat.Quote(cell.Ref), why))
		}
	}
	delete(answered, "card")
	if _, noted := answered[stepKey(sector.FieldNote)]; !noted {
		answered[stepKey(sector.FieldNote)] = 0 // an empty note is none
	}
	d.Heard, d.Was = nil, nil
	if st.Draft, err = json.Marshal(d); err != nil {
		return st, nil, fmt.Errorf("fill a report from a file: %w", err)
	}
	st.Answers, st.Step, st.View = answered, "", dialog.Question
	return st, remarks, nil
}

// takeCell enters one cell. Took is true when it answers its line, if only so far
// that the form asks which reading is meant.
func (f form) takeCell(d *answers, cell sheet.Cell) (why chat.Text, took bool) {
	line := cell.Field
	if p, product := line.Product(); product && !slices.Contains(f.products(*d), p) || cell.Empty() {
		return chat.Text{}, false
	}
	if f.report.State == sector.StateReturned && !f.report.Marked(line) {
		return locales.TemplateFrozen(), false
	}
	switch cell.Fault {
	case sheet.FaultFormula:
		return locales.TemplateFormula(), false
	case sheet.FaultDate:
		return locales.TemplateDate(), false
	case sheet.FaultLogical, sheet.FaultError, sheet.FaultLong:
		return locales.TemplateFault(), false
	}
	if line == sector.FieldNote {
		d.Figures = d.Figures.WithNote(cell.Raw)
		return chat.Text{}, true
	}
	if wrong := f.settle(d, line, cell.Reading); wrong != nil {
		return *wrong, false
	}
	return chat.Text{}, true
}

// leftOut says which rows and columns of a file were left out.
func leftOut(file sheet.Upload) []chat.Text {
	var remarks []chat.Text
	if n := len(file.Strays); n > 0 {
		remarks = append(remarks, locales.TemplateStrays(chat.Count(n)))
	}
	var columns []string
	for _, c := range file.Unknown {
		columns = append(columns, strings.TrimSpace(c.Column+" "+c.Header))
	}
	if len(columns) > 0 {
		remarks = append(remarks, locales.TemplateUnknown(chat.Quote(brief(strings.Join(columns, ", ")))))
	}
	return remarks
}

func remarksText(remarks []chat.Text) chat.Text {
	if more := len(remarks) - remarksShown; more > 0 {
		remarks = append(slices.Clone(remarks[:remarksShown]), locales.TemplateMore(chat.Count(more)))
	}
	return chat.Lines(remarks...)
}
