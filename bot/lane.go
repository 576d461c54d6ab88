package bot

import (
	"container/heap"
	"slices"
	"strconv"
	"strings"
	"time"

	"maqta/bot/chat"
)

// laneKey names what must be kept in order: a chat, or one answer to a button
// or an inline query, which is no message and overtakes those of its chat.
type laneKey struct {
	chat  chat.ChatID
	query chat.QueryID
}

// item is a row of the outbox in memory. Of rows far down the queue only this
// is kept, and the text is read again when its turn comes.
type item struct {
	seq       chat.Seq
	act       chat.Act
	bulk      bool
	hops      int // how often its chat has moved under it
	attempts  int
	notBefore time.Time
	tried     time.Time // when it was last tried without success
	file      *chat.File
	fileID    string
	row       *chat.Outgoing // nil: to be read again
}

// lane is the queue of one chat. At most one of its rows is under way. Answers
// go before bulk messages; within each, order is kept.
type lane struct {
	key   laneKey
	talk  []item
	bulk  []item
	busy  bool
	new   bool      // it got rows from the batch that is being taken
	until time.Time // silent until then: Telegram asked, or a try failed
	turn  uint64    // raised whenever the lane is queued anew, which voids older places
}

// head is the row whose turn it is, nil when there is none.
func (l *lane) head() *item {
	switch {
	case len(l.talk) > 0:
		return &l.talk[0]
	case len(l.bulk) > 0:
		return &l.bulk[0]
	}
	return nil
}

// pop takes the head away.
func (l *lane) pop() item {
	queue := &l.bulk
	if len(l.talk) > 0 {
		queue = &l.talk
	}
	it := (*queue)[0]
	(*queue)[0] = item{} // let go of the text
	*queue = (*queue)[1:]
	return it
}

// add puts a row at its place by number. Rows come in order, so it is nearly
// always the end; one that is tried again goes back to the front.
func (l *lane) add(it item) {
	queue := &l.talk
	if it.bulk {
		queue = &l.bulk
	}
	n := len(*queue)
	if n == 0 || (*queue)[n-1].seq < it.seq {
		*queue = append(*queue, it)
		return
	}
	at, _ := slices.BinarySearchFunc(*queue, it.seq, func(x item, seq chat.Seq) int {
		switch {
		case x.seq < seq:
			return -1
		case x.seq > seq:
			return 1
		}
		return 0
	})
	*queue = slices.Insert(*queue, at, it)
}

// items lists all rows of the lane.
func (l *lane) items() []item { return slices.Concat(l.talk, l.bulk) }

// place is a lane's place in a queue; it is void when the lane has been queued
// anew since.
type place struct {
	lane *lane
	turn uint64
	at   time.Time // in the waiting queue: when
}

func (p place) valid() bool { return p.lane.turn == p.turn && !p.lane.busy }

// line is a first-in first-out queue of places.
type line struct {
	list []place
	head int
}

func (q *line) push(p place) { q.list = append(q.list, p) }

// peek returns the first valid place and drops void ones before it.
func (q *line) peek() (place, bool) {
	for q.head < len(q.list) {
		if p := q.list[q.head]; p.valid() {
			return p, true
		}
		q.pop()
	}
	return place{}, false
}

func (q *line) pop() {
	q.list[q.head] = place{}
	q.head++
	if q.head == len(q.list) {
		q.list, q.head = q.list[:0], 0
	} else if q.head > 1024 && q.head > len(q.list)/2 {
		q.list, q.head = slices.Delete(q.list, 0, q.head), 0
	}
}

// waiting is a heap of places by time.
type waiting []place

func (w waiting) Len() int           { return len(w) }
func (w waiting) Less(i, j int) bool { return w[i].at.Before(w[j].at) }
func (w waiting) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }

// Push implements [heap.Interface].
func (w *waiting) Push(p any) { *w = append(*w, p.(place)) } //nolint:forcetypeassert // only places

// Pop implements [heap.Interface].
func (w *waiting) Pop() any {
	old := *w
	p := old[len(old)-1]
	old[len(old)-1] = place{}
	*w = old[:len(old)-1]
	return p
}

// first is the earliest valid place; void ones before it are dropped.
func (w *waiting) first() (place, bool) {
	for len(*w) > 0 {
		if p := (*w)[0]; p.valid() {
			return p, true
		}
		heap.Pop(w)
	}
	return place{}, false
}

// fileKey identifies a file by its description. The name is left out: it
// follows from the rest.
func fileKey(f *chat.File) string {
	names := make([]string, 0, len(f.Params))
	for n := range f.Params {
		names = append(names, n)
	}
	slices.Sort(names)
	var key strings.Builder
	for _, part := range []string{f.Kind, string(f.Lang), strconv.FormatBool(f.Photo)} {
		key.WriteString(strconv.Quote(part))
	}
	for _, n := range names {
		key.WriteString(strconv.Quote(n))
		key.WriteString(strconv.Quote(f.Params[n]))
	}
	return key.String()
}
