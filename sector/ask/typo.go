package ask

import "slices"

// Words that the lexicon does not know are compared with those that it knows,
// letter by letter. A word that it knows is never taken for another one, so a
// typing slip can only lead from nowhere to somewhere; and where two known words
// that mean different things are equally near, to neither.

// Lengths, in letters, from which one slip or two are forgiven.
const (
	lengthForOne = 5
	lengthForTwo = 8
)

// slips is how many typing slips are forgiven in a known word of n letters.
func slips(n int) int {
	switch {
	case n >= lengthForTwo:
		return 2
	case n >= lengthForOne:
		return 1
	}
	return 0
}

// nearIndex finds known words near an unknown one. It keeps, for every known
// word, the hashes of the word with no, one or two letters left out: two words
// within distance d share a form with at most d letters left out of each.
type nearIndex struct {
	words  []nearWord
	forms  []nearForm // ordered by hash
	starts []int32    // where the forms begin whose hash has these first bits
}

// indexBits is how many bits of a hash find its place: about a form a place.
const indexBits = 16

type nearWord struct {
	text string
	ids  []int32 // the lexemes that it may be
}

type nearForm struct {
	hash uint32
	word int32
}

func newNearIndex(words []nearWord) *nearIndex {
	x := &nearIndex{words: words}
	for i, w := range words {
		n := slips(len(w.text))
		if n == 0 {
			continue
		}
		deletions([]byte(w.text), n, func(h uint32) { x.forms = append(x.forms, nearForm{h, int32(i)}) })
	}
	slices.SortFunc(x.forms, func(a, b nearForm) int {
		if a.hash != b.hash {
			if a.hash < b.hash {
				return -1
			}
			return 1
		}
		return int(a.word - b.word)
	})
	x.forms = slices.Compact(x.forms)
	x.starts = make([]int32, 1<<indexBits+1)
	for _, f := range x.forms {
		x.starts[f.hash>>(32-indexBits)+1]++
	}
	for i := 1; i < len(x.starts); i++ {
		x.starts[i] += x.starts[i-1]
	}
	return x
}

// FNV-1a, by hand so that nothing is allocated.
const (
	hashSeed  = 2166136261
	hashPrime = 16777619
)

// deletions calls yield with the hash of the word and of every form of it with
// up to n letters left out.
func deletions(word []byte, n int, yield func(uint32)) {
	hashWithout := func(i, j int) uint32 {
		h := uint32(hashSeed)
		for k, c := range word {
			if k != i && k != j {
				h = (h ^ uint32(c)) * hashPrime
			}
		}
		return h
	}
	yield(hashWithout(-1, -1))
	for i := range word {
		yield(hashWithout(i, -1))
		if n > 1 {
			for j := i + 1; j < len(word); j++ {
				yield(hashWithout(i, j))
			}
		}
	}
}

// near calls yield for every known word within the forgiven distance of word.
func (x *nearIndex) near(word []byte, yield func(word *nearWord, distance int)) {
	// A slip may have added letters, so the known word may be shorter than this
	// one, or longer.
	n := slips(len(word) + 1)
	if n == 0 || len(word) < lengthForOne-1 {
		return
	}
	deletions(word, n, func(h uint32) {
		place := h >> (32 - indexBits)
		for i := x.starts[place]; i < x.starts[place+1]; i++ {
			if x.forms[i].hash != h {
				continue
			}
			known := &x.words[x.forms[i].word]
			if !sameStart(word, known.text) {
				continue
			}
			limit := slips(len(known.text))
			if d := distance(word, known.text, limit); d <= limit {
				yield(known, d)
			}
		}
	})
}

// sameStart reports whether two words begin with the same letter, or with the
// same two swapped. A slip hardly ever hits the first letter, and without this a
// good part of any language is within a slip of our words.
func sameStart(a []byte, b string) bool {
	vowels := isVowel(a[0]) && isVowel(b[0])                         // "адежда", "обьем", "ундирис"
	hiss := a[0] == 's' && b[0] == 'z' || a[0] == 'z' && b[0] == 's' // "зделали"
	return a[0] == b[0] || vowels || hiss || len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0]
}

// maxWord is the longest word that is compared, in letters.
const maxWord = 40

// distance is the number of letters added, left out, changed or swapped with
// their neighbour between a and b (optimal string alignment), or more than limit
// where it is more.
func distance(a []byte, b string, limit int) int {
	if len(a) > maxWord || len(b) > maxWord || len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	var rows [3][maxWord + 1]uint8
	before, above, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		above[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		row[0] = uint8(i)
		least := row[0]
		for j := 1; j <= len(b); j++ {
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			v := min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				v = min(v, before[j-2]+1)
			}
			row[j] = v
			least = min(least, v)
		}
		if int(least) > limit {
			return limit + 1
		}
		before, above, row = above, row, before
	}
	return int(above[len(b)])
}

// spelling hashes a word as it is spelt.
func spelling(word string) uint32 {
	h := uint32(hashSeed)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * hashPrime
	}
	return h
}
