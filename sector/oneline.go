package sector

import (
	"slices"
	"strings"
	"time"
)

// OneLine is what [ReadReport] found in a message: lines of the report with their
// readings, in the order of the message. Lines that are not there are asked for
// afterwards; so is everything that is not a sure [Read] or [NoValue].
type OneLine struct {
	Fields []OneField
	Months []SaidMonth // usually none or one; several different ones must be asked about
	Note   string
	Loose  []Loose // amounts that belong to no line for sure
}

// OneField is one line of the report found in a message.
type OneField struct {
	Field   Field
	Reading Reading
	Text    string // the words and the amount, as typed
}

// SaidMonth is a month named in a message. Year is 0 where it was not said.
type SaidMonth struct {
	Month time.Month
	Year  int
}

// Loose is an amount for which no line could be told.
type Loose struct {
	Text string // as typed
}

// Sure returns the values that need no question, by line. Bare amounts of money
// still go to [Inspect].
func (o OneLine) Sure() map[Field]Value {
	sure := map[Field]Value{}
	for _, f := range o.Fields {
		switch r := f.Reading.(type) {
		case Read:
			sure[f.Field] = ValueOf(r.Value)
		case NoValue:
			if len(r.Kinds) == 1 {
				sure[f.Field] = NoAmount(r.Kinds[0])
			}
		}
	}
	return sure
}

// ReadReport reads a whole report from one message: "наурыз: өндіріс 12,5 млн,
// сату 11 млн, 48 адам, жергілікті 45", in any of the languages or a mixture, in
// any order, with the words before or behind their numbers.
//
// An amount is given to a line only if no other way of pairing words and amounts
// is as good. Words that it does not know beside an amount ("plan", "loan") make
// the line a question. A line never gets an amount that could be another's.
func ReadReport(text string) OneLine {
	if len(text) > longestAmount {
		return OneLine{}
	}
	marks := withoutBullets(lex(text))
	var o OneLine
	marks, o.Note = cutNote(text, marks)
	found := findAmounts(text, marks)
	found.looseScales()
	clauses := cutClauses(text, marks, found, &o)
	style := pairAll(clauses)
	for _, c := range clauses {
		c.settleStyle(style)
		c.file(text, marks, found, &o)
	}
	o.Fields = joinTwice(o.Fields)
	return o
}

// withoutBullets drops dashes that begin lines of a list: they are no minus.
func withoutBullets(marks []mark) []mark {
	kept := marks[:0:0]
	for i, m := range marks {
		if m.line && m.isDash() && i+1 < len(marks) && !marks[i+1].glued && !marks[i+1].line {
			marks[i+1].line = true
			continue
		}
		kept = append(kept, m)
	}
	return kept
}

// cutNote takes the note, from its label to the end of the line, out of the marks.
func cutNote(text string, marks []mark) (rest []mark, note string) {
	for i, m := range marks {
		if !m.is(labelWord) || m.word.value != string(FieldNote) {
			continue
		}
		end := i + 1
		for end < len(marks) && !marks[end].line {
			end++
		}
		from, to := m.to, len(text)
		if end < len(marks) {
			to = marks[end].from
		}
		note = strings.TrimSpace(strings.TrimLeft(text[from:to], " \u00a0\t:=-–—"))
		return slices.Concat(marks[:i], marks[end:]), note
	}
	return marks, ""
}

// itemKind is what a piece of a clause is good for.
type itemKind int

const (
	labelItem itemKind = iota
	amountItem
	strangeItem // a word that nobody knows, or that makes an amount something else
	colonItem   // binds the label before it to what follows
)

// item is a piece of a clause.
type item struct {
	kind     itemKind
	from, to int   // marks
	field    Field // of a label; "" when the label is unclear
	amount   *amount
	none     *NoValue // of an amount item without an amount: "жоқ", "белгісіз"
}

