package emulator

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// The largest bodies that are read: of a request with files, and of one without.
const (
	maxUpload = 50 << 20
	maxForm   = 1 << 20
)

// call is one request, checked against the tables.
type call struct {
	ctx    context.Context //nolint:containedctx // lives exactly as long as the request
	method string
	raw    map[string]string
	args   map[string]any
	files  map[string]*upload
	gone   error // errGone when the caller hung up while we waited
}

// readCall reads the parameters from wherever they stand (query, form, JSON or
// multipart) and checks each of them.
func (s *Server) readCall(c *call, spec *methodSpec, w http.ResponseWriter, r *http.Request) *apiError {
	c.raw, c.args = map[string]string{}, map[string]any{}
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		return fail(http.StatusNotFound, "Not Found")
	}
	if r.URL.RawQuery != "" {
		c.take(r.URL.Query())
	}
	if e := c.readBody(w, r); e != nil {
		return e
	}
	for name, text := range c.raw {
		f := spec.params[name]
		if f == nil {
			if e := s.legacy(spec, name); e != nil {
				return e
			}
			c.args[name] = text
			continue
		}
		if text == "" && !f.required {
			continue // an empty value is as good as none
		}
		v, problem := f.parameter(text)
		if problem != nil {
			return problem.refuse(name)
		}
		if v != nil {
			c.args[name] = v
		}
	}
	if e := c.placeFiles(spec); e != nil {
		return e
	}
	for _, f := range spec.needed {
		if v, ok := c.args[f.name]; !ok || v == "" && f.minChars != 0 {
			return missing(c, f)
		}
	}
	return nil
}

// legacy accepts, with a warning, a name that the service still reads.
func (s *Server) legacy(spec *methodSpec, name string) *apiError {
	if now, ok := s.api.legacyParams[name]; ok && spec.params[now] != nil {
		s.warn(spec.name + ": " + name + " is an old name, use " + now)
		return nil
	}
	return bad("unknown parameter \"" + name + "\" of " + spec.name)
}

// missing words the absence of a required parameter as Telegram does.
func missing(c *call, f *field) *apiError {
	switch f.name {
	case "text":
		return bad("message text is empty")
	case "photo", "document", "video", "audio", "voice", "animation", "sticker":
		return bad("there is no " + f.name + " in the request")
	}
	if s := f.shapes[0]; s.kind == kindArray && c.raw[f.name] == "null" {
		return bad("can't parse " + f.name + ": Expected an " + s.name)
	}
	return bad(f.name + " is empty")
}

func (c *call) take(values url.Values) {
	for name, all := range values {
		if len(all) > 0 {
			c.raw[name] = all[0]
		}
	}
}

func (c *call) readBody(w http.ResponseWriter, r *http.Request) *apiError {
	if r.Method == http.MethodGet || r.Body == nil || r.Body == http.NoBody {
		return nil
	}
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil && r.Header.Get("Content-Type") != "" {
		return bad("invalid content type")
	}
	switch media {
	case "multipart/form-data":
		return c.readMultipart(w, r)
	case "application/json":
		body, e := readAll(w, r, maxForm)
		if e != nil {
			return e
		}
		return c.readJSON(body)
	case "application/x-www-form-urlencoded", "":
		body, e := readAll(w, r, maxForm)
		if e != nil {
			return e
		}
		values, err := url.ParseQuery(string(body))
		if err != nil {
			return bad("can't parse request body")
		}
		c.take(values)
		return nil
	}
	return bad("unsupported content type " + media)
}

func readAll(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, *apiError) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, fail(http.StatusRequestEntityTooLarge, "Request Entity Too Large")
	case err != nil:
		return nil, bad("can't read the request")
	}
	return body, nil
}

// readJSON takes the members of a JSON body apart: strings as they are, all else
// as JSON text, so that one check serves both forms.
func (c *call) readJSON(body []byte) *apiError {
	if len(strings.TrimSpace(string(body))) == 0 {
		return nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(body, &members); err != nil {
		return bad("can't parse request JSON object")
	}
	for name, raw := range members {
		text := string(raw)
		if strings.HasPrefix(text, `"`) {
			if err := json.Unmarshal(raw, &text); err != nil {
				return bad("can't parse request JSON object")
			}
		}
		c.raw[name] = text
	}
	return nil
}

func (c *call) readMultipart(w http.ResponseWriter, r *http.Request) *apiError {
	// a little more than a file: the other parts and the part headers
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload+maxForm)
	err := r.ParseMultipartForm(maxUpload + maxForm)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return fail(http.StatusRequestEntityTooLarge, "Request Entity Too Large")
	case err != nil:
		return bad("can't parse multipart form")
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	c.take(r.MultipartForm.Value)
	c.files = map[string]*upload{}
	for name, headers := range r.MultipartForm.File {
		h := headers[0]
		f, err := h.Open()
		if err != nil {
			return bad("can't read file " + name)
		}
		data, err := io.ReadAll(f)
		_ = f.Close()
		if err != nil {
			return bad("can't read file " + name)
		}
		if len(data) > maxUpload {
			return fail(http.StatusRequestEntityTooLarge, "Request Entity Too Large")
		}
		c.files[name] = &upload{name: h.Filename, mime: h.Header.Get("Content-Type"), data: data}
	}
	return nil
}

// placeFiles gives each uploaded file to the parameter of its name, or to the
// attach:// reference that names it. A file that nothing asks for is refused.
func (c *call) placeFiles(spec *methodSpec) *apiError {
	for name, u := range c.files {
		if f := spec.params[name]; f != nil && f.takesFile() {
			c.args[name] = u
			continue
		}
		if spec.params["thumbnail"] != nil && name == "thumb" {
			continue
		}
		used := false
		for _, text := range c.raw {
			used = used || strings.Contains(text, "attach://"+name)
		}
		if !used {
			return bad("file \"" + name + "\" is not asked for by any parameter of " + spec.name)
		}
	}
	return nil
}

func (f *field) takesFile() bool {
	return slices.ContainsFunc(f.shapes, func(s shape) bool { return s.kind == kindFile })
}

func (c *call) fileNames() []string {
	if len(c.files) == 0 {
		return nil
	}
	var names []string
	for _, key := range slices.Sorted(maps.Keys(c.files)) {
		names = append(names, c.files[key].name)
	}
	return names
}

func (c *call) has(name string) bool { _, ok := c.args[name]; return ok }

func (c *call) str(name string) string {
	s, _ := c.args[name].(string)
	return s
}

func (c *call) num(name string) int64 {
	n, _ := c.args[name].(int64)
	return n
}

func (c *call) flag(name string) bool {
	b, _ := c.args[name].(bool)
	return b
}

func (c *call) obj(name string) map[string]any {
	m, _ := c.args[name].(map[string]any)
	return m
}

func (c *call) list(name string) []any {
	l, _ := c.args[name].([]any)
	return l
}

// chatID returns the chat that the call is about, 0 when it names none by number.
func (c *call) chatID() int64 {
	if n, ok := c.args["chat_id"].(int64); ok {
		return n
	}
	n, err := strconv.ParseInt(c.raw["chat_id"], 10, 64)
	if err != nil {
		return 0
	}
	return n
}
