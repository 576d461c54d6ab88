package sector

import (
	"strings"
	"unicode"
)

// amount is a number found in a text, with what stands beside it.
type amount struct {
	from, to   int // marks [from, to)
	tail       int // marks behind these that cast a doubt on it
	start, end int // bytes
	text       string

	values     []Decimal // what it can be, powers of ten applied
	why        Doubt
	power      int
	letter     string // a single letter behind it whose meaning depends on the field
	money      bool
	otherMoney bool
	unit       Unit
	spelled    bool
	weak       bool
	bareOne    bool // a scale word alone, for one of it
	about      bool
	yearLike   bool // may be the year of the month before it
	problem    Reason
}

// scan is what findAmounts sees in a text.
type scan struct {
	amounts []amount
	loose   []int // marks of scale words that belong to no number
}

// unitsBefore finds scale words that stand before the number they belong to, if
// they belong to one: "мың теңге: 12500" is twelve and a half million at least as
// likely as two numbers.
func (s *scan) unitsBefore(marks []mark) {
	kept := s.amounts[:0:0]
	for i, a := range s.amounts {
		if a.bareOne && i+1 < len(s.amounts) {
			b := s.amounts[i+1]
			gap := b.from - a.to
			if b.power == 0 && !b.bareOne && (gap <= 0 || gap == 1 && marks[a.to].symbol == ':') {
				s.loose = append(s.loose, a.from)
				continue
			}
		}
		kept = append(kept, a)
	}
	s.amounts = kept
}

// findAmounts finds every number that could be an amount. Dates, years, days of
// a month and ordinals are none.
func findAmounts(text string, marks []mark) scan {
	l := words()
	var s scan
	for i := 0; i < len(marks); {
		m := marks[i]
		if a, next := brokenRun(text, marks, i); next > i {
			s.amounts = append(s.amounts, a)
			i = next
			continue
		}
		if m.kind == numberMark {
			if next := notAmount(marks, i, l); next > i {
				i = next
				continue
			}
		}
		if m.kind == symbolMark && unicode.IsNumber(m.symbol) && !vulgar(m.symbol) {
			s.amounts = append(s.amounts, oddDigits(text, marks, i))
			i++
			continue
		}
		p, ok := readPhrase(marks, i, l)
		if !ok {
			if m.is(scaleWord, shortScale) {
				s.loose = append(s.loose, i)
			}
			i++
			continue
		}
		a := attach(text, marks, i, p, l)
		s.amounts = append(s.amounts, a)
		i = a.to
	}
	s.unitsBefore(marks)
	return s
}

func vulgar(r rune) bool { return r == '½' || r == '¼' || r == '¾' }

// oddDigits stands for digits of a script that nobody here types.
func oddDigits(text string, marks []mark, i int) amount {
	return amount{
		from: i, to: i + 1, start: marks[i].from, end: marks[i].to, text: text[marks[i].from:marks[i].to],
		problem: UnclearNumber,
	}
}

// notAmount skips a number that is a year, a day, a quarter, an ordinal or a
// serial number, and returns the mark behind it.
func notAmount(marks []mark, i int, l *lexicon) int {
	n := marks[i].number
	if i > 0 && marks[i-1].kind == symbolMark && (marks[i-1].symbol == '№' || marks[i-1].symbol == '#') {
		return i + 1
	}
	if !n.plain || i+1 >= len(marks) {
		return i
	}
	j := i + 1
	dashed := marks[j].isDash() && marks[j].glued && j+1 < len(marks) && marks[j+1].glued
	if dashed {
		j++
	}
	after := marks[j]
	if after.kind != wordMark || after.line {
		return i
	}
	if l.endings[after.key] == ordinalEnding && after.glued && (dashed || len(after.raw) > 2 || after.raw == "й") {
		return j + 1 // 3-ші, 3ші, 3-й, 3rd; one letter without a dash may be a unit: 5м
	}
	switch {
	case after.is(yearWord) && len(n.digits) == 4, after.is(monthWord) && len(n.digits) <= 2, after.is(quarterWord) && len(n.digits) == 1:
		return j + 1
	case after.is(tensWord) && after.key == "токсан" && len(n.digits) == 1: // 2 тоқсан: the quarter
		return j + 1
	}
	return i
}

// attach reads what stands around a phrase.
func attach(text string, marks []mark, i int, p phrase, l *lexicon) amount {
	a := amount{
		from: i, to: p.next, values: p.values, why: p.why, power: p.power, spelled: p.spelled, weak: p.weak, bareOne: p.bareOne,
		problem: p.problem,
	}
	a.endings(marks, l)
	a.units(marks, l)
	a.before(marks, i)
	a.after(marks)
	a.neighbours(text, marks, i, p)
	a.start, a.end = marks[a.from].from, marks[a.to-1+a.tail].to
	a.text = text[a.start:a.end]
	if p.implied && !freeBefore(marks, i) {
		a.problem = UnclearNumber // "нескока тысяч": the word before it may be a number
	}
	if i > 0 && marks[i-1].is(monthWord) && marks[i].kind == numberMark && marks[i].number.plain && len(a.values) == 1 &&
		a.power == 0 && !a.money && a.unit == "" && a.letter == "" {
		v, ok := a.values[0].Int64()
		a.yearLike = ok && v >= 2000 && v <= 2100
	}
	return a
}

