package chart

import (
	"fmt"
	"image"
	"math"
)

// Gaps of the bars.
const (
	rowGap   = 26 // between a bar and the label of the next
	valueGap = 14 // between a bar and its value label
)

// layout places a label above each bar, so that long names keep the whole
// width, and the value at the bar's end.
func (b Bars) layout() (*scene, error) {
	if err := b.check(); err != nil {
		return nil, err
	}
	texts := []string{b.Title, b.Unit, b.Note, b.Source}
	for _, bar := range b.Bars {
		texts = append(texts, bar.Label, bar.ValueLabel)
	}
	if err := checkGlyphs(texts...); err != nil {
		return nil, err
	}
	p, s := newPen(), &scene{}
	values, err := b.valueLabels(p)
	if err != nil {
		return nil, err
	}
	zero, scale := b.scale(values)
	y := s.header(p, b.Title, b.Unit) + rowGap
	for i, bar := range b.Bars {
		name, _ := p.fit(bar.Label, face{false, labelSize, ink()}, []int{labelSize, 27}, Width-2*margin, 2)
		y = s.put(p, name, margin, y, left) + 6
		b.row(s, p, bar, values[i], zero, scale, y)
		y += barHeight + rowGap
	}
	f := newFooter(p, b.Note, b.Source)
	f.place(s, p, y)
	s.height = y + f.h + footGap
	return s, nil
}

// valueRoom is the most that a value label may take of the width. It is less
// than half, so that a label which finds no room beside its bar finds it inside.
const valueRoom = (Width - 2*margin) * 2 / 5

// valueLabels sets the value labels in one size, the largest in which all of
// them have room.
func (b Bars) valueLabels(p pen) ([]block, error) {
	widest := ""
	for _, size := range []int{valueSize, 30, 27, smallest} {
		out, all := make([]block, len(b.Bars)), true
		for i, bar := range b.Bars {
			f := face{true, size, ink()}
			switch {
			case bar.Missing:
				f = face{false, size, muted()}
			case bar.Strong:
				f.ink = accent()
			}
			var whole bool
			if out[i], whole = p.set(bar.ValueLabel, f, valueRoom, 1); !whole {
				widest, all = bar.ValueLabel, false
			}
		}
		if all {
			return out, nil
		}
	}
	return nil, fmt.Errorf("%w: value label %q", ErrFit, widest)
}

// scale finds the x of zero and the pixels of one unit, so that every bar has
// room for its end and its value label. A whole takes the full width; there a
// label without room moves inside its bar.
func (b Bars) scale(values []block) (zero int, unit float64) {
	const room = Width - 2*margin
	if b.Whole > 0 {
		return margin, room / b.Whole
	}
	var high, low float64           // the longest values, right and left of zero
	var rightSide, leftSide float64 // the widest ends with their labels
	for i, bar := range b.Bars {
		if bar.Missing {
			continue
		}
		side := float64(overhang(bar.Bound) + valueGap + values[i].w)
		if bar.Value < 0 {
			low, leftSide = min(low, bar.Value), max(leftSide, side)
		} else {
			high, rightSide = max(high, bar.Value), max(rightSide, side)
		}
	}
	if high == low {
		return margin, 0
	}
	unit = (room - rightSide - leftSide) / (high - low)
	return margin + int(math.Round(-low*unit+leftSide)), unit
}

// row draws a bar with its value label, its top at y.
func (b Bars) row(s *scene, p pen, bar Bar, value block, zero int, unit float64, y int) {
	edge := Width - margin
	if b.Whole > 0 {
		s.shapes = append(s.shapes, slab{box: image.Rect(zero, y, edge, y+barHeight), fill: track()})
	}
	zeroLine := slab{box: image.Rect(zero-zeroWeight, y-4, zero, y+barHeight+4), fill: ink()}
	middle := y + (barHeight-value.h)/2
	if bar.Missing {
		s.shapes = append(s.shapes, zeroLine)
		if zero+valueGap+value.w <= edge {
			s.put(p, value, zero+valueGap, middle, left)
		} else {
			s.put(p, value, zero-valueGap, middle, right)
		}
		return
	}
	end := zero + int(math.Round(bar.Value*unit))
	limit := edge
	if bar.Value < 0 {
		limit = margin
	}
	shapes, outer := figure(bar.Bound, zero, end, limit, tone(bar.Strong), func(from, to int) image.Rectangle {
		return image.Rect(from, y, to, y+barHeight) // Rect swaps the ends of a negative bar
	})
	s.shapes = append(append(s.shapes, shapes...), zeroLine)
	switch {
	case bar.Value < 0:
		s.put(p, value, outer-valueGap, middle, right)
	case outer+valueGap+value.w <= edge:
		s.put(p, value, outer+valueGap, middle, left)
	default:
		inner := end - valueGap
		switch bar.Bound {
		case About:
			inner -= softEdge / 2
			fallthrough
		case Exact, AtLeast:
			value.face.ink = paper()
		case AtMost: // hollow: the ink shows on it
		}
		s.put(p, value, inner, middle, right)
	}
}
