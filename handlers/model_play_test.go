package handlers_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/bot/transcript"
	"maqta/sector"
)

// player acts for the people of the model: it reads their screens and presses what
// is on them, or was.
type player struct {
	t      *testing.T
	w      *routerWorld
	random *rand.Rand
	model  *model
	people []transcript.Person       // the official first
	seen   map[int64][]button        // every button that somebody was shown, in order
	idle   map[int64]bool            // whose latest conversation has ended
	after  chat.Seq                  // what is queued behind it is still to be shown
	shown  []chat.Delivery           // what was shown and not settled yet: to settle takes a few milliseconds
	sent   map[string]chat.MessageID // by token
}

type button struct {
	transcript.Button
	message int64
}

func newPlayer(t *testing.T, w *routerWorld, random *rand.Rand) *player {
	p := &player{
		t: t, w: w, random: random, seen: map[int64][]button{}, idle: map[int64]bool{}, sent: map[string]chat.MessageID{},
		model: &model{issued: map[sector.Month]int{}, acts: map[string]int{}},
	}
	w.now = time.Date(2026, time.March, 27, 9, 0, 0, 0, transcript.Almaty())
	p.people = append(p.people, transcript.Person{Name: "admin", Lang: "kk", ID: admin})
	p.say(p.people[0], "/start")
	for i, bin := range []sector.BIN{"501240000013", "501240000023", "501250000018"} {
		who := transcript.Person{Name: fmt.Sprint("owner", i), Lang: "kk", ID: int64(2001 + i)}
		p.people = append(p.people, who)
		p.idle[who.ID] = true
		p.model.firms = append(p.model.firms, p.register(who, bin))
	}
	return p
}

func (p *player) do(who transcript.Person, a transcript.Action) {
	p.t.Helper()
	p.w.now = p.w.now.Add(time.Duration(20+p.random.IntN(90)) * time.Second)
	p.w.ids++
	p.w.updates++
	u := updateOf(transcript.Did{Person: who, Action: a, At: p.w.now}, p.w.updates, chat.MessageID(p.w.ids))
	if err := p.w.router.Apply(p.t.Context(), []chat.Update{u}); err != nil {
		p.t.Fatal(err)
	}
	p.deliver()
	for _, one := range p.people {
		shown, err := p.w.Seen(one)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, s := range shown {
			for _, row := range s.Rows {
				for _, b := range row {
					p.seen[one.ID] = append(p.seen[one.ID], button{b, s.ID})
				}
			}
		}
	}
}

// deliver shows what is queued.
func (p *player) deliver() {
	p.t.Helper()
	due, err := p.w.db.Due(p.t.Context(), p.after, 1000)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, o := range due {
		if one, ok := p.sent[o.Message.Retire]; ok {
			o.Message.Retire, o.Message.Target = "", one
		}
		p.after = o.Seq
		d := chat.Delivery{Seq: o.Seq, Chat: o.Message.To, Outcome: chat.Sent, Token: o.Message.Token, At: p.w.now, Message: p.w.show(o.Message)}
		p.shown = append(p.shown, d)
		if d.Token != "" {
			p.sent[d.Token] = d.Message
		}
	}
	if len(p.shown) > 30 {
		p.settle()
	}
}

func (p *player) settle() {
	p.t.Helper()
	if err := p.w.db.Settle(p.t.Context(), p.shown); err != nil {
		p.t.Fatal(err)
	}
	p.shown = nil
}

func (p *player) say(who transcript.Person, text string) {
	p.t.Helper()
	p.do(who, transcript.Action{Kind: transcript.Say, Text: text})
}

func (p *player) press(who transcript.Person, b button) {
	p.t.Helper()
	p.do(who, transcript.Action{Kind: transcript.Tap, Data: b.Data, Message: b.message})
}

// tap presses the newest button with a label and returns it.
func (p *player) tap(who transcript.Person, label string) button {
	p.t.Helper()
	for _, b := range slices.Backward(p.seen[who.ID]) {
		if b.Label == label {
			p.press(who, b)
			return b
		}
	}
	p.t.Fatalf("%s has never seen a button %q", who.Name, label)
	return button{}
}

