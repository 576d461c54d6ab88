package storage

import (
	"fmt"
	"time"

	"maqta/bot/chat"
)

// Dispute is somebody's objection to a figure.
type Dispute struct {
	Number  uint64         `json:"number"`
	Who     PersonKey      `json:"who"`
	Query   string         `json:"query"` // the key of the question whose answer is disputed
	Lang    chat.Lang      `json:"lang"`
	Text    string         `json:"text"` // what is wrong, in the person's words
	At      time.Time      `json:"at"`
	Outcome DisputeOutcome `json:"outcome,omitempty"`
	Closed  time.Time      `json:"closed,omitzero"`
}

// DisputeOutcome says how a dispute ended; "" while it is open.
type DisputeOutcome string

// The outcomes.
const (
	Corrected DisputeOutcome = "corrected" // the figure was wrong and is mended
	Stands    DisputeOutcome = "stands"    // the figure is what its source says
)

// disputes: objections to figures.
//
//	key        sequence, the ticket's number
//	value      Dispute
//	invariant  a closed one has an outcome
//	retention  until /forget, or ninety days after it was closed
var disputes = table[uint64, Dispute]{name: "disputes", key: uint64Key}

const disputesKept = 90 * 24 * time.Hour

// Ticket is how the number of a dispute is shown.
func (d Dispute) Ticket() string { return fmt.Sprintf("%d-%d", d.At.Year(), d.Number) }

// NextDispute returns the number that the next dispute will get.
func (v *View) NextDispute() (uint64, error) {
	b, err := disputes.bucket(v.bolt)
	if err != nil {
		return 0, err
	}
	return b.Sequence() + 1, nil
}

// OpenDispute stores a dispute; its number must be the one that NextDispute returned.
func (tx *Tx) OpenDispute(d Dispute) error {
	n, err := disputes.next(tx.bolt)
	if err != nil {
		return err
	}
	if n != d.Number {
		return fmt.Errorf("open dispute %d: the next number is %d", d.Number, n)
	}
	return disputes.put(tx.bolt, n, d)
}

// Dispute returns the dispute of the number.
func (v *View) Dispute(number uint64) (Dispute, bool, error) {
	return disputes.get(v.bolt, number)
}

// CloseDispute stores how a dispute ended. Closing it again changes nothing.
func (tx *Tx) CloseDispute(number uint64, how DisputeOutcome, at time.Time) error {
	d, ok, err := disputes.get(tx.bolt, number)
	if err != nil || !ok || d.Outcome != "" {
		return err
	}
	d.Outcome, d.Closed = how, at
	return disputes.put(tx.bolt, number, d)
}

// DisputesOf lists the disputes of one person, or all when who is "".
func (v *View) DisputesOf(who PersonKey) ([]Dispute, error) {
	var list []Dispute
	err := disputes.scan(v.bolt, nil, nil, func(_ []byte, d Dispute) (bool, error) {
		if who == "" || d.Who == who {
			list = append(list, d)
		}
		return true, nil
	})
	return list, err
}

// PruneDisputes drops what was closed more than ninety days ago.
func (tx *Tx) PruneDisputes(now time.Time) error {
	return tx.dropDisputes(func(d Dispute) bool { return d.Outcome != "" && now.Sub(d.Closed) > disputesKept })
}

func (tx *Tx) dropDisputes(which func(Dispute) bool) error {
	list, err := tx.DisputesOf("")
	if err != nil {
		return err
	}
	for _, d := range list {
		if which(d) {
			if err := disputes.delete(tx.bolt, d.Number); err != nil {
				return err
			}
		}
	}
	return nil
}
