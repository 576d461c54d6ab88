package ask

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"maqta/sector/facts"
)

//go:embed lexicon/*.toml lexicon/real/*.txt
var lexiconFiles embed.FS

// Reasons for which a lexicon is refused.
var (
	ErrConcept = errors.New("unknown concept")
	ErrWord    = errors.New("word cannot be read")
)

// langs is a set of languages.
type langs uint8

const (
	inKazakh langs = 1 << iota
	inRussian
	inEnglish
)

// lexeme is a word of one language in its base form.
type lexeme struct {
	concept concept
	place   uint8 // 1 + index of the region that the word names, 0 where none
	lang    langs
	verb    bool   // takes verb endings (Kazakh)
	fixed   bool   // takes no endings at all
	spelt   uint32 // hash of the word as spelt
}

// lexicon knows the words of the three languages.
type lexicon struct {
	lexemes []lexeme
	// Kazakh and Russian words by skeleton, English ones as spelt: exactly, and by stem.
	exact, english   map[string][]int32
	kazakh           map[string][]int32 // stems that take endings
	russian, stemmed map[string][]int32 // stems: Russian by skeleton, English as spelt
	phrases          trie
	slips            slipFinder
	longest          int                // letters of the longest Kazakh stem
	stems            map[string][]int32 // while reading: lexemes by language and stem
}

// trie holds phrases, a lexeme an edge.
type trie struct {
	edges map[[2]int32]int32
	end   map[int32]int32 // node: the phrase's lexeme
	nodes int32
}

// vocabulary is a lexicon file.
type vocabulary struct {
	Words map[string][]string `toml:"words"`
}

// newLexicon reads the embedded words and adds the names of the regions.
func newLexicon(regions []facts.RegionNames) (*lexicon, error) {
	return readLexicon(lexiconFiles, regions)
}

func readLexicon(fsys fs.FS, regions []facts.RegionNames) (*lexicon, error) {
	x := &lexicon{
		exact: map[string][]int32{}, english: map[string][]int32{}, kazakh: map[string][]int32{},
		russian: map[string][]int32{}, stemmed: map[string][]int32{},
		phrases: trie{edges: map[[2]int32]int32{}, end: map[int32]int32{}}, stems: map[string][]int32{},
	}
	var later []phrase
	for _, l := range [...]struct {
		name string
		lang langs
	}{{"kk", inKazakh}, {"ru", inRussian}, {"en", inEnglish}} {
		var v vocabulary
		if _, err := toml.DecodeFS(fsys, "lexicon/"+l.name+".toml", &v); err != nil {
			return nil, fmt.Errorf("reading the %s lexicon: %w", l.name, err)
		}
		names := make([]string, 0, len(v.Words))
		for name := range v.Words {
			names = append(names, name)
		}
		slices.Sort(names) // a map has no order, and an edition must have one
		for _, name := range names {
			c := slices.Index(conceptNames[:], name)
			if c < 0 {
				return nil, fmt.Errorf("reading the %s lexicon, %q: %w", l.name, name, ErrConcept)
			}
			for _, w := range v.Words[name] {
				p, err := x.addEntry(w, lexeme{concept: concept(c), lang: l.lang})
				if err != nil {
					return nil, fmt.Errorf("reading the %s lexicon, %q: %w", l.name, name, err)
				}
				later = append(later, p...)
			}
		}
	}
	for i, r := range regions {
		for _, n := range [...]struct {
			lang  langs
			names []string
		}{
			{inKazakh, append([]string{r.KK}, r.AliasKK...)},
			{inRussian, append([]string{r.RU}, r.AliasRU...)},
			{inEnglish, append([]string{r.EN}, r.AliasEN...)},
		} {
			for _, name := range n.names {
				p, err := x.addEntry(name, lexeme{concept: cNone, place: uint8(i + 1), lang: n.lang})
				if err != nil {
					return nil, fmt.Errorf("reading the names of %s: %w", r.Region, err)
				}
				later = append(later, p...)
			}
		}
	}
	var scratch analysis
	for _, p := range later {
		x.addPhrase(&scratch, p)
	}
	x.stems = nil
	return x, x.slips.read(fsys)
}

// phrase is several words with one meaning, to be added once all words are known.
type phrase struct {
	words []token
	means lexeme
}

// addEntry adds a word, or returns the phrase to be added later. A leading "="
// means that the word takes no endings, a trailing "-" that it is a Kazakh verb stem.
func (x *lexicon) addEntry(entry string, l lexeme) ([]phrase, error) {
	text, fixed := strings.CutPrefix(entry, "=")
	text, verb := strings.CutSuffix(text, "-")
	l.fixed, l.verb = fixed, verb
	var words []token
	for _, t := range tokens(nil, clean(text)) {
		if t.script != mark {
			words = append(words, t)
		}
	}
	switch len(words) {
	case 0:
		return nil, fmt.Errorf("%q: %w", entry, ErrWord)
	case 1:
		x.addWord(words[0], l)
		return nil, nil
	}
	return []phrase{{words, l}}, nil
}

