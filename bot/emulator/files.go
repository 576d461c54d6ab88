package emulator

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif" // a photo may be any of the three
	"image/jpeg"
	_ "image/png" // as above
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// Sizes of files and pictures.
const (
	maxPhoto    = 10 << 20
	maxDownload = 20 << 20
	maxSides    = 10000 // width and height together
	maxRatio    = 20
	previewSide = 320 // of the smaller size that comes with every photo
	linkLife    = time.Hour
)

// fileStore keeps what was uploaded by either side.
type fileStore struct {
	byID  map[string]*stored
	paths map[string]issued // what getFile handed out
	count int
}

// issued is a download path and the end of its life.
type issued struct {
	file  *stored
	until time.Time
}

// stored is one file under one id. A photo has an id for each of its sizes.
type stored struct {
	id, unique string
	kind       string // "photo", "document", or what else a person sent
	name, mime string
	data       []byte
	size       int64
	width      int // of a photo
	height     int
	sizes      []wirePhoto // all sizes, smallest first
	shrink     bool        // a smaller size: made from data when it is fetched
}

func newFileStore() fileStore {
	return fileStore{byID: map[string]*stored{}, paths: map[string]issued{}}
}

// keep gives a file its ids; the caller holds the lock.
func (s *Server) keep(f *stored) *stored {
	s.files.count++
	prefix := map[string]string{"photo": "AgACAgIAAxk", "document": "BQACAgIAAxk"}[f.kind]
	if prefix == "" {
		prefix = "AwACAgIAAxk"
	}
	f.id, f.unique = s.key(prefix), fmt.Sprintf("AQAD%07d", s.files.count)
	if f.size == 0 {
		f.size = int64(len(f.data))
	}
	s.files.byID[f.id] = f
	return f
}

// keepPhoto keeps a picture in two sizes, as Telegram gives several: the last is
// the largest.
func (s *Server) keepPhoto(data []byte, width, height int) *stored {
	full := s.keep(&stored{kind: "photo", data: data, width: width, height: height, mime: http.DetectContentType(data)})
	sizes := []wirePhoto{full.photo()}
	if side := max(width, height); side > previewSide {
		small := s.keep(&stored{
			kind: "photo", data: data, mime: "image/jpeg", shrink: true, size: max(full.size/4, 1),
			width: max(width*previewSide/side, 1), height: max(height*previewSide/side, 1),
		})
		sizes = []wirePhoto{small.photo(), full.photo()}
		small.sizes = sizes
	}
	full.sizes = sizes
	return full
}

func (f *stored) photo() wirePhoto {
	return wirePhoto{ID: f.id, UniqueID: f.unique, Width: f.width, Height: f.height, Size: f.size, mime: f.mime}
}

func (f *stored) document() *wireDocument {
	return &wireDocument{ID: f.id, UniqueID: f.unique, Name: f.name, MIME: f.mime, Size: f.size}
}

// FileBytes returns the content of a file, by its id.
func (s *Server) FileBytes(id string) ([]byte, bool) {
	s.mu.Lock()
	f := s.files.byID[id]
	s.mu.Unlock()
	if f == nil {
		return nil, false
	}
	return f.content(), true
}

// content is the file's bytes; a smaller size of a photo is drawn now.
func (f *stored) content() []byte {
	if !f.shrink {
		return f.data
	}
	in, _, err := image.Decode(bytes.NewReader(f.data))
	if err != nil {
		return f.data
	}
	b := in.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, f.width, f.height))
	for y := range f.height {
		for x := range f.width {
			out.Set(x, y, in.At(b.Min.X+x*b.Dx()/f.width, b.Min.Y+y*b.Dy()/f.height))
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, out, nil); err != nil {
		return f.data
	}
	return buf.Bytes()
}

