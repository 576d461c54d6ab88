package emulator

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Entity is a formatted stretch of a text, counted in UTF-16 code units.
type Entity struct {
	Type     string `json:"type"`
	Offset   int    `json:"offset"`
	Length   int    `json:"length"`
	URL      string `json:"url,omitempty"`
	Language string `json:"language,omitempty"`
	Emoji    string `json:"custom_emoji_id,omitempty"`
	Unix     int64  `json:"unix_time,omitempty"`
	Format   string `json:"date_time_format,omitempty"`
}

// htmlError is why Telegram refuses a text, in its own words and capitals.
type htmlError string

func (e htmlError) Error() string { return string(e) }

func wrong(format string, args ...any) error { return htmlError(fmt.Sprintf(format, args...)) }

// openTag is a start tag that waits for its end.
type openTag struct {
	name     string
	argument string
	format   string // of tg-time
	offset   int    // in UTF-16 units
	begin    int    // in bytes of the result
}

// htmlParser follows TDLib's parse_html step by step, offsets and errors included.
type htmlParser struct {
	in    string
	pos   int
	out   []byte
	units int // of the result so far
	open  []openTag
	ents  []Entity
	split bool // an entity stood for half a surrogate pair
}

// ParseHTML reads a text in Telegram's HTML style. The error says, in Telegram's
// words, what it would refuse.
func ParseHTML(in string) (text string, entities []Entity, err error) {
	p := &htmlParser{in: in, out: make([]byte, 0, len(in))}
	for p.pos < len(in) {
		switch in[p.pos] {
		case '&':
			if code := p.entity(); code != 0 {
				p.put(code)
				continue
			}
			p.copyByte()
		case '<':
			if p.at(p.pos+1) == '/' {
				err = p.endTag()
			} else {
				err = p.startTag()
			}
			if err != nil {
				return "", nil, err
			}
		default:
			p.copyByte()
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, wrong("Can't find end tag corresponding to start tag %q", p.open[n-1].name)
	}
	if p.split || !utf8.Valid(p.out) {
		return "", nil, htmlError("Text contains invalid Unicode characters after decoding HTML entities, " +
			"check for unmatched surrogate code units")
	}
	return string(p.out), tidy(p.ents), nil
}

// at returns the byte at i, 0 behind the end.
func (p *htmlParser) at(i int) byte {
	if i < len(p.in) {
		return p.in[i]
	}
	return 0
}

func (p *htmlParser) copyByte() {
	c := p.in[p.pos]
	if c&0xc0 != 0x80 { // the first byte of a character
		p.units++
		if c >= 0xf0 {
			p.units++
		}
	}
	p.out = append(p.out, c)
	p.pos++
}

func (p *htmlParser) put(code rune) {
	p.units++
	if code > 0xffff {
		p.units++
	}
	if code >= 0xd800 && code <= 0xdfff {
		p.split = true
	}
	p.out = utf8.AppendRune(p.out, code)
}

// entity decodes a character reference at pos and moves behind it; 0 means that
// there is none and the ampersand stands for itself.
func (p *htmlParser) entity() rune {
	end := p.pos + 1
	var code rune
	if p.at(end) == '#' {
		end++
		base, digit := 10, isDigit
		if p.at(end) == 'x' {
			end++
			base, digit = 16, isHex
		}
		start := end
		for digit(p.at(end)) {
			end++
		}
		if end == start || end-p.pos >= 10 {
			return 0
		}
		n, err := strconv.ParseUint(p.in[start:end], base, 32)
		if err != nil || n == 0 || n >= 0x10ffff {
			return 0
		}
		code = rune(n)
	} else {
		for isAlpha(p.at(end)) {
			end++
		}
		switch p.in[p.pos+1 : end] {
		case "lt":
			code = '<'
		case "gt":
			code = '>'
		case "amp":
			code = '&'
		case "quot":
			code = '"'
		default:
			return 0
		}
	}
	if p.at(end) == ';' {
		end++
	}
	p.pos = end
	return code
}

func supportedTag(name string) bool {
	switch name {
	case "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji", "tg-time",
		"span", "pre", "code", "blockquote":
		return true
	}
	return false
}

func (p *htmlParser) startTag() error {
	begin := p.pos
	p.pos++
	for p.pos < len(p.in) && !isSpace(p.in[p.pos]) && p.in[p.pos] != '>' {
		p.pos++
	}
	if p.pos >= len(p.in) {
		return wrong("Unclosed start tag at byte offset %d", begin)
	}
	tag := openTag{name: strings.ToLower(p.in[begin+1 : p.pos]), offset: p.units, begin: len(p.out)}
	if !supportedTag(tag.name) {
		return wrong("Unsupported start tag \"%s\" at byte offset %d", tag.name, begin)
	}
	for p.at(p.pos) != '>' {
		p.spaces()
		if p.at(p.pos) == '>' {
			break
		}
		if err := p.attribute(&tag, begin); err != nil {
			return err
		}
	}
	if tag.name == "span" && tag.argument != "spoiler" {
		return wrong("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin)
	}
	p.pos++ // the '>'
	p.open = append(p.open, tag)
	return nil
}

func (p *htmlParser) spaces() {
	for p.pos < len(p.in) && isSpace(p.in[p.pos]) {
		p.pos++
	}
}

// attribute reads one name, with a value or without.
func (p *htmlParser) attribute(tag *openTag, begin int) error {
	start := p.pos
	for p.pos < len(p.in) && !isSpace(p.in[p.pos]) && p.in[p.pos] != '=' && p.in[p.pos] != '>' {
		p.pos++
	}
	name := p.in[start:p.pos]
	p.spaces()
	switch {
	case p.pos >= len(p.in):
		return wrong("Unclosed start tag \"%s\" at byte offset %d", tag.name, begin)
	case name == "":
		return wrong("Empty attribute name in the tag \"%s\" at byte offset %d", tag.name, begin)
	case p.in[p.pos] != '=':
		tag.set(name, "")
		return nil
	}
	p.pos++
	p.spaces()
	if p.pos >= len(p.in) {
		return wrong("Unclosed start tag \"%s\" at byte offset %d", tag.name, begin)
	}
	value, err := p.value()
	if err != nil {
		return err
	}
	if p.pos >= len(p.in) {
		return wrong("Unclosed start tag at byte offset %d", begin)
	}
	tag.set(name, value)
	return nil
}

// value reads a quoted text, or a token of letters, digits, points and hyphens.
func (p *htmlParser) value() (string, error) {
	quote := p.in[p.pos]
	if quote != '"' && quote != '\'' {
		start := p.pos
		for isAlpha(p.at(p.pos)) || isDigit(p.at(p.pos)) || p.at(p.pos) == '.' || p.at(p.pos) == '-' {
			p.pos++
		}
		if !isSpace(p.at(p.pos)) && p.at(p.pos) != '>' {
			return "", wrong("Unexpected end of name token at byte offset %d", start)
		}
		return strings.ToLower(p.in[start:p.pos]), nil
	}
	p.pos++
	var b []byte
	for p.pos < len(p.in) && p.in[p.pos] != quote {
		if p.in[p.pos] == '&' {
			if code := p.entity(); code != 0 {
				b = utf8.AppendRune(b, code)
				continue
			}
		}
		b = append(b, p.in[p.pos])
		p.pos++
	}
	if p.pos < len(p.in) {
		p.pos++
	}
	return string(b), nil
}

// set keeps the attributes that mean something; the others are ignored.
func (t *openTag) set(name, value string) {
	switch {
	case t.name == "a" && name == "href",
		t.name == "tg-emoji" && name == "emoji-id",
		t.name == "tg-time" && name == "unix":
		t.argument = value
	case t.name == "tg-time" && name == "format":
		t.format = value
	case t.name == "code" && name == "class" && strings.HasPrefix(value, "language-"):
		t.argument = strings.TrimPrefix(value, "language-")
	case t.name == "span" && name == "class" && strings.HasPrefix(value, "tg-"):
		t.argument = strings.TrimPrefix(value, "tg-")
	case t.name == "blockquote" && name == "expandable":
		t.argument = "expandable"
	}
}

func (p *htmlParser) endTag() error {
	begin := p.pos
	if len(p.open) == 0 {
		return wrong("Unexpected end tag at byte offset %d", begin)
	}
	p.pos += 2
	start := p.pos
	for p.pos < len(p.in) && !isSpace(p.in[p.pos]) && p.in[p.pos] != '>' {
		p.pos++
	}
	name := strings.ToLower(p.in[min(start, len(p.in)):p.pos])
	p.spaces()
	if p.at(p.pos) != '>' {
		return wrong("Unclosed end tag at byte offset %d", begin)
	}
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return wrong("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	p.pos++
	if p.units > tag.offset {
		return p.close(tag)
	}
	return nil
}

// close adds the entity of a finished tag.
func (p *htmlParser) close(tag openTag) error {
	e := Entity{Offset: tag.offset, Length: p.units - tag.offset}
	same := func(kind string) bool {
		n := len(p.ents)
		return n > 0 && p.ents[n-1].Type == kind && p.ents[n-1].Offset == e.Offset && p.ents[n-1].Length == e.Length
	}
	switch tag.name {
	case "b", "strong":
		e.Type = "bold"
	case "i", "em":
		e.Type = "italic"
	case "s", "strike", "del":
		e.Type = "strikethrough"
	case "u", "ins":
		e.Type = "underline"
	case "tg-spoiler", "span":
		e.Type = "spoiler"
	case "blockquote":
		e.Type = "blockquote"
		if tag.argument != "" {
			e.Type = "expandable_blockquote"
		}
	case "tg-emoji":
		if n, err := strconv.ParseInt(tag.argument, 10, 64); err != nil || n == 0 {
			return wrong("Invalid custom emoji identifier specified")
		}
		e.Type, e.Emoji = "custom_emoji", tag.argument
	case "tg-time":
		n, err := strconv.ParseInt(tag.argument, 10, 64)
		if err != nil || n <= 0 {
			return wrong("Invalid date specified")
		}
		e.Type, e.Unix, e.Format = "date_time", n, tag.format
	case "a":
		target := tag.argument
		if target == "" {
			target = string(p.out[tag.begin:])
		}
		if target = checkedLink(target); target == "" {
			return nil // a link that leads nowhere is dropped without a word
		}
		e.Type, e.URL = "text_link", target
	case "pre":
		if same("code") && p.ents[len(p.ents)-1].Language != "" {
			p.ents[len(p.ents)-1].Type = "pre"
			return nil
		}
		e.Type = "pre"
	case "code":
		if same("pre") && tag.argument != "" {
			p.ents[len(p.ents)-1].Language = tag.argument
			return nil
		}
		e.Type, e.Language = "code", tag.argument
	}
	p.ents = append(p.ents, e)
	return nil
}

// checkedLink makes a link complete as Telegram does, or returns "" for one that
// leads nowhere.
func checkedLink(target string) string {
	target = strings.TrimSpace(target)
	if target == "" || strings.ContainsAny(target, " \t\r\n") {
		return ""
	}
	if !strings.Contains(target, "://") {
		if scheme, _, ok := strings.Cut(target, ":"); ok && (scheme == "tg" || scheme == "ton" || scheme == "mailto" || scheme == "tel") {
			return target
		}
		target = "http://" + target
	}
	u, err := url.Parse(target)
	if err != nil || u.Host == "" {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "tg", "ton", "tonsite":
		return target
	case "http", "https", "ftp":
	default:
		return ""
	}
	host := u.Hostname()
	if !strings.Contains(host, ".") && !strings.Contains(host, ":") && host != "localhost" {
		return ""
	}
	if strings.HasPrefix(host, ".") || strings.HasSuffix(host, ".") {
		return ""
	}
	if u.Path == "" {
		rest := target[len(u.Scheme)+3:]
		if i := strings.IndexAny(rest, "?#"); i >= 0 {
			return u.Scheme + "://" + rest[:i] + "/" + rest[i:]
		}
		return target + "/"
	}
	return target
}

// tidy puts entities in order and drops what Telegram drops: formatting inside
// code, a quotation inside a quotation.
func tidy(ents []Entity) []Entity {
	for i := range ents {
		if ents[i].Type == "code" {
			ents[i].Language = ""
		}
	}
	slices.SortStableFunc(ents, func(a, b Entity) int {
		if a.Offset != b.Offset {
			return a.Offset - b.Offset
		}
		if a.Length != b.Length {
			return b.Length - a.Length
		}
		return rank(a.Type) - rank(b.Type)
	})
	var out []Entity
	codeEnd, quoteEnd := 0, 0
	for _, e := range ents {
		end := e.Offset + e.Length
		if e.Offset < codeEnd && !isQuote(e.Type) {
			continue
		}
		switch {
		case isQuote(e.Type):
			if e.Offset < quoteEnd {
				continue
			}
			quoteEnd = end
		case e.Type == "code" || e.Type == "pre":
			out = slices.DeleteFunc(out, func(o Entity) bool { // formatting of exactly the same stretch
				return o.Offset == e.Offset && o.Length == e.Length && !isQuote(o.Type)
			})
			codeEnd = end
		}
		out = append(out, e)
	}
	return out
}

func isQuote(kind string) bool { return kind == "blockquote" || kind == "expandable_blockquote" }

// rank orders entities of one stretch, the outer one first.
func rank(kind string) int {
	order := [...]string{
		"expandable_blockquote", "blockquote", "pre", "code", "text_link", "bold", "italic", "underline",
		"strikethrough", "spoiler", "date_time", "custom_emoji",
	}
	for i, k := range order {
		if k == kind {
			return i
		}
	}
	return len(order)
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0
}
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isAlpha(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isHex(c byte) bool   { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }
