package chart

import (
	"errors"
	"fmt"
	"image"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-analyze/charts"
)

const alphabets = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ" +
	"әғқңөұүһіӘҒҚҢӨҰҮҺІ" +
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" +
	"%.,:;!?()«»“”„’'\"–—−-+×÷≈≥≤<>…·/&№₸$€²³\u00a0\u202f"

// TestEveryLetterHasAGlyph asks the fonts, and looks that each letter leaves ink
// of its own, not the box that stands for a missing one.
func TestEveryLetterHasAGlyph(t *testing.T) {
	if err := checkGlyphs(alphabets); err != nil {
		t.Error(err)
	}
	for _, family := range []string{charts.FontFamilyNotoSans, charts.FontFamilyNotoSansBold} {
		font := charts.GetFont(family)
		for _, r := range alphabets {
			// What these two lack, the library takes from its Roboto, which has signs only.
			if font.Index(r) == 0 && !strings.ContainsRune("−≈≥≤", r) {
				t.Errorf("%s lacks %c", family, r)
			}
		}
	}
	for _, bold := range []bool{false, true} {
		seen := map[string]rune{}
		for _, r := range "әғқңөұүһіӘҒҚҢӨҰҮҺ\U0010ffff" {
			shape := inkOf(t, string(r), face{bold, 40, ink()})
			if strings.Trim(shape, ".") == "" {
				t.Errorf("%c leaves no ink", r)
			}
			if other, ok := seen[shape]; ok {
				t.Errorf("%c looks like %c", r, other)
			}
			seen[shape] = r
		}
	}
	if err := checkGlyphs("мақта", "棉"); !errors.Is(err, ErrFit) {
		t.Errorf("a Chinese letter: %v, want ErrFit", err)
	}
}

// inkOf draws a text and returns which pixels are dark.
func inkOf(t *testing.T, text string, f face) string {
	t.Helper()
	s := &scene{height: 100}
	s.labels = []label{{text, f, image.Rect(20, 20, 20+f.size, 20+f.lineHeight())}}
	img := render(t, fixed{s})
	var b strings.Builder
	for y := range 100 {
		for x := range 120 {
			if is(img.At(x, y), paper()) {
				b.WriteByte('.')
			} else {
				b.WriteByte('#')
			}
		}
	}
	return b.String()
}

// fixed is a drawing that is laid out already.
type fixed struct{ s *scene }

func (f fixed) layout() (*scene, error) { return f.s, nil }
func (f fixed) PNG() ([]byte, error)    { return f.s.png() }

// TestInkStaysInItsBox draws the tallest and deepest letters in every size: the
// geometry tests are worth nothing if ink leaves the boxes they compare.
func TestInkStaysInItsBox(t *testing.T) {
	p := newPen()
	for _, bold := range []bool{false, true} {
		for _, size := range []int{smallest, footSize, labelSize, valueSize, titleSize} {
			f := face{bold, size, ink()}
			text := "ЙЁҚҢ₸Щ)(gqjІf%"
			box := image.Rect(100, 100, 100+p.width(text, f), 100+f.lineHeight())
			img := render(t, fixed{&scene{height: 300, labels: []label{{text, f, box}}}})
			near := box.Inset(-40).Intersect(img.Bounds())
			for y := near.Min.Y; y < near.Max.Y; y++ {
				for x := near.Min.X; x < near.Max.X; x++ {
					if !image.Pt(x, y).In(box.Inset(-1)) && !is(img.At(x, y), paper()) {
						t.Fatalf("%d px, bold %v: ink at %d,%d outside %v", size, bold, x, y, box)
					}
				}
			}
		}
	}
}

