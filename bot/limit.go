package bot

import (
	"time"

	"maqta/bot/chat"
)

// Pauses after a failure: half a second, doubled each time up to half a minute,
// of which a random part is taken so that many bots and chats do not come back
// at the same moment.
const (
	firstPause = 500 * time.Millisecond
	maxPause   = 30 * time.Second
	leastPause = 50 * time.Millisecond
)

// backoff is the pause after the given number of failures before this one.
func backoff(failed int, random float64) time.Duration {
	d := maxPause
	if failed < 6 {
		d = min(maxPause, firstPause<<max(failed, 0))
	}
	return max(leastPause, time.Duration(random*float64(d)))
}

// pause is how long to wait after an error: what Telegram asked for, else the
// backoff.
func (b *Bot) pause(failed int, err error) time.Duration {
	if d := retryAfter(err); d > 0 {
		return d
	}
	return backoff(failed, b.cfg.Rand())
}

// Telegram's published limits: about one message a second in a chat after a
// short burst, twenty a minute in a group, thirty a second in all. Bursts of five
// are borne; we keep to four, because messages do not reach Telegram as evenly as
// they leave here.
const (
	chatEvery  = time.Second
	chatBurst  = 4
	groupEvery = 4 * time.Second // with the burst: twenty in any minute
	groupBurst = 5
	bulkEvery  = time.Second / 25
	totalEvery = time.Second / 30

	// maxGates is how many chats are remembered before those that have been
	// quiet are forgotten.
	maxGates = 4096
)

// gate lets one through every so often after a burst. It is the time at which
// the next one would be due if they came evenly.
type gate struct{ due time.Time }

// opens is when the next one may pass.
func (g gate) opens(every time.Duration, burst int) time.Time {
	return g.due.Add(-time.Duration(burst-1) * every)
}

// pass counts one.
func (g *gate) pass(now time.Time, every time.Duration) {
	if g.due.Before(now) {
		g.due = now
	}
	g.due = g.due.Add(every)
}

// pacer slows sending down to what Telegram publishes. Bulk messages share one
// gate; what answers a person passes at once but for the limit of its chat, and
// is counted, so that bulk sending leaves room for it.
type pacer struct {
	off   bool
	chats map[chat.ChatID]*gate
	total gate
	bulk  gate
}

func newPacer(p Pace) pacer {
	return pacer{off: p == PaceOff, chats: make(map[chat.ChatID]*gate)}
}

// counts reports whether an act counts against a chat's limit. In groups edits
// do; in private chats only new messages.
func counts(act chat.Act, to chat.ChatID) bool {
	switch act {
	case chat.Send:
		return true
	case chat.Edit, chat.Strip:
		return group(to)
	case chat.Answer, chat.Offer:
		return false
	}
	return false
}

// group tells groups and channels from private chats, whose ids are positive.
func group(c chat.ChatID) bool { return c < 0 }

// chatOpens is when the chat takes its next message; the zero time: now.
func (p *pacer) chatOpens(to chat.ChatID) time.Time {
	g := p.chats[to]
	switch {
	case p.off || g == nil:
		return time.Time{}
	case group(to):
		return g.opens(groupEvery, groupBurst)
	}
	return g.opens(chatEvery, chatBurst)
}

// bulkOpens is when the next bulk message may go; the zero time: now.
func (p *pacer) bulkOpens() time.Time {
	if p.off {
		return time.Time{}
	}
	own, all := p.bulk.opens(bulkEvery, 1), p.total.opens(totalEvery, 1)
	if all.After(own) {
		return all
	}
	return own
}

// pass counts a message that is sent now.
func (p *pacer) pass(to chat.ChatID, bulk bool, now time.Time) {
	if p.off {
		return
	}
	every := chatEvery
	if group(to) {
		every = groupEvery
	}
	g := p.chats[to]
	if g == nil {
		if len(p.chats) >= maxGates {
			p.forget(now)
		}
		g = new(gate)
		p.chats[to] = g
	}
	g.pass(now, every)
	p.total.pass(now, totalEvery)
	if limit := now.Add(time.Second); p.total.due.After(limit) {
		p.total.due = limit // a rush of answers silences bulk for a second, not longer
	}
	if bulk {
		p.bulk.pass(now, bulkEvery)
	}
}

// forget drops the chats whose gates are wide open.
func (p *pacer) forget(now time.Time) {
	for c, g := range p.chats {
		if !g.due.After(now) {
			delete(p.chats, c)
		}
	}
}
