package eval

import "fmt"

// Asked is one question as the answering function gets it.
type Asked struct {
	ID       string `json:"id"`
	Lang     string `json:"lang"`
	Question string `json:"question"`
}

// Answered is what it gives back. Suggestions are the texts of the questions
// offered with the reply, where the answering function tells them.
type Answered struct {
	ID          string   `json:"id"`
	Reply       string   `json:"reply"`
	Suggestions []string `json:"suggestions,omitempty"`
}

// Asker answers questions. It gets a whole set at once and may answer in any order.
type Asker func([]Asked) ([]Answered, error)

// Result is one question with its reply and what the judge says of it.
type Result struct {
	Question Question
	Reply    string
	Verdict  Verdict
	Breaches []string // of the limits of a good answer
	// Live counts the suggestions that have an answer, of a refusal that offers
	// any; -1 where the answering function tells no suggestions.
	Live int
}

// DeadEnd reports whether the reply refuses and leads nowhere.
func (r *Result) DeadEnd() bool { return r.Verdict.Refusal && r.Live >= 0 && r.Live < 2 }

// Run asks every question and judges the replies. Suggestions of refusals are
// asked in turn, in the language of their question: one is live when its reply is
// neither empty nor a refusal, and does not ask back.
func (j *Judge) Run(set []Question, ask Asker) ([]Result, error) {
	batch := make([]Asked, len(set))
	for i, q := range set {
		batch[i] = Asked{q.ID, q.Lang, q.Text}
	}
	replies, err := byID(ask, batch)
	if err != nil {
		return nil, err
	}
	results := make([]Result, len(set))
	var further []Asked
	place := make(map[Asked]string) // a suggestion without its id, and the id it was asked under
	for i, q := range set {
		a, ok := replies[q.ID]
		if !ok {
			return nil, fmt.Errorf("run: question %s got no reply", q.ID)
		}
		results[i] = Result{Question: q, Reply: a.Reply, Verdict: j.Judge(q, a.Reply), Breaches: j.Measure(q, a.Reply), Live: -1}
		for _, s := range a.Suggestions {
			key := Asked{Lang: q.Lang, Question: s}
			if _, ok := place[key]; results[i].Verdict.Refusal && !ok {
				place[key] = fmt.Sprintf("suggestion-%d", len(further)+1)
				further = append(further, Asked{place[key], q.Lang, s})
			}
		}
	}
	if len(further) == 0 {
		for i := range results {
			if results[i].Verdict.Refusal && replies[results[i].Question.ID].Suggestions != nil {
				results[i].Live = 0
			}
		}
		return results, nil
	}
	live, err := byID(ask, further)
	if err != nil {
		return nil, err
	}
	for i := range results {
		if !results[i].Verdict.Refusal {
			continue
		}
		results[i].Live = 0
		for _, s := range replies[results[i].Question.ID].Suggestions {
			r := read(live[place[Asked{Lang: results[i].Question.Lang, Question: s}]].Reply)
			if r.text != "" && !r.refuses() && !(r.asks() && len(r.figures) == 0) {
				results[i].Live++
			}
		}
	}
	return results, nil
}

func byID(ask Asker, batch []Asked) (map[string]Answered, error) {
	answers, err := ask(batch)
	if err != nil {
		return nil, fmt.Errorf("run: ask %d questions: %w", len(batch), err)
	}
	found := make(map[string]Answered, len(answers))
	for _, a := range answers {
		if _, twice := found[a.ID]; twice {
			return nil, fmt.Errorf("run: question %s got two replies", a.ID)
		}
		found[a.ID] = a
	}
	return found, nil
}
