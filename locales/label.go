package locales

import (
	"strings"
	"sync"

	"maqta/bot/chat"
)

// labels remembers the plain words of texts that have no arguments but such
// texts: the labels of buttons, of which every answer has half a dozen. There
// are as many as the catalogue has, so nothing is ever dropped.
type labels struct{ known sync.Map } // label → string

type label struct {
	lang chat.Lang
	name string
}

// nameOf names a text by what decides its words; ok is false when an argument
// could be anything.
func nameOf(t chat.Text) (name string, ok bool) {
	if t.ID == "" || t.Count != "" {
		return "", false
	}
	switch len(t.Args) {
	case 0:
		return t.ID, true
	case 1:
		for slot, arg := range t.Args {
			inner, isText := arg.(chat.Text)
			if !isText {
				return "", false
			}
			below, ok := nameOf(inner)
			return strings.Join([]string{t.ID, slot, below}, "\x00"), ok
		}
	}
	return "", false
}

// plain renders a text without mark-up, once for each label.
func (c *Catalog) plain(lang chat.Lang, t chat.Text) (string, error) {
	name, ok := nameOf(t)
	if !ok {
		return c.render(lang, t, false)
	}
	if words, hit := c.labels.known.Load(label{lang, name}); hit {
		s, _ := words.(string)
		return s, nil
	}
	words, err := c.render(lang, t, false)
	if err == nil {
		c.labels.known.Store(label{lang, name}, words)
	}
	return words, err
}
