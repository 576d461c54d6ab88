package locales

import (
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"

	"maqta/bot/chat"
)

// maxDepth bounds texts within texts: deeper is a loop.
const maxDepth = 12

// frame is one rendering: where the words go, and the arguments of the message
// that is being written at the moment.
type frame struct {
	catalog *Catalog
	speaker speaker
	html    bool
	depth   int
	args    map[string]any
	capital bool // the next letter begins a sentence
	out     strings.Builder
}

// text writes a message, or a composite part by part.
func (f *frame) text(t chat.Text) error {
	if f.depth++; f.depth > maxDepth {
		return errors.New("texts are nested too deeply")
	}
	defer func() { f.depth-- }()
	if len(t.Parts) > 0 {
		for i, part := range t.Parts {
			if i > 0 {
				f.out.WriteString(t.Glue)
			}
			if err := f.text(part); err != nil {
				return err
			}
		}
		return nil
	}
	outer := f.args
	f.args = t.Args
	defer func() { f.args = outer }()
	config := i18n.LocalizeConfig{MessageID: t.ID, TemplateData: f, TemplateParser: parser{}}
	if f.speaker.plural[t.ID] {
		if !isDecimal(t.Count) {
			return fmt.Errorf("count %q of %q is no plain decimal", t.Count, t.ID)
		}
		config.PluralCount = t.Count
	}
	if _, err := f.speaker.localizer.Localize(&config); err != nil {
		return fmt.Errorf("message %q: %w", t.ID, err)
	}
	return nil
}

// slot writes one argument by the function that the text names.
func (f *frame) slot(function, name string) error {
	arg, ok := f.args[name]
	if !ok {
		return fmt.Errorf("argument %s is missing", name)
	}
	var err error
	switch value := arg.(type) {
	case chat.Number:
		if function == "number" {
			return f.number(value)
		}
		err = errMismatch
	case chat.Plain:
		if function == "plain" {
			return f.plain(value)
		}
		err = errMismatch
	case chat.Quote:
		if function == "quote" {
			f.sealed(string(value))
			return nil
		}
		err = errMismatch
	case chat.Day:
		return f.day(function, value)
	case chat.Text:
		switch function {
		case "begin":
			f.capital = true
			return f.text(value)
		case "text":
			return f.text(value)
		}
		err = errMismatch
	default:
		err = errMismatch
	}
	return fmt.Errorf("argument %s is a %T, shown through %s: %w", name, arg, function, err)
}

var errMismatch = errors.New("function does not fit the argument")

func (f *frame) number(n chat.Number) error {
	if err := f.catalog.proved(n); err != nil {
		return err
	}
	s, err := f.speaker.symbols.format(n.Value)
	if err != nil {
		return err
	}
	f.sealed(s)
	return nil
}

func (f *frame) plain(p chat.Plain) error {
	if err := f.catalog.proved(chat.Number(p)); err != nil {
		return err
	}
	f.sealed(p.Value)
	return nil
}

// day writes a date by way of the messages of the calendar, which know the order
// and the forms of the month names.
func (f *frame) day(function string, d chat.Day) error {
	if d.Proof.Kind == "" {
		return fmt.Errorf("date: %w", ErrUnproved)
	}
	year, month, dayOfMonth := d.Date.Date()
	y := chat.Year(year)
	n := chat.Plain{Value: fmt.Sprint(dayOfMonth), Proof: y.Proof}
	key := MonthKey(month)
	switch function {
	case "date":
		return f.text(CalendarDate(n, MonthOf(key), y))
	case "dayMonth":
		return f.text(CalendarDayMonth(n, MonthOf(key)))
	case "monthYear":
		return f.text(CalendarMonthYear(MonthName(key), y))
	case "onDay":
		return f.text(CalendarOnDay(n, MonthOn(key)))
	case "onDate":
		return f.text(CalendarOnDate(n, MonthOn(key), y))
	case "ofDate":
		return f.text(CalendarOfDate(n, MonthDated(key), y))
	}
	return fmt.Errorf("date through %s: %w", function, errMismatch)
}

