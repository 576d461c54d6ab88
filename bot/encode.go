package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"maqta/bot/chat"
)

// Limits of the Bot API that a message is checked against before it leaves.
const (
	maxButtonData = 64  // bytes of callback_data
	maxCopy       = 256 // UTF-16 units of copy_text: never more than characters
	maxNotice     = 200 // UTF-16 units of a callback answer
	maxResultID   = 64  // bytes of an inline result's id
	maxResults    = 50

	// inlineCache is for how many seconds Telegram may repeat an inline answer
	// to the same person. It would be 300 if it were not said.
	inlineCache = "30"
)

// The keyboard structs are our own: the library's know neither copy_text nor
// style. Slices are never nil, which Telegram refuses as null.
type (
	wireKeyboard struct {
		Rows [][]wireButton `json:"inline_keyboard"`
	}
	wireButton struct {
		Text   string    `json:"text"`
		Style  string    `json:"style,omitempty"`
		URL    string    `json:"url,omitempty"`
		Data   string    `json:"callback_data,omitempty"`
		Copy   *wireCopy `json:"copy_text,omitempty"`
		Inline *string   `json:"switch_inline_query,omitempty"`
	}
	wireCopy struct {
		Text string `json:"text"`
	}
	wireResult struct {
		Type    string     `json:"type"`
		ID      string     `json:"id"`
		Title   string     `json:"title"`
		About   string     `json:"description,omitempty"`
		Content wirePosted `json:"input_message_content"`
	}
	wirePosted struct {
		Text    string      `json:"message_text"`
		Mode    string      `json:"parse_mode"`
		Preview wirePreview `json:"link_preview_options"`
	}
	wirePreview struct {
		Disabled bool `json:"is_disabled"`
	}
)

// call is one request, ready to be made.
type call struct {
	method string
	params tgbotapi.Params
	file   []tgbotapi.RequestFile // what is uploaded, if anything
}

// form says how a message is put: as it is, or in a simpler way after Telegram
// did not take it.
type form struct {
	plain    bool   // text without markup
	simple   bool   // only kinds of buttons that every server knows
	fileID   string // Telegram has the file already
	bytes    []byte // the drawn file
	document bool   // send a picture as a document
	noFile   bool   // send the caption alone
	fresh    bool   // send an edit as a new message
}

// quietLinks keeps pages from being shown under the text: answers carry links
// to their sources.
const quietLinks = `{"is_disabled":true}`

// encode turns a message into a request. An error means that the message breaks
// a rule of the Bot API and would be refused: our bug.
func encode(m *chat.Message, f form) (call, error) {
	switch {
	case m.Act == chat.Answer:
		return encodeAnswer(m), nil
	case m.Act == chat.Offer:
		return encodeOffer(m)
	case m.Act == chat.Strip:
		return call{method: "editMessageReplyMarkup", params: tgbotapi.Params{
			"chat_id":      formatID(m.To),
			"message_id":   formatID(m.Target),
			"reply_markup": `{"inline_keyboard":[]}`,
		}}, nil
	case m.Act == chat.Edit && m.File == nil && !f.fresh:
		return encodeText(m, f, "editMessageText")
	case m.Act != chat.Send && m.Act != chat.Edit:
		return call{}, fmt.Errorf("encode: unknown act %q", m.Act)
	case m.File != nil && !f.noFile:
		return encodeFile(m, f)
	}
	return encodeText(m, f, "sendMessage")
}

func encodeText(m *chat.Message, f form, method string) (call, error) {
	if m.HTML == "" {
		return call{}, errors.New("encode: a message without a text")
	}
	p := make(tgbotapi.Params, 8)
	p["chat_id"] = formatID(m.To)
	p["link_preview_options"] = quietLinks
	wording(p, "text", m.HTML, f)
	if method == "editMessageText" {
		p["message_id"] = formatID(m.Target)
	} else {
		delivery(p, m)
	}
	return call{method: method, params: p}, keyboard(p, m.Rows, f)
}

func encodeFile(m *chat.Message, f form) (call, error) {
	c := call{method: "sendDocument", params: make(tgbotapi.Params, 8)}
	field := "document"
	if m.File.Photo && !f.document {
		c.method, field = "sendPhoto", "photo"
	}
	c.params["chat_id"] = formatID(m.To)
	if m.HTML != "" {
		wording(c.params, "caption", m.HTML, f)
	}
	delivery(c.params, m)
	switch {
	case f.fileID != "":
		c.params[field] = f.fileID
	case f.bytes != nil:
		c.file = []tgbotapi.RequestFile{{Name: field, Data: tgbotapi.FileBytes{Name: m.File.Name, Bytes: f.bytes}}}
	default:
		return call{}, errors.New("encode: a file without its bytes")
	}
	return c, keyboard(c.params, m.Rows, f)
}

