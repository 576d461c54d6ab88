package chart

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-analyze/charts"
)

func TestSize(t *testing.T) {
	for name, d := range samples() {
		t.Run(name, func(t *testing.T) {
			got := render(t, d).Bounds()
			want := image.Rect(0, 0, Width, TrendHeight)
			if b, ok := d.(Bars); ok {
				want.Max.Y = lay(t, b).height
			}
			if got != want {
				t.Errorf("picture is %v, want %v", got, want)
			}
			if ratio := float64(got.Dy()) / float64(got.Dx()); ratio < 0.4 || ratio > 2 {
				t.Errorf("height over width is %.2f: not a picture for a phone", ratio)
			}
		})
	}
}

func is(a color.Color, b charts.Color) bool {
	ar, ag, ab, aa := a.RGBA()
	br, bg, bb, ba := b.RGBA()
	return ar == br && ag == bg && ab == bb && aa == ba
}

// run counts the pixels of one colour from a point on in a direction.
func run(img image.Image, at, step image.Point, c charts.Color) int {
	n := 0
	for at.In(img.Bounds()) && is(img.At(at.X, at.Y), c) {
		n++
		at = at.Add(step)
	}
	return n
}

// TestColumnsStartAtZero reads the heights off the pixels: they must stand on
// the zero line and be to each other as the values are.
func TestColumnsStartAtZero(t *testing.T) {
	tr := output()
	img := render(t, tr)
	zero := 0
	for y := range TrendHeight { // the zero line is the only row of ink right across
		if run(img, image.Pt(Width-margin-1, y), image.Pt(-1, 0), ink()) > 600 {
			zero = y
			break
		}
	}
	if zero == 0 {
		t.Fatal("no zero line")
	}
	plot := trendPlot(t, tr)
	var perUnit []float64
	for i, p := range tr.Points {
		x := plot.Min.X + plot.Dx()*(2*i+1)/(2*len(tr.Points))
		high := run(img, image.Pt(x, zero-1), image.Pt(0, -1), tone(p.Strong))
		if p.Missing {
			if high != 0 {
				t.Errorf("%s has no figure but a column of %d pixels", p.Label, high)
			}
			continue
		}
		perUnit = append(perUnit, float64(high)/p.Value)
		if diff := float64(high) - perUnit[0]*p.Value; math.Abs(diff) > 2 {
			t.Errorf("%s: %d pixels for %v, want %.0f", p.Label, high, p.Value, perUnit[0]*p.Value)
		}
	}
	if perUnit[0] <= 0 {
		t.Error("the first column has no height")
	}
}

// trendPlot finds the plot by its zero line, the widest dark slab of a trend.
func trendPlot(t *testing.T, tr Trend) image.Rectangle {
	t.Helper()
	for _, sh := range lay(t, tr).shapes {
		if s, ok := sh.(slab); ok && s.fill == ink() {
			return s.box
		}
	}
	t.Fatal("no zero line in the layout")
	return image.Rectangle{}
}

func TestBarsStartAtZero(t *testing.T) {
	for name, whole := range map[string]float64{"whole": 100, "free": 0} {
		t.Run(name, func(t *testing.T) {
			b := structure()
			b.Whole = whole
			for i := range b.Bars {
				b.Bars[i].Bound = Exact
			}
			img := render(t, b)
			var perUnit float64
			for i, y := range barMiddles(t, b) {
				if !is(img.At(margin-1, y), ink()) {
					t.Errorf("bar %d does not begin at the zero line", i)
				}
				// The label may stand inside a bar, so count along its upper edge.
				long := run(img, image.Pt(margin, y-barHeight/2+2), image.Pt(1, 0), steady())
				if i == 0 {
					perUnit = float64(long) / b.Bars[0].Value
				}
				if want := perUnit * b.Bars[i].Value; math.Abs(float64(long)-want) > 2 {
					t.Errorf("bar %d: %d pixels for %v, want %.0f", i, long, b.Bars[i].Value, want)
				}
			}
		})
	}
}

// barMiddles finds the bars by their pieces of the zero line.
func barMiddles(t *testing.T, b Bars) []int {
	t.Helper()
	var out []int
	for _, sh := range lay(t, b).shapes {
		if s, ok := sh.(slab); ok && s.fill == ink() {
			out = append(out, (s.box.Min.Y+s.box.Max.Y)/2)
		}
	}
	if len(out) != len(b.Bars) {
		t.Fatalf("%d zero lines for %d bars", len(out), len(b.Bars))
	}
	return out
}

