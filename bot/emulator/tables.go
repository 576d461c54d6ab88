package emulator

import (
	_ "embed" // the tables
	"encoding/json"
	"fmt"
	"strings"
	"sync"
)

//go:embed data/botapi-methods.json
var methodsJSON []byte

//go:embed data/botapi-types.json
var typesJSON []byte

// rawField is a parameter or field as the data files write it.
type rawField struct {
	Type          any      `json:"type"` // a string, or a list of strings of which any will do
	Required      bool     `json:"required"`
	Enum          []string `json:"enum"`
	MinChars      *int     `json:"min_chars"`
	MaxChars      *int     `json:"max_chars"`
	MinBytes      *int     `json:"min_bytes"`
	MaxBytes      *int     `json:"max_bytes"`
	MinItems      *int     `json:"min_items"`
	MaxItems      *int     `json:"max_items"`
	Min           *int64   `json:"min"`
	Max           *int64   `json:"max"`
	AfterEntities bool     `json:"after_entities"`
}

// tables are the data files, compiled for checking.
type tables struct {
	methods       map[string]*methodSpec // by lower-case name
	objects       map[string]*object
	legacyParams  map[string]string // old name -> the parameter it stood for
	legacyMethods map[string]string // old lower-case name -> today's
}

type methodSpec struct {
	name   string
	params map[string]*field
	needed []*field // the required ones
}

// field is a parameter or a field of an object.
type field struct {
	name     string
	shapes   []shape // any will do
	required bool
	enum     []string
	minChars int // -1 where there is no bound
	maxChars int
	minBytes int
	maxBytes int
	minItems int
	maxItems int
	min, max *int64
}

// shape is one type that a value may have.
type shape struct {
	kind   kind
	object *object // with kindObject
	elem   []shape // with kindArray: of each element, any will do
	name   string  // as the documentation writes it
}

type kind int

const (
	kindInteger kind = iota
	kindFloat
	kindString
	kindBoolean
	kindObject
	kindArray
	kindFile
)

type object struct {
	name     string
	fields   map[string]*field
	required []*field
	tags     []*field // required ones with a single allowed value: they tell a union's members apart
}

// legacyOf says which parameter an old name stood for: it is read by methods
// that have that parameter today.
func legacyOf() map[string]string {
	return map[string]string{
		"reply_to_message_id":         "reply_parameters",
		"allow_sending_without_reply": "reply_parameters",
		"disable_web_page_preview":    "link_preview_options",
		"switch_pm_text":              "button",
		"switch_pm_parameter":         "button",
		"thumb":                       "thumbnail",
	}
}

// sharedTables compiles the data once for all servers; nothing changes them later.
var sharedTables = sync.OnceValues(loadTables)

func loadTables() (*tables, error) {
	var m struct {
		Methods map[string]map[string]rawField `json:"methods"`
		Legacy  struct {
			Params  map[string]string `json:"params"`
			Methods map[string]string `json:"methods"`
		} `json:"legacy"`
	}
	if err := json.Unmarshal(methodsJSON, &m); err != nil {
		return nil, fmt.Errorf("emulator: read the methods table: %w", err)
	}
	var t struct {
		Types  map[string]map[string]rawField `json:"types"`
		Unions map[string][]string            `json:"unions"`
	}
	if err := json.Unmarshal(typesJSON, &t); err != nil {
		return nil, fmt.Errorf("emulator: read the types table: %w", err)
	}

	out := &tables{
		methods: make(map[string]*methodSpec, len(m.Methods)), objects: make(map[string]*object, len(t.Types)),
		legacyParams: legacyOf(), legacyMethods: map[string]string{},
	}
	for name := range m.Legacy.Params {
		if out.legacyParams[name] == "" {
			return nil, fmt.Errorf("emulator: old parameter %q has no successor", name)
		}
	}
	for name := range t.Types {
		out.objects[name] = &object{name: name, fields: map[string]*field{}}
	}
	c := compiler{out, t.Unions}
	for name, fields := range t.Types {
		o := out.objects[name]
		for fname, raw := range fields {
			f, err := c.field(fname, raw)
			if err != nil {
				return nil, fmt.Errorf("emulator: type %s: %w", name, err)
			}
			o.fields[fname] = f
			if f.required {
				o.required = append(o.required, f)
				if len(f.enum) == 1 {
					o.tags = append(o.tags, f)
				}
			}
		}
	}
	for name, params := range m.Methods {
		spec := &methodSpec{name: name, params: map[string]*field{}}
		for pname, raw := range params {
			f, err := c.field(pname, raw)
			if err != nil {
				return nil, fmt.Errorf("emulator: method %s: %w", name, err)
			}
			spec.params[pname] = f
			if f.required {
				spec.needed = append(spec.needed, f)
			}
		}
		out.methods[strings.ToLower(name)] = spec
	}
	for old, now := range m.Legacy.Methods {
		out.legacyMethods[strings.ToLower(old)] = now
	}
	return out, nil
}

