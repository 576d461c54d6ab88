package eval

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// role says what a number in a text is.
type role string

const (
	amountRole role = "amount" // a figure: it needs a ground
	yearsRole  role = "years"  // a number of years: "5 жыл", "за 5 лет"
	monthsRole role = "months" // a number of months: "10 ай"
)

// figure is one number of a text, with what belongs to it.
type figure struct {
	written  string  // as it stands in the plain text, with scale and unit
	raw      float64 // the digits alone: 344.4 of "344.4 thousand tonnes"
	scaled   float64 // with scale words: 344400
	value    float64 // in the base unit
	in       unit
	role     role
	decimals int // digits after the decimal mark

	at, end  int // bytes of the plain text: from the first digit to after the unit
	digits   int // the byte after the last digit
	sentence int
	clause   int

	lower, upper, approx bool // "more than", "less than", "about" in any wording
	claims               bool // the bound is said of the figure, not in a comparison with it
}

// yearMark is a year that the text names. Inside a full date it dates a source
// rather than a figure.
type yearMark struct {
	year   int
	at     int
	inDate bool
}

// span is a stretch of the plain text.
type span struct{ from, to int }

func (s span) holds(at int) bool { return at >= s.from && at < s.to }

// reading is a text as the judge sees it.
type reading struct {
	text      string // plain
	shown     string // plain but for the case
	sentences []span
	clauses   []span
	figures   []figure
	years     []yearMark
	headers   []measure // units said apart from a figure: "тыс. тонн:"

	looked, denies bool // whether refuses has been asked, and what it found
}

const (
	kkMonths = `қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан`
	ruMonths = `январ|феврал|март|апрел|мая|май|июн|июл|август|сентябр|октябр|ноябр|декабр`
	enMonths = `january|february|march|april|may|june|july|august|september|october|november|december`
)

var (
	numberPattern = regexp.MustCompile(`\d+(?:\.\d+)*`)
	codePattern   = regexp.MustCompile(`(?:oked|окэд|эқжж|экжж|nace|isic)(?: rev\.)?[ -]$`)

	datePatterns = []*regexp.Regexp{ // the first of them need the name of a month
		regexp.MustCompile(`(?P<year>\d{4}) ?(?:жылғы|жылдың|жылы|жыл|ж\.),? \d{1,2}[ -]?(?:` + kkMonths + `)`),
		regexp.MustCompile(`\d{1,2}(?:-?(?:го|е|ші|шы|st|nd|rd|th))?[ -](?:of )?(?:` + kkMonths + `|` + ruMonths + `|` + enMonths + `)\p{L}*(?:,? (?P<year>\d{4}))?`),
		regexp.MustCompile(`(?:` + enMonths + `) \d{1,2}(?:st|nd|rd|th)?,? (?P<year>\d{4})`),
		regexp.MustCompile(`(?:` + kkMonths + `)[ыі]?(?:ң|дың|дің|ның|нің|тың|тің) \d{1,2}`),
		regexp.MustCompile(`\d{1,2}\.\d{1,2}\.(?P<year>\d{4})`),
		regexp.MustCompile(`(?P<year>\d{4})-\d{2}-\d{2}`),
		regexp.MustCompile(`\d{1,2}:\d{2}`),
	}
	listMark        = regexp.MustCompile(`^ ?\d{1,2}[.)] `)
	firstMark       = regexp.MustCompile(`(?m)^ ?1[.)] `)
	yearLead        = regexp.MustCompile(edge + `(?:in|since|from|to|by|during|until|в|во|за|с|до|по|к|на|от) $`)
	isoMonthPattern = regexp.MustCompile(`(\d{4})-(\d{2})(?:\D|$)`)
)

// read takes a text apart.
func read(text string) *reading {
	r := &reading{shown: tidy(text)}
	r.text = lower(r.shown)
	r.sentences = sentenceSpans(r.shown)
	r.clauses = clauseSpans(r.text, r.sentences)
	dates := r.readDates()
	for _, at := range numberPattern.FindAllStringIndex(r.text, -1) {
		if !within(dates, at[0]) {
			r.readNumber(span{at[0], at[1]})
		}
	}
	for i := range r.figures {
		r.readBounds(i)
	}
	r.readHeaders()
	return r
}

