package eval

import (
	"fmt"
	"unicode/utf8"
)

// Limits of a good answer.
const (
	maxLength    = 350 // characters
	maxSentences = 4
	figureWithin = 60 // characters before the first figure that was asked for
)

// Measure lists where a reply is longer than an answer should be, or brings its
// figure late. Replies to questions without a figure are only measured for length.
func (j *Judge) Measure(q Question, reply string) []string {
	r := read(reply)
	var breaches []string
	if n := utf8.RuneCountInString(r.shown); n > maxLength {
		breaches = append(breaches, fmt.Sprintf("%d characters", n))
	}
	if n := len(r.sentences); n > maxSentences {
		breaches = append(breaches, fmt.Sprintf("%d sentences", n))
	}
	if !q.numeric() || q.Unanswerable() || r.refuses() {
		return breaches
	}
	for i := range r.figures {
		f := &r.figures[i]
		for _, t := range append(append([]Token{}, q.All...), q.Any...) {
			if !t.means(r, f) {
				continue
			}
			if n := utf8.RuneCountInString(r.text[:f.at]); n > figureWithin {
				breaches = append(breaches, fmt.Sprintf("the figure comes after %d characters", n))
			}
			return breaches
		}
	}
	return breaches
}

// means reports whether the figure is what the token asks for.
func (t Token) means(r *reading, f *figure) bool {
	switch t.kind {
	case numberToken, amountToken, perCentToken:
		return t.isFigure(r, f)
	case bothToken:
		for _, part := range t.parts {
			if part.means(r, f) {
				return true
			}
		}
	}
	return false
}
