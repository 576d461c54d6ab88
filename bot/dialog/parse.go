package dialog

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"maqta/bot/chat"
)

// Parser reads a value from an input, or says what is wrong with it.
type Parser[V any] func(in chat.Input) (V, *chat.Text)

// Parse makes a Parser of a function that reads text. What bad is given is what
// the person wrote; it is empty when the input was not a text at all.
func Parse[V any](read func(text string) (V, error), bad func(got chat.Quote) chat.Text) Parser[V] {
	return func(in chat.Input) (V, *chat.Text) {
		var zero V
		said, ok := in.(chat.Said)
		if !ok {
			return zero, refuse(bad(""))
		}
		text := strings.TrimSpace(said.Text)
		v, err := read(text)
		if err != nil {
			return zero, refuse(bad(chat.Quote(text)))
		}
		return v, nil
	}
}

var errOutside = errors.New("outside the limits")

// Whole reads a whole number from least to most, written in plain digits that
// blanks may group: "1 250". Amounts with words and fractions need a reader of
// their own.
func Whole(least, most int, bad func(got chat.Quote) chat.Text) Parser[int] {
	return Parse(func(text string) (int, error) {
		digits := strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) { // the no-break blanks that phones and spreadsheets put in are spaces too
				return -1
			}
			return r
		}, text)
		n, err := strconv.Atoi(digits)
		if err == nil && (n < least || n > most) {
			err = errOutside
		}
		return n, err
	}, bad)
}

// Line reads a text of at most the given number of characters. Control
// characters and line breaks become blanks, and runs of blanks one.
func Line(most int, bad func(got chat.Quote) chat.Text) Parser[string] {
	return Parse(func(text string) (string, error) {
		clean := strings.Join(strings.FieldsFunc(text, func(r rune) bool {
			return unicode.IsSpace(r) || unicode.IsControl(r)
		}), " ")
		if clean == "" || utf8.RuneCountInString(clean) > most {
			return "", errOutside
		}
		return clean, nil
	}, bad)
}

// Again is what Take returns to have the same question asked once more with
// nothing wrong: a choice of several was ticked, a page was turned.
func Again() *chat.Text { return &chat.Text{} }

func refuse(t chat.Text) *chat.Text { return &t }