// choose presses the newest button of a step with an option.
func (p *player) choose(who transcript.Person, step, option string) {
	p.t.Helper()
	for _, b := range slices.Backward(p.seen[who.ID]) {
		if d, ok := dialog.ParseButton(b.Data); ok && d.Step == step && d.Option == option {
			p.press(who, b)
			return
		}
	}
	p.t.Fatalf("%s has never seen %s:%s", who.Name, step, option)
}

// at is the step of the report at which somebody's screen stands: "products", a
// line, "card".
func (p *player) at(who transcript.Person) string {
	for _, b := range slices.Backward(p.seen[who.ID]) {
		d, ok := dialog.ParseButton(b.Data)
		if !ok {
			continue
		}
		line := sector.Field(d.Step)
		if made, ok := strings.CutPrefix(d.Step, "p-"); ok {
			line = sector.ProductField(sector.Product(made))
		}
		if line.Known() || d.Step == "card" || d.Step == "products" || strings.Contains(d.Step, ".") {
			return d.Step
		}
	}
	return ""
}

func (p *player) register(who transcript.Person, bin sector.BIN) *modelFirm {
	p.t.Helper()
	f := &modelFirm{who: who, bin: bin, reports: map[sector.Month]*modelReport{}, drafts: map[sector.Month]sector.Figures{}}
	p.say(who, "/register")
	p.say(who, string(bin))
	p.say(who, "Тігін "+who.Name)
	p.tap(who, "Шымкент қаласы")
	p.tap(who, "Киім")
	f.since = sector.MonthOf(sector.DateOf(p.w.now, transcript.Almaty()))
	p.press(who, p.tap(who, "Келісемін"))
	p.model.requests = append(p.model.requests, &modelRequest{firm: f})
	return f
}

// act does one thing and says what.
func (p *player) act() string {
	f := p.model.firms[p.random.IntN(len(p.model.firms))]
	r := p.anyReport()
	switch n := p.random.IntN(22); {
	case n < 2:
		p.w.now = p.w.now.Add(time.Duration(3+p.random.IntN(12)) * 24 * time.Hour)
		return "time passes"
	case n < 3:
		p.restart()
		return "restart"
	case n < 8:
		return p.report(f)
	case n < 10:
		for _, f := range p.model.firms {
			if !p.oldestReturned(f).IsZero() {
				return p.mend(f)
			}
		}
		return "nothing to mend"
	case n < 11:
		return p.leave(f)
	case n < 13:
		return p.decide()
	case n < 15:
		return p.stale(p.people[p.random.IntN(len(p.people))])
	case r == nil:
		return "nothing"
	case n < 17:
		p.accept(r)
		return "accept"
	case n < 18:
		return p.giveBack(r)
	case n < 19:
		return p.withdraw(r)
	default:
		return p.wish(r)
	}
}

func (p *player) restart() {
	p.settle()
	if err := p.w.Restart(); err != nil {
		p.t.Fatal(err)
	}
}

// interrupt does at times what must not disturb whoever acts now.
func (p *player) interrupt() {
	switch p.random.IntN(12) {
	case 0:
		p.restart()
	case 1, 2:
		p.stale(p.people[p.random.IntN(len(p.people))])
	}
}

func (p *player) anyReport() *modelReport {
	all := p.model.reports()
	if len(all) == 0 {
		return nil
	}
	return all[p.random.IntN(len(all))]
}

func (p *player) ownerOf(r *modelReport) *modelFirm {
	i := slices.IndexFunc(p.model.firms, func(f *modelFirm) bool { return f.reports[r.receipt.Month()] == r })
	return p.model.firms[i]
}

// due are the months that a firm can report now.
func (p *player) due(f *modelFirm) (months []sector.Month) {
	for m := f.since; m.Before(sector.MonthOf(sector.DateOf(p.w.now, transcript.Almaty()))); m = m.Add(1) {
		phase := mind(p.t).Calendar.Deadlines(m).Phase(p.w.now, transcript.Almaty())
		if r := f.reports[m]; phase != sector.PhaseClosed && (r == nil || r.state == sector.StateWithdrawn) {
			months = append(months, m)
		}
	}
	return months
}

