package ask

import (
	"maqta/sector/facts"
)

// Asker understands questions and answers queries from one edition of the
// facts. It is read-only and safe for use by many goroutines at once.
type Asker struct {
	book    *facts.Book
	entries map[Topic]entry
}

// New returns an Asker over the book.
func New(book *facts.Book) (*Asker, error) {
	a := &Asker{book: book, entries: map[Topic]entry{}}
	for _, e := range catalogue() {
		a.entries[e.topic] = e
	}
	return a, nil
}
