package emulator

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
)

// picture is a PNG of the size; one colour keeps even a large one small.
func picture(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White})
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// send makes one multipart request with a file in the field.
func send(t testing.TB, s *Server, method, field, name string, data []byte, params map[string]string) reply {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for k, v := range params {
		if err := w.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile(field, name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://e.test/bot"+Token+"/"+method, &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	r, err := do(s, req)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func to7(more ...string) map[string]string {
	out := map[string]string{"chat_id": "7"}
	for i := 0; i < len(more); i += 2 {
		out[more[i]] = more[i+1]
	}
	return out
}

func TestChecklistPhotoUpload(t *testing.T) {
	s, _, p := started(t, Options{})
	m := must[wireMessage](t, send(t, s, "sendPhoto", "photo", "chart.png", picture(t, 800, 400), to7("caption", "<b>2025</b>", "parse_mode", "HTML")))
	if n := len(m.Photo); n != 2 || m.Photo[1].Width != 800 || m.Photo[0].Width != 320 || m.Photo[0].Height != 160 {
		t.Fatalf("sizes = %+v", m.Photo)
	}
	if m.Caption != "2025" || m.CaptionEntities[0].Type != "bold" || m.Text != "" {
		t.Errorf("caption = %q %+v", m.Caption, m.CaptionEntities)
	}
	id := m.Photo[1].ID
	again := must[wireMessage](t, post(t, s, "sendPhoto", to7("photo", id)))
	if again.Photo[1].ID != id || again.Photo[1].UniqueID != m.Photo[1].UniqueID {
		t.Error("a photo that was sent again got another file_id")
	}
	seen := p.Chat()
	if seen[1].Photo == nil || seen[1].Photo.Width != 800 || seen[1].Photo.MIME != "image/png" || seen[1].HTML != "<b>2025</b>" || seen[2].Photo.ID != id {
		t.Errorf("the person sees %+v", seen[1:])
	}
	data, ok := s.FileBytes(id)
	if !ok || !bytes.Equal(data, picture(t, 800, 400)) {
		t.Error("the picture did not keep its bytes")
	}
	small, _ := s.FileBytes(m.Photo[0].ID)
	if shape, _, err := image.DecodeConfig(bytes.NewReader(small)); err != nil || shape.Width != 320 {
		t.Errorf("the small size is %+v, %v", shape, err)
	}
	if log := s.Log(); !reflect.DeepEqual(log[0].Files, []string{"chart.png"}) || log[1].Files != nil {
		t.Errorf("files in the log: %v %v", log[0].Files, log[1].Files)
	}
}

func TestChecklistPhotoLimits(t *testing.T) {
	s, _, _ := started(t, Options{})
	for name, row := range map[string]struct {
		data []byte
		want string
	}{
		"sides":     {picture(t, 9000, 1001), "PHOTO_INVALID_DIMENSIONS"},
		"ratio":     {picture(t, 21, 1), "PHOTO_INVALID_DIMENSIONS"},
		"no photo":  {[]byte("not a picture"), "IMAGE_PROCESS_FAILED"},
		"empty":     {nil, "file must be non-empty"},
		"too large": {append(picture(t, 8, 8), make([]byte, maxPhoto)...), "too big for a photo"},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, send(t, s, "sendPhoto", "photo", "x.png", row.data, to7()), 400, row.want)
		})
	}
	for _, shape := range [][2]int{{9000, 1000}, {20, 1}} {
		if r := send(t, s, "sendPhoto", "photo", "x.png", picture(t, shape[0], shape[1]), to7()); !r.OK {
			t.Errorf("%v: refused: %s", shape, r.Description)
		}
	}
	long := to7("caption", strings.Repeat("ж", 1025))
	refused(t, send(t, s, "sendPhoto", "photo", "x.png", picture(t, 8, 8), long), 400, "message caption is too long")
	refused(t, post(t, s, "sendPhoto", to7()), 400, "there is no photo in the request")
	refused(t, post(t, s, "sendPhoto", to7("photo", "AgACnone")), 400, "wrong file identifier/HTTP URL specified")
	refused(t, post(t, s, "sendPhoto", to7("photo", "https://example.kz/x.png")), 400, "failed to get HTTP URL content")
	refused(t, post(t, s, "sendPhoto", to7("photo", "attach://none")), 400, "there is no photo in the request")
}

