package bot

import (
	"time"

	"maqta/bot/chat"
)

// Meter receives counts. Every field may be nil; the functions are called from
// several goroutines and must not block.
type Meter struct {
	Updates func(kind string, n int)                                          // decoded, by kind of input; "ignored" and "undecodable" too
	Batch   func(n int, took time.Duration)                                   // a batch was applied
	Polled  func(ok bool)                                                     // a poll has ended
	Sent    func(act chat.Act, outcome chat.DeliveryOutcome, t time.Duration) // a try ended; t from its start
	Flooded func(method string, silence time.Duration)                        // a 429
	Queue   func(waiting, inFlight int)                                       // rows in memory, requests under way
	Settled func(n int, took time.Duration)                                   // a batch of results was recorded
}

func (m *Meter) updates(kind string, n int) {
	if m.Updates != nil && n > 0 {
		m.Updates(kind, n)
	}
}

func (m *Meter) batch(n int, took time.Duration) {
	if m.Batch != nil {
		m.Batch(n, took)
	}
}

func (m *Meter) polled(ok bool) {
	if m.Polled != nil {
		m.Polled(ok)
	}
}

func (m *Meter) sent(act chat.Act, outcome chat.DeliveryOutcome, t time.Duration) {
	if m.Sent != nil {
		m.Sent(act, outcome, t)
	}
}

func (m *Meter) flooded(method string, silence time.Duration) {
	if m.Flooded != nil {
		m.Flooded(method, silence)
	}
}

func (m *Meter) queue(waiting, inFlight int) {
	if m.Queue != nil {
		m.Queue(waiting, inFlight)
	}
}

func (m *Meter) settled(n int, took time.Duration) {
	if m.Settled != nil {
		m.Settled(n, took)
	}
}
