package handlers_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/internal/eval"
	"maqta/sector/ask"
)

// TestTwins is C-2: whatever was asked, the answers in the three languages hold
// the same numbers, units and periods.
func TestTwins(t *testing.T) {
	m := mind(t)
	queries := map[string]ask.Query{}
	sets, err := filepath.Glob(filepath.Join("..", "internal", "eval", "testdata", "questions-*.tsv"))
	if err != nil || len(sets) == 0 {
		t.Fatalf("no questions: %v", err)
	}
	for _, path := range sets {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		questions, err := eval.ReadQuestions(f)
		if cerr := f.Close(); err != nil || cerr != nil {
			t.Fatal(err, cerr)
		}
		for _, q := range questions {
			a := m.Asker.Ask(ask.Question{Text: q.Text, Lang: ask.Lang(q.Lang), Today: time.Date(2026, 3, 6, 0, 0, 0, 0, time.UTC)})
			if key := a.Query.Key(); key != "" {
				queries[key] = a.Query
			}
		}
	}
	for _, topic := range ask.Topics() {
		q := ask.Query{Topics: []ask.Topic{topic}}
		queries[q.Key()] = q
	}
	if len(queries) < 200 {
		t.Errorf("only %d different queries were read from the questions", len(queries))
	}
	for key, q := range queries {
		replies := map[chat.Lang]string{}
		for _, lang := range chat.Langs() {
			text, err := m.Words.RenderPlain(lang, m.ReplyTo(1, m.Asker.Answer(q, ask.Lang(lang))).Text)
			if err != nil {
				t.Errorf("%s in %s: %v", key, lang, err)
			}
			replies[lang] = text
		}
		if err := eval.Twins(replies[chat.Kazakh], replies[chat.Russian], replies[chat.English]); err != nil {
			t.Errorf("%s: %v\n%s\n%s\n%s", key, err, replies[chat.Kazakh], replies[chat.Russian], replies[chat.English])
		}
	}
}
