package handlers

import (
	"regexp"
	"strconv"
	"strings"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector/ask"
	"maqta/sector/facts"
)

// sourcesNamed is how many sources the line under an answer names.
const sourcesNamed = 3

// wordCited is the line that says where an answer is from: who said it and when.
// An answer about its source has that as its text.
func wordCited(a ask.Answer) chat.Text {
	if a.Kind == ask.KindSource {
		return chat.Text{}
	}
	return cited(a.Sources, sourcesNamed)
}

// cited names at most most sources.
func cited(sources []*facts.Source, most int) chat.Text {
	var named []chat.Text
	seen := map[string]bool{}
	for _, s := range sources {
		// Two pages of one body on one day are one source to a reader.
		key := s.Publisher + s.Origin + s.Date.String()
		if !seen[key] && len(named) < most {
			seen[key] = true
			named = append(named, sourceName(s))
		}
	}
	switch len(named) {
	case 0:
		return chat.Text{}
	case 1:
		return locales.CiteLine(named[0])
	}
	return locales.CiteLines(joined("; ", named))
}

// joined puts texts side by side with glue between them.
func joined(glue string, texts []chat.Text) chat.Text {
	if len(texts) == 1 {
		return texts[0]
	}
	return chat.Text{Parts: texts, Glue: glue}
}

func sourceName(s *facts.Source) chat.Text {
	if s.Date.IsZero() {
		return locales.CiteUndated(locales.SourceShort(string(s.ID)))
	}
	return locales.CiteDated(dateOf(s.Date), locales.SourceShort(string(s.ID)))
}

// wordSource is all that is known of a source: who says it, who printed it,
// under which title, when and where.
func wordSource(s *facts.Source, unverified bool) chat.Text {
	record := chat.Proof{Kind: chat.ByRecord, Ref: "source/" + string(s.ID)}
	card := locales.CiteCard(dateOf(s.Date), chat.Plain{Value: s.Link, Proof: record},
		locales.SourceShort(string(s.ID)), chat.Quote(s.Publisher), sourceTitle(s))
	if unverified {
		return chat.Lines(card, locales.CiteUnverified())
	}
	return card
}

// wordSources lists every source of the edition.
func (m *Mind) wordSources() chat.Text {
	lines := []chat.Text{locales.MenuSources()}
	for _, s := range m.Book.Sources() {
		lines = append(lines, locales.CiteEntry(dateOf(s.Date), locales.SourceShort(string(s.ID)), chat.Quote(s.Publisher)))
	}
	return chat.Lines(lines...)
}

var numberInTitle = regexp.MustCompile(`\d[\d,]*(\.\d+)?`)

// sourceTitle is the title of a source in the reader's language. Its numbers are
// the publisher's: they are read from the stored title, not written in our texts.
func sourceTitle(s *facts.Source) chat.Text {
	record := chat.Proof{Kind: chat.ByRecord, Ref: "source/" + string(s.ID) + "/title"}
	var numbers [2]chat.Number
	var years [2]chat.Plain
	for _, found := range numberInTitle.FindAllString(s.Title, -1) {
		value := strings.ReplaceAll(found, ",", "")
		if year, err := strconv.Atoi(value); err == nil && len(found) == 4 && year > 1900 && year < 2100 {
			shift(&years, chat.Plain{Value: value, Proof: record})
			continue
		}
		shift(&numbers, chat.Number{Value: value, Proof: record})
	}
	return locales.SourceTitle(string(s.ID), numbers[0], numbers[1], years[1], years[0])
}

// shift puts v into the first empty place, if there is one.
func shift[T comparable](places *[2]T, v T) {
	var empty T
	for i := range places {
		if places[i] == empty {
			places[i] = v
			return
		}
	}
}

// wordTold says a statement. Whoever spoke is named; what the press service
// itself said is named by the source.
func wordTold(s *facts.Statement, a ask.Answer) chat.Text {
	text := locales.StatementText(string(s.ID))
	if len(a.Parts) > 1 || s.ID == facts.WhoSpoke {
		return text
	}
	if who := speaker(s); !who.IsZero() {
		return chat.Sentences(text, locales.SaidLine(who))
	}
	return text
}

func speaker(s *facts.Statement) chat.Text {
	switch s.Speaker {
	case "Serik Zhumangarin":
		return locales.SaidByMinister(dayOf(s.SaidOn))
	case "Ministry of Industry and Construction":
		return locales.SaidByMinistry(dayOf(s.SaidOn))
	}
	return chat.Text{}
}
