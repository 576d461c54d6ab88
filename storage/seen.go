package storage

import (
	"maqta/bot/chat"
)

// seen: the updates that have been applied.
//
//	key        update id
//	value      its place in the order of arrival, the key of seen_order
//	invariant  seen and seen_order mirror each other
//	retention  the last 10,000
//
// Ids are looked up exactly and never compared: after a week without updates
// Telegram goes on from a random id, which may be lower.
var (
	seen      = table[chat.UpdateID, uint64]{name: "seen", key: idKey[chat.UpdateID]}
	seenOrder = table[uint64, chat.UpdateID]{name: "seen_order", key: uint64Key}
)

// seenKept is how many ids are kept. Telegram redelivers at most what was not
// confirmed, a hundred updates, and keeps nothing longer than a day.
const seenKept = 10_000

// Seen reports whether the update has been applied already.
func (v *View) Seen(id chat.UpdateID) (bool, error) {
	_, ok, err := seen.get(v.bolt, id)
	return ok, err
}

// Remember marks the update as applied and forgets the oldest beyond 10,000.
func (tx *Tx) Remember(id chat.UpdateID) error {
	n, err := seenOrder.next(tx.bolt)
	if err != nil {
		return err
	}
	if err := seen.put(tx.bolt, id, n); err != nil {
		return err
	}
	if err := seenOrder.put(tx.bolt, n, id); err != nil {
		return err
	}
	if n <= seenKept {
		return nil
	}
	old, ok, err := seenOrder.get(tx.bolt, n-seenKept)
	if err != nil || !ok {
		return err
	}
	// An id that came again after the ids wrapped has a newer place: keep that.
	if place, ok, err := seen.get(tx.bolt, old); err != nil {
		return err
	} else if ok && place == n-seenKept {
		if err := seen.delete(tx.bolt, old); err != nil {
			return err
		}
	}
	return seenOrder.delete(tx.bolt, n-seenKept)
}
