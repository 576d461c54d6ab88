package eval

import (
	"fmt"
	"strings"
	"testing"
)

var setNames = []string{"questions-dev.tsv", "questions-more.tsv", "questions-held.tsv", "questions-fresh.tsv"}

func allQuestions(t *testing.T) []Question {
	t.Helper()
	var all []Question
	for _, name := range setNames {
		all = append(all, readSet(t, name)...)
	}
	return all
}

func kinds() []string {
	return strings.Fields(`direct paraphrase colloquial typo translit keyboard mixed inflected short units compare structure growth meta multi
		history trend region months basis rate missing-neighbour negative-year negative-topic trap injection`)
}

func TestSetsAreWellFormed(t *testing.T) {
	ids, texts := make(map[string]bool), make(map[string]string)
	for _, q := range allQuestions(t) {
		if ids[q.ID] {
			t.Errorf("%s is there twice", q.ID)
		}
		ids[q.ID] = true
		if !among(q.Lang, "kk", "ru", "en") || !among(q.Kind, kinds()...) {
			t.Errorf("%s: lang %q, kind %q", q.ID, q.Lang, q.Kind)
		}
		if twin, ok := texts[Plain(q.Text)]; ok {
			t.Errorf("%s and %s ask the same: %q", q.ID, twin, q.Text)
		}
		texts[Plain(q.Text)] = q.ID
		if strings.TrimSpace(q.Text) != q.Text || q.Text == "" {
			t.Errorf("%s: blanks around %q", q.ID, q.Text)
		}
		if len(q.All)+len(q.Any)+len(q.Forbid) == 0 {
			t.Errorf("%s expects nothing", q.ID)
		}
		if q.Unanswerable() != q.noFigure() && q.Kind != "injection" {
			t.Errorf("%s: NODATA and NOFIGURE go together", q.ID)
		}
	}
}

// The sets are large and even enough to say something.
func TestSetsCoverLanguagesAndKinds(t *testing.T) {
	count := make(map[string]int)
	refused, total := 0, 0
	for _, name := range setNames[1:] {
		for _, q := range readSet(t, name) {
			count[q.Lang]++
			count[q.Lang+" "+q.Kind]++
			total++
			if q.Unanswerable() {
				refused++
			}
		}
	}
	for _, lang := range []string{"kk", "ru", "en"} {
		if count[lang] < 200 {
			t.Errorf("%s has only %d questions", lang, count[lang])
		}
		for _, kind := range kinds() {
			if count[lang+" "+kind] == 0 {
				t.Errorf("%s has no %s", lang, kind)
			}
		}
	}
	if share := float64(refused) / float64(total); share < 0.25 || share > 0.4 {
		t.Errorf("%.0f%% have no answer", 100*share)
	}
}

// What a question expects is what the facts it names say, with their qualifiers.
func TestExpectationsAreFacts(t *testing.T) {
	j := testJudge(t)
	for _, q := range allQuestions(t) {
		for _, name := range append(append([]string{}, q.Facts...), q.Ctx...) {
			if !j.knows(name) {
				t.Errorf("%s: nothing is called %q", q.ID, name)
			}
		}
		years := make(map[int]bool)
		for _, token := range q.All {
			if token.kind == yearToken {
				years[int(token.number)] = true
			}
		}
		for _, token := range q.All {
			if token.kind == amountToken || token.kind == perCentToken {
				if err := j.grounded(&q, token); err != nil {
					t.Errorf("%s %q: %v", q.ID, q.Text, err)
				}
			}
		}
		for year := range years {
			covered := false
			for i := range j.facts {
				for _, name := range q.Facts {
					covered = covered || j.facts[i].is(name) && j.facts[i].covers(year)
				}
			}
			if !covered {
				t.Errorf("%s %q: no fact asked for is of %d", q.ID, q.Text, year)
			}
		}
	}
}

// knows reports whether a name of a note means a fact or a statement.
func (j *Judge) knows(name string) bool {
	if facts, ok := shortNames[name]; ok && facts == nil {
		return true
	}
	for i := range j.facts {
		if j.facts[i].is(name) {
			return true
		}
	}
	return false
}

func (j *Judge) grounded(q *Question, token Token) error {
	near := fmt.Errorf("%s is no fact of %v", token.Text, q.Facts)
	for i := range j.facts {
		for _, name := range q.Facts {
			f := &j.facts[i]
			if !f.is(name) || !rounds(f.value, token.number, 3) || !token.unitFits(f.in) && f.in != perCent && !(token.in == counted && f.in.counts()) {
				continue
			}
			want := map[string]byte{"over": '>', "approx": '~'}[f.Qualifier]
			if token.bound == want || f.Indicator == "output_value_usd" {
				return nil
			}
			near = fmt.Errorf("%s: the qualifier of %s is %s", token.Text, f.key(), f.Qualifier)
		}
	}
	return near
}

// Every indicator that may be shown, and every statement, is asked for.
func TestSetsCoverTheBook(t *testing.T) {
	j := testJudge(t)
	asked := make(map[string]bool)
	statements := make(map[string]bool)
	for _, q := range allQuestions(t) {
		for _, name := range q.Facts {
			if facts, ok := shortNames[name]; ok && facts == nil {
				statements[name] = true
			}
			for i := range j.facts {
				if j.facts[i].is(name) {
					asked[j.facts[i].Indicator+"/"+j.facts[i].Branch+"/"+j.facts[i].Region] = true
				}
			}
		}
	}
	for i := range j.facts {
		if f := &j.facts[i]; !asked[f.Indicator+"/"+f.Branch+"/"+f.Region] {
			t.Errorf("nobody asks for %s", f.key())
		}
	}
	for name, facts := range shortNames {
		if facts == nil && !statements[name] {
			t.Errorf("nobody asks for the statement %s", name)
		}
	}
}

// The keys of a board, row by row; the Kazakh layout types letters on the digits.
const (
	enKeys = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./234590-=8"
	ruKeys = "ёйцукенгшщзхъфывапролджэячсмитьбю.234590-=8"
	kkKeys = "(йцукенгшщзхъфывапролджэячсмитьбю№әіңғұқөһү"
)

func typedOn(text, meant, struck string) string {
	keys := make(map[rune]rune)
	to := []rune(struck)
	for i, r := range []rune(meant) {
		if r != '.' { // the point of the Russian row is no letter
			keys[r] = to[i]
		}
	}
	return strings.Map(func(r rune) rune {
		if k, ok := keys[r]; ok {
			return k
		}
		return r
	}, text)
}

// Every wrong-layout question is what its meaning gives on a real keyboard.
func TestKeyboardQuestionsAreTyped(t *testing.T) {
	tried := 0
	for _, q := range allQuestions(t) {
		if q.Kind != "keyboard" {
			continue
		}
		_, meant, ok := strings.Cut(q.Note, "meant: ")
		if !ok {
			t.Errorf("%s does not say what is meant", q.ID)
			continue
		}
		tried++
		boards := map[string][][2]string{"kk": {{kkKeys, enKeys}, {kkKeys, ruKeys}}, "ru": {{ruKeys, enKeys}}, "en": {{enKeys, ruKeys}, {enKeys, kkKeys}}}[q.Lang]
		found := false
		for _, b := range boards {
			found = found || typedOn(meant, b[0], b[1]) == q.Text
		}
		if !found {
			t.Errorf("%s: %q is not %q on another layout", q.ID, q.Text, meant)
		}
	}
	if tried < 45 {
		t.Errorf("only %d wrong-layout questions", tried)
	}
}
