package ask

// Kazakh endings, as skeletons (see skeletonOf), in the order in which they are
// hung on a noun: plural, possessive, case, and once more after the adjective of
// a place or time (-дағы). What may follow a verb is listed apart.
//
// Vowel harmony is not checked: people break it when they type fast, and the
// fold of letters hides half of it. What keeps strangers out is that the whole
// rest of a word must be a chain of known endings in the right order.

type ending struct {
	text string
	next nounState
}

// nounState says what may follow.
type nounState uint8

const (
	afterStem nounState = iota
	afterPlural
	afterPossessive      // of "my", "your", "our"
	afterThirdPossessive // of "its", "their": cases differ
	afterCase
	afterAll
)

var (
	plurals = [...]ending{
		{"lar", afterPlural}, {"ler", afterPlural}, {"dar", afterPlural}, {"der", afterPlural}, {"tar", afterPlural}, {"ter", afterPlural},
	}
	possessives = [...]ending{
		{"i", afterThirdPossessive},
		{"si", afterThirdPossessive},
		{"im", afterPossessive},
		{"m", afterPossessive},
		{"in", afterPossessive},
		{"n", afterPossessive},
		{"imiz", afterPossessive},
		{"miz", afterPossessive},
		{"iniz", afterPossessive},
		{"niz", afterPossessive},
		{"niki", afterCase},
		{"diki", afterCase},
		{"tiki", afterCase},
	}
	cases = [...]ending{
		{"nin", afterCase},
		{"din", afterCase},
		{"tin", afterCase},
		{"ga", afterCase},
		{"ge", afterCase},
		{"ka", afterCase},
		{"ke", afterCase},
		{"ni", afterCase},
		{"di", afterCase},
		{"ti", afterCase},
		{"da", afterCase},
		{"de", afterCase},
		{"ta", afterCase},
		{"te", afterCase},
		{"dan", afterCase},
		{"den", afterCase},
		{"tan", afterCase},
		{"ten", afterCase},
		{"nan", afterCase},
		{"nen", afterCase},
		{"men", afterCase},
		{"ben", afterCase},
		{"pen", afterCase},
		{"dagi", afterStem},
		{"degi", afterStem},
		{"tagi", afterStem},
		{"tegi", afterStem},
		{"wa", afterAll},
		{"we", afterAll},
		{"dai", afterAll},
		{"dei", afterAll},
		{"tai", afterAll},
		{"tei", afterAll},
	}
	thirdCases = [...]ending{
		{"na", afterCase},
		{"ne", afterCase},
		{"n", afterCase},
		{"nda", afterCase},
		{"nde", afterCase},
		{"nan", afterCase},
		{"nen", afterCase},
		{"nin", afterCase},
		{"men", afterCase},
		{"ndagi", afterStem},
		{"ndegi", afterStem},
		{"nwa", afterAll},
		{"nwe", afterAll},
		{"ndai", afterAll},
		{"ndei", afterAll},
	}
	firstCases = [...]ending{{"a", afterCase}, {"e", afterCase}}
	derived    = [...]ending{
		{"li", afterStem},
		{"lik", afterStem},
		{"ligi", afterThirdPossessive},
		{"dik", afterStem},
		{"tik", afterStem},
		{"siz", afterStem},
		{"gi", afterStem},
		{"ki", afterStem},
		{"irak", afterStem},
		{"irek", afterStem},
		{"rak", afterStem},
		{"rek", afterStem}, // "more so"
	}
	particles = [...]string{"ma", "me", "ba", "be", "pa", "pe", "wi", "gana", "ake", "da", "de"}
)

// maxEndings bounds a chain: "кәсіпорындарымыздағылардан" has five.
const maxEndings = 6

// nounEndings reports whether tail, which follows a stem ending in the letter
// last, is a chain of noun endings. derive allows endings that make new words;
// short stems must not have them.
func nounEndings(tail []byte, last byte, derive bool) bool {
	return chain(tail, last, afterStem, derive, maxEndings)
}

