package ask

import (
	"fmt"

	"maqta/sector"
	"maqta/sector/facts"
)

// Asker understands questions and answers queries from one edition of the
// facts. It is read-only and safe for use by many goroutines at once.
type Asker struct {
	book    *facts.Book
	words   *lexicon
	places  []sector.Region // by number of the lexicon's places
	slips   []layout
	answers map[Topic]bool // whether the bare topic has an answer in this edition
}

// New returns an Asker over the book. The error says which word of which lexicon
// cannot be read.
func New(book *facts.Book) (*Asker, error) {
	regions := book.Regions()
	words, err := newLexicon(regions)
	if err != nil {
		return nil, fmt.Errorf("preparing to read questions: %w", err)
	}
	a := &Asker{book: book, words: words, slips: layouts(), answers: map[Topic]bool{}}
	for _, r := range regions {
		a.places = append(a.places, r.Region)
	}
	for _, t := range Topics() {
		a.answers[t] = a.known(Query{Topics: []Topic{t}})
	}
	return a, nil
}

// Ask answers a question. It never fails: what is not understood is a refusal.
func (a *Asker) Ask(q Question) Answer {
	meaning := a.understand(q)
	answer := a.Answer(meaning.query, meaning.lang)
	answer.Carried = meaning.carried
	return answer
}