func TestChecklistDocuments(t *testing.T) {
	s, clk, p := started(t, Options{})
	data := []byte("indicator,value\nfibre,466000\n")
	m := must[wireMessage](t, send(t, s, "sendDocument", "document", "facts.csv", data, to7()))
	if m.Document == nil || m.Document.Name != "facts.csv" || m.Document.Size != int64(len(data)) {
		t.Fatalf("document = %+v", m.Document)
	}
	refused(t, post(t, s, "sendPhoto", to7("photo", m.Document.ID)), 400, "can't use file of type Document as Photo")
	by := must[wireMessage](t, send(t, s, "sendDocument", "file-0", "facts.csv", data, to7("document", "attach://file-0")))
	if by.Document.Name != "facts.csv" {
		t.Errorf("attached document = %+v", by.Document)
	}
	refused(t, send(t, s, "sendDocument", "stray", "x", data, to7("document", m.Document.ID)), 400, `file "stray" is not asked for`)
	refused(t, send(t, s, "sendDocument", "document", "big.bin", make([]byte, maxUpload+1), to7()), 413, "Request Entity Too Large")

	p.UploadWithCaption("report.xlsx", "application/vnd.ms-excel", data, "for March")
	got := poll(t, s, -1)[0].Message
	if got.Document.Name != "report.xlsx" || got.Caption != "for March" {
		t.Fatalf("upload = %+v", got)
	}
	file := must[struct {
		Path string `json:"file_path"`
		Size int64  `json:"file_size"`
	}](t, post(t, s, "getFile", map[string]string{"file_id": got.Document.ID}))
	fetch := func() (int, []byte) {
		t.Helper()
		resp, err := s.Client().Get("http://e.test/file/bot" + Token + "/" + file.Path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, body
	}
	if status, body := fetch(); status != 200 || !bytes.Equal(body, data) || file.Size != int64(len(data)) {
		t.Errorf("download: %d %q", status, body)
	}
	clk.Advance(time.Hour)
	if status, _ := fetch(); status != 404 {
		t.Errorf("after an hour the link gave %d", status)
	}
	p.Upload("huge.bin", "application/octet-stream", make([]byte, maxDownload+1))
	huge := poll(t, s, -1)[0].Message.Document.ID
	refused(t, post(t, s, "getFile", map[string]string{"file_id": huge}), 400, "file is too big")
	refused(t, post(t, s, "getFile", map[string]string{"file_id": "none"}), 400, "invalid file_id")
}

func TestEditMedia(t *testing.T) {
	s, _, p := started(t, Options{})
	m := must[wireMessage](t, send(t, s, "sendPhoto", "photo", "a.png", picture(t, 10, 10), to7()))
	media := func(json string) map[string]string { return to7("message_id", itoa(m.ID), "media", json) }
	must[wireMessage](t, send(t, s, "editMessageMedia", "new", "b.csv", []byte("x"),
		media(`{"type":"document","media":"attach://new","caption":"<i>k</i>","parse_mode":"HTML"}`)))
	docID := p.Chat()[1].Document.ID
	same := media(`{"type":"document","media":"` + docID + `","caption":"<b></b><i>k</i>","parse_mode":"HTML"}`)
	refused(t, post(t, s, "editMessageMedia", same), 400, "message is not modified")
	if seen := p.Chat()[1]; seen.Photo != nil || seen.Document.Name != "b.csv" || seen.HTML != "<i>k</i>" {
		t.Errorf("after the edit: %+v", seen)
	}
	refused(t, post(t, s, "editMessageMedia", media(`{"type":"photo"}`)), 400, `Field "media" is missing`)
	refused(t, post(t, s, "editMessageText", to7("message_id", itoa(m.ID), "text", "x")), 400, "there is no text in the message to edit")
	must[wireMessage](t, post(t, s, "editMessageCaption", to7("message_id", itoa(m.ID), "caption", "new")))
}

func TestAlbum(t *testing.T) {
	s, _, p := started(t, Options{})
	id := must[wireMessage](t, send(t, s, "sendPhoto", "photo", "a.png", picture(t, 10, 10), to7())).Photo[0].ID
	item := `{"type":"photo","media":"` + id + `"}`
	got := must[[]wireMessage](t, post(t, s, "sendMediaGroup", to7("media", "["+item+","+item+"]")))
	if len(got) != 2 || got[0].AlbumID == "" || got[0].AlbumID != got[1].AlbumID || len(p.Chat()) != 4 {
		t.Errorf("album = %+v", got)
	}
	refused(t, post(t, s, "sendMediaGroup", to7("media", "["+item+"]")), 400, "2-10 items")
}

func TestWordlessMessages(t *testing.T) {
	s, _, p := started(t, Options{})
	for _, kind := range []string{"voice", "photo", "sticker", "video", "video_note", "audio", "animation", "location", "contact", "dice", "hologram"} {
		p.Wordless(kind)
		got := must[[]struct {
			Message map[string]any `json:"message"`
		}](t, post(t, s, "getUpdates", map[string]string{"offset": "-1"}))
		if got[0].Message[kind] == nil || got[0].Message["text"] != nil {
			t.Errorf("%s: %v", kind, got[0].Message)
		}
		seen := p.Chat()
		if seen[len(seen)-1].Kind != kind {
			t.Errorf("%s: the person sees %+v", kind, seen[len(seen)-1])
		}
	}
}
