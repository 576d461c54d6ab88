package eval

import (
	"os"
	"testing"

	"maqta/sector/facts"
)

// The book that answers and the judge's own copy say the same. Where an edition
// changes a figure, both change, each by hand.
func TestOwnFactsAreTheBook(t *testing.T) {
	own := make(map[string]*Fact)
	for i, j := 0, testJudge(t); i < len(j.facts); i++ {
		own[j.facts[i].key()] = &j.facts[i]
	}
	book, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open("../../sector/facts/data/facts.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	theirs, err := LoadFacts(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(theirs) != len(own) || len(book.Facts()) != len(own) {
		t.Errorf("%d rows of the file and %d facts of the book, the judge knows %d", len(theirs), len(book.Facts()), len(own))
	}
	for i := range theirs {
		f := &theirs[i]
		mine, ok := own[f.key()]
		switch {
		case !ok:
			t.Errorf("the judge does not know %s", f.key())
		case mine.value != f.value || mine.in != f.in || mine.Qualifier != f.Qualifier:
			t.Errorf("%s is %s %g %s there, %s %g %s here", f.key(), f.Qualifier, f.value, f.in, mine.Qualifier, mine.value, mine.in)
		}
	}
	for _, f := range book.Facts() {
		if _, ok := own[string(f.Key)]; !ok {
			t.Errorf("the judge does not know %s", f.Key)
		}
	}
}
