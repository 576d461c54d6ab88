package storage

import (
	"fmt"

	"go.etcd.io/bbolt"
)

// migrations are the steps that lead from an empty file to today's schema, in
// order and one way. A released step is never changed: what it got wrong is
// mended by a later one. testdata holds a file of every released schema.
func migrations() []func(*bbolt.Tx) error {
	return []func(*bbolt.Tx) error{
		createFirst,
	}
}

// Schema is the version that this program writes.
func Schema() int { return len(migrations()) }

func migrate(tx *bbolt.Tx) error {
	if _, err := tx.CreateBucketIfNotExists([]byte(meta.name)); err != nil {
		return fmt.Errorf("create bucket %s: %w", meta.name, err)
	}
	at, err := schemaOf(tx)
	if err != nil {
		return err
	}
	steps := migrations()
	if at > len(steps) {
		return fmt.Errorf("schema %d, this program knows %d: %w", at, len(steps), ErrNewer)
	}
	if at == len(steps) {
		return nil
	}
	for n := at; n < len(steps); n++ {
		if err := steps[n](tx); err != nil {
			return fmt.Errorf("step %d: %w", n+1, err)
		}
	}
	return meta.put(tx, metaSchema, fmt.Sprint(len(steps)))
}

// createFirst makes the buckets of schema 1.
func createFirst(tx *bbolt.Tx) error {
	for _, name := range []string{
		seen.name, seenOrder.name, people.name, personKeys.name, sessions.name, chats.name,
		outbox.name, prompts.name, files.name, quarantine.name,
		missed.name, watches.name, given.name, shown.name, disputes.name, feedback.name,
		enterprises.name, bins.name, members.name, posts.name, invites.name, submissions.name, receipts.name,
		queue.name, drafts.name, requests.name, pledges.name, looks.name, reminders.name,
	} {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return fmt.Errorf("create bucket %s: %w", name, err)
		}
	}
	return nil
}
