package sector

import (
	"cmp"
	_ "embed" // the words are data
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/words.tsv
var wordsTSV string

//go:embed data/report_words.tsv
var reportWordsTSV string

// wordClass is what a word does beside an amount; data/words.tsv explains each.
type wordClass string

const (
	unknownWord wordClass = ""

	zeroWord  wordClass = "zero"
	onesWord  wordClass = "ones"
	teensWord wordClass = "teens"
	tensWord  wordClass = "tens"
	hundreds  wordClass = "hundreds" // двести
	hundred   wordClass = "hundred"  // жүз, hundred: multiplies what stands before it
	wholeWord wordClass = "whole"    // полтораста
	article   wordClass = "article"
	andWord   wordClass = "and"

	sesqui    wordClass = "sesqui"    // полтора
	halfWord  wordClass = "half"      // adds a half to what stands before it
	demiWord  wordClass = "demi"      // a part of the scale behind it
	demiScale wordClass = "demiscale" // полмиллиона

	scaleWord  wordClass = "scale"  // may stand alone for one of it
	shortScale wordClass = "short"  // needs a number before it
	letterUnit wordClass = "letter" // k, m, т …: depends on the field

	percentWord wordClass = "percent"
	minusWord   wordClass = "minus"
	tengeWord   wordClass = "tenge"
	otherMoney  wordClass = "othermoney"
	unitWord    wordClass = "unit"
	otherWord   wordClass = "other" // known, and none of ours: hours, shifts

	aboutWord  wordClass = "about"
	boundWord  wordClass = "bound"
	eitherWord wordClass = "either"
	notWord    wordClass = "not"

	noValueWord wordClass = "novalue"
	monthWord   wordClass = "month"
	yearWord    wordClass = "year"
	quarterWord wordClass = "quarter"

	caseEnding    wordClass = "ending"
	aboutEnding   wordClass = "tendai" // мыңдай: about a thousand
	ordinalEnding wordClass = "ordinal"
	stemTail      wordClass = "tail" // only between a stem and its ending

	exactWord wordClass = "exact" // the row's value is the class, for this spelling alone

	labelWord  wordClass = "label" // names a field of the report
	fillerWord wordClass = "filler"
)

// entry is one meaning.
type entry struct {
	class wordClass
	value string
	weak  bool // counts only beside another numeral
}

// phraseEntry is an entry of several words.
type phraseEntry struct {
	keys []string
	entry
}

// lexicon finds words by their keys. It is built once from the embedded tables
// and never changes afterwards.
type lexicon struct {
	words     map[string]entry
	phrases   map[string][]phraseEntry // by the first key, longest first
	kazakh    map[string]entry         // stems that take endings
	endings   map[string]wordClass     // told by touching what stands before them
	exact     map[string]entry         // by the lower-case spelling: min is no мың
	caseTails []string                 // the keys of Kazakh endings, longest first
	numerals  spellings                // keys of numerals and scales, for typing slips
	labels    spellings                // keys of field names, for typing slips
}

// words returns the lexicon. The tables are part of the program and a test reads
// them, so a fault in them is a fault of the build: it panics.
var words = sync.OnceValue(func() *lexicon {
	l, err := readLexicon(wordsTSV, reportWordsTSV)
	if err != nil {
		panic(err)
	}
	return l
})

// readLexicon reads tables of class, value, language and forms. English spellings
// win over Kazakh and Russian words that merely look alike in Latin letters.
func readLexicon(tables ...string) (*lexicon, error) {
	l := &lexicon{
		words: map[string]entry{}, phrases: map[string][]phraseEntry{}, kazakh: map[string]entry{},
		endings: map[string]wordClass{}, exact: map[string]entry{},
	}
	rows, err := lexiconRows(tables)
	if err != nil {
		return nil, err
	}
	for _, row := range rows { // as written
		for _, form := range row.forms {
			keys, _ := formKeys(form)
			if err := l.add(row, keys, true); err != nil {
				return nil, err
			}
		}
	}
	for _, row := range rows { // as written in Latin letters
		if row.lang == "en" || row.class == letterUnit {
			continue
		}
		for _, form := range row.forms {
			keys := strings.Fields(transliterate(form))
			short := len(keys) == 1 && len(keys[0]) < 2
			for i, k := range keys {
				keys[i] = latinKey(k)
			}
			if short {
				continue
			}
			if err := l.add(row, keys, false); err != nil {
				return nil, err
			}
		}
	}
	l.sortTails()
	return l, nil
}

// lexiconRow is one line of a table.
type lexiconRow struct {
	entry
	lang  string
	forms []string
}

func lexiconRows(tables []string) ([]lexiconRow, error) {
	var rows []lexiconRow
	for _, table := range tables {
		for n, line := range strings.Split(table, "\n") {
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			cells := strings.Split(line, "\t")
			if len(cells) != 4 {
				return nil, fmt.Errorf("reading words, line %d: %d cells instead of 4", n+1, len(cells))
			}
			class, weak := strings.CutSuffix(cells[0], "?")
			rows = append(rows, lexiconRow{
				entry: entry{class: wordClass(class), value: cells[1], weak: weak},
				lang:  cells[2], forms: strings.Split(cells[3], ";"),
			})
		}
	}
	return rows, nil
}

// formKeys folds the words of a form.
func formKeys(form string) (keys []string, in script) {
	for _, w := range strings.Fields(form) {
		k, s := wordKey(w)
		keys, in = append(keys, k), s
	}
	return keys, in
}

// add files a form under its keys. Two meanings of one written form are a fault;
// a Latin spelling gives way to what is there.
func (l *lexicon) add(row lexiconRow, keys []string, written bool) error {
	switch row.class {
	case exactWord:
		l.exact[strings.Join(keys, " ")] = entry{class: wordClass(row.value)}
		return nil
	case stemTail:
		l.caseTails = append(l.caseTails, keys[0])
		return nil
	case caseEnding, aboutEnding, ordinalEnding:
		if _, taken := l.endings[keys[0]]; !taken {
			l.endings[keys[0]] = row.class
		}
		if row.class != ordinalEnding && row.lang == "kk" {
			l.caseTails = append(l.caseTails, keys[0])
		}
		return nil
	}
	if len(keys) > 1 {
		l.phrases[keys[0]] = append(l.phrases[keys[0]], phraseEntry{keys, row.entry})
		return nil
	}
	key := keys[0]
	if had, taken := l.words[key]; taken {
		if written && (had.class != row.class || had.value != row.value) {
			return fmt.Errorf("reading words: %q is both %s %s and %s %s", row.forms, had.class, had.value, row.class, row.value)
		}
		return nil
	}
	l.words[key] = row.entry
	if row.lang == "kk" {
		l.kazakh[key] = row.entry
	}
	switch row.class {
	case onesWord, teensWord, tensWord, hundreds, hundred, scaleWord, shortScale:
		l.numerals.add(key, row.entry)
	case labelWord:
		l.labels.add(key, row.entry)
	}
	return nil
}

// sortTails puts longer endings and phrases first, so that the most words match.
func (l *lexicon) sortTails() {
	byLength := func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) }
	slices.SortFunc(l.caseTails, byLength)
	l.caseTails = slices.Compact(l.caseTails)
	for _, list := range l.phrases {
		slices.SortStableFunc(list, func(a, b phraseEntry) int { return len(b.keys) - len(a.keys) })
	}
}