// takeFile finds what a parameter means: an upload, attach://name, the id of a
// file that Telegram already has, or an address (which nobody fetches here). The
// caller holds the lock.
func (s *Server) takeFile(c *call, v any, kind string) (*stored, *apiError) {
	switch v := v.(type) {
	case *upload:
		return s.uploaded(v, kind)
	case string:
		if name, ok := strings.CutPrefix(v, "attach://"); ok {
			if u := c.files[name]; u != nil {
				return s.uploaded(u, kind)
			}
			return nil, bad("there is no " + kind + " in the request")
		}
		if strings.Contains(v, "://") {
			return nil, bad("failed to get HTTP URL content")
		}
		f := s.files.byID[v]
		switch {
		case f == nil:
			return nil, bad("wrong file identifier/HTTP URL specified")
		case f.kind != kind:
			return nil, bad("can't use file of type " + title(f.kind) + " as " + title(kind))
		}
		return f, nil
	}
	return nil, bad("there is no " + kind + " in the request")
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// uploaded checks a new file and keeps it.
func (s *Server) uploaded(u *upload, kind string) (*stored, *apiError) {
	if len(u.data) == 0 {
		return nil, bad("file must be non-empty")
	}
	if kind != "photo" {
		return s.keep(&stored{kind: kind, name: path.Base(u.name), mime: u.mime, data: u.data}), nil
	}
	if len(u.data) > maxPhoto {
		return nil, bad("file of size " + strconv.Itoa(len(u.data)) + " bytes is too big for a photo; the maximum size is " +
			strconv.Itoa(maxPhoto) + " bytes")
	}
	shape, _, err := image.DecodeConfig(bytes.NewReader(u.data))
	if err != nil {
		return nil, bad("IMAGE_PROCESS_FAILED")
	}
	long, short := max(shape.Width, shape.Height), min(shape.Width, shape.Height)
	if shape.Width+shape.Height > maxSides || short == 0 || long > maxRatio*short {
		return nil, bad("PHOTO_INVALID_DIMENSIONS")
	}
	return s.keepPhoto(u.data, shape.Width, shape.Height), nil
}

func (f *stored) media() *media {
	if f.kind == "photo" {
		return &media{photo: f.sizes}
	}
	return &media{document: f.document()}
}

func sendPhoto(s *Server, c *call) (any, *apiError)    { return s.sendFile(c, "photo") }
func sendDocument(s *Server, c *call) (any, *apiError) { return s.sendFile(c, "document") }

func (s *Server) sendFile(c *call, kind string) (any, *apiError) {
	body, e := s.readCaption(c.str("caption"), c.str("parse_mode"), c.list("caption_entities"))
	s.mu.Lock()
	defer s.mu.Unlock()
	m, problem := s.draft(c)
	if problem != nil {
		return nil, problem
	}
	if e != nil {
		return nil, e
	}
	f, e := s.takeFile(c, c.args[kind], kind)
	if e != nil {
		return nil, e
	}
	m.body, m.media = body, f.media()
	return s.send(c, m)
}

// inputMedia reads an InputMediaPhoto or InputMediaDocument.
func (s *Server) inputMedia(c *call, item map[string]any) (*media, *apiError) {
	kind := text(item, "type")
	if kind != "photo" && kind != "document" {
		s.warnings.seen["media of type "+kind+" are not emulated"]++
		return nil, bad("media of type " + kind + " are not supported")
	}
	f, e := s.takeFile(c, item["media"], kind)
	if e != nil {
		return nil, e
	}
	return f.media(), nil
}

func sendMediaGroup(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	album := s.key("")
	var drafts []*message
	for _, item := range c.list("media") {
		fields, _ := item.(map[string]any)
		m, e := s.draft(c)
		if e != nil {
			return nil, e
		}
		if m.body, e = s.readCaption(text(fields, "caption"), text(fields, "parse_mode"), items(fields, "caption_entities")); e != nil {
			return nil, e
		}
		if m.media, e = s.inputMedia(c, fields); e != nil {
			return nil, e
		}
		if len(drafts) > 0 && (m.media.document == nil) != (drafts[0].media.document == nil) {
			return nil, bad("document can't be mixed with other media types")
		}
		m.albumID = album
		drafts = append(drafts, m)
	}
	var out []any
	for _, m := range drafts {
		w, e := s.send(c, m)
		if e != nil {
			return nil, e
		}
		out = append(out, w)
	}
	return out, nil
}

func getFile(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files.byID[c.str("file_id")]
	switch {
	case f == nil:
		return nil, bad("invalid file_id")
	case f.size > maxDownload:
		return nil, bad("file is too big")
	}
	ext := path.Ext(f.name)
	if f.kind == "photo" {
		ext = ".jpg"
	}
	where := f.kind + "s/file_" + f.unique + ext
	s.files.paths[where] = issued{f, s.opts.Now().Add(linkLife)}
	return struct {
		ID       string `json:"file_id"`
		UniqueID string `json:"file_unique_id"`
		Size     int64  `json:"file_size"`
		Path     string `json:"file_path"`
	}{f.id, f.unique, f.size, where}, nil
}

// serveFile answers a download: the rest of the path is <token>/<file path>.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, rest string) {
	token, where, _ := strings.Cut(rest, "/")
	record := Call{At: s.opts.Now(), Method: "file", Params: map[string]string{"file_path": where}, Status: http.StatusOK}
	fault := s.faults.take("file")
	if !pause(r.Context(), fault.Before) || fault.Cut == CutBefore {
		record.Dropped = true
		s.record(record)
		panic(http.ErrAbortHandler)
	}
	s.mu.Lock()
	link, ok := s.files.paths[where]
	expired := !s.opts.Now().Before(link.until)
	s.mu.Unlock()
	var e *apiError
	switch {
	case token != s.opts.Token:
		e = fail(http.StatusUnauthorized, "Unauthorized")
	case fault.Code != 0:
		e = &apiError{code: fault.Code, text: fault.Description, html: fault.HTML}
	case !ok || expired:
		e = fail(http.StatusNotFound, "Not Found")
	}
	if e != nil {
		record.Status = e.code
		s.record(record)
		writeError(w, e)
		return
	}
	s.record(record)
	data := link.file.content()
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	if fault.Cut != CutNever {
		_, _ = w.Write(data[:len(data)/2])
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		panic(http.ErrAbortHandler)
	}
	_, _ = w.Write(data)
}
