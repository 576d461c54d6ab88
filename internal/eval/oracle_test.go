package eval

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
)

// words is how the oracle speaks a language: stiffly, but keeping every rule.
type words struct {
	lead, none, more, about, moreAfter, money, volume, year string
	units                                                   map[unit]string
	kg, months, millionth, billionth                        string
}

var oracleWords = map[string]words{
	"kk": {
		lead: "Жауабымыз дереккөз бойынша: ", none: "Бұл туралы дерегім жоқ.", about: "шамамен ", moreAfter: "-дан астам", money: " ақшалай", volume: " нақты көлем бойынша", year: " жылы ",
		units: map[unit]string{tonnes: " тонна", hectares: " гектар", perHectare: " ц/га", squares: " шаршы метр", tenge: " теңге", dollars: " АҚШ доллары", perCent: "%", pieces: " дана", people: " адам", pairs: " жұп"}, kg: " кг", months: kkMonths, millionth: " млн", billionth: " млрд",
	},
	"ru": {
		lead: "Ответ по источнику: ", none: "Об этом у меня нет данных.", more: "более ", about: "около ", money: " в деньгах", volume: " в физическом объёме", year: " год, ",
		units: map[unit]string{tonnes: " тонн", hectares: " гектаров", perHectare: " ц/га", squares: " кв. м", tenge: " тенге", dollars: " долларов", perCent: " %", pieces: " штук", people: " человек", pairs: " пар"}, kg: " кг", months: strings.Replace(ruMonths, "мая|", "", 1), millionth: " млн", billionth: " млрд",
	},
	"en": {
		lead: "The answer of the source: ", none: "I have no data on that.", more: "more than ", about: "about ", money: " in money", volume: " in volume", year: " ",
		units: map[unit]string{tonnes: " tonnes", hectares: " hectares", perHectare: " c/ha", squares: " m²", tenge: " tenge", dollars: " US dollars", perCent: "%", pieces: " pieces", people: " people", pairs: " pairs"}, kg: " kg", months: enMonths, millionth: " million", billionth: " billion",
	},
}

// say words one fact.
func (w words) say(f *Fact, kilograms bool) string {
	value, in := f.value, w.units[f.in]
	if kilograms && f.in == tonnes {
		value, in = value*1000, w.kg
	}
	switch {
	case f.by == 1e6:
		value, in = value/1e6, w.millionth+in
	case f.by == 1e9:
		value, in = value/1e9, w.billionth+in
	}
	number := strconv.FormatFloat(math.Round(value*1e6)/1e6, 'f', -1, 64)
	before, after := "", ""
	switch f.Qualifier {
	case "over":
		before, after = w.more, w.moreAfter
	case "approx":
		before = w.about
	}
	basis := ""
	if f.twin {
		basis = map[string]string{"nominal": w.money, "real_index": w.volume}[f.Basis]
	}
	period := strconv.Itoa(f.from) + w.year
	if f.to != f.from {
		period = fmt.Sprintf("%d–%d%s", f.from, f.to, w.year)
	}
	if f.part > 0 {
		period += strings.Split(w.months, "|")[f.ends-1] + " — "
	}
	return period + before + number + in + after + basis
}

// oracle answers a question from what it expects: every fact asked for, or a refusal.
func (j *Judge) oracle(q *Question) string {
	w := oracleWords[q.Lang]
	if q.Unanswerable() {
		return w.none
	}
	kilograms := strings.Contains(q.Note, "kilograms")
	var lines []string
	said := make(map[*Fact]bool)
	for _, token := range append(append([]Token{}, q.All...), q.Any...) {
		if f := j.meant(q, token); f != nil && !said[f] {
			said[f] = true
			lines = append(lines, w.say(f, kilograms)+".")
		}
	}
	reply := w.lead + strings.Join(lines, "\n")
	for _, token := range q.All {
		if token.kind == textToken && !token.heldBy(read(reply)) {
			reply += " " + token.Text
		}
	}
	if r := read(reply); missing(q, r) == "one of expect_any" {
		for _, token := range q.Any {
			if token.kind == textToken || token.kind == yearToken {
				with := reply + " " + token.Text
				if strings.Contains(q.Note, "in million tenge") {
					with += w.units[tenge]
				}
				if token.heldBy(read(with)) && read(with).language() == q.Lang {
					return with
				}
			}
		}
	}
	return reply
}

// meant is the fact that a token asks for.
func (j *Judge) meant(q *Question, token Token) *Fact {
	for _, part := range token.parts {
		if f := j.meant(q, part); f != nil {
			return f
		}
	}
	for i := range j.facts {
		for _, name := range q.Facts {
			f := &j.facts[i]
			if !f.is(name) {
				continue
			}
			switch token.kind {
			case numberToken:
				if equal(f.value, token.number) || equal(f.value*1000, token.number) && strings.Contains(q.Note, "kilograms") || equal(f.value/f.by, token.number) {
					return f
				}
			case perCentToken, amountToken:
				if (token.unitFits(f.in) || token.in == f.in) && rounds(f.value, token.number, 3) && !(f.in == perCent && token.in != perCent) {
					return f
				}
			}
		}
	}
	return nil
}

// Every question of every set can be answered rightly, and what is said with one
// digit more or another unit is not right.
func TestOracleIsRightAndItsSlipsAreNot(t *testing.T) {
	t.Parallel()
	j := testJudge(t)
	slips := 0
	for n, q := range allQuestions(t) {
		reply := j.oracle(&q)
		if v := j.Judge(q, reply); v.Outcome != Right {
			t.Errorf("%s %s %q\n  < %s\n  %s: %s", q.ID, q.Lang, q.Text, reply, v.Outcome, v.Reason)
			continue
		}
		r := read(reply)
		for i := range r.figures {
			f := &r.figures[i]
			if f.role != amountRole {
				continue
			}
			slip := r.shown[:f.digits] + "7" + r.shown[f.digits:]
			if n%2 == 0 {
				slip = r.shown[:f.at] + "9" + r.shown[f.at:]
			}
			slips++
			if v := j.Judge(q, slip); v.Outcome == Right {
				t.Errorf("%s: %q is right, too", q.ID, slip)
			}
		}
		for _, y := range r.years {
			if len(read(q.Text).figures) > 0 {
				continue // the person's own number may stand beside any year
			}
			slips++
			if slip := r.shown[:y.at] + "1997" + r.shown[y.at+4:]; j.Judge(q, slip).Outcome == Right && len(r.figures) > 0 {
				t.Errorf("%s: %q is right, too", q.ID, slip)
			}
		}
	}
	if slips < 1500 {
		t.Errorf("only %d slips were tried", slips)
	}
}

// A figure of the book under a question that has no answer is never right.
func TestNoFigureAnswersWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	j := testJudge(t)
	for n, q := range allQuestions(t) {
		if !q.Unanswerable() {
			continue
		}
		w := oracleWords[q.Lang]
		for i := n % 50; i < len(j.facts); i += 50 { // a few for each question: all for the set
			f := &j.facts[i]
			said := w.lead + w.say(f, false) + "."
			if v := j.Judge(q, said); v.Outcome == Right {
				t.Errorf("%s %q: %q is right", q.ID, q.Text, said)
			}
			if v := j.Judge(q, w.none+" "+said); v.Outcome == Right && len(q.Ctx) == 0 {
				t.Errorf("%s %q: %q is right after a refusal", q.ID, q.Text, said)
			}
		}
	}
}
