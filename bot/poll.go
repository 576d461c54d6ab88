package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"maqta/bot/chat"
)

const (
	maxPoll = 50 * time.Second // Telegram cuts longer ones

	// pollFloor is how far apart polls begin that return early and empty.
	// Telegram never answers so; a server that does must not make us spin.
	pollFloor = 200 * time.Millisecond

	// commitPause is the least time before a batch that could not be committed
	// is asked for again: polled sooner, Telegram holds the call and gives one
	// update at a time.
	commitPause = 3 * time.Second

	// quiet is the time without updates after which the offset is dropped:
	// after a week Telegram may go on at a lower id, which the old offset would
	// hide. All before it is confirmed by then, so nothing comes twice.
	quiet = 6 * 24 * time.Hour

	conflictPause = 10 * time.Second

	// arrived is how long a poll must have been under way to take for granted
	// that Telegram has read its offset, though the answer was not awaited.
	arrived = time.Second

	// confirmTimeout bounds the last call. It works by its arrival; Telegram may
	// hold the answer for seconds when the same offset was asked from just now.
	confirmTimeout = 1500 * time.Millisecond
)

// allowedUpdates is sent with every poll: left out, it would mean "as before",
// whatever that was.
const allowedUpdates = `["message","edited_message","callback_query","inline_query","my_chat_member"]`

// connect asks Telegram who we are, again and again until it says so, and takes
// away a webhook, with which it would refuse to be polled.
func (b *Bot) connect(ctx context.Context) (Self, error) {
	for attempt := 0; ctx.Err() == nil; attempt++ {
		self, err := b.getMe(ctx)
		switch {
		case err == nil:
			b.deleteWebhook(ctx)
			return self, nil
		case dead(err):
			return Self{}, fmt.Errorf("%w (%w)", ErrToken, err)
		case ctx.Err() == nil:
			wait := b.pause(attempt, err)
			b.log.Warn("telegram not reached", b.fault(err), "retry_in", wait)
			sleep(ctx, wait)
		}
	}
	return Self{}, nil
}

// dead says that asking again with the same token is of no use.
func dead(err error) bool {
	k := kindOf(err)
	return k == kindUnauthorized || k == kindNotFound
}

func (b *Bot) getMe(ctx context.Context) (Self, error) {
	raw, err := b.wire.Call(ctx, "getMe", nil)
	if err != nil {
		return Self{}, err
	}
	var me struct {
		ID     int64  `json:"id"`
		Name   string `json:"username"`
		Inline bool   `json:"supports_inline_queries"`
	}
	if err := json.Unmarshal(raw, &me); err != nil {
		return Self{}, fmt.Errorf("getMe: %w", err)
	}
	return Self{ID: chat.UserID(me.ID), Name: me.Name, CanQuery: me.Inline}, nil
}

// deleteWebhook keeps what waits to be delivered. If it fails, polling meets a
// conflict and tries again.
func (b *Bot) deleteWebhook(ctx context.Context) {
	_, err := b.wire.Call(ctx, "deleteWebhook", tgbotapi.Params{"drop_pending_updates": "false"})
	if err != nil && ctx.Err() == nil {
		b.log.Warn("webhook not removed", b.fault(err))
	}
}

// poll takes updates until ctx ends. It begins without an offset: a stored one
// would hide updates after a quiet week, when Telegram may start again at lower
// ids. It returns the offset that confirms the last applied batch, 0 when that
// was confirmed or there was none.
func (b *Bot) poll(ctx context.Context, self Self) (chat.UpdateID, error) {
	var next, confirmed chat.UpdateID // the offset to ask from; the one last asked from with success
	unconfirmed := func() chat.UpdateID {
		if next == confirmed {
			return 0
		}
		return next
	}
	failed := 0           // polls or commits in a row
	active := b.cfg.Now() // when updates last came
	for ctx.Err() == nil {
		began := b.cfg.Now()
		raws, err := b.getUpdates(ctx, next, 100, b.cfg.PollTimeout)
		if ctx.Err() != nil {
			if b.cfg.Now().Sub(began) >= arrived {
				confirmed = next
			}
			break
		}
		b.cfg.Meter.polled(err == nil)
		var wait time.Duration
		switch {
		case err != nil:
			if dead(err) {
				return unconfirmed(), fmt.Errorf("%w (%w)", ErrToken, err)
			}
			wait = b.pollFailed(ctx, failed, err)
			failed++
		case len(raws) == 0:
			confirmed, failed = next, 0
			wait = pollFloor - b.cfg.Now().Sub(began)
			if b.cfg.Now().Sub(active) > quiet {
				next, confirmed = 0, 0
			}
		default:
			confirmed, active = next, b.cfg.Now()
			last, err := b.take(ctx, raws, self)
			if err == nil {
				next, failed = last+1, 0
				break
			}
			wait = max(commitPause, b.pause(failed, err))
			failed++
			if ctx.Err() == nil { // else it was the stop that kept it from being applied
				b.log.Error("updates not applied", b.fault(err), "updates", len(raws), "retry_in", wait)
			}
		}
		if wait > 0 && !sleep(ctx, wait) {
			break
		}
	}
	return unconfirmed(), nil
}

