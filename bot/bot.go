// Package bot polls Telegram, hands over batches of updates and drains the
// outbox.
//
// What it promises: an update is confirmed to Telegram only after [Sink] has
// made its effect durable, and a row of the outbox is settled only after
// Telegram has answered. So a crash repeats work and never loses it. Updates
// and messages of one chat keep their order; a slow, blocked or flooded chat
// delays nobody else; when Telegram asks for silence it gets it.
//
// What it cannot promise: Telegram knows no idempotency key. A message whose
// answer was cut off, or was not settled before a kill, is sent again.
//
// The package knows chats and messages and refuses to know what they are about.
// The library telegram-bot-api is its wire and nothing more: the library's own
// polling loses updates, its errors hold the token, and it has no contexts.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"maqta/bot/chat"
)

// Sink takes what people did.
type Sink interface {
	// Apply makes the effect of a batch durable, once for each update id, or
	// returns an error and leaves no trace; then the same updates come again.
	Apply(ctx context.Context, batch []chat.Update) error
	// Quarantine keeps an update that cannot be decoded. After an error, and
	// after a crash, the same one may come again.
	Quarantine(ctx context.Context, raw []byte, cause error) error
}

// Outbox keeps what we have to say.
type Outbox interface {
	// Due returns rows with Seq > after in order, at most max.
	Due(ctx context.Context, after chat.Seq, max int) ([]chat.Outgoing, error)
	// Settle records what became of rows, all in one transaction. A row may be
	// settled several times (relocated, postponed) before it is done.
	Settle(ctx context.Context, done []chat.Delivery) error
	// SentAs finds the message that was sent with a token, 0 when there is none.
	SentAs(ctx context.Context, to chat.ChatID, token string) (chat.MessageID, error)
}

// Files draws what a row only describes. It is called when the row's turn
// comes, for several rows at a time.
type Files interface {
	Draw(ctx context.Context, f chat.File) ([]byte, error)
}

// Pace says how sending is slowed down before Telegram has to ask for it.
type Pace string

// The paces. Whatever the pace, a 429 is obeyed.
const (
	PaceTelegram Pace = "telegram" // Telegram's published limits
	PaceOff      Pace = "off"      // none, for load tests
)

// Config is what a [Bot] needs to know. Token, Now, Rand and Log are required.
type Config struct {
	Token     string
	API       string            // base address, "" for https://api.telegram.org
	Transport http.RoundTripper // replaces the network, for the emulator; nil: the network

	Pace        Pace          // "": PaceTelegram
	Senders     int           // requests in flight at most, 0: 64
	PollTimeout time.Duration // how long Telegram holds a poll, 0: 50 s, which is its limit
	Drain       time.Duration // how long a stop waits for requests in flight, 0: 10 s
	MaxUpload   int64         // bytes of a document that a person sends, 0: 5 MiB; Telegram's limit is 20 MB

	Profile Profile // what the bot says about itself; the zero value leaves Telegram's as it is

	Now   func() time.Time // must advance; stamps updates and measures waiting
	Rand  func() float64   // in [0,1): spreads retries; safe for concurrent use
	Log   *slog.Logger
	Meter Meter
}

// Self is what Telegram says about the bot.
type Self struct {
	ID       chat.UserID
	Name     string // the username, without @
	CanQuery bool   // inline mode is switched on
}

// Bot serves one bot token. Its methods may be called from any goroutine; Run
// only once at a time.
type Bot struct {
	cfg    Config
	wire   api
	clean  func(error) error // takes the token out of an error
	sink   Sink
	outbox Outbox
	files  Files
	log    *slog.Logger
	wake   chan struct{} // holds one signal: new rows may be there
	self   atomic.Pointer[Self]
}

// New checks the configuration and calls nobody.
func New(cfg Config, sink Sink, outbox Outbox, files Files) (*Bot, error) {
	if cfg.Now == nil || cfg.Rand == nil || cfg.Log == nil {
		return nil, errors.New("new bot: Now, Rand and Log are required")
	}
	if cfg.Pace == "" {
		cfg.Pace = PaceTelegram
	}
	if cfg.Pace != PaceTelegram && cfg.Pace != PaceOff {
		return nil, fmt.Errorf("new bot: unknown pace %q", cfg.Pace)
	}
	cfg.API = or(cfg.API, "https://api.telegram.org")
	cfg.Senders = or(max(cfg.Senders, 0), 64)
	cfg.PollTimeout = or(min(max(cfg.PollTimeout, 0), maxPoll), maxPoll)
	cfg.Drain = or(max(cfg.Drain, 0), 10*time.Second)
	cfg.MaxUpload = or(max(cfg.MaxUpload, 0), 5<<20)
	wire, err := newClient(cfg)
	if err != nil {
		return nil, fmt.Errorf("new bot: %w", err)
	}
	return &Bot{
		cfg: cfg, wire: wire, clean: wire.clean, sink: sink, outbox: outbox, files: files,
		log: cfg.Log, wake: make(chan struct{}, 1),
	}, nil
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// Wake says that the outbox has new rows. It never blocks. Rows written by
// [Sink.Apply] need no call.
func (b *Bot) Wake() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// Self returns what Telegram said about the bot, false before it was asked.
func (b *Bot) Self() (Self, bool) {
	if s := b.self.Load(); s != nil {
		return *s, true
	}
	return Self{}, false
}

// Run serves until ctx ends, then stops cleanly: the batch in work is finished,
// requests in flight are awaited and settled, and the last batch is confirmed.
// Rows not yet begun stay in the outbox. It returns nil after a clean stop, an
// error wrapping [ErrToken] when Telegram does not know the bot, or what kept
// the last results from being settled.
func (b *Bot) Run(ctx context.Context) error {
	serving, stop := context.WithCancel(ctx)
	defer stop()
	outlasting := context.WithoutCancel(ctx) // for what a stop still has to do

	send := newSender(b)
	var unsent error
	var sending, publishing sync.WaitGroup
	sending.Go(func() { unsent = send.run(outlasting, stop) })
	next, err := b.serve(serving, &publishing)
	// The sender stops only now that no Apply is running any more, so it is not
	// idle while a long batch ends.
	stop()
	publishing.Wait()
	send.stop()
	sending.Wait()
	if err == nil {
		b.confirm(outlasting, next)
	}
	return errors.Join(err, unsent)
}

// serve learns who we are, then polls until ctx ends. It returns the offset
// that confirms what was applied last, 0 when nothing is left to confirm.
func (b *Bot) serve(ctx context.Context, background *sync.WaitGroup) (chat.UpdateID, error) {
	self, err := b.connect(ctx)
	if err != nil {
		return 0, err
	}
	b.self.Store(&self)
	if !b.cfg.Profile.empty() {
		background.Go(func() {
			if err := b.Publish(ctx, b.cfg.Profile); err != nil && ctx.Err() == nil {
				b.log.Warn("profile not brought up to date", b.fault(err))
			}
		})
	}
	return b.poll(ctx, self)
}

// fault is an error for the log. It passes the redactor once more: errors of
// the wire are clean already, but they are not the only ones.
func (b *Bot) fault(err error) slog.Attr { return slog.String("error", b.clean(err).Error()) }
