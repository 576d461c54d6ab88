package sector

// Pairing labels with amounts. People write "сату 11 млн" and "11 млн сату",
// "48 адам" and "жұмысшы 48", all in one message. Every way of pairing neighbours
// is tried; the best ones pair the most amounts and, among these, use the most
// labels. An amount gets a line only if all the best ways agree on it.

// pairing maps amounts to labels, by their places among the items of a clause.
type pairing map[int]int

// onItsOwn stands for the label that an amount brings along: 48 адам.
const onItsOwn = -1

// most is the greatest number of amounts in one clause that is paired; longer
// lists without commas are asked about.
const most = 16

// pairAll finds the best pairings of all clauses, and the style of the message:
// whether labels stand before their amounts (-1), behind (+1), or both (0). Only
// clauses with a single best pairing show a style.
func pairAll(clauses []*clause) (style int) {
	before, behind := false, false
	for _, c := range clauses {
		c.pairings = bestPairings(c.items)
		if len(c.pairings) != 1 {
			continue
		}
		for a, l := range c.pairings[0] {
			if l == onItsOwn {
				continue
			}
			before = before || l < a
			behind = behind || l > a
		}
	}
	switch {
	case before && !behind:
		return -1
	case behind && !before:
		return 1
	}
	return 0
}

// common returns the pairs on which all the best pairings agree.
func (c *clause) common() pairing {
	agreed := pairing{}
	if len(c.pairings) == 0 {
		return agreed
	}
	for a, l := range c.pairings[0] {
		same := true
		for _, p := range c.pairings[1:] {
			if other, ok := p[a]; !ok || other != l {
				same = false
			}
		}
		if same {
			agreed[a] = l
		}
	}
	return agreed
}

// settleStyle keeps, where several pairings are as good, the only one that is in
// the style of the rest of the message. Chains of more than two amounts without a
// comma are left open: one misspelt label shifts all that follows.
func (c *clause) settleStyle(style int) {
	if style == 0 || len(c.pairings) < 2 || len(c.pairings[0]) > 2 {
		return
	}
	var fitting []pairing
	for _, p := range c.pairings {
		fits := true
		for a, l := range p {
			if l != onItsOwn && (l < a) != (style < 0) {
				fits = false
			}
		}
		if fits {
			fitting = append(fitting, p)
		}
	}
	if len(fitting) == 1 {
		c.pairings = fitting
	}
}

// bestPairings returns all pairings of neighbours that are as good as can be.
func bestPairings(items []item) []pairing {
	var amounts []int
	for i, it := range items {
		if it.kind == amountItem {
			amounts = append(amounts, i)
		}
	}
	if len(amounts) == 0 || len(amounts) > most {
		return nil
	}
	s := pairer{items: items, amounts: amounts, used: map[int]bool{}, chosen: pairing{}}
	s.try(0)
	if len(s.best) > ways {
		return nil // not all of them were seen, so nothing is agreed
	}
	return s.best
}

// pairer searches pairings depth first. An amount has at most three choices.
type pairer struct {
	items   []item
	amounts []int
	used    map[int]bool // labels
	chosen  pairing
	best    []pairing
	score   int
}

// ways is the greatest number of equally good pairings that is kept: where there
// are so many, all of the clause is a question.
const ways = 64

func (s *pairer) try(n int) {
	left := len(s.amounts) - n
	if len(s.best) > ways || (len(s.chosen)+left)*2*most+len(s.used)+left < s.score {
		return
	}
	if n == len(s.amounts) {
		score := len(s.chosen)*2*most + len(s.used)
		if score > s.score {
			s.best, s.score = nil, score
		}
		if score == s.score {
			p := pairing{}
			for a, l := range s.chosen {
				p[a] = l
			}
			s.best = append(s.best, p)
		}
		return
	}
	a := s.amounts[n]
	for _, l := range choices(s.items, a) {
		if l != onItsOwn {
			if s.used[l] {
				continue
			}
			s.used[l] = true
		}
		s.chosen[a] = l
		s.try(n + 1)
		delete(s.chosen, a)
		delete(s.used, l)
	}
	s.try(n + 1) // left without a label
}

// choices lists the labels that an amount can have: its neighbours, if its unit
// fits them, and its own unit of people. Behind a colon there is only one choice.
func choices(items []item, a int) []int {
	var list []int
	if a > 1 && items[a-1].kind == colonItem && (items[a-2].kind == labelItem || items[a-2].kind == strangeItem) {
		if fitsLabel(items[a-2], items[a]) {
			return []int{a - 2}
		}
		return nil
	}
	if l := neighbour(items, a, -1); l >= 0 && fitsLabel(items[l], items[a]) {
		list = append(list, l)
	}
	if l := neighbour(items, a, +1); l >= 0 && fitsLabel(items[l], items[a]) {
		list = append(list, l)
	}
	if ofPeople(items[a]) {
		list = append(list, onItsOwn)
	}
	return list
}

func ofPeople(it item) bool { return it.amount != nil && it.amount.unit == UnitPeople }

