package ask

import (
	"strings"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/russian"
)

// maxReadings is how many meanings of one word are kept.
const maxReadings = 6

// analysis is what the lexicon says of one word.
type analysis struct {
	ids  [maxReadings]int32
	n    uint8
	slip bool // read through a typing slip
}

func (a *analysis) lexemes() []int32 { return a.ids[:a.n] }

func (a *analysis) add(ids []int32) {
	for _, id := range ids {
		seen := false
		for _, have := range a.lexemes() {
			seen = seen || have == id
		}
		if !seen && int(a.n) < maxReadings {
			a.ids[a.n] = id
			a.n++
		}
	}
}

// analyse looks a word up: as it stands, then without its endings.
func (x *lexicon) analyse(t token, a *analysis) {
	*a = analysis{}
	if t.script == digits || t.script == mark {
		return
	}
	var buffer [64]byte
	if t.script == latin {
		key := englishKey(t.text)
		if ids := x.english[key]; len(ids) > 0 {
			a.add(ids)
		}
		skeleton := skeletonOf(buffer[:0], t.text, latin, false)
		x.find(skeleton, t, a)
		if x.meaningful(a) {
			return
		}
		if strings.IndexByte(t.text, 'j') >= 0 {
			x.find(skeletonOf(buffer[:0], t.text, latin, true), t, a)
		}
		if len(key) > 3 {
			a.add(x.stemmed[englishStem(key)])
		}
		if a.n == 0 {
			var single [64]byte
			a.add(x.english[string(undoubled(single[:0], key))])
		}
		var cyr [96]byte
		if a.n == 0 {
			x.findRussian(string(russianOf(cyr[:0], t.text)), a)
		}
		skeleton = skeletonOf(buffer[:0], t.text, latin, false)
		x.findKazakh(skeleton, a)
		return
	}
	skeleton := skeletonOf(buffer[:0], t.text, cyrillic, false)
	if x.find(skeleton, t, a); x.meaningful(a) {
		return
	}
	x.findKazakh(skeleton, a)
	if !t.kazakh {
		x.findRussian(t.text, a)
	}
}

// find adds the words whose skeleton is exactly this.
func (x *lexicon) find(skeleton []byte, t token, a *analysis) {
	// Folded, a single letter is too many letters, and a word listed only because
	// it is not ours too many words: "мақтан" is not ours, "мақтаң" is.
	spelt := spelling(t.text)
	ids := x.exact[string(skeleton)]
	for i, id := range ids {
		if l := x.lexemes[id]; l.spelt == spelt || len(skeleton) > 1 && l.concept != cUnknown {
			a.add(ids[i : i+1])
		}
	}
}

// findRussian adds the words with the same Russian stem.
func (x *lexicon) findRussian(word string, a *analysis) {
	var buffer [64]byte
	stem := russianStem(word)
	if len(stem) < 2*3 { // three Cyrillic letters
		return
	}
	a.add(x.russian[string(skeletonOf(buffer[:0], stem, cyrillic, false))])
	if head, ok := strings.CutSuffix(word, "ова"); ok && a.n == 0 && len(head) > 2*2 {
		x.findRussian(head+"ого", a) // as it is heard: "малова бизнеса"
	}
}

// findKazakh adds the words with the longest Kazakh stem of which the rest is a
// chain of endings.
func (x *lexicon) findKazakh(skeleton []byte, a *analysis) {
	for n := min(len(skeleton), x.longest); n >= 2; n-- {
		ids := x.kazakh[string(skeleton[:n])]
		found := false
		for _, id := range ids {
			if x.takes(x.lexemes[id], skeleton, n) {
				a.add([]int32{id})
				found = true
			}
		}
		if found {
			return
		}
	}
}

