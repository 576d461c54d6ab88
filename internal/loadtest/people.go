package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"maqta/bot/emulator"
)

// people are the bot's users: they ask one question after another, and know
// which answer belongs to which.
type people struct {
	mu    sync.Mutex
	chats map[int64]*conversation
	seen  func(answered) // called for every right answer, without the lock
}

// conversation is what one person asked and got.
type conversation struct {
	person  *emulator.Person
	number  int        // questions asked
	waiting []question // asked and not answered, oldest first
	last    []string   // marks of the latest answered questions, to tell doubles
}

// question carries a mark that its answer repeats: the year asked about.
type question struct {
	mark  string
	asked time.Time
}

// answered is one answer.
type answered struct {
	chat      int64
	took      time.Duration
	overtaken bool // an earlier question of the chat was still waiting
	doubled   bool // the question had been answered before
	at        time.Time
}

// join brings n people into the emulator.
func (p *people) join(t *emulator.Server, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.chats = map[int64]*conversation{}
	langs := []string{"kk", "ru", "en"}
	for i := range n {
		id := int64(10_000 + i)
		p.chats[id] = &conversation{
			person: t.Person(emulator.Profile{ID: id, FirstName: fmt.Sprint("P", i), LanguageCode: langs[i%len(langs)]}),
			number: i,
		}
	}
}

// years are those for which the crop is known: twenty different real answers.
const firstYear, years = 2004, 20

// ask lets one person ask the next question.
func (p *people) ask(id int64) {
	p.mu.Lock()
	c := p.chats[id]
	year := strconv.Itoa(firstYear + c.number%years)
	text := [...]string{
		"Қазақстанда %s жылы қанша мақта жиналды?",
		"Сколько хлопка собрали в %s году?",
		"How much cotton was harvested in %s?",
	}[c.number%3]
	c.number++
	c.waiting = append(c.waiting, question{year, time.Now()})
	p.mu.Unlock()
	c.person.Say(fmt.Sprintf(text, year))
}

// hear is told of every call of the bot.
func (p *people) hear(c emulator.Call) {
	if c.Method != "sendMessage" || c.Status != 200 && c.Status != 0 {
		return
	}
	id, err := strconv.ParseInt(c.Params["chat_id"], 10, 64)
	if err != nil {
		return
	}
	now := time.Now()
	p.mu.Lock()
	conv, ok := p.chats[id]
	if !ok {
		p.mu.Unlock()
		return
	}
	a := answered{chat: id, at: now}
	text := c.Params["text"]
	i := slices.IndexFunc(conv.waiting, func(q question) bool { return strings.Contains(text, q.mark) })
	switch {
	case i >= 0:
		a.took, a.overtaken = now.Sub(conv.waiting[i].asked), i > 0
		conv.last = append(conv.last, conv.waiting[i].mark)
		conv.last = conv.last[max(0, len(conv.last)-8):]
		conv.waiting = slices.Delete(conv.waiting, i, i+1)
	case slices.ContainsFunc(conv.last, func(mark string) bool { return strings.Contains(text, mark) }):
		a.doubled = true
	default: // not an answer to a question of ours
		p.mu.Unlock()
		return
	}
	seen := p.seen
	p.mu.Unlock()
	if seen != nil {
		seen(a)
	}
}

// unanswered counts the questions that wait.
func (p *people) unanswered() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, c := range p.chats {
		n += len(c.waiting)
	}
	return n
}

func (p *people) ids() []int64 {
	ids := make([]int64, 0, len(p.chats))
	for id := range p.chats {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