// report hands in a month, by one message or by answering the form.
func (p *player) report(f *modelFirm) string {
	months := p.due(f)
	if len(months) == 0 {
		return "no month is due"
	}
	m := months[p.random.IntN(len(months))]
	if p.random.IntN(2) == 0 {
		all := p.values()
		f.drafts[m] = all.in(f.begin(m))
		if !p.idle[f.who.ID] {
			p.say(f.who, "/submit "+monthKazakh(m))
		}
		p.idle[f.who.ID] = false
		p.say(f.who, monthKazakh(m)+": "+all.text())
	} else {
		f.drafts[m] = f.begin(m)
		p.idle[f.who.ID] = false
		p.say(f.who, "/submit "+monthKazakh(m))
	}
	if !p.fill(f, m, 20) {
		return "a report is overtaken"
	}
	p.send(f, m)
	return "report " + m.String()
}

// leave begins a report and lays it aside half way.
func (p *player) leave(f *modelFirm) string {
	months := p.due(f)
	if len(months) == 0 {
		return "no month is due"
	}
	m := months[p.random.IntN(len(months))]
	p.idle[f.who.ID] = false
	p.say(f.who, "/submit "+monthKazakh(m))
	f.drafts[m] = f.begin(m)
	p.fill(f, m, 1+p.random.IntN(4))
	if p.random.IntN(2) == 0 {
		p.say(f.who, "/cancel")
	}
	return "leave " + m.String()
}

// mend opens a returned report and answers what is marked.
func (p *player) mend(f *modelFirm) string {
	m := p.oldestReturned(f)
	r := f.reports[m]
	p.idle[f.who.ID] = false
	p.press(f.who, button{Button: transcript.Button{Data: "rf:" + string(r.receipt)}, message: p.lastMessage(f.who)})
	f.drafts[m] = f.begin(m)
	if !p.fill(f, m, 20) {
		return "mending is overtaken"
	}
	p.send(f, m)
	p.model.acts["mend"]++
	return "mend " + string(r.receipt)
}

func (p *player) oldestReturned(f *modelFirm) (oldest sector.Month) {
	for m, r := range f.reports {
		if r.state == sector.StateReturned && (oldest.IsZero() || m.Before(oldest)) {
			oldest = m
		}
	}
	return oldest
}

// fill answers up to so many questions of the open form. It says whether the card
// is on the screen; it is not when the report is no longer the owner's to change.
func (p *player) fill(f *modelFirm, m sector.Month, questions int) bool {
	p.t.Helper()
	before := f.reports[m].stateOr(sector.StateDraft)
	for range questions {
		p.interrupt()
		if f.reports[m].stateOr(sector.StateDraft) != before {
			return false
		}
		step := p.at(f.who)
		switch {
		case step == "card":
			return true
		case step == "products":
			p.tap(f.who, "Киім")
			p.choose(f.who, "products", "done")
		case step == "note":
			p.tap(f.who, "Өткізіп жіберу")
		case before == sector.StateReturned && p.random.IntN(3) == 0:
			p.choose(f.who, step, "sure")
			p.say(f.who, "Тізім осы айда жаңарды")
		default:
			line := sector.Field(step)
			if made, ok := strings.CutPrefix(step, "p-"); ok {
				line = sector.ProductField(sector.Product(made))
			}
			all := p.values()
			i := slices.IndexFunc(all, func(e entry) bool { return e.line == line })
			if i < 0 {
				p.t.Fatalf("the form of %s asks %q", m, step)
			}
			f.drafts[m] = f.begin(m).With(line, all[i].value)
			p.say(f.who, all[i].amount)
		}
	}
	return p.at(f.who) == "card"
}

func (r *modelReport) stateOr(none sector.State) sector.State {
	if r == nil {
		return none
	}
	return r.state
}

