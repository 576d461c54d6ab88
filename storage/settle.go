package storage

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"maqta/bot/chat"
)

// rideWait is how long a settlement waits for a transaction to ride on. A
// commit flushes the disk twice, so under load, when batches of updates follow
// each other closely, sharing theirs halves the flushing. It also bounds what a
// kill can double: what was sent and not yet settled.
const rideWait = 10 * time.Millisecond

// riders are settlements that wait for a transaction.
type riders struct {
	mu      sync.Mutex
	waiting []*rider
}

// rider is one call of Settle.
type rider struct {
	done   []chat.Delivery
	result chan error // gets one value, once it is settled or has failed
}

// errCarry says that settling failed, and not the function it rode with.
var errCarry = errors.New("settle deliveries")

// Settle records what became of messages, many in one transaction: in the next
// one that anybody else begins, or after a few milliseconds in one of their own.
func (db *DB) Settle(ctx context.Context, done []chat.Delivery) error {
	r := &rider{done: done, result: make(chan error, 1)}
	db.riders.mu.Lock()
	db.riders.waiting = append(db.riders.waiting, r)
	db.riders.mu.Unlock()
	wait := time.NewTimer(rideWait)
	defer wait.Stop()
	select {
	case err := <-r.result:
		return r.failed(err)
	case <-wait.C:
	}
	// Nobody came, or somebody's transaction is just about to take it along.
	if err := db.Update(context.WithoutCancel(ctx), func(*Tx) error { return nil }); err != nil {
		return r.failed(err)
	}
	return r.failed(<-r.result)
}

func (r *rider) failed(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("settle %d deliveries: %w", len(r.done), err)
}

// board takes all that waits.
func (rs *riders) board() []*rider {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	along := rs.waiting
	rs.waiting = nil
	return along
}

// arrive tells the riders how it went.
func (rs *riders) arrive(along []*rider, err error) {
	for _, r := range along {
		r.result <- err
	}
}

// carry settles what the riders brought.
func (tx *Tx) carry(along []*rider) error {
	for _, r := range along {
		for _, d := range r.done {
			if err := tx.settle(d); err != nil {
				return errors.Join(errCarry, err)
			}
		}
	}
	return nil
}
