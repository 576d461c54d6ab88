package sector

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// neighbours looks at what touches the number: letters typed for digits, powers
// written as 1e6, words that may be a misspelt thousand.
func (a *amount) neighbours(text string, marks []mark, i int, p phrase) {
	first, last := i, p.next
	odd := false
	for first > 0 && marks[first].glued && oddNeighbour(marks[first-1]) {
		first--
		odd = true
	}
	for last < len(marks) && last == a.to && marks[last].glued && (oddNeighbour(marks[last]) || odd && marks[last].kind == numberMark) {
		odd = odd || marks[last].kind != numberMark
		last++
		a.to = last
	}
	if odd && a.problem == "" {
		for last < len(marks) && marks[last].glued && (marks[last].kind == numberMark || oddNeighbour(marks[last])) {
			last++
		}
		a.from, a.to = first, last
		a.problem = oddReason(text, marks, first, last)
		return
	}
	if a.problem != "" || a.to >= len(marks) || marks[a.to].line {
		return
	}
	a.unreadWord(marks)
}

// unreadWord refuses a number whose next word may say its size: a misspelt power
// of ten, or a short abbreviation that nobody knows.
func (a *amount) unreadWord(marks []mark) {
	m := marks[a.to]
	switch {
	case m.isDash() && m.glued && (a.to+1 == len(marks) || marks[a.to+1].line):
		a.problem = UnclearNumber // some books write the minus behind the number
	case m.is(otherWord):
		a.problem = OtherUnit
	case m.kind == symbolMark && strings.ContainsRune("*×^/+=", m.symbol) && a.to+1 < len(marks) && marks[a.to+1].kind == numberMark:
		a.problem = UnclearNumber
		if m.symbol == '^' {
			a.problem = ScientificAmount
		}
		if next := marks[a.to+1].number; m.symbol != '/' && m.symbol != '+' && next.digits == "10" {
			a.problem = ScientificAmount
		}
		a.to += 2
		return
	case m.kind == wordMark && m.word.class == unknownWord && !a.money && a.unit == "":
		l := words()
		_, near := l.numerals.misspelt(m.key, 3)
		if len([]rune(m.key)) > 3 && !near {
			return
		}
		a.problem = UnclearNumber
	default:
		return
	}
	a.tail = 1
}

// oddNeighbour reports whether letters touching a number may be part of it.
func oddNeighbour(m mark) bool {
	switch m.kind {
	case wordMark:
		return m.word.class == unknownWord || m.word.class == fillerWord && digitsFor(m.raw) != ""
	case symbolMark:
		return unicode.IsNumber(m.symbol) && !vulgar(m.symbol) || m.symbol == '^' || m.symbol == '×'
	}
	return false
}

// brokenRun finds a number that came to pieces: 4о,7 and 36,,5 and 115у0000 and
// 12,млн. Its pieces would read well, which is why they must not be read. The run
// begins at mark i; next is the mark behind it and behind the words for its size,
// or i when the run is sound.
func brokenRun(text string, marks []mark, i int) (a amount, next int) {
	if !inRun(marks[i]) || i > 0 && marks[i].glued && inRun(marks[i-1]) {
		return amount{}, i
	}
	end := i + 1
	for end < len(marks) && marks[end].glued && inRun(marks[end]) {
		end++
	}
	for end > i && isStop(marks[end-1]) { // the end of a sentence
		end--
	}
	broken := false
	for k := i; k < end; k++ {
		if marks[k].kind == numberMark && (brokenBefore(marks, i, k) || brokenAfter(marks, k, end)) {
			broken = true
			break
		}
	}
	if !broken {
		return amount{}, i
	}
	a = amount{from: i, problem: oddReason(text, marks, i, end)}
	for end < len(marks) && !marks[end].line && marks[end].is(scaleWord, shortScale, letterUnit, unitWord, tengeWord, otherMoney) {
		end++
	}
	a.to, a.start, a.end = end, marks[i].from, marks[end-1].to
	a.text = text[a.start:a.end]
	return a, end
}

