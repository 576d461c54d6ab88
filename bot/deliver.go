package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"maqta/bot/chat"
)

// job is one row on its way, with what the sender knows about it.
type job struct {
	lane  *lane
	item  item
	to    chat.ChatID    // where the chat is now
	known chat.MessageID // the message named by Retire, 0: ask the outbox
	class class
	heavy bool // it uploads a file
	began time.Time
}

// result is what became of a job.
type result struct {
	job
	delivery chat.Delivery // an empty Outcome: nothing is to be recorded, the row is left as it is
	wait     time.Duration // with Postponed
	cause    error         // with Postponed: why
	flood    string        // the method that was answered with 429
	answered bool          // with Postponed: Telegram itself could not do it
	fatal    error         // the token is not valid
}

// deliver sends one row and says what became of it. It calls Telegram once,
// and again only where an answer tells how the message can still be delivered
// in a simpler form.
func (b *Bot) deliver(ctx context.Context, j job) result {
	r := result{job: j, delivery: chat.Delivery{Seq: j.item.seq, Chat: j.to}}
	row := j.item.row
	if row == nil {
		rows, err := b.outbox.Due(ctx, j.item.seq-1, 1)
		if err != nil {
			return b.failed(ctx, r, fmt.Errorf("read a row again: %w", err))
		}
		if len(rows) == 0 || rows[0].Seq != j.item.seq {
			return r // dropped in the meantime: its chat was parked or forgotten
		}
		row = &rows[0]
	}
	m := row.Message
	m.To = j.to
	r.delivery.Message, r.delivery.Token = m.Target, m.Token
	if m.Act == chat.Strip && m.Target == 0 {
		m.Target = j.known
		if m.Target == 0 && m.Retire != "" {
			id, err := b.outbox.SentAs(ctx, j.to, m.Retire)
			if err != nil {
				return b.failed(ctx, r, fmt.Errorf("find a sent message: %w", err))
			}
			m.Target = id
		}
		if m.Target == 0 {
			r.delivery.Outcome = chat.Stale // it was never sent: there is nothing to take off
			return r
		}
	}
	f := form{fileID: j.item.fileID}
	for {
		again, err := b.try(ctx, &m, &f, &r)
		if err == nil {
			return r
		}
		if again {
			continue
		}
		return b.failed(ctx, r, err)
	}
}

// try makes one call. After an error it reports whether a simpler form, which
// it has set, is worth another call. Each form is taken at most once, so this
// ends.
func (b *Bot) try(ctx context.Context, m *chat.Message, f *form, r *result) (again bool, err error) {
	if m.File != nil && !f.noFile && f.fileID == "" && f.bytes == nil && m.Act != chat.Strip {
		if f.bytes, err = b.draw(ctx, *m.File); err != nil {
			err = &messageError{fmt.Errorf("draw %s: %w", m.File.Kind, err)}
			if ctx.Err() != nil || m.HTML == "" {
				return false, err
			}
			b.log.Error("file not drawn; its caption is sent alone", b.fault(err), "kind", m.File.Kind)
			f.noFile = true
			return true, err
		}
	}
	c, err := encode(m, *f)
	if err != nil {
		return false, &messageError{err}
	}
	raw, err := b.wire.Call(ctx, c.method, c.params, c.file...)
	if err == nil {
		return false, b.succeeded(raw, m, f, r)
	}
	if kindOf(err) == kindFlood {
		r.flood = c.method
	}
	if !f.simplify(m, kindOf(err)) {
		return false, err
	}
	level := slog.LevelError // our bug, or an old server
	if k := kindOf(err); k == kindNoMessage || k == kindBadFileID {
		level = slog.LevelInfo // the person deleted a message, or the bot got another token
	}
	b.log.Log(ctx, level, "message sent in a simpler form", b.fault(err), "seq", uint64(r.item.seq))
	return true, err
}

// draw makes a file. A drawer that panics must not take the bot with it: after
// the restart the same row would do the same.
func (b *Bot) draw(ctx context.Context, f chat.File) (bytes []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	bytes, err = b.files.Draw(ctx, f)
	if err == nil && len(bytes) == 0 {
		err = errors.New("an empty file")
	}
	return bytes, err
}

