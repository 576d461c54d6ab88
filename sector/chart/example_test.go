package chart_test

import (
	"bytes"
	"fmt"
	"image/png"

	"maqta/sector/chart"
)

// The structure of the sector: "more than 60%" is a lower bound, so its bar
// dissolves at the end, and nothing pretends that the shares add up.
func ExampleBars_PNG() {
	picture, err := chart.Bars{
		Title:  "Structure of Kazakhstan's light industry",
		Unit:   "share of output, per cent",
		Source: "Source: Trend News Agency, 5 March 2026",
		Whole:  100,
		Bars: []chart.Bar{
			{Label: "Textiles", Value: 60, ValueLabel: "more than 60%", Bound: chart.AtLeast},
			{Label: "Clothing", Value: 32, ValueLabel: "32%"},
			{Label: "Leather and footwear", Value: 6.5, ValueLabel: "6.5%"},
		},
	}.PNG()
	if err != nil {
		fmt.Println(err)
		return
	}
	size, err := png.DecodeConfig(bytes.NewReader(picture))
	fmt.Println(size.Width, size.Height, err)
	// Output: 1080 598 <nil>
}

// A picture without its source is refused.
func ExampleTrend_PNG_noSource() {
	_, err := chart.Trend{
		Title:  "Cotton harvest",
		Points: []chart.Point{{Label: "2025", Value: 466, ValueLabel: "466 thousand tonnes"}},
	}.PNG()
	fmt.Println(err)
	// Output: drawing trend "Cotton harvest": chart input: no source
}
