package ask

import (
	"time"

	"maqta/sector"
)

// earliest is the first year of an open run ("until 2010"): before every figure.
const earliest = 1990

// scan finds the periods of a question. It marks the items it used.
type scan struct {
	items []item
	today time.Time
	years []yearAt
	found []sector.Period
	lastN int // "over the last ten years"
}

type yearAt struct {
	at   int
	year int
}

// periodsOf returns the periods that the items name, in order, none twice. A run
// of months without a year has year 0. lastN is the number of years of "over the
// last n years", 0 where not said.
func periodsOf(items []item, today time.Time) (periods []sector.Period, lastN int) {
	s := scan{items: items, today: today}
	s.findYears()
	months := s.months()
	switch {
	case months != (sector.Period{}) && len(s.years) == 0:
		return []sector.Period{months}, s.lastN
	case months != (sector.Period{}):
		for _, y := range s.years {
			p := months
			p.Year = y.year
			s.put(p)
		}
		return s.found, s.lastN
	}
	s.putYears()
	return s.found, s.lastN
}

func (s *scan) put(p sector.Period) {
	for _, have := range s.found {
		if have == p {
			return
		}
	}
	s.found = append(s.found, p)
}

func (s *scan) at(i int) item {
	if i < 0 || i >= len(s.items) {
		return item{mark: markEnd}
	}
	return s.items[i]
}

func (s *scan) use(i int) {
	if i >= 0 && i < len(s.items) {
		s.items[i].used = true
	}
}

func (s *scan) year(i, year int) {
	s.years = append(s.years, yearAt{i, year})
	s.use(i)
}

// findYears collects the years in digits, in short ("12-м") and in words
// ("last year", "three years ago").
func (s *scan) findYears() {
	for i := range s.items {
		it := s.items[i]
		switch {
		case it.used:
		case it.concept == cThisYear:
			s.year(i, s.today.Year())
		case it.concept == cLastYear:
			s.year(i, s.before(i))
		case it.concept == cYearBefore:
			s.year(i, s.today.Year()-2)
		case it.concept == cNextYear:
			s.year(i, s.today.Year()+1)
		case isYear(it) && !s.counts(i):
			s.year(i, it.value)
			if s.at(i+1).concept == cYear {
				s.use(i + 1)
			}
		case wordNumber(it.concept) >= 10 && s.wordBeforeYear(i):
		case it.number && it.value > 0 && s.at(i+1).concept == cYear:
			s.numberBeforeYear(i, it)
		case it.number && it.value >= 0 && it.value <= 40 && len(it.text) == 2 && shortYearEnding(it.suffix) && !s.counts(i) && monthOrPart(s.at(i+1).concept) == 0:
			s.year(i, 2000+it.value)
		case it.concept == cThousand && s.at(i-1).concept == cTwo:
			s.yearInWords(i)
		}
	}
}

// before returns the year that "the year before" means at i: the one before the
// year that the question names in digits, else last year.
func (s *scan) before(i int) int {
	for j, it := range s.items {
		if isYear(it) && j != i && !s.counts(j) {
			return it.value - 1
		}
	}
	return s.today.Year() - 1
}

// numberBeforeYear reads "3 years ago", "the last 10 years" and "12 году".
func (s *scan) numberBeforeYear(i int, it item) {
	next := s.at(i + 1).text
	switch {
	case s.at(i+2).concept == cAgo && it.value < 100:
		s.year(i, s.today.Year()-it.value)
		s.use(i + 1)
		s.use(i + 2)
	case len(it.text) == 2 && it.value <= 40 && isDigits(it.text) && (next == "году" || next == "год" || next == "жылы" || next == "жылғы" || next == "жылгы"):
		s.year(i, 2000+it.value)
		s.use(i + 1)
	case it.value < 60:
		s.lastN = it.value
		s.use(i)
		s.use(i + 1)
	}
}

// yearInWords reads "две тысячи двадцать первый", "two thousand and twelve".
func (s *scan) yearInWords(i int) {
	next := i + 1
	if s.at(next).concept == cAnd {
		next++
	}
	if n, last := s.numberInWords(next); n > 0 {
		s.year(next, 2000+n)
		for j := i - 1; j <= last; j++ {
			s.use(j)
		}
	}
}

