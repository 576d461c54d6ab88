package storage

import (
	"encoding/binary"
	"errors"
	"time"

	"maqta/sector"
)

// How long what nobody needs any more is kept.
const (
	looksKept   = 3 * 365 * 24 * time.Hour
	invitesKept = 7 * 24 * time.Hour // after an invitation has expired
)

// Prune drops all that has been kept long enough; each bucket's file says how
// long that is.
func (tx *Tx) Prune(now time.Time) error {
	return errors.Join(
		tx.PruneMissed(now), tx.PruneGiven(now), tx.PruneDisputes(now), tx.pruneLooks(now), tx.pruneInvites(now),
	)
}

func (tx *Tx) pruneLooks(now time.Time) error {
	var old []looking
	err := looks.scan(tx.bolt, nil, nil, func(key []byte, l Look) (bool, error) {
		if now.Sub(l.At) > looksKept {
			old = append(old, looking{sector.EnterpriseID(binary.BigEndian.Uint64(key)), binary.BigEndian.Uint64(key[8:])})
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	for _, l := range old {
		if err := looks.delete(tx.bolt, l); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) pruneInvites(now time.Time) error {
	var old []string
	err := invites.scan(tx.bolt, nil, nil, func(key []byte, i Invite) (bool, error) {
		if now.Sub(i.Expires) > invitesKept {
			old = append(old, string(key))
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	for _, token := range old {
		if err := tx.UseInvite(token); err != nil {
			return err
		}
	}
	return nil
}
