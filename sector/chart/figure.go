package chart

import (
	"image"

	"github.com/go-analyze/charts"
)

// figure draws a value from the zero line to its end, in the way its bound
// asks. It works on a span of one axis, from zero to end with limit as the
// farthest pixel that may be touched, and box turns such a span into a
// rectangle: so columns and bars, up and down, are the same code.
//
// It returns the shapes and the outermost pixel they reach.
func figure(b Bound, zero, end, limit int, fill charts.Color, box func(from, to int) image.Rectangle) ([]shape, int) {
	sign := 1
	if limit < zero {
		sign = -1
	}
	reach := func(at int) int { // keep within the limit
		if (limit-at)*sign < 0 {
			return limit
		}
		return at
	}
	switch b {
	case AtLeast:
		shapes := []shape{slab{box: box(zero, end), fill: fill}}
		pieces, outer := dissolve(end, limit, fill, box)
		return append(shapes, pieces...), outer
	case AtMost:
		return []shape{slab{box: box(zero, end), fill: fade(fill, 1, 6), edge: fill}}, end
	case About:
		half := min(softEdge/2, (end-zero)*sign/2)
		from := end - sign*half
		shapes := []shape{slab{box: box(zero, from), fill: fill}}
		const step = 2
		for i := 0; i < 2*half; i += step {
			shapes = append(shapes, slab{
				box:  box(reach(from+sign*i), reach(from+sign*min(i+step, 2*half))),
				fill: fade(fill, 2*half-i, 2*half+step),
			})
		}
		return shapes, reach(end + sign*half)
	default:
		return []shape{slab{box: box(zero, end), fill: fill}}, end
	}
}

// dissolve draws ever thinner and paler pieces from at towards limit, as many as
// there is room for, and returns the outermost pixel they reach.
func dissolve(at, limit int, fill charts.Color, box func(from, to int) image.Rectangle) ([]shape, int) {
	sign := 1
	if limit < at {
		sign = -1
	}
	var shapes []shape
	outer := at
	for i := range slats {
		thick := slatPitch*2/3 - 2*i
		to := at + sign*(i+1)*slatPitch
		if (limit-to)*sign < 0 {
			break
		}
		shapes = append(shapes, slab{box: box(to-sign*thick, to), fill: fade(fill, slats-i, slats+1)})
		outer = to
	}
	return shapes, outer
}

// overhang is how far figure reaches beyond the end where there is room.
func overhang(b Bound) int {
	switch b {
	case AtLeast:
		return slats * slatPitch
	case About:
		return softEdge / 2
	default:
		return 0
	}
}

// fade mixes part/whole of a colour with the paper.
func fade(c charts.Color, part, whole int) charts.Color {
	bg := paper()
	mix := func(a, b uint8) uint8 { return uint8((int(a)*part + int(b)*(whole-part)) / whole) }
	return charts.Color{R: mix(c.R, bg.R), G: mix(c.G, bg.G), B: mix(c.B, bg.B), A: 255}
}
