package bot

import (
	"context"
	"time"

	"maqta/bot/chat"
)

// finish takes a job back and acts on what became of it.
func (s *sender) finish(r result, now time.Time) {
	l, it, d := r.lane, r.item, &r.delivery
	s.flying--
	s.flyingN[r.class]--
	l.busy = false
	s.b.cfg.Meter.sent(it.act, d.Outcome, now.Sub(r.began))
	if r.heavy {
		s.uploaded(&r, now)
	} else if d.FileID != "" {
		s.files[fileKey(it.file)] = &upload{id: d.FileID} // the known id was not valid any more
	}
	if d.Outcome == chat.Postponed && r.answered && it.attempts+1 >= answeredTries && s.lastSent.After(it.tried) {
		d.Outcome, d.Reason = chat.Refused, "answered with an internal error again and again"
		s.b.log.Error("message refused", "seq", uint64(it.seq), "reason", d.Reason)
	}
	if d.Outcome == chat.Postponed {
		d.Retry = now.Add(r.wait)
	}
	if d.Outcome != "" {
		s.pend(*d, now)
	}
	switch d.Outcome {
	case chat.Sent:
		s.lastSent = now
		if s.troubled {
			s.troubled = false
			s.b.log.Info("messages go through again")
		}
		if counts(it.act, 1) && r.began.After(s.flood.at) {
			s.flood = flood{}
		}
		if d.Token != "" && d.Message != 0 {
			s.tokens.put(tokenKey{d.Chat, d.Token}, d.Message)
		}
		s.drop(it)
	case chat.Unreachable:
		s.park(l, it)
	case chat.Relocated:
		l = s.relocate(l, it, d.MovedTo, now)
	case chat.Postponed:
		it.attempts++
		it.tried = now
		l.until = latest(l.until, d.Retry)
		if r.flood != "" {
			s.flooded(&r, now)
		} else if !s.troubled {
			s.troubled = true // one line for an outage, however many messages wait
			s.b.log.Warn("message postponed", s.b.fault(r.cause), "seq", uint64(it.seq), "retry_in", r.wait)
		}
		l.add(it)
	case chat.Stale, chat.Refused:
		s.drop(it)
	default:
		// Cancelled by a stop, or the token is invalid: the row stays in the
		// outbox as it is, for the next start.
		s.drop(it)
	}
	s.schedule(l, now)
}

// uploaded passes the file's id on to those that waited for it; after a failure
// the first of them uploads it.
func (s *sender) uploaded(r *result, now time.Time) {
	s.uploads--
	key := fileKey(r.item.file)
	u := s.files[key]
	if u == nil {
		return
	}
	if r.delivery.Outcome == chat.Sent && r.delivery.FileID != "" {
		u.id = r.delivery.FileID
	} else {
		delete(s.files, key)
	}
	waiting := u.waiting
	u.waiting = nil
	for _, p := range waiting {
		if p.valid() {
			s.schedule(p.lane, now)
		}
	}
}

// park drops everything else that waits for a chat which cannot be reached:
// settling does the same in the outbox.
func (s *sender) park(l *lane, it item) {
	s.drop(it)
	for _, other := range l.items() {
		s.drop(other)
	}
	l.talk, l.bulk = nil, nil
}

// relocate moves the lane's rows to the chat that the group has become; the row
// that found out goes first.
func (s *sender) relocate(l *lane, it item, to chat.ChatID, now time.Time) *lane {
	it.hops++
	s.moved[l.key.chat] = to
	// Earlier moves that led here lead on.
	for from, via := range s.moved {
		if via == l.key.chat {
			s.moved[from] = to
		}
	}
	key := laneKey{chat: to}
	target := s.lane(key, it)
	for _, other := range l.items() {
		target.add(other)
	}
	l.talk, l.bulk = nil, nil
	s.schedule(l, now) // it is empty now: forgotten
	return target
}

// flooded keeps the silence that Telegram asks for. It does not say whether a
// chat or the whole bot is too loud: it is the bot when a second chat is told
// so while nothing else goes through.
func (s *sender) flooded(r *result, now time.Time) {
	until := now.Add(r.wait)
	s.b.cfg.Meter.flooded(r.flood, r.wait)
	s.b.log.Warn("telegram asks for silence", "method", r.flood, "retry_in", r.wait)
	if r.item.act == chat.Answer || r.item.act == chat.Offer {
		s.mute = latest(s.mute, until) // no chat can be too loud with these
		return
	}
	f := &s.flood
	if f.chat != 0 && f.chat != r.to && f.until.After(now) {
		s.silent = latest(s.silent, latest(until, f.until))
	}
	*f = flood{chat: r.to, at: now, until: until}
}

// pend keeps a result until it is settled with others.
func (s *sender) pend(d chat.Delivery, now time.Time) {
	if len(s.pending) == 0 {
		s.settleAt = latest(s.settleAt, now.Add(settleDelay))
	}
	s.pending = append(s.pending, d)
}

// flush hands the results to the settler when it is free and there are enough
// of them, or they have waited, or hurry is asked for.
func (s *sender) flush(now time.Time, hurry bool) {
	if len(s.pending) == 0 || s.inSettle != nil {
		return
	}
	due := !s.settleAt.After(now) || s.settleErr == nil && (hurry || len(s.pending) >= settleRows)
	if !due {
		return
	}
	s.inSettle, s.pending = s.pending, nil
	s.settle <- s.inSettle
}

// recorded takes the settler's answer. Results that could not be recorded are
// tried again, before later ones.
func (s *sender) recorded(err error, now time.Time) {
	s.settleErr = err
	if err == nil {
		s.inSettle = nil
		if len(s.pending) > 0 {
			s.settleAt = now.Add(settleDelay)
		}
		return
	}
	s.b.log.Error("results not recorded", s.b.fault(err), "results", len(s.inSettle), "retry_in", settleRetry)
	s.pending = append(s.inSettle, s.pending...)
	s.inSettle = nil
	s.settleAt = now.Add(settleRetry)
}

// settler records results, one batch at a time.
func (s *sender) settler(ctx context.Context) {
	for batch := range s.settle {
		began := s.b.cfg.Now()
		err := s.b.outbox.Settle(ctx, batch)
		if err == nil {
			s.b.cfg.Meter.settled(len(batch), s.b.cfg.Now().Sub(began))
		}
		s.settled <- err
	}
}