// TestOpenEnd: beyond the value an exact bar stops, a lower bound goes on in
// pieces, an upper bound is hollow, an approximate one is soft.
func TestOpenEnd(t *testing.T) {
	edges := map[Bound]int{} // changes of colour along the bar
	solid := map[Bound]int{}
	for _, bound := range []Bound{Exact, AtLeast, AtMost, About} {
		b := structure()
		b.Bars[0].Bound = bound
		img := render(t, b)
		y := barMiddles(t, b)[0] - barHeight/2 + 6
		solid[bound] = run(img, image.Pt(margin, y), image.Pt(1, 0), steady())
		for x := margin + 1; x < Width-margin; x++ {
			if img.At(x, y) != img.At(x-1, y) {
				edges[bound]++
			}
		}
	}
	if edges[Exact] != 1 {
		t.Errorf("an exact bar changes colour %d times, want once, at its end", edges[Exact])
	}
	if edges[AtLeast] != 1+2*slats {
		t.Errorf("a lower bound changes colour %d times, want %d", edges[AtLeast], 1+2*slats)
	}
	if solid[AtLeast] != solid[Exact] {
		t.Errorf("the solid part of a lower bound is %d pixels, of the exact value %d", solid[AtLeast], solid[Exact])
	}
	if solid[AtMost] > 2*edgeWeight {
		t.Errorf("an upper bound is filled for %d pixels, want hollow", solid[AtMost])
	}
	if edges[About] < 8 {
		t.Errorf("an approximate bar changes colour %d times, want a soft end", edges[About])
	}
}

// TestWholeHasNoFalseRest: a lower bound near the whole must not dissolve past it.
func TestWholeHasNoFalseRest(t *testing.T) {
	b := structure()
	b.Bars[0].Value, b.Bars[0].ValueLabel = 97, "более 97 %"
	img := render(t, b)
	y := barMiddles(t, b)[0]
	for x := Width - margin; x < Width; x++ {
		if !is(img.At(x, y), paper()) {
			t.Fatalf("pixel %d beyond the whole is painted", x)
		}
	}
}

// TestGapIsAGap: no line, dot or column touches a slot without a figure.
func TestGapIsAGap(t *testing.T) {
	for name, tr := range map[string]Trend{"columns": output(), "line": asLine(output())} {
		t.Run(name, func(t *testing.T) {
			plot := trendPlot(t, tr)
			img := render(t, tr)
			for i, p := range tr.Points {
				if !p.Missing {
					continue
				}
				shaded := 0
				for x := plot.Min.X + plot.Dx()*i/len(tr.Points); x < plot.Min.X+plot.Dx()*(i+1)/len(tr.Points); x++ {
					for y := plot.Min.Y - 300; y < plot.Min.Y; y++ {
						c := img.At(x, y)
						if is(c, steady()) || is(c, accent()) {
							t.Fatalf("%s has no figure, yet %v is painted at %d,%d", p.Label, c, x, y)
						}
						if is(c, track()) {
							shaded++
						}
					}
				}
				if shaded == 0 {
					t.Errorf("%s: the gap is not shaded", p.Label)
				}
			}
		})
	}
}

func TestLineJoinsNeighboursOnly(t *testing.T) {
	tr := asLine(harvest())
	tr.Points[5] = Point{Label: "2009", Missing: true}
	var lengths []int
	for _, sh := range lay(t, tr).shapes {
		if s, ok := sh.(stroke); ok {
			lengths = append(lengths, len(s.points))
		}
	}
	if len(lengths) != 2 || lengths[0] != 5 || lengths[1] != 16 {
		t.Errorf("pieces of the line have %v points, want [5 16]", lengths)
	}
}

func TestRefusals(t *testing.T) {
	trend := func(change func(*Trend)) drawing {
		tr := output()
		change(&tr)
		return tr
	}
	bars := func(change func(*Bars)) drawing {
		b := structure()
		change(&b)
		return b
	}
	long := strings.Repeat("9", 200)
	for name, c := range map[string]struct {
		d    drawing
		want error
	}{
		"no title":            {trend(func(t *Trend) { t.Title = "" }), ErrInput},
		"no source":           {trend(func(t *Trend) { t.Source = "" }), ErrInput},
		"no points":           {trend(func(t *Trend) { t.Points = nil }), ErrInput},
		"nothing known":       {trend(func(t *Trend) { t.Points = []Point{{Label: "2020", Missing: true}} }), ErrInput},
		"no year":             {trend(func(t *Trend) { t.Points[0].Label = "" }), ErrInput},
		"no words for value":  {trend(func(t *Trend) { t.Points[0].ValueLabel = "" }), ErrInput},
		"not a number":        {trend(func(t *Trend) { t.Points[0].Value = math.NaN() }), ErrInput},
		"infinite":            {trend(func(t *Trend) { t.Points[0].Value = math.Inf(1) }), ErrInput},
		"unknown bound":       {trend(func(t *Trend) { t.Points[0].Bound = 9 }), ErrInput},
		"too many points":     {trend(func(t *Trend) { t.Points = make([]Point, MaxPoints+1) }), ErrInput},
		"tofu":                {trend(func(t *Trend) { t.Title = "体" }), ErrFit},
		"value without scale": {trend(func(t *Trend) { t.Tick = nil; t.Points[0].ValueLabel = long; t.Points[3].ValueLabel = long }), ErrFit},
		"bars without source": {bars(func(b *Bars) { b.Source = "" }), ErrInput},
		"no bars":             {bars(func(b *Bars) { b.Bars = nil }), ErrInput},
		"no bar known":        {bars(func(b *Bars) { b.Bars = []Bar{{Label: "x", Missing: true}} }), ErrInput},
		"bar without label":   {bars(func(b *Bars) { b.Bars[1].Label = "" }), ErrInput},
		"bar without words":   {bars(func(b *Bars) { b.Bars[1].ValueLabel = "" }), ErrInput},
		"more than the whole": {bars(func(b *Bars) { b.Bars[0].Value = 101 }), ErrInput},
		"less than nothing":   {bars(func(b *Bars) { b.Bars[0].Value = -1 }), ErrInput},
		"endless whole":       {bars(func(b *Bars) { b.Whole = math.Inf(1) }), ErrInput},
		"too many bars":       {bars(func(b *Bars) { b.Bars = make([]Bar, MaxBars+1) }), ErrInput},
		"value too long":      {bars(func(b *Bars) { b.Bars[0].ValueLabel = long }), ErrFit},
	} {
		t.Run(name, func(t *testing.T) {
			png, err := c.d.PNG()
			if !errors.Is(err, c.want) || png != nil {
				t.Errorf("got %d bytes and error %v, want %v", len(png), err, c.want)
			}
		})
	}
}