// freeBefore reports whether a scale word at i can be "one of it": nothing that
// might be an unread number stands before it.
func freeBefore(marks []mark, i int) bool {
	for i > 0 && !marks[i].line && marks[i-1].is(fillerWord, aboutWord) { // "a couple of million"
		i--
	}
	if i == 0 || marks[i].line {
		return true
	}
	m := marks[i-1]
	switch m.kind {
	case wordMark:
		return !m.is(unknownWord, otherWord, boundWord, unitWord)
	case symbolMark:
		return !m.isDash() && !unicode.IsNumber(m.symbol)
	}
	return false
}

// endings skips Kazakh and Russian case endings: 12 млн-ға, 4200-ге, 48-ми.
func (a *amount) endings(marks []mark, l *lexicon) {
	j := a.to
	if j < len(marks) && marks[j].isDash() && marks[j].glued {
		j++
	}
	if j >= len(marks) || marks[j].kind != wordMark || !marks[j].glued {
		return
	}
	switch l.endings[marks[j].key] {
	case caseEnding:
		if j > a.to || len(marks[j].raw) > 2 { // one letter without a dash may be a digit mistyped
			a.to = j + 1
		}
	case aboutEnding:
		a.to, a.about = j+1, true
	}
}

// units takes the letter, sign of money and unit behind the number.
func (a *amount) units(marks []mark, l *lexicon) {
	for range 6 {
		j := a.to
		if j >= len(marks) || marks[j].line {
			return
		}
		m := marks[j]
		if m.kind == symbolMark && m.symbol == '.' && m.glued && marks[j-1].is(shortScale, letterUnit, tengeWord, otherMoney, unitWord) {
			if j+1 >= len(marks) || marks[j+1].line || !a.unitGoesOn(marks[j+1]) {
				return
			}
			a.to++
			continue
		}
		if m.isDash() && m.glued && j+1 < len(marks) && marks[j+1].glued && marks[j+1].is(unitWord, tengeWord, otherMoney) {
			a.to++ // 48-адам
			continue
		}
		switch {
		case m.kind == symbolMark && m.symbol == '₸', m.is(tengeWord):
			a.money = true
		case m.kind == symbolMark && unicode.Is(unicode.Sc, m.symbol), m.is(otherMoney):
			a.otherMoney = true
		case m.is(unitWord) && a.unit == "":
			a.unit = Unit(m.word.value)
		case m.is(letterUnit) && a.letterCounts(marks, j):
			a.letter = m.word.value
		default:
			return
		}
		a.to++
		a.endings(marks, l)
	}
}

func (a *amount) unitGoesOn(m mark) bool {
	return m.is(tengeWord, otherMoney) || m.is(unitWord) && a.unit == "" || m.symbol == '₸'
}

// letterCounts decides whether a single letter belongs to the number before it.
// Cyrillic к is also "to": 4200 к концу месяца.
func (a *amount) letterCounts(marks []mark, j int) bool {
	if a.letter != "" || a.unit != "" || a.money || a.power > 0 && marks[j].word.value != "т" {
		return false
	}
	if marks[j].glued || marks[j].word.value != "к" {
		return true
	}
	return j+1 >= len(marks) || marks[j+1].line || marks[j+1].kind != wordMark || marks[j+1].is(tengeWord)
}

// before reads signs and words in front of the number.
func (a *amount) before(marks []mark, i int) {
	for i > 0 && !marks[i].line {
		m := marks[i-1]
		switch {
		case m.symbol == '₸' && m.kind == symbolMark, m.is(tengeWord):
			a.money, a.from = true, i-1
		case m.kind == symbolMark && unicode.Is(unicode.Sc, m.symbol), m.is(otherMoney) && i == 1:
			a.otherMoney, a.from = true, i-1
		case m.is(aboutWord), m.symbol == '~', m.symbol == '≈':
			a.about = true
		case m.is(boundWord), strings.ContainsRune("<>≤≥", m.symbol) && m.kind == symbolMark:
			a.refuse(RangeOfNumbers)
			a.from = i - 1
		case m.is(notWord):
			a.refuse(UnclearNumber)
			a.from = i - 1
		case m.is(minusWord), m.isDash() && marks[i].glued && (i == 1 || !m.glued), m.isDash() && i == 1 && !m.line:
			a.refuse(NegativeAmount)
			a.from = i - 1
		case m.isDash() && i == 1:
			a.refuse(NegativeAmount)
			a.from = 0
		default:
			return
		}
		i--
	}
}

func (a *amount) refuse(r Reason) {
	if a.problem == "" {
		a.problem = r
	}
}