// takes reports whether the rest of the word behind its first n letters is a
// chain of endings that the lexeme may have.
func (x *lexicon) takes(l lexeme, skeleton []byte, n int) bool {
	tail, last := skeleton[n:], skeleton[n-1]
	if l.verb {
		return n >= 3 && verbEndings(tail, last, n >= 4)
	}
	if n == 2 && len(tail) > 4 {
		return false // two letters begin too many words
	}
	return nounEndings(tail, last, n >= 4)
}

// findNear adds the meaning of the nearest known word, unless two that mean
// different things are equally near. Where the language of the message is known,
// only its words count: every language has words that are a slip away from
// another's.
func (x *lexicon) findNear(t token, among langs, a *analysis) {
	var buffer, other [64]byte
	if among == 0 {
		among = inKazakh | inRussian | inEnglish
	}
	skeleton := skeletonOf(buffer[:0], t.text, t.script, false)
	if len(skeleton) == lengthForOne-1 && x.swapped(t, skeleton, among, a) {
		return
	}
	n := nearest{x: x, distance: 99, length: len(skeleton)}
	if t.script != latin {
		among &^= inEnglish
	}
	if t.kazakh {
		among &^= inRussian
	}
	for _, l := range lexiconLanguages {
		if among&l.lang == 0 {
			continue
		}
		index := x.index(l.lang)
		switch {
		case index.isReal(t, l.lang, skeleton):
			return // a word of its own, and none of ours
		case l.lang == inEnglish:
			index.near.near([]byte(englishKey(t.text)), n.consider)
		default:
			index.near.near(skeleton, n.consider)
		}
	}
	if n.distance >= 2*perSlip || n.undecided() {
		// Endings hide a slip in the stem: "мақттаның". Take off what can be taken.
		n.inflected = true
		if among&inKazakh != 0 {
			for cut := len(skeleton) - 1; cut >= lengthForOne; cut-- {
				if nounEndings(skeleton[cut:], skeleton[cut-1], false) {
					x.index(inKazakh).near.near(skeleton[:cut], n.consider)
				}
			}
		}
		if among&inKazakh != 0 && n.undecided() {
			x.slippedEnding(skeleton, a)
			if a.n > 0 {
				a.slip = true
				return
			}
		}
		if among&inRussian != 0 && t.script == cyrillic {
			if stem := skeletonOf(other[:0], russianStem(t.text), cyrillic, false); len(stem) >= lengthForOne {
				x.index(inRussian).near.near(stem, n.consider)
			}
			// where the slip is in the ending itself: "центнероф"
			for cut := len(skeleton) - 1; n.word == nil && cut >= max(lengthForTwo-1, len(skeleton)-3); cut-- {
				x.index(inRussian).near.near(skeleton[:cut], n.consider)
			}
		}
	}
	if n.word != nil && !n.clash {
		a.add(n.word.ids)
		a.slip = true
	}
}

// swapped adds the word of four letters of which two neighbours changed places:
// "mnay", "yran". Other slips in words so short lead anywhere.
func (x *lexicon) swapped(t token, skeleton []byte, among langs, a *analysis) bool {
	try := func(m map[string][]int32, word []byte) {
		for i := 1; i < len(word) && a.n == 0; i++ {
			word[i-1], word[i] = word[i], word[i-1]
			if ids := m[string(word)]; len(ids) > 0 && x.lexemes[ids[0]].lang&among != 0 {
				a.add(ids)
			}
			word[i-1], word[i] = word[i], word[i-1]
		}
	}
	var buffer [8]byte
	if t.script == latin && among&inEnglish != 0 && len(t.text) == 4 {
		try(x.english, append(buffer[:0], t.text...))
	}
	try(x.exact, append(buffer[:0], skeleton...))
	a.slip = a.n > 0
	return a.slip
}