// numberInWords reads a number up to 29 at i and returns where it ends.
func (s *scan) numberInWords(i int) (n, last int) {
	it := s.at(i)
	n = wordNumber(it.concept)
	if o := int(it.concept-cFirst) + 1; n == 0 && it.concept >= cFirst && it.concept <= cFourth {
		n = o
	}
	if n == 20 {
		if units, _ := s.numberInWords(i + 1); units > 0 && units < 10 {
			return n + units, i + 1
		}
	}
	return n, i
}

// wordBeforeYear reads "в двадцатом году", "жиырма бірінші жылы" and "twenty
// nineteen"; "двадцать лет" is no year.
func (s *scan) wordBeforeYear(i int) bool {
	n, last := s.numberInWords(i)
	if s.items[i].concept == cTwenty {
		if teens, end := s.numberInWords(i + 1); teens >= 10 && !isDigits(s.at(i+1).text) {
			n, last = teens, end // "twenty nineteen"
		} else if next := s.at(last + 1).text; !yearInSingular(next) {
			return false
		}
	} else if !yearInSingular(s.at(last + 1).text) {
		return false
	}
	if n < 4 || isDigits(s.items[i].text) || s.at(i-1).text == "соңғы" {
		return false
	}
	s.year(i, 2000+n)
	for j := i; j <= last; j++ {
		s.use(j)
	}
	if s.at(last+1).concept == cYear {
		s.use(last + 1)
	}
	return true
}

func yearInSingular(text string) bool {
	switch text {
	case "году", "год", "года", "жылы", "жылғы", "жылгы":
		return true
	}
	return false
}

func shortYearEnding(suffix string) bool {
	switch suffix {
	case "'", "м", "ом", "й", "го", "ого", "ый", "ші", "шы", "інші", "ншы", "да", "де", "та", "те":
		return true
	}
	return false
}

// counts reports whether the number at i counts something, so that it is no year.
func (s *scan) counts(i int) bool {
	switch s.at(i + 1).concept {
	case cThousand, cPercent, cPeople, cWorker, cJob:
		// "in 2019 people…" and "2019 people" look alike; a year stands behind "in"
		return !s.introduced(i)
	}
	return false
}

// introduced reports whether a word that introduces years stands before i.
func (s *scan) introduced(i int) bool {
	switch s.at(i - 1).text {
	case "в", "во", "за", "in", "of", "during", "к", "с", "since", "from", "year", "год", "году":
		return true
	}
	return false
}

func monthOrPart(c concept) concept {
	switch {
	case monthOf(c) > 0, c == cMonthWord, c == cQuarter, c == cHalf:
		return c
	}
	return 0
}

// months finds a run of months: names, quarters, halves, "the first ten months".
// The year of the result is 0.
func (s *scan) months() sector.Period {
	first, last := 0, 0
	for i := range s.items {
		it := s.items[i]
		if it.used {
			continue
		}
		if m := monthOf(it.concept); m > 0 && !s.verbMay(i) {
			if first == 0 {
				first = m
			}
			last = m
			s.use(i)
			continue
		}
		switch it.concept {
		case cQuarter:
			if q := s.ordinalAround(i); q > 0 {
				return run(3*q-2, 3*q)
			}
		case cHalf:
			switch n := s.ordinalAround(i); {
			case n == 1, n == 0 && s.yearBeside(i):
				s.use(i)
				return run(1, 6)
			case n == 2:
				return run(7, 12)
			}
		case cMonthWord:
			if n := s.numberBefore(i); n >= 1 && n <= 12 {
				return run(1, n)
			}
		}
		if q := quarterMark(it, s.at(i+1)); q > 0 {
			s.use(i)
			s.use(i + 1)
			if it.text[0] == 'h' {
				return run(6*q-5, 6*q)
			}
			return run(3*q-2, 3*q)
		}
	}
	if first == 0 || first > last {
		return sector.Period{}
	}
	return run(first, last)
}

func run(first, last int) sector.Period {
	return sector.MonthsOf(0, time.Month(first), time.Month(last))
}