// wording sets a text with its markup.
func wording(p tgbotapi.Params, field, text string, f form) {
	if f.plain {
		p[field] = plainText(text)
		return
	}
	p[field] = text
	p["parse_mode"] = "HTML"
}

// delivery sets what holds for every new message.
func delivery(p tgbotapi.Params, m *chat.Message) {
	if m.ReplyTo != 0 {
		p["reply_parameters"] = `{"message_id":` + formatID(m.ReplyTo) + `,"allow_sending_without_reply":true}`
	}
	if m.Protect {
		p["protect_content"] = "true"
	}
	if m.Silent {
		p["disable_notification"] = "true"
	}
}

// keyboard checks and sets the buttons; without any nothing is set, which on an
// edit takes the old ones off.
func keyboard(p tgbotapi.Params, rows [][]chat.Button, f form) error {
	k := wireKeyboard{Rows: make([][]wireButton, 0, len(rows))}
	for _, row := range rows {
		line := make([]wireButton, 0, len(row))
		for _, b := range row {
			w := wireButton{Text: b.Text, URL: b.URL, Data: b.Data, Inline: b.Inline, Style: string(b.Style)}
			if b.Copy != "" {
				w.Copy = &wireCopy{Text: b.Copy}
			}
			switch {
			case len(b.Data) > maxButtonData:
				return fmt.Errorf("encode: button data of %d bytes", len(b.Data))
			case !utf8.ValidString(b.Data):
				return errors.New("encode: button data that is no text") // JSON would change it
			case units(b.Copy) > maxCopy:
				return fmt.Errorf("encode: copied text of %d characters", units(b.Copy))
			case b.Text == "":
				return errors.New("encode: a button without a label")
			case b.Data == "" && b.URL == "" && b.Copy == "" && b.Inline == nil:
				return errors.New("encode: a button that does nothing")
			case f.simple && b.Data == "" && b.URL == "":
				continue
			}
			line = append(line, w)
		}
		if len(line) > 0 {
			k.Rows = append(k.Rows, line)
		}
	}
	if len(k.Rows) == 0 {
		return nil
	}
	markup, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("encode: buttons: %w", err)
	}
	p["reply_markup"] = string(markup)
	return nil
}

func encodeAnswer(m *chat.Message) call {
	p := tgbotapi.Params{"callback_query_id": string(m.Query)}
	if m.HTML != "" {
		p["text"] = cut(plainText(m.HTML), maxNotice)
	}
	if m.Alert {
		p["show_alert"] = "true"
	}
	return call{method: "answerCallbackQuery", params: p}
}

func encodeOffer(m *chat.Message) (call, error) {
	results := make([]wireResult, 0, len(m.Results))
	for _, r := range m.Results {
		if r.ID == "" || len(r.ID) > maxResultID || r.Title == "" || r.HTML == "" {
			return call{}, errors.New("encode: an inline result without id, title or text, or with a long id")
		}
		results = append(results, wireResult{
			Type: "article", ID: r.ID, Title: r.Title, About: r.About,
			Content: wirePosted{Text: r.HTML, Mode: "HTML", Preview: wirePreview{Disabled: true}},
		})
	}
	if len(results) > maxResults {
		return call{}, fmt.Errorf("encode: %d inline results", len(results))
	}
	list, err := json.Marshal(results)
	if err != nil {
		return call{}, fmt.Errorf("encode: inline results: %w", err)
	}
	return call{method: "answerInlineQuery", params: tgbotapi.Params{
		"inline_query_id": string(m.Query),
		"results":         string(list),
		"cache_time":      inlineCache,
		"is_personal":     "true", // the answer is in one person's language
	}}, nil
}

// plainText is the text of HTML as we write it: every < begins a tag.
func plainText(markup string) string {
	if !strings.ContainsAny(markup, "<&") {
		return markup
	}
	var out strings.Builder
	for rest := markup; rest != ""; {
		text, tag, found := strings.Cut(rest, "<")
		out.WriteString(text)
		if !found {
			break
		}
		_, rest, _ = strings.Cut(tag, ">")
	}
	return html.UnescapeString(out.String())
}

// units counts UTF-16 units: never fewer than characters.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// cut shortens a text to at most the given number of UTF-16 units, marking
// where it was cut.
func cut(s string, limit int) string {
	if units(s) <= limit {
		return s
	}
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > limit-1 {
			return s[:i] + "…"
		}
	}
	return s
}

func formatID[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }
