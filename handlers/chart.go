package handlers

import (
	"fmt"

	"maqta/bot/chat"
	"maqta/sector/ask"
	"maqta/sector/chart"
	"maqta/sector/facts"
)

// fileChart is the kind of file that Draw makes of the answer to a query.
const fileChart = "chart"

// Draw makes the file that a message describes. It runs outside any transaction.
func (m *Mind) Draw(f chat.File) ([]byte, error) {
	switch f.Kind {
	case fileSheet:
		return m.drawSheet(f)
	case fileTrend:
		return m.drawTrend(f)
	case fileChart:
	default:
		return nil, fmt.Errorf("draw: no file is of kind %q", f.Kind)
	}
	q, err := ask.ParseKey(f.Params["query"])
	if err != nil {
		return nil, fmt.Errorf("draw: %w", err)
	}
	a := m.Asker.Answer(q, ask.Lang(f.Lang))
	if a.Chart == nil {
		return nil, fmt.Errorf("draw %s: the answer has no picture", q.Key())
	}
	return m.draw(f.Lang, a)
}

func (m *Mind) draw(lang chat.Lang, a ask.Answer) ([]byte, error) {
	series := make([]*facts.Fact, 0, len(a.Chart.Facts))
	for _, key := range a.Chart.Facts {
		f, ok := m.Book.Fact(key)
		if !ok {
			return nil, fmt.Errorf("draw: no fact %s", key)
		}
		series = append(series, f)
	}
	if len(series) == 0 {
		return nil, fmt.Errorf("draw %s: no figures", a.Query.Key())
	}
	words, err := m.chartWords(lang, a, series)
	if err != nil {
		return nil, err
	}
	var picture interface{ PNG() ([]byte, error) }
	switch a.Chart.Kind {
	case ask.ChartTrend:
		picture, err = chart.TrendOf(series, words)
	case ask.ChartStructure:
		picture, err = chart.StructureOf(series, words)
	case ask.ChartCompare:
		picture, err = chart.ComparisonOf(series, words)
	default:
		return nil, fmt.Errorf("draw: no picture is of kind %q", a.Chart.Kind)
	}
	if err != nil {
		return nil, fmt.Errorf("draw %s: %w", a.Query.Key(), err)
	}
	png, err := picture.PNG()
	if err != nil {
		return nil, fmt.Errorf("draw %s: %w", a.Query.Key(), err)
	}
	return png, nil
}
