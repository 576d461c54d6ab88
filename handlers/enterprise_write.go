package handlers

import (
	"fmt"
	"time"

	"maqta/sector"
	"maqta/storage"
)

// What becomes of a request.
const (
	petitionAccepted = "accepted"
	petitionRefused  = "refused"
)

type (
	// enrol stores a new enterprise, its owner and the request to confirm it.
	enrol struct {
		firm    sector.Enterprise
		owner   storage.Member
		request storage.Request
	}
	// saveFirm changes an enterprise.
	saveFirm struct{ firm sector.Enterprise }
	// joinFirm gives somebody a post, or changes it; leaveFirm takes it away.
	joinFirm  struct{ member storage.Member }
	leaveFirm struct {
		firm sector.EnterpriseID
		who  storage.PersonKey
	}
	// fileRequest asks for a decision, settleRequest is one.
	fileRequest   struct{ request storage.Request }
	settleRequest struct {
		number            uint64
		decision, because string
	}
	// issueInvite stores a link, spendInvite makes sure that it works once.
	issueInvite struct{ invite storage.Invite }
	spendInvite struct{ token string }
)

func (w enrol) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	firm, err := tx.SaveEnterprise(w.firm)
	if err != nil {
		return err
	}
	w.owner.Enterprise = firm.ID
	if err := tx.Join(w.owner); err != nil {
		return err
	}
	w.request.Enterprise = firm.ID
	return file(tx, w.request)
}

// file stores a request under the number that has been told already.
func file(tx *storage.Tx, q storage.Request) error {
	n, err := tx.AddRequest(q)
	if err != nil {
		return err
	}
	if n != q.Number {
		return fmt.Errorf("file request %d: the next number is %d", q.Number, n)
	}
	return nil
}

func (w saveFirm) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	_, err := tx.SaveEnterprise(w.firm)
	return err
}

func (w joinFirm) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	return tx.Join(w.member)
}

func (w leaveFirm) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	return tx.Leave(w.firm, w.who)
}

func (w fileRequest) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	return file(tx, w.request)
}

func (w settleRequest) write(tx *storage.Tx, who storage.Person, at time.Time) error {
	return tx.AnswerRequest(w.number, w.decision, w.because, who.Key, at)
}

func (w issueInvite) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	_, err := tx.NewInvite(w.invite)
	return err
}

func (w spendInvite) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	return tx.UseInvite(w.token)
}
