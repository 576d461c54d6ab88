package ask

import (
	"math/bits"
	"strings"

	"maqta/sector"
)

// item is a word, phrase, number or clause mark of the message with its meaning.
type item struct {
	concept concept
	place   uint8 // 1 + index of a region, 0 where none
	mark    string
	text    string // the word, lower case; of a number its digits without group marks
	suffix  string
	value   int  // of a whole number up to nine digits; -1 otherwise
	number  bool // digits, or a number in words up to twenty
	glued   bool
	unknown bool // a word that no lexicon knows
	slip    bool
	used    bool // part of a period or a claim, and nothing else
	lang    langs
}

// reading is a message read one way: as typed, or as typed on another keyboard.
type reading struct {
	items   []item
	unknown int    // words that mean nothing to us
	meant   int    // words and phrases that mean something, noise left out
	votes   [3]int // words that only one language has, by language
	kazakh  bool   // a letter that only Kazakh has
	latin   bool   // mostly in Latin letters
}

// workspace holds what reading one message needs, so that little is allocated.
type workspace struct {
	tokens   [maxTokens]token
	analyses [maxTokens]analysis
}

// read takes the message apart and looks its words up.
func (x *lexicon) read(w *workspace, text string) reading {
	toks := tokens(w.tokens[:0], text)
	r := reading{items: make([]item, 0, len(toks))}
	var letters [2]int
	for i, t := range toks {
		x.analyse(t, &w.analyses[i])
		switch t.script {
		case cyrillic:
			letters[0]++
		case latin:
			letters[1]++
		}
		r.kazakh = r.kazakh || t.kazakh
		x.vote(&r, &w.analyses[i])
	}
	r.latin = letters[1] > letters[0]
	prefer := r.preferred()
	for i, t := range toks {
		if a := &w.analyses[i]; a.n == 0 && (t.script == cyrillic || t.script == latin) {
			x.findNear(t, prefer, a)
		}
	}
	for i := 0; i < len(toks); {
		n, id := x.longestPhrase(toks, w.analyses[:len(toks)], i)
		if n > 0 {
			l := x.lexemes[id]
			r.add(item{concept: l.concept, place: l.place, lang: l.lang, glued: toks[i].glued, text: toks[i].text, value: -1})
			i += n
			continue
		}
		it := x.itemOf(toks[i], &w.analyses[i], prefer)
		if it.unknown && it.glued && hungOn(toks[i]) {
			it.unknown, it.concept = false, cNoise
		}
		r.add(it)
		i++
	}
	return r
}

func (r *reading) add(it item) {
	switch {
	case it.unknown:
		r.unknown++
	case it.mark == "" && (it.concept > cUnknown || it.place > 0):
		r.meant++
	}
	r.items = append(r.items, it)
}

// vote counts a word for the only language that has it.
func (x *lexicon) vote(r *reading, a *analysis) {
	var in langs
	for _, id := range a.lexemes() {
		in |= x.lexemes[id].lang
	}
	if bits.OnesCount8(uint8(in)) == 1 {
		r.votes[bits.TrailingZeros8(uint8(in))]++
	}
}

// preferred returns the language that most words vote for, 0 where none leads.
func (r *reading) preferred() langs {
	best, second := 0, -1
	for i := 1; i < len(r.votes); i++ {
		if r.votes[i] > r.votes[best] {
			best = i
		}
	}
	for i := range r.votes {
		if i != best && (second < 0 || r.votes[i] > r.votes[second]) {
			second = i
		}
	}
	if r.votes[best] == r.votes[second] {
		if r.kazakh {
			return inKazakh
		}
		return 0
	}
	return 1 << best
}

// longestPhrase returns how many tokens from i on make the longest phrase, and
// the phrase's lexeme.
func (x *lexicon) longestPhrase(toks []token, found []analysis, i int) (int, int32) {
	best, bestID := 0, int32(-1)
	var nodes, next [16]int32
	live := 1
	nodes[0] = 0
	for j := i; j < len(toks) && live > 0 && toks[j].script != mark; j++ {
		if toks[j].script == digits {
			break
		}
		n := 0
		for _, node := range nodes[:live] {
			for _, id := range found[j].lexemes() {
				if to, ok := x.phrases.edges[[2]int32{node, id}]; ok && n < len(next) {
					next[n] = to
					n++
				}
			}
		}
		nodes, live = next, n
		for _, node := range nodes[:live] {
			if id, ok := x.phrases.end[node]; ok && j > i {
				best, bestID = j-i+1, id
				break
			}
		}
	}
	return best, bestID
}

