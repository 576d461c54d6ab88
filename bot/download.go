package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"maqta/bot/chat"
)

const (
	// fetchTime is how long a batch waits for the documents in it; people are
	// told to send again what did not come in time.
	fetchTime  = 15 * time.Second
	fetchTries = 3

	// fetchers is how many documents are fetched, and held in memory, at once.
	fetchers = 8
)

// portion is how many of the events may be fetched and applied at once.
func portion(events []event) int {
	documents := 0
	for i := range events {
		if events[i].fileID == "" {
			continue
		}
		if documents++; documents > fetchers {
			return i
		}
	}
	return len(events)
}

// fetch fills in the bytes of the documents among events, or the reason why
// they are missing.
func (b *Bot) fetch(ctx context.Context, events []event) {
	var all sync.WaitGroup
	for i := range events {
		ev := &events[i]
		if ev.fileID == "" {
			continue
		}
		all.Go(func() {
			doc := ev.In.(chat.Uploaded) //nolint:forcetypeassert // only documents have a file id
			doc.Bytes, doc.Problem = b.document(ctx, ev.fileID, doc.Size)
			ev.In = doc
		})
	}
	all.Wait()
}

// document fetches one, trying again after what may pass.
func (b *Bot) document(ctx context.Context, fileID string, size int64) ([]byte, chat.UploadProblem) {
	if size > b.cfg.MaxUpload {
		return nil, chat.UploadTooLarge
	}
	for try := 0; ; try++ {
		bytes, err := b.getFile(ctx, fileID)
		switch {
		case err == nil:
			return bytes, ""
		case errors.Is(err, errTooLong) || kindOf(err) == kindTooLarge:
			return nil, chat.UploadTooLarge
		}
		k := kindOf(err)
		wait := b.pause(try, err)
		if try+1 == fetchTries || k != kindTemporary && k != kindFlood || !sleep(ctx, wait) {
			b.log.Warn("document not fetched", b.fault(err), "tries", try+1)
			return nil, chat.UploadUnreachable
		}
	}
}

func (b *Bot) getFile(ctx context.Context, fileID string) ([]byte, error) {
	raw, err := b.wire.Call(ctx, "getFile", tgbotapi.Params{"file_id": fileID})
	if err != nil {
		return nil, err
	}
	var f struct {
		Path string `json:"file_path"`
		Size int64  `json:"file_size"`
	}
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, fmt.Errorf("getFile: %w", err)
	}
	if f.Size > b.cfg.MaxUpload {
		return nil, errTooLong
	}
	return b.wire.Download(ctx, f.Path, b.cfg.MaxUpload)
}
