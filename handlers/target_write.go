package handlers

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"maqta/sector"
	"maqta/storage"
)

type (
	// savePledge stores a proposed pledge and asks the officials about it. What was
	// asked before and not decided is replaced.
	savePledge struct{ pledge sector.Pledge }
	// decidePledge stores a decision about a proposed pledge.
	decidePledge struct {
		pledge sector.Pledge
		how    string
	}
)

// askedPledge is what a request about a pledge asks for.
type askedPledge struct {
	Year   int           `json:"year"`
	Target sector.Target `json:"target"`
}

// replacedRequest is the decision on a request that a newer one replaces.
const replacedRequest = "replaced"

func (w savePledge) write(tx *storage.Tx, who storage.Person, at time.Time) error {
	c, _ := w.pledge.Waiting()
	if err := closePledgeRequests(tx, w.pledge, replacedRequest, who, at); err != nil {
		return err
	}
	change, err := json.Marshal(askedPledge{Year: w.pledge.Year, Target: c.Target})
	if err != nil {
		return fmt.Errorf("encode a pledge: %w", err)
	}
	_, err = tx.AddRequest(storage.Request{
		Kind: storage.RequestPledge, Enterprise: w.pledge.Enterprise, By: who.Key, At: at, Reason: c.Reason, Change: change,
	})
	if err != nil {
		return err
	}
	return tx.SavePledge(w.pledge)
}

func (w decidePledge) write(tx *storage.Tx, who storage.Person, at time.Time) error {
	if err := closePledgeRequests(tx, w.pledge, w.how, who, at); err != nil {
		return err
	}
	err := tx.AddLook(w.pledge.Enterprise, storage.Look{
		At: at, Who: who.Key, Role: sector.RoleAdmin, What: "pledge " + strconv.Itoa(w.pledge.Year),
	})
	if err != nil {
		return err
	}
	return tx.SavePledge(w.pledge)
}

// closePledgeRequests decides the open requests about a pledge.
func closePledgeRequests(tx *storage.Tx, p sector.Pledge, how string, who storage.Person, at time.Time) error {
	open, err := tx.OpenRequests()
	if err != nil {
		return err
	}
	for _, q := range open {
		if q.Kind != storage.RequestPledge || q.Enterprise != p.Enterprise {
			continue
		}
		var asked askedPledge
		if err := json.Unmarshal(q.Change, &asked); err != nil {
			return fmt.Errorf("decode request %d: %w", q.Number, err)
		}
		if asked.Year != p.Year {
			continue
		}
		if err := tx.DecideRequest(q.Number, how, who.Key, at); err != nil {
			return err
		}
	}
	return nil
}