// after reads signs and words behind the number: per cent, about, more than.
func (a *amount) after(marks []mark) {
	j := a.to
	if j >= len(marks) || marks[j].line {
		return
	}
	m := marks[j]
	switch {
	case m.is(percentWord), m.kind == symbolMark && (m.symbol == '%' || m.symbol == '‰' || m.symbol == '％'):
		a.refuse(PercentAmount)
		a.to++
	case m.is(aboutWord) && !m.latin && m.key != "около" && m.key != "примерно":
		a.about = true // тоннаға жуық, мың шамасында
		a.to++
	case m.is(boundWord) && kazakhBound(m.key):
		a.refuse(RangeOfNumbers)
		a.to++
	case m.is(notWord) && m.key == "емес":
		a.refuse(UnclearNumber)
		a.to++
	}
}

// kazakhBound tells the words that follow their number (4200-ден астам) from
// those that precede the next one (4200 до марта).
func kazakhBound(key string) bool {
	switch key {
	case "астам", "артык", "коп", "аса", "кем", "деин", "жогары", "томен", "astam", "artik", "kop", "dein", "кобирек", "аз":
		return true
	}
	return key == "с лишним" || key == "с хвостиком" || key == "с небольшим" || key == "plus"
}

// counted leaves out words that are numbers only by chance (он, one) when a real
// amount is there, and numbers that are the year of a month.
func (s scan) counted(marks []mark) []amount {
	var strong []amount
	for i, a := range s.amounts {
		if a.weak && a.unit == "" && !a.money && !s.beside(marks, i) || a.yearLike {
			continue
		}
		strong = append(strong, a)
	}
	if len(strong) > 0 {
		return strong
	}
	var rest []amount
	for _, a := range s.amounts {
		if a.yearLike {
			a.why = DoubtYear
		}
		if a.weak && !restKnown(marks, a) {
			continue
		}
		rest = append(rest, a)
	}
	return rest
}

// beside reports whether another amount stands next to the ith one, or only a dash
// or an "or" away: "один-два" and "бір немесе екі" are two numbers.
func (s scan) beside(marks []mark, i int) bool {
	next := func(a, b amount) bool {
		return b.from <= a.to || b.from == a.to+1 && (marks[a.to].isDash() || marks[a.to].is(boundWord, eitherWord))
	}
	return i > 0 && !s.amounts[i-1].yearLike && next(s.amounts[i-1], s.amounts[i]) ||
		i+1 < len(s.amounts) && next(s.amounts[i], s.amounts[i+1])
}

// restKnown reports whether every word outside the amount is known: then "он" is
// ten, while in a sentence with other words it is "he".
func restKnown(marks []mark, a amount) bool {
	for i, m := range marks {
		if (i < a.from || i >= a.to) && m.is(unknownWord) {
			return false
		}
	}
	return true
}

// placed doubts a number when a power of ten stands elsewhere in the text:
// "тыс. тенге: 12500" is a unit for the number, "12500" is not.
func (s scan) placed(text string, marks []mark, a amount) amount {
	if len(s.loose) == 0 || a.problem != "" || len(a.values) != 1 {
		return a
	}
	word := marks[s.loose[0]].word
	v := a.values[0]
	a.values, a.why = []Decimal{v.Shift10(powerOf(word)), v}, DoubtPlace
	if a.power > 0 {
		a.values = []Decimal{v, v.Shift10(powerOf(word))}
	}
	a.start = min(a.start, marks[s.loose[0]].from)
	a.end = max(a.end, marks[s.loose[0]].to)
	a.text = text[a.start:a.end]
	return a
}

// isRange reports whether two amounts are the ends of a range or a choice.
func isRange(marks []mark, a, b amount) bool {
	for k := a.to; k < b.from; k++ {
		dots := marks[k].symbol == '.' && k > a.to && marks[k-1].symbol == '.'
		if marks[k].isDash() || dots || marks[k].symbol == '…' || marks[k].symbol == '/' || marks[k].is(boundWord, eitherWord) {
			return true
		}
	}
	return a.problem == RangeOfNumbers || b.problem == RangeOfNumbers
}

// onlyNoValue recognises an answer without an amount.
func onlyNoValue(text string, marks []mark) (NoValue, bool) {
	var found []mark
	dash := false
	for _, m := range marks {
		switch {
		case m.is(noValueWord):
			found = append(found, m)
		case m.isDash():
			dash = true
		case m.is(unknownWord):
			return NoValue{}, false
		}
	}
	typed := strings.TrimSpace(text)
	switch {
	case len(found) == 0 && dash && len(marks) == 1:
		return NoValue{Kinds: noValueKinds("unsaid"), Text: typed}, true
	case len(found) == 0:
		return NoValue{}, false
	}
	for _, m := range found[1:] {
		if m.word.value != found[0].word.value {
			return NoValue{}, false
		}
	}
	return NoValue{Kinds: noValueKinds(found[0].word.value), Text: text[found[0].from:found[0].to]}, true
}

func noValueKinds(word string) []ValueKind {
	if word == "unsaid" {
		return []ValueKind{Zero, NotApplicable, NotKnown}
	}
	return []ValueKind{ValueKind(word)}
}
