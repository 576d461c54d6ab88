package chart

import (
	"image"
	"slices"
)

// valueLift is the gap between a figure and its value label.
const valueLift = 6

// placeAll puts every value label at the end of its column; each is known to
// keep to its own slot.
func (d *trendDrawing) placeAll(values []block) {
	known := 0
	for i, p := range d.Points {
		if p.Missing {
			continue
		}
		at := d.marks[known]
		known++
		y := at.Min.Y - valueLift - values[i].h
		if p.Value < 0 {
			y = at.Max.Y + valueLift
		}
		d.put(d.pen, values[i], d.middle(i), y, centre)
	}
}

// placeSome puts as many value labels as find room, the telling ones first, and
// returns the text of the most telling one left out, or "". A telling label that
// finds no room at its figure is raised, with a thin line down to it.
func (d *trendDrawing) placeSome(values []block) (leftOut string) {
	taken := make([]image.Rectangle, 0, len(d.labels)+len(values))
	for _, l := range d.labels {
		taken = append(taken, l.box)
	}
	mark := map[int]image.Rectangle{}
	for i, p := range d.Points {
		if !p.Missing {
			mark[i] = d.marks[len(mark)]
		}
	}
	order, telling := d.telling()
	for n, i := range order {
		b := values[i]
		x := min(max(d.middle(i)-b.w/2, d.plot.Min.X+2), d.plot.Max.X-b.w)
		box, raised, ok := d.seat(b, x, mark[i], d.Points[i].Value < 0, n < telling, taken)
		if !ok {
			if leftOut == "" {
				leftOut = d.Points[i].ValueLabel
			}
			continue
		}
		if raised {
			line := leader(box, mark[i])
			d.shapes = append(d.shapes, slab{box: line, fill: muted()})
			taken = append(taken, line)
		}
		taken = append(taken, box)
		d.put(d.pen, b, box.Min.X, box.Min.Y, left)
	}
	return leftOut
}

// seat looks for a free place for a label: at the end of its figure; in a line
// chart also on the other side of the dot; and, when it may be raised, ever
// higher above it.
func (d *trendDrawing) seat(b block, x int, at image.Rectangle, negative, mayRise bool, taken []image.Rectangle) (box image.Rectangle, raised, ok bool) {
	above, below := at.Min.Y-valueLift-b.h, at.Max.Y+valueLift
	tries := []int{above}
	switch {
	case d.Line && negative:
		tries = []int{below, above}
	case d.Line:
		tries = []int{above, below}
	case negative:
		tries = []int{below}
	}
	try := func(y int) bool {
		box = image.Rect(x, y, x+b.w, y+b.h)
		return d.free(box, taken)
	}
	for _, y := range tries {
		if try(y) {
			return box, false, true
		}
	}
	for y := above - 8; mayRise && !negative && y >= d.plot.Min.Y; y -= 8 {
		if try(y) && !slices.ContainsFunc(taken, leader(box, at).Overlaps) {
			return box, true, true
		}
	}
	return box, false, false
}

// leader is the thin line from a raised label down to its figure.
func leader(label, figure image.Rectangle) image.Rectangle {
	x := (figure.Min.X + figure.Max.X) / 2
	return image.Rect(x-1, label.Max.Y, x+1, figure.Min.Y-2)
}

// free reports whether a label may stand in box: inside the plot, and clear of
// other labels, figures and lines.
func (d *trendDrawing) free(box image.Rectangle, taken []image.Rectangle) bool {
	if !box.In(d.plot) {
		return false
	}
	near := box.Inset(-4)
	near.Min.X, near.Max.X = box.Min.X-8, box.Max.X+8
	overlaps := func(r image.Rectangle) bool { return r.Overlaps(near) }
	if slices.ContainsFunc(taken, overlaps) || slices.ContainsFunc(d.marks, box.Overlaps) {
		return false
	}
	for _, run := range d.runs {
		for i := 1; i < len(run); i++ {
			if crosses(box.Inset(-lineWeight), run[i-1], run[i]) {
				return false
			}
		}
	}
	return true
}

// crosses reports whether the line from a to b, which runs to the right, touches r.
func crosses(r image.Rectangle, a, b image.Point) bool {
	from, to := max(a.X, r.Min.X), min(b.X, r.Max.X)
	if from > to {
		return false
	}
	y := func(x int) int { return a.Y + (b.Y-a.Y)*(x-a.X)/(b.X-a.X) }
	low, high := y(from), y(to)
	return max(low, high) >= r.Min.Y && min(low, high) <= r.Max.Y
}

// telling orders the known points by what a reader looks for first: the figure
// asked for, the newest, the highest, the lowest, the oldest, then the others
// from the newest back. The first n are worth raising a label for; of a short
// series, all.
func (d *trendDrawing) telling() (order []int, n int) {
	var known []int
	for i, p := range d.Points {
		if !p.Missing {
			known = append(known, i)
		}
	}
	value := func(a, b int) int {
		switch va, vb := d.Points[a].Value, d.Points[b].Value; {
		case va < vb:
			return -1
		case va > vb:
			return 1
		}
		return 0
	}
	add := func(i int) {
		if !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	for _, i := range known {
		if d.Points[i].Strong {
			add(i)
		}
	}
	add(known[len(known)-1])
	add(slices.MaxFunc(known, value))
	add(slices.MinFunc(known, value))
	add(known[0])
	n = len(order)
	for _, i := range slices.Backward(known) {
		add(i)
	}
	if len(known) <= few {
		n = len(known)
	}
	return order, n
}