func (p *player) send(f *modelFirm, m sector.Month) {
	p.t.Helper()
	send := p.tap(f.who, "Жіберу")
	p.model.send(f, m)
	p.idle[f.who.ID] = true
	for range p.random.IntN(3) {
		p.press(f.who, send)
		p.model.acts["send twice"]++
	}
}

func (p *player) accept(r *modelReport) {
	version := len(r.versions)
	if p.random.IntN(4) == 0 {
		version = 1 + p.random.IntN(version+1) // an old card, or a forged one
	}
	p.official("ra:" + string(r.receipt) + ":" + strconv.Itoa(version))
	p.model.accept(r, version)
}

func (p *player) official(data string) {
	p.t.Helper()
	p.press(p.people[0], button{Button: transcript.Button{Data: data}, message: p.lastMessage(p.people[0])})
}

func (p *player) lastMessage(who transcript.Person) int64 {
	return p.seen[who.ID][len(p.seen[who.ID])-1].message
}

// giveBack returns one or two lines; much can happen meanwhile.
func (p *player) giveBack(r *modelReport) string {
	version := len(r.versions)
	if r.state != sector.StateSent {
		p.official("rr:" + string(r.receipt) + ":" + strconv.Itoa(version))
		return "return in vain"
	}
	p.official("rr:" + string(r.receipt) + ":" + strconv.Itoa(version))
	var lines []sector.Field
	for _, line := range p.someLines() {
		p.interrupt()
		p.choose(p.people[0], "marks", optionOf(line))
		p.choose(p.people[0], "marks", []string{"unit", "proof"}[p.random.IntN(2)])
		lines = append(lines, line)
	}
	p.interrupt()
	if p.random.IntN(5) == 0 {
		p.withdraw(r)
	}
	p.choose(p.people[0], "marks", "send")
	p.model.giveBack(r, version, lines)
	return "return " + string(r.receipt)
}

func (p *player) withdraw(r *modelReport) string {
	f := p.ownerOf(r)
	sure := button{Button: transcript.Button{Data: "rw:" + string(r.receipt) + ":sure"}, message: p.lastMessage(f.who)}
	p.press(f.who, sure)
	p.model.withdraw(r)
	if p.random.IntN(3) == 0 {
		p.press(f.who, sure)
		p.model.withdraw(r)
	}
	p.idle[f.who.ID] = false
	return "withdraw " + string(r.receipt)
}

// wish asks to correct an accepted report.
func (p *player) wish(r *modelReport) string {
	for _, other := range p.model.reports() { // one that is accepted, if there is any
		if r.state != sector.StateAccepted {
			r = other
		}
	}
	if r.state != sector.StateAccepted {
		return "nothing to wish"
	}
	f := p.ownerOf(r)
	p.idle[f.who.ID] = false
	p.press(f.who, button{Button: transcript.Button{Data: "rc:" + string(r.receipt)}, message: p.lastMessage(f.who)})
	q := &modelRequest{firm: f, report: r, lines: p.someLines()}
	for _, line := range q.lines {
		p.choose(f.who, "lines", optionOf(line))
	}
	p.choose(f.who, "lines", "done")
	p.interrupt()
	p.say(f.who, "Бір шот екі рет есептелген")
	p.model.requests = append(p.model.requests, q)
	return "wish for " + string(r.receipt)
}

// decide decides on any request, also on one that is decided.
func (p *player) decide() string {
	n := 1 + p.random.IntN(len(p.model.requests))
	allow := p.random.IntN(3) > 0
	p.official(decision(p.model.requests[n-1], n, allow))
	p.model.decide(n, allow)
	return fmt.Sprintf("decide on %d: %t", n, allow)
}

func decision(q *modelRequest, n int, allow bool) string {
	switch {
	case q.report == nil:
		return fmt.Sprintf("pt:%d:y", n)
	case allow:
		return fmt.Sprintf("rq:%d:allowed", n)
	}
	return fmt.Sprintf("rq:%d:refused", n)
}

