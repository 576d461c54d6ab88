package dialog

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"

	"maqta/bot/chat"
)

// maxTries is the loop guard: after so many refusals in a row the conversation
// is laid aside instead of being repeated for ever, say to another machine.
const maxTries = 12

// Begin returns the state of a new conversation in which nothing has been asked
// yet: [Script.Ask] asks the first question, [Script.Advance] takes an input as
// an answer to it. Prev is the last state that the person had, in any script,
// or the zero State; the turns go on from there, so that no button of an
// earlier conversation fits the new one.
func (s Script[T]) Begin(prev State, draft T, at time.Time) (State, error) {
	raw, err := json.Marshal(draft)
	if err != nil {
		return State{}, fmt.Errorf("encoding the draft of %s: %w", s.Name, err)
	}
	// The clock stands in for a prev that was not kept: nobody is asked more
	// than one question a second for long.
	turn := max(prev.Turn+1, at.Unix())
	known := make([]string, len(s.Steps))
	for i, step := range s.Steps {
		known[i] = step.Key
	}
	return State{Script: s.Name, Draft: raw, Known: known, Turn: turn, Last: prev.Last, Touched: at}, nil
}

// Draft returns the answers so far.
func (s Script[T]) Draft(st State) (T, error) {
	var draft T
	if len(st.Draft) == 0 {
		return draft, nil
	}
	if err := json.Unmarshal(st.Draft, &draft); err != nil {
		return draft, fmt.Errorf("decoding the draft of %s: %w", s.Name, err)
	}
	return draft, nil
}

// Ask asks the open question, or the first that is due, and continues what was
// laid aside. After a press, given as in, the prompt takes the place of the
// pressed message; otherwise, in being anything or nil, it is a new message and
// the old prompt loses its buttons. The language of the prompt is the
// renderer's affair, so Ask also serves to repeat it in another one.
func (s Script[T]) Ask(st State, in chat.Input, at time.Time) (Turn[T], error) {
	e, err := s.load(st, in, at)
	if err != nil {
		return Turn[T]{}, err
	}
	if e.expired() {
		return e.expire()
	}
	if tap, ok := in.(chat.Tapped); ok {
		e.live = tap.Message
	}
	e.st.View = Question
	return e.ask(nil, chat.Text{})
}

// Advance takes one input. It returns an error only for what people cannot
// cause: a draft that does not decode, a state of another script, a script that
// is not sound. A person's mistake is an answer like any other.
func (s Script[T]) Advance(st State, in chat.Input, at time.Time) (Turn[T], error) {
	if st.Idle() {
		return Turn[T]{Fate: Foreign, State: st}, nil
	}
	e, err := s.load(st, in, at)
	if err != nil {
		return Turn[T]{}, err
	}
	switch in := in.(type) {
	case chat.Blocked, chat.Unblocked, chat.Moved, chat.InlineAsked, nil:
		return e.foreign()
	case chat.Command:
		if in.Name != "cancel" {
			return e.foreign()
		}
	}
	if e.expired() {
		return e.expire()
	}
	switch in := in.(type) {
	case chat.Tapped:
		return e.tapped(in)
	case chat.Command:
		return e.cancel()
	case chat.Edited:
		return e.edited(in)
	case chat.Said:
		return e.said(in)
	}
	if e.st.Aside() {
		return e.foreign()
	}
	return e.answer(in)
}

// engine is one turn in the making.
type engine[T any] struct {
	Script[T]
	was     State
	st      State
	draft   T
	in      chat.Input
	at      time.Time
	live    chat.MessageID // the message that the prompt may take the place of
	replies []chat.Reply
	changed []string
	refused bool
}

