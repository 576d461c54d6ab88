package eval

import "testing"

// Whatever is typed, reading does not panic, spans lie within the text, and the
// text with and without its capitals has one length.
func FuzzRead(f *testing.F) {
	for _, c := range rightReplies {
		f.Add(c.reply)
	}
	for _, s := range []string{"", "\n1. ", "0,", "1.2.3.4", "9\u00a0999", "İ 5 %", "<b", "2019-13-99", "- 5 -", "%", "1,000,00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := read(text)
		if len(r.text) != len(r.shown) {
			t.Fatalf("%q: %d bytes, %d with capitals", text, len(r.text), len(r.shown))
		}
		for _, s := range append(append([]span{}, r.sentences...), r.clauses...) {
			if s.from < 0 || s.to > len(r.text) || s.from > s.to {
				t.Fatalf("%q: span %v", text, s)
			}
		}
		for _, fig := range r.figures {
			if fig.at < 0 || fig.end > len(r.text) || fig.digits > fig.end || fig.sentence < 0 || fig.clause < 0 {
				t.Fatalf("%q: figure %+v", text, fig)
			}
		}
		r.refuses()
		r.language()
		r.months()
	})
}
