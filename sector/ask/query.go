package ask

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"maqta/sector"
)

// Query is the meaning of a question, without words: what buttons and deep links
// carry, what a follow-up builds on, and what [Asker.Answer] answers. It is
// comparable by its [Query.Key] and serialises to JSON.
type Query struct {
	Topics  []Topic         `json:"topics,omitempty"`  // what is asked, at most three, in order
	Op      Op              `json:"op,omitempty"`      // what to do with it
	Periods []sector.Period `json:"periods,omitempty"` // as asked; none means the headline period of the topic
	Region  sector.Region   `json:"region,omitempty"`  // "" means the whole country
	Unit    sector.Unit     `json:"unit,omitempty"`    // in which to show figures; "" means the fact's own
	Missing Missing         `json:"missing,omitempty"` // what was asked for and cannot be known from our facts
	Claim   Claim           `json:"claim,omitempty"`   // a premise of the question that the facts contradict
}

// Op is what a question wants done with its topics.
type Op string

// The operations.
const (
	Value   Op = ""        // the figure, or the statement
	Compare Op = "compare" // topics, regions or years side by side
	Trend   Op = "trend"   // how it changed over years
	Lowest  Op = "lowest"  // the year with least
	Highest Op = "highest" // the year with most
	List    Op = "list"    // year by year
	Grow    Op = "grow"    // by how much it changed on the year before
	Regions Op = "regions" // region by region
	Whence  Op = "whence"  // the source of the figure
	Meaning Op = "meaning" // what the term means
)

func ops() []Op { return []Op{Compare, Trend, Lowest, Highest, List, Grow, Regions, Whence, Meaning} }

// Claim is a premise that a question contained and the facts contradict. What
// was claimed is never repeated in an answer.
type Claim string

// The claims.
const (
	ClaimedFall   Claim = "fell"   // it was said to have fallen; it rose
	ClaimedNumber Claim = "number" // another number was put forward for the figure
	ClaimedExact  Claim = "exact"  // a bound was put forward as an exact figure
)

func claims() []Claim { return []Claim{ClaimedFall, ClaimedNumber, ClaimedExact} }

// Missing is what a question asked for beside its topic that the facts do not
// hold. Officials are told how often each was asked.
type Missing string

// What can be missing.
const (
	MissPrice      Missing = "price"
	MissProfit     Missing = "profit"
	MissWage       Missing = "wage"
	MissTax        Missing = "tax"
	MissInvestment Missing = "investment"
	MissSubsidy    Missing = "subsidy"
	MissExport     Missing = "export"
	MissImport     Missing = "import"
	MissCountry    Missing = "country"   // by country of destination, origin or comparison
	MissCity       Missing = "city"      // by city or town
	MissDistrict   Missing = "district"  // by district
	MissRegion     Missing = "region"    // by region
	MissForecast   Missing = "forecast"  // a figure of the future
	MissPerFirm    Missing = "per_firm"  // per enterprise or per worker
	MissYield      Missing = "yield"     // the fibre that comes of the crop
	MissLarge      Missing = "large"     // enterprises that are not small
	MissNames      Missing = "names"     // names of enterprises or people
	MissKind       Missing = "kind"      // a narrower kind of product: silk, socks, carpets
	MissPart       Missing = "part"      // by month, sex, age and the like
	MissCause      Missing = "cause"     // why a figure is what it is
	MissPopulation Missing = "people"    // inhabitants, tourists
	MissTopic      Missing = "topic"     // another topic: coal, wool, bitcoin, the weather
	MissWords      Missing = "words"     // a word that we do not know and that may change the meaning
	MissSense      Missing = "sense"     // nothing to answer: digits, emoji, noise
	MissRecipe     Missing = "obedience" // an instruction to us instead of a question
)

// Missings returns every kind of missing thing, for completeness tests of the texts.
func Missings() []Missing {
	return []Missing{
		MissPrice, MissProfit, MissWage, MissTax, MissInvestment, MissSubsidy, MissExport, MissImport, MissCountry, MissCity,
		MissDistrict, MissRegion, MissForecast, MissPerFirm, MissYield, MissLarge, MissNames, MissKind, MissPart, MissCause,
		MissPopulation, MissTopic, MissWords, MissSense, MissRecipe,
	}
}

// maxTopics is how many things one question may ask for; more would be a list
// that nobody reads on a phone.
const maxTopics = 3

// maxKey is the longest key: with a prefix it must fit Telegram's 64 bytes for
// buttons and 64 characters for deep links.
const maxKey = 48

// ErrNotKey is returned for a text that is no key of a query.
var ErrNotKey = errors.New("not a query key")

