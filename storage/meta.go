package storage

import (
	"fmt"
	"strconv"

	"go.etcd.io/bbolt"
)

// meta: what is known of the store itself.
//
//	key        a name below
//	value      text
//	invariant  schema is a number, at most Schema()
//	retention  for ever
var meta = table[string, string]{name: "meta", key: textKey[string]}

const (
	metaSchema   = "schema"
	metaEdition  = "facts_edition"
	metaReceipts = "receipts:" // and a month: how many numbers have been given
)

func schemaOf(tx *bbolt.Tx) (int, error) {
	text, ok, err := meta.get(tx, metaSchema)
	if err != nil || !ok {
		return 0, err
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("read schema: %w", err)
	}
	return n, nil
}

// Edition is the edition of the facts that people were last told of; "" in a new store.
func (v *View) Edition() (string, error) {
	e, _, err := meta.get(v.bolt, metaEdition)
	return e, err
}

// SetEdition records that people have been told what changed up to this edition.
func (tx *Tx) SetEdition(edition string) error { return meta.put(tx.bolt, metaEdition, edition) }
