package emulator

import (
	"fmt"
	"maps"
	"time"
)

const (
	inlineLife  = 30 * time.Second // how long a query may be answered
	inlineCache = 300 * time.Second
	maxCache    = 86400 // seconds
)

// inlineState is what people typed after the bot's name, and what came back.
type inlineState struct {
	asked  map[string]*inlineQuery
	cache  map[cacheKey]cachedAnswer
	posted map[string]*message // by inline_message_id
}

func newInlineState() inlineState {
	return inlineState{asked: map[string]*inlineQuery{}, cache: map[cacheKey]cachedAnswer{}, posted: map[string]*message{}}
}

type inlineQuery struct {
	by      *Person
	text    string
	offset  string
	expires time.Time
	answer  *InlineAnswer
	results []inlineResult
}

// cacheKey names what an answer is kept for: everybody, or one person.
type cacheKey struct {
	text, offset string
	person       int64 // 0 for everybody
}

type cachedAnswer struct {
	query *inlineQuery
	until time.Time
}

// InlineAnswer is what a person sees above the keyboard.
type InlineAnswer struct {
	Results    []InlineResult
	Cached     bool // from Telegram's cache: the bot was not asked
	NextOffset string
	Button     string // the label of the button above the results
	Start      string // its deep-link parameter
}

// InlineResult is one card.
type InlineResult struct {
	ID, Type, Title, Description string
}

// inlineResult is a card with what it posts.
type inlineResult struct {
	InlineResult
	body   styled
	media  *media
	markup markup
}

func answerInlineQuery(s *Server, c *call) (any, *apiError) {
	answer, results, e := s.readInlineAnswer(c)
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.opts.Now()
	q := s.inline.asked[c.str("inline_query_id")]
	if q == nil || q.answer != nil || !now.Before(q.expires) {
		return nil, bad("query is too old and response timeout expired or query ID is invalid")
	}
	if e != nil {
		return nil, e
	}
	q.answer, q.results = answer, results
	life := inlineCache
	if c.has("cache_time") {
		life = time.Duration(min(max(c.num("cache_time"), 0), maxCache)) * time.Second
	}
	if life > 0 {
		key := cacheKey{text: q.text, offset: q.offset}
		if c.flag("is_personal") {
			key.person = q.by.profile.ID
		}
		s.inline.cache[key] = cachedAnswer{q, now.Add(life)}
	}
	s.changed()
	return true, nil
}

// readInlineAnswer checks the cards and the button above them.
func (s *Server) readInlineAnswer(c *call) (*InlineAnswer, []inlineResult, *apiError) {
	out := &InlineAnswer{NextOffset: c.str("next_offset")}
	var results []inlineResult
	seen := map[string]bool{}
	for _, item := range c.list("results") {
		fields, _ := item.(map[string]any)
		r, e := s.readResult(c, fields)
		if e != nil {
			return nil, nil, e
		}
		if seen[r.ID] {
			return nil, nil, bad("RESULT_ID_DUPLICATE")
		}
		seen[r.ID] = true
		results = append(results, r)
		out.Results = append(out.Results, r.InlineResult)
	}
	if b := c.obj("button"); b != nil {
		out.Button, out.Start = text(b, "text"), text(b, "start_parameter")
		if b["web_app"] == nil && !startParameter(out.Start) {
			return nil, nil, bad("START_PARAM_INVALID")
		}
	}
	if label := c.str("switch_pm_text"); label != "" {
		out.Button, out.Start = label, c.str("switch_pm_parameter")
	}
	return out, results, nil
}

