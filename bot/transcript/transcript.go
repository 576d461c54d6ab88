// Package transcript reads, writes, compares and plays chat scripts.
//
// A script is a text that a translator can read and a test can play:
//
//	# A knitting mill reports; the first number is mistyped.
//	-- chat --
//	at 2026-03-02 09:00
//	> /submit
//	< Кәсіпорынның БСН-ін жазыңыз.
//	< [Бас тарту]
//	> 12345
//	< БСН он екі цифрдан тұрады.
//	-- stored --
//	submissions: none
//
// Lines of the chat section are inputs, or what people see after them.
//
//	# a comment, which belongs to the next input
//	at 2026-03-02 09:00      sets the clock, in Kazakhstan's time
//	wait 10m                 moves it on: 30s, 10m, 3h, 7d, 2w
//	as aigul lang=kk id=7    goes on as another person; later "as aigul" is enough
//	restart                  stops the bot and starts it again
//	> a text or a /command   writes; the lines of a longer text begin with |
//	> [Send]                 presses the newest button with that label
//	> [Send] 2               presses the second newest
//	> (old) [Send]           presses a button that has gone from the screen
//	> (again)                the app repeats the last press
//	> (press a:b:c)          presses a forged button
//	> edit 2: a text         changes the person's second message; -1 is the latest
//	> reply 2: a text        replies to it
//	> (file plan.csv)        sends a document: a section of the script, or known to the world
//	> (photo)                sends what cannot be read: photo, voice, sticker
//	> (block)                stops the bot; (unblock) lets it write again
//	> inline: мақта          asks in another chat
//	< a text                 is what the person sees; longer texts go on with |
//	< [Send] [Later]         is a row of buttons under the text before it
//	< (edited) a text        replaces an earlier message
//	< (notice) a text        answers a press; (alert) has to be closed
//	< (picture …)            comes with the text as its caption; so does (file …)
//	< (card) a title         is an inline result, with its text after |
//	<aigul a text            is seen by a person other than the acting one
//
// A backslash before the first character of a text takes its special meaning.
//
// The package refuses to know what plays the script: that is a [World], which a
// router with its outbox and an emulator with a real client offer alike.
package transcript

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/txtar"
)

// Script is a chat as a file holds it.
type Script struct {
	Name    string // of the file, for messages
	Comment string // what stands before the first section
	Turns   []Turn
	Tail    []string // comments after the last turn
	Stored  []string // the lines of the section "stored"
	Files   []File   // all other sections: documents that people send

	storedAt int
}

// Turn is one input and what people see after it.
type Turn struct {
	Line    int      // of the input in the file, from 1; 0 when there is no file
	Notes   []string // blank lines and comments before the input
	Written []string // the input as written, which no update changes
	Input   Input
	Seen    []string // lines that begin with < or |
}

// File is a document of a script.
type File struct {
	Name string
	Data []byte
}

// The sections with a meaning of their own.
const (
	chatSection   = "chat"
	storedSection = "stored"
)

// Almaty is the zone of the times in scripts: five hours ahead all the year,
// and one for the whole country since 2024. It is fixed here so that a script
// reads alike on machines without time zone data.
func Almaty() *time.Location { return time.FixedZone("Asia/Almaty", 5*60*60) }

// Parse reads a script. Errors begin with name and line.
func Parse(name string, data []byte) (Script, error) {
	archive := txtar.Parse(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))
	s := Script{Name: name, Comment: string(archive.Comment)}
	line := 1 + bytes.Count(archive.Comment, []byte("\n"))
	seen := make(map[string]bool)
	for _, f := range archive.Files {
		if seen[f.Name] {
			return Script{}, fmt.Errorf("%s:%d: a second section %q", name, line, f.Name)
		}
		seen[f.Name] = true
		switch f.Name {
		case chatSection:
			if err := s.parseChat(lines(f.Data), line+1); err != nil {
				return Script{}, err
			}
		case storedSection:
			s.Stored, s.storedAt = trimmed(lines(f.Data)), line+1
		default:
			s.Files = append(s.Files, File{f.Name, f.Data})
		}
		line += 1 + bytes.Count(f.Data, []byte("\n"))
	}
	if !seen[chatSection] {
		return Script{}, fmt.Errorf("%s:%d: no section %q", name, line, chatSection)
	}
	return s, nil
}

func (s *Script) parseChat(text []string, first int) error {
	var notes []string
	for i := 0; i < len(text); i++ {
		at := first + i
		line := strings.TrimRight(text[i], " \t\r")
		switch {
		case line == "" || line[0] == '#':
			notes = append(notes, line)
			continue
		case line[0] == '<':
			if err := s.parseSeen(line, at, notes); err != nil {
				return err
			}
			continue
		case line[0] == '|':
			last := len(s.Turns) - 1
			if last < 0 || len(s.Turns[last].Seen) == 0 || len(notes) > 0 {
				return fmt.Errorf("%s:%d: nothing that this line could continue", s.Name, at)
			}
			s.Turns[last].Seen = append(s.Turns[last].Seen, line)
			continue
		}
		turn := Turn{Line: at, Notes: notes, Written: []string{line}}
		notes = nil
		if line[0] == '>' {
			for i+1 < len(text) && strings.HasPrefix(text[i+1], "|") {
				i++
				turn.Written = append(turn.Written, strings.TrimRight(text[i], " \t\r"))
			}
		}
		in, err := parseInput(turn.Written)
		if err != nil {
			return fmt.Errorf("%s:%d: %w", s.Name, at, err)
		}
		turn.Input = in
		s.Turns = append(s.Turns, turn)
	}
	s.Tail = notes
	return nil
}

func (s *Script) parseSeen(line string, at int, notes []string) error {
	last := len(s.Turns) - 1
	switch {
	case last < 0 || slices.ContainsFunc(notes, func(n string) bool { return n != "" }):
		return fmt.Errorf("%s:%d: a reply without an input before it (comments stand before the input)", s.Name, at)
	case len(notes) > 0:
		return fmt.Errorf("%s:%d: an empty line before a reply", s.Name, at)
	case s.Turns[last].Input.Kind == As:
		return fmt.Errorf("%s:%d: nothing is seen after %q", s.Name, at, s.Turns[last].Written[0])
	}
	s.Turns[last].Seen = append(s.Turns[last].Seen, line)
	return nil
}

// Format writes the script as Parse reads it. Inputs stand as they were written.
func (s Script) Format() []byte {
	var chat bytes.Buffer
	for _, t := range s.Turns {
		for _, part := range [][]string{t.Notes, t.Written, t.Seen} {
			for _, line := range part {
				chat.WriteString(line + "\n")
			}
		}
	}
	for _, line := range s.Tail {
		chat.WriteString(line + "\n")
	}
	a := &txtar.Archive{Comment: []byte(s.Comment), Files: []txtar.File{{Name: chatSection, Data: chat.Bytes()}}}
	if len(s.Stored) > 0 {
		a.Files = append(a.Files, txtar.File{Name: storedSection, Data: []byte(strings.Join(s.Stored, "\n") + "\n")})
	}
	for _, f := range s.Files {
		a.Files = append(a.Files, txtar.File{Name: f.Name, Data: f.Data})
	}
	return txtar.Format(a)
}

func (s Script) file(name string) []byte {
	for _, f := range s.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

func lines(data []byte) []string {
	if len(data) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

// trimmed takes the blanks off the ends of lines, which editors do as well, and
// the empty lines off the end.
func trimmed(text []string) []string {
	var out []string
	for _, line := range text {
		out = append(out, strings.TrimRight(line, " \t\r"))
	}
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}
