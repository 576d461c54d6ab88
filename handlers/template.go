package handlers

import (
	"fmt"
	"strconv"
	"strings"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/sheet"
)

// tapTemplate begins the data of a button for a spreadsheet: tp:<enterprise>.
const tapTemplate = "tp"

// fileSheet is the kind of file that Draw makes of the monthly report.
const fileSheet = "sheet"

// What a description of a spreadsheet holds. It names the enterprise by its
// number and holds no figures of anybody.
const (
	sheetFirm     = "firm"
	sheetProducts = "products" // separated by blanks
	sheetFrom     = "from"     // the first month
)

// sheetMonths is how many rows the spreadsheet has: a year.
const sheetMonths = 12

// template gives the report as a spreadsheet.
func (r *Router) template(s Scene, u chat.Update) (Outcome, error) {
	if u.Place != chat.Private {
		return say(s, chat.Reply{To: u.Chat, Text: locales.GroupPrivateOnly()}), nil
	}
	firms, err := r.ownFirms(s)
	if err != nil {
		return Outcome{}, err
	}
	switch len(firms) {
	case 0:
		return say(s, chat.Reply{To: u.Chat, Text: locales.ReportNoFirm(), Options: homeOptions()}), nil
	case 1:
		return r.giveSheet(s, u, firms[0]), nil
	}
	var rows [][]chat.Option
	for _, firm := range firms {
		rows = append(rows, []chat.Option{{
			Label: locales.ReportName(chat.Quote(brief(firm.Name))), Data: tapTemplate + ":" + strconv.FormatUint(uint64(firm.ID), 10),
		}})
	}
	return say(s, chat.Reply{To: u.Chat, Text: locales.TemplateWhich(), Options: rows}), nil
}

func (r *Router) tapTemplate(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	id, month, act, ok := readFormData(arg)
	if !ok || !month.IsZero() || act != "" || u.Place != chat.Private {
		return r.outdated(s, u, tap), nil
	}
	firm, ok, err := r.ownFirm(s, id)
	if err != nil {
		return Outcome{}, err
	}
	if !ok {
		return r.noAccess(s, u, tap), nil
	}
	return r.giveSheet(s, u, firm), nil
}

// giveSheet describes the file; it is drawn when its turn to be sent comes.
func (r *Router) giveSheet(s Scene, u chat.Update, firm sector.Enterprise) Outcome {
	products := make([]string, len(firm.Products))
	for i, p := range firm.Products {
		products[i] = string(p)
	}
	from := r.dueMonth(firm, u.At)
	return say(s, chat.Reply{
		To: u.Chat, Text: locales.TemplateCaption(chat.Quote(firm.Name)),
		File: &chat.File{
			Kind: fileSheet, Lang: s.Lang, Name: "maqta-" + from.String() + ".xlsx",
			Params: map[string]string{
				sheetFirm: strconv.FormatUint(uint64(firm.ID), 10), sheetProducts: strings.Join(products, " "), sheetFrom: from.String(),
			},
		},
	})
}

// drawSheet makes the spreadsheet that a description asks for.
func (m *Mind) drawSheet(f chat.File) ([]byte, error) {
	id, err := strconv.ParseUint(f.Params[sheetFirm], 10, 64)
	if err != nil {
		return nil, fmt.Errorf("draw a spreadsheet: %w", err)
	}
	from, err := sector.ParseMonth(f.Params[sheetFrom])
	if err != nil {
		return nil, fmt.Errorf("draw a spreadsheet: %w", err)
	}
	var products []sector.Product
	for _, p := range strings.Fields(f.Params[sheetProducts]) {
		products = append(products, sector.Product(p))
	}
	form, err := m.sheetForm(f.Lang, sector.EnterpriseID(id), products, from, sheetMonths)
	if err != nil {
		return nil, err
	}
	data, err := form.XLSX()
	if err != nil {
		return nil, fmt.Errorf("draw a spreadsheet: %w", err)
	}
	return data, nil
}

// sheetForm words the report as a spreadsheet. An enterprise whose products are
// not known yet gets a column for each.
func (m *Mind) sheetForm(lang chat.Lang, id sector.EnterpriseID, products []sector.Product, from sector.Month, months int) (sheet.Form, error) {
	if len(products) == 0 {
		products = sector.Products()
	}
	w := sheetWords{mind: m, lang: lang}
	form := sheet.Form{Enterprise: id, Lang: string(lang)}
	for i := range months {
		month := from.Add(i)
		form.Months = append(form.Months, sheet.FormMonth{
			Month: month, Label: w.say(locales.CalendarMonthYear(monthName(month), chat.Year(month.Year))),
		})
	}
	for _, line := range sector.Lines(products) {
		form.Columns = append(form.Columns, sheet.Column{Field: line, Header: w.say(locales.LineHeader(lineKey(line)))})
	}
	zero, notApplicable, notKnown := locales.AmountZero(), locales.AmountNotApplicable(), locales.AmountNotKnown()
	form.Words = sheet.Words{
		Sheet: w.say(locales.TemplateSheet()), Title: w.say(locales.TemplateTitle()), Month: w.say(locales.TemplateMonth()),
		Instructions: []string{
			w.say(locales.TemplateHow()), w.say(locales.TemplateHowNone(notApplicable, notKnown, zero)), w.say(locales.ReportNotState()),
		},
		Zero: w.say(zero), NotApplicable: w.say(notApplicable), NotKnown: w.say(notKnown),
		Check: sheet.CheckWords{
			Title: w.say(locales.TemplateCheckTitle()), Amount: w.say(locales.TemplateCheckAmount(notApplicable, notKnown, zero)),
			People: w.say(locales.TemplateCheckPeople(notApplicable, notKnown, zero)),
			Note:   w.say(locales.TemplateCheckNote(chat.Rule("500"))),
		},
	}
	if w.err != nil {
		return form, fmt.Errorf("word a spreadsheet: %w", w.err)
	}
	return form, nil
}

// sheetWords renders texts and keeps the first error.
type sheetWords struct {
	mind *Mind
	lang chat.Lang
	err  error
}

func (w *sheetWords) say(t chat.Text) string {
	s, err := w.mind.Words.RenderPlain(w.lang, t)
	if err != nil && w.err == nil {
		w.err = err
	}
	return s
}
