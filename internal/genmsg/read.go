package main

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// langs are the languages, in the order in which they are shown.
var langs = []string{"kk", "ru", "en"}

// pluralForms are the CLDR cardinal forms that each language has.
// https://cldr.unicode.org, release 48.2
var pluralForms = map[string][]string{
	"kk": {"one", "other"},
	"ru": {"one", "few", "many", "other"},
	"en": {"one", "other"},
}

// slotTypes maps the functions that a slot goes through to Go types.
var slotTypes = map[string]string{
	"number":    "chat.Number",
	"plain":     "chat.Plain",
	"date":      "chat.Day",
	"dayMonth":  "chat.Day",
	"monthYear": "chat.Day",
	"onDay":     "chat.Day",
	"onDate":    "chat.Day",
	"ofDate":    "chat.Day",
	"quote":     "chat.Quote",
	"text":      "chat.Text",
	"begin":     "chat.Text",
}

// text is one message in one language: its plural forms, or only "other".
type text map[string]string

func (t text) plural() bool { return len(t) > 1 }

// slot is a place for an argument.
type slot struct{ Name, Func string }

// message is one message in all languages.
type message struct {
	ID     string
	Texts  map[string]text // by language
	Slots  []slot          // without Count, by name
	Plural bool
	Counts bool // has the slot Count
}

// parse reads one language file into its messages by dotted id and checks each
// text by itself.
func parse(lang string, data []byte) (map[string]text, error) {
	var tree map[string]any
	if err := toml.Unmarshal(data, &tree); err != nil {
		return nil, fmt.Errorf("read %s.toml: %w", lang, err)
	}
	texts := map[string]text{}
	var faults []error
	var walk func(path string, node map[string]any)
	walk = func(path string, node map[string]any) {
		if t, ok, err := asText(lang, node); ok || err != nil {
			if err != nil {
				faults = append(faults, fmt.Errorf("%s %s: %w", lang, path, err))
			}
			texts[path] = t
			return
		}
		for _, key := range slices.Sorted(maps.Keys(node)) {
			id := key
			if path != "" {
				id = path + "." + key
			}
			switch value := node[key].(type) {
			case string:
				texts[id] = text{"other": value}
			case map[string]any:
				walk(id, value)
			default:
				faults = append(faults, fmt.Errorf("%s %s: a message is a text, not a %T", lang, id, value))
			}
		}
	}
	walk("", tree)
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		for _, form := range slices.Sorted(maps.Keys(texts[id])) {
			if err := checkText(texts[id][form]); err != nil {
				faults = append(faults, fmt.Errorf("%s %s (%s): %w", lang, id, form, err))
			}
		}
	}
	return texts, errors.Join(faults...)
}

// asText reads a TOML table whose keys are plural forms. Exactly the forms of the
// language are asked for, or "other" alone.
func asText(lang string, node map[string]any) (text, bool, error) {
	if _, ok := node["other"].(string); !ok {
		return nil, false, nil
	}
	t := text{}
	for key, value := range node {
		s, ok := value.(string)
		if !ok || !slices.Contains(pluralForms[lang], key) {
			return nil, true, fmt.Errorf("%q is no plural form of the language", key)
		}
		t[key] = s
	}
	if len(t) > 1 && len(t) != len(pluralForms[lang]) {
		return nil, true, fmt.Errorf("plural forms %v, want %v", slices.Sorted(maps.Keys(t)), pluralForms[lang])
	}
	return t, true, nil
}

var slotPattern = regexp.MustCompile(`\{\{([a-zA-Z]+) \.([A-Z][A-Za-z]*)\}\}`)

// slotsOf lists the slots of a text, each once, by name. Whether a nested text
// begins the sentence is a matter of word order, so begin counts as text.
func slotsOf(s string) []slot {
	var slots []slot
	for _, m := range slotPattern.FindAllStringSubmatch(s, -1) {
		function := m[1]
		if function == "begin" {
			function = "text"
		}
		slots = append(slots, slot{Name: m[2], Func: function})
	}
	slices.SortFunc(slots, compareSlots)
	return slices.Compact(slots)
}

func compareSlots(a, b slot) int {
	if c := strings.Compare(a.Name, b.Name); c != 0 {
		return c
	}
	return strings.Compare(a.Func, b.Func)
}

// merge joins the languages message by message and refuses what is not said in
// all of them with the same slots. A singular form may leave the count unsaid.
func merge(read map[string]map[string]text) ([]message, error) {
	ids := map[string]bool{}
	for _, lang := range langs {
		for id := range read[lang] {
			ids[id] = true
		}
	}
	var all []message
	var faults []error
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		m, err := mergeOne(id, read)
		faults = append(faults, err)
		all = append(all, m)
	}
	return all, errors.Join(faults...)
}

func mergeOne(id string, read map[string]map[string]text) (message, error) {
	m := message{ID: id, Texts: map[string]text{}}
	var faults []error
	var first []slot
	var firstLang string
	for _, lang := range langs {
		t, ok := read[lang][id]
		if !ok || len(t) == 0 {
			faults = append(faults, fmt.Errorf("%s %s: message is missing", lang, id))
			continue
		}
		m.Texts[lang] = t
		if firstLang == "" {
			firstLang, first, m.Plural = lang, slotsOf(t["other"]), t.plural()
		}
		if t.plural() != m.Plural {
			faults = append(faults, fmt.Errorf("%s %s: plural in one language, not in another (%s)", lang, id, firstLang))
		}
		for _, form := range slices.Sorted(maps.Keys(t)) {
			got, want := slotsOf(t[form]), first
			if form != "other" {
				got, want = withoutCount(got), withoutCount(want)
			}
			if !slices.Equal(got, want) {
				faults = append(faults, fmt.Errorf("%s %s (%s): slots %v, but %s has %v", lang, id, form, got, firstLang, want))
			}
		}
	}
	for i, s := range first {
		switch {
		case i > 0 && s.Name == first[i-1].Name:
			faults = append(faults, fmt.Errorf("%s: slot %s goes through two functions", id, s.Name))
		case s.Name != "Count":
			m.Slots = append(m.Slots, s)
		case s.Func != "number":
			faults = append(faults, fmt.Errorf("%s: Count is a number", id))
		default:
			m.Counts = true
		}
	}
	return m, errors.Join(faults...)
}

func withoutCount(slots []slot) []slot {
	return slices.DeleteFunc(slices.Clone(slots), func(s slot) bool { return s.Name == "Count" })
}
