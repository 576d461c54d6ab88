package chart

import (
	"fmt"
	"image"

	"github.com/go-analyze/charts"
)

// scene is a picture as geometry: what is drawn where. Layout and drawing are
// apart so that tests can look for overlaps without reading pixels.
type scene struct {
	height int
	shapes []shape
	labels []label // over the shapes
}

// shape is something without words.
type shape interface{ paint(*charts.Painter) }

// label is a line of text in its box.
type label struct {
	text string
	face face
	box  image.Rectangle
}

// slab is a rectangle; edge, when set, is drawn inside it.
type slab struct {
	box  image.Rectangle
	fill charts.Color
	edge charts.Color
}

const edgeWeight = 4

func (s slab) paint(p *charts.Painter) {
	fill := func(r image.Rectangle, c charts.Color) {
		if !r.Empty() {
			p.FilledRect(r.Min.X, r.Min.Y, r.Max.X, r.Max.Y, c, c, 0)
		}
	}
	if s.edge.IsZero() {
		fill(s.box, s.fill)
		return
	}
	fill(s.box, s.edge)
	fill(s.box.Inset(edgeWeight), s.fill)
}

// dot is a circle of a line chart, hollow when the value is not exact.
type dot struct {
	at     image.Point
	fill   charts.Color
	stroke charts.Color
}

func (d dot) paint(p *charts.Painter) {
	p.Circle(dotRadius, d.at.X, d.at.Y, d.fill, d.stroke, lineWeight-1)
}

// stroke is a line through neighbouring points.
type stroke struct {
	points []image.Point
	ink    charts.Color
	weight float64
}

func (s stroke) paint(p *charts.Painter) {
	points := make([]charts.Point, len(s.points))
	for i, q := range s.points {
		points[i] = charts.Point{X: q.X, Y: q.Y}
	}
	p.LineStroke(points, s.ink, s.weight)
}

// align says which point of a block its x is.
type align uint8

const (
	left align = iota
	centre
	right
)

// put places a block with its top at y and returns the place below it.
func (s *scene) put(p pen, b block, x, y int, a align) int {
	for _, line := range b.lines {
		w := p.width(line, b.face)
		at := x
		switch a {
		case centre:
			at -= w / 2
		case right:
			at -= w
		}
		s.labels = append(s.labels, label{line, b.face, image.Rect(at, y, at+w, y+b.face.lineHeight())})
		y += b.face.lineHeight()
	}
	return y
}

// header places title and unit and returns the place below them.
func (s *scene) header(p pen, title, unit string) int {
	b, _ := p.fit(title, face{true, titleSize, ink()}, []int{titleSize, 40, 36}, Width-2*margin, 3)
	y := s.put(p, b, margin, margin-8, left)
	if unit != "" {
		b, _ = p.fit(unit, face{false, unitSize, muted()}, []int{unitSize, 27}, Width-2*margin, 2)
		y = s.put(p, b, margin, y+4, left)
	}
	return y
}

// footer is what stands under the plot.
type footer struct {
	note, source block
	h            int
}

const footGap = 10

func newFooter(p pen, note, source string) footer {
	var f footer
	f.source, _ = p.fit(source, face{false, footSize, muted()}, []int{footSize, smallest}, Width-2*margin, 3)
	f.h = f.source.h + 2*footGap
	if note != "" {
		f.note, _ = p.fit(note, face{false, footSize, ink()}, []int{footSize, smallest}, Width-2*margin, 3)
		f.h += f.note.h + footGap
	}
	return f
}

// place draws the footer under a rule at y.
func (f footer) place(s *scene, p pen, y int) {
	s.shapes = append(s.shapes, slab{box: image.Rect(margin, y, Width-margin, y+2), fill: grid()})
	y += footGap
	if len(f.note.lines) > 0 {
		y = s.put(p, f.note, margin, y, left) + footGap
	}
	s.put(p, f.source, margin, y, left)
}

// png draws the scene.
func (s *scene) png() ([]byte, error) {
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: Width, Height: s.height})
	p.FilledRect(0, 0, Width, s.height, paper(), paper(), 0)
	for _, sh := range s.shapes {
		sh.paint(p)
	}
	for _, l := range s.labels {
		p.Text(l.text, l.box.Min.X, l.box.Min.Y+l.face.ascent(), 0, l.face.style())
	}
	data, err := p.Bytes()
	if err != nil {
		return nil, fmt.Errorf("encoding picture: %w", err)
	}
	return data, nil
}
