// Command genmsg turns the three language files of package locales into Go.
//
// It reads kk.toml, ru.toml and en.toml and writes messages_gen.go (one typed
// constructor a message, with the three texts as its comment, and the texts
// themselves) and samples_gen_test.go (every constructor called once with sample
// arguments). It refuses files that do not say the same things: a message, a
// plural form or a slot that one language lacks, a slot without a typed
// function, a digit in a text, mark-up that Telegram would not take. It
// translates nothing and fills no gap.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	dir := flag.String("dir", ".", "folder that holds kk.toml, ru.toml and en.toml")
	tables := flag.String("tables", "", "comma-separated sections that are read by key, not message by message")
	flag.Parse()
	if err := run(*dir, splitList(*tables)); err != nil {
		fmt.Fprintln(os.Stderr, "genmsg:", err)
		os.Exit(1)
	}
}

// run reads the language files of dir and writes the generated files beside them.
func run(dir string, tables []string) error {
	sources := map[string][]byte{}
	for _, lang := range langs {
		name := filepath.Join(dir, lang+".toml")
		data, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read language file: %w", err)
		}
		sources[lang] = data
	}
	messages, samples, err := generate(sources, tables)
	if err != nil {
		return err
	}
	for name, data := range map[string][]byte{"messages_gen.go": messages, "samples_gen_test.go": samples} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return fmt.Errorf("write generated file: %w", err)
		}
	}
	return nil
}

// generate makes the two Go files from the contents of the language files.
// Every fault of every text is reported at once.
func generate(sources map[string][]byte, tables []string) (messages, samples []byte, err error) {
	read := map[string]map[string]text{}
	var faults []error
	for _, lang := range langs {
		texts, err := parse(lang, sources[lang])
		faults = append(faults, err)
		read[lang] = texts
	}
	all, err := merge(read)
	faults = append(faults, err)
	model, err := arrange(all, tables)
	faults = append(faults, err)
	if err := errors.Join(faults...); err != nil {
		return nil, nil, err
	}
	messages, err = emitMessages(model)
	if err != nil {
		return nil, nil, err
	}
	samples, err = emitSamples(model)
	return messages, samples, err
}

func splitList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
