package bot

import (
	"context"
	"time"

	"maqta/bot/chat"
)

const (
	dueRows = 256 // rows read from the outbox at a time

	// maxTexts is how many rows are kept in memory with their text; of those
	// behind them only the number, so that a digest to everybody takes little
	// memory and cannot keep answers from being read.
	maxTexts = 4096

	// outboxTick is how often the outbox is looked into without a Wake. Nobody
	// should forget one; a message must not wait for that.
	outboxTick = 5 * time.Second
)

// feed reads the outbox: at once when woken, now and then otherwise.
func (s *sender) feed(ctx context.Context) {
	var after chat.Seq
	failed := 0
	for ctx.Err() == nil {
		rows, err := s.b.outbox.Due(ctx, after, dueRows)
		if err != nil {
			if ctx.Err() != nil {
				return
			}
			wait := backoff(failed, s.b.cfg.Rand())
			s.b.log.Error("outbox not read", s.b.fault(err), "retry_in", wait)
			failed++
			sleep(ctx, wait)
			continue
		}
		failed = 0
		if len(rows) > 0 {
			after = rows[len(rows)-1].Seq
			select {
			case s.fed <- rows:
			case <-ctx.Done():
				return
			}
		}
		if len(rows) == dueRows {
			continue
		}
		tick := time.NewTimer(outboxTick)
		select {
		case <-s.b.wake:
		case <-tick.C:
		case <-ctx.Done():
		}
		tick.Stop()
	}
}

// take queues rows of the outbox.
func (s *sender) take(rows []chat.Outgoing, now time.Time) {
	touched := make([]*lane, 0, len(rows))
	for i := range rows {
		row := &rows[i]
		m := &row.Message
		it := item{
			seq: row.Seq, act: m.Act, bulk: m.Bulk, attempts: row.Attempts,
			notBefore: row.NotBefore, file: m.File, fileID: row.FileID,
		}
		if s.texts < maxTexts {
			it.row = row
			s.texts++
		}
		key := laneKey{chat: m.To}
		switch {
		case m.Act == chat.Answer || m.Act == chat.Offer:
			key, it.bulk = laneKey{chat: m.To, query: m.Query}, false
		case s.moved[m.To] != 0:
			key.chat = s.moved[m.To]
		}
		s.rows++
		if l := s.lane(key, it); !l.new {
			l.new = true
			touched = append(touched, l)
		}
	}
	for _, l := range touched {
		l.new = false
		s.schedule(l, now)
	}
}

// lane returns the lane of a key, with the row added to it.
func (s *sender) lane(key laneKey, it item) *lane {
	l := s.lanes[key]
	if l == nil {
		l = &lane{key: key}
		s.lanes[key] = l
	}
	l.add(it)
	return l
}

// drop forgets a row.
func (s *sender) drop(it item) {
	s.rows--
	if it.row != nil {
		s.texts--
	}
}
