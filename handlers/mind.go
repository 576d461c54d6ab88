package handlers

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/ask"
	"maqta/sector/facts"
)

// Mind is what answers questions: the facts, the understanding and the words,
// without chats or records. It is read-only and safe for concurrent use.
type Mind struct {
	Book  *facts.Book
	Asker *ask.Asker
	Words *locales.Catalog
	Zone  *time.Location // in which days and years are counted

	Calendar *sector.Calendar // working days, and from them the deadlines

	places places            // regions by the names that people give them
	typed  map[string]string // a word typed instead of a command → the command's name
}

// NewMind loads the embedded facts, lexicons and texts.
func NewMind(zone *time.Location) (*Mind, error) {
	book, err := facts.Load()
	if err != nil {
		return nil, fmt.Errorf("load facts: %w", err)
	}
	return NewMindOf(book, zone)
}

// NewMindOf answers from the given edition of the facts.
func NewMindOf(book *facts.Book, zone *time.Location) (*Mind, error) {
	calendar, err := sector.WorkingDays()
	if err != nil {
		return nil, fmt.Errorf("load the calendar: %w", err)
	}
	m := &Mind{Book: book, Zone: zone, Calendar: calendar, places: newPlaces(book.Regions())}
	texts := make(chan error, 1)
	go func() { // beside the lexicons: both are needed before the first answer
		var err error
		m.Words, err = locales.New(func(n chat.Number) error { return book.Prove(n.Value, n.Proof.Ref) })
		texts <- err
	}()
	if m.Asker, err = ask.New(book); err != nil {
		err = fmt.Errorf("load lexicons: %w", err)
	}
	if terr := <-texts; terr != nil {
		err = errors.Join(err, fmt.Errorf("load texts: %w", terr))
	}
	if err != nil {
		return nil, err
	}
	if m.typed, err = typedCommands(m.Words); err != nil {
		return nil, err
	}
	return m, nil
}

// Edition names the edition of the embedded facts.
func Edition() (string, error) {
	book, err := facts.Load()
	if err != nil {
		return "", fmt.Errorf("load facts: %w", err)
	}
	return book.Edition(), nil
}

// Reply answers a question as plain text, with the questions that the buttons
// under it would ask. An empty lang leaves the language to the question.
func (m *Mind) Reply(question string, lang chat.Lang, now time.Time) (reply string, suggestions []string, err error) {
	if !lang.Known() {
		lang = chat.Kazakh
	}
	a := m.Asker.Ask(ask.Question{Text: question, Lang: ask.Lang(lang), Today: now.In(m.Zone)})
	in := chat.Lang(a.Lang)
	if reply, err = m.Words.RenderPlain(in, m.wordAnswer(a)); err != nil {
		return "", nil, fmt.Errorf("word the answer: %w", err)
	}
	for _, q := range a.Related {
		text, err := m.Words.RenderPlain(in, queryQuestion(q))
		if err != nil {
			return "", nil, fmt.Errorf("word a suggestion: %w", err)
		}
		suggestions = append(suggestions, text)
	}
	return reply, suggestions, nil
}

// plainCommand returns the command that a text stands for, when it is nothing
// but the word for it: a Cyrillic "/көмек" is no command to Telegram.
func (m *Mind) plainCommand(text string) (string, bool) {
	word := strings.Trim(strings.ToLower(strings.TrimSpace(text)), "/.!?")
	name, ok := m.typed[word]
	return name, ok
}

// typedCommands collects the words that stand for commands in all languages.
func typedCommands(words *locales.Catalog) (map[string]string, error) {
	typed := map[string]string{}
	for _, name := range locales.AliasKeys() {
		for _, lang := range chat.Langs() {
			list, err := words.RenderPlain(lang, locales.AliasWords(name))
			if err != nil {
				return nil, fmt.Errorf("read the words for /%s: %w", name, err)
			}
			for _, w := range strings.Split(list, ",") {
				w = strings.ToLower(strings.TrimSpace(w))
				if other, taken := typed[w]; taken && other != name {
					return nil, fmt.Errorf("the word %q stands for /%s and for /%s", w, other, name)
				}
				typed[w] = name
			}
		}
	}
	return typed, nil
}
