package sector

// phrase is a run of marks that together say one number: "12,5 млн", "1 млн 250
// тыс", "екі жүз елу мың", "two and a half million".
type phrase struct {
	next    int // the mark behind it
	values  []Decimal
	why     Doubt
	power   int // the greatest power of ten said by a word
	spelled bool
	weak    bool // one word that often means something else (он, one)
	implied bool // begins with a scale word, for one of it: "тысяча двести"
	bareOne bool // is nothing but a scale word: "миллион"
	problem Reason
}

// phraseState is what has been read of a phrase. The group is the part since the
// last scale word: in "1 млн 250 тыс" first 1, then 250.
type phraseState struct {
	total, group Decimal
	low          int // the group can take numerals below this: 1000 when empty, 1 behind ones, 0 when closed
	top          int // the last scale's power; the next must be less
	digits       int // how many digits the group was typed with, 0 when in words
	words        int // how many words said numerals or scales
	needScale    bool
	implied      bool // a scale word began the phrase, for one of it
	numeralWord  bool // the group holds a numeral in words
	slip         bool // a word was misspelt
	looseHalf    bool // "миллион с половиной"
	scaled       bool
	power        int
	clash        bool // scale words that do not go together: тысяч миллионов
}

const emptyGroup = 1000

// readPhrase reads the longest phrase that begins at marks[i].
func readPhrase(marks []mark, i int, l *lexicon) (phrase, bool) {
	choices := 1
	if marks[i].kind == numberMark {
		choices = max(len(marks[i].number.values), 1)
	}
	var p phrase
	for c := range choices {
		s, next := runPhrase(marks, i, c, l)
		if next == i {
			return phrase{}, false
		}
		values, why, ok := s.finish()
		p.next, p.power, p.spelled = next, s.power, s.words > 0 && marks[i].kind != numberMark
		p.weak = next == i+1 && marks[i].kind == wordMark && marks[i].word.weak
		p.implied, p.bareOne = s.implied, s.implied && next == i+1
		if !ok || s.clash || marks[i].kind == numberMark && len(marks[i].number.values) == 0 {
			p.problem = UnclearNumber
			return p, true
		}
		p.values = append(p.values, values...)
		if why != "" {
			p.why = why
		}
	}
	if p.why == "" && choices > 1 {
		p.why = DoubtMark
	}
	return p, true
}

// runPhrase takes marks as long as they go on with the number. Of a numeral with
// two values it takes the one chosen.
func runPhrase(marks []mark, i, choice int, l *lexicon) (s phraseState, next int) {
	s = phraseState{low: emptyGroup, top: 99}
	next = i
	for j := i; j < len(marks); {
		m := marks[j]
		if j > i && m.line {
			break
		}
		step := j
		if j > i && m.isDash() && m.glued && j+1 < len(marks) && marks[j+1].glued && marks[j+1].kind == wordMark {
			step = j + 1 // двадцать-пять, 12-млн
		}
		if j > i && m.kind == symbolMark && m.symbol == '.' && m.glued && marks[j-1].is(shortScale) {
			j++ // the point of тыс. is taken only when the number goes on
			continue
		}
		if marks[step].is(andWord) && step+1 < len(marks) && s.low >= 1 && s.words > 0 {
			if after, ok := s.take(marks, step+1, choice, l); ok && marks[step+1].is(onesWord, teensWord, tensWord, hundred) {
				s, j, next = after, step+2, step+2
				continue
			}
			break
		}
		after, ok := s.take(marks, step, choice, l)
		if !ok {
			break
		}
		s, j, next = after, step+1, step+1
	}
	return s, next
}

// take adds one mark to the phrase; ok is false when it does not fit.
func (s phraseState) take(marks []mark, j, choice int, l *lexicon) (phraseState, bool) {
	m := marks[j]
	switch m.kind {
	case numberMark:
		return s.takeNumber(marks, j, choice)
	case symbolMark:
		return s.takeVulgar(m.symbol)
	case wordMark:
	default:
		return s, false
	}
	e := m.word
	if e.class == unknownWord {
		if e = s.misspelt(marks, j, l); e.class == unknownWord {
			return s, false
		}
		s.slip = true
	}
	return s.takeWord(e, marks, j)
}

func (s phraseState) takeNumber(marks []mark, j, choice int) (phraseState, bool) {
	n := marks[j].number
	if s.low != emptyGroup || s.needScale || s.implied {
		return s, false
	}
	if s.scaled && !s.restFits(marks, j) {
		return s, false
	}
	if len(n.values) > 0 {
		s.group = n.values[min(choice, len(n.values)-1)]
	}
	s.low, s.digits, s.numeralWord = 1, max(len(n.digits), 1), false
	return s, true
}

// restFits decides whether digits behind a scale word belong to the same number:
// 1 млн 250 тыс and 12 тыс 500 do, 11 млн 48 people do not.
func (s phraseState) restFits(marks []mark, j int) bool {
	n := marks[j].number
	if len(n.values) != 1 || n.values[0].Cmp(FromInt(1).Shift10(s.top)) >= 0 {
		return false
	}
	if j+1 < len(marks) && marks[j+1].is(scaleWord, shortScale) {
		power := powerOf(marks[j+1].word) // 15 млн 600 тыс, but never 15 млн 19400 тыс
		return power < s.top && n.values[0].Shift10(power).Cmp(FromInt(1).Shift10(s.top)) < 0
	}
	if !n.plain || len(n.digits) != 3 {
		return false
	}
	return j+1 >= len(marks) || !marks[j+1].is(unitWord, labelWord, letterUnit, otherWord, percentWord) && marks[j+1].symbol != '%'
}