// method finds a method by name, in any case as the service does.
func (t *tables) method(name string) (*methodSpec, bool) {
	spec, ok := t.methods[strings.ToLower(name)]
	return spec, ok
}

type compiler struct {
	out    *tables
	unions map[string][]string
}

func (c compiler) field(name string, raw rawField) (*field, error) {
	f := &field{
		name: name, required: raw.Required, enum: raw.Enum, min: raw.Min, max: raw.Max,
		minChars: bound(raw.MinChars), maxChars: bound(raw.MaxChars), minBytes: bound(raw.MinBytes),
		maxBytes: bound(raw.MaxBytes), minItems: bound(raw.MinItems), maxItems: bound(raw.MaxItems),
	}
	if raw.AfterEntities { // counted where the entities are known
		f.minChars, f.maxChars = -1, -1
	}
	var names []string
	switch v := raw.Type.(type) {
	case string:
		names = []string{v}
	case []any:
		for _, n := range v {
			s, ok := n.(string)
			if !ok {
				return nil, fmt.Errorf("field %s has a type that is no name", name)
			}
			names = append(names, s)
		}
	default:
		return nil, fmt.Errorf("field %s has no type", name)
	}
	shapes, err := c.shapes(names)
	if err != nil {
		return nil, fmt.Errorf("field %s: %w", name, err)
	}
	f.shapes = mergeArrays(shapes)
	return f, nil
}

func bound(n *int) int {
	if n == nil {
		return -1
	}
	return *n
}

func (c compiler) shapes(names []string) ([]shape, error) {
	var out []shape
	for _, n := range names {
		switch {
		case strings.HasSuffix(n, "[]"):
			elem, err := c.shapes([]string{strings.TrimSuffix(n, "[]")})
			if err != nil {
				return nil, err
			}
			out = append(out, shape{kind: kindArray, elem: elem, name: "Array of " + strings.TrimSuffix(n, "[]")})
		case n == "Integer":
			out = append(out, shape{kind: kindInteger, name: n})
		case n == "Float":
			out = append(out, shape{kind: kindFloat, name: n})
		case n == "String":
			out = append(out, shape{kind: kindString, name: n})
		case n == "Boolean", n == "True":
			out = append(out, shape{kind: kindBoolean, name: n})
		case n == "InputFile":
			out = append(out, shape{kind: kindFile, name: n})
		case c.unions[n] != nil:
			members, err := c.shapes(c.unions[n])
			if err != nil {
				return nil, err
			}
			out = append(out, members...)
		case c.out.objects[n] != nil:
			out = append(out, shape{kind: kindObject, object: c.out.objects[n], name: n})
		case n == "APIResponseOk<Methods>", n == "APIResponseError": // answers, never sent to us
		case n == "RichText": // text that nests itself: named by the answers only
		default:
			return nil, fmt.Errorf("unknown type %q", n)
		}
	}
	return out, nil
}

// mergeArrays turns "array of A or array of B" into "array of A or B": Telegram
// allows the mixture wherever the documentation lists such types.
func mergeArrays(in []shape) []shape {
	var out []shape
	at := -1
	for _, s := range in {
		if s.kind == kindArray {
			if at >= 0 {
				out[at].elem = append(out[at].elem[:len(out[at].elem):len(out[at].elem)], s.elem...)
				continue
			}
			at = len(out)
		}
		out = append(out, s)
	}
	return out
}
