package emulator

import (
	"net/url"
	"strings"
)

// The size of keyboards. That of inline ones is reported by users, not documented.
const (
	maxInlineButtons = 100
	maxInlineRow     = 8
	maxReplyButtons  = 300
	maxReplyRow      = 12
	maxReplyMarkup   = 10 << 10 // bytes of JSON
)

// Button is an inline button as a person sees it.
type Button struct {
	Text     string
	Data     string  // what a press sends
	URL      string  // the page that a press opens
	Copy     string  // the text that a press copies
	Inline   *string // the inline query that a press starts
	Style    string
	Disabled bool
}

// markup is a message's keyboard: rows of an inline one, or the JSON of another.
type markup struct {
	rows  [][]wireButton
	reply [][]string // labels of a reply keyboard
	clear bool       // the reply keyboard is taken away
	given bool
}

type wireButton struct {
	Text     string      `json:"text"`
	Style    string      `json:"style,omitempty"`
	Icon     string      `json:"icon_custom_emoji_id,omitempty"`
	URL      string      `json:"url,omitempty"`
	Data     string      `json:"callback_data,omitempty"`
	Inline   *string     `json:"switch_inline_query,omitempty"`
	Here     *string     `json:"switch_inline_query_current_chat,omitempty"`
	Copy     *wireCopy   `json:"copy_text,omitempty"`
	Disabled *wireObject `json:"disabled,omitempty"`
	other    bool        // a kind that does nothing here: a web app, a game, a payment
}

type wireCopy struct {
	Text string `json:"text"`
}

type wireObject struct{}

func (b wireButton) public() Button {
	out := Button{Text: b.Text, Data: b.Data, URL: b.URL, Style: b.Style, Disabled: b.Disabled != nil}
	switch {
	case b.Inline != nil:
		out.Inline = b.Inline
	case b.Here != nil:
		out.Inline = b.Here
	}
	if b.Copy != nil {
		out.Copy = b.Copy.Text
	}
	return out
}

// readMarkup takes the keyboard of a request.
func readMarkup(c *call) (markup, *apiError) {
	if !c.has("reply_markup") {
		return markup{}, nil
	}
	return markupOf(c.obj("reply_markup"))
}

// markupOf reads a checked markup object.
func markupOf(m map[string]any) (markup, *apiError) {
	out := markup{given: true}
	switch {
	case m["inline_keyboard"] != nil:
		rows, _ := m["inline_keyboard"].([]any)
		total := 0
		for _, row := range rows {
			cells, _ := row.([]any)
			var line []wireButton
			for _, cell := range cells {
				fields, _ := cell.(map[string]any)
				b, e := inlineButton(fields)
				if e != nil {
					return markup{}, e
				}
				line = append(line, b)
			}
			if len(line) > maxInlineRow {
				return markup{}, bad("reply markup is too long")
			}
			if total += len(line); total > maxInlineButtons {
				return markup{}, bad("reply markup is too long")
			}
			if len(line) > 0 {
				out.rows = append(out.rows, line)
			}
		}
	case m["keyboard"] != nil:
		if len(compact(m)) > maxReplyMarkup {
			return markup{}, bad("reply markup is too long")
		}
		rows, _ := m["keyboard"].([]any)
		total := 0
		for _, row := range rows {
			cells, _ := row.([]any)
			var line []string
			for _, cell := range cells {
				fields, _ := cell.(map[string]any)
				label, _ := fields["text"].(string)
				if label == "" {
					return markup{}, bad("keyboard button text must be non-empty")
				}
				line = append(line, label)
			}
			if total += len(line); len(line) > maxReplyRow || total > maxReplyButtons {
				return markup{}, bad("reply markup is too long")
			}
			out.reply = append(out.reply, line)
		}
	case m["remove_keyboard"] != nil:
		out.clear = true
	}
	return out, nil
}

// inlineButton reads one button: a label and exactly one thing that it does.
func inlineButton(m map[string]any) (wireButton, *apiError) {
	b := wireButton{}
	b.Text, _ = m["text"].(string)
	if strings.TrimSpace(b.Text) == "" {
		return b, bad("can't parse inline keyboard button: Text must be non-empty")
	}
	b.Style, _ = m["style"].(string)
	b.Icon, _ = m["icon_custom_emoji_id"].(string)
	if m["disabled"] != nil {
		b.Disabled = &wireObject{}
	}
	deeds := 0
	for name, v := range m {
		switch name {
		case "text", "style", "icon_custom_emoji_id", "disabled":
			continue
		case "url":
			b.URL, _ = v.(string)
			if !buttonURL(b.URL) {
				return b, bad("inline keyboard button URL '" + b.URL + "' is invalid: Wrong HTTP URL")
			}
		case "callback_data":
			b.Data, _ = v.(string)
		case "switch_inline_query":
			text, _ := v.(string)
			b.Inline = &text
		case "switch_inline_query_current_chat":
			text, _ := v.(string)
			b.Here = &text
		case "copy_text":
			fields, _ := v.(map[string]any)
			text, _ := fields["text"].(string)
			b.Copy = &wireCopy{text}
		case "pay":
			if on, _ := v.(bool); !on {
				continue
			}
			b.other = true
		default:
			b.other = true
		}
		deeds++
	}
	switch {
	case deeds == 0 && b.Disabled == nil:
		return b, bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case deeds > 1:
		return b, bad("can't parse inline keyboard button: Exactly one of the optional fields must be used")
	}
	return b, nil
}

// buttonURL reports whether a button may open the address.
func buttonURL(s string) bool {
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "tg", "ton":
		return true
	case "http", "https":
		return strings.Contains(u.Hostname(), ".") || u.Hostname() == "localhost"
	case "":
		return checkedLink(s) != ""
	}
	return false
}

func sameRows(a, b [][]wireButton) bool {
	return compact(a) == compact(b) || len(a) == 0 && len(b) == 0
}
