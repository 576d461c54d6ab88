package storage

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"maqta/sector"
)

// ErrTaken says that another enterprise has the BIN.
var ErrTaken = errors.New("the BIN is registered already")

// enterprises: the firms that report.
//
//	key        id, drawn from the bucket's sequence
//	value      sector.Enterprise
//	invariant  each is valid (sector.Enterprise.Validate); no two that are not refused share a BIN
//	retention  for ever: a closed enterprise keeps its reports
var enterprises = table[sector.EnterpriseID, sector.Enterprise]{name: "enterprises", key: idKey[sector.EnterpriseID]}

// bins: which enterprise has a BIN.
//
//	key        BIN
//	value      enterprise id
//	invariant  mirrors the enterprises that are not refused
//	retention  as the enterprise
var bins = table[sector.BIN, sector.EnterpriseID]{name: "bins", key: textKey[sector.BIN]}

// Enterprise returns the enterprise, and false when there is none.
func (v *View) Enterprise(id sector.EnterpriseID) (sector.Enterprise, bool, error) {
	return enterprises.get(v.bolt, id)
}

// EnterpriseByBIN finds an enterprise by its BIN or IIN.
func (v *View) EnterpriseByBIN(b sector.BIN) (sector.Enterprise, bool, error) {
	id, ok, err := bins.get(v.bolt, b)
	if err != nil || !ok {
		return sector.Enterprise{}, false, err
	}
	return enterprises.get(v.bolt, id)
}

// Enterprises lists all enterprises in the order of their registration.
func (v *View) Enterprises() ([]sector.Enterprise, error) {
	var list []sector.Enterprise
	err := enterprises.scan(v.bolt, nil, nil, func(_ []byte, e sector.Enterprise) (bool, error) {
		list = append(list, e)
		return true, nil
	})
	return list, err
}

// NextEnterprise returns the id that the next new enterprise will get.
func (v *View) NextEnterprise() (sector.EnterpriseID, error) {
	b, err := enterprises.bucket(v.bolt)
	if err != nil {
		return 0, err
	}
	return sector.EnterpriseID(b.Sequence() + 1), nil
}

// SaveEnterprise stores an enterprise; one without an id is new and gets the
// next. It returns [ErrTaken] when another has the BIN.
func (tx *Tx) SaveEnterprise(e sector.Enterprise) (sector.Enterprise, error) {
	if e.ID == 0 {
		n, err := enterprises.next(tx.bolt)
		if err != nil {
			return e, err
		}
		e.ID = sector.EnterpriseID(n)
	}
	if err := e.Validate(); err != nil {
		return e, fmt.Errorf("save enterprise: %w", err)
	}
	if other, ok, err := bins.get(tx.bolt, e.BIN); err != nil {
		return e, err
	} else if ok && other != e.ID && e.Standing != sector.StandingRefused {
		return e, fmt.Errorf("save enterprise %d: %w", e.ID, ErrTaken)
	}
	old, existed, err := enterprises.get(tx.bolt, e.ID)
	if err != nil {
		return e, err
	}
	if existed && (old.BIN != e.BIN || e.Standing == sector.StandingRefused) {
		if err := bins.delete(tx.bolt, old.BIN); err != nil {
			return e, err
		}
	}
	if e.Standing != sector.StandingRefused {
		if err := bins.put(tx.bolt, e.BIN, e.ID); err != nil {
			return e, err
		}
	}
	return e, enterprises.put(tx.bolt, e.ID, e)
}

// Member is a person's post in an enterprise.
type Member struct {
	Enterprise sector.EnterpriseID `json:"-"`
	Who        PersonKey           `json:"-"`
	Role       sector.Role         `json:"role"` // RoleOwner or RoleDelegate
	Name       string              `json:"name"` // how the owner calls them: shown to the enterprise's own people only
	Since      time.Time           `json:"since"`
	Consent    string              `json:"consent,omitempty"` // the version of the consent text that was agreed to
}

// posting is a member's key, from either side.
type posting struct {
	Enterprise sector.EnterpriseID
	Who        PersonKey
}

