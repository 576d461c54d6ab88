package ask

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// slipFinder finds the words that a misspelt one may have been. Its indexes take
// longer to make than all the rest and are not needed by most questions, so they
// are made when the first one asks for them.
type slipFinder struct {
	once   sync.Once
	lists  [len(lexiconLanguages)]string // words that are none of ours, one a line
	byLang [len(lexiconLanguages)]slipIndex
}

// slipIndex is what is needed to forgive slips in one language.
type slipIndex struct {
	near *nearIndex
	real map[string]bool // words, and in Russian and English stems, that are none of ours but look like them
}

// lexiconLanguages are the languages in the order of their bits in langs.
var lexiconLanguages = [...]struct {
	name string
	lang langs
}{{"kk", inKazakh}, {"ru", inRussian}, {"en", inEnglish}}

// read reads the lists of words that must not be taken for slips.
func (f *slipFinder) read(fsys fs.FS) error {
	for i, l := range lexiconLanguages {
		content, err := fs.ReadFile(fsys, "lexicon/real/"+l.name+".txt")
		if err != nil {
			return fmt.Errorf("reading the real words of %s: %w", l.name, err)
		}
		f.lists[i] = string(content)
	}
	return nil
}

// index returns the index of a language, making all of them when first asked.
func (x *lexicon) index(lang langs) *slipIndex {
	x.slips.once.Do(func() {
		maps := [...][]map[string][]int32{{x.exact, x.kazakh}, {x.exact, x.russian}, {x.english}}
		for i, l := range lexiconLanguages {
			x.slips.byLang[i] = slipIndex{near: x.nearOf(l.lang, maps[i]), real: realWords(l.lang, x.slips.lists[i])}
		}
	})
	for i, l := range lexiconLanguages {
		if l.lang == lang {
			return &x.slips.byLang[i]
		}
	}
	return nil
}

// realWords reads a list into the forms by which a word is looked up.
func realWords(lang langs, list string) map[string]bool {
	real := map[string]bool{}
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		t := word(line)
		switch lang {
		case inEnglish:
			real[t.text] = true
		case inRussian:
			real[russianStem(t.text)] = true
			real[t.text] = true
		default:
			real[string(skeletonOf(nil, t.text, t.script, false))] = true
		}
	}
	return real
}

// isReal reports whether the word is a word of the language and none of ours.
func (i *slipIndex) isReal(t token, lang langs, skeleton []byte) bool {
	switch lang {
	case inEnglish:
		key := englishKey(t.text)
		return i.real[key] || i.real[englishStem(key)]
	case inRussian:
		return t.script == cyrillic && (i.real[t.text] || i.real[russianStem(t.text)])
	}
	return i.real[string(skeleton)]
}

// nearOf collects the words of one language with the forms in which they are
// mostly asked with, for looking up what is near.
func (x *lexicon) nearOf(lang langs, maps []map[string][]int32) *nearIndex {
	seen := map[string]bool{}
	var words []nearWord
	put := func(key string, ids []int32) {
		if !seen[key] {
			seen[key] = true
			words = append(words, nearWord{key, ids})
		}
	}
	for _, m := range maps {
		for key, ids := range m {
			if slips(len(key)+1) == 0 || seen[key] {
				continue
			}
			own := slices.DeleteFunc(slices.Clone(ids), func(id int32) bool { return x.lexemes[id].lang != lang })
			if len(own) == 0 {
				continue
			}
			put(key, own)
			switch {
			case lang != inKazakh || !x.inflects(own):
			case x.lexemes[own[0]].verb:
				for _, end := range [...]string{"di", "ti", "gan", "ildi", "ldi"} {
					put(key+end, own)
				}
			case !isVowel(key[len(key)-1]):
				put(key+"i", own) // "its", the form of most nouns in a question
			}
		}
	}
	slices.SortFunc(words, func(a, b nearWord) int { return strings.Compare(a.text, b.text) })
	return newNearIndex(words)
}
