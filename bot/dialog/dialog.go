// Package dialog asks questions one at a time and fills a struct.
//
// A conversation is declared as a [Script]: a list of steps, each with a key, a
// question and a way to read the answer. The engine decides what to ask next,
// goes back, skips, cancels, resumes, expires, catches presses on buttons that
// have had their day, and lets people mend an earlier answer by editing their
// message. A turn is a value in and a value out: [Script.Advance] takes the
// [State] and one input and returns the next State with the replies to send.
//
// The package refuses to know words (the caller injects them as [Words]), the
// clock (the caller passes the time of receipt) and the store (State is plain
// data that survives JSON).
package dialog

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"maqta/bot/chat"
)

// Script is a conversation that fills a T. T must survive a round trip through
// JSON, for the draft is kept in the State; its fields may come and go between
// releases as encoding/json allows.
type Script[T any] struct {
	// Name tells the conversation from others; it is kept in the State.
	Name string
	// Steps are asked from top to bottom: always the first that applies and has
	// no answer yet. So a step that a new release adds is asked of people who
	// are halfway through, and one that it removes is forgotten.
	Steps []Step[T]
	// Words are the engine's own labels and sentences.
	Words Words
	// Keep says that answers outlive /cancel: the conversation is then laid
	// aside and can be continued. Without it, /cancel forgets them.
	Keep bool
	// Spread puts a button for every line under the card at once, instead of
	// behind the one labelled Words.Change.
	Spread bool
	// Expires returns when a conversation dies that was last touched at the
	// given time; the zero time means never. Nil means never.
	Expires func(draft T, touched time.Time) time.Time
	// Hear, when set, sees each text before the open step does and may read from
	// it answers to other steps, or to several at once: it writes them into the
	// draft and returns the keys of their steps. No keys, and the text is an
	// answer to the open step. It is asked again when such a text is edited.
	Hear func(draft *T, open string, said chat.Said) (keys []string)
}

// Step is one question.
//
// A key may continue another after a dot: "sales.reason" is a follow-up to
// "sales". A follow-up is not counted as a question of its own, its answer is
// forgotten when the answer that it follows changes, and it may be asked where
// the step that it follows may.
type Step[T any] struct {
	// Key names the step for ever: a lower-case letter, then letters, digits,
	// dots, dashes and underscores, at most 24 bytes in all.
	Key string
	// Label is the line's short name, for buttons that lead back to the step and
	// for Words.Changed. Without one the step cannot be reached from the card.
	Label chat.Text
	// Ask words the question. Of the reply only Text, Options and File are
	// used. The Data of an option is handed to Take when it is pressed; see also
	// [Jump] and [Elsewhere].
	Ask func(draft T) chat.Reply
	// Take reads the answer into the draft and returns nil, or says what is
	// wrong with it, and the step is asked again under that text. What Take wrote
	// into the draft stays either way, so that Ask can offer readings of a
	// doubtful answer as buttons. Of a press, Data is the option's own Data.
	Take func(draft *T, in chat.Input) *chat.Text
	// When says whether the step applies; nil means always. The answer to a
	// step that no longer applies stays in the draft and is not asked for.
	When func(draft T) bool
	// Skip, when set, lets people skip the step, and records that they did.
	Skip func(draft *T)
	// Show words the answer, for Words.Changed.
	Show func(draft T) chat.Text
	// Card marks a step that shows the answers so far instead of asking for
	// one: it is not counted, never frozen, and leads to the other steps.
	Card bool
}

// If returns the step with a condition.
func (s Step[T]) If(when func(draft T) bool) Step[T] { s.When = when; return s }

// Or returns the step with leave to skip it.
func (s Step[T]) Or(skip func(draft *T)) Step[T] { s.Skip = skip; return s }

// Line returns the step with its name and its answer in words, which make it a
// line that can be reached from the card and whose changes are read back.
func (s Step[T]) Line(label chat.Text, show func(draft T) chat.Text) Step[T] {
	s.Label, s.Show = label, show
	return s
}

func (s Step[T]) applies(draft T) bool { return s.When == nil || s.When(draft) }

// parent returns the key that a follow-up continues, "" for other steps.
func parent(key string) string {
	if i := strings.LastIndexByte(key, '.'); i > 0 {
		return key[:i]
	}
	return ""
}

// Words are what the engine itself says. A label that is zero leaves its button
// out, a sentence that is zero or nil is left unsaid.
type Words struct {
	Back, Skip, Cancel chat.Text // labels under every question, where they apply
	Send, Change       chat.Text // labels under the card
	Continue, Delete   chat.Text // labels under Paused and Sure

	Which    chat.Text                                 // asks which line is to be changed
	Old      chat.Text                                 // the notice for a press on an old button
	Stopped  chat.Text                                 // cancelled, and nothing was kept
	Added    chat.Text                                 // the question is new since the conversation began
	Sure     chat.Text                                 // asks once before the draft is deleted
	Expired  chat.Text                                 // the conversation has died of age
	Paused   func(done, of int) chat.Text              // cancelled, and the answers were kept
	Progress func(at, of int) chat.Text                // stands before a question: the first of seven
	Changed  func(label, from, to chat.Text) chat.Text // an earlier answer was replaced
}

// Fate says what became of the conversation in a turn.
type Fate string

// The fates. After Asking and Paused the State is to be kept.
const (
	Asking   Fate = "asking"   // a question is open
	Paused   Fate = "paused"   // laid aside: Ask continues it
	Finished Fate = "finished" // Result is whole
	Dropped  Fate = "dropped"  // cancelled or deleted: Result is what is thrown away
	Expired  Fate = "expired"  // died of age: Result is what there was, the input is still to be handled
	Foreign  Fate = "foreign"  // the input is not for this conversation: nothing has changed
)

// Turn is what one input led to.
type Turn[T any] struct {
	Fate    Fate
	State   State
	Replies []chat.Reply // without To, in order
	Result  T            // the draft after the turn
	Changed []string     // the keys of the steps that were answered, skipped or changed
	Refused bool         // the answer was not accepted; the step is asked again
	Tries   int          // how many answers in a row were refused
}

// Done reports whether the conversation has come to its end with a Result.
func (t Turn[T]) Done() bool { return t.Fate == Finished }

// ErrScript is returned for a conversation that is declared wrongly, or for the
// State of another one.
var ErrScript = errors.New("script is not sound")

// Check reports what is wrong with the declaration: a key that is malformed or
// used twice, a step that cannot ask or take. Tests call it for every script.
func (s Script[T]) Check() error {
	seen := make(map[string]bool, len(s.Steps))
	for _, step := range s.Steps {
		switch {
		case !validKey(step.Key):
			return fmt.Errorf("%w: %s: malformed key %q", ErrScript, s.Name, step.Key)
		case seen[step.Key]:
			return fmt.Errorf("%w: %s: two steps have the key %q", ErrScript, s.Name, step.Key)
		case step.Ask == nil || step.Take == nil:
			return fmt.Errorf("%w: %s: step %q cannot ask or take", ErrScript, s.Name, step.Key)
		}
		seen[step.Key] = true
	}
	if s.Name == "" || len(s.Steps) == 0 {
		return fmt.Errorf("%w: %q has no name or no steps", ErrScript, s.Name)
	}
	return nil
}
