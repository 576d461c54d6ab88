package handlers

import (
	"errors"
	"fmt"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/storage"
)

// Telegram's limits, in UTF-16 units so that no way of counting exceeds them.
const (
	maxText    = 4096
	maxCaption = 1024
	maxNotice  = 200
	maxCopy    = 256
)

// enqueue words the replies and puts them into the outbox. A press is answered
// first of all, so that the button stops spinning.
func (r *Router) enqueue(tx *storage.Tx, s Scene, u chat.Update, replies []chat.Reply) error {
	if tap, ok := u.In.(chat.Tapped); ok && !answered(replies) {
		if err := tx.Enqueue(chat.Message{Act: chat.Answer, To: u.Chat, Query: tap.Query}); err != nil {
			return err
		}
	}
	for _, reply := range replies {
		lang := reply.Lang
		if !lang.Known() {
			lang = s.Lang
		}
		for _, m := range r.word(reply, lang) {
			if err := tx.Enqueue(m); err != nil {
				return err
			}
		}
	}
	return nil
}

func answered(replies []chat.Reply) bool {
	for _, reply := range replies {
		if reply.Answers != "" {
			return true
		}
	}
	return false
}

// word puts a reply into words, as one message or, when it is long, several.
// A reply that cannot be proved or rendered is replaced by "not known": nothing
// unproved leaves.
func (r *Router) word(reply chat.Reply, lang chat.Lang) []chat.Message {
	messages, err := Render(r.Mind.Words, reply, lang)
	if err == nil {
		return messages
	}
	r.Log.Error("reply replaced", "text_id", reply.Text.ID, "unproved", errors.Is(err, locales.ErrUnproved), "cause", err)
	if r.Broken != nil {
		r.Broken(0, 1)
	}
	instead := chat.Reply{
		To: reply.To, Edits: reply.Edits, Answers: reply.Answers, Retire: reply.Retire, Strip: reply.Strip,
		Token: reply.Token,
	}
	if reply.Answers == "" && reply.Retire == "" && reply.Strip == 0 {
		instead.Text = locales.UnknownPlain()
	}
	messages, err = Render(r.Mind.Words, instead, lang)
	if err != nil { // a test renders this text in every language
		r.Log.Error("reply lost", "cause", err)
		return nil
	}
	return messages
}

// Render puts a reply into words in the language. It returns an error when a
// digit of it is not proved (see [locales.ErrUnproved]) or a limit is exceeded.
func Render(words *locales.Catalog, reply chat.Reply, lang chat.Lang) ([]chat.Message, error) {
	m := chat.Message{
		To: reply.To, Token: reply.Token, Target: reply.Edits, Query: reply.Answers, Alert: reply.Alert,
		ReplyTo: reply.ReplyTo, Protect: reply.Protect, Silent: reply.Silent, Bulk: reply.Bulk, File: reply.File,
	}
	switch {
	case reply.Cards != nil:
		m.Act = chat.Offer
		return renderCards(words, m, reply.Cards, lang)
	case reply.Answers != "":
		m.Act = chat.Answer
		return renderNotice(words, m, reply.Text, lang)
	case reply.Retire != "" || reply.Strip != 0:
		m.Act, m.Retire, m.Target = chat.Strip, reply.Retire, reply.Strip
		return []chat.Message{m}, nil
	case reply.Edits != 0:
		m.Act = chat.Edit
	default:
		m.Act = chat.Send
	}
	rows, err := renderOptions(words, reply.Options, lang)
	if err != nil {
		return nil, err
	}
	html, err := words.Render(lang, reply.Text)
	if err != nil {
		return nil, fmt.Errorf("render %s: %w", reply.Text.ID, err)
	}
	return inParts(m, html, rows), nil
}

// inParts splits a long text; the buttons go under the last part.
func inParts(m chat.Message, html string, rows [][]chat.Button) []chat.Message {
	limit := maxText
	if m.File != nil {
		limit = maxCaption
	}
	parts := locales.Split(html, limit)
	if len(parts) == 0 {
		parts = []string{""}
	}
	messages := make([]chat.Message, 0, len(parts))
	for i, part := range parts {
		p := m
		if i > 0 {
			p = chat.Message{Act: chat.Send, To: m.To, Protect: m.Protect, Silent: m.Silent, Bulk: m.Bulk}
		}
		p.HTML = part
		p.Token = ""
		if i == len(parts)-1 {
			p.Rows, p.Token = rows, m.Token
		}
		messages = append(messages, p)
	}
	return messages
}

func renderNotice(words *locales.Catalog, m chat.Message, text chat.Text, lang chat.Lang) ([]chat.Message, error) {
	if text.IsZero() {
		return []chat.Message{m}, nil
	}
	notice, err := words.RenderPlain(lang, text)
	if err != nil {
		return nil, fmt.Errorf("render notice %s: %w", text.ID, err)
	}
	if locales.Units(notice) > maxNotice {
		return nil, fmt.Errorf("notice %s is longer than %d", text.ID, maxNotice)
	}
	m.HTML = notice
	return []chat.Message{m}, nil
}

func renderCards(words *locales.Catalog, m chat.Message, cards []chat.Card, lang chat.Lang) ([]chat.Message, error) {
	m.Results = make([]chat.Result, 0, len(cards))
	for _, c := range cards {
		title, err := words.RenderPlain(lang, c.Title)
		if err != nil {
			return nil, fmt.Errorf("render title of card %s: %w", c.ID, err)
		}
		about, err := words.RenderPlain(lang, c.About)
		if err != nil {
			return nil, fmt.Errorf("render line of card %s: %w", c.ID, err)
		}
		html, err := words.Render(lang, c.Text)
		if err != nil {
			return nil, fmt.Errorf("render card %s: %w", c.ID, err)
		}
		m.Results = append(m.Results, chat.Result{ID: c.ID, Title: title, About: about, HTML: html})
	}
	return []chat.Message{m}, nil
}

func renderOptions(words *locales.Catalog, options [][]chat.Option, lang chat.Lang) ([][]chat.Button, error) {
	rows := make([][]chat.Button, 0, len(options))
	for _, row := range options {
		buttons := make([]chat.Button, 0, len(row))
		for _, o := range row {
			label, err := words.RenderPlain(lang, o.Label)
			if err != nil {
				return nil, fmt.Errorf("render button %s: %w", o.Label.ID, err)
			}
			b := chat.Button{Text: label, Data: o.Data, URL: o.URL, Inline: o.Inline, Style: o.Style}
			if !o.Copy.IsZero() {
				if b.Copy, err = words.RenderPlain(lang, o.Copy); err != nil {
					return nil, fmt.Errorf("render text to copy %s: %w", o.Copy.ID, err)
				}
				if locales.Units(b.Copy) > maxCopy {
					continue // nothing is lost: the text itself stands in the message
				}
			}
			buttons = append(buttons, b)
		}
		if len(buttons) > 0 {
			rows = append(rows, buttons)
		}
	}
	return rows, nil
}
