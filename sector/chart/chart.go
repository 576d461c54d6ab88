// Package chart turns a figure series into a PNG that can be read on a phone:
// a [Trend] over the years, or [Bars] that show a structure or a comparison.
//
// All words and numbers arrive as finished strings in the reader's language;
// the package knows no language and no clock, and draws the same bytes for the
// same input. Its functions are safe for concurrent use.
//
// The pictures are made so that they cannot say more than the figures do:
//
//   - the scale always starts at zero, so lengths compare as the numbers do;
//   - a year without a figure is a grey gap, never a line drawn across it;
//   - a lower bound ("more than") dissolves at its end instead of stopping,
//     an upper bound is hollow, an approximate figure has a soft edge;
//   - there are no pies: shares known only as "more than" would leave a false
//     slice;
//   - a value label is never shortened, and nothing is drawn without its source.
//
// What would break one of these promises is refused with an error that wraps
// [ErrInput] or [ErrFit].
package chart

import (
	"errors"
	"fmt"
	"math"
)

// Width is the width of every picture in pixels.
const Width = 1080

// TrendHeight is the height of a [Trend] in pixels. [Bars] grow with their
// number of bars and the length of their labels.
const TrendHeight = 810

// The most that a picture holds and stays legible on a phone.
const (
	MaxPoints = 40 // of a Trend
	MaxBars   = 14 // of Bars
)

var (
	// ErrInput reports a chart that says nothing or contradicts itself: no
	// figure, no source, a value that is not a number.
	ErrInput = errors.New("chart input")
	// ErrFit reports a text that cannot be drawn: a value label wider than the
	// picture even in the smallest type, or a character that the font lacks.
	ErrFit = errors.New("chart text does not fit")
)

// Bound says how a value relates to the truth. It changes how the end of a bar
// is drawn; the words belong to the value label.
type Bound uint8

// The bounds.
const (
	Exact   Bound = iota // the value itself: a sharp end
	AtLeast              // "more than", "at least": the end dissolves beyond the value
	AtMost               // "up to", "not above": a hollow bar
	About                // "about", "almost": a soft end
)

// Point is one place on the time axis of a [Trend].
type Point struct {
	Label      string  // the year or period below the axis
	Value      float64 // ignored when Missing
	ValueLabel string  // the value in words of the reader's language: "260 млрд"; of a missing point, what to call the gap, or ""
	Bound      Bound
	Missing    bool // no figure is known: shown as a gap
	Strong     bool // drawn in the accent colour: the figure that was asked for
}

// Trend shows a series over time, as columns or, with Line, as a line.
type Trend struct {
	Title  string
	Unit   string // under the title: what is measured and in what; may be empty
	Note   string // above the source: what a reader must know; may be empty
	Source string // at the foot, with the word for "source"
	Points []Point
	Line   bool

	// Tick words a round number of the scale. When nil, there are no marks
	// beside the axis; then every value label must find room, which holds for
	// about eight points.
	Tick func(v float64) string
}

// Bar is one bar of [Bars].
type Bar struct {
	Label      string
	Value      float64 // ignored when Missing
	ValueLabel string  // stands at the end of the bar: "60%-дан астам"; of a missing bar, what to call the gap
	Bound      Bound
	Missing    bool
	Strong     bool
}

// Bars compares values side by side as horizontal bars, in the order given.
type Bars struct {
	Title  string
	Unit   string
	Note   string
	Source string
	Bars   []Bar

	// Whole is the value of the full width, 100 for shares in per cent: a
	// light track shows how much is left. Zero means that the longest bar takes
	// the room there is.
	Whole float64
}

// PNG draws the trend, Width by TrendHeight pixels.
func (t Trend) PNG() ([]byte, error) {
	s, err := t.layout()
	if err != nil {
		return nil, fmt.Errorf("drawing trend %q: %w", t.Title, err)
	}
	png, err := s.png()
	if err != nil {
		return nil, fmt.Errorf("drawing trend %q: %w", t.Title, err)
	}
	return png, nil
}

// PNG draws the bars, Width pixels wide and as high as they need.
func (b Bars) PNG() ([]byte, error) {
	s, err := b.layout()
	if err != nil {
		return nil, fmt.Errorf("drawing bars %q: %w", b.Title, err)
	}
	png, err := s.png()
	if err != nil {
		return nil, fmt.Errorf("drawing bars %q: %w", b.Title, err)
	}
	return png, nil
}

// check refuses a trend that has nothing to show or cannot be shown honestly.
func (t Trend) check() error {
	if err := checkFrame(t.Title, t.Source, len(t.Points), MaxPoints); err != nil {
		return err
	}
	known := 0
	for i, p := range t.Points {
		if p.Label == "" {
			return fmt.Errorf("%w: point %d has no label", ErrInput, i)
		}
		if p.Missing {
			continue
		}
		known++
		if err := checkValue(p.Label, p.Value, p.ValueLabel, p.Bound); err != nil {
			return err
		}
	}
	if known == 0 {
		return fmt.Errorf("%w: no point has a value", ErrInput)
	}
	return nil
}

func (b Bars) check() error {
	if err := checkFrame(b.Title, b.Source, len(b.Bars), MaxBars); err != nil {
		return err
	}
	if math.IsNaN(b.Whole) || b.Whole < 0 || b.Whole > huge {
		return fmt.Errorf("%w: whole of %v", ErrInput, b.Whole)
	}
	known := 0
	for i, bar := range b.Bars {
		if bar.Label == "" {
			return fmt.Errorf("%w: bar %d has no label", ErrInput, i)
		}
		if bar.Missing {
			continue
		}
		known++
		if err := checkValue(bar.Label, bar.Value, bar.ValueLabel, bar.Bound); err != nil {
			return err
		}
		if b.Whole > 0 && (bar.Value < 0 || bar.Value > b.Whole) {
			return fmt.Errorf("%w: %q is %v of a whole of %v", ErrInput, bar.Label, bar.Value, b.Whole)
		}
	}
	if known == 0 {
		return fmt.Errorf("%w: no bar has a value", ErrInput)
	}
	return nil
}

func checkFrame(title, source string, n, most int) error {
	switch {
	case title == "":
		return fmt.Errorf("%w: no title", ErrInput)
	case source == "":
		return fmt.Errorf("%w: no source", ErrInput)
	case n == 0:
		return fmt.Errorf("%w: no figures", ErrInput)
	case n > most:
		return fmt.Errorf("%w: %d figures, at most %d are legible", ErrInput, n, most)
	}
	return nil
}

func checkValue(label string, v float64, words string, b Bound) error {
	switch {
	case math.IsNaN(v) || math.Abs(v) > huge:
		return fmt.Errorf("%w: %q has the value %v", ErrInput, label, v)
	case words == "":
		return fmt.Errorf("%w: %q has no value label", ErrInput, label)
	case b > About:
		return fmt.Errorf("%w: %q has the unknown bound %d", ErrInput, label, b)
	}
	return nil
}
