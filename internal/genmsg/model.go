package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// model is what the generated code is made of.
type model struct {
	Messages []message // all of them, by id
	Single   []message // those with a constructor of their own
	Tables   []table
}

// table is a section whose messages are read by a key of the data: one lookup a
// field, the same fields under every key.
type table struct {
	Name   string
	Keys   []string
	Fields []field
}

// field is one lookup of a table. Its slots are those of all keys together: a
// text that needs fewer leaves the others unsaid.
type field struct {
	Name   string
	Slots  []slot
	Plural bool // some text has plural forms: all of them are given the count
	Counts bool
	Sample message // the first message, shown in the comment
}

var singleID = func(id string) bool {
	return !strings.ContainsFunc(id, func(r rune) bool {
		return r != '.' && r != '_' && (r < 'a' || r > 'z')
	})
}

// arrange parts the messages into those with a constructor of their own and the
// tables, and refuses names that would collide and tables with gaps.
func arrange(all []message, tables []string) (model, error) {
	out := model{Messages: all}
	byTable := map[string][]message{}
	var faults []error
	for _, m := range all {
		section, _, _ := strings.Cut(m.ID, ".")
		switch {
		case slices.Contains(tables, section):
			byTable[section] = append(byTable[section], m)
		case !singleID(m.ID):
			faults = append(faults, fmt.Errorf("%s: an id has small Latin letters, dots and low lines", m.ID))
		case m.Counts && !m.Plural:
			faults = append(faults, fmt.Errorf("%s: Count is the number of a plural message", m.ID))
		default:
			out.Single = append(out.Single, m)
		}
	}
	for _, name := range tables {
		if len(byTable[name]) == 0 {
			faults = append(faults, fmt.Errorf("table %s has no messages", name))
			continue
		}
		t, err := makeTable(name, byTable[name])
		faults = append(faults, err)
		out.Tables = append(out.Tables, t)
	}
	return out, errors.Join(append(faults, checkNames(out))...)
}

func makeTable(name string, messages []message) (table, error) {
	t := table{Name: name}
	var faults []error
	seen := map[string]bool{}
	for _, m := range messages {
		rest := strings.TrimPrefix(m.ID, name+".")
		dot := strings.LastIndexByte(rest, '.')
		if dot < 0 {
			faults = append(faults, fmt.Errorf("%s: a message of a table is table.key.field", m.ID))
			continue
		}
		key, fieldName := rest[:dot], rest[dot+1:]
		seen[rest] = true
		if !slices.Contains(t.Keys, key) {
			t.Keys = append(t.Keys, key)
		}
		i := slices.IndexFunc(t.Fields, func(f field) bool { return f.Name == fieldName })
		if i < 0 {
			t.Fields = append(t.Fields, field{Name: fieldName, Sample: m})
			i = len(t.Fields) - 1
		}
		f := &t.Fields[i]
		f.Plural, f.Counts = f.Plural || m.Plural, f.Counts || m.Counts
		f.Slots = append(f.Slots, m.Slots...)
		slices.SortFunc(f.Slots, compareSlots)
		f.Slots = slices.Compact(f.Slots)
	}
	slices.Sort(t.Keys)
	slices.SortFunc(t.Fields, func(a, b field) int { return strings.Compare(a.Name, b.Name) })
	for _, f := range t.Fields {
		if f.Counts && !f.Plural {
			faults = append(faults, fmt.Errorf("%s.*.%s: Count is the number of plural messages", name, f.Name))
		}
		for _, key := range t.Keys {
			if !seen[key+"."+f.Name] {
				faults = append(faults, fmt.Errorf("%s.%s.%s: the table has this field under other keys", name, key, f.Name))
			}
		}
		for i, s := range f.Slots {
			if i > 0 && f.Slots[i-1].Name == s.Name {
				faults = append(faults, fmt.Errorf("%s.*.%s: slot %s goes through two functions", name, f.Name, s.Name))
			}
		}
	}
	return t, errors.Join(faults...)
}

// checkNames refuses two messages that would have one Go name.
func checkNames(m model) error {
	var faults []error
	owner := map[string]string{}
	claim := func(goName, id string) {
		if other, ok := owner[goName]; ok {
			faults = append(faults, fmt.Errorf("%s and %s would both be %s", other, id, goName))
		}
		owner[goName] = id
	}
	for _, s := range m.Single {
		claim(pascal(s.ID), s.ID)
	}
	for _, t := range m.Tables {
		claim(pascal(t.Name)+"Keys", t.Name)
		claim(pascal(t.Name)+"Known", t.Name)
		for _, f := range t.Fields {
			claim(pascal(t.Name+"."+f.Name), t.Name+".*."+f.Name)
		}
	}
	return errors.Join(faults...)
}

// pascal makes a Go name of an id: bin.not_found is BinNotFound.
func pascal(id string) string {
	var b strings.Builder
	up := true
	for _, r := range id {
		switch {
		case r == '.' || r == '_':
			up = true
		case up:
			b.WriteRune(unicode.ToUpper(r))
			up = false
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// paramName makes a Go parameter name of a slot name.
func paramName(name string) string {
	p := strings.ToLower(name[:1]) + name[1:]
	if slices.Contains([]string{"type", "range", "func", "map", "var", "case", "default", "for", "if", "key", "count", "chat"}, p) {
		return p + "Arg"
	}
	return p
}
