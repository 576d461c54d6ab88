package storage

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"
)

// table is a bucket with a codec for its keys and JSON for its values. It is
// the only place that encodes or decodes a record.
type table[K, V any] struct {
	name string
	key  func(K) []byte
}

func (t table[K, V]) bucket(tx *bbolt.Tx) (*bbolt.Bucket, error) {
	b := tx.Bucket([]byte(t.name))
	if b == nil {
		return nil, fmt.Errorf("bucket %s is missing", t.name)
	}
	return b, nil
}

// get returns the record, and whether there is one.
func (t table[K, V]) get(tx *bbolt.Tx, k K) (V, bool, error) {
	var v V
	b, err := t.bucket(tx)
	if err != nil {
		return v, false, err
	}
	raw := b.Get(t.key(k))
	if raw == nil {
		return v, false, nil
	}
	v, err = t.decode(t.key(k), raw)
	return v, err == nil, err
}

func (t table[K, V]) put(tx *bbolt.Tx, k K, v V) error {
	b, err := t.bucket(tx)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode record of %s: %w", t.name, err)
	}
	if err := b.Put(t.key(k), raw); err != nil {
		return fmt.Errorf("put into %s: %w", t.name, err)
	}
	return nil
}

func (t table[K, V]) delete(tx *bbolt.Tx, k K) error {
	b, err := t.bucket(tx)
	if err != nil {
		return err
	}
	if err := b.Delete(t.key(k)); err != nil {
		return fmt.Errorf("delete from %s: %w", t.name, err)
	}
	return nil
}

// next draws the bucket's next sequence number, from 1.
func (t table[K, V]) next(tx *bbolt.Tx) (uint64, error) {
	b, err := t.bucket(tx)
	if err != nil {
		return 0, err
	}
	n, err := b.NextSequence()
	if err != nil {
		return 0, fmt.Errorf("draw sequence of %s: %w", t.name, err)
	}
	return n, nil
}

// scan calls fn for each record whose key begins with prefix and is not below
// from, in key order, until fn returns false. Keys are only valid during the call.
func (t table[K, V]) scan(tx *bbolt.Tx, prefix, from []byte, fn func(key []byte, v V) (bool, error)) error {
	b, err := t.bucket(tx)
	if err != nil {
		return err
	}
	c := b.Cursor()
	start := prefix
	if bytes.Compare(from, prefix) > 0 {
		start = from
	}
	for k, raw := c.Seek(start); k != nil && bytes.HasPrefix(k, prefix); k, raw = c.Next() {
		v, err := t.decode(k, raw)
		if err != nil {
			return err
		}
		more, err := fn(k, v)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

func (t table[K, V]) decode(key, raw []byte) (V, error) {
	var v V
	if err := json.Unmarshal(raw, &v); err != nil {
		return v, fmt.Errorf("corrupt record %x in %s: %w", key, t.name, err)
	}
	return v, nil
}

// verify decodes every record: an undecodable one is an error, never skipped.
func (t table[K, V]) verify(tx *bbolt.Tx) (int, error) {
	n := 0
	err := t.scan(tx, nil, nil, func([]byte, V) (bool, error) { n++; return true, nil })
	return n, err
}

// uint64Key is a big-endian number, so that keys sort as numbers do.
func uint64Key(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// idKey is a Telegram id. Group ids are negative; their two's complement is a
// fine key as long as nobody relies on the order.
func idKey[T ~int64 | ~uint64](id T) []byte { return uint64Key(uint64(id)) }

// textKey is a string used as a key.
func textKey[T ~string](s T) []byte { return []byte(s) }

// pairKey puts two keys together; the first must have a fixed length or end in
// a byte that cannot occur in it.
func pairKey(a, b []byte) []byte {
	return append(append(make([]byte, 0, len(a)+len(b)), a...), b...)
}
