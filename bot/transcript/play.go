package transcript

import (
	"fmt"
	"time"
)

// World plays the bot's part: a router with its outbox, or a bot with an
// emulated Telegram. Nothing in it waits: when Do, Set and Restart return, the
// bot has done what it will do, or Seen waits for it.
type World interface {
	// Do performs what a person does and returns the id of the message that it
	// left in the chat, 0 when none.
	Do(p Person, a Action) (message int64, err error)
	// Seen returns what has appeared before a person since the last call, in
	// order.
	Seen(p Person) ([]Shown, error)
	// Stored returns the records as lines, in the order of keys.
	Stored() ([]string, error)
	// Set moves the clock, never backwards, and does what is due by then.
	Set(at time.Time) error
	// Restart stops the bot and starts it on the same store.
	Restart() error
}

// Action is an input of a person after labels and counts were looked up.
type Action struct {
	Kind    Kind   // Say, Tap, Edit, Reply, Upload, Other, Block, Unblock or Inline
	Text    string // what is written or asked, the name of a file, the kind of another message
	Data    string // of a pressed button
	Message int64  // the message that is edited, replied to, or bears the button; 0 when out of reach
	Bytes   []byte // of a document that the script holds, nil otherwise
}

// Did is an action with who did it and when. Played back in another way, say as
// one batch, the same actions must leave the same records.
type Did struct {
	Person Person
	Action Action
	At     time.Time
}

// Played is a script as it went.
type Played struct {
	Script Script // with what was really seen and stored
	Did    []Did
}

// DefaultStart is the time at which scripts begin that do not say it.
func DefaultStart() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, Almaty()) }

// Play plays a script. The first inputs, until the script says "as", are those
// of the given person, who takes no part in a script that always says who acts.
// Whether people saw what the script expects, [Diff] tells.
func Play(s Script, w World, first Person) (Played, error) {
	p := &player{script: s, world: w, screens: make(map[string]*screen), now: DefaultStart()}
	if s.needs(first) {
		p.join(first)
	}
	for _, t := range s.Turns {
		if t.Input.Kind == As {
			p.join(t.Input.Person)
		}
	}
	p.current = p.people[0]
	for _, t := range s.Turns {
		if t.Input.Kind == At {
			p.now = t.Input.Time
		}
		if t.Input.Kind != As {
			break
		}
	}
	if err := w.Set(p.now); err != nil {
		return Played{}, fmt.Errorf("%s: setting the clock: %w", s.Name, err)
	}
	out := s
	out.Turns = make([]Turn, 0, len(s.Turns))
	for _, t := range s.Turns {
		seen, err := p.turn(t.Input)
		if err != nil {
			return Played{}, fmt.Errorf("%s:%d: %s: %w", s.Name, t.Line, t.Written[0], err)
		}
		t.Seen = seen
		out.Turns = append(out.Turns, t)
	}
	stored, err := w.Stored()
	if err != nil {
		return Played{}, fmt.Errorf("%s: reading what is stored: %w", s.Name, err)
	}
	out.Stored = guarded(stored)
	return Played{Script: out, Did: p.did}, nil
}

// needs reports whether a person acts or is named in the script, or it names
// nobody.
func (s Script) needs(first Person) bool {
	named := false
	for _, t := range s.Turns {
		switch t.Input.Kind {
		case At, Wait, Restart:
		case As:
			named = true
			if t.Input.Person.Name == first.Name {
				return true
			}
		default:
			if !named {
				return true
			}
		}
	}
	return !named
}

type player struct {
	script  Script
	world   World
	people  []Person // in the order of their appearance
	screens map[string]*screen
	current Person
	now     time.Time
	did     []Did
}

// join makes a person known, or returns what is known already; an "as" line may
// add to it.
func (p *player) join(who Person) Person {
	for i, known := range p.people {
		if known.Name != who.Name {
			continue
		}
		if who.Lang != "" {
			known.Lang = who.Lang
		}
		if who.ID != 0 {
			known.ID = who.ID
		}
		known.Chat = who.Chat
		p.people[i] = known
		return known
	}
	if who.ID == 0 {
		who.ID = int64(1001 + len(p.people))
	}
	p.people = append(p.people, who)
	p.screens[who.Name] = &screen{}
	return who
}