// itemOf gives a single token its meaning. Of several, that of the language of
// the message counts, and a thing counts more than noise.
func (x *lexicon) itemOf(t token, a *analysis, prefer langs) item {
	it := item{text: t.text, suffix: t.suffix, glued: t.glued, slip: a.slip, value: -1}
	switch t.script {
	case mark:
		it.mark = t.text
		switch t.text {
		case markPct:
			it.concept = cPercent
		case markUSD:
			it.concept = cDollar
		case markKZT:
			it.concept = cTenge
		}
		if it.concept != cNone {
			it.mark = ""
		}
		return it
	case digits:
		it.number = true
		it.text = plainNumber(t.text)
		it.value = small(it.text)
		it.concept = cNoise
		return it
	case cyrillic, latin:
	}
	best, spelt := -1, spelling(t.text)
	for i, id := range a.lexemes() {
		l := x.lexemes[id]
		if l.concept == cNone && l.place == 0 {
			continue
		}
		if best < 0 || x.weight(a.ids[i], prefer, spelt) > x.weight(a.ids[best], prefer, spelt) {
			best = i
		}
	}
	if best < 0 {
		it.unknown = !harmless(t.text)
		it.concept = cUnknown
		if !it.unknown {
			it.concept = cNoise
		}
		return it
	}
	l := x.lexemes[a.ids[best]]
	it.concept, it.place, it.lang = l.concept, l.place, l.lang
	if it.place > 0 {
		it.concept = cNone
	}
	if it.concept == cUnknown {
		it.unknown = true
	}
	if n := wordNumber(it.concept); n > 0 {
		it.number, it.value = true, n
	}
	return it
}

// weight says how likely a meaning is: one spelt exactly so, one of the language
// of the message, a thing rather than noise.
func (x *lexicon) weight(id int32, prefer langs, spelt uint32) int {
	l := x.lexemes[id]
	w := 0
	if l.spelt == spelt {
		w += 4
	}
	if l.lang == prefer {
		w += 2
	}
	if l.concept != cNoise {
		w++
	}
	return w
}

// hungOn reports whether the word is a chain of Kazakh endings, hung on a word or
// an abbreviation by a hyphen: "ІЖӨ-дегі".
func hungOn(t token) bool {
	var buffer [64]byte
	return nounEndings(skeletonOf(buffer[:0], t.text, t.script, false), 0, false)
}

// harmless reports whether an unknown word is too short to be a thing: a single
// letter, an initial, the rest of an abbreviation.
func harmless(text string) bool {
	n := 0
	for range text {
		n++
	}
	return n <= 1
}

// plainNumber takes group marks out and makes the decimal mark a point. A comma
// or point before exactly three digits at the end is taken for a group mark
// only where another group precedes it; otherwise both readings are compared by
// whoever uses the number.
func plainNumber(s string) string {
	if isDigits(s) {
		return s
	}
	var b strings.Builder
	marks := strings.Count(s, ",") + strings.Count(s, ".")
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			b.WriteByte(c)
		case (c == ',' || c == '.') && marks == 1 && len(s)-i != 4:
			b.WriteByte('.')
		}
	}
	return b.String()
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// small returns a whole number of at most nine digits, or -1.
func small(s string) int {
	if !isDigits(s) || len(s) > 9 {
		return -1
	}
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// wordNumber returns the number that a concept from cOne on names, or 0.
func wordNumber(c concept) int {
	if c >= cOne && c <= cTwenty {
		return int(c-cOne) + 1
	}
	return 0
}

// month returns the month that the concept names, or 0.
func monthOf(c concept) int {
	if c >= cJanuary && c <= cDecember {
		return int(c-cJanuary) + 1
	}
	return 0
}

// ordinal returns 1 to 4 for first to fourth, also as a number or in Roman
// letters, or 0.
func ordinal(it item) int {
	if it.concept >= cFirst && it.concept <= cFourth {
		return int(it.concept-cFirst) + 1
	}
	if it.number && it.value >= 1 && it.value <= 4 {
		return it.value
	}
	switch it.text {
	case "i", "і", "l", "ı":
		return 1
	case "ii", "іі":
		return 2
	case "iii", "ііі":
		return 3
	case "iv", "іv":
		return 4
	}
	return 0
}

// isYear reports whether the item is a year in four digits.
func isYear(it item) bool {
	return it.number && len(it.text) == 4 && it.value >= 1900 && it.value <= 2100
}

// regionOf returns the region that an item names.
func (a *Asker) regionOf(it item) (sector.Region, bool) {
	if it.place == 0 {
		return "", false
	}
	return a.places[it.place-1], true
}
