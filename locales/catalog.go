package locales

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"maqta/bot/chat"
)

// ErrUnproved says that a message holds digits that nothing vouches for. Such a
// message must not be sent; [UnknownPlain] is what is said in its place.
var ErrUnproved = errors.New("digits without a proof")

// Prover checks a shown number against the stored figure or the registered
// calculation that its proof names. It is asked about proofs of kind
// [chat.ByFact] and [chat.ByCalc].
type Prover func(chat.Number) error

// Catalog renders messages. It is read-only and safe for concurrent use.
type Catalog struct {
	prove    Prover
	speakers map[chat.Lang]speaker
	labels   labels
}

// speaker is one language: a bundle that knows no other, so that go-i18n cannot
// fall back to one.
type speaker struct {
	localizer *i18n.Localizer
	plural    map[string]bool // ids with plural forms
	symbols   symbols
}

// entry is one message of the generated table, in the order of [chat.Langs].
type entry struct {
	id    string
	texts [3]forms
}

// forms are the plural forms of one text; most have only other.
type forms struct{ one, few, many, other string }

// Option changes a catalogue as it is made.
type Option func(*options)

type options struct {
	rewrite func(lang chat.Lang, id, text string) string
}

// Rewrite passes every text through a function while the catalogue is made. It
// lets tests prove that a catalogue with a figure written into a text is refused.
func Rewrite(f func(lang chat.Lang, id, text string) string) Option {
	return func(o *options) { o.rewrite = f }
}

// New makes the catalogue of the three languages. Without a prover every figure
// that claims to be a fact or a calculation is refused.
func New(prove Prover, opts ...Option) (*Catalog, error) {
	o := options{rewrite: func(_ chat.Lang, _, text string) string { return text }}
	for _, opt := range opts {
		opt(&o)
	}
	c := &Catalog{prove: prove, speakers: map[chat.Lang]speaker{}}
	all := texts()
	for i, lang := range chat.Langs() {
		s, err := newSpeaker(lang, i, all, o)
		if err != nil {
			return nil, fmt.Errorf("load language %s: %w", lang, err)
		}
		c.speakers[lang] = s
	}
	return c, nil
}

func newSpeaker(lang chat.Lang, place int, all []entry, o options) (speaker, error) {
	tag, err := language.Parse(string(lang))
	if err != nil {
		return speaker{}, fmt.Errorf("parse language tag: %w", err)
	}
	signs, err := symbolsOf(lang)
	if err != nil {
		return speaker{}, err
	}
	bundle := i18n.NewBundle(tag)
	messages := make([]*i18n.Message, len(all))
	plural := map[string]bool{}
	for i, e := range all {
		t := e.texts[place]
		m := &i18n.Message{ID: e.id, Other: o.rewrite(lang, e.id, t.other)}
		if t.one != "" {
			plural[e.id] = true
			m.One = o.rewrite(lang, e.id, t.one)
		}
		if t.few != "" {
			m.Few, m.Many = o.rewrite(lang, e.id, t.few), o.rewrite(lang, e.id, t.many)
		}
		messages[i] = m
	}
	if err := bundle.AddMessages(tag, messages...); err != nil {
		return speaker{}, fmt.Errorf("add messages: %w", err)
	}
	return speaker{localizer: i18n.NewLocalizer(bundle, string(lang)), plural: plural, symbols: signs}, nil
}

// Render puts a text into the HTML that Telegram takes. What people wrote is
// escaped. The message is refused with [ErrUnproved] when a digit stands outside
// its arguments, or when the prover does not confirm an argument.
func (c *Catalog) Render(lang chat.Lang, t chat.Text) (string, error) {
	return c.render(lang, t, true)
}

// RenderPlain puts a text into plain characters: for labels of buttons,
// terminals and copies. Mark-up is left out.
func (c *Catalog) RenderPlain(lang chat.Lang, t chat.Text) (string, error) {
	return c.plain(lang, t)
}

func (c *Catalog) render(lang chat.Lang, t chat.Text, html bool) (string, error) {
	s, ok := c.speakers[lang]
	if !ok {
		return "", fmt.Errorf("render %s: language %q is not spoken", name(t), lang)
	}
	f := frame{catalog: c, speaker: s, html: html}
	if err := f.text(t); err != nil {
		return "", fmt.Errorf("render %s in %s: %w", name(t), lang, err)
	}
	out, err := unseal(f.out.String())
	if err != nil {
		return "", fmt.Errorf("render %s in %s: %w", name(t), lang, err)
	}
	return out, nil
}

// name says which message an error is about, never what stands in it.
func name(t chat.Text) string {
	if t.ID == "" && len(t.Parts) > 0 {
		return "composite of " + name(t.Parts[0])
	}
	return fmt.Sprintf("message %q", t.ID)
}

// Arguments are written between these two private-use characters, which can stand
// nowhere else: they are removed from arguments and refused in texts.
const (
	seal   = '\uE000'
	unsign = '\uE001'
)

// unseal takes the marks around arguments away, and refuses a text that has a
// digit outside them.
func unseal(s string) (string, error) {
	var b strings.Builder
	b.Grow(len(s))
	sealed := false
	for _, r := range s {
		switch {
		case r == seal:
			sealed = true
		case r == unsign:
			sealed = false
		case !sealed && unicode.IsDigit(r):
			return "", ErrUnproved
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), nil
}