// simplify sets the next simpler form after an answer of this kind; it reports
// false when there is none left.
func (f *form) simplify(m *chat.Message, k kind) bool {
	file := m.File != nil && !f.noFile
	switch {
	case k == kindBadHTML && !f.plain && m.Act != chat.Offer:
		f.plain = true
	case k == kindNoMessage && m.Act == chat.Edit && !f.fresh:
		f.fresh = true
	case k == kindBadButton && !f.simple:
		f.simple = true
	case k == kindBadFileID && f.fileID != "":
		// Another bot's id, or one that Telegram has forgotten.
		f.fileID = ""
	case file && (k == kindBadPhoto || k == kindNotFound) && m.File.Photo && !f.document:
		f.document = true
	case file && (k == kindNotFound || k == kindTooLarge) && m.HTML != "":
		f.noFile = true
	default:
		return false
	}
	return true
}

// succeeded reads the answer: the message's id and the file's. An answer that
// cannot be read is still a sent message, and must not be sent again.
func (b *Bot) succeeded(raw json.RawMessage, m *chat.Message, f *form, r *result) error {
	r.delivery.Outcome = chat.Sent
	if m.Act == chat.Answer || m.Act == chat.Offer {
		return nil
	}
	if len(raw) == 0 || raw[0] != '{' { // an edit may be answered with true
		r.delivery.Message = m.Target
		return nil
	}
	var sent struct {
		ID       chat.MessageID `json:"message_id"`
		Document struct {
			FileID string `json:"file_id"`
		} `json:"document"`
		Photo []struct {
			FileID string `json:"file_id"`
		} `json:"photo"`
	}
	if err := json.Unmarshal(raw, &sent); err != nil {
		b.log.Error("answer to a sent message not understood", b.fault(err), "seq", uint64(r.item.seq))
		return nil
	}
	r.delivery.Message = sent.ID
	if f.bytes != nil && !f.noFile {
		r.delivery.FileID = sent.Document.FileID
		if n := len(sent.Photo); n > 0 {
			r.delivery.FileID = sent.Photo[n-1].FileID // the last is the largest
		}
		if r.delivery.FileID != "" {
			r.delivery.File = m.File
		}
	}
	return nil
}

// failed turns an error into an outcome.
func (b *Bot) failed(ctx context.Context, r result, err error) result {
	if ctx.Err() != nil {
		// We gave up ourselves. Whether Telegram took it is not known: the row
		// stays and is sent again.
		r.delivery.Outcome = ""
		return r
	}
	r.cause = err
	answerable := r.item.act == chat.Answer || r.item.act == chat.Offer
	api, fromAPI := errors.AsType[*APIError](err)
	d := &r.delivery
	switch k := kindOf(err); k {
	case kindNotModified:
		d.Outcome = chat.Sent
	case kindTooOld:
		d.Outcome = chat.Stale
	case kindUnreachable:
		d.Outcome = chat.Unreachable
		if answerable {
			d.Outcome = chat.Stale // the press is void; the chat's own messages will tell
		}
	case kindMoved:
		d.Outcome, d.MovedTo = chat.Relocated, api.MigrateTo
		if r.item.hops >= maxHops {
			d.Outcome, d.Reason = chat.Refused, "the chat moves in circles"
		}
	case kindNoMessage, kindNotFound:
		switch {
		case r.item.act == chat.Strip || answerable:
			d.Outcome = chat.Stale // gone, or a server that does not know the method
		case k == kindNotFound:
			// A token that is no longer valid looks like this too; the poll
			// finds that out and stops the bot.
			d.Outcome, r.wait = chat.Postponed, b.pause(r.item.attempts, err)
		default:
			d.Outcome, d.Reason = chat.Refused, b.clean(err).Error()
		}
	case kindUnauthorized:
		d.Outcome, r.fatal = "", fmt.Errorf("%w (%w)", ErrToken, err)
	case kindTemporary, kindFlood, kindConflict, kindWebhook:
		d.Outcome, r.wait = chat.Postponed, b.pause(r.item.attempts, err)
		r.answered = fromAPI && !api.Foreign && api.Code == http.StatusInternalServerError
	case kindBadHTML, kindBadButton, kindBadFileID, kindBadPhoto, kindTooLarge, kindRefused:
		d.Outcome, d.Reason = chat.Refused, b.clean(err).Error()
	}
	if d.Outcome == chat.Refused {
		b.log.Error("message refused", b.fault(err), "seq", uint64(r.item.seq), "act", string(r.item.act))
	}
	return r
}
