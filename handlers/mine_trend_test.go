package handlers_test

import (
	"bytes"
	"image/png"
	"testing"

	"maqta/bot/chat"
	"maqta/sector/chart"
)

// trendFile describes a picture as the button of an owner does.
func trendFile(lang chat.Lang, line, points string) chat.File {
	return chat.File{Kind: "trend", Lang: lang, Photo: true, Params: map[string]string{
		"firm": "1", "name": "Тігінші", "line": line, "points": points,
	}}
}

// TestDrawOwnTrend draws a year with a gap and unaccepted months, a small shop and
// a month of nothing, in every language.
func TestDrawOwnTrend(t *testing.T) {
	year := "2025-05=9800000 2025-06=0 2025-07=10100000 2025-09=10400000.5 2025-10=11000000 2025-11=11200000 " +
		"2025-12=14900000 2026-01=11000000 2026-02=11500000 2026-03=12000000? 2026-04=12500000?"
	for _, lang := range chat.Langs() {
		for _, points := range []string{year, "2026-03=450 2026-04=620?", "2026-03=0 2026-04=0", "2026-03=260000000000 2026-04=1"} {
			data, err := mind(t).Draw(trendFile(lang, "sales", points))
			if err != nil {
				t.Errorf("%s, %q: %v", lang, points, err)
				continue
			}
			picture, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if b := picture.Bounds(); b.Dx() != chart.Width || b.Dy() != chart.TrendHeight {
				t.Errorf("%s: a picture of %v", lang, b)
			}
		}
	}
}

// TestDrawOwnTrendRefuses: a description that no button makes is an error.
func TestDrawOwnTrendRefuses(t *testing.T) {
	for _, f := range []chat.File{
		trendFile(chat.English, "sales", ""),
		trendFile(chat.English, "workers", "2026-01=1 2026-02=2"),
		trendFile(chat.English, "sales", "2026-02=1 2026-01=2"),
		trendFile(chat.English, "sales", "2026-01=1 2026-01=2"),
		trendFile(chat.English, "sales", "1926-01=1 2026-01=2"),
		trendFile(chat.English, "sales", "2026-01=x"),
		trendFile(chat.English, "sales", "2026-01"),
		trendFile(chat.English, "sales", "=5"),
	} {
		if data, err := mind(t).Draw(f); err == nil {
			t.Errorf("%q of %q drew %d bytes", f.Params["points"], f.Params["line"], len(data))
		}
	}
}