// verbMay reports whether "may" at i is the English verb.
func (s *scan) verbMay(i int) bool {
	return s.items[i].concept == cMay && s.items[i].text == "may" && !isYear(s.at(i+1)) && monthOf(s.at(i-2).concept) == 0
}

// quarterMark reads "q1" and "h1", which fall apart into a letter and a digit.
func quarterMark(it, next item) int {
	if it.text == "q" && next.number && next.value >= 1 && next.value <= 4 || it.text == "h" && next.number && next.value >= 1 && next.value <= 2 {
		return next.value
	}
	return 0
}

// ordinalAround returns which quarter or half is meant at i.
func (s *scan) ordinalAround(i int) int {
	for _, j := range [...]int{i - 1, i + 1, i - 2} {
		if n := ordinal(s.at(j)); n > 0 && !s.at(j).used {
			s.use(j)
			s.use(i)
			return n
		}
	}
	return 0
}

// yearBeside reports whether a year stands next to i: "half of 2020", not "half of
// the sector".
func (s *scan) yearBeside(i int) bool {
	for j := i - 3; j <= i+3; j++ {
		if it := s.at(j); it.used && it.number || it.concept == cThisYear || it.concept == cLastYear {
			return true
		}
	}
	return false
}

// numberBefore returns the number of months said before i: "first ten months".
func (s *scan) numberBefore(i int) int {
	for _, j := range [...]int{i - 1, i - 2} {
		if it := s.at(j); it.number && it.value > 0 && !it.used {
			s.use(i)
			s.use(j)
			return it.value
		}
	}
	return 0
}

// putYears makes periods of the years found: one by one, or a run.
func (s *scan) putYears() {
	if len(s.years) == 2 && s.years[0].year != s.years[1].year && s.joined(s.years[0].at, s.years[1].at) {
		first, last := s.years[0].year, s.years[1].year
		s.put(sector.YearsOf(min(first, last), max(first, last)))
		return
	}
	if len(s.years) == 1 {
		y := s.years[0]
		switch s.open(y.at) {
		case cAfter:
			s.put(sector.YearsOf(y.year+1, max(s.today.Year(), y.year+2)))
			return
		case cSince:
			s.put(sector.YearsOf(y.year, max(s.today.Year(), y.year+1)))
			return
		case cBefore:
			s.put(sector.YearsOf(min(earliest, y.year-2), y.year-1))
			return
		}
	}
	for _, y := range s.years {
		s.put(sector.YearOf(y.year))
	}
}

// joined reports whether two years are the ends of one run: "2012–2016", "from
// 2012 to 2016", "с 2012 по 2016", "2012 жылдан 2016 жылға дейін".
func (s *scan) joined(a, b int) bool {
	for i := a + 1; i < b; i++ {
		it := s.items[i]
		if it.mark == markDash && b-a <= 3 || it.concept == cUntil {
			return true
		}
		switch it.text {
		case "по", "to", "through", "till", "until":
			return true
		}
	}
	for i := max(0, a-3); i < a; i++ {
		if s.items[i].concept == cBetween {
			return true
		}
	}
	for i := b + 1; i < min(len(s.items), b+4); i++ {
		switch s.items[i].concept {
		case cUntil, cBetween:
			return true
		}
	}
	return false
}

// open reports whether the year at i opens or closes a run without another end.
func (s *scan) open(i int) concept {
	for _, j := range [...]int{i - 1, i - 2} {
		switch s.at(j).concept {
		case cAfter:
			return cAfter
		case cSince:
			return cSince
		case cUntil, cBefore:
			return cBefore
		}
	}
	if s.at(i-1).text == "с" && s.at(i-2).concept != cCompare && s.at(i+1).text != "годом" {
		return cSince
	}
	for j := i + 1; j <= i+2; j++ {
		switch it := s.at(j); {
		case it.concept == cAfter && it.text != "бергі" && it.text != "кейінгі" || it.text == "кейінгі":
			return cAfter
		case it.concept == cSince || it.text == "бері" || it.text == "бергі":
			return cSince
		case it.concept == cUntil:
			return cBefore
		}
	}
	return 0
}