func (p *player) turn(in Input) ([]string, error) {
	var err error
	switch in.Kind {
	case As:
		p.current = p.join(in.Person)
		return nil, nil
	case Restart:
		err = p.world.Restart()
	case At, Wait:
		then := in.Time
		if in.Kind == Wait {
			then = p.now.Add(in.For)
		}
		if then.Before(p.now) {
			return nil, fmt.Errorf("the clock stands at %s already", p.now.Format(clock))
		}
		p.now = then
		err = p.world.Set(then)
	default:
		err = p.act(in)
	}
	if err != nil {
		return nil, err
	}
	return p.see()
}

func (p *player) act(in Input) error {
	own := p.screens[p.current.Name]
	a, err := p.resolve(in, own)
	if err != nil {
		return err
	}
	p.did = append(p.did, Did{Person: p.current, Action: a, At: p.now})
	id, err := p.world.Do(p.current, a)
	if err != nil {
		return fmt.Errorf("playing %s: %w", in.Kind, err)
	}
	if id != 0 && a.Kind != Edit {
		own.sent = append(own.sent, id)
	}
	return nil
}

func (p *player) resolve(in Input, own *screen) (Action, error) {
	a := Action{Kind: in.Kind, Text: in.Text}
	switch in.Kind {
	case Tap:
		b, ok := own.find(in.Text, in.Nth, in.Old)
		if !ok {
			return a, fmt.Errorf("no such button; there are %s", own.labels())
		}
		own.pressed = &b
		a.Text, a.Data, a.Message = "", b.button.Data, b.message
	case Again:
		if own.pressed == nil {
			return a, fmt.Errorf("%s has pressed nothing yet", p.current.Name)
		}
		a.Kind, a.Data, a.Message = Tap, own.pressed.button.Data, own.pressed.message
	case Press:
		a.Kind, a.Text, a.Data = Tap, "", in.Text
	case Edit, Reply:
		id, ok := own.own(in.Nth)
		if !ok {
			return a, fmt.Errorf("%s has sent %d messages", p.current.Name, len(own.sent))
		}
		a.Message = id
	case Upload:
		a.Bytes = p.script.file(in.Text)
	case Say, Other, Block, Unblock, Inline, At, Wait, As, Restart:
	}
	return a, nil
}

// see collects what everybody sees: the acting person first.
func (p *player) see() ([]string, error) {
	var out []string
	order := []Person{p.current}
	for _, who := range p.people {
		if who.Name != p.current.Name {
			order = append(order, who)
		}
	}
	for i, who := range order {
		name := who.Name
		if i == 0 {
			name = ""
		}
		shown, err := p.world.Seen(who)
		if err != nil {
			return nil, fmt.Errorf("seeing what %s sees: %w", who.Name, err)
		}
		for _, s := range shown {
			p.screens[who.Name].see(s)
			out = append(out, s.write(name)...)
		}
	}
	return out, nil
}

// guarded keeps a stored line from being read as a section's head.
func guarded(text []string) []string {
	out := trimmed(text)
	for i, line := range out {
		if len(line) > 2 && line[:3] == "-- " {
			out[i] = " " + line
		}
	}
	return out
}

// Restarting is a world that is stopped and started again after every input, in
// which a script must go exactly as it does in w.
func Restarting(w World) World { return restarting{w} }

type restarting struct{ World }

func (w restarting) Do(p Person, a Action) (int64, error) {
	id, err := w.World.Do(p, a)
	if err != nil {
		return 0, fmt.Errorf("before the restart: %w", err)
	}
	if err := w.Restart(); err != nil {
		return 0, fmt.Errorf("after %s: %w", a.Kind, err)
	}
	return id, nil
}
