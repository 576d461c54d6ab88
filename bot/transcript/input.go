package transcript

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Kind is a kind of input.
type Kind string

// The inputs of a person, then those of the script itself.
const (
	Say     Kind = "say"     // Text
	Tap     Kind = "tap"     // Text is the label, Nth counts back, Old says that it has gone
	Again   Kind = "again"   // the last press of the person once more
	Press   Kind = "press"   // Text is the data of a forged button
	Edit    Kind = "edit"    // Nth message of the person becomes Text
	Reply   Kind = "reply"   // Text in reply to the Nth message of the person
	Upload  Kind = "file"    // Text is the name
	Other   Kind = "other"   // Text is what was sent: photo, voice, sticker
	Block   Kind = "block"   //
	Unblock Kind = "unblock" //
	Inline  Kind = "inline"  // Text is the query

	At      Kind = "at"      // Time
	Wait    Kind = "wait"    // For
	As      Kind = "as"      // Person
	Restart Kind = "restart" //
)

// Input is one line of a script that is not an answer.
type Input struct {
	Kind   Kind
	Text   string
	Nth    int
	Old    bool
	Time   time.Time
	For    time.Duration
	Person Person
}

// Person is somebody who takes part in a script.
type Person struct {
	Name string // as the script calls them: no blanks
	Lang string // the language of their app
	ID   int64  // Telegram's id; Play gives one where the script does not
	Chat int64  // the group that they write in, 0 for the private chat
}

const clock = "2006-01-02 15:04"

var errPerson = errors.New("want: as NAME [lang=kk] [id=7] [chat=-100]")

func parseInput(written []string) (Input, error) {
	line := written[0]
	if line[0] == '>' {
		text, ok := strings.CutPrefix(line, "> ")
		if !ok {
			return Input{}, fmt.Errorf("want a blank and a text after > in %q", line)
		}
		for _, more := range written[1:] {
			text += "\n" + strings.TrimPrefix(strings.TrimPrefix(more, "|"), " ")
		}
		return parseAct(text)
	}
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "at":
		t, err := time.ParseInLocation(clock, rest, Almaty())
		if err != nil {
			return Input{}, fmt.Errorf("want: at %s: %w", clock, err)
		}
		return Input{Kind: At, Time: t}, nil
	case "wait":
		d, err := parseDuration(rest)
		return Input{Kind: Wait, For: d}, err
	case "as":
		p, err := parsePerson(rest)
		return Input{Kind: As, Person: p}, err
	case "restart":
		if rest == "" {
			return Input{Kind: Restart}, nil
		}
	}
	return Input{}, fmt.Errorf("cannot read %q", line)
}

func parseDuration(s string) (time.Duration, error) {
	for unit, day := range map[string]int{"d": 1, "w": 7} {
		if n, err := strconv.Atoi(strings.TrimSuffix(s, unit)); strings.HasSuffix(s, unit) && err == nil && n > 0 && n < 5000 {
			return time.Duration(n*day) * 24 * time.Hour, nil
		}
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("want a length of time such as 10m, 3h or 7d, not %q", s)
	}
	return d, nil
}

func parsePerson(s string) (Person, error) {
	fields := strings.Fields(s)
	if len(fields) == 0 || strings.ContainsAny(fields[0], "=<>[]()|#") {
		return Person{}, errPerson
	}
	p := Person{Name: fields[0]}
	for _, f := range fields[1:] {
		key, value, _ := strings.Cut(f, "=")
		var err error
		switch key {
		case "lang":
			p.Lang = value
		case "id":
			p.ID, err = strconv.ParseInt(value, 10, 64)
		case "chat":
			p.Chat, err = strconv.ParseInt(value, 10, 64)
		default:
			err = errPerson
		}
		if err != nil {
			return Person{}, fmt.Errorf("%q: %w", f, errPerson)
		}
	}
	return p, nil
}

