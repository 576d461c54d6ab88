package eval

import (
	"regexp"
	"strings"
)

const edge = `(?:^|[^\p{L}])`

var (
	notMorePattern = regexp.MustCompile(edge + `(?:не (?:более|больше|свыше|выше)(?:,? чем)?|(?:no|not) (?:more than|over|above)|ең көбі|at most|up to|<|≤)$`)
	notLessPattern = regexp.MustCompile(edge + `(?:не (?:менее|меньше|ниже)(?:,? чем)?|(?:no|not) (?:less|fewer) than|at least|минимум|кемінде|аз дегенде|>|≥|>=)$`)
	morePattern    = regexp.MustCompile(edge + `(?:more than|greater than|higher than|более(?:,? чем)?|больше(?:,? чем)?|выше)$`)
	overPattern    = regexp.MustCompile(edge + `(?:over|above|exceed\p{L}*|upwards of|in excess of|свыше|превы\p{L}+)$`)
	lessPattern    = regexp.MustCompile(edge + `(?:less than|fewer than|lower than|under|below|менее(?:,? чем)?|меньше(?:,? чем)?|ниже)$`)
	aboutPattern   = regexp.MustCompile(edge + `(?:about|around|almost|nearly|approximately|approx\.|roughly|some|close to|circa|~|≈|около|почти|примерно(?: на)?|порядка|приблизительно|шамамен)$`)

	overAfter  = regexp.MustCompile(`астам|кем емес|(?:дан|ден|тан|тен|нан|нен) (?:аса|асады|асты|асқан|асатын|асып)(?:[^\p{L}]|$)`)
	moreAfter  = regexp.MustCompile(`(?:дан|ден|тан|тен|нан|нен) (?:артық|жоғары|көп)(?:[^\p{L}]|$)|^[^\p{L}]*(?:%|\p{L}+)? ?(?:or|and) (?:more|higher|over)|^[^\p{L}]*(?:%|\p{L}+)? ?(?:и|или) (?:более|выше|больше)|^%?\+`)
	lessAfter  = regexp.MustCompile(`(?:дан|ден|тан|тен|нан|нен) (?:кем|аз|төмен)(?:[^\p{L}]|$)|аспай|^[^\p{L}]*(?:%|\p{L}+)? ?or (?:less|fewer)|^[^\p{L}]*(?:%|\p{L}+)? ?(?:и|или) (?:менее|меньше)`)
	aboutAfter = regexp.MustCompile(`жуық|шамасында|таяу|дерлік|or so`)
)

// readBounds reads the words that qualify figure i: before it in Russian and
// English, mostly after it in Kazakh.
func (r *reading) readBounds(i int) {
	f := &r.figures[i]
	from, to := r.sentences[f.sentence].from, r.sentences[f.sentence].to
	if i > 0 {
		from = max(from, r.figures[i-1].end)
	}
	if i+1 < len(r.figures) {
		to = min(to, r.figures[i+1].at)
	}
	if from > f.at || f.digits > to {
		return // a number inside the unit of another: nothing can be said of it
	}
	before := strings.TrimRight(r.text[from:f.at], " $₸")
	before = strings.TrimSuffix(before, " the")
	before = strings.TrimSuffix(before, " usd")
	after := r.text[f.digits:to]
	if end := strings.IndexAny(after, ",;()\n"); end >= 0 {
		after = after[:end]
	}

	compared := r.comparison(f, before, morePattern) || r.comparison(f, before, lessPattern)
	switch {
	case notMorePattern.MatchString(before):
		f.upper, f.claims = true, true
	case notLessPattern.MatchString(before), overPattern.MatchString(before):
		f.lower, f.claims = true, true
	case morePattern.MatchString(before):
		f.lower, f.claims = true, !compared
	case lessPattern.MatchString(before):
		f.upper, f.claims = true, !compared
	case overAfter.MatchString(after):
		f.lower, f.claims = true, true
	case lessAfter.MatchString(after):
		f.upper = true
	case moreAfter.MatchString(after):
		f.lower = true
	}
	f.approx = aboutPattern.MatchString(before) || aboutAfter.MatchString(after)
}

// comparison reports whether "more than" compares something with the figure
// rather than bounds it: it opens a later clause of its sentence, or another
// figure stands before it.
func (r *reading) comparison(f *figure, before string, words *regexp.Regexp) bool {
	if !words.MatchString(before) {
		return false
	}
	clause := r.clauses[f.clause]
	lead := strings.TrimSpace(r.text[clause.from:f.at])
	if lead == "чем" || clause.from > r.sentences[f.sentence].from && words.FindString(lead) == lead {
		return true
	}
	for _, other := range r.figures {
		if other.clause == f.clause && other.at < f.at && !strings.Contains(r.text[other.end:f.at], ":") && !strings.Contains(r.text[other.end:f.at], " - ") {
			return true
		}
	}
	return false
}