func chain(tail []byte, last byte, state nounState, derive bool, left int) bool {
	if len(tail) == 0 {
		return true
	}
	if left == 0 {
		return false
	}
	if state != afterAll && state != afterStem || left < maxEndings {
		for _, p := range particles {
			if string(tail) == p {
				return true
			}
		}
	}
	follow := func(list []ending) bool {
		for _, e := range list {
			n, ok := cut(tail, last, e.text)
			if !ok {
				continue
			}
			if chain(tail[n:], e.text[len(e.text)-1], e.next, derive, left-1) {
				return true
			}
		}
		return false
	}
	switch state {
	case afterStem:
		return follow(plurals[:]) || follow(possessives[:]) || follow(cases[:]) || derive && follow(derived[:])
	case afterPlural:
		return follow(possessives[:]) || follow(cases[:])
	case afterPossessive:
		return follow(firstCases[:]) || follow(cases[:])
	case afterThirdPossessive:
		return follow(thirdCases[:])
	case afterCase:
		return false
	case afterAll:
	}
	return false
}

// cut reports how many letters of tail the ending takes. A skeleton has no
// doubled letters, so the first letter of an ending may have been swallowed by
// the same letter before it: сан + ның is "sanin".
func cut(tail []byte, last byte, ending string) (int, bool) {
	if len(tail) >= len(ending) && string(tail[:len(ending)]) == ending {
		return len(ending), true
	}
	if ending[0] == last && len(ending) > 1 && len(tail) >= len(ending)-1 && string(tail[:len(ending)-1]) == ending[1:] {
		return len(ending) - 1, true
	}
	return 0, false
}

// Verb endings: voice, negation, then a tense with person or with noun endings.
var (
	voices    = [...]string{"il", "in", "l", "n", "is", "s", "dir", "tir", "giz", "kiz", "kir", "gir", "t", "ir", "itil", "ildir"}
	negations = [...]string{"ma", "me", "ba", "be", "pa", "pe"}
	persons   = [...]string{"", "m", "k", "n", "niz", "min", "sin", "siz", "miz", "biz", "dar", "der", "ndar", "nder"}
	finites   = [...]string{"di", "ti", "adi", "edi", "idi", "aidi", "eidi", "sa", "se", "ar", "er", "r", "ip", "p", "ail", "ain", "ein", "iin", "aik", "eik"}
	// participles and nouns of action take noun endings
	participles = [...]string{"gan", "gen", "kan", "ken", "atin", "etin", "itin", "u", "iu", "uw", "u", "mak", "mek", "arlik", "erlik", "gali", "geli"}
	requests    = [...]string{"wi", "iniz", "inizwi", "nizwi", "niz", "inwi", "einwi", "ainwi", "sanwi", "senwi", "sanizwi", "senizwi", "sawi", "iw", "w", "siniz", "sin", "inizdar"}
)

// verbEndings reports whether tail is a chain of verb endings. loose allows
// changes of voice, negation and bare converbs, for stems long enough not to be
// the beginning of another word.
func verbEndings(tail []byte, last byte, loose bool) bool {
	if tensed(tail, last, loose) {
		return true
	}
	if !loose {
		return false
	}
	for _, v := range voices {
		n, ok := cut(tail, last, v)
		if !ok {
			continue
		}
		rest, end := tail[n:], v[len(v)-1]
		if len(rest) == 0 || tensed(rest, end, true) {
			return true
		}
		for _, w := range voices {
			if n, ok := cut(rest, end, w); ok && tensed(rest[n:], w[len(w)-1], true) {
				return true
			}
		}
	}
	return false
}

func tensed(tail []byte, last byte, loose bool) bool {
	if len(tail) == 0 {
		return loose
	}
	if loose {
		if s := string(tail); s == "a" || s == "e" || s == "i" {
			return true
		}
		for _, n := range negations {
			if k, ok := cut(tail, last, n); ok && len(tail) > k && tensed(tail[k:], n[len(n)-1], false) {
				return true
			}
		}
	}
	for _, r := range requests {
		if string(tail) == r {
			return true
		}
	}
	for _, f := range finites {
		n, ok := cut(tail, last, f)
		if !ok {
			continue
		}
		for _, p := range persons {
			if string(tail[n:]) == p || p != "" && string(tail[n:]) == p+"ba" || string(tail[n:]) == p+"be" {
				return true
			}
		}
	}
	for _, p := range participles {
		if n, ok := cut(tail, last, p); ok {
			rest := tail[n:]
			if chain(rest, p[len(p)-1], afterStem, true, 4) {
				return true
			}
			for _, who := range persons {
				if string(rest) == who {
					return true
				}
			}
		}
	}
	return false
}