func parseAct(text string) (Input, error) {
	if plain, ok := strings.CutPrefix(text, `\`); ok {
		return Input{Kind: Say, Text: plain}, nil
	}
	if query, ok := strings.CutPrefix(text, "inline:"); ok {
		return Input{Kind: Inline, Text: strings.TrimSpace(query)}, nil
	}
	for _, kind := range []Kind{Edit, Reply} {
		head, rest, ok := strings.Cut(text, ":")
		word, number, blank := strings.Cut(head, " ")
		if n, err := strconv.Atoi(number); ok && blank && word == string(kind) && err == nil && n != 0 {
			return Input{Kind: kind, Nth: n, Text: strings.TrimPrefix(rest, " ")}, nil
		}
	}
	switch {
	case strings.HasPrefix(text, "[") || strings.HasPrefix(text, "(old) ["):
		label, old := strings.CutPrefix(text, "(old) ")
		return parseTap(label, old)
	case strings.HasPrefix(text, "("):
		inside, ok := strings.CutSuffix(text[1:], ")")
		word, rest, _ := strings.Cut(inside, " ")
		if ok && word != "" && !strings.Contains(text, "\n") {
			return parseAside(word, rest)
		}
		return Input{}, fmt.Errorf("cannot read %q (a text that begins with a bracket needs a backslash)", text)
	}
	return Input{Kind: Say, Text: text}, nil
}

func parseAside(word, rest string) (Input, error) {
	kind := Kind(word)
	switch {
	case kind == Press && rest != "", kind == Upload && rest != "":
		return Input{Kind: kind, Text: rest}, nil
	case rest != "":
	case kind == Again, kind == Block, kind == Unblock:
		return Input{Kind: kind}, nil
	case kind != Press && kind != Upload && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz_") == "":
		return Input{Kind: Other, Text: word}, nil
	}
	return Input{}, fmt.Errorf("cannot read (%s %s)", word, rest)
}

func parseTap(text string, old bool) (Input, error) {
	label, rest, ok := cutLabel(text)
	nth := 1
	if n, err := strconv.Atoi(strings.TrimSpace(rest)); err == nil && n > 0 {
		nth, rest = n, ""
	}
	if !ok || rest != "" || label == "" || strings.Contains(label, "\n") {
		return Input{}, fmt.Errorf("want one button such as [Send], not %q", text)
	}
	return Input{Kind: Tap, Text: label, Nth: nth, Old: old}, nil
}

// cutLabel reads [label], in which a backslash guards a bracket or a backslash.
func cutLabel(text string) (label, rest string, ok bool) {
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case c == ']':
			return b.String(), text[i+1:], true
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}

// write returns the lines of an input as Parse reads them.
func (in Input) write() []string {
	switch in.Kind {
	case At:
		return []string{"at " + in.Time.In(Almaty()).Format(clock)}
	case Wait:
		return []string{"wait " + strings.NewReplacer("m0s", "m", "h0m0s", "h").Replace(in.For.String())}
	case As:
		line := "as " + in.Person.Name
		if in.Person.Lang != "" {
			line += " lang=" + in.Person.Lang
		}
		if in.Person.ID != 0 {
			line += " id=" + strconv.FormatInt(in.Person.ID, 10)
		}
		if in.Person.Chat != 0 {
			line += " chat=" + strconv.FormatInt(in.Person.Chat, 10)
		}
		return []string{line}
	case Restart:
		return []string{"restart"}
	case Tap:
		line := quoteLabel(in.Text)
		if in.Nth > 1 {
			line += " " + strconv.Itoa(in.Nth)
		}
		if in.Old {
			line = "(old) " + line
		}
		return []string{"> " + line}
	case Edit, Reply:
		return spread("> "+string(in.Kind)+" "+strconv.Itoa(in.Nth)+": ", in.Text)
	case Press, Upload:
		return []string{"> (" + string(in.Kind) + " " + in.Text + ")"}
	case Again, Block, Unblock:
		return []string{"> (" + string(in.Kind) + ")"}
	case Other:
		return []string{"> (" + in.Text + ")"}
	case Inline:
		return spread("> inline: ", in.Text)
	case Say:
	}
	text := strings.ReplaceAll(in.Text, "\r", "")
	if first, _, _ := strings.Cut(text, "\n"); strings.TrimSpace(first) == "" {
		return spread(`> \`, text)
	}
	if read, err := parseAct(text); err != nil || read.Kind != Say || read.Text != text {
		text = `\` + text // it would be read as something else
	}
	return spread("> ", text)
}

func quoteLabel(label string) string {
	return "[" + strings.NewReplacer(`\`, `\\`, `]`, `\]`, "\n", " ").Replace(label) + "]"
}

// spread writes a text of several lines: the first after head, the others after
// a bar, so that no line can be taken for anything else.
func spread(head, text string) []string {
	var out []string
	text = strings.ReplaceAll(text, "\r", "")
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			head = "| "
		}
		out = append(out, strings.TrimRight(head+line, " \t"))
	}
	return out
}
