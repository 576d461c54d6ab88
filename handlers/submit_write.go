package handlers

import (
	"time"

	"maqta/sector"
	"maqta/storage"
)

type (
	// saveDraft keeps a report that is being filled in.
	saveDraft struct {
		firm  sector.EnterpriseID
		month sector.Month
		draft storage.Draft
	}
	// dropDraft forgets it.
	dropDraft struct {
		firm  sector.EnterpriseID
		month sector.Month
	}
	// saveReport stores a report after an act on it.
	saveReport struct{ report sector.Submission }
	// saveProducts keeps what the enterprise makes, as chosen in its first report.
	saveProducts struct {
		firm     sector.EnterpriseID
		products []sector.Product
	}
	// addLook records that somebody opened one firm's figures.
	addLook struct {
		firm sector.EnterpriseID
		role sector.Role
		what sector.Receipt
	}
	// addRequest and decideRequest store a request and what came of it.
	addRequest    struct{ request storage.Request }
	decideRequest struct {
		number   uint64
		decision string
	}
)

func (w saveDraft) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	return tx.SaveDraft(w.firm, w.month, w.draft)
}

func (w dropDraft) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	return tx.DropDraft(w.firm, w.month)
}

func (w saveReport) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	return tx.SaveSubmission(w.report)
}

func (w saveProducts) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	firm, ok, err := tx.Enterprise(w.firm)
	if err != nil || !ok {
		return err
	}
	firm.Products = w.products
	_, err = tx.SaveEnterprise(firm)
	return err
}

func (w addLook) write(tx *storage.Tx, who storage.Person, at time.Time) error {
	return tx.AddLook(w.firm, storage.Look{At: at, Who: who.Key, Role: w.role, What: string(w.what)})
}

func (w addRequest) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	_, err := tx.AddRequest(w.request)
	return err
}

func (w decideRequest) write(tx *storage.Tx, who storage.Person, at time.Time) error {
	return tx.DecideRequest(w.number, w.decision, who.Key, at)
}
