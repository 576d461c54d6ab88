package handlers

import (
	"slices"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
)

// What an enterprise remembers of its own output and sales: context beside a
// question, never an answer to it, and a mark on the card where a figure has been
// repeated from month to month. Headcounts do stay the same and are left alone.

// repeatedAsk is from how many equal months on the card says so.
const repeatedAsk = 3

// memory holds the amounts of the lines that are remembered, without zeros.
type memory map[sector.Field]map[sector.Month]sector.Decimal

func (m memory) keep(month sector.Month, figures sector.Figures) {
	for _, line := range trendLines() {
		amount, ok := figures.Get(line).Amount()
		if !ok || amount.IsZero() {
			continue
		}
		if m[line] == nil {
			m[line] = map[sector.Month]sector.Decimal{}
		}
		m[line][month] = amount
	}
}

// repeated tells for how many months in a row, this one included, a line has had
// the same amount. A month without a report ends the row.
func (m memory) repeated(month sector.Month, line sector.Field, v sector.Value) int {
	amount, ok := v.Amount()
	if !ok || amount.IsZero() || !slices.Contains(trendLines(), line) {
		return 0
	}
	var before []sector.Decimal
	for back := month.Add(-1); ; back = back.Add(-1) {
		had, ok := m[line][back]
		if !ok {
			return sector.RepeatedMonths(amount, before)
		}
		before = append(before, had)
	}
}

// yearAgo is the line below a question that says what was reported a year before,
// and how the enterprise usually changes over a year.
func (f form) yearAgo(d answers, line sector.Field) chat.Text {
	ago, ok := sector.RecallSameMonth(f.month, f.past[line])
	if _, returned := f.returned(line); !ok || returned || d.Stating == line {
		return chat.Text{}
	}
	day := f.day(f.month.Add(-12).First())
	was := amountBrief(line, ago.LastYear, chat.ByRecord)
	change, ok := changeText(sector.ValueOf(ago.Growth), sector.ValueOf(sector.FromInt(1)))
	if ago.Growth.IsZero() || !ok {
		return locales.ReportYearAgo(day, was)
	}
	return locales.ReportYearGrowth(change, day, was)
}