// pollFailed logs a failed poll and says how long to wait.
func (b *Bot) pollFailed(ctx context.Context, failed int, err error) time.Duration {
	wait := b.pause(failed, err)
	switch kindOf(err) {
	case kindConflict:
		wait = max(wait, conflictPause)
		b.log.Error("another program polls with the same token; stop one of the two", b.fault(err), "retry_in", wait)
	case kindWebhook:
		b.log.Warn("a webhook is set; removing it", b.fault(err), "retry_in", wait)
		b.deleteWebhook(ctx)
	case kindFlood:
		b.cfg.Meter.flooded("getUpdates", wait)
		b.log.Warn("telegram asks for silence", "method", "getUpdates", "retry_in", wait)
	default:
		b.log.Warn("poll without an answer", b.fault(err), "retry_in", wait)
	}
	return wait
}

// getUpdates asks for updates from an offset on, which confirms all before it.
// They stay raw, so that one that cannot be decoded does not hide the others.
func (b *Bot) getUpdates(ctx context.Context, from chat.UpdateID, limit int, hold time.Duration) ([]json.RawMessage, error) {
	p := tgbotapi.Params{
		"limit":           strconv.Itoa(limit),
		"timeout":         strconv.Itoa(int(hold / time.Second)),
		"allowed_updates": allowedUpdates,
	}
	if from != 0 {
		p["offset"] = formatID(from)
	}
	raw, err := b.wire.Call(ctx, "getUpdates", p)
	if err != nil {
		return nil, err
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("getUpdates: %w", err)
	}
	return list, nil
}

// take makes a batch durable and returns its last id. Nothing of it is
// confirmed unless all of it is safe: applied, or in quarantine. What is under
// way when ctx ends is finished.
func (b *Bot) take(ctx context.Context, raws []json.RawMessage, self Self) (chat.UpdateID, error) {
	at := b.cfg.Now()
	events := make([]event, 0, len(raws))
	type broken struct {
		raw   json.RawMessage
		cause error
	}
	var bad []broken
	var last chat.UpdateID
	known := false // whether any update has an id
	counts := make(map[string]int, 4)
	for _, raw := range raws {
		ev, err := decode(raw, self, at)
		if !errors.Is(err, errNoID) {
			last, known = ev.ID, true
		}
		if err != nil {
			counts["undecodable"]++
			bad = append(bad, broken{raw, err})
			continue
		}
		counts[kindOfInput(ev.In)]++
		if ev.In != nil {
			events = append(events, ev)
		}
	}
	if !known {
		return 0, fmt.Errorf("none of %d updates can be confirmed: %w", len(raws), errNoID)
	}
	done := context.WithoutCancel(ctx)
	if err := b.applyAll(ctx, done, events); err != nil {
		return 0, err
	}
	// After Apply, so that a batch that comes again is not quarantined twice.
	for _, q := range bad {
		b.log.Error("update not decoded", b.fault(q.cause))
		if err := b.sink.Quarantine(done, q.raw, q.cause); err != nil {
			return 0, fmt.Errorf("quarantine an update: %w", err)
		}
	}
	for k, n := range counts {
		b.cfg.Meter.updates(k, n)
	}
	return last, nil
}

// applyAll hands over a batch. People who sent a document wait for its
// download, with everything else they did; the others are answered first.
func (b *Bot) applyAll(ctx, done context.Context, events []event) error {
	now, later := splitByFiles(events)
	if err := b.apply(done, now); err != nil {
		return err
	}
	patience, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	for len(later) > 0 {
		some := later[:portion(later)]
		later = later[len(some):]
		b.fetch(patience, some)
		if ctx.Err() != nil {
			// Stopping: a document not fetched because of that comes again.
			return fmt.Errorf("fetch documents: %w", ctx.Err())
		}
		if err := b.apply(done, some); err != nil {
			return err
		}
		for i := range some {
			some[i].In = nil // let go of the bytes
		}
	}
	return nil
}

// splitByFiles parts the chats without a document in this batch from those
// with one, keeping the order within each chat.
func splitByFiles(events []event) (now, later []event) {
	var held map[chat.ChatID]bool
	for i := range events {
		if events[i].fileID != "" {
			if held == nil {
				held = make(map[chat.ChatID]bool)
			}
			held[events[i].Chat] = true
		}
	}
	if held == nil {
		return events, nil
	}
	for _, ev := range events {
		if held[ev.Chat] {
			later = append(later, ev)
		} else {
			now = append(now, ev)
		}
	}
	return now, later
}

func (b *Bot) apply(ctx context.Context, events []event) error {
	if len(events) == 0 {
		return nil
	}
	batch := make([]chat.Update, len(events))
	for i := range events {
		batch[i] = events[i].Update
	}
	began := b.cfg.Now()
	if err := b.sink.Apply(ctx, batch); err != nil {
		return fmt.Errorf("apply updates: %w", err)
	}
	b.cfg.Meter.batch(len(batch), b.cfg.Now().Sub(began))
	b.Wake()
	return nil
}

// confirm tells Telegram, with one short call, that the last batch was applied.
// Without it the batch would come again after the next start; that is harmless,
// so a failure is only noted.
func (b *Bot) confirm(ctx context.Context, next chat.UpdateID) {
	if next == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, confirmTimeout)
	defer cancel()
	if _, err := b.getUpdates(ctx, next, 1, 0); err != nil && ctx.Err() == nil {
		b.log.Warn("last updates not confirmed", b.fault(err))
	}
}

// sleep waits; it reports false when ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