// sealed writes an argument between the marks that vouch for its digits.
func (f *frame) sealed(s string) {
	s = strings.Map(func(r rune) rune {
		if r == seal || r == unsign || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	if f.html {
		s = escaper.Replace(s)
	}
	f.out.WriteRune(seal)
	f.words(s)
	f.out.WriteRune(unsign)
}

// words writes words, the first with a capital where a sentence begins. Mark-up
// before it does not count as words.
func (f *frame) words(s string) {
	if f.capital && s != "" && s[0] != '<' {
		f.capital = false
		r, size := utf8.DecodeRuneInString(s)
		f.out.WriteRune(unicode.ToUpper(r))
		s = s[size:]
	}
	if strings.HasPrefix(s, ".") && strings.HasSuffix(f.out.String(), ".") {
		s = s[1:] // the stop of an abbreviation ends the sentence too: "2026 г."
	}
	f.out.WriteString(s)
}

// escaper writes the four characters that mean something in Telegram's HTML. An
// apostrophe is left alone: its entity would be a number.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// proved refuses a number whose proof is missing or not confirmed.
func (c *Catalog) proved(n chat.Number) error {
	switch n.Proof.Kind {
	case chat.ByDate, chat.ByCount, chat.ByRecord, chat.ByRule, chat.BySpeaker:
		return nil
	case chat.ByFact, chat.ByCalc:
		if c.prove == nil {
			return fmt.Errorf("%w: there is no prover for %s", ErrUnproved, n.Proof.Kind)
		}
		if err := c.prove(n); err != nil {
			return fmt.Errorf("%w: %w", ErrUnproved, err)
		}
		return nil
	}
	return fmt.Errorf("%w: proof of kind %q", ErrUnproved, n.Proof.Kind)
}

// parser makes a text's template once; go-i18n keeps it.
type parser struct{}

// Cacheable tells go-i18n that a parsed template may be kept for ever.
func (parser) Cacheable() bool { return true }

var (
	slotPattern = regexp.MustCompile(`\{\{([a-zA-Z]+) \.([A-Z][A-Za-z]*)\}\}`)
	linkPattern = regexp.MustCompile(`<a href="([^"]*)">([^<]*)</a>`)
	tagPattern  = regexp.MustCompile(`<[^<>]*>`)
)

// Parse cuts a text into what stands in it and its slots, once with mark-up and
// once without. Without mark-up a link is its label and its address.
func (parser) Parse(src, _, _ string) (template.ParsedTemplate, error) {
	if strings.ContainsRune(src, seal) || strings.ContainsRune(src, unsign) {
		return nil, errors.New("text holds a mark of an argument")
	}
	bare := tagPattern.ReplaceAllString(linkPattern.ReplaceAllString(src, "$2: $1"), "")
	t := parsed{markup: cutSlots(src), words: cutSlots(bare)}
	for i, s := range t.words {
		t.words[i].literal = html.UnescapeString(s.literal)
	}
	for _, s := range t.markup {
		if strings.Contains(s.literal, "{{") {
			return nil, errors.New("text holds what is neither words nor a slot")
		}
	}
	return &t, nil
}

// parsed is a text cut into steps.
type parsed struct{ markup, words []step }

// step is either a literal or a slot.
type step struct{ literal, function, name string }

func cutSlots(src string) []step {
	var steps []step
	from := 0
	for _, m := range slotPattern.FindAllStringSubmatchIndex(src, -1) {
		if m[0] > from {
			steps = append(steps, step{literal: src[from:m[0]]})
		}
		steps = append(steps, step{function: src[m[2]:m[3]], name: src[m[4]:m[5]]})
		from = m[1]
	}
	if from < len(src) {
		steps = append(steps, step{literal: src[from:]})
	}
	return steps
}

// Execute writes the text into the frame. The returned string is always empty:
// nested texts would otherwise be copied once a level.
func (t *parsed) Execute(data any) (string, error) {
	f, ok := data.(*frame)
	if !ok {
		return "", fmt.Errorf("template data is a %T", data)
	}
	steps := t.words
	if f.html {
		steps = t.markup
	}
	for _, s := range steps {
		if s.function == "" {
			f.words(s.literal)
			continue
		}
		if err := f.slot(s.function, s.name); err != nil {
			return "", err
		}
	}
	return "", nil
}