// find returns the meaning of a single key, with or without Kazakh endings.
func (l *lexicon) find(key string) entry {
	if e, ok := l.words[key]; ok {
		return e
	}
	return l.inflected(key, 2)
}

// inflected takes off at most depth endings: сату-ымыз-ды.
func (l *lexicon) inflected(key string, depth int) entry {
	if depth == 0 {
		return entry{}
	}
	for _, tail := range l.caseTails {
		stem, cut := strings.CutSuffix(key, tail)
		if !cut || utf8.RuneCountInString(stem) < 2 {
			continue
		}
		e, ok := l.kazakh[stem]
		if !ok {
			e = l.inflected(stem, depth-1)
		}
		if e.class == unknownWord || l.endings[tail] == aboutEnding && e.class != scaleWord {
			continue // ондай is "such", not "about ten"
		}
		return e
	}
	return entry{}
}

// spellings are keys by their length, to be searched for one that was missed by
// a slip of the finger.
type spellings [longestSlipped + 1][]spelling

type spelling struct {
	letters []rune
	entry
}

func (s *spellings) add(key string, e entry) {
	letters := []rune(key)
	if len(letters) <= longestSlipped {
		s[len(letters)] = append(s[len(letters)], spelling{letters, e})
	}
}

// misspelt finds the one meaning that a key misses by a slip of the finger, two in
// long words. Keys below the given length are left alone: too many words lie one
// letter apart. near says that some entry is so near, even where two meanings are
// and neither can be picked.
//
// A short key must at least begin like the word: yrn is no trn.
func (s *spellings) misspelt(key string, shortest int) (found entry, near bool) {
	letters := []rune(key)
	if len(letters) < shortest || len(letters) > longestSlipped {
		return entry{}, false
	}
	limit := 1
	if len(letters) >= 8 {
		limit = 2
	}
	nearest := limit + 1
	for length := len(letters) - limit; length <= min(len(letters)+limit, longestSlipped); length++ {
		for _, candidate := range s[length] {
			if len(letters) < 5 && letters[0] != candidate.letters[0] {
				continue
			}
			n := slips(letters, candidate.letters, min(limit, nearest))
			if n > nearest || n > limit {
				continue
			}
			switch {
			case n < nearest:
				found, nearest = candidate.entry, n
			case candidate.class != found.class || candidate.value != found.value:
				found = entry{} // two words are as near: no telling
			}
		}
	}
	return found, nearest <= limit
}
