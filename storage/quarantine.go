package storage

import (
	"encoding/json"
	"time"
)

// Isolated is something that could not be handled and must not block the rest.
type Isolated struct {
	Kind  string          `json:"kind"` // "update", "raw" or "message"
	At    time.Time       `json:"at"`
	Cause string          `json:"cause"`
	Raw   json.RawMessage `json:"raw,omitempty"`
}

// quarantine: updates that broke a handler or could not be decoded, and
// messages that Telegram refused. Each is a bug to be mended with a test.
//
//	key        sequence
//	value      Isolated
//	retention  the last 1,000
var quarantine = table[uint64, Isolated]{name: "quarantine", key: uint64Key}

const quarantineKept = 1000

// Isolate puts something aside and drops the oldest beyond 1,000.
func (tx *Tx) Isolate(i Isolated) error {
	n, err := quarantine.next(tx.bolt)
	if err != nil {
		return err
	}
	if n > quarantineKept {
		if err := quarantine.delete(tx.bolt, n-quarantineKept); err != nil {
			return err
		}
	}
	return quarantine.put(tx.bolt, n, i)
}

// Isolated counts what is in quarantine.
func (v *View) Isolated() (int, error) {
	b, err := quarantine.bucket(v.bolt)
	if err != nil {
		return 0, err
	}
	return b.Stats().KeyN, nil
}
