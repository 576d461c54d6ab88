package handlers

import (
	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/ask"
	"maqta/sector/facts"
)

// wordCaption goes under a picture: the figures that it shows, all of them, and
// their source. Nobody has to read them off the bars.
func (m *Mind) wordCaption(a ask.Answer) chat.Text {
	if a.Chart == nil || a.Chart.Kind != ask.ChartTrend {
		return chat.Lines(m.wordParts(a), wordCited(a))
	}
	var series []*facts.Fact
	for _, key := range a.Chart.Facts {
		if f, ok := m.Book.Fact(key); ok {
			series = append(series, f)
		}
	}
	if len(series) == 0 {
		return chat.Lines(m.wordParts(a), wordCited(a))
	}
	return chat.Lines(wordList(chartLabel(a), series, a.Query.Unit), wordCited(a))
}

// chartLabel names what a picture shows.
func chartLabel(a ask.Answer) chat.Text {
	if len(a.Query.Topics) == 0 {
		return locales.SubjectLabel(string(ask.Structure))
	}
	return locales.SubjectLabel(string(a.Query.Topics[0]))
}

// chartName names a bar by what its figures differ in.
func chartName(series []*facts.Fact) func(*facts.Fact) chat.Text {
	first := series[0]
	var branches, regions bool
	for _, f := range series {
		branches = branches || f.Branch != first.Branch
		regions = regions || f.Region != first.Region
	}
	return func(f *facts.Fact) chat.Text {
		switch {
		case branches && f.Branch != sector.NoBranch:
			return locales.LabelButton(locales.BranchName(string(f.Branch)))
		case regions:
			return locales.RegionName(string(f.Region))
		}
		return periodLabel(f.Period, f.Is(facts.AsStated))
	}
}