// takeVulgar reads ½ and its like.
func (s phraseState) takeVulgar(r rune) (phraseState, bool) {
	var part string
	switch r {
	case '½':
		part = "0.5"
	case '¼':
		part = "0.25"
	case '¾':
		part = "0.75"
	default:
		return s, false
	}
	if s.low < 1 || s.scaled || !s.group.IsWhole() {
		return s, false
	}
	s.group, s.low = s.group.Add(MustDecimal(part)), 0
	return s, true
}

func (s phraseState) takeWord(e entry, marks []mark, j int) (phraseState, bool) {
	s.words++
	empty := s.low == emptyGroup
	switch e.class {
	case zeroWord:
		if !empty || s.scaled {
			return s, false
		}
		s.low = 0
		return s, true
	case onesWord:
		return s.add(e, 1, 1)
	case teensWord:
		return s.add(e, 10, 1)
	case tensWord:
		return s.add(e, 10, 10)
	case hundreds:
		return s.add(e, 100, 100)
	case wholeWord:
		return s.add(e, 100, 1)
	case hundred:
		switch {
		case empty:
			return s.add(e, 100, 100)
		case s.low == 1 && s.group.IsWhole() && s.group.Cmp(FromInt(100)) < 0:
			s.group, s.low = s.group.Mul(FromInt(100)), 100
			return s, true
		}
		return s, false
	case article:
		if !empty || s.scaled || j+1 >= len(marks) || !marks[j+1].is(scaleWord, hundred) {
			return s, false
		}
		s.group, s.low = FromInt(1), 1
		return s, true
	case sesqui:
		if !empty {
			return s, false
		}
		s.group, s.low = MustDecimal(e.value), 0
		return s, true
	case demiWord:
		if !empty || s.scaled {
			return s, false
		}
		s.group, s.low, s.needScale = MustDecimal(e.value), 0, true
		return s, true
	case halfWord:
		return s.half(empty)
	case demiScale:
		if !empty || s.scaled {
			return s, false
		}
		s.group, s.low = MustDecimal("0.5"), 0
		return s.scale(powerOf(e)), true
	case scaleWord, shortScale:
		if empty {
			if s.scaled || e.class == shortScale {
				s.clash = s.clash || s.scaled
				return s, s.scaled
			}
			s.group, s.implied = FromInt(1), true
		}
		if p := powerOf(e); p < s.top {
			return s.scale(p), true
		}
		s.clash = true
		return s, true
	}
	return s, false
}

// add puts a numeral word into the group, if the group has room at its place.
func (s phraseState) add(e entry, place, low int) (phraseState, bool) {
	if s.low <= place || s.digits > 0 && s.low != emptyGroup || s.needScale {
		return s, false
	}
	s.group, s.low, s.numeralWord, s.digits = s.group.Add(MustDecimal(e.value)), low, true, 0
	return s, true
}

func (s phraseState) half(empty bool) (phraseState, bool) {
	half := MustDecimal("0.5")
	switch {
	case !empty && s.low >= 1:
		s.group, s.low = s.group.Add(half), 0
		return s, true
	case empty && s.scaled: // "миллион с половиной": likely, not sure
		s.total, s.looseHalf, s.low = s.total.Add(half.Shift10(s.top)), true, 0
		return s, true
	case empty: // жарым миллион
		s.group, s.low, s.needScale = half, 0, true
		return s, true
	}
	return s, false
}

// scale closes the group.
func (s phraseState) scale(power int) phraseState {
	s.total = s.total.Add(s.group.Shift10(power))
	s.group, s.low, s.digits, s.numeralWord = Decimal{}, emptyGroup, 0, false
	s.top, s.scaled, s.needScale = power, true, false
	s.power = max(s.power, power)
	return s
}

func powerOf(e entry) int {
	n, _ := MustDecimal(e.value).Int64()
	return int(n)
}

// finish returns the values of the phrase; ok is false when something is missing.
func (s phraseState) finish() (values []Decimal, why Doubt, ok bool) {
	if s.needScale {
		return nil, "", false
	}
	if s.slip {
		why = DoubtSpelling
	}
	if s.looseHalf {
		return []Decimal{s.total}, DoubtRest, true
	}
	whole := s.total.Add(s.group)
	if !s.scaled || s.low == emptyGroup {
		return []Decimal{whole}, why, true
	}
	if s.group.Cmp(FromInt(1).Shift10(s.top)) >= 0 || !s.group.IsWhole() && s.numeralWord {
		return nil, "", false
	}
	if s.top >= 6 && s.group.Cmp(FromInt(emptyGroup)) < 0 {
		// миллион двести is often 1 200 000 and may be 1 000 200.
		return []Decimal{s.total.Add(s.group.Shift10(s.top - 3)), whole}, DoubtRest, true
	}
	return []Decimal{whole}, why, true
}

// misspelt recognises a slip in a word for a number, only where a number goes on:
// twenty behind it or a thousand before it. Such a number is always asked about.
func (s phraseState) misspelt(marks []mark, j int, l *lexicon) entry {
	started := s.low != emptyGroup || s.scaled
	shortest := 5
	if started {
		shortest = 3
	}
	e, _ := l.numerals.misspelt(marks[j].key, shortest)
	isScale := e.class == scaleWord || e.class == shortScale
	switch {
	case e.class == unknownWord:
		return e
	case isScale && started && s.low != emptyGroup:
		return e
	case !isScale && j+1 < len(marks) && !marks[j+1].line && marks[j+1].is(onesWord, teensWord, tensWord, hundred, hundreds, scaleWord, shortScale):
		return e
	case !isScale && s.numeralWord:
		return e
	}
	return entry{}
}