func TestPieces(t *testing.T) {
	for text, want := range map[string][]string{
		"":                     nil,
		" a  b\n":              {"a ", "b"},
		"қаңтар–сәуір 2020":    {"қаңтар–", "сәуір ", "2020"},
		"2004–2023 жж.":        {"2004–2023 ", "жж."},
		"12 500 000 тенге":     {"12 500 000 ", "тенге"},
		"более 60 %":           {"более ", "60 %"},
		"60%-дан астам":        {"60%-дан ", "астам"},
		"5\u00a0наурыз 2026":   {"5\u00a0наурыз ", "2026"},
		"хлопок-сырец – сырьё": {"хлопок-сырец ", "– ", "сырьё"},
		"слово–другое–третье ещё": {"слово–", "другое–", "третье ", "ещё"},
	} {
		if got := pieces(text); !reflect.DeepEqual(got, want) {
			t.Errorf("pieces(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSetKeepsEveryWordOrSaysSo(t *testing.T) {
	p, f := newPen(), face{false, labelSize, ink()}
	text := "Производство кожаной и относящейся к ней продукции"
	b, whole := p.set(text, f, 400, 4)
	if !whole || strings.Join(b.lines, " ") != text {
		t.Errorf("got %q, whole %v", b.lines, whole)
	}
	b, whole = p.set(text, f, 400, 1)
	if whole || len(b.lines) != 1 || !strings.HasSuffix(b.lines[0], "…") || b.w > 400 {
		t.Errorf("got %q %d px, whole %v, want one line with an ellipsis", b.lines, b.w, whole)
	}
}

// checkGeometry looks for what would be unreadable: text outside the picture,
// too small, over other text, or over a figure that it does not belong to.
func checkGeometry(t *testing.T, s *scene) {
	t.Helper()
	page := image.Rect(0, 0, Width, s.height)
	for i, l := range s.labels {
		if !l.box.In(page) {
			t.Errorf("%q at %v leaves the page %v", l.text, l.box, page)
		}
		if l.face.size < smallest {
			t.Errorf("%q is %d px", l.text, l.face.size)
		}
		for _, m := range s.labels[:i] {
			if l.box.Overlaps(m.box) {
				t.Errorf("%q at %v runs into %q at %v", l.text, l.box, m.text, m.box)
			}
		}
		for _, sh := range s.shapes {
			switch sh := sh.(type) {
			case slab:
				inside := l.face.ink == paper() || !sh.edge.IsZero() && l.box.In(sh.box) // a label in its bar
				ground := sh.fill == track() || sh.fill == grid()
				if !inside && !ground && l.box.Overlaps(sh.box) {
					t.Errorf("%q at %v runs into a figure at %v", l.text, l.box, sh.box)
				}
				if sh.fill == grid() && l.box.Overlaps(sh.box) {
					t.Errorf("a line of the scale at %v strikes %q at %v through", sh.box, l.text, l.box)
				}
			case dot:
				if (image.Rectangle{Min: sh.at, Max: sh.at}).Inset(-dotRadius).Overlaps(l.box) {
					t.Errorf("%q at %v covers a dot at %v", l.text, l.box, sh.at)
				}
			case stroke:
				for i := 1; i < len(sh.points); i++ {
					if crosses(l.box, sh.points[i-1], sh.points[i]) {
						t.Errorf("a line strikes %q through", l.text)
					}
				}
			}
		}
	}
	for _, sh := range s.shapes {
		if sl, ok := sh.(slab); ok && !sl.box.In(page) {
			t.Errorf("figure at %v leaves the page %v", sl.box, page)
		}
	}
}

func TestGeometry(t *testing.T) {
	for name, d := range samples() {
		t.Run(name, func(t *testing.T) { checkGeometry(t, lay(t, d)) })
	}
}

// TestValuesAreWhole: a figure cut short would be another figure.
func TestValuesAreWhole(t *testing.T) {
	for _, b := range []Bars{structure(), growth()} {
		s := lay(t, b)
		for _, bar := range b.Bars {
			if !slices.ContainsFunc(s.labels, func(l label) bool { return l.text == bar.ValueLabel }) {
				t.Errorf("%q: the value label %q is not in the picture", bar.Label, bar.ValueLabel)
			}
		}
	}
	shown := 0
	s := lay(t, harvest())
	for _, p := range harvest().Points {
		if slices.ContainsFunc(s.labels, func(l label) bool { return l.text == p.ValueLabel }) {
			shown++
		} else if p.Strong {
			t.Errorf("the strong value %q is not in the picture", p.ValueLabel)
		}
	}
	if shown < 5 {
		t.Errorf("only %d values of the harvest are written out", shown)
	}
}

// FuzzGeometry lays out charts of invented shape and text: whatever comes, the
// picture is readable or refused.
func FuzzGeometry(f *testing.F) {
	for seed := range uint64(24) {
		f.Add(seed, "")
	}
	f.Add(uint64(1), strings.Repeat("ұзақ атау ", 80))
	f.Add(uint64(2), strings.Repeat("W", 500))
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		r := rand.New(rand.NewPCG(seed, 7))
		for _, d := range []drawing{inventTrend(r, text), inventBars(r, text)} {
			s, err := d.layout()
			if errors.Is(err, ErrInput) || errors.Is(err, ErrFit) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			checkGeometry(t, s)
			for _, l := range s.labels {
				if l.face.bold && l.face.size < 36 && strings.Contains(l.text, "…") {
					t.Errorf("the value label %q is cut short", l.text)
				}
			}
			if t.Failed() {
				t.Logf("%+v", d)
			}
		}
	})
}

func inventValue(r *rand.Rand) (float64, string) {
	v := float64(r.IntN(2_000_000)) / []float64{1, 10, 1000, 100_000}[r.IntN(4)]
	if r.IntN(6) == 0 {
		v = -v
	}
	if r.IntN(12) == 0 {
		v = 0
	}
	return v, []string{"", "шамамен ", "60%-дан астам ", "> "}[r.IntN(4)] + strconv.FormatFloat(v, 'f', -1, 64) + []string{"", " %", " млн"}[r.IntN(3)]
}

func inventTrend(r *rand.Rand, text string) Trend {
	t := Trend{Title: words(r, 1+r.IntN(12)) + text, Unit: words(r, r.IntN(8)), Note: words(r, r.IntN(30)) + text, Source: words(r, 1+r.IntN(30)), Line: r.IntN(2) == 0}
	if r.IntN(4) > 0 {
		t.Tick = commaTick
	}
	for i := range 1 + r.IntN(MaxPoints) {
		p := Point{Label: strconv.Itoa(1990 + i), Bound: Bound(r.IntN(4)), Missing: r.IntN(5) == 0, Strong: r.IntN(9) == 0}
		if r.IntN(6) == 0 {
			p.Label = fmt.Sprint("қаңтар–желтоқсан ", p.Label, text)
		}
		p.Value, p.ValueLabel = inventValue(r)
		t.Points = append(t.Points, p)
	}
	return t
}

func inventBars(r *rand.Rand, text string) Bars {
	b := Bars{Title: words(r, 1+r.IntN(12)) + text, Unit: words(r, r.IntN(8)), Note: words(r, r.IntN(30)), Source: words(r, 1+r.IntN(30)) + text}
	for range 1 + r.IntN(MaxBars) {
		bar := Bar{Label: words(r, 1+r.IntN(9)) + text, Bound: Bound(r.IntN(4)), Missing: r.IntN(5) == 0, Strong: r.IntN(9) == 0}
		bar.Value, bar.ValueLabel = inventValue(r)
		b.Bars = append(b.Bars, bar)
	}
	if r.IntN(2) == 0 {
		b.Whole = 100
		for i := range b.Bars {
			b.Bars[i].Value = r.Float64() * 100
		}
	}
	return b
}
