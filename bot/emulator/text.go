package emulator

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sizes of texts, in UTF-16 units where characters are meant.
const (
	maxText     = 4096
	maxCaption  = 1024
	maxRawText  = 32768 // bytes, before entities are parsed
	maxEntities = 100   // the rest is ignored
)

// styled is a text with its entities.
type styled struct {
	text string
	ents []Entity
}

// readText takes a text and its formatting from three members of a request.
// owned says in which words an error speaks: of a message or of a caption.
func (s *Server) readText(text, mode string, entities []any) (styled, *apiError) {
	if len(text) > maxRawText {
		return styled{}, bad("text is too long")
	}
	text = clean(text)
	var out styled
	switch mode {
	case "HTML":
		plain, ents, err := ParseHTML(text)
		if err != nil {
			return styled{}, bad("can't parse entities: " + err.Error())
		}
		out = styled{plain, ents}
	case "":
		out = styled{text, givenEntities(entities)}
	default:
		s.warn("parse_mode " + mode + " is not emulated")
		return styled{}, bad("unsupported parse_mode")
	}
	out = out.trimmed()
	if len(out.ents) > maxEntities {
		out.ents = out.ents[:maxEntities]
	}
	return out, nil
}

// readMessageText reads a text of 1 to 4096 characters.
func (s *Server) readMessageText(text, mode string, entities []any) (styled, *apiError) {
	out, e := s.readText(text, mode, entities)
	switch {
	case e != nil:
		return out, e
	case out.text == "":
		return out, bad("message text is empty")
	case utf16Len(out.text) > maxText:
		return out, bad("message is too long")
	}
	out.detect()
	return out, nil
}

// readCaption reads a caption of 0 to 1024 characters.
func (s *Server) readCaption(text, mode string, entities []any) (styled, *apiError) {
	out, e := s.readText(text, mode, entities)
	if e == nil && utf16Len(out.text) > maxCaption {
		return out, bad("message caption is too long")
	}
	out.detect()
	return out, e
}

// clean removes what no message may hold: control characters become blanks,
// carriage returns vanish.
func clean(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' }) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return -1
		case r < ' ' && r != '\n':
			return ' '
		}
		return r
	}, text)
}

// givenEntities takes entities that were sent ready-made.
func givenEntities(list []any) []Entity {
	var out []Entity
	for _, item := range list {
		m, _ := item.(map[string]any)
		e := Entity{}
		e.Type, _ = m["type"].(string)
		offset, _ := m["offset"].(int64)
		length, _ := m["length"].(int64)
		e.Offset, e.Length = int(offset), int(length)
		e.URL, _ = m["url"].(string)
		e.Language, _ = m["language"].(string)
		e.Emoji, _ = m["custom_emoji_id"].(string)
		e.Unix, _ = m["unix_time"].(int64)
		e.Format, _ = m["date_time_format"].(string)
		if e.Length > 0 && e.Offset >= 0 {
			out = append(out, e)
		}
	}
	return tidy(out)
}

// trimmed cuts blanks off both ends; entities shrink with the text, those of
// blanks alone vanish. Blanks inside a leading entity stay, as Telegram has it.
func (t styled) trimmed() styled {
	text := strings.TrimRight(t.text, " \n\t")
	lead := 0
	for lead < len(text) && (text[lead] == ' ' || text[lead] == '\n') {
		lead++
	}
	for _, e := range t.ents {
		lead = min(lead, e.Offset) // blanks are one unit and one byte each
	}
	text = text[lead:]
	size := utf16Len(text)
	out := styled{text: text}
	for _, e := range t.ents {
		e.Offset -= lead
		e.Length = min(e.Length, size-e.Offset)
		if e.Length > 0 {
			out.ents = append(out.ents, e)
		}
	}
	return out
}

// detect adds the entities that Telegram finds by itself: commands and links.
// Commands are Latin only: "/көмек" is plain text.
func (t *styled) detect() {
	taken := func(offset, length int) bool {
		for _, e := range t.ents {
			if (e.Type == "code" || e.Type == "pre" || e.Type == "text_link") && offset < e.Offset+e.Length && e.Offset < offset+length {
				return true
			}
		}
		return false
	}
	if !strings.ContainsAny(t.text, "/@") {
		return
	}
	units := 0
	prev := rune(-1)
	for i := 0; i < len(t.text); {
		r, size := utf8.DecodeRuneInString(t.text[i:])
		kind, length := "", 0
		switch {
		case r == '/' && boundary(prev):
			kind, length = "bot_command", commandLen(t.text[i:])
		case r == 'h' && (prev < 0 || !wordRune(prev)):
			kind, length = "url", linkLen(t.text[i:])
		case r == '@' && boundary(prev):
			kind, length = "mention", mentionLen(t.text[i:])
		}
		if length > 0 && !taken(units, utf16Len(t.text[i:i+length])) {
			n := utf16Len(t.text[i : i+length])
			t.ents = append(t.ents, Entity{Type: kind, Offset: units, Length: n})
			last, _ := utf8.DecodeLastRuneInString(t.text[:i+length])
			prev, units, i = last, units+n, i+length
			continue
		}
		units++
		if r > 0xffff {
			units++
		}
		prev, i = r, i+size
	}
	if len(t.ents) > 1 {
		t.ents = tidy(t.ents)
	}
}

