package dialog

import (
	"slices"

	"maqta/bot/chat"
)

// What is asked when. Nothing here changes the turn.

func (e *engine[T]) step(key string) *Step[T] {
	i := slices.IndexFunc(e.Steps, func(s Step[T]) bool { return s.Key == key })
	if i < 0 {
		return nil
	}
	return &e.Steps[i]
}

// open returns the open step, nil when there is none or it may not be asked.
func (e *engine[T]) open() *Step[T] {
	step := e.step(e.st.Step)
	if step == nil || e.frozen(*step) || !step.applies(e.draft) {
		return nil
	}
	return step
}

// due returns the first step that is still to be answered, nil when none is.
func (e *engine[T]) due() *Step[T] {
	for i, step := range e.Steps {
		if _, ok := e.st.Answers[step.Key]; !ok && !e.frozen(step) && step.applies(e.draft) {
			return &e.Steps[i]
		}
	}
	return nil
}

// frozen reports whether a step may not be answered in this conversation.
func (e *engine[T]) frozen(step Step[T]) bool {
	if len(e.st.Only) == 0 || step.Card {
		return false
	}
	for key := step.Key; key != ""; key = parent(key) {
		if slices.Contains(e.st.Only, key) {
			return false
		}
	}
	return true
}

// reachable reports whether people may go to a step to answer it.
func (e *engine[T]) reachable(step Step[T]) bool {
	return !step.Card && !e.frozen(step) && step.applies(e.draft)
}

// before returns the key of the step to go back to, "" when there is none.
func (e *engine[T]) before(key string) string {
	back := ""
	for _, step := range e.Steps {
		if step.Key == key {
			return back
		}
		if e.reachable(step) {
			back = step.Key
		}
	}
	return ""
}

// answeredBy returns the steps that a message answered, in the script's order.
func (e *engine[T]) answeredBy(id chat.MessageID) []string {
	var keys []string
	for _, step := range e.Steps {
		if by, ok := e.st.Answers[step.Key]; ok && by == id && e.reachable(step) {
			keys = append(keys, step.Key)
		}
	}
	return keys
}

// progress counts the questions that are answered, and all of them.
func (e *engine[T]) progress() (done, of int) {
	for _, step := range e.Steps {
		if !e.reachable(step) || parent(step.Key) != "" {
			continue
		}
		of++
		if _, ok := e.st.Answers[step.Key]; ok {
			done++
		}
	}
	return done, of
}

// place tells which of how many questions a step is; at is 0 for the card and
// for follow-ups.
func (e *engine[T]) place(step Step[T]) (at, of int) {
	for _, s := range e.Steps {
		if !e.reachable(s) || parent(s.Key) != "" {
			continue
		}
		of++
		if s.Key == step.Key {
			at = of
		}
	}
	return at, of
}
