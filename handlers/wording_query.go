package handlers

import (
	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/ask"
)

// queryLabel is a query on a button.
func queryLabel(q ask.Query) chat.Text {
	if len(q.Topics) == 0 {
		return locales.ButtonFacts()
	}
	label := locales.SubjectLabel(string(q.Topics[0]))
	switch {
	case q.Op == ask.Whence:
		return locales.LabelSource(label)
	case q.Op == ask.Meaning:
		return locales.LabelMeaning(label)
	case len(q.Topics) > 1:
		return locales.LabelPair(label, locales.SubjectLabel(string(q.Topics[1])))
	case q.Op == ask.Trend || q.Op == ask.List:
		return locales.LabelTrend(label)
	}
	if detail := queryDetail(q); !detail.IsZero() {
		return locales.LabelWith(detail, label)
	}
	return locales.LabelButton(label)
}

// queryQuestion is a query as a question that a person could have typed.
func queryQuestion(q ask.Query) chat.Text {
	if len(q.Topics) == 0 {
		return locales.SubjectQuestion(string(ask.Help))
	}
	question := locales.SubjectQuestion(string(q.Topics[0]))
	switch {
	case q.Op == ask.Whence:
		return locales.LabelSource(locales.SubjectLabel(string(q.Topics[0])))
	case q.Op == ask.Meaning:
		return locales.LabelMeaning(locales.SubjectLabel(string(q.Topics[0])))
	}
	if detail := queryDetail(q); !detail.IsZero() {
		return locales.LabelQuestion(detail, question)
	}
	return question
}

// queryDetail is what a query asks for beyond its topic: a period, a region, a
// unit.
func queryDetail(q ask.Query) chat.Text {
	var details []chat.Text
	for _, p := range q.Periods {
		details = append(details, periodLabel(p, p.Kind == sector.AMonth))
	}
	if q.Region != "" && q.Region != sector.Kazakhstan {
		details = append(details, locales.RegionName(string(q.Region)))
	}
	if q.Unit != "" && locales.UnitKnown(string(q.Unit)) {
		details = append(details, locales.UnitLabel(string(q.Unit)))
	}
	if len(details) == 0 {
		return chat.Text{}
	}
	return joined(", ", details)
}
