package storage

// Feedback counts what people thought of the answers to one question.
type Feedback struct {
	Helpful    int `json:"helpful,omitempty"`
	NotHelpful int `json:"not_helpful,omitempty"`
}

// feedback: how answers were received, without who said so.
//
//	key        query key
//	value      Feedback
//	retention  for ever: as many rows as there are questions that have answers
var feedback = table[string, Feedback]{name: "feedback", key: textKey[string]}

// CountFeedback counts one opinion on the answer to a question.
func (tx *Tx) CountFeedback(query string, helpful bool) error {
	f, _, err := feedback.get(tx.bolt, query)
	if err != nil {
		return err
	}
	if helpful {
		f.Helpful++
	} else {
		f.NotHelpful++
	}
	return feedback.put(tx.bolt, query, f)
}