func within(spans []span, at int) bool {
	for _, s := range spans {
		if s.holds(at) {
			return true
		}
	}
	return false
}

// readDates finds full dates and months written as 2026-03; their numbers are no figures.
func (r *reading) readDates() []span {
	var dates []span
	for i, pattern := range datePatterns {
		if i < monthDates && !r.namesMonth() {
			continue
		}
		group := pattern.SubexpIndex("year")
		for _, at := range pattern.FindAllStringSubmatchIndex(r.text, -1) {
			if !r.startsNumber(at[0]) || within(dates, at[0]) || at[1] < len(r.text) && digit(r.text[at[1]]) {
				continue
			}
			dates = append(dates, span{at[0], at[1]})
			if group > 0 && at[2*group] >= 0 {
				year, _ := strconv.Atoi(r.text[at[2*group]:at[2*group+1]])
				r.years = append(r.years, yearMark{year, at[2*group], true})
			}
		}
	}
	for _, at := range isoMonthPattern.FindAllStringSubmatchIndex(r.text, -1) {
		if !r.startsNumber(at[0]) || within(dates, at[0]) {
			continue
		}
		if month, _ := strconv.Atoi(r.text[at[4]:at[5]]); month < 1 || month > 12 {
			continue
		}
		year, _ := strconv.Atoi(r.text[at[2]:at[3]])
		r.years = append(r.years, yearMark{year, at[2], false})
		dates = append(dates, span{at[2], at[5]})
	}
	return dates
}

// monthDates is how many of the patterns for dates name a month.
const monthDates = 4

func (r *reading) namesMonth() bool {
	for _, names := range []string{kkMonths, ruMonths, enMonths} {
		for name := range strings.SplitSeq(names, "|") {
			if strings.Contains(r.text, name) {
				return true
			}
		}
	}
	return false
}

// startsNumber reports whether no digit or decimal mark runs into the place.
func (r *reading) startsNumber(at int) bool {
	if at == 0 {
		return true
	}
	if digit(r.text[at-1]) {
		return false
	}
	return !(r.text[at-1] == '.' && at > 1 && digit(r.text[at-2]))
}

func (r *reading) readNumber(at span) {
	before, after := r.text[:at.from], r.text[at.to:]
	if last, _ := utf8.DecodeLastRuneInString(before); unicode.IsLetter(last) && !hasSuffix(before, "usd", "kzt") {
		return // m2, q1
	}
	if codePattern.MatchString(before) {
		return
	}
	if listMark.MatchString(r.text[strings.LastIndexByte(before, '\n')+1:]) && firstMark.MatchString(r.text) && strings.TrimSpace(before[strings.LastIndexByte(before, '\n')+1:]) == "" {
		return // an item of a numbered list
	}
	written := r.text[at.from:at.to]
	raw, err := strconv.ParseFloat(written, 64)
	if err != nil {
		raw = math.NaN() // 5.2.3: nothing can prove it
	}
	f := figure{raw: raw, scaled: raw, value: raw, role: amountRole, at: at.from, digits: at.to, end: at.to}
	if _, fraction, ok := strings.Cut(written, "."); ok {
		f.decimals = len(fraction)
	}
	whole := f.decimals == 0
	if r.readPeriod(&f, whole, after) {
		return
	}
	scale, rest := readScale(after, true)
	m, rest, ok := readUnit(rest)
	f.scaled = raw * scale
	f.value = f.scaled * m.by
	f.in = m.in
	if !ok {
		if u, found := unitBefore(before); found {
			f.in = u
		}
	}
	if scale != 1 || ok {
		f.end = len(r.text) - len(rest)
	}
	f.sentence, f.clause = find(r.sentences, f.at), find(r.clauses, f.at)
	r.perHectare(&f)
	if f.raw == 1 && f.in == dollars && scale == 1 {
		return // "1 доллар = 499.83 тенге": what a rate is about
	}
	f.written = strings.TrimSpace(r.text[f.at:f.end])
	r.figures = append(r.figures, f)
}

func hasSuffix(s string, suffixes ...string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}

