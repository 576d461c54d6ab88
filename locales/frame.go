package locales

import (
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode"

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
		if function == "text" {
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
	f.out.WriteString(s)
	f.out.WriteRune(unsign)
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

var slotPattern = regexp.MustCompile(`\{\{([a-zA-Z]+) \.([A-Z][A-Za-z]*)\}\}`)

// Parse cuts a text into what stands in it and its slots.
func (parser) Parse(src, _, _ string) (template.ParsedTemplate, error) {
	var t parsed
	from := 0
	for _, m := range slotPattern.FindAllStringSubmatchIndex(src, -1) {
		t.add(src[from:m[0]])
		t.steps = append(t.steps, step{function: src[m[2]:m[3]], name: src[m[4]:m[5]]})
		from = m[1]
	}
	t.add(src[from:])
	for _, s := range t.steps {
		if strings.Contains(s.markup, "{{") || strings.ContainsRune(s.markup, seal) || strings.ContainsRune(s.markup, unsign) {
			return nil, errors.New("text holds what is neither words nor a slot")
		}
	}
	return &t, nil
}

// parsed is a text cut into steps.
type parsed struct{ steps []step }

// step is either words, with and without mark-up, or a slot.
type step struct {
	markup, words  string
	function, name string
}

var tagPattern = regexp.MustCompile(`<[^<>]*>`)

func (t *parsed) add(s string) {
	if s != "" {
		t.steps = append(t.steps, step{markup: s, words: html.UnescapeString(tagPattern.ReplaceAllString(s, ""))})
	}
}

// Execute writes the text into the frame. The returned string is always empty:
// nested texts would otherwise be copied once a level.
func (t *parsed) Execute(data any) (string, error) {
	f, ok := data.(*frame)
	if !ok {
		return "", fmt.Errorf("template data is a %T", data)
	}
	for _, s := range t.steps {
		switch {
		case s.function != "":
			if err := f.slot(s.function, s.name); err != nil {
				return "", err
			}
		case f.html:
			f.out.WriteString(s.markup)
		default:
			f.out.WriteString(s.words)
		}
	}
	return "", nil
}
