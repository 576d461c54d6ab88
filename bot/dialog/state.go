package dialog

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"maqta/bot/chat"
)

// State is a conversation between two turns. It holds the keys of steps, never
// their places, so that people halfway through survive a change of the script.
// The zero State is no conversation.
type State struct {
	Script string          `json:"script,omitempty"`
	Step   string          `json:"step,omitempty"`  // the key of the open step
	Draft  json.RawMessage `json:"draft,omitempty"` // the answers so far: the script's T
	// Answers holds the steps that are answered, with the message that did it,
	// 0 where a button did.
	Answers map[string]chat.MessageID `json:"answers,omitempty"`
	// Only, when not empty, freezes all steps but these, their follow-ups and
	// the card. Callers set it between Begin and the first turn.
	Only []string `json:"only,omitempty"`
	// Known holds the keys that the script had when the conversation began, so
	// that people can be told of a question that was added since.
	Known []string `json:"known,omitempty"`
	// Turn numbers the prompts. It only grows, also from one conversation to
	// the next, so a button can be told from one of last week.
	Turn    int64          `json:"turn,omitempty"`
	Prompt  string         `json:"prompt,omitempty"`  // the token of the live prompt's message
	Message chat.MessageID `json:"message,omitempty"` // the live prompt's message, once a press has told it
	Last    string         `json:"last,omitempty"`    // the button that was accepted last
	Tried   chat.MessageID `json:"tried,omitempty"`   // the message that was refused last, so that editing it answers
	Tries   int            `json:"tries,omitempty"`   // answers refused in a row
	View    View           `json:"view,omitempty"`
	Touched time.Time      `json:"touched,omitzero"` // when the last input for this conversation came
}

// View says what the live prompt shows of the open step.
type View string

// The views.
const (
	Question View = ""       // the question itself
	Menu     View = "menu"   // which line is to be changed
	Aside    View = "aside"  // laid aside, with the offer to continue
	Doubt    View = "delete" // the question whether to delete the draft
)

// Idle reports whether there is no conversation. An idle State still remembers
// the turn, and is worth keeping for that: see [Script.Begin].
func (st State) Idle() bool { return st.Script == "" }

// Aside reports whether the conversation is laid aside: texts are not for it.
func (st State) Aside() bool { return st.View == Aside || st.View == Doubt }

// Repeats reports whether data is the button that was accepted last, pressed
// again: apps send a press anew, under a new update id, when no answer came.
func (st State) Repeats(data string) bool { return data != "" && data == st.Last }

// Owns reports whether data is a button of the live prompt.
func (st State) Owns(data string) bool {
	b, ok := ParseButton(data)
	return ok && !st.Idle() && b.Turn == st.Turn
}

// Button is what a button of a prompt carries.
type Button struct {
	Step   string
	Option string
	Turn   int64
}

// The limits of a button's data, in bytes. Telegram refuses more than 64; a key
// of 24 and a turn of 7 (good until the year 4453) leave at least 31 for the option.
const (
	maxData = 64
	maxKey  = 24
)

// String returns the button's data: step:option:turn, the turn to base 36.
func (b Button) String() string {
	return b.Step + ":" + b.Option + ":" + strconv.FormatInt(b.Turn, 36)
}

// ParseButton reads the data of a button and reports whether it is one of ours
// by its form. Whether it is live, State.Owns tells.
func ParseButton(data string) (Button, bool) {
	first, last := strings.IndexByte(data, ':'), strings.LastIndexByte(data, ':')
	if len(data) > maxData || first < 0 || first+1 >= last {
		return Button{}, false
	}
	turn, err := strconv.ParseInt(data[last+1:], 36, 64)
	b := Button{Step: data[:first], Option: data[first+1 : last], Turn: turn}
	// Only the form that String writes counts: no sign, no leading zeros.
	if err != nil || turn < 0 || !validKey(b.Step) || b.String() != data {
		return Button{}, false
	}
	return b, true
}

func validKey(key string) bool {
	if key == "" || len(key) > maxKey || key[0] < 'a' || key[0] > 'z' {
		return false
	}
	for _, r := range key {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.' && r != '-' && r != '_' {
			return false
		}
	}
	return true
}

// The options that belong to the engine. A step's own may not begin like them.
const (
	optBack   = "!back"
	optSkip   = "!skip"
	optCancel = "!cancel"
	optChange = "!change"
	optGo     = "!go"
	optDelete = "!delete"
	optSure   = "!sure"
	optJump   = "@" // of an option that a step offers: followed by the key to go to
	optOther  = "=" // of an option that a step offers: followed by somebody else's data
	optYes    = "yes"
)

// Jump is a button that leads to another step of the same script.
func Jump(label chat.Text, key string) chat.Option {
	return chat.Option{Label: label, Data: optJump + key}
}

// Elsewhere is a button under a question that is not an answer to it: its press
// is Foreign to the conversation and carries data as it is.
func Elsewhere(label chat.Text, data string) chat.Option {
	return chat.Option{Label: label, Data: optOther + data}
}

// encode turns the options of a step into buttons of this turn.
func encode(step string, turn int64, rows [][]chat.Option) ([][]chat.Option, error) {
	out := make([][]chat.Option, 0, len(rows))
	for _, row := range rows {
		coded := make([]chat.Option, 0, len(row))
		for _, o := range row {
			switch {
			case o.Data == "":
			case strings.HasPrefix(o.Data, optOther):
				o.Data = o.Data[len(optOther):]
			case strings.HasPrefix(o.Data, optJump):
				o.Data = Button{Step: o.Data[len(optJump):], Option: optJump, Turn: turn}.String()
			default:
				o.Data = Button{Step: step, Option: o.Data, Turn: turn}.String()
			}
			if len(o.Data) > maxData {
				return nil, fmt.Errorf("%w: button %q of step %q carries more than %d bytes", ErrScript, o.Data, step, maxData)
			}
			coded = append(coded, o)
		}
		if len(coded) > 0 {
			out = append(out, coded)
		}
	}
	return out, nil
}
