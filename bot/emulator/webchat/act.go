package webchat

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"maqta/bot/transcript"
)

const (
	maxAct    = 64 << 10 // bytes of an action
	maxUpload = 25 << 20 // somewhat more than a bot may fetch, so that its refusal can be seen
	maxText   = 4096     // letters that the apps let one write at once
	maxName   = 64

	// spinning is how long a button turns when nobody answers; Telegram's apps
	// give up at about the time when the press can no longer be answered.
	spinning = 3 * time.Minute
)

// act is what a person does. Do says what; the rest depends on it.
type act struct {
	Person  int64  `json:"person"`
	Do      string `json:"do"`
	Text    string `json:"text"`    // say, reply, edit, inline, other (the kind), start (the payload), choose (the result)
	Message int64  `json:"message"` // reply, edit, tap
	Data    string `json:"data"`    // tap
	Name    string `json:"name"`    // profile
	Lang    string `json:"lang"`    // profile
}

// done is the answer to an act: the message that it left, 0 when none.
type done struct {
	Message int64 `json:"message"`
}

var errNoPerson = errors.New("there is no such person on the page")

func (p *page) serveAct(w http.ResponseWriter, r *http.Request) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		refuse(w, http.StatusUnsupportedMediaType, "an action is a JSON object")
		return
	}
	var in act
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxAct))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		refuse(w, http.StatusBadRequest, "read the action: "+err.Error())
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	who := p.find(in.Person)
	if who == nil {
		refuse(w, http.StatusNotFound, errNoPerson.Error())
		return
	}
	message, err := p.do(who, in)
	if err != nil {
		refuse(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	p.tell()
	answer(w, http.StatusOK, done{message})
}

// do performs an action and records it. The caller holds the lock.
func (p *page) do(who *actor, in act) (int64, error) {
	switch in.Do {
	case "say", "reply", "edit":
		if strings.TrimSpace(in.Text) == "" {
			return 0, errors.New("an empty message is not sent")
		}
		if utf8.RuneCountInString(in.Text) > maxText {
			return 0, fmt.Errorf("a message has at most %d letters", maxText)
		}
	}
	p.see()
	at := p.now()
	a := transcript.Action{Kind: transcript.Kind(in.Do), Text: in.Text}
	var sent int64
	switch in.Do {
	case "say":
		sent = who.Say(in.Text)
	case "start":
		sent = who.Start(in.Text)
		a = transcript.Action{Kind: transcript.Say, Text: strings.TrimSpace("/start " + in.Text)}
	case "reply":
		sent, a.Message = who.Reply(in.Message, in.Text), in.Message
	case "edit":
		if err := who.Edit(in.Message, in.Text); err != nil {
			return 0, err
		}
		a.Message = in.Message
	case "tap":
		id, err := who.Tap(in.Message, in.Data)
		if err != nil {
			return 0, err
		}
		if id == "" {
			return 0, nil // the button asks the bot for nothing
		}
		who.waiting = append(who.waiting, press{id: id, Message: in.Message, Data: in.Data, until: at.Add(spinning)})
		a.Text, a.Data, a.Message = "", in.Data, in.Message
	case "other":
		if !wordlessKind(in.Text) {
			return 0, fmt.Errorf("the page cannot send %q", in.Text)
		}
		sent = who.Wordless(in.Text)
	case "block":
		who.Block()
	case "unblock":
		who.Unblock()
	case "inline":
		who.query = query{who.InlineQuery(in.Text), in.Text}
		who.seen.queries = append(who.seen.queries, who.query.id)
	case "choose":
		return who.Choose(in.Text) // which the bot is not asked about: nothing to play again
	case "profile":
		return 0, p.setProfile(who, in.Name, in.Lang)
	default:
		return 0, fmt.Errorf("nobody can %q", in.Do)
	}
	p.script.Did(who.transcript(), a, sent, at)
	return sent, nil
}

// wordlessKind reports whether the page sends messages of the kind.
func wordlessKind(kind string) bool {
	switch kind {
	case "voice", "photo", "sticker", "location", "contact", "video":
		return true
	}
	return false
}

// setProfile changes what the app tells of its owner.
func (p *page) setProfile(who *actor, name, lang string) error {
	profile := who.Profile()
	if name = strings.TrimSpace(name); name != "" {
		if utf8.RuneCountInString(name) > maxName {
			return fmt.Errorf("a name has at most %d letters", maxName)
		}
		profile.FirstName = name
	}
	if lang != "" {
		if !languageTag(lang) {
			return fmt.Errorf("%q is no language of an app", lang)
		}
		profile.LanguageCode = lang
	}
	p.server.Person(profile)
	return nil
}

// languageTag reports whether a text looks like "kk" or "pt-br".
func languageTag(s string) bool {
	first, rest, _ := strings.Cut(s, "-")
	if len(first) < 2 || len(first) > 3 || len(rest) > 8 {
		return false
	}
	return strings.IndexFunc(first+rest, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) }) < 0
}

// serveUpload takes a document: the body as it is, its name and owner in the
// query.
func (p *page) serveUpload(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.URL.Query().Get("person"), 10, 64)
	if err != nil {
		refuse(w, http.StatusBadRequest, "whose file it is, a number says")
		return
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpload))
	if err != nil {
		refuse(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("a file has at most %d MB", maxUpload>>20))
		return
	}
	name := fileName(r.URL.Query().Get("name"))
	kind := r.Header.Get("Content-Type")
	if kind == "" {
		kind = "application/octet-stream"
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	who := p.find(id)
	if who == nil {
		refuse(w, http.StatusNotFound, errNoPerson.Error())
		return
	}
	p.see()
	at := p.now()
	sent := who.Upload(name, kind, data)
	p.script.Did(who.transcript(), transcript.Action{Kind: transcript.Upload, Text: name, Bytes: data}, sent, at)
	p.tell()
	answer(w, http.StatusOK, done{sent})
}

// fileName keeps of a name what a message and a script can bear.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name))
	if name == "" || name == "." || name == "/" {
		return "file"
	}
	return name
}

// maxSkip bounds one move of the clock.
const maxSkip = 366

// serveClock moves the clock forward by days.
func (p *page) serveClock(w http.ResponseWriter, r *http.Request) {
	days, err := strconv.Atoi(r.URL.Query().Get("days"))
	switch {
	case p.skip == nil:
		refuse(w, http.StatusNotFound, "this clock cannot be moved")
		return
	case err != nil || days < 1 || days > maxSkip:
		refuse(w, http.StatusBadRequest, fmt.Sprintf("the clock goes forward by 1 to %d days", maxSkip))
		return
	}
	const day = 24 * time.Hour
	p.mu.Lock()
	defer p.mu.Unlock()
	p.see()
	p.skip(time.Duration(days) * day)
	p.script.Moved(p.now())
	p.tell()
	answer(w, http.StatusOK, done{})
}

// serveFile gives a picture to look at, anything else to keep.
func (p *page) serveFile(w http.ResponseWriter, r *http.Request) {
	data, ok := p.server.FileBytes(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	kind := http.DetectContentType(data)
	switch kind {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
	default:
		kind = "application/octet-stream"
		w.Header().Set("Content-Disposition", "attachment")
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data) // a reader that left needs no file
}

// transcript is the person as scripts name them.
func (a *actor) transcript() transcript.Person {
	profile := a.Profile()
	return transcript.Person{Name: a.name, Lang: profile.LanguageCode, ID: profile.ID}
}