// slippedEnding adds the Kazakh word whose stem stands there in full while a
// vowel was left out of its endings: "бұйымдры", "өнмі".
func (x *lexicon) slippedEnding(skeleton []byte, a *analysis) {
	var tail, stem [maxWord]byte
	for n := min(len(skeleton)-1, x.longest, len(stem)-1); n >= lengthForOne-1; n-- {
		for _, vowel := range [...]byte{'a', 'e', 'i'} { // "тоқымның", "мақтың": the stem's own last vowel
			ids := x.kazakh[string(append(append(stem[:0], skeleton[:n]...), vowel))]
			if len(ids) > 0 && nounEndings(skeleton[n:], vowel, false) {
				a.add(ids)
				return
			}
		}
	}
	for n := min(len(skeleton)-1, x.longest); n >= lengthForOne-1; n-- {
		ids := x.kazakh[string(skeleton[:n])]
		if len(ids) == 0 || len(skeleton)-n+1 > len(tail) {
			continue
		}
		rest := skeleton[n:]
		for i := range len(rest) + 1 {
			for _, vowel := range [...]byte{'a', 'e', 'i'} {
				t := append(append(append(tail[:0], rest[:i]...), vowel), rest[i:]...)
				if nounEndings(t, skeleton[n-1], false) {
					a.add(ids)
					return
				}
			}
		}
	}
}

// perSlip is what a slip weighs against everything else that tells two equally
// misspelt words apart.
const perSlip = 6

// nearest collects the nearest known word.
type nearest struct {
	x        *lexicon
	length   int // of the word as typed
	word     *nearWord
	distance int
	clash    bool // another one is as near and means something else

	inflected bool // only words that take endings
}

// undecided reports whether no word was found, or none that means anything.
func (n *nearest) undecided() bool {
	return n.word == nil || n.clash || n.x.lexemes[n.word.ids[0]].concept == cUnknown
}

func (n *nearest) consider(w *nearWord, distance int) {
	if n.inflected && !n.x.inflects(w.ids) {
		return
	}
	// Of words equally near, one with a meaning of its own goes before noise, and
	// noise before what only lives in phrases or is none of ours. A letter is more
	// often left out or doubled than replaced.
	distance *= perSlip
	switch l := n.x.lexemes[w.ids[0]]; {
	case l.concept == cNone && l.place == 0, l.concept == cUnknown:
		distance += 4
	case l.concept == cNoise:
		distance += 2
	}
	if len(w.text) == n.length {
		distance++
	}
	switch {
	case distance < n.distance:
		n.word, n.distance, n.clash = w, distance, false
	case distance == n.distance && n.word != w && !n.x.alike(w.ids[0], n.word.ids[0]):
		n.clash = true
	}
}

// inflects reports whether one of the lexemes takes endings.
func (x *lexicon) inflects(ids []int32) bool {
	for _, id := range ids {
		if !x.lexemes[id].fixed {
			return true
		}
	}
	return false
}

// meaningful reports whether one of the lexemes means something by itself.
func (x *lexicon) meaningful(a *analysis) bool {
	for _, id := range a.lexemes() {
		if l := x.lexemes[id]; l.concept != cNone || l.place > 0 {
			return true
		}
	}
	return false
}

// alike reports whether two lexemes mean the same.
func (x *lexicon) alike(a, b int32) bool {
	return x.lexemes[a].concept == x.lexemes[b].concept && x.lexemes[a].place == x.lexemes[b].place
}

// englishKey is an English word without what an apostrophe hangs on it.
func englishKey(word string) string {
	if i := strings.IndexByte(word, '\''); i > 0 {
		switch word[i+1:] {
		case "s", "re", "ve", "ll", "d", "m":
			return word[:i]
		}
	}
	return word
}

// undoubled leaves out letters that only double the one before: "smalll", "cottton".
func undoubled(dst []byte, word string) []byte {
	for i := range len(word) {
		if i == 0 || word[i] != word[i-1] {
			dst = append(dst, word[i])
		}
	}
	return dst
}

func englishStem(word string) string { return english.Stem(word, true) }

// russianStem takes the endings off. The stemmer knows е for ё only.
func russianStem(word string) string { return russian.Stem(word, true) }