// readPeriod takes years, quarters and numbers of years and months. It reports
// whether the number has been dealt with.
func (r *reading) readPeriod(f *figure, whole bool, after string) bool {
	if !whole {
		return false
	}
	word, rest := nextWord(after)
	if among(word, "й", "го", "м", "е", "ші", "шы", "st", "nd", "rd", "th") {
		word, _ = nextWord(rest)
	}
	switch {
	case f.raw >= 1900 && f.raw <= 2099 && f.digits-f.at == 4:
		scale, rest := readScale(after, true)
		m, _, ok := readUnit(rest)
		_, money := unitBefore(r.text[:f.at])
		if money || scale != 1 || ok && !among(word, "т", "c", "ц") && !(m.in.counts() && yearLead.MatchString(r.text[:f.at])) {
			return false
		}
		r.years = append(r.years, yearMark{int(f.raw), f.at, false})
		return true
	case f.raw <= 4 && hasStem(word, "тоқсан", "квартал", "quarter"), f.raw <= 2 && hasStem(word, "жартыжыл", "полугоди", "half"):
		return true
	case f.raw <= 60 && (hasStem(word, "жыл", "year") || among(word, "лет", "год", "года", "году", "летний", "летие")):
		f.role = yearsRole
	case f.raw <= 24 && (hasStem(word, "month", "месяц", "айда", "айды", "айын", "айлы", "айға", "айла") || among(word, "ай", "айы", "мес")):
		f.role = monthsRole
	default:
		return false
	}
	f.end = len(r.text) - len(after)
	f.sentence, f.clause = find(r.sentences, f.at), find(r.clauses, f.at)
	f.written = r.text[f.at:f.end] + " " + word
	r.figures = append(r.figures, *f)
	return true
}

// perHectare turns centners into a yield where the hectare is named elsewhere in
// the sentence: "гектарына 25.9 центнер".
func (r *reading) perHectare(f *figure) {
	if f.in != tonnes {
		return
	}
	_, rest := readScale(r.text[f.digits:], true)
	word, _ := nextWord(rest)
	s := r.sentences[f.sentence]
	if hasStem(word, "центнер", "centner", "quintal") && (strings.Contains(r.text[s.from:s.to], "гектар") || strings.Contains(r.text[s.from:s.to], "hectare")) {
		f.in, f.value = perHectare, f.scaled
	}
}

// readHeaders finds units that stand apart from figures and may count for bare ones.
func (r *reading) readHeaders() {
	taken := make([]span, 0, len(r.figures))
	for _, f := range r.figures {
		taken = append(taken, span{f.at, max(f.end, f.at+1)})
	}
	inWord := false
	for i, c := range r.text {
		start := !inWord && (unicode.IsLetter(c) || c == '%')
		inWord = unicode.IsLetter(c)
		if !start || within(taken, i) {
			continue
		}
		scale, rest := readScale(r.text[i:], false)
		if m, _, ok := unitAt(rest); ok {
			r.headers = append(r.headers, measure{scale * m.by, m.in})
		}
	}
}

func find(spans []span, at int) int {
	for i, s := range spans {
		if at < s.to {
			return i
		}
	}
	return len(spans) - 1
}

// yearsIn lists the years named in the stretch, those of full dates apart.
func (r *reading) yearsIn(s span) (years, dated []int) {
	for _, y := range r.years {
		if !s.holds(y.at) {
			continue
		}
		if y.inDate {
			dated = append(dated, y.year)
		} else {
			years = append(years, y.year)
		}
	}
	return years, dated
}

// names reports whether the text names the year, in a date or out of one.
func (r *reading) names(year int) bool {
	for _, y := range r.years {
		if y.year == year {
			return true
		}
	}
	return false
}

var boundYear = regexp.MustCompile(edge + `(?:после|since|after|before|until|till)[ -]*$`)

// exactYears lists the years of a question, without those that only bound it:
// "after 2007", "2007 жылдан бері".
func (r *reading) exactYears() []int {
	var years []int
	for _, y := range r.years {
		after := r.text[y.at+4:]
		if end := strings.IndexAny(after, ",;.?"); end >= 0 {
			after = after[:end]
		}
		if boundYear.MatchString(r.text[:y.at]) || strings.HasPrefix(after, " жылдан кейін") || strings.HasPrefix(after, " жылдан бері") || strings.HasPrefix(after, "-ден кейін") {
			continue
		}
		years = append(years, y.year)
	}
	return years
}
