package chart

import (
	"fmt"
	"image"
	"math"
	"slices"
)

// layout is the geometry of a trend. From the top: header, plot with the zero
// line, labels of the points, footer.
func (t Trend) layout() (*scene, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	d := &trendDrawing{Trend: t, pen: newPen(), scene: &scene{height: TrendHeight}}
	d.scan()
	texts := []string{t.Title, t.Unit, t.Note, t.Source}
	for _, p := range t.Points {
		texts = append(texts, p.Label, p.ValueLabel)
	}
	for _, m := range d.ticks {
		texts = append(texts, m.words)
	}
	if err := checkGlyphs(texts...); err != nil {
		return nil, err
	}

	top := d.header(d.pen, t.Title, t.Unit) + 20
	foot := newFooter(d.pen, t.Note, t.Source)
	footTop := TrendHeight - footGap - foot.h
	foot.place(d.scene, d.pen, footTop)

	gutter := 0
	for _, m := range d.ticks {
		gutter = max(gutter, d.width(m.words, tickFace())+16)
	}
	d.plot.Min, d.plot.Max.X = image.Pt(margin+gutter, top), Width-margin
	d.plot.Max.Y = d.names(footTop - 16)
	if d.plot.Dy() < leastPlot {
		return nil, fmt.Errorf("%w: title, labels and source leave no room for the plot", ErrFit)
	}

	values, slotted := d.valueBlocks()
	if err := d.setScale(values); err != nil {
		return nil, err
	}
	gaps := d.gaps()
	d.scaleMarks()
	if t.Line {
		d.line()
	} else {
		d.columns()
	}
	d.shapes = append(d.shapes, slab{box: image.Rect(d.plot.Min.X, d.zero, d.plot.Max.X, d.zero+zeroWeight), fill: ink()})
	if slotted {
		d.placeAll(values)
	} else if missing := d.placeSome(values); missing != "" && len(d.ticks) < 2 {
		return nil, fmt.Errorf("%w: no room for the value label %q, and no scale to read the value by", ErrFit, missing)
	}
	// Under everything: the gaps, then the lines of the scale, which stop at words.
	d.shapes = slices.Concat(gaps, d.scaleLines(), d.shapes)
	return d.scene, nil
}

// few is the number of points up to which each of them is named and valued.
const few = 8

// leastPlot is the height below which a plot shows nothing any more.
const leastPlot = 220

// trendDrawing is a trend on its way to a scene.
type trendDrawing struct {
	Trend
	pen
	*scene
	low, high float64 // of the scale, zero included
	ticks     []mark
	plot      image.Rectangle   // between the axis labels and the header
	zero      int               // the y of zero
	unit      float64           // pixels of one unit
	marks     []image.Rectangle // what is drawn for each known point, in order
	runs      [][]image.Point   // the pieces of a line
}

// mark is a round number beside the axis.
type mark struct {
	v     float64
	k     int // how many steps from zero
	words string
}

func tickFace() face { return face{false, tickSize, muted()} }

// scan finds the ends of the scale and its marks.
func (d *trendDrawing) scan() {
	for _, p := range d.Points {
		if !p.Missing {
			d.low, d.high = min(d.low, p.Value), max(d.high, p.Value)
		}
	}
	if d.Tick == nil {
		return
	}
	for k, v := range marks(d.low, d.high) {
		d.ticks = append(d.ticks, mark{v, k, d.Tick(v)})
	}
}

// slot is the strip of the plot that belongs to point i.
func (d *trendDrawing) slot(i int) (from, to int) {
	at := func(i int) int { return d.plot.Min.X + d.plot.Dx()*i/len(d.Points) }
	return at(i), at(i + 1)
}

func (d *trendDrawing) middle(i int) int {
	from, to := d.slot(i)
	return (from + to) / 2
}

func (d *trendDrawing) y(v float64) int { return d.zero - int(math.Round(v*d.unit)) }

