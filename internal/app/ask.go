package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/handlers"
)

// askCommand answers on the terminal.
type askCommand struct {
	Lang     string   `enum:"kk,ru,en," default:"" help:"Language of the answer where the question does not decide it: kk, ru or en."`
	JSONL    bool     `name:"jsonl" help:"Read lines {\"id\",\"lang\",\"question\"} and write {\"id\",\"reply\"}."`
	Timezone string   `env:"MAQTA_TIMEZONE" default:"Asia/Almaty" help:"Time zone in which years are counted."`
	Question []string `arg:"" optional:"" help:"The question."`
}

// asked and replied are the lines of --jsonl.
type (
	asked struct {
		ID       json.RawMessage `json:"id"`
		Lang     chat.Lang       `json:"lang"`
		Question string          `json:"question"`
	}
	replied struct {
		ID          json.RawMessage `json:"id"`
		Reply       string          `json:"reply"`
		Suggestions []string        `json:"suggestions,omitempty"`
	}
)

// maxLine bounds one line of --jsonl: a message of Telegram with room to spare.
const maxLine = 1 << 20

// Run answers the question, or every line of standard input.
func (c *askCommand) Run(ctx context.Context, streams Streams) error {
	z, err := zone(c.Timezone)
	if err != nil {
		return err
	}
	mind, err := handlers.NewMind(z)
	if err != nil {
		return fmt.Errorf("load facts and texts: %w", err)
	}
	if c.JSONL {
		return answerLines(ctx, mind, streams)
	}
	if len(c.Question) == 0 {
		return errors.New("no question: maqta ask [--lang kk|ru|en] QUESTION…")
	}
	reply, suggestions, err := mind.Reply(strings.Join(c.Question, " "), chat.Lang(c.Lang), time.Now())
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	out := printer{w: streams.Out}
	out.printf("%s\n", reply)
	for _, s := range suggestions { // in a chat these are buttons
		out.printf("  • %s\n", s)
	}
	return out.err
}

func answerLines(ctx context.Context, mind *handlers.Mind, streams Streams) error {
	lines := bufio.NewScanner(streams.In)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	w := bufio.NewWriter(streams.Out)
	encode := json.NewEncoder(w)
	encode.SetEscapeHTML(false)
	for n := 1; lines.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var q asked
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return fmt.Errorf("line %d is not {\"id\",\"lang\",\"question\"}: %w", n, err)
		}
		reply, suggestions, err := mind.Reply(q.Question, q.Lang, time.Now())
		if err != nil {
			return fmt.Errorf("line %d: answer: %w", n, err)
		}
		if err := encode.Encode(replied{q.ID, reply, suggestions}); err != nil {
			return fmt.Errorf("line %d: write the reply: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read questions: %w", err)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write replies: %w", err)
	}
	return nil
}

// printer remembers the first error of a series of prints.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}