func (s Script[T]) load(st State, in chat.Input, at time.Time) (*engine[T], error) {
	if st.Script != s.Name {
		return nil, fmt.Errorf("%w: a state of %q given to %q", ErrScript, st.Script, s.Name)
	}
	draft, err := s.Draft(st)
	if err != nil {
		return nil, err
	}
	e := &engine[T]{Script: s, was: st, st: st, draft: draft, in: in, at: at}
	e.st.Answers = maps.Clone(st.Answers) // the caller's State must not change under it
	return e, nil
}

func (e *engine[T]) expired() bool {
	if e.Expires == nil {
		return false
	}
	end := e.Expires(e.draft, e.st.Touched)
	return !end.IsZero() && !e.at.Before(end)
}

func (e *engine[T]) expire() (Turn[T], error) {
	e.retire()
	e.say(e.Words.Expired)
	return e.end(Expired)
}

func (e *engine[T]) foreign() (Turn[T], error) {
	return Turn[T]{Fate: Foreign, State: e.was, Result: e.draft}, nil
}

func (e *engine[T]) tapped(in chat.Tapped) (Turn[T], error) {
	b, ok := ParseButton(in.Data)
	if !ok || e.step(b.Step) == nil {
		return e.foreign()
	}
	if b.Turn != e.st.Turn {
		if e.st.Repeats(in.Data) {
			e.reply(chat.Reply{Answers: in.Query})
			return e.close(e.fate())
		}
		return e.stale(in)
	}
	act := e.act(b)
	if act == nil {
		return e.stale(in)
	}
	e.live, e.st.Last = in.Message, in.Data
	if in.Message != 0 {
		e.st.Message = in.Message // the press tells where the live prompt stands
	}
	e.reply(chat.Reply{Answers: in.Query})
	return act()
}

// act returns what a live button does, nil when the button cannot be one that
// we offered.
func (e *engine[T]) act(b Button) func() (Turn[T], error) {
	open := e.open()
	here := open != nil && b.Step == e.st.Step && !e.st.Aside()
	switch {
	case b.Option == optJump:
		if to := e.step(b.Step); !e.st.Aside() && e.reachable(*to) {
			return func() (Turn[T], error) { return e.goTo(b.Step) }
		}
	case b.Option == optGo:
		return e.goOn
	case b.Option == optDelete && e.st.View == Aside:
		return func() (Turn[T], error) { return e.show(Doubt) }
	case b.Option == optSure && e.st.View == Doubt:
		return e.drop
	case b.Option == optCancel && here:
		return e.cancel
	case b.Option == optChange && here && open.Card:
		return func() (Turn[T], error) { return e.show(Menu) }
	case b.Option == optBack && here:
		if back := e.before(e.st.Step); back != "" {
			return func() (Turn[T], error) { return e.goTo(back) }
		}
	case b.Option == optSkip && here && open.Skip != nil:
		return func() (Turn[T], error) {
			open.Skip(&e.draft)
			e.accept(0, e.st.Step)
			return e.ask(nil, chat.Text{})
		}
	case strings.HasPrefix(b.Option, "!"):
	case here && e.st.View == Question:
		return func() (Turn[T], error) {
			tap, _ := e.in.(chat.Tapped)
			tap.Data = b.Option
			return e.answer(tap)
		}
	}
	return nil
}

// stale answers a press on a button that has had its day: it says so, takes the
// buttons off that message, and shows the live prompt again, because it may be
// far up. Where the live prompt has since taken the pressed message's place, it
// is before the person's eyes, and its buttons must stay.
func (e *engine[T]) stale(in chat.Tapped) (Turn[T], error) {
	e.reply(chat.Reply{Answers: in.Query, Text: e.Words.Old})
	if in.Message != 0 && in.Message == e.st.Message {
		return e.close(e.fate())
	}
	if in.Message != 0 {
		e.reply(chat.Reply{Strip: in.Message})
	}
	return e.ask(nil, chat.Text{})
}