// boundary reports whether a command or mention may begin after the character.
func boundary(prev rune) bool {
	return prev < 0 || !wordRune(prev) && prev != '/' && prev != '<' && prev != '>'
}

func wordRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// commandLen returns the bytes of "/name" or "/name@bot" at the start, or 0.
func commandLen(s string) int {
	n := 1
	for n < len(s) && isWordByte(rune(s[n])) {
		n++
	}
	if n == 1 || n > 65 {
		return 0
	}
	if n < len(s) && s[n] == '@' {
		if m := mentionLen(s[n:]); m > 0 {
			n += m
		}
	}
	return ended(s, n)
}

func mentionLen(s string) int {
	n := 1
	for n < len(s) && isWordByte(rune(s[n])) {
		n++
	}
	if n < 4 || n > 33 {
		return 0
	}
	return ended(s, n)
}

// ended returns n when a word may end there, else 0.
func ended(s string, n int) int {
	if n == len(s) {
		return n
	}
	next, _ := utf8.DecodeRuneInString(s[n:])
	if wordRune(next) || next == '/' || next == '<' || next == '>' {
		return 0
	}
	return n
}

// linkLen returns the bytes of an http(s) link at the start, or 0.
func linkLen(s string) int {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(s, "http://"); !ok {
			return 0
		}
	}
	n := strings.IndexFunc(rest, func(r rune) bool { return r <= ' ' || strings.ContainsRune("<>\"«»“”", r) })
	if n < 0 {
		n = len(rest)
	}
	link := strings.TrimRight(rest[:n], ".,;:!?)'")
	if checkedLink("http://"+link) == "" {
		return 0
	}
	return len(s) - len(rest) + len(link)
}

// escape makes a text safe inside HTML.
func escape(s string) string {
	if !strings.ContainsAny(s, `&<>"`) { // nearly always: a replacer costs more than the text
		return s
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// HTML writes the text with its entities as HTML that ParseHTML reads back:
// detected commands, links and mentions stay plain.
func (t styled) html() string {
	if len(t.ents) == 0 {
		return escape(t.text)
	}
	var b strings.Builder
	type end struct {
		at  int
		tag string
	}
	var stack []end
	next, units := 0, 0
	for _, r := range t.text {
		for len(stack) > 0 && stack[len(stack)-1].at <= units {
			b.WriteString(stack[len(stack)-1].tag)
			stack = stack[:len(stack)-1]
		}
		for next < len(t.ents) && t.ents[next].Offset <= units {
			e := t.ents[next]
			next++
			if open, shut := e.tags(); open != "" && e.Offset == units {
				limit := e.Offset + e.Length
				if n := len(stack); n > 0 {
					limit = min(limit, stack[n-1].at) // overlapping ones are cut short
				}
				b.WriteString(open)
				stack = append(stack, end{limit, shut})
			}
		}
		b.WriteString(escape(string(r)))
		units++
		if r > 0xffff {
			units++
		}
	}
	for len(stack) > 0 {
		b.WriteString(stack[len(stack)-1].tag)
		stack = stack[:len(stack)-1]
	}
	return b.String()
}

// tags returns the HTML of an entity, nothing for a detected one.
func (e Entity) tags() (open, shut string) {
	switch e.Type {
	case "bold":
		return "<b>", "</b>"
	case "italic":
		return "<i>", "</i>"
	case "underline":
		return "<u>", "</u>"
	case "strikethrough":
		return "<s>", "</s>"
	case "spoiler":
		return "<tg-spoiler>", "</tg-spoiler>"
	case "blockquote":
		return "<blockquote>", "</blockquote>"
	case "expandable_blockquote":
		return "<blockquote expandable>", "</blockquote>"
	case "code":
		return "<code>", "</code>"
	case "pre":
		if e.Language != "" {
			return `<pre><code class="language-` + escape(e.Language) + `">`, "</code></pre>"
		}
		return "<pre>", "</pre>"
	case "text_link":
		return `<a href="` + escape(e.URL) + `">`, "</a>"
	case "custom_emoji":
		return `<tg-emoji emoji-id="` + escape(e.Emoji) + `">`, "</tg-emoji>"
	case "date_time":
		open = `<tg-time unix="` + strconv.FormatInt(e.Unix, 10) + `"`
		if e.Format != "" {
			open += ` format="` + escape(e.Format) + `"`
		}
		return open + ">", "</tg-time>"
	}
	return "", ""
}