// TestSameInputSameBytes draws every sample several times at once.
func TestSameInputSameBytes(t *testing.T) {
	for name, d := range samples() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, err := d.PNG()
			if err != nil {
				t.Fatal(err)
			}
			var wg sync.WaitGroup
			for range 2 {
				wg.Go(func() {
					got, err := d.PNG()
					if err != nil || !bytes.Equal(got, want) {
						t.Errorf("another picture (%d bytes, %v)", len(got), err)
					}
				})
			}
			wg.Wait()
		})
	}
}

func luminance(c charts.Color) float64 {
	channel := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
}

// TestContrast follows WCAG 2: 4.5 to 1 for text. The opponent channels are what
// is left to people who lack one kind of cone.
func TestContrast(t *testing.T) {
	contrast := func(a, b charts.Color) float64 {
		la, lb := luminance(a), luminance(b)
		return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
	}
	for _, c := range []struct {
		name     string
		text, bg charts.Color
	}{
		{"ink on paper", ink(), paper()},
		{"muted on paper", muted(), paper()},
		{"muted on track", muted(), track()},
		{"ink on track", ink(), track()},
		{"accent on paper", accent(), paper()},
		{"accent on track", accent(), track()},
		{"paper on a bar", paper(), steady()},
		{"paper on a strong bar", paper(), accent()},
		{"ink in a hollow bar", ink(), fade(steady(), 1, 6)},
		{"accent in a hollow bar", accent(), fade(accent(), 1, 6)},
	} {
		if got := contrast(c.text, c.bg); got < 4.5 {
			t.Errorf("%s: contrast %.2f", c.name, got)
		}
	}
	blueYellow := func(c charts.Color) int { return (int(c.R)+int(c.G))/2 - int(c.B) }
	redGreen := func(c charts.Color) int { return int(c.R) - int(c.G) }
	for name, f := range map[string]func(charts.Color) int{"blue-yellow": blueYellow, "red-green": redGreen} {
		if d := f(accent()) - f(steady()); d < 100 && d > -100 {
			t.Errorf("the two colours differ by only %d on the %s channel", d, name)
		}
	}
}

func TestMarks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      []float64
	}{
		{0, 467.112, []float64{0, 100, 200, 300, 400}},
		{0, 0.4, []float64{0, 0.1, 0.2, 0.3, 0.4}},
		{0, 1445, []float64{0, 500, 1000}},
		{0, 100, []float64{0, 20, 40, 60, 80, 100}},
		{-8, 20, []float64{0, 10, 20}},
		{-10, 0, []float64{-10, -8, -6, -4, -2, 0}},
		{0, 0.3, []float64{0, 0.1, 0.2, 0.3}},
		{0, 0, []float64{0}},
	} {
		var got []float64
		for k, v := range marks(c.low, c.high) {
			got = append(got, v)
			if (k == 0) != (v == 0) {
				t.Errorf("marks(%v, %v): %v is %d steps from zero", c.low, c.high, v, k)
			}
		}
		if !slices.Equal(got, c.want) { // exactly: a mark is printed
			t.Errorf("marks(%v, %v) = %v, want %v", c.low, c.high, got, c.want)
		}
	}
}

func BenchmarkTrend(b *testing.B) {
	t := harvest()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := t.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLayout(b *testing.B) {
	t := harvest()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := t.layout(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBars(b *testing.B) {
	s := structure()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
