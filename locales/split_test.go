package locales

import (
	"html"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
)

func TestSplit(t *testing.T) {
	tests := []struct {
		name  string
		html  string
		limit int
		want  []string
	}{
		{"nothing", "", 10, nil},
		{"blanks", " \n ", 10, nil},
		{"fits", "мақта", 5, []string{"мақта"}},
		{"between paragraphs", "one two\n\nthree four", 14, []string{"one two", "three four"}},
		{"between lines", "one two\nthree four", 14, []string{"one two", "three four"}},
		{"between sentences", "One two. Three four.", 14, []string{"One two.", "Three four."}},
		{"between words", "one two three", 9, []string{"one two", "three"}},
		{"within a word", "abcdef", 4, []string{"abcd", "ef"}},
		{"entity stays whole", "ab&amp;cd", 6, []string{"ab", "&amp;c", "d"}},
		{"tag closed and opened", "<b>one two</b>", 11, []string{"<b>one</b>", "<b>two</b>"}},
		{"link opened again", `<a href="x">one two</a>`, 20, []string{`<a href="x">one</a>`, `<a href="x">two</a>`}},
		{"astral letters count twice", "🐑🐑🐑", 4, []string{"🐑🐑", "🐑"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := Split(test.html, test.limit)
			if strings.Join(got, "|") != strings.Join(test.want, "|") {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// letters are the characters of a text that a person sees, without blanks.
func letters(s string) string {
	s = html.UnescapeString(tagPattern.ReplaceAllString(s, ""))
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func FuzzSplit(f *testing.F) {
	f.Add("<b>Мақта</b> — «шикізат»\n\nБір. Екі! Үш? <i>төрт &amp; бес</i>", 12, true)
	f.Add("🐑🐑🐑 <a>&<b>", 3, false)
	f.Add(strings.Repeat("сөз ", 400), 100, true)
	f.Fuzz(func(t *testing.T, s string, limit int, marked bool) {
		if limit < 64 || limit > 5000 || len(s) > 4000 {
			t.Skip("not a size of a message")
		}
		s = strings.ToValidUTF8(s, "?")
		if !marked || validHTML(s) != nil || deep(s) {
			s = "<b>" + escaper.Replace(s) + "</b>"
		}
		var all strings.Builder
		for _, piece := range Split(s, limit) {
			if n := len(utf16.Encode([]rune(piece))); n > limit || n != Units(piece) {
				t.Errorf("piece of %d units (counted %d), limit %d", n, Units(piece), limit)
			}
			if err := validHTML(piece); err != nil {
				t.Errorf("%v: %q", err, piece)
			}
			if piece == "" {
				t.Error("empty piece")
			}
			all.WriteString(letters(piece))
		}
		if all.String() != letters(s) {
			t.Errorf("letters were lost or added:\n%q\n%q", all.String(), letters(s))
		}
	})
}

// deep reports mark-up that alone would fill a piece.
func deep(s string) bool {
	n := 0
	for _, m := range tagPattern.FindAllString(s, -1) {
		n += 2 * Units(m)
	}
	return n > 40
}
