package ask_test

import (
	"testing"

	"maqta/sector/ask"
)

// BenchmarkAsk asks the development questions one after another; an operation is
// one question, without its wording.
func BenchmarkAsk(b *testing.B) {
	a, _ := newAsker(b)
	questions := readQuestions(b, "testdata/questions-dev.tsv")
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		q := questions[i%len(questions)]
		a.Ask(ask.Question{Text: q.text, Lang: ask.Lang(q.lang), Today: today})
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "questions/s")
}

// BenchmarkNew prepares the lexicons, which happens once at start.
func BenchmarkNew(b *testing.B) {
	_, book := newAsker(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ask.New(book); err != nil {
			b.Fatal(err)
		}
	}
}