// clause is a part of the message between commas, brackets or line ends, with the
// ways in which its labels and amounts can be paired.
type clause struct {
	items    []item
	pairings []pairing // all of the best ones
}

// cutClauses turns marks into clauses; months are taken out on the way.
func cutClauses(text string, marks []mark, found scan, o *OneLine) []*clause {
	var clauses []*clause
	current := &clause{}
	flush := func() {
		if len(current.items) > 0 {
			clauses = append(clauses, current)
			current = &clause{}
		}
	}
	next := 0
	year := 0
	for i := 0; i < len(marks); i++ {
		if marks[i].line {
			flush()
		}
		for next < len(found.amounts) && found.amounts[next].to <= i {
			next++
		}
		if next < len(found.amounts) && i >= found.amounts[next].from {
			a := &found.amounts[next]
			next++
			if a.yearLike {
				year, _ = yearIn(text[a.start:a.end])
			} else if j := len(current.items) - 1; j >= 0 && current.items[j].kind == amountItem && current.items[j].amount != nil && isRange(marks, *current.items[j].amount, *a) {
				current.items[j].amount.refuse(RangeOfNumbers)
				current.items[j].amount.end, current.items[j].to = a.end, a.to
				current.items[j].amount.text = text[current.items[j].amount.start:a.end]
			} else {
				it := item{kind: amountItem, from: a.from, to: a.to, amount: a}
				if a.weak && a.unit == "" && !a.money {
					it = item{kind: strangeItem, from: a.from, to: a.to} // он, one: a number or not
				}
				current.items = append(current.items, it)
				if a.why == DoubtSpelling { // the misspelt word may have been a label
					current.items = append(current.items, item{kind: strangeItem, from: a.to - 1, to: a.to})
				}
			}
			i = max(a.to-1, i)
			continue
		}
		m := marks[i]
		switch {
		case endsClause(marks, i), headed(current.items, m) && !(next < len(found.amounts) && found.amounts[next].from == i+1):
			flush()
		case m.kind == dateMark:
			if said, ok := monthIn(text[m.from:m.to]); ok {
				o.Months = append(o.Months, said)
			}
		case m.is(monthWord):
			o.Months = append(o.Months, SaidMonth{Month: time.Month(powerOf(m.word))})
		case m.kind == numberMark: // a year, a day or an ordinal: amounts are taken above
			if y, ok := yearIn(m.number.digits); ok {
				year = y
			}
		default:
			if it, ok := itemOf(text, marks, i); ok {
				current.items = append(current.items, it)
			}
		}
	}
	flush()
	o.Months = tidyMonths(o.Months, year)
	return clauses
}

// endsClause reports whether a mark parts what belongs together: commas and their
// like, and the point at the end of a sentence.
func endsClause(marks []mark, i int) bool {
	m := marks[i]
	if m.kind != symbolMark {
		return false
	}
	if m.symbol == '.' {
		return i > 0 && i+1 < len(marks) && !marks[i+1].glued && !abbreviated(marks[i-1])
	}
	return strings.ContainsRune(",;()|/•·[]{}&+", m.symbol) || m.symbol == '，' || m.symbol == '；'
}

// abbreviated reports whether the point behind a mark is that of an abbreviation:
// тыс., шт., т.ч., раб.
func abbreviated(m mark) bool {
	if m.kind != wordMark {
		return false
	}
	last := m.key[strings.LastIndexByte(m.key, ' ')+1:]
	return m.is(shortScale, letterUnit, unitWord, tengeWord) || len([]rune(last)) <= 3
}

// headed reports whether a colon ends a heading ("ТОО Нұр: …") and so begins a
// clause. Behind a label a colon binds it to its amount.
func headed(items []item, m mark) bool {
	return m.kind == symbolMark && m.symbol == ':' && len(items) > 0 && items[len(items)-1].kind == strangeItem
}

