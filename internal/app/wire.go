package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"net/http"
	"sync"
	"time"

	"maqta/bot"
	"maqta/bot/chat"
	"maqta/handlers"
	"maqta/storage"
)

// parts is what one running bot is made of.
type parts struct {
	api       string
	token     Secret
	transport http.RoundTripper // nil: the network
	pace      bot.Pace
	zone      *time.Location
	contact   map[chat.Lang]chat.Quote
	admins    []chat.UserID
	now       func() time.Time
	log       *slog.Logger
	metrics   *metrics
}

// assembled is a bot ready to run on an open store.
type assembled struct {
	bot    *bot.Bot
	router *handlers.Router
}

// loadMind begins to load facts, lexicons and texts, which takes most of the
// time of a start, and returns the function that waits for them.
func loadMind(zone *time.Location) func() (*handlers.Mind, error) {
	load := sync.OnceValues(func() (*handlers.Mind, error) { return handlers.NewMind(zone) })
	go func() { _, _ = load() }() // who needs it gets the error too
	return load
}

// assemble joins storage, handlers and bot.
func assemble(p parts, load func() (*handlers.Mind, error), db *storage.DB) (assembled, error) {
	mind, err := load()
	if err != nil {
		return assembled{}, fmt.Errorf("load facts and texts: %w", err)
	}
	var b *bot.Bot // made below of the router, which asks it for its name only in a conversation
	router := handlers.New(handlers.Config{
		Store: db, Mind: mind, Contact: p.contact, Admins: p.admins, Limit: p.pace != bot.PaceOff, Log: p.log,
		BotName: func() string { self, _ := b.Self(); return self.Name },
		Missed:  func(n int) { p.metrics.missed.Add(float64(n)) },
		Broken: func(quarantined, unproved int) {
			p.metrics.broken.WithLabelValues("quarantined").Add(float64(quarantined))
			p.metrics.broken.WithLabelValues("unproved").Add(float64(unproved))
		},
	})
	about, err := profile(mind.Words)
	if err != nil {
		return assembled{}, fmt.Errorf("word the profile: %w", err)
	}
	b, err = bot.New(bot.Config{
		Token: string(p.token), API: p.api, Transport: p.transport, Pace: p.pace, Profile: about,
		Now: p.now, Rand: mathrand.Float64, Log: p.log, Meter: p.metrics.meter(),
	}, sink{router, p.now}, db, artist{mind})
	if err != nil {
		return assembled{}, fmt.Errorf("make the bot: %w", err)
	}
	return assembled{b, router}, nil
}

// sink gives the router the time at which an update turned out to be unreadable.
type sink struct {
	*handlers.Router
	now func() time.Time
}

// Quarantine implements [bot.Sink].
func (s sink) Quarantine(ctx context.Context, raw []byte, cause error) error {
	return s.Router.Quarantine(ctx, raw, s.now(), cause)
}

// artist draws what outbox rows describe.
type artist struct{ mind *handlers.Mind }

// Draw implements [bot.Files].
func (a artist) Draw(ctx context.Context, f chat.File) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("draw %s: %w", f.Kind, err)
	}
	return a.mind.Draw(f)
}

// newPersonKey makes a key that cannot be guessed from its number.
func newPersonKey(uint64) storage.PersonKey { return storage.PersonKey(rand.Text()) }

// openStore opens the store with keys for real people.
func openStore(path string) (*storage.DB, error) {
	return storage.Open(storage.Options{Path: path, NewKey: newPersonKey})
}