// inRun reports whether a mark can be a piece of a number when it touches one.
func inRun(m mark) bool { return m.kind == numberMark || m.kind == wordMark || isStop(m) }

// isStop reports whether a mark is a point, comma or apostrophe outside a number.
func isStop(m mark) bool { return m.kind == symbolMark && strings.ContainsRune(".,'’", m.symbol) }

// brokenBefore looks at what touches the number at k from the left.
func brokenBefore(marks []mark, first, k int) bool {
	if k == first {
		return false
	}
	m := marks[k-1]
	if m.kind == wordMark {
		return k-2 >= first && marks[k-2].kind == numberMark || utf8.RuneCountInString(m.raw) == 1
	}
	dots := 0
	for j := k - 1; j >= first && isStop(marks[j]); j-- {
		dots++
	}
	before := k - 1 - dots
	switch {
	case before < first: // .5
		return true
	case marks[before].kind == numberMark: // 36,,5 is broken, 10...12 is a range
		return dots < 2 || !allDots(marks[before+1:k])
	}
	word := marks[before]
	return dots > 1 || word.is(unknownWord) || utf8.RuneCountInString(word.raw) == 1
}

// brokenAfter looks at what touches the number at k from the right.
func brokenAfter(marks []mark, k, end int) bool {
	if k+2 >= end || !isStop(marks[k+1]) {
		return false
	}
	after := marks[k+2]
	return after.kind == wordMark && (utf8.RuneCountInString(after.raw) == 1 || !after.is(labelWord, monthWord, fillerWord, noValueWord, andWord))
}

func allDots(marks []mark) bool {
	for _, m := range marks {
		if m.symbol != '.' {
			return false
		}
	}
	return true
}

// oddReason says what a run of touching digits and letters is.
func oddReason(text string, marks []mark, first, last int) Reason {
	lookAlikes, exponent, letters := true, false, false
	for k := first; k < last; k++ {
		m := marks[k]
		switch m.kind {
		case symbolMark:
			if m.symbol == '^' || m.symbol == '×' {
				return ScientificAmount
			}
			if !isStop(m) || k > first && isStop(marks[k-1]) || k+1 == last {
				return UnclearNumber
			}
		case wordMark:
			raw := text[m.from:m.to]
			if k == last-1 && m.is(scaleWord, shortScale, letterUnit, tengeWord, unitWord) {
				continue
			}
			letters = true
			lookAlikes = lookAlikes && digitsFor(raw) != ""
			exponent = exponent || k > first && strings.ContainsAny(raw, "eEеЕ") && len([]rune(raw)) == 1
		}
	}
	switch {
	case exponent:
		return ScientificAmount
	case letters && lookAlikes:
		return LettersForDigits
	}
	return UnclearNumber
}

// withDigits puts digits for the letters that touch digits and look like them.
func withDigits(text string, marks []mark) string {
	var b strings.Builder
	at := 0
	for i, m := range marks {
		touches := m.glued && i > 0 && marks[i-1].kind == numberMark ||
			i+1 < len(marks) && marks[i+1].glued && marks[i+1].kind == numberMark
		if m.kind != wordMark || !touches {
			continue
		}
		if digits := digitsFor(text[m.from:m.to]); digits != "" {
			b.WriteString(text[at:m.from])
			b.WriteString(digits)
			at = m.to
		}
	}
	return b.String() + text[at:]
}

// digitsFor replaces letters that look like digits; "" when one does not.
func digitsFor(letters string) string {
	var b strings.Builder
	for _, r := range letters {
		switch r {
		case 'O', 'o', 'О', 'о', 'Ө', 'ө':
			b.WriteByte('0')
		case 'l', 'I', 'i', 'І', 'і', 'L':
			b.WriteByte('1')
		case 'З', 'з':
			b.WriteByte('3')
		case 'б':
			b.WriteByte('6')
		case 'S', 's':
			b.WriteByte('5')
		case 'В', 'B':
			b.WriteByte('8')
		default:
			return ""
		}
	}
	return b.String()
}
