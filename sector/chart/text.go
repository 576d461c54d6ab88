package chart

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-analyze/charts"
)

// face is a kind of type: weight, size in pixels, colour.
type face struct {
	bold bool
	size int
	ink  charts.Color
}

// style names the font. Noto Sans comes with the charts module (SIL Open Font
// License 1.1); its default, Roboto, has no Cyrillic there at all.
func (f face) style() charts.FontStyle {
	family := charts.FontFamilyNotoSans
	if f.bold {
		family = charts.FontFamilyNotoSansBold
	}
	return charts.FontStyle{
		Font:      charts.GetFont(family),
		FontSize:  float64(f.size) * 72 / 96, // the library draws at 96 dots an inch
		FontColor: f.ink,
	}
}

// lineHeight and ascent hold accents over capitals (Й, Ё) and tails (Қ, Ң, ₸),
// and set the middle of a capital on the middle of the line.
func (f face) lineHeight() int { return f.size * 13 / 10 }
func (f face) ascent() int     { return f.size }

// pen measures text. The zero pen does not work: see newPen.
type pen struct{ p *charts.Painter }

func newPen() pen {
	return pen{charts.NewPainter(charts.PainterOptions{Width: 1, Height: 1})}
}

func (p pen) width(text string, f face) int {
	return p.p.MeasureText(text, 0, f.style()).Width()
}

// block is text broken into lines of one face.
type block struct {
	lines []string
	face  face
	w, h  int
}

// set breaks text into at most most lines no wider than width. What is too long
// ends in an ellipsis, and whole is false.
func (p pen) set(text string, f face, width, most int) (b block, whole bool) {
	b, whole = block{face: f}, true
	for rest := pieces(text); len(rest) > 0; {
		n := 1
		for n < len(rest) && p.width(join(rest[:n+1]), f) <= width {
			n++
		}
		if len(b.lines) == most-1 {
			n = len(rest)
		}
		line := join(rest[:n])
		if p.width(line, f) > width {
			line, whole = p.shorten(line, f, width), false
		}
		b.lines = append(b.lines, line)
		b.w = max(b.w, p.width(line, f))
		rest = rest[n:]
	}
	b.h = len(b.lines) * f.lineHeight()
	return b, whole
}

// pieces cuts text where a line may end: at blanks, and after a dash between two
// words ("қаңтар–сәуір"). A blank inside a number or before a per cent sign does
// not count, and no-break blanks are left alone. Each piece but the last of a
// word ends in its blank.
func pieces(text string) []string {
	words := strings.FieldsFunc(text, breakable)
	var out []string
	for i, w := range words {
		if i > 0 && !holds(words[i-1], w) {
			out[len(out)-1] += " "
		} else if i > 0 {
			last := len(out) - 1
			w = out[last] + " " + w
			out = out[:last]
		}
		for {
			head, tail, ok := strings.Cut(w, "–")
			if !ok || !endsWith(head, unicode.IsLetter) || !startsWith(tail, unicode.IsLetter) {
				break
			}
			out, w = append(out, head+"–"), tail
		}
		out = append(out, w)
	}
	return out
}

// holds reports whether two words belong on one line.
func holds(a, b string) bool {
	return endsWith(a, unicode.IsDigit) && (startsWith(b, unicode.IsDigit) || strings.HasPrefix(b, "%"))
}

func startsWith(s string, is func(rune) bool) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return is(r)
}

func endsWith(s string, is func(rune) bool) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return is(r)
}

func join(pieces []string) string { return strings.TrimSuffix(strings.Join(pieces, ""), " ") }

// fit sets text in the largest of the sizes in which it stays whole; when there
// is none, it is shortened in the last.
func (p pen) fit(text string, f face, sizes []int, width, most int) (b block, whole bool) {
	for _, size := range sizes {
		f.size = size
		if b, whole = p.set(text, f, width, most); whole {
			return b, true
		}
	}
	return b, whole
}

// shorten cuts text so that it fits with an ellipsis.
func (p pen) shorten(text string, f face, width int) string {
	runes := []rune(text)
	low, high := 0, len(runes) // runes[:low] is known to fit
	for low < high {
		mid := (low + high + 1) / 2
		if p.width(ellipsis(runes[:mid]), f) <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return ellipsis(runes[:low])
}

func ellipsis(runes []rune) string {
	return strings.TrimRight(string(runes), " ,;:.–—-(«\u00a0\u202f") + "…"
}

// breakable tells where a line may end. No-break blanks are left alone: they
// stand inside numbers and between a number and its unit.
func breakable(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }

// checkGlyphs refuses characters that would come out as an empty box. The
// second font is the one that the library itself falls back to.
func checkGlyphs(texts ...string) error {
	main, spare := charts.GetFont(charts.FontFamilyNotoSans), charts.GetFont(charts.FontFamilyRoboto)
	for _, text := range texts {
		for _, r := range text {
			if !breakable(r) && main.Index(r) == 0 && spare.Index(r) == 0 {
				return fmt.Errorf("%w: no glyph for %U in %q", ErrFit, r, text)
			}
		}
	}
	return nil
}
