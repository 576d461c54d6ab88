// Package webchat is the page that lets one be the user: citizen, owner and
// official side by side, each in a private chat with the bot of an
// [emulator.Server]. It shows what Telegram's apps would show, moves the clock,
// and saves what was done and seen as a chat script that tests can play.
//
// The page has no passwords, so it refuses every host but loopback and every
// change that another site asks for. It shows texts of the bot as text, never as
// markup, loads nothing from elsewhere, and keeps no messages but those that the
// emulator and the script keep.
package webchat

import (
	"embed"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"maqta/bot/emulator"
	"maqta/bot/transcript"
)

// Role is the part that a person plays. The page shows it; what somebody may do,
// the bot decides by itself.
type Role string

// The parts that stand side by side.
const (
	Citizen  Role = "citizen"
	Owner    Role = "owner"
	Official Role = "official"
)

// Person is somebody whom the page lets one be.
type Person struct {
	ID   int64
	Name string // their first name
	Lang string // of their app, an IETF tag such as "kk"
	Role Role
}

// Options say whom the page shows and what its clock is. Server and Now are
// required.
type Options struct {
	Server *emulator.Server
	People []Person // in the order of the columns
	Now    func() time.Time
	Skip   func(time.Duration) // moves Now forward; nil: the page has no clock button
}

// files are the page itself.
//
//go:embed page
var files embed.FS

// New makes the handler of the page. It registers the people with the server.
func New(o Options) http.Handler {
	if o.Server == nil || o.Now == nil {
		panic("webchat: Options.Server and Options.Now are required")
	}
	p := &page{
		server: o.Server, now: o.Now, skip: o.Skip, changed: make(chan struct{}),
		script: transcript.NewRecorder("chat.txtar", scriptComment),
	}
	for _, who := range o.People {
		p.people = append(p.people, newActor(o.Server, who, p.scriptName(who.Role)))
	}
	return guard(p.routes())
}

// page is the state that all windows share.
type page struct {
	server *emulator.Server
	now    func() time.Time
	skip   func(time.Duration)

	mu      sync.Mutex
	people  []*actor
	script  *transcript.Recorder
	changed chan struct{} // closed and replaced when something changes that the emulator does not tell
}

// actor is one person of the page.
type actor struct {
	*emulator.Person
	role    Role
	name    string // in scripts: no blanks, and the same whatever the profile says
	waiting []press
	query   query
	seen    seen
}

// press is a pressed button whose answer has not come.
type press struct {
	id      string
	Message int64  `json:"message"`
	Data    string `json:"data"`
	until   time.Time
}

// query is the latest inline query.
type query struct{ id, text string }

func newActor(s *emulator.Server, who Person, name string) *actor {
	return &actor{
		Person: s.Person(emulator.Profile{ID: who.ID, FirstName: who.Name, LanguageCode: who.Lang}),
		role:   who.Role, name: name,
	}
}

// scriptName names a person in scripts by the role, numbered where several play
// one.
func (p *page) scriptName(role Role) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, string(role))
	if name == "" {
		name = "person"
	}
	same := 0
	for _, a := range p.people {
		if a.role == role {
			same++
		}
	}
	if same > 0 {
		name += strconv.Itoa(same + 1)
	}
	return name
}

// find returns the actor with an id, nil when there is none; the caller holds
// the lock.
func (p *page) find(id int64) *actor {
	for _, a := range p.people {
		if a.Profile().ID == id {
			return a
		}
	}
	return nil
}

// tell wakes the windows; the caller holds the lock.
func (p *page) tell() {
	close(p.changed)
	p.changed = make(chan struct{})
}

func (p *page) routes() http.Handler {
	root, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	static := http.FileServerFS(root)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, root, "page.html")
	})
	mux.Handle("GET /page/", http.StripPrefix("/page/", static))
	mux.HandleFunc("GET /events", p.serveEvents)
	mux.HandleFunc("GET /file/{id}", p.serveFile)
	mux.HandleFunc("GET /script", p.serveScript)
	mux.HandleFunc("POST /act", p.serveAct)
	mux.HandleFunc("POST /upload", p.serveUpload)
	mux.HandleFunc("POST /clock", p.serveClock)
	return mux
}
