package handlers

import (
	"slices"
	"strings"
	"unicode/utf8"

	"maqta/sector"
	"maqta/sector/facts"
)

// places finds regions by what people call them: the folded name leads to all
// the regions that bear it.
type places map[string][]sector.Region

// kinds are the words that only say what kind of place a name is. They tell the
// region from the city of Almaty, and may be left out elsewhere.
var kinds = []string{
	"облысы", "облыс", "обл", "область", "области", "oblysy", "oblast", "region", "қаласы", "қала", "город", "города",
	"городе", "г", "city", "қ",
}

func newPlaces(regions []facts.RegionNames) places {
	p := places{}
	add := func(name string, r sector.Region) {
		if key := sector.WordKey(name); key != "" && !slices.Contains(p[key], r) {
			p[key] = append(p[key], r)
		}
	}
	for _, r := range regions {
		for _, name := range slices.Concat([]string{r.KK, r.RU, r.EN}, r.AliasKK, r.AliasRU, r.AliasEN) {
			add(name, r.Region)
		}
	}
	// A bare name may be meant for whichever place bears it.
	bare := places{}
	for key, at := range p {
		if short := withoutKind(key); short != key {
			bare[short] = append(bare[short], at...)
		}
	}
	for key, at := range bare {
		for _, r := range at {
			if !slices.Contains(p[key], r) {
				p[key] = append(p[key], r)
			}
		}
		slices.Sort(p[key])
	}
	return p
}

func withoutKind(key string) string {
	var words []string
	for _, w := range strings.Fields(key) {
		if !slices.ContainsFunc(kinds, func(k string) bool { return sector.WordKey(k) == w }) {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return key
	}
	return strings.Join(words, " ")
}

// find returns the regions that a text may mean: one when it is clear, several
// when it is not, none when it names no region.
func (p places) find(text string) []sector.Region {
	key := sector.WordKey(text)
	if at := p[key]; len(at) > 0 {
		return at
	}
	short := withoutKind(key)
	if at := p[short]; len(at) > 0 {
		return at
	}
	return p.inflected(short)
}

// longestEnding is how many letters of a name may be endings: "Шымкентте",
// "в Туркестане" and "Turkistanda" are places too.
const longestEnding = 4

// inflected finds a name under endings and small words: the longest stem wins.
func (p places) inflected(text string) []sector.Region {
	var found []sector.Region
	best := 0
	for _, word := range strings.Fields(text) {
		for key, at := range p {
			n := utf8.RuneCountInString(key)
			stem := n
			if n > longestEnding { // the last letter of a Russian name changes with the case
				stem = n - 1
			}
			if stem < longestEnding || utf8.RuneCountInString(word) > n+longestEnding || !strings.HasPrefix(word, string([]rune(key)[:stem])) {
				continue
			}
			switch {
			case stem > best:
				found, best = slices.Clone(at), stem
			case stem == best:
				for _, r := range at {
					if !slices.Contains(found, r) {
						found = append(found, r)
					}
				}
			}
		}
	}
	slices.Sort(found)
	return found
}
