package storage

import (
	"time"

	"maqta/sector"
)

// pledged is an enterprise's pledge for a year.
type pledged struct {
	Enterprise sector.EnterpriseID
	Year       int
}

// pledges: what enterprises pledge for a year, with all changes.
//
//	key        enterprise, year
//	value      sector.Pledge
//	retention  for ever
var pledges = table[pledged, sector.Pledge]{name: "pledges", key: func(p pledged) []byte {
	return pairKey(idKey(p.Enterprise), uint64Key(uint64(p.Year)))
}}

// Pledge returns the pledge for a year; one that was never made has no changes.
func (v *View) Pledge(id sector.EnterpriseID, year int) (sector.Pledge, error) {
	p, _, err := pledges.get(v.bolt, pledged{id, year})
	p.Enterprise, p.Year = id, year
	return p, err
}

// SavePledge stores a pledge.
func (tx *Tx) SavePledge(p sector.Pledge) error {
	return pledges.put(tx.bolt, pledged{p.Enterprise, p.Year}, p)
}

// Look is one time that somebody opened one firm's figures.
type Look struct {
	At   time.Time   `json:"at"`
	Who  PersonKey   `json:"who"`
	Role sector.Role `json:"role"`
	What string      `json:"what"` // a receipt, or what was opened
}

// looking is the place of a look.
type looking struct {
	Enterprise sector.EnterpriseID
	N          uint64
}

// looks: who opened an enterprise's figures, for its owner to see.
//
//	key        enterprise, sequence
//	value      Look
//	retention  three years
var looks = table[looking, Look]{name: "looks", key: func(l looking) []byte {
	return pairKey(idKey(l.Enterprise), uint64Key(l.N))
}}

// AddLook records a look.
func (tx *Tx) AddLook(id sector.EnterpriseID, l Look) error {
	n, err := looks.next(tx.bolt)
	if err != nil {
		return err
	}
	return looks.put(tx.bolt, looking{id, n}, l)
}

// Looks lists who opened an enterprise's figures, oldest first.
func (v *View) Looks(id sector.EnterpriseID) ([]Look, error) {
	var list []Look
	err := looks.scan(v.bolt, idKey(id), nil, func(_ []byte, l Look) (bool, error) {
		list = append(list, l)
		return true, nil
	})
	return list, err
}

// reminding is one reminder of one report.
type reminding struct {
	report
	Kind string
}

// reminders: which reminders have gone out, so that none goes twice.
//
//	key        enterprise, month, kind
//	value      when
//	retention  as the report
var reminders = table[reminding, time.Time]{name: "reminders", key: func(r reminding) []byte {
	return pairKey(r.bytes(), []byte(r.Kind))
}}

// Reminded reports whether a reminder has gone out.
func (v *View) Reminded(id sector.EnterpriseID, m sector.Month, kind string) (bool, error) {
	_, ok, err := reminders.get(v.bolt, reminding{report{id, m}, kind})
	return ok, err
}

// Remind records that a reminder has gone out.
func (tx *Tx) Remind(id sector.EnterpriseID, m sector.Month, kind string, at time.Time) error {
	return reminders.put(tx.bolt, reminding{report{id, m}, kind}, at)
}