// looseScales takes a scale word alone ("мың теңгемен: өндіріс 12500 …") for the
// unit of the other amounts, not for an amount of its own.
func (s *scan) looseScales() {
	kept := s.amounts[:0:0]
	for _, a := range s.amounts {
		if a.bareOne && len(s.amounts) > 1 {
			s.loose = append(s.loose, a.from)
			continue
		}
		kept = append(kept, a)
	}
	s.amounts = kept
}

// itemOf says what a mark outside amounts is good for.
func itemOf(text string, marks []mark, i int) (item, bool) {
	m := marks[i]
	it := item{from: i, to: i + 1}
	if m.kind == symbolMark {
		it.kind = colonItem
		return it, m.symbol == ':' || m.symbol == '='
	}
	switch m.word.class {
	case fillerWord, andWord, aboutWord, tengeWord, article, monthWord, yearWord, quarterWord:
		return it, false
	case labelWord:
		it.kind, it.field = labelItem, fieldOfLabel(m.word.value)
		return it, true
	case unitWord:
		if m.word.value == string(UnitPeople) { // адам: 48
			it.kind, it.field = labelItem, FieldWorkers
			return it, true
		}
	case noValueWord:
		it.kind = amountItem
		it.none = &NoValue{Kinds: noValueKinds(m.word.value), Text: text[m.from:m.to]}
		return it, true
	case unknownWord:
		if caseEnding == words().endings[m.key] && m.glued {
			return it, false
		}
		if e, _ := words().labels.misspelt(m.key, leastLabel); e.class == labelWord {
			it.kind, it.field = labelItem, fieldOfLabel(e.value)
			return it, true
		}
	}
	it.kind = strangeItem
	return it, true
}

// leastLabel is the length from which a misspelt name of a line is recognised.
const leastLabel = 5

// fieldOfLabel returns the line that a word of report_words.tsv names, "" for an
// unclear one.
func fieldOfLabel(value string) Field {
	if value == "unclear" {
		return ""
	}
	if f := ProductField(Product(value)); f.Known() {
		return f
	}
	return Field(value)
}

// yearIn returns the year that a text of digits is.
func yearIn(s string) (year int, ok bool) {
	if len(s) != 4 || !allDigits(s) {
		return 0, false
	}
	year = twoDigits(s[:2])*100 + twoDigits(s[2:])
	return year, year >= 2000 && year <= 2100
}

// monthIn returns the month of a date in digits.
func monthIn(s string) (SaidMonth, bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	for i, p := range parts {
		if y, ok := yearIn(p); ok {
			var month string
			switch {
			case i == 0 && len(parts) > 1:
				month = parts[1]
			case i > 0:
				month = parts[i-1]
			}
			if d, err := ParseDecimal(month); err == nil {
				n, _ := d.Int64()
				return SaidMonth{Month: time.Month(n), Year: y}, n >= 1 && n <= 12
			}
		}
	}
	return SaidMonth{}, false
}

// tidyMonths gives a lone month the year that was said, and drops repetitions.
func tidyMonths(months []SaidMonth, year int) []SaidMonth {
	var tidy []SaidMonth
	for _, m := range months {
		if m.Year == 0 && len(months) == 1 {
			m.Year = year
		}
		if !slices.Contains(tidy, m) {
			tidy = append(tidy, m)
		}
	}
	return tidy
}

// joinTwice joins lines that were said twice: the same amount is said once, two
// different ones are a question.
func joinTwice(fields []OneField) []OneField {
	var joined []OneField
	for _, f := range fields {
		i := slices.IndexFunc(joined, func(g OneField) bool { return g.Field == f.Field })
		if i < 0 {
			joined = append(joined, f)
			continue
		}
		a, okA := joined[i].Reading.(Read)
		b, okB := f.Reading.(Read)
		if okA && okB && a.Value == b.Value {
			continue
		}
		joined[i].Reading = Refused{
			Reason: TwoNumbers, Text: joined[i].Text + "; " + f.Text, Numbers: []string{joined[i].Text, f.Text},
		}
	}
	return joined
}