func (e *engine[T]) said(in chat.Said) (Turn[T], error) {
	if e.st.Aside() {
		return e.foreign()
	}
	if in.ReplyTo != 0 {
		if keys := e.answeredBy(in.ReplyTo); len(keys) == 1 {
			return e.change(keys[0], in)
		}
	}
	if news, ok, err := e.hear(e.st.Step, in); ok || err != nil {
		return e.after(news, err)
	}
	return e.answer(in)
}

func (e *engine[T]) edited(in chat.Edited) (Turn[T], error) {
	said := chat.Said{Text: in.Text, Message: in.Message}
	keys := e.answeredBy(in.Message)
	switch {
	case in.Message == 0:
		return e.foreign()
	case len(keys) == 0 && in.Message == e.st.Tried && !e.st.Aside():
		return e.said(said)
	case len(keys) == 0:
		return e.foreign()
	}
	if news, ok, err := e.hear(keys[0], said); ok || err != nil {
		return e.after(news, err)
	}
	if len(keys) == 1 {
		return e.change(keys[0], said)
	}
	// It answered several questions and now answers none: the answers stay.
	e.refused = true
	return e.ask(nil, chat.Text{})
}

// hear offers a text to the script's own reader. Ok says that it was read; news
// is what it changed.
func (e *engine[T]) hear(open string, said chat.Said) (news chat.Text, ok bool, err error) {
	if e.Hear == nil {
		return chat.Text{}, false, nil
	}
	// Through JSON, so that what the reader writes into a slice or map of the
	// draft can be thrown away.
	heard, err := e.Draft(e.was)
	if err != nil {
		return chat.Text{}, false, err
	}
	keys := e.Hear(&heard, open, said)
	if len(keys) == 0 {
		return chat.Text{}, false, nil
	}
	for _, key := range keys {
		if step := e.step(key); step == nil || e.frozen(*step) {
			return chat.Text{}, false, nil
		}
	}
	before := e.draft
	e.draft = heard
	var changes []chat.Text
	for _, key := range keys {
		if _, again := e.st.Answers[key]; again {
			changes = append(changes, e.news(*e.step(key), before))
		}
	}
	e.accept(said.Message, keys...)
	return chat.Lines(changes...), true, nil
}

// after asks what is due under the news of a change.
func (e *engine[T]) after(news chat.Text, err error) (Turn[T], error) {
	if err != nil {
		return Turn[T]{}, err
	}
	return e.ask(nil, news)
}

// change replaces the answer to a step other than the open one.
func (e *engine[T]) change(key string, said chat.Said) (Turn[T], error) {
	step := e.step(key)
	before, err := e.Draft(e.was)
	if err != nil {
		return Turn[T]{}, err
	}
	if wrong := step.Take(&e.draft, said); wrong != nil {
		// The old answer stays until there is a better one; what is wrong with
		// the new one is best mended on the spot.
		e.st.Step, e.st.View, e.st.Tried, e.refused = key, Question, said.Message, true
		return e.ask(wrong, chat.Text{})
	}
	e.accept(said.Message, key)
	return e.ask(nil, e.news(*step, before))
}

// news says what an answer was and has become.
func (e *engine[T]) news(step Step[T], before T) chat.Text {
	if e.Words.Changed == nil || step.Show == nil || step.Label.IsZero() {
		return chat.Text{}
	}
	return e.Words.Changed(step.Label, step.Show(before), step.Show(e.draft))
}

// answer hands an input to the open step.
func (e *engine[T]) answer(in chat.Input) (Turn[T], error) {
	step := e.open()
	if step == nil && e.st.Prompt == "" && e.st.Message == 0 {
		if step = e.due(); step == nil { // nothing was asked yet: the input answers the first question
			return e.finish()
		}
		e.st.Step = step.Key
	}
	if step == nil || e.st.View == Menu {
		// The question that this would answer has gone, or the prompt asks for a
		// press: taking it for the answer to another one could store nonsense.
		e.refused = true
		return e.ask(nil, chat.Text{})
	}
	wrong := step.Take(&e.draft, in)
	switch {
	case wrong == nil:
		e.accept(messageOf(in), step.Key)
		return e.ask(nil, chat.Text{})
	case wrong.IsZero():
		return e.ask(nil, chat.Text{})
	}
	e.refused = true
	e.st.Tries++
	e.st.Tried = messageOf(in)
	if e.st.Tries >= maxTries {
		return e.cancel()
	}
	return e.ask(wrong, chat.Text{})
}