// readResult reads one card. Articles are whole; of the others the text that they
// post is kept, and a photo or document that Telegram already has.
func (s *Server) readResult(c *call, m map[string]any) (inlineResult, *apiError) {
	r := inlineResult{InlineResult: InlineResult{
		ID: text(m, "id"), Type: text(m, "type"), Title: text(m, "title"), Description: text(m, "description"),
	}}
	if r.ID == "" {
		return r, bad("RESULT_ID_INVALID")
	}
	var e *apiError
	if fields, ok := m["reply_markup"].(map[string]any); ok {
		if r.markup, e = markupOf(fields); e != nil {
			return r, e
		}
	}
	if content, ok := m["input_message_content"].(map[string]any); ok {
		if content["message_text"] == nil {
			s.warn("inline content other than text is not emulated")
			return r, bad("inline content other than text is not supported")
		}
		r.body, e = s.readMessageText(text(content, "message_text"), text(content, "parse_mode"), items(content, "entities"))
		return r, e
	}
	for _, kind := range [...]string{"photo", "document"} {
		id, ok := m[kind+"_file_id"]
		if !ok {
			continue
		}
		s.mu.Lock()
		f, e := s.takeFile(c, id, kind)
		s.mu.Unlock()
		if e != nil {
			return r, e
		}
		r.media = f.media()
		r.body, e = s.readCaption(text(m, "caption"), text(m, "parse_mode"), items(m, "caption_entities"))
		return r, e
	}
	s.warn("inline results of type " + r.Type + " without text are not emulated")
	return r, bad("inline results of type " + r.Type + " without text are not supported")
}

// startParameter reports whether a text may be a deep link's payload.
func startParameter(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for _, c := range s {
		if !isWordByte(c) && c != '-' {
			return false
		}
	}
	return true
}

// InlineQuery types a text after the bot's name, in any chat, and returns the id
// of the query. A cached answer is there at once and the bot is not asked.
func (p *Person) InlineQuery(text string) string { return p.inlineQuery(text, "") }

func (p *Person) inlineQuery(text, offset string) string {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.opts.Now()
	if runes := []rune(text); len(runes) > 256 {
		text = string(runes[:256])
	}
	if len(s.inline.asked)%1024 == 1023 { // forget what nobody looks at any more
		maps.DeleteFunc(s.inline.asked, func(_ string, q *inlineQuery) bool { return now.Sub(q.expires) > 24*time.Hour })
		maps.DeleteFunc(s.inline.cache, func(_ cacheKey, a cachedAnswer) bool { return !now.Before(a.until) })
	}
	q := &inlineQuery{by: p, text: text, offset: offset, expires: now.Add(inlineLife)}
	id := fmt.Sprintf("%d%09d", 5_000_000_000+s.rng.Int64N(1_000_000_000), s.nextKey)
	s.nextKey++
	s.inline.asked[id], p.lastQuery = q, id
	for _, key := range [...]cacheKey{{text, offset, p.profile.ID}, {text, offset, 0}} {
		if hit, ok := s.inline.cache[key]; ok && now.Before(hit.until) {
			copied := *hit.query.answer
			copied.Cached = true
			q.answer, q.results = &copied, hit.query.results
			s.changed()
			return id
		}
	}
	s.push("inline_query", wireInlineQuery{ID: id, From: p.wire(), Query: text, Offset: offset, ChatType: "sender"})
	return id
}

// Results returns the answer to a query, when there is one.
func (p *Person) Results(queryID string) (InlineAnswer, bool) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	q := p.s.inline.asked[queryID]
	if q == nil || q.answer == nil {
		return InlineAnswer{}, false
	}
	return *q.answer, true
}

// Choose posts a card of the person's latest query into the private chat with
// the bot and returns the message's number.
func (p *Person) Choose(resultID string) (int64, error) { return p.choose(p.chat, resultID) }

// ChooseIn posts it into a group.
func (p *Person) ChooseIn(g *Group, resultID string) (int64, error) { return p.choose(g.c, resultID) }

func (p *Person) choose(to *chat, resultID string) (int64, error) {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.inline.asked[p.lastQuery]
	if q == nil || q.answer == nil {
		return 0, fmt.Errorf("emulator: choose %q: the query has no answer", resultID)
	}
	for _, r := range q.results {
		if r.ID != resultID {
			continue
		}
		m := &message{chat: to, from: p.wire(), body: r.body, media: r.media, markup: r.markup, viaBot: true}
		if len(r.markup.rows) > 0 {
			m.inlineID = s.key("AgAAA")
			s.inline.posted[m.inlineID] = m
		}
		s.post(m)
		if to.known {
			s.push("message", m.wire(s.bot, false))
		}
		if s.opts.InlineFeedback {
			s.push("chosen_inline_result", wireChosen{ResultID: r.ID, From: p.wire(), InlineID: m.inlineID, Query: q.text})
		}
		return m.id, nil
	}
	return 0, fmt.Errorf("emulator: choose %q: no such result", resultID)
}