// names places the labels of the points so that they end at bottom, and returns
// the place above them. When many do not fit side by side, every second, third …
// is left out, counted from the newest; of a few, each keeps its label, shortened
// if need be.
func (d *trendDrawing) names(bottom int) int {
	from, to := d.slot(0)
	best, every := d.nameBlocks(to-from, labelSize, 27, smallest), 1
	for k := 2; best == nil && len(d.Points) > few && k <= 5; k++ {
		if best = d.nameBlocks(k*(to-from), 27, smallest); best != nil {
			every = k
		}
	}
	if best == nil {
		every = (len(d.Points) + few - 1) / few
		for _, p := range d.Points {
			b, _ := d.set(p.Label, face{false, smallest, ink()}, every*(to-from)-10, 3)
			best = append(best, b)
		}
	}
	high := 0
	for _, b := range best {
		high = max(high, b.h)
	}
	top := bottom - high
	for i, b := range best {
		if (len(best)-1-i)%every != 0 {
			continue
		}
		if d.Points[i].Missing {
			b.face.ink = muted()
		}
		// The outermost of thinned labels may be wider than their slot.
		x := min(max(d.middle(i), outerEdge+b.w/2), Width-outerEdge-(b.w+1)/2)
		d.put(d.pen, b, x, top, centre)
	}
	return top - 12
}

// nameBlocks sets the labels of all points in one size, or returns nil.
func (d *trendDrawing) nameBlocks(width int, sizes ...int) []block {
	for _, size := range sizes {
		var out []block
		for _, p := range d.Points {
			b, whole := d.set(p.Label, face{false, size, ink()}, width-10, 3)
			if !whole {
				break
			}
			out = append(out, b)
		}
		if len(out) == len(d.Points) {
			return out
		}
	}
	return nil
}

// valueBlocks sets the value labels. slotted says that each keeps to its own
// slot, so that all can be shown; else they are single lines, of which placeSome
// chooses.
func (d *trendDrawing) valueBlocks() (out []block, slotted bool) {
	from, to := d.slot(0)
	for _, size := range []int{valueSize, 30, 27, smallest} {
		if d.Line { // a label in its slot may still stand in the way of the line
			break
		}
		out, slotted = nil, true
		for _, p := range d.Points {
			b, whole := d.set(p.ValueLabel, valueFace(p, size), to-from-10, 2)
			slotted = slotted && (whole || p.Missing)
			out = append(out, b)
		}
		if slotted {
			return out, true
		}
	}
	size := 27
	if len(d.Points) <= few {
		size = 30
	}
	out = nil
	for _, p := range d.Points {
		b, _ := d.set(p.ValueLabel, valueFace(p, size), Width, 1)
		out = append(out, b)
	}
	return out, false
}

func valueFace(p Point, size int) face {
	switch {
	case p.Missing:
		return face{false, size, muted()}
	case p.Strong:
		return face{true, size, accent()}
	default:
		return face{true, size, ink()}
	}
}

// setScale finds zero and the pixels of one unit, leaving room for the ends of
// the figures and for their labels, and thins the marks that would run into each
// other.
func (d *trendDrawing) setScale(values []block) error {
	above, below := 0, 0
	for i, p := range d.Points {
		if p.Missing {
			continue
		}
		room := d.end(p.Bound) + valueLift + values[i].h
		if p.Value < 0 || d.Line && p.Bound == AtMost && d.low < 0 {
			below = max(below, room)
		}
		above = max(above, room)
	}
	room := d.plot.Dy() - above - below
	if room < leastPlot/2 {
		return fmt.Errorf("%w: the value labels leave no room for the plot", ErrFit)
	}
	if span := d.high - d.low; span > 0 {
		d.unit = float64(room) / span
	}
	d.zero = d.plot.Max.Y - below - int(math.Round(-d.low*d.unit))
	for every := 2; !d.spaced(); every++ {
		d.ticks = slices.DeleteFunc(d.ticks, func(m mark) bool { return m.k%every != 0 })
	}
	return nil
}

// spaced reports whether the words of the marks keep clear of each other.
func (d *trendDrawing) spaced() bool {
	for i := 1; i < len(d.ticks); i++ {
		if d.y(d.ticks[i-1].v)-d.y(d.ticks[i].v) < tickFace().lineHeight()+4 {
			return false
		}
	}
	return true
}

// end is how far the mark of a point reaches beyond its value.
func (d *trendDrawing) end(b Bound) int {
	if d.Line {
		return max(overhang(b), dotRadius+2)
	}
	return overhang(b)
}