// members and posts: who acts for which enterprise, by enterprise and by person.
//
//	key        enterprise, person; person, enterprise
//	value      Member; true
//	invariant  mirror each other; each enterprise that is not refused has an owner, unless the owner was forgotten
//	retention  until removed, or /forget
var (
	members = table[posting, Member]{name: "members", key: func(p posting) []byte {
		return pairKey(idKey(p.Enterprise), []byte(p.Who))
	}}
	posts = table[posting, bool]{name: "posts", key: func(p posting) []byte {
		return pairKey([]byte(string(p.Who)+"\x00"), idKey(p.Enterprise))
	}}
)

// Members lists the people of an enterprise.
func (v *View) Members(id sector.EnterpriseID) ([]Member, error) {
	var list []Member
	err := members.scan(v.bolt, idKey(id), nil, func(key []byte, m Member) (bool, error) {
		m.Enterprise, m.Who = id, PersonKey(key[8:])
		list = append(list, m)
		return true, nil
	})
	return list, err
}

// Post returns the person's post in the enterprise, and false when there is none:
// every button about an enterprise asks this first.
func (v *View) Post(id sector.EnterpriseID, who PersonKey) (Member, bool, error) {
	m, ok, err := members.get(v.bolt, posting{id, who})
	m.Enterprise, m.Who = id, who
	return m, ok, err
}

// Posts lists the enterprises for which a person acts.
func (v *View) Posts(who PersonKey) ([]sector.EnterpriseID, error) {
	var list []sector.EnterpriseID
	prefix := []byte(string(who) + "\x00")
	err := posts.scan(v.bolt, prefix, nil, func(key []byte, _ bool) (bool, error) {
		list = append(list, sector.EnterpriseID(binary.BigEndian.Uint64(key[len(prefix):])))
		return true, nil
	})
	return list, err
}

// Join gives a person a post, or changes it.
func (tx *Tx) Join(m Member) error {
	p := posting{m.Enterprise, m.Who}
	if err := members.put(tx.bolt, p, m); err != nil {
		return err
	}
	return posts.put(tx.bolt, p, true)
}

// Leave takes a post away. The enterprise's drafts stay with it.
func (tx *Tx) Leave(id sector.EnterpriseID, who PersonKey) error {
	p := posting{id, who}
	if err := members.delete(tx.bolt, p); err != nil {
		return err
	}
	return posts.delete(tx.bolt, p)
}

// leaveAll takes all posts of a person away.
func (tx *Tx) leaveAll(who PersonKey) error {
	ids, err := tx.Posts(who)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := tx.Leave(id, who); err != nil {
			return err
		}
	}
	return nil
}

// Invite is a one-time link.
type Invite struct {
	Token      string              `json:"-"`
	Role       sector.Role         `json:"role"`
	Enterprise sector.EnterpriseID `json:"enterprise,omitempty"` // for a delegate
	Name       string              `json:"name,omitempty"`       // how the inviter calls the person
	By         PersonKey           `json:"by"`
	Expires    time.Time           `json:"expires"`
}

// invites: links that have not been used.
//
//	key        token, which cannot be guessed
//	value      Invite
//	retention  until used, or a week after it expired
var invites = table[string, Invite]{name: "invites", key: textKey[string]}

// InviteToken makes a token that cannot be guessed, for the next invitation: a
// link has to be shown in the same breath in which it is stored.
func (v *View) InviteToken() (string, error) {
	b, err := invites.bucket(v.bolt)
	if err != nil {
		return "", err
	}
	return string(v.newKey(b.Sequence() + 1)), nil
}

// NewInvite stores an invitation under its token, or under a new one where it
// has none, and returns the token.
func (tx *Tx) NewInvite(i Invite) (string, error) {
	n, err := invites.next(tx.bolt)
	if err != nil {
		return "", err
	}
	if i.Token == "" {
		i.Token = string(tx.newKey(n))
	}
	return i.Token, invites.put(tx.bolt, i.Token, i)
}

// Invite returns an unused invitation, whether or not it has expired.
func (v *View) Invite(token string) (Invite, bool, error) {
	i, ok, err := invites.get(v.bolt, token)
	i.Token = token
	return i, ok, err
}

// UseInvite makes sure that an invitation works once.
func (tx *Tx) UseInvite(token string) error { return invites.delete(tx.bolt, token) }