// stale presses a button that was there once, or one that is somebody else's.
func (p *player) stale(who transcript.Person) string {
	p.model.acts["stale"]++
	shown := p.seen[who.ID]
	if p.random.IntN(4) == 0 { // forged: of another person's screen
		shown = p.seen[p.people[p.random.IntN(len(p.people))].ID]
	}
	b := shown[p.random.IntN(len(shown))]
	name, arg, _ := strings.Cut(b.Data, ":")
	official := who.ID == admin
	parts := strings.Split(arg, ":")
	switch name {
	case "ro", "rs", "my":
	case "ra":
		if r := p.find(parts[0]); r != nil && official {
			version, err := strconv.Atoi(parts[1])
			if err != nil {
				p.t.Fatal(err)
			}
			p.model.accept(r, version)
		}
	case "rq", "pt":
		n, err := strconv.Atoi(parts[0])
		if err != nil {
			p.t.Fatal(err)
		}
		if parts[1] == "n" {
			return "a refusal begins a conversation"
		}
		if official {
			p.model.decide(n, parts[1] == "allowed")
		}
	case "rw":
		if r := p.find(parts[0]); r != nil && len(parts) > 1 && !official && p.ownerOf(r).who.ID == who.ID {
			p.model.withdraw(r)
			p.idle[who.ID] = false
		}
	default:
		// Of a conversation: only what is not on the newest message, which may still be live.
		if _, ok := dialog.ParseButton(b.Data); !ok || b.message == p.lastMessage(who) || slices.Contains([]string{"sub", "rf", "rc", "rr", "q", "en", "reg"}, name) {
			return "not this button"
		}
		for _, own := range p.seen[who.ID][max(0, len(p.seen[who.ID])-40):] {
			if turnOf(own.Data) == turnOf(b.Data) {
				return "not this button"
			}
		}
	}
	p.press(who, b)
	return who.Name + " presses the old " + b.Data
}

func turnOf(data string) int64 {
	d, _ := dialog.ParseButton(data)
	return d.Turn
}

func (p *player) find(receipt string) *modelReport {
	for _, r := range p.model.reports() {
		if string(r.receipt) == receipt {
			return r
		}
	}
	return nil
}

// entry is a line with an amount as an owner writes it.
type entry struct {
	line         sector.Field
	name, amount string
	value        sector.Value
}

type entries []entry

// values are those of an ordinary month: nothing that the bot asks about again.
func (p *player) values() entries {
	money := func(line sector.Field, name string) entry {
		n := 105 + p.random.IntN(20) // hundreds of thousands
		return entry{line, name, fmt.Sprintf("%d,%d млн", n/10, n%10), sector.ValueOf(sector.FromInt(int64(n) * 100_000))}
	}
	count := func(line sector.Field, name string, least, span int) entry {
		n := least + p.random.IntN(span)
		return entry{line, name, strconv.Itoa(n), sector.ValueOf(sector.FromInt(int64(n)))}
	}
	return entries{
		money(sector.FieldOutput, "өндіріс"), money(sector.FieldSales, "сату"),
		count(sector.ProductField(sector.ProductGarments), "киім", 2000, 300),
		count(sector.FieldWorkers, "жұмыскер", 46, 5), count(sector.FieldLocals, "жергілікті", 40, 5),
		count(sector.FieldJobs, "жаңа жұмыс орны", 1, 3),
	}
}

func (all entries) text() string {
	parts := make([]string, 0, len(all))
	for _, e := range all {
		parts = append(parts, e.name+" "+e.amount)
	}
	return strings.Join(parts, ", ")
}

func (all entries) in(f sector.Figures) sector.Figures {
	for _, e := range all {
		f = f.With(e.line, e.value)
	}
	return f
}

// someLines are one or two lines.
func (p *player) someLines() []sector.Field {
	lines := monthLines()
	p.random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return lines[:1+p.random.IntN(2)]
}

func optionOf(line sector.Field) string {
	if made, ok := line.Product(); ok {
		return "p-" + string(made)
	}
	return string(line)
}

func monthKazakh(m sector.Month) string {
	return [...]string{"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"}[m.Month-1]
}
