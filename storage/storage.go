// Package storage keeps Maqta's records in one bbolt file. It has no opinions:
// what a record means, and whether it may change, is decided by its callers.
//
// All that belongs together is written in one [DB.Update]: the updates that were
// taken from Telegram, the state that they led to, and the messages that answer
// them. Records are tagged JSON under big-endian keys. What is read is decoded
// before it is handed out, since bbolt's bytes die with their transaction.
// docs/storage.md lists the buckets; each bucket's file opens with its key, its
// value, its invariants and how long its rows are kept.
package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// ErrBusy says that another process holds the file: two bots on one store would
// answer everything twice.
var ErrBusy = errors.New("the store is in use by another process")

// ErrNewer says that the file was written by a later version of the program.
var ErrNewer = errors.New("the store was written by a newer version of maqta")

// openTimeout is how long we wait for another process to let go of the file, as
// it does when one version replaces another.
const openTimeout = 3 * time.Second

// DB is an open store. It is safe for concurrent use; writers wait for each other.
type DB struct {
	bolt   *bbolt.DB
	newKey func(n uint64) PersonKey
	riders riders
}

// Options says how a store is opened.
type Options struct {
	Path string
	// NewKey makes the key by which records name the n-th person. It must not
	// be guessable from n in a store that holds real people.
	NewKey func(n uint64) PersonKey
	// NoSync leaves out the flush to disk: for tests, which never lose power.
	NoSync bool
}

// Open opens or creates the store and brings its schema up to date. It returns
// [ErrBusy] or [ErrNewer], wrapped, where those apply.
func Open(o Options) (*DB, error) {
	b, err := bbolt.Open(o.Path, 0o600, &bbolt.Options{
		Timeout:      openTimeout,
		NoSync:       o.NoSync,
		NoGrowSync:   o.NoSync,
		FreelistType: bbolt.FreelistMapType,
	})
	if err != nil {
		if errors.Is(err, berrors.ErrTimeout) {
			err = ErrBusy
		}
		return nil, fmt.Errorf("open store %s: %w", o.Path, err)
	}
	if err := b.Update(migrate); err != nil {
		return nil, errors.Join(fmt.Errorf("migrate store %s: %w", o.Path, err), b.Close())
	}
	return &DB{bolt: b, newKey: o.NewKey}, nil
}

// Close waits for running transactions and closes the file.
func (db *DB) Close() error {
	if err := db.bolt.Close(); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

// View reads; it has no way to write.
type View struct {
	bolt   *bbolt.Tx
	newKey func(n uint64) PersonKey
}

// Tx reads and writes. What it writes is kept when the function given to
// [DB.Update] returns nil, and none of it otherwise.
type Tx struct{ View }

// Update runs fn in a read-write transaction, and settles in it what waits to
// be settled (see [DB.Settle]). It does not start when ctx has ended, and is not
// interrupted once it runs.
func (db *DB) Update(ctx context.Context, fn func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("update store: %w", err)
	}
	var along []*rider
	run := func(board func() []*rider) error {
		return db.bolt.Update(func(btx *bbolt.Tx) error {
			tx := &Tx{View{bolt: btx, newKey: db.newKey}}
			if err := fn(tx); err != nil {
				return err
			}
			along = board()
			return tx.carry(along)
		})
	}
	err := run(db.riders.board)
	db.riders.arrive(along, err)
	if errors.Is(err, errCarry) { // not fn's fault: it goes without them
		err = run(func() []*rider { return nil })
	}
	return err
}

// View runs fn in a read-only transaction.
func (db *DB) View(ctx context.Context, fn func(*View) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("view store: %w", err)
	}
	return db.bolt.View(func(btx *bbolt.Tx) error { //nolint:wrapcheck // the function's own error passes unchanged
		return fn(&View{bolt: btx, newKey: db.newKey})
	})
}