// gaps shades the slots without a figure and names each run of them once, where
// there is room for the words.
func (d *trendDrawing) gaps() []shape {
	var out []shape
	for i := 0; i < len(d.Points); i++ {
		if !d.Points[i].Missing {
			continue
		}
		first := i
		for i+1 < len(d.Points) && d.Points[i+1].Missing {
			i++
		}
		from, _ := d.slot(first)
		_, to := d.slot(i)
		box := image.Rect(from+3, d.plot.Min.Y, to-3, d.plot.Max.Y)
		out = append(out, slab{box: box, fill: track()})
		words := d.Points[first].ValueLabel
		if words == "" {
			continue
		}
		b, whole := d.fit(words, face{false, footSize, muted()}, []int{footSize, smallest}, box.Dx()-12, 3)
		free := image.Rect(box.Min.X, box.Min.Y, box.Max.X, d.zero) // clear of the zero line
		if below := image.Rect(box.Min.X, d.zero+zeroWeight, box.Max.X, box.Max.Y); below.Dy() > free.Dy() {
			free = below
		}
		if whole && b.h < free.Dy() {
			d.put(d.pen, b, (from+to)/2, (free.Min.Y+free.Max.Y-b.h)/2, centre)
		}
	}
	return out
}

// scaleMarks words the marks of the scale.
func (d *trendDrawing) scaleMarks() {
	for _, m := range d.ticks {
		b, _ := d.set(m.words, tickFace(), Width, 1)
		d.put(d.pen, b, d.plot.Min.X-14, d.y(m.v)-b.h/2, right)
	}
}

// scaleLines draws the lines of the scale, except where a label stands.
func (d *trendDrawing) scaleLines() []shape {
	var words []image.Rectangle
	for _, l := range d.labels {
		if l.box.Overlaps(d.plot) {
			words = append(words, l.box.Inset(-5))
		}
	}
	slices.SortFunc(words, func(a, b image.Rectangle) int { return a.Min.X - b.Min.X })
	var out []shape
	for _, m := range d.ticks {
		if m.v == 0 {
			continue
		}
		y, x := d.y(m.v), d.plot.Min.X
		piece := func(to int) {
			if x < to {
				out = append(out, slab{box: image.Rect(x, y, to, y+2), fill: grid()})
			}
		}
		for _, w := range words {
			if w.Min.Y <= y && y < w.Max.Y {
				piece(w.Min.X)
				x = max(x, w.Max.X)
			}
		}
		piece(d.plot.Max.X)
	}
	return out
}

// columns draws a column for each known point.
func (d *trendDrawing) columns() {
	for i, p := range d.Points {
		if p.Missing {
			continue
		}
		from, to := d.slot(i)
		half := min((to-from)*2/3, maxColumn) / 2
		x, limit := d.middle(i), d.plot.Min.Y
		if p.Value < 0 {
			limit = d.plot.Max.Y
		}
		box := func(from, to int) image.Rectangle { return image.Rect(x-half, from, x+half, to) }
		shapes, outer := figure(p.Bound, d.zero, d.y(p.Value), limit, tone(p.Strong), box)
		d.shapes = append(d.shapes, shapes...)
		d.marks = append(d.marks, box(d.zero, outer))
	}
}

// line draws a line through neighbouring known points. It breaks at gaps; a
// point between two gaps is a dot.
func (d *trendDrawing) line() {
	var run []image.Point
	flush := func() {
		if len(run) > 1 {
			d.shapes = append(d.shapes, stroke{points: run, ink: steady(), weight: lineWeight})
			d.runs = append(d.runs, run)
		}
		run = nil
	}
	var dots []shape
	for i, p := range d.Points {
		if p.Missing {
			flush()
			continue
		}
		at := image.Pt(d.middle(i), d.y(p.Value))
		run = append(run, at)
		shapes, box := pointMark(p, at, d.plot)
		dots = append(dots, shapes...)
		d.marks = append(d.marks, box)
	}
	flush()
	d.shapes = append(d.shapes, dots...)
}

// pointMark draws a point of a line: a full dot for an exact value, a hollow one
// for any other; pieces above or below it show on which side the truth lies.
func pointMark(p Point, at image.Point, plot image.Rectangle) ([]shape, image.Rectangle) {
	d := dot{at: at, fill: tone(p.Strong), stroke: tone(p.Strong)}
	box := image.Rectangle{Min: at, Max: at}.Inset(-dotRadius - 2)
	if p.Bound == Exact {
		return []shape{d}, box
	}
	d.fill = paper()
	limit := plot.Min.Y
	switch p.Bound {
	case AtLeast:
	case AtMost:
		limit = plot.Max.Y
	default:
		return []shape{d}, box
	}
	slatBox := func(from, to int) image.Rectangle {
		return image.Rect(at.X-dotRadius, from, at.X+dotRadius, to)
	}
	shapes, outer := dissolve(at.Y, limit, d.stroke, slatBox)
	return append(shapes, d), box.Union(slatBox(at.Y, outer))
}
