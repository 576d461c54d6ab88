package sheet

import (
	"strconv"

	"maqta/sector"
)

// secretSheet is the name of the hidden sheet by which a form is known again. It
// is hidden from sight, not from anybody who looks for it, so it holds nothing
// that the person must not see, and no identification number.
const secretSheet = "_maqta"

// FormVersion is the version of the form and its hidden sheet. Files of another
// version are refused, so it changes only when an older file would be misread.
const FormVersion = 1

// The first cells of the rows of the hidden sheet.
const (
	secretMark       = "maqta-form"
	secretEnterprise = "enterprise"
	secretLang       = "lang"
	secretColumn     = "column"   // field, header
	secretMonthHead  = "month"    // "", header of the months
	secretMonth      = "period"   // 2026-03, label
	secretNoValue    = "no_value" // kind, word
)

// secret is the content of the hidden sheet.
type secret struct {
	version    int
	enterprise sector.EnterpriseID
	lang       string
	monthHead  string
	columns    []Column
	months     []FormMonth
	words      map[sector.ValueKind]string
}

// secretRows returns the rows of the hidden sheet, and the first and last of the
// rows with the words for no value, to which the checks of the cells refer.
func (f Form) secretRows() (rows [][3]string, firstWord, lastWord int) {
	rows = append(rows,
		[3]string{secretMark, strconv.Itoa(FormVersion)},
		[3]string{secretEnterprise, strconv.FormatUint(uint64(f.Enterprise), 10)},
		[3]string{secretLang, f.Lang},
	)
	firstWord = len(rows) + 1
	for _, w := range f.Words.noValues() {
		rows = append(rows, [3]string{secretNoValue, string(w.kind), w.word})
	}
	lastWord = len(rows)
	rows = append(rows, [3]string{secretMonthHead, "", f.Words.Month})
	for _, c := range f.Columns {
		rows = append(rows, [3]string{secretColumn, string(c.Field), c.Header})
	}
	for _, m := range f.Months {
		rows = append(rows, [3]string{secretMonth, m.Month.String(), m.Label})
	}
	return rows, firstWord, lastWord
}

// readSecret reads the hidden sheet; ok is false when it is none of ours. Rows
// that a later version may have added are passed over.
func readSecret(g grid) (s secret, ok bool) {
	s.words = map[sector.ValueKind]string{}
	for i, row := range g.rows {
		mark, key, word := row.at(1).text, row.at(2).text, row.at(3).text
		if i == 0 {
			n, err := strconv.Atoi(key)
			if mark != secretMark || err != nil {
				return secret{}, false
			}
			s.version = n
		}
		switch mark {
		case secretEnterprise:
			if id, err := strconv.ParseUint(key, 10, 64); err == nil {
				s.enterprise = sector.EnterpriseID(id)
			}
		case secretLang:
			s.lang = key
		case secretMonthHead:
			s.monthHead = word
		case secretColumn:
			if f := sector.Field(key); f.Known() {
				s.columns = append(s.columns, Column{Field: f, Header: word})
			}
		case secretMonth:
			if m, err := sector.ParseMonth(key); err == nil {
				s.months = append(s.months, FormMonth{Month: m, Label: word})
			}
		case secretNoValue:
			s.words[sector.ValueKind(key)] = word
		}
	}
	return s, len(g.rows) > 0
}
