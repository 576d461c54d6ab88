package eval

import (
	"errors"
	"strings"
	"testing"
)

const smallSet = columns + `
a1	en	direct	How much cotton was picked in 2025?	466000 t|2025			fact=harvest
a2	en	negative-topic	How much coal was mined?		NODATA	NOFIGURE	coal
a3	en	negative-topic	How much milk?		NODATA	NOFIGURE	milk
a4	ru	direct	Сколько пряжи?	500 t			fact=yarn
`

func smallQuestions(t *testing.T) []Question {
	t.Helper()
	set, err := ReadQuestions(strings.NewReader(smallSet))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// asker answers from a table by the text of the question.
func asker(replies map[string]Answered) Asker {
	return func(batch []Asked) ([]Answered, error) {
		var out []Answered
		for _, q := range batch {
			a, ok := replies[q.Question]
			if !ok {
				a.Reply = "I have no data on that."
			}
			a.ID = q.ID
			out = append(out, a)
		}
		return out, nil
	}
}

func TestRunFindsDeadEndsAndWrongFigures(t *testing.T) {
	harvest := "How much cotton was picked in 2025?"
	results, err := testJudge(t).Run(smallQuestions(t), asker(map[string]Answered{
		harvest:                       {Reply: "466,000 tonnes in 2025."},
		"How much coal was mined?":    {Reply: "I have no data on that.", Suggestions: []string{harvest, "How much yarn?"}},
		"How much yarn?":              {Reply: "500 tonnes in 2025."},
		"How much milk?":              {Reply: "I have no data on that.", Suggestions: []string{harvest, "And milk powder?"}},
		"Сколько пряжи?":              {Reply: "5 000 тонн в 2025 году."},
		"a question that nobody asks": {},
	}))
	if err != nil {
		t.Fatal(err)
	}
	report := Report{Name: "small", Results: results}
	if report.deadEnds() != 1 || !results[2].DeadEnd() || results[1].Live != 2 || results[2].Live != 1 {
		t.Errorf("dead ends %d, live %d and %d", report.deadEnds(), results[1].Live, results[2].Live)
	}
	if results[3].Verdict.Outcome != Wrong {
		t.Errorf("5 000 t of yarn are %s", results[3].Verdict.Outcome)
	}
	if misses := report.Misses(UnseenGoal); len(misses) != 4 { // all, ru, wrong, dead end
		t.Errorf("misses: %q", misses)
	}
	var shown, hidden strings.Builder
	if err := errors.Join(report.Write(&shown, false), report.Write(&hidden, true)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"wrong a4 ru direct", "dead end a3", "en 100.0% right, 0 unanswered, 0 wrong"} {
		if !strings.Contains(shown.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, shown.String())
		}
	}
	if strings.Contains(hidden.String(), "a4") {
		t.Errorf("a held-out question is shown:\n%s", hidden.String())
	}
}

func TestRunRefusesMissingReplies(t *testing.T) {
	_, err := testJudge(t).Run(smallQuestions(t), func(batch []Asked) ([]Answered, error) {
		return []Answered{{ID: batch[0].ID}}, nil
	})
	if err == nil {
		t.Error("three questions without a reply go unseen")
	}
}

func TestGoodRunMissesNothing(t *testing.T) {
	set := smallQuestions(t)
	results, err := testJudge(t).Run(set, asker(map[string]Answered{
		set[0].Text: {Reply: "466,000 tonnes in 2025."}, set[3].Text: {Reply: "500 т в 2025 году."},
	}))
	if err != nil {
		t.Fatal(err)
	}
	report := Report{Name: "small", Results: results}
	if misses := report.Misses(SeenGoal); len(misses) > 0 {
		t.Errorf("misses: %q", misses)
	}
}

func TestMeasure(t *testing.T) {
	j, q := testJudge(t), smallQuestions(t)[0]
	for _, c := range []struct {
		reply string
		want  int
	}{
		{"466,000 tonnes in 2025.", 0},
		{strings.Repeat("Cotton is grown in the south of the country. ", 2) + "466,000 tonnes in 2025.", 1},
		{"466,000 tonnes in 2025. " + strings.Repeat("It was said. ", 4), 1},
		{"466,000 tonnes in 2025, " + strings.Repeat("as was said, ", 30), 1},
		{strings.Repeat("It was said at the meeting of the government. ", 10) + "466,000 tonnes in 2025.", 3},
	} {
		if got := j.Measure(q, c.reply); len(got) != c.want {
			t.Errorf("%q: %q, want %d", c.reply, got, c.want)
		}
	}
}

func TestReadQuestionsRefusesBadSets(t *testing.T) {
	for _, bad := range []string{
		"id\tquestion\n", columns + "\na\tkk\tdirect\n",
		columns + "\na\tkk\tdirect\tx\t\t\t\t\na\tkk\tdirect\ty\t\t\t\t\n",
		columns + "\na\tkk\tdirect\tx\t\t\t\tasked=soon\n",
	} {
		if _, err := ReadQuestions(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}
