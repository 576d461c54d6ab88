package storage

import (
	"encoding/json"
	"fmt"
	"time"

	"maqta/bot/dialog"
	"maqta/sector"
)

// report is an enterprise's report for a month.
type report struct {
	Enterprise sector.EnterpriseID
	Month      sector.Month
}

func (r report) bytes() []byte { return pairKey(idKey(r.Enterprise), []byte(r.Month.String())) }

// submissions: the monthly reports with all their versions.
//
//	key        enterprise, month
//	value      sector.Submission
//	invariant  versions are never changed; the receipt leads back here
//	retention  for ever
var submissions = table[report, sector.Submission]{name: "submissions", key: report.bytes}

// receipts: which report has a number.
//
//	key        receipt
//	value      enterprise and month
//	invariant  mirrors submissions that were sent
//	retention  for ever
var receipts = table[sector.Receipt, receiptOf]{name: "receipts", key: textKey[sector.Receipt]}

type receiptOf struct {
	Enterprise sector.EnterpriseID `json:"enterprise"`
	Month      sector.Month        `json:"month"`
}

// waiting reports, by the time since when they wait: the review queue.
//
//	key        time sent, enterprise, month
//	value      receipt
//	invariant  mirrors submissions in state sent
//	retention  until decided
var queue = table[queued, sector.Receipt]{name: "queue", key: func(q queued) []byte {
	return pairKey(uint64Key(uint64(q.Since.UnixNano())), report{q.Enterprise, q.Month}.bytes())
}}

type queued struct {
	Since      time.Time
	Enterprise sector.EnterpriseID
	Month      sector.Month
}

// Submission returns the report of a month, and false when none was begun.
func (v *View) Submission(id sector.EnterpriseID, m sector.Month) (sector.Submission, bool, error) {
	return submissions.get(v.bolt, report{id, m})
}

// SubmissionOf finds a report by its number.
func (v *View) SubmissionOf(r sector.Receipt) (sector.Submission, bool, error) {
	at, ok, err := receipts.get(v.bolt, r)
	if err != nil || !ok {
		return sector.Submission{}, false, err
	}
	return v.Submission(at.Enterprise, at.Month)
}

// Submissions lists an enterprise's reports, oldest month first.
func (v *View) Submissions(id sector.EnterpriseID) ([]sector.Submission, error) {
	var list []sector.Submission
	err := submissions.scan(v.bolt, idKey(id), nil, func(_ []byte, s sector.Submission) (bool, error) {
		list = append(list, s)
		return true, nil
	})
	return list, err
}

// Waiting lists up to limit reports that wait for review, oldest first.
func (v *View) Waiting(limit int) ([]sector.Receipt, error) {
	var list []sector.Receipt
	err := queue.scan(v.bolt, nil, nil, func(_ []byte, r sector.Receipt) (bool, error) {
		list = append(list, r)
		return len(list) < limit, nil
	})
	return list, err
}

// NextReceipt returns the number that the next new report of a month will get.
func (v *View) NextReceipt(m sector.Month) (sector.Receipt, error) {
	n, _, err := meta.get(v.bolt, metaReceipts+m.String())
	if err != nil {
		return "", err
	}
	last := 0
	if n != "" {
		if _, err := fmt.Sscan(n, &last); err != nil {
			return "", fmt.Errorf("read counter of receipts: %w", err)
		}
	}
	return sector.NewReceipt(m, last+1), nil
}

// SaveSubmission stores a report. A new one must have the number that
// NextReceipt returned.
func (tx *Tx) SaveSubmission(s sector.Submission) error {
	key := report{s.Enterprise, s.Month}
	old, existed, err := submissions.get(tx.bolt, key)
	if err != nil {
		return err
	}
	if !existed {
		next, err := tx.NextReceipt(s.Month)
		if err != nil {
			return err
		}
		if s.Receipt != next {
			return fmt.Errorf("save report %s: the next number is %s", s.Receipt, next)
		}
		if err := meta.put(tx.bolt, metaReceipts+s.Month.String(), fmt.Sprint(receiptNumber(next))); err != nil {
			return err
		}
		if err := receipts.put(tx.bolt, s.Receipt, receiptOf{s.Enterprise, s.Month}); err != nil {
			return err
		}
	}
	if existed && old.State == sector.StateSent {
		if err := queue.delete(tx.bolt, queued{old.SinceState, s.Enterprise, s.Month}); err != nil {
			return err
		}
	}
	if s.State == sector.StateSent {
		if err := queue.put(tx.bolt, queued{s.SinceState, s.Enterprise, s.Month}, s.Receipt); err != nil {
			return err
		}
	}
	return submissions.put(tx.bolt, key, s)
}

func receiptNumber(r sector.Receipt) int {
	n := 0
	for _, c := range r[len("2026-03-"):] {
		n = n*10 + int(c-'0')
	}
	return n
}

