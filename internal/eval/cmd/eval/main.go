// Command eval asks a built maqta the questions of sets and judges the replies.
//
//	eval -maqta ./maqta -dev questions-dev.tsv -held questions-held.tsv questions-more.tsv
//
// It runs "maqta ask --jsonl", writes lines {"id","lang","question"} and reads
// lines {"id","reply"} with, where they are told, the "suggestions" of the reply.
// It prints accuracy by language and kind, every reply that is not right, dead
// ends and replies over the limits of a good answer, and exits with 1 when a goal
// is missed. Of a held-out set it prints only numbers: nobody may tune on it.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"maqta/internal/eval"
)

var errMissed = errors.New("goals are missed")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

// set is a file of questions and what is asked of it.
type set struct {
	path string
	goal eval.Goal
	held bool
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("eval", flag.ContinueOnError)
	program := flags.String("maqta", "./maqta", "the built program to ask")
	facts := flags.String("facts", "", "a facts file to judge by, instead of the judge's own copy")
	seconds := flags.Int("timeout", 300, "seconds that a whole set may take")
	year := flags.Int("year", time.Now().Year(), "the year in which the questions are asked; others' \"last year\" is left out")
	var sets []set
	flags.Func("dev", "a development set: its goal is 99 % right", func(path string) error {
		sets = append(sets, set{path, eval.SeenGoal, false})
		return nil
	})
	flags.Func("held", "a held-out set: only numbers are printed", func(path string) error {
		sets = append(sets, set{path, eval.UnseenGoal, true})
		return nil
	})
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("read flags: %w", err)
	}
	for _, path := range flags.Args() {
		sets = append(sets, set{path, eval.UnseenGoal, false})
	}
	if len(sets) == 0 {
		return errors.New("name at least one set of questions")
	}
	book, err := readFacts(*facts)
	if err != nil {
		return err
	}
	judge := eval.New(book)
	ask := asker(ctx, *program, time.Duration(*seconds)*time.Second)
	var misses []string
	for _, s := range sets {
		questions, err := readQuestions(s.path, *year, out)
		if err != nil {
			return err
		}
		results, err := judge.Run(questions, ask)
		if err != nil {
			return fmt.Errorf("%s: %w", s.path, err)
		}
		report := eval.Report{Name: filepath.Base(s.path), Results: results}
		if err := report.Write(out, s.held); err != nil {
			return fmt.Errorf("%s: %w", s.path, err)
		}
		misses = append(misses, report.Misses(s.goal)...)
	}
	if len(misses) > 0 {
		return fmt.Errorf("%w:\n  %s", errMissed, strings.Join(misses, "\n  "))
	}
	return nil
}

func readFacts(path string) ([]eval.Fact, error) {
	if path == "" {
		book, err := eval.OwnFacts()
		if err != nil {
			return nil, fmt.Errorf("judge's facts: %w", err)
		}
		return book, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open facts: %w", err)
	}
	defer func() { _ = file.Close() }()
	book, err := eval.LoadFacts(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return book, nil
}

// readQuestions reads a set and leaves out what was asked in another year.
func readQuestions(path string, year int, out io.Writer) ([]eval.Question, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open questions: %w", err)
	}
	defer func() { _ = file.Close() }()
	all, err := eval.ReadQuestions(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	kept := all[:0]
	for _, q := range all {
		if q.AskedIn == 0 || q.AskedIn == year {
			kept = append(kept, q)
		}
	}
	if left := len(all) - len(kept); left > 0 {
		if _, err := fmt.Fprintf(out, "%s: %d questions are left out: they say \"last year\" of another year\n", filepath.Base(path), left); err != nil {
			return nil, fmt.Errorf("write report: %w", err)
		}
	}
	return kept, nil
}

// asker asks the program, which is started once for each batch.
func asker(ctx context.Context, program string, limit time.Duration) eval.Asker {
	return func(batch []eval.Asked) ([]eval.Answered, error) {
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		var in bytes.Buffer
		lines := json.NewEncoder(&in)
		lines.SetEscapeHTML(false)
		for _, q := range batch {
			if err := lines.Encode(q); err != nil {
				return nil, fmt.Errorf("write question %s: %w", q.ID, err)
			}
		}
		cmd := exec.CommandContext(ctx, program, "ask", "--jsonl")
		cmd.Stdin, cmd.Stderr = &in, os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("run %s: %w", program, err)
		}
		var answers []eval.Answered
		for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
			var a eval.Answered
			if err := decoder.Decode(&a); errors.Is(err, io.EOF) {
				return answers, nil
			} else if err != nil {
				return nil, fmt.Errorf("read reply %d: %w", len(answers)+1, err)
			}
			answers = append(answers, a)
		}
	}
}
