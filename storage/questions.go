package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"time"

	"maqta/bot/chat"
)

// missedKey is one person's unanswered question: the person is only a digest
// that changes every week, enough to count people once and no more.
type missedKey struct {
	Week  string // "2026-W48"
	Topic string
	Lang  chat.Lang
	Who   string
}

// missed: what people asked and could not learn.
//
//	key        ISO week, topic, language, digest of the person
//	value      how often this person asked
//	invariant  who asked cannot be told from the key
//	retention  thirteen weeks
var missed = table[missedKey, int]{name: "missed", key: func(k missedKey) []byte {
	return []byte(k.Week + "\x00" + k.Topic + "\x00" + string(k.Lang) + "\x00" + k.Who)
}}

const missedKept = 13 * 7 * 24 * time.Hour

// Week names the ISO week of a time.
func Week(at time.Time) string {
	year, week := at.ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// Miss counts a question of the person that had no answer.
func (tx *Tx) Miss(at time.Time, topic string, lang chat.Lang, who PersonKey) error {
	k := missedKey{Week: Week(at), Topic: topic, Lang: lang}
	sum := sha256.Sum256([]byte(k.Week + "\x00" + string(who)))
	k.Who = hex.EncodeToString(sum[:8])
	n, _, err := missed.get(tx.bolt, k)
	if err != nil {
		return err
	}
	return missed.put(tx.bolt, k, n+1)
}

// Demand is how many people asked for something in a week and could not learn it.
type Demand struct {
	Topic  string
	Lang   chat.Lang
	People int
}

// Missed lists the demand of a week, of at least atLeast people for each topic
// and language, the greatest first. Smaller groups never leave the store.
func (v *View) Missed(week string, atLeast int) ([]Demand, error) {
	people := map[Demand]int{}
	err := missed.scan(v.bolt, []byte(week+"\x00"), nil, func(key []byte, _ int) (bool, error) {
		f := bytes.SplitN(key, []byte{0}, 4)
		if len(f) != 4 {
			return false, fmt.Errorf("corrupt key %q in missed", key)
		}
		people[Demand{Topic: string(f[1]), Lang: chat.Lang(f[2])}]++
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	var list []Demand
	for d, n := range people {
		if n >= atLeast {
			d.People = n
			list = append(list, d)
		}
	}
	sort.Slice(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if a.People != b.People {
			return a.People > b.People
		}
		return a.Topic+string(a.Lang) < b.Topic+string(b.Lang)
	})
	return list, nil
}

// PruneMissed drops what is older than thirteen weeks.
func (tx *Tx) PruneMissed(now time.Time) error {
	b, err := missed.bucket(tx.bolt)
	if err != nil {
		return err
	}
	limit := []byte(Week(now.Add(-missedKept)))
	c := b.Cursor()
	for k, _ := c.First(); k != nil && bytes.Compare(k, limit) < 0; k, _ = c.First() {
		if err := c.Delete(); err != nil {
			return fmt.Errorf("prune missed: %w", err)
		}
	}
	return nil
}