func (x *lexicon) addWord(t token, l lexeme) int32 {
	id := int32(len(x.lexemes))
	l.spelt = spelling(t.text)
	x.lexemes = append(x.lexemes, l)
	put := func(m map[string][]int32, key string) {
		if key != "" && (len(key) == 1 || !slices.ContainsFunc(m[key], func(i int32) bool { return x.same(i, l) })) {
			m[key] = append(m[key], id)
		}
	}
	stem := ""
	if !l.fixed {
		stem = stemOf(t, l.lang)
	}
	if stem != "" && x.stems != nil {
		x.stems[stem] = append(x.stems[stem], id)
	}
	if l.lang == inEnglish {
		put(x.english, englishKey(t.text))
		put(x.stemmed, strings.TrimPrefix(stem, inStems))
		return id
	}
	key := string(skeletonOf(nil, t.text, t.script, false))
	put(x.exact, key)
	switch {
	case l.fixed:
	case l.lang == inKazakh:
		put(x.kazakh, key)
		x.longest = max(x.longest, len(key))
		if soft := softened(key); soft != "" {
			put(x.kazakh, soft)
		}
		if dropped := withoutVowel(key); dropped != "" && !l.verb {
			put(x.kazakh, dropped)
		}
	case t.script == cyrillic:
		put(x.russian, string(skeletonOf(nil, stem, cyrillic, false)))
		// The stemmer takes the end of "квартал" for an ending, but leaves it in "кварталу".
		put(x.russian, key)
		if (len(key) >= 5 || len(key) == 4 && subjects.has(l.concept)) && l.concept > cUnknown {
			put(x.kazakh, key) // Russian words take Kazakh endings in Kazakh mouths: "долясы"
		}
	}
	return id
}

// same reports whether the lexeme of the id means what l means.
func (x *lexicon) same(id int32, l lexeme) bool {
	o := x.lexemes[id]
	return o.concept == l.concept && o.place == l.place && o.lang == l.lang && o.verb == l.verb && o.concept != cNone
}

// softened returns a Kazakh stem as it stands before a vowel: талшық, талшығ-;
// кітап, кітаб-. "" where nothing softens.
func softened(key string) string {
	if len(key) < 3 {
		return ""
	}
	switch key[len(key)-1] {
	case 'k':
		return key[:len(key)-1] + "g"
	case 'p':
		return key[:len(key)-1] + "b"
	}
	return ""
}

// withoutVowel returns a Kazakh stem that loses its last vowel before an ending:
// кәсіпорын, кәсіпорн-. "" where it does not.
func withoutVowel(key string) string {
	n := len(key)
	if n < 4 || key[n-2] != 'i' || isVowel(key[n-1]) || isVowel(key[n-3]) {
		return ""
	}
	switch key[n-1] {
	case 'n', 'r', 'l', 'z': // орын, ауыз, халық has none of these
		return key[:n-2] + key[n-1:]
	}
	return ""
}

func isVowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }

// addPhrase enters the words of a phrase, each in whatever form it stands, as
// the lexemes that they are; a word that is none becomes one that means nothing
// by itself.
func (x *lexicon) addPhrase(scratch *analysis, p phrase) {
	nodes := []int32{0}
	for i, w := range p.words {
		x.analyse(w, scratch)
		var ids []int32
		for _, id := range append(slices.Clone(scratch.lexemes()), x.stems[stemOf(w, p.means.lang)]...) {
			if x.lexemes[id].lang == p.means.lang && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		if len(ids) == 0 {
			// the last word of a verbal phrase is the verb
			verb := p.means.verb && i == len(p.words)-1
			ids = append(ids, x.addWord(w, lexeme{concept: cNone, lang: p.means.lang, fixed: w.script == digits, verb: verb}))
		}
		var next []int32
		for _, n := range nodes {
			for _, id := range ids {
				next = append(next, x.phrases.step(n, id))
			}
		}
		nodes = next
	}
	id := int32(len(x.lexemes))
	x.lexemes = append(x.lexemes, p.means)
	for _, n := range nodes {
		if _, taken := x.phrases.end[n]; !taken {
			x.phrases.end[n] = id
		}
	}
}

// inStems parts English stems from Russian ones where both stand in one map.
const inStems = "en "

// stemOf returns the stem of a word, by which a phrase finds all the words of the
// lexicon that are forms of one: "hide" and "hides". "" where none is taken.
func stemOf(t token, lang langs) string {
	switch {
	case lang == inEnglish:
		return inStems + englishStem(englishKey(t.text))
	case lang == inRussian && t.script == cyrillic:
		return russianStem(t.text)
	}
	return ""
}

func (t *trie) step(node, id int32) int32 {
	key := [2]int32{node, id}
	next, ok := t.edges[key]
	if !ok {
		t.nodes++
		next = t.nodes
		t.edges[key] = next
	}
	return next
}