// neighbour returns the label beside an amount in a direction, or -1. A strange
// word counts as a label that says nothing: it may be a misspelt one, and then the
// labels that are left belong to the other amounts. A colon behind a label points
// away from an amount before it.
func neighbour(items []item, a, step int) int {
	for i := a + step; i >= 0 && i < len(items); i += step {
		switch items[i].kind {
		case colonItem:
			if step > 0 {
				return -1 // 45: …
			}
		case labelItem, strangeItem:
			if step > 0 && i+1 < len(items) && items[i+1].kind == colonItem {
				return -1
			}
			return i
		default:
			return -1
		}
	}
	return -1
}

// fitsLabel reports whether the unit of an amount allows the line.
func fitsLabel(label, it item) bool {
	if label.kind == strangeItem || label.field == "" || label.field == FieldNote || it.none != nil {
		return label.field != FieldNote
	}
	a := *it.amount
	if !unitFits(a, label.field.Amount()) {
		return false
	}
	p, isProduct := label.field.Product()
	unit := a.unit
	if unit == "" && (a.letter == "т" || a.letter == "t") {
		unit = UnitTonnes
	}
	if !isProduct || unit == "" {
		return true
	}
	_, ok := Convert(FromInt(1), unit, p.Unit())
	return ok
}

// file turns the agreed pairs of a clause into lines, and everything else into
// questions.
func (c *clause) file(text string, marks []mark, found scan, o *OneLine) {
	agreed := c.common()
	paired := map[int]bool{}
	for _, l := range agreed {
		paired[l] = true
	}
	clean := c.clean(agreed, paired)
	for i, it := range c.items {
		if it.kind != amountItem {
			continue
		}
		l, ok := agreed[i]
		field := FieldWorkers
		first, last := i, i
		if ok && l != onItsOwn {
			field = c.items[l].field // "" for a strange word
			first, last = min(i, l), max(i, l)
		}
		typed := text[c.start(first, marks):c.stop(last, marks)]
		if !ok || field == "" {
			c.fileLoose(i, text, marks, o)
			continue
		}
		reading := c.read(it, field, text, marks, found)
		if !clean && !c.colonBound(i) || c.doubtful(first, last, field, paired) {
			reading = doubt(reading)
		}
		o.Fields = append(o.Fields, OneField{Field: field, Reading: reading, Text: typed})
	}
}

// fileLoose keeps an amount without a line, so that the person can be asked.
func (c *clause) fileLoose(i int, text string, marks []mark, o *OneLine) {
	it := c.items[i]
	if it.none != nil {
		return // a "no" that belongs to nothing says nothing
	}
	o.Loose = append(o.Loose, Loose{Text: text[c.start(i, marks):c.stop(i, marks)]})
}

func (c *clause) start(i int, marks []mark) int {
	if a := c.items[i].amount; a != nil {
		return a.start
	}
	return marks[c.items[i].from].from
}

func (c *clause) stop(i int, marks []mark) int {
	if a := c.items[i].amount; a != nil {
		return a.end
	}
	return marks[c.items[i].to-1].to
}

// read settles an amount for its line, in the unit of the line.
func (c *clause) read(it item, field Field, text string, marks []mark, found scan) Reading {
	if it.none != nil {
		return *it.none
	}
	a := *it.amount
	kind := field.Amount()
	if kind == AmountMoney && a.power == 0 && !a.money {
		a = found.placed(text, marks, a)
	}
	return forField(settle(a, kind), field)
}

// clean reports whether a clause of several amounts holds nothing but pairs. In a
// chain without commas one strange word or one amount too many may shift all the
// labels by one, so then all of it is a question.
func (c *clause) clean(agreed pairing, paired map[int]bool) bool {
	amounts, odd := 0, false
	for i, it := range c.items {
		switch it.kind {
		case amountItem:
			amounts++
			_, ok := agreed[i]
			odd = odd || !ok || it.amount != nil && it.amount.problem != ""
		case labelItem:
			odd = odd || !paired[i] || it.field == ""
		case strangeItem:
			odd = true
		}
	}
	return amounts < 2 || !odd
}

func (c *clause) colonBound(a int) bool { return a > 1 && c.items[a-1].kind == colonItem }

// doubtful looks at what stands beside a pair: a strange word or a label left
// without an amount may change what the amount is ("plan", "sold 300 pairs of
// shoes"). Only the word for output says no more than the report itself.
func (c *clause) doubtful(first, last int, field Field, paired map[int]bool) bool {
	for _, i := range []int{c.beside(first, -1), c.beside(last, +1)} {
		if i < 0 {
			continue
		}
		it := c.items[i]
		_, isProduct := field.Product()
		switch {
		case it.kind == strangeItem, it.kind == labelItem && it.field == "":
			return true
		case it.kind == labelItem && !paired[i] && it.field != field && !(isProduct && it.field == FieldOutput):
			return true
		}
	}
	return false
}

// beside returns the item next to a place, colons left out, or -1.
func (c *clause) beside(i, step int) int {
	for i += step; i >= 0 && i < len(c.items); i += step {
		if c.items[i].kind != colonItem {
			return i
		}
	}
	return -1
}

// doubt turns a sure reading into a question.
func doubt(r Reading) Reading {
	switch r := r.(type) {
	case Read:
		return Ambiguous{Readings: []Read{r}, Why: DoubtContext, Text: r.Text}
	case NoValue:
		return NoValue{Kinds: noValueKinds("unsaid"), Text: r.Text}
	}
	return r
}
