package emulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// upload is one file part of a multipart request.
type upload struct {
	name, mime string
	data       []byte
}

// flaw is what is wrong with a value; path leads to it.
type flaw struct {
	path string
	text string
	code string // Telegram's own word for it, where it has one
}

func (f *flaw) in(name string) *flaw {
	if f.path == "" {
		f.path = name
	} else {
		f.path = name + "." + f.path
	}
	return f
}

func (f *flaw) refuse(param string) *apiError {
	if f.code != "" {
		return bad(f.code)
	}
	if f.path == "" {
		return bad("can't parse " + param + ": " + f.text)
	}
	return bad("can't parse " + param + ": Field \"" + f.path + "\" " + f.text)
}

// parameter checks the text of one form parameter and returns its value: int64,
// float64, string, bool, map[string]any or []any. A JSON null counts as absent.
func (f *field) parameter(text string) (any, *flaw) {
	var last *flaw
	for _, s := range f.shapes {
		v, problem := s.parse(text)
		if problem != nil {
			if last == nil || s.kind == kindString {
				last = problem
			}
			continue
		}
		if v == nil {
			return nil, nil
		}
		return f.check(v)
	}
	return nil, last
}

// parse reads a form value as this shape, without looking into objects.
func (s shape) parse(text string) (any, *flaw) {
	switch s.kind {
	case kindInteger:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, &flaw{text: "must be an Integer"}
		}
		return n, nil
	case kindFloat:
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, &flaw{text: "must be a Float"}
		}
		return n, nil
	case kindString:
		if !utf8.ValidString(text) {
			return nil, &flaw{code: "strings must be encoded in UTF-8"}
		}
		return text, nil
	case kindBoolean:
		switch strings.ToLower(text) {
		case "true", "1", "yes":
			return true, nil
		case "false", "0", "no":
			return false, nil
		}
		return nil, &flaw{text: "must be a Boolean"}
	case kindFile:
		return nil, &flaw{text: "must be an uploaded file"}
	case kindObject, kindArray:
	}
	if !utf8.ValidString(text) {
		return nil, &flaw{code: "strings must be encoded in UTF-8"}
	}
	v, err := decodeJSON(text)
	if err != nil {
		return nil, &flaw{text: "can't parse JSON object"}
	}
	return v, nil
}

// decodeJSON reads exactly one JSON value, keeping numbers as written.
func decodeJSON(text string) (any, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err //nolint:wrapcheck // the caller words it
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one value")
	}
	return v, nil
}

// check compares a decoded value with the field and returns it with its numbers
// as int64 and float64.
func (f *field) check(v any) (any, *flaw) {
	out, problem := anyOf(f.shapes, v)
	if problem != nil {
		return nil, problem
	}
	if problem = f.limits(out); problem != nil {
		return nil, problem
	}
	return out, nil
}

// anyOf finds the first shape that fits. For objects the tags decide which
// member of a union is meant, so that its own flaw is reported.
func anyOf(shapes []shape, v any) (any, *flaw) {
	var nearest *flaw
	for _, s := range shapes {
		if s.kind == kindObject && len(shapes) > 1 && !s.object.resembles(v) {
			continue
		}
		out, problem := s.check(v)
		if problem == nil {
			return out, nil
		}
		if nearest == nil || len(problem.path) > len(nearest.path) {
			nearest = problem
		}
	}
	if nearest == nil {
		names := make([]string, len(shapes))
		for i, s := range shapes {
			names[i] = s.name
		}
		nearest = &flaw{text: "is none of " + strings.Join(names, ", ")}
	}
	return nil, nearest
}

// resembles reports whether the value has this object's tags and required keys.
func (o *object) resembles(v any) bool {
	m, ok := v.(map[string]any)
	if !ok {
		return false
	}
	for _, tag := range o.tags {
		if s, _ := m[tag.name].(string); s != tag.enum[0] {
			return false
		}
	}
	for _, f := range o.required {
		if _, ok := m[f.name]; !ok && len(o.tags) == 0 {
			return false
		}
	}
	return true
}

