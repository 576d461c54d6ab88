// Command contactsheet draws every chart that an answer can offer, in three
// languages side by side, onto one sheet: so that a person looks at each of them
// before a release. It fails when one cannot be drawn.
//
// It asks the same questions by the same way as the bot does and draws by the
// same code, so what is on the sheet is what people get.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"maqta/bot/chat"
	"maqta/handlers"
	"maqta/sector/ask"
)

func main() {
	out := flag.String("o", filepath.Join(".ci", "artifacts", "charts.png"), "where to write the sheet")
	flag.Parse()
	if err := run(os.Stdout, *out); err != nil {
		fmt.Fprintln(os.Stderr, "contactsheet:", err)
		os.Exit(1)
	}
}

func run(log io.Writer, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make the folder of the sheet: %w", err)
	}
	mind, err := handlers.NewMind(time.UTC)
	if err != nil {
		return fmt.Errorf("load the mind: %w", err)
	}
	rows, err := drawAll(mind, charted(mind))
	if err != nil {
		return err
	}
	sheet, err := compose(rows)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, sheet); err != nil {
		return fmt.Errorf("encode the sheet: %w", err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	if _, err := fmt.Fprintf(log, "%d charts in %d languages: %s\n", len(rows), len(chat.Langs()), path); err != nil {
		return fmt.Errorf("say where the sheet is: %w", err)
	}
	return nil
}

// drawAll draws each query's chart in every language, the languages at once. All
// that fail are named.
func drawAll(mind *handlers.Mind, queries []ask.Query) ([]row, error) {
	var rows []row
	var failed []error
	langs := chat.Langs()
	for _, q := range queries {
		r, faults := make(row, len(langs)), make([]error, len(langs))
		var wg sync.WaitGroup
		for i, lang := range langs {
			wg.Go(func() {
				file := chat.File{Kind: "chart", Lang: lang, Params: map[string]string{"query": q.Key()}}
				var err error
				if r[i], err = mind.Draw(file); err != nil {
					faults[i] = fmt.Errorf("%s in %s: %w", q.Key(), lang, err)
				}
			})
		}
		wg.Wait()
		rows, failed = append(rows, r), append(failed, faults...)
	}
	if len(rows) == 0 {
		failed = append(failed, errors.New("no answer offers a chart"))
	}
	return rows, errors.Join(failed...)
}

// charted returns a query for each different chart: of every topic its figure,
// its trend, its first year beside its last, and the topic beside its
// neighbours.
func charted(mind *handlers.Mind) []ask.Query {
	var out []ask.Query
	seen := map[string]bool{}
	add := func(q ask.Query) ask.Answer {
		a := mind.Asker.Answer(q, ask.English)
		if q.Key() == "" || a.Chart == nil {
			return a
		}
		id := fmt.Sprint(a.Chart.Kind, slices.Sorted(slices.Values(a.Chart.Facts)))
		if !seen[id] {
			seen[id] = true
			out = append(out, q)
		}
		return a
	}
	for _, t := range ask.Topics() {
		a := add(ask.Query{Topics: []ask.Topic{t}})
		trend := add(ask.Query{Topics: []ask.Topic{t}, Op: ask.Trend})
		if c := trend.Chart; c != nil && c.Kind == ask.ChartTrend && len(c.Facts) > 2 {
			first, firstOK := mind.Book.Fact(c.Facts[0])
			last, lastOK := mind.Book.Fact(c.Facts[len(c.Facts)-1])
			if firstOK && lastOK {
				q := ask.Query{Topics: []ask.Topic{t}, Op: ask.Compare}
				q.Periods = append(q.Periods, first.Period, last.Period)
				add(q)
			}
		}
		for _, near := range a.Related {
			if len(near.Topics) == 1 && near.Topics[0] != t {
				add(ask.Query{Topics: []ask.Topic{t, near.Topics[0]}, Op: ask.Compare})
			}
		}
	}
	return out
}
