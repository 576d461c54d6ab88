package webchat

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"maqta/bot/emulator"
)

// The shapes that the page reads. Times are in milliseconds since 1970, offsets
// of entities in UTF-16 units, which are those of JavaScript.

// window is what one open window is told: everything at first, then the changes.
type window struct {
	Reset  bool         `json:"reset,omitempty"` // forget what you know
	Now    int64        `json:"now"`
	Clock  bool         `json:"clock"` // there is a clock to move
	Bot    string       `json:"bot"`   // its username
	People []personView `json:"people"`
}

type personView struct {
	ID          int64              `json:"id"`
	Role        Role               `json:"role"`
	Name        string             `json:"name"`
	Lang        string             `json:"lang"`
	BotName     string             `json:"botName"`
	Description string             `json:"description"`
	Blocked     bool               `json:"blocked,omitempty"`
	Action      string             `json:"action,omitempty"` // "typing" and so on
	Commands    []emulator.Command `json:"commands"`
	Waiting     []press            `json:"waiting,omitempty"`
	Query       *queryView         `json:"query,omitempty"`
	Messages    []messageView      `json:"messages,omitempty"` // new or changed
	Gone        []int64            `json:"gone,omitempty"`
	Notices     []noticeView       `json:"notices,omitempty"` // new
}

type messageView struct {
	ID        int64             `json:"id"`
	Mine      bool              `json:"mine,omitempty"`
	At        int64             `json:"at"`
	Edited    bool              `json:"edited,omitempty"`
	Text      string            `json:"text,omitempty"`
	Lang      string            `json:"lang,omitempty"`
	Entities  []emulator.Entity `json:"entities,omitempty"`
	Rows      [][]buttonView    `json:"rows,omitempty"`
	Keyboard  [][]string        `json:"keyboard,omitempty"`
	Photo     *fileView         `json:"photo,omitempty"`
	Document  *fileView         `json:"document,omitempty"`
	Kind      string            `json:"kind,omitempty"` // "voice", "sticker", …
	ReplyTo   int64             `json:"replyTo,omitempty"`
	ViaBot    bool              `json:"viaBot,omitempty"`
	Protected bool              `json:"protected,omitempty"`
}

type buttonView struct {
	Text     string  `json:"text"`
	Lang     string  `json:"lang,omitempty"`
	Data     string  `json:"data,omitempty"`
	URL      string  `json:"url,omitempty"`
	Copy     string  `json:"copy,omitempty"`
	Inline   *string `json:"inline,omitempty"`
	Style    string  `json:"style,omitempty"`
	Disabled bool    `json:"disabled,omitempty"`
}

type fileView struct {
	Href   string `json:"href"`
	Name   string `json:"name,omitempty"`
	Size   int64  `json:"size"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

type noticeView struct {
	Message int64  `json:"message"`
	Text    string `json:"text"`
	Lang    string `json:"lang,omitempty"`
	Alert   bool   `json:"alert,omitempty"`
	URL     string `json:"url,omitempty"`
}

type queryView struct {
	ID       string       `json:"id"`
	Text     string       `json:"text"`
	Answered bool         `json:"answered"`
	Results  []resultView `json:"results"`
	Button   string       `json:"button,omitempty"`
	Start    string       `json:"start,omitempty"`
}

type resultView struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	About string `json:"about,omitempty"`
	Lang  string `json:"lang,omitempty"`
}

// view is what stays small: all of a person but the chat. The caller holds the
// lock.
func (a *actor) view() personView {
	profile, about := a.Profile(), a.About()
	v := personView{
		ID: profile.ID, Role: a.role, Name: profile.FirstName, Lang: profile.LanguageCode,
		BotName: about.Name, Description: about.Description, Blocked: a.Blocked(), Action: a.Action(),
		Commands: a.Commands(), Waiting: slices.Clone(a.waiting),
	}
	if a.query.id == "" {
		return v
	}
	v.Query = &queryView{ID: a.query.id, Text: a.query.text, Results: []resultView{}}
	if got, ok := a.Results(a.query.id); ok {
		v.Query.Answered, v.Query.Button, v.Query.Start = true, got.Button, got.Start
		for _, r := range got.Results {
			v.Query.Results = append(v.Query.Results, resultView{
				ID: r.ID, Title: r.Title, About: r.Description, Lang: languageOf(r.Title + " " + r.Description),
			})
		}
	}
	return v
}

// answered forgets the presses that were answered, or never will be.
func (a *actor) answered(notices []emulator.Notice, now time.Time) {
	a.waiting = slices.DeleteFunc(a.waiting, func(w press) bool {
		return !now.Before(w.until) || slices.ContainsFunc(notices, func(n emulator.Notice) bool { return n.QueryID == w.id })
	})
}

func viewMessage(m emulator.Message) messageView {
	v := messageView{
		ID: m.ID, Mine: !m.FromBot, At: m.Date.UnixMilli(), Edited: !m.Edited.IsZero(),
		Text: m.Text, Lang: languageOf(m.Text), Entities: m.Entities, Keyboard: m.Keyboard, Kind: m.Kind,
		ReplyTo: m.ReplyTo, ViaBot: m.ViaBot, Protected: m.Protected,
		Photo: viewFile(m.Photo), Document: viewFile(m.Document),
	}
	for _, row := range m.Rows {
		var line []buttonView
		for _, b := range row {
			line = append(line, buttonView{
				Text: b.Text, Lang: languageOf(b.Text), Data: b.Data, URL: b.URL, Copy: b.Copy, Inline: b.Inline,
				Style: b.Style, Disabled: b.Disabled,
			})
		}
		v.Rows = append(v.Rows, line)
	}
	return v
}

func viewFile(f *emulator.File) *fileView {
	if f == nil {
		return nil
	}
	return &fileView{Href: "/file/" + f.ID, Name: f.Name, Size: f.Size, Width: f.Width, Height: f.Height}
}

// since returns the notices after the one with an id: all when it is not among
// them any more.
func since(notices []emulator.Notice, id string) []emulator.Notice {
	return notices[1+slices.IndexFunc(notices, func(n emulator.Notice) bool { return n.QueryID == id }):]
}

func last(notices []emulator.Notice) string {
	if len(notices) == 0 {
		return ""
	}
	return notices[len(notices)-1].QueryID
}

func viewNotice(n emulator.Notice) noticeView {
	return noticeView{Message: n.MessageID, Text: n.Text, Lang: languageOf(n.Text), Alert: n.Alert, URL: n.URL}
}

// languageOf tells a screen reader in which of the three languages to read a
// text, "" where the letters do not say. Kazakh is told from Russian by its own
// letters, which are about a fifth of any Kazakh text; a Russian text with a
// Kazakh name stays Russian.
func languageOf(text string) string {
	latin, cyrillic, kazakh := 0, 0, 0
	for _, r := range text {
		switch {
		case strings.ContainsRune("әғқңөұүһіӘҒҚҢӨҰҮҺІ", r):
			kazakh++
			cyrillic++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
	}
	const twentieth = 20
	switch {
	case latin+cyrillic == 0:
		return ""
	case latin > cyrillic:
		return "en"
	case kazakh*twentieth >= cyrillic:
		return "kk"
	}
	return "ru"
}