// Draft is a report being filled in. It belongs to the enterprise, not to the
// person who began it.
type Draft struct {
	State   dialog.State `json:"state"`
	By      PersonKey    `json:"by"` // who wrote in it last
	Touched time.Time    `json:"touched"`
}

// drafts: reports being filled in.
//
//	key        enterprise, month
//	value      Draft
//	retention  until sent or deleted, or the period has closed
var drafts = table[report, Draft]{name: "drafts", key: report.bytes}

// Draft returns the draft of a month, and false when there is none.
func (v *View) Draft(id sector.EnterpriseID, m sector.Month) (Draft, bool, error) {
	return drafts.get(v.bolt, report{id, m})
}

// SaveDraft stores a draft.
func (tx *Tx) SaveDraft(id sector.EnterpriseID, m sector.Month, d Draft) error {
	return drafts.put(tx.bolt, report{id, m}, d)
}

// DropDraft deletes a draft.
func (tx *Tx) DropDraft(id sector.EnterpriseID, m sector.Month) error {
	return drafts.delete(tx.bolt, report{id, m})
}

// Request asks an official for something that an owner may not do alone.
type Request struct {
	Number     uint64              `json:"number"`
	Kind       RequestKind         `json:"kind"`
	Enterprise sector.EnterpriseID `json:"enterprise"`
	By         PersonKey           `json:"by"`
	At         time.Time           `json:"at"`
	Reason     string              `json:"reason,omitempty"` // in the person's words
	Change     json.RawMessage     `json:"change,omitempty"` // what is asked for; its form depends on the kind
	Decision   string              `json:"decision,omitempty"`
	Because    string              `json:"because,omitempty"` // why it was refused, as a code or in the decider's words
	DecidedBy  PersonKey           `json:"decided_by,omitempty"`
	DecidedAt  time.Time           `json:"decided_at,omitzero"`
}

// RequestKind is what is asked for.
type RequestKind string

// The kinds.
const (
	RequestRegistration RequestKind = "registration" // confirm a new enterprise
	RequestOwnership    RequestKind = "ownership"    // somebody else says to act for it
	RequestBIN          RequestKind = "bin"          // correct a wrong BIN
	RequestProfile      RequestKind = "profile"      // change name, region, branch or products
	RequestClosing      RequestKind = "closing"      // the enterprise has ended
	RequestLate         RequestKind = "late"         // add a report to a closed period
	RequestCorrection   RequestKind = "correction"   // correct an accepted report
	RequestPledge       RequestKind = "pledge"       // a pledge or a change of one
)

// requests: what waits for an official, and what was decided.
//
//	key        sequence
//	value      Request
//	retention  for ever: they are the history of an enterprise
var requests = table[uint64, Request]{name: "requests", key: uint64Key}

// NextRequest returns the number that the next request will get.
func (v *View) NextRequest() (uint64, error) {
	b, err := requests.bucket(v.bolt)
	if err != nil {
		return 0, err
	}
	return b.Sequence() + 1, nil
}

// RequestsOf lists what an enterprise has asked for, oldest first.
func (v *View) RequestsOf(id sector.EnterpriseID) ([]Request, error) {
	var list []Request
	err := requests.scan(v.bolt, nil, nil, func(_ []byte, r Request) (bool, error) {
		if r.Enterprise == id {
			list = append(list, r)
		}
		return true, nil
	})
	return list, err
}

// AddRequest stores a request and returns its number.
func (tx *Tx) AddRequest(r Request) (uint64, error) {
	n, err := requests.next(tx.bolt)
	if err != nil {
		return 0, err
	}
	r.Number = n
	return n, requests.put(tx.bolt, n, r)
}

// Request returns a request.
func (v *View) Request(number uint64) (Request, bool, error) { return requests.get(v.bolt, number) }

// OpenRequests lists the requests that wait, oldest first.
func (v *View) OpenRequests() ([]Request, error) {
	var list []Request
	err := requests.scan(v.bolt, nil, nil, func(_ []byte, r Request) (bool, error) {
		if r.Decision == "" {
			list = append(list, r)
		}
		return true, nil
	})
	return list, err
}

// DecideRequest stores a decision; a second one changes nothing.
func (tx *Tx) DecideRequest(number uint64, decision string, by PersonKey, at time.Time) error {
	return tx.AnswerRequest(number, decision, "", by, at)
}

// AnswerRequest stores a decision with the reason for it; a second one changes
// nothing.
func (tx *Tx) AnswerRequest(number uint64, decision, because string, by PersonKey, at time.Time) error {
	r, ok, err := requests.get(tx.bolt, number)
	if err != nil || !ok || r.Decision != "" {
		return err
	}
	r.Decision, r.Because, r.DecidedBy, r.DecidedAt = decision, because, by, at
	return requests.put(tx.bolt, number, r)
}