// accept records that a message, or a button where it is 0, answered the steps.
func (e *engine[T]) accept(by chat.MessageID, keys ...string) {
	if e.st.Answers == nil {
		e.st.Answers = make(map[string]chat.MessageID)
	}
	for _, step := range e.Steps {
		for _, key := range keys {
			if step.Card && step.Key != key || strings.HasPrefix(step.Key, key+".") {
				delete(e.st.Answers, step.Key)
			}
		}
	}
	for _, key := range keys {
		e.st.Answers[key] = by
		if key == e.st.Step {
			e.st.Step = ""
		}
	}
	// From the card people mean to change one line, not to walk on from it.
	if open := e.step(e.st.Step); open != nil && open.Card {
		e.st.Step = ""
	}
	e.st.Tries, e.st.Tried = 0, 0
	if !e.st.Aside() {
		e.st.View = Question
	}
	e.changed = append(e.changed, keys...)
}

// goOn continues with the question that is due.
func (e *engine[T]) goOn() (Turn[T], error) {
	if e.st.View == Question {
		e.st.Step = ""
	}
	e.st.View = Question
	return e.ask(nil, chat.Text{})
}

func (e *engine[T]) goTo(key string) (Turn[T], error) {
	e.st.Step, e.st.View, e.st.Tries = key, Question, 0
	return e.ask(nil, chat.Text{})
}

func (e *engine[T]) cancel() (Turn[T], error) {
	if done, _ := e.progress(); !e.Keep || done == 0 {
		return e.drop()
	}
	e.st.Tries = 0
	return e.show(Aside)
}

func (e *engine[T]) show(v View) (Turn[T], error) {
	e.st.View = v
	return e.ask(nil, chat.Text{})
}

func (e *engine[T]) drop() (Turn[T], error) {
	if e.live != 0 && !e.Words.Stopped.IsZero() {
		e.reply(chat.Reply{Text: e.Words.Stopped, Edits: e.live})
		return e.end(Dropped)
	}
	e.retire()
	e.say(e.Words.Stopped)
	return e.end(Dropped)
}

func (e *engine[T]) finish() (Turn[T], error) {
	e.retire()
	return e.end(Finished)
}

// end leaves a State that is idle but remembers the turn.
func (e *engine[T]) end(f Fate) (Turn[T], error) {
	e.st = State{Turn: e.st.Turn + 1, Last: e.st.Last}
	return e.turn(f), nil
}

// close keeps the conversation open.
func (e *engine[T]) close(f Fate) (Turn[T], error) {
	raw, err := json.Marshal(e.draft)
	if err != nil {
		return Turn[T]{}, fmt.Errorf("encoding the draft of %s: %w", e.Name, err)
	}
	e.st.Draft, e.st.Touched = raw, e.at
	return e.turn(f), nil
}

func (e *engine[T]) turn(f Fate) Turn[T] {
	return Turn[T]{
		Fate: f, State: e.st, Replies: e.replies, Result: e.draft,
		Changed: e.changed, Refused: e.refused, Tries: e.st.Tries,
	}
}

func (e *engine[T]) fate() Fate {
	if e.st.Aside() {
		return Paused
	}
	return Asking
}

func messageOf(in chat.Input) chat.MessageID {
	switch in := in.(type) {
	case chat.Said:
		return in.Message
	case chat.Uploaded:
		return in.Message
	case chat.Wordless:
		return in.Message
	}
	return 0
}