// Key writes the query as a short text of letters, digits, "_" and "-" that
// [ParseKey] reads back: "harvest", "harvest-2019", "textile--clothing-compare",
// "harvest-2004to2016-trend", "yarn-in_kg". It returns "" for a query without
// topics and for the rare one that does not fit into 48 bytes.
func (q Query) Key() string {
	if len(q.Topics) == 0 {
		return ""
	}
	var b strings.Builder
	for i, t := range q.Topics {
		if i > 0 {
			b.WriteString("--")
		}
		b.WriteString(string(t))
	}
	part := func(prefix, s string) {
		if s != "" {
			b.WriteString("-" + prefix + s)
		}
	}
	for _, p := range q.Periods {
		part("", periodKey(p))
	}
	if q.Region != "" {
		part("", strings.ToLower(strings.ReplaceAll(string(q.Region), "-", "")))
	}
	part("", string(q.Op))
	part("in_", string(q.Unit))
	part("no_", string(q.Missing))
	part("not_", string(q.Claim))
	if b.Len() > maxKey {
		return ""
	}
	return b.String()
}

// ParseKey reads what [Query.Key] wrote. The error wraps [ErrNotKey].
func ParseKey(key string) (Query, error) {
	bad := func() (Query, error) { return Query{}, fmt.Errorf("reading %q: %w", key, ErrNotKey) }
	if len(key) == 0 || len(key) > maxKey {
		return bad()
	}
	var q Query
	topics := strings.Split(key, "--")
	last, rest, _ := strings.Cut(topics[len(topics)-1], "-")
	topics[len(topics)-1] = last
	if len(topics) > maxTopics {
		return bad()
	}
	for _, t := range topics {
		if !Topic(t).Known() {
			return bad()
		}
		q.Topics = append(q.Topics, Topic(t))
	}
	if rest != "" {
		for part := range strings.SplitSeq(rest, "-") {
			if !q.readPart(part) {
				return bad()
			}
		}
	}
	if q.Key() != key { // one meaning, one spelling: parts in order, none twice
		return bad()
	}
	return q, nil
}

func (q *Query) readPart(part string) bool {
	if p, ok := parsePeriodKey(part); ok {
		q.Periods = append(q.Periods, p)
		return true
	}
	if code, ok := strings.CutPrefix(part, "kz"); ok {
		q.Region = sector.Kazakhstan
		if code != "" {
			q.Region = sector.Region("KZ-" + code)
		}
		return q.Region.Known()
	}
	if unit, ok := strings.CutPrefix(part, "in_"); ok {
		q.Unit = sector.Unit(unit)
		return q.Unit.Known()
	}
	if claim, ok := strings.CutPrefix(part, "not_"); ok {
		q.Claim = Claim(claim)
		return slices.Contains(claims(), q.Claim)
	}
	if missing, ok := strings.CutPrefix(part, "no_"); ok {
		q.Missing = Missing(missing)
		return slices.Contains(Missings(), q.Missing)
	}
	q.Op = Op(part)
	return slices.Contains(ops(), q.Op)
}

// periodKey writes a period without dots and dashes: 2019, 2026m03, 2019m01m10,
// 2004to2016, 20260305.
func periodKey(p sector.Period) string {
	switch p.Kind {
	case sector.AYear:
		return fmt.Sprintf("%04d", p.Year)
	case sector.AMonth:
		if p.Year == 0 { // of the newest year that has them
			return fmt.Sprintf("0m%02d", int(p.Month))
		}
		return fmt.Sprintf("%04dm%02d", p.Year, int(p.Month))
	case sector.MonthRun:
		if p.Year == 0 {
			return fmt.Sprintf("0m%02dm%02d", int(p.Month), int(p.LastMonth))
		}
		return fmt.Sprintf("%04dm%02dm%02d", p.Year, int(p.Month), int(p.LastMonth))
	case sector.YearRun:
		return fmt.Sprintf("%04dto%04d", p.Year, p.LastYear)
	case sector.ADay:
		return fmt.Sprintf("%04d%02d%02d", p.Year, int(p.Month), p.Day)
	}
	return ""
}

// anyYear stands in for the year of months without one.
const anyYear = 2000

func parsePeriodKey(s string) (sector.Period, bool) {
	if s == "" || s[0] < '0' || s[0] > '9' {
		return sector.Period{}, false
	}
	if months, yearless := strings.CutPrefix(s, "0m"); yearless {
		// Read with some year, and taken out of it again.
		p, ok := parsePeriodKey(fmt.Sprintf("%04dm%s", anyYear, months))
		p.Year = 0
		return p, ok && periodKey(p) == s
	}
	text := s
	switch {
	case strings.Contains(s, "to"):
		text = strings.Replace(s, "to", "..", 1)
	case strings.Count(s, "m") == 2 && len(s) == len("2019m01m10"):
		text = s[:4] + "-" + s[5:7] + ".." + s[:4] + "-" + s[8:]
	case strings.Count(s, "m") == 1:
		text = strings.Replace(s, "m", "-", 1)
	case len(s) == len("20260305"):
		text = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	p, err := sector.ParsePeriod(text)
	return p, err == nil && periodKey(p) == s
}

// year is a query's single year, or 0.
func (q Query) year() int {
	if len(q.Periods) == 1 && q.Periods[0].Kind == sector.AYear {
		return q.Periods[0].Year
	}
	return 0
}

// Question is one message of a person.
type Question struct {
	Text  string
	Lang  Lang      // the language the person chose; answers use it where the text does not decide
	Today time.Time // the day of the question in the person's time zone: "last year" is relative to it
	Last  *Query    // the chat's last query where it is fresh enough to build on, else nil
}
