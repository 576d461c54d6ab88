package sector

import (
	"strings"
	"unicode"
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
	a.to++
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

// oddReason says what a run of touching digits and letters is.
func oddReason(text string, marks []mark, first, last int) Reason {
	lookAlikes, exponent := true, false
	for k := first; k < last; k++ {
		m := marks[k]
		switch m.kind {
		case symbolMark:
			if m.symbol == '^' || m.symbol == '×' {
				return ScientificAmount
			}
			return UnclearNumber
		case wordMark:
			raw := text[m.from:m.to]
			lookAlikes = lookAlikes && digitsFor(raw) != ""
			exponent = exponent || k > first && strings.ContainsAny(raw, "eEеЕ") && len([]rune(raw)) == 1
		}
	}
	switch {
	case exponent:
		return ScientificAmount
	case lookAlikes:
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
