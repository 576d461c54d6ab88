package handlers

import (
	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
)

// card shows all lines before they are sent.
func (f form) card(d answers) chat.Text {
	head := chat.Sentences(locales.ReportFirmHead(monthName(f.month), chat.Quote(f.firm.Name)), f.deadline())
	return chat.Paragraphs(f.readBack(d, ""), head, f.lines(d.Figures, f.products(d), d.Stands), locales.ReportCardFoot())
}

// lines words figures with the month before beside each, and the reasons that
// were given.
func (f form) lines(figures sector.Figures, products []sector.Product, stands map[sector.Field]string) chat.Text {
	var lines []chat.Text
	for _, line := range sector.Lines(products) {
		if line == sector.FieldNote {
			lines = append(lines, locales.ReportCardLine(rowLabel(line), f.value(answers{Figures: figures}, line)))
			continue
		}
		lines = append(lines, f.cardLine(line, figures.Get(line)))
		if n := f.past.repeated(f.month, line, figures.Get(line)); n >= repeatedAsk {
			lines = append(lines, locales.ReportCardRepeated(chat.Count(n)))
		}
		if reason := figures.Reasons[line]; reason != "" {
			lines = append(lines, locales.ReportCardReason(groundsText(reason)))
		}
		if why := stands[line]; why != "" {
			lines = append(lines, locales.ReportCardStands(locales.ReportWords(chat.Quote(why))))
		}
	}
	return chat.Lines(lines...)
}

func (f form) cardLine(line sector.Field, v sector.Value) chat.Text {
	label, value := rowLabel(line), brieflyValue(line, v)
	was := f.last.Get(line)
	if !was.Answered() || line == sector.FieldJobs {
		return locales.ReportCardLine(label, value)
	}
	month := monthName(f.month.Add(-1))
	change, ok := changeText(v, was)
	if !ok {
		return locales.ReportCardWas(brieflyValue(line, was), label, month, value)
	}
	return locales.ReportCardChange(change, brieflyValue(line, was), label, month, value)
}

// brieflyValue words a value as people say it.
func brieflyValue(line sector.Field, v sector.Value) chat.Text {
	if amount, ok := v.Amount(); ok && !amount.IsZero() {
		return amountBrief(line, amount, chat.ByRecord)
	}
	return valueText(line, v, chat.ByRecord)
}

// changeText is the change to the month before in per cent, to one place.
func changeText(now, was sector.Value) (chat.Text, bool) {
	a, okA := now.Amount()
	b, okB := was.Amount()
	if !okA || !okB || b.IsZero() {
		return chat.Text{}, false
	}
	percent, ok := a.Sub(b).Shift10(2).Quo(b, 1)
	switch {
	case !ok:
		return chat.Text{}, false
	case percent.IsZero():
		return locales.ReportUnchanged(), a == b
	case percent.Sign() < 0:
		return locales.ReportDown(shown(percent.Abs(), chat.ByRecord)), true
	}
	return locales.ReportUp(shown(percent, chat.ByRecord)), true
}
