package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"maqta/bot/chat"
)

// ask shows the open step in its view, or what is due when no step is open, or
// ends the conversation when nothing is. Wrong, when not nil, stands in for the
// question; news stands before it.
func (e *engine[T]) ask(wrong *chat.Text, news chat.Text) (Turn[T], error) {
	step := e.open()
	if step == nil { // answered, removed, or it does not apply any more
		wrong = nil
		if step = e.due(); step == nil {
			return e.finish()
		}
		e.st.Step = step.Key
		if e.st.View == Menu {
			e.st.View = Question
		}
	}
	e.st.Turn++
	prompt, err := e.prompt(*step, wrong)
	if err != nil {
		return Turn[T]{}, err
	}
	prompt.Text = chat.Paragraphs(news, e.added(*step), prompt.Text)
	e.put(prompt)
	return e.close(e.fate())
}

// added tells once that a release has added the question since the start.
func (e *engine[T]) added(step Step[T]) chat.Text {
	if e.st.View != Question || len(e.st.Known) == 0 || slices.Contains(e.st.Known, step.Key) {
		return chat.Text{}
	}
	e.st.Known = append(slices.Clone(e.st.Known), step.Key)
	if step.Card || parent(step.Key) != "" {
		return chat.Text{}
	}
	return e.Words.Added
}

func (e *engine[T]) prompt(step Step[T], wrong *chat.Text) (chat.Reply, error) {
	var r chat.Reply
	switch e.st.View {
	case Menu:
		r.Text, r.Options = e.Words.Which, append(e.lines(), e.row(e.button(e.Words.Back, optGo)))
	case Aside:
		if e.Words.Paused != nil {
			r.Text = e.Words.Paused(e.progress())
		}
		r.Options = [][]chat.Option{e.row(e.button(e.Words.Continue, optGo), e.button(e.Words.Delete, optDelete))}
	case Doubt:
		sure := e.button(e.Words.Delete, optSure)
		sure.Style = chat.Danger
		r.Text, r.Options = e.Words.Sure, [][]chat.Option{e.row(sure, e.button(e.Words.Continue, optGo))}
	default:
		asked := step.Ask(e.draft)
		r.Text, r.File = asked.Text, asked.File
		if wrong != nil {
			r.Text, r.File = *wrong, nil
		} else if at, of := e.place(step); at > 0 && e.Words.Progress != nil {
			r.Text = chat.Sentences(e.Words.Progress(at, of), r.Text)
		}
		if err := offered(step.Key, asked.Options); err != nil {
			return chat.Reply{}, err
		}
		r.Options = append(append(r.Options, asked.Options...), e.ways(step)...)
	}
	rows, err := encode(step.Key, e.st.Turn, r.Options)
	r.Options = rows
	return r, err
}

// offered refuses options of a step that would pass for the engine's own.
func offered(key string, rows [][]chat.Option) error {
	for _, row := range rows {
		for _, o := range row {
			if strings.HasPrefix(o.Data, "!") {
				return fmt.Errorf("%w: step %q offers the option %q", ErrScript, key, o.Data)
			}
		}
	}
	return nil
}

// ways returns the engine's own buttons under a question or card.
func (e *engine[T]) ways(step Step[T]) [][]chat.Option {
	if step.Card {
		send := chat.Option{Label: e.Words.Send, Data: optYes, Style: chat.Success}
		rows := [][]chat.Option{e.row(send)}
		if lines := e.lines(); e.Spread {
			rows = append(rows, lines...)
		} else if len(lines) > 0 {
			rows = append(rows, e.row(e.button(e.Words.Change, optChange)))
		}
		return append(rows, e.row(e.button(e.Words.Cancel, optCancel)))
	}
	var ways []chat.Option
	if e.before(step.Key) != "" {
		ways = append(ways, e.button(e.Words.Back, optBack))
	}
	if step.Skip != nil {
		ways = append(ways, e.button(e.Words.Skip, optSkip))
	}
	// Who has come back to an answered question may leave it as it is.
	if _, ok := e.st.Answers[step.Key]; ok {
		ways = append(ways, e.button(e.Words.Continue, optGo))
	}
	return [][]chat.Option{e.row(append(ways, e.button(e.Words.Cancel, optCancel))...)}
}

// lines returns a button for every step that people may go back to.
func (e *engine[T]) lines() [][]chat.Option {
	var lines []chat.Option
	for _, step := range e.Steps {
		if !step.Label.IsZero() && e.reachable(step) {
			lines = append(lines, Jump(step.Label, step.Key))
		}
	}
	return Rows(2, lines...)
}

func (e *engine[T]) button(label chat.Text, option string) chat.Option {
	return chat.Option{Label: label, Data: option}
}

// row leaves out the buttons that were given no words.
func (e *engine[T]) row(options ...chat.Option) []chat.Option {
	var row []chat.Option
	for _, o := range options {
		if !o.Label.IsZero() {
			row = append(row, o)
		}
	}
	return row
}

// put shows a prompt: after a press in the pressed message's place, else as a
// new message, for an edited one would stay out of sight above what was typed.
func (e *engine[T]) put(prompt chat.Reply) {
	if e.live != 0 && prompt.File == nil {
		e.forget(e.live)
		prompt.Edits = e.live
		e.st.Message = e.live
		e.reply(prompt)
		return
	}
	e.retire()
	e.st.Prompt, e.st.Message = e.token(), 0
	prompt.Token = e.st.Prompt
	e.reply(prompt)
}

// forget takes the buttons off the live prompt, unless it stands in the message
// that keep names.
func (e *engine[T]) forget(keep chat.MessageID) {
	switch {
	case e.st.Message != 0 && e.st.Message == keep:
	case e.st.Message != 0:
		e.reply(chat.Reply{Strip: e.st.Message})
	case e.st.Prompt != "":
		e.reply(chat.Reply{Retire: e.st.Prompt})
	}
}

// retire takes the buttons off the live prompt, whatever its message is.
func (e *engine[T]) retire() {
	e.forget(0)
	e.st.Prompt, e.st.Message = "", 0
}

func (e *engine[T]) reply(r chat.Reply) { e.replies = append(e.replies, r) }

func (e *engine[T]) say(t chat.Text) {
	if !t.IsZero() {
		e.reply(chat.Reply{Text: t})
	}
}

func (e *engine[T]) token() string {
	return e.Name + "-" + strconv.FormatInt(e.st.Turn, 36)
}
