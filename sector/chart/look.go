package chart

import "github.com/go-analyze/charts"

// Sizes in pixels. On a phone with three device pixels to a point a picture of
// this width is shown about one to one, so 24 px are 8 points.
const (
	margin     = 48
	outerEdge  = 16 // how near to the border the label of an outermost point may come
	titleSize  = 44
	unitSize   = 30
	labelSize  = 30
	valueSize  = 34
	footSize   = 26
	tickSize   = 24
	smallest   = 24 // no text is ever drawn smaller
	barHeight  = 52
	maxColumn  = 132
	slats      = 4  // how many pieces the end of a lower bound dissolves into
	slatPitch  = 16 // from one piece to the next
	softEdge   = 24 // how wide the end of an approximate bar is
	dotRadius  = 8
	lineWeight = 5
	zeroWeight = 3 // of the zero line
)

// The colours: dark ink on warm white, one blue and one orange. The pair differs
// on both opponent channels, so it stays apart for each kind of dichromat; all
// text has a contrast of at least 4.5 to 1. Colour alone carries no meaning: a
// strong figure is named by its label, a bound by its shape and its words.
func paper() charts.Color  { return charts.ColorFromHex("#FBFAF7") }
func ink() charts.Color    { return charts.ColorFromHex("#1F2A33") }
func muted() charts.Color  { return charts.ColorFromHex("#56626C") }
func grid() charts.Color   { return charts.ColorFromHex("#DEDFDD") }
func track() charts.Color  { return charts.ColorFromHex("#ECEBE7") }
func steady() charts.Color { return charts.ColorFromHex("#2B6A94") }
func accent() charts.Color { return charts.ColorFromHex("#A34706") }

// tone is the colour of a figure.
func tone(strong bool) charts.Color {
	if strong {
		return accent()
	}
	return steady()
}