func (s shape) check(v any) (any, *flaw) {
	wrong := func() (any, *flaw) { return nil, &flaw{text: "must be of type " + s.name} }
	switch s.kind {
	case kindInteger:
		switch n := v.(type) {
		case int64:
			return n, nil
		case json.Number:
			i, err := n.Int64()
			if err != nil {
				return wrong()
			}
			return i, nil
		}
	case kindFloat:
		switch n := v.(type) {
		case float64:
			return n, nil
		case json.Number:
			x, err := n.Float64()
			if err != nil {
				return wrong()
			}
			return x, nil
		}
	case kindString:
		if _, ok := v.(string); ok {
			return v, nil
		}
	case kindBoolean:
		if b, ok := v.(bool); ok && (b || s.name != "True") {
			return b, nil
		}
	case kindFile:
		if _, ok := v.(*upload); ok {
			return v, nil
		}
	case kindArray:
		return s.checkArray(v)
	case kindObject:
		return s.object.check(v)
	}
	return wrong()
}

func (s shape) checkArray(v any) (any, *flaw) {
	items, ok := v.([]any)
	if !ok {
		return nil, &flaw{text: "must be of type Array"}
	}
	for i, item := range items {
		out, problem := anyOf(s.elem, item)
		if problem != nil {
			return nil, problem.in(strconv.Itoa(i))
		}
		items[i] = out
	}
	return items, nil
}

func (o *object) check(v any) (any, *flaw) {
	m, ok := v.(map[string]any)
	if !ok {
		return nil, &flaw{text: "must be of type " + o.name}
	}
	for _, f := range o.required {
		if _, ok := m[f.name]; !ok {
			return nil, (&flaw{text: "is missing"}).in(f.name)
		}
	}
	for name, value := range m {
		f := o.fields[name]
		if f == nil {
			return nil, (&flaw{text: "is unknown to " + o.name}).in(name)
		}
		if value == nil && !f.required {
			delete(m, name)
			continue
		}
		out, problem := f.check(value)
		if problem != nil {
			return nil, problem.in(name)
		}
		m[name] = out
	}
	return m, nil
}

// limits checks lengths, counts, ranges and allowed values.
func (f *field) limits(v any) *flaw {
	switch v := v.(type) {
	case string:
		if len(f.enum) > 0 && !slices.Contains(f.enum, v) {
			return &flaw{code: ownWords(f.name), text: "must be one of " + strings.Join(f.enum, ", ")}
		}
		if f.maxBytes >= 0 || f.minBytes >= 0 {
			if f.maxBytes >= 0 && len(v) > f.maxBytes || len(v) < f.minBytes {
				return &flaw{code: ownWords(f.name), text: "must be " + span(f.minBytes, f.maxBytes) + " bytes long"}
			}
		}
		if f.maxChars >= 0 && utf16Len(v) > f.maxChars || utf16Len(v) < f.minChars {
			return &flaw{text: "must be " + span(f.minChars, f.maxChars) + " characters long"}
		}
	case int64:
		if f.min != nil && v < *f.min || f.max != nil && v > *f.max {
			return &flaw{text: "must be between " + strconv.FormatInt(*f.min, 10) + " and " + strconv.FormatInt(*f.max, 10)}
		}
	case []any:
		if f.maxItems >= 0 && len(v) > f.maxItems || len(v) < f.minItems {
			return &flaw{text: "must have " + span(f.minItems, f.maxItems) + " items"}
		}
	}
	return nil
}

// ownWords is Telegram's own description of a value outside its limits, where it
// is known; the rest is worded by us.
func ownWords(field string) string {
	switch field {
	case "callback_data":
		return "BUTTON_DATA_INVALID"
	case "action":
		return "wrong parameter action in request"
	}
	return ""
}

func span(low, high int) string {
	if high < 0 {
		return "at least " + strconv.Itoa(low)
	}
	return strconv.Itoa(max(low, 0)) + "-" + strconv.Itoa(high)
}

// utf16Len counts UTF-16 code units, as Telegram counts characters.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// compact is the JSON of a checked value, for records and comparisons.
func compact(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // checked values always encode
	}
	return strings.TrimSuffix(b.String(), "\n")
}
