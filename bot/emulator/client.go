package emulator

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// ErrConnectionCut is what the in-process client reports of a connection that
// the service dropped; over a socket it is an EOF or a reset.
var ErrConnectionCut = errors.New("connection cut")

// Client returns a client that calls the handler in the caller's own goroutine,
// without sockets: any host will do. It honours the request's context.
func (s *Server) Client() *http.Client { return &http.Client{Transport: inProcess{s}} }

type inProcess struct{ handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (t inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer r.Body.Close() // frees a writer that feeds the body through a pipe
	}
	if err := r.Context().Err(); err != nil {
		return nil, err //nolint:wrapcheck // net/http compares it
	}
	in := r.Clone(r.Context())
	if in.Body == nil {
		in.Body = http.NoBody
	}
	in.RequestURI = r.URL.RequestURI()
	out := &recorder{header: http.Header{}, status: http.StatusOK}
	if cut := serve(t.handler, out, in); cut {
		if err := r.Context().Err(); err != nil {
			return nil, err //nolint:wrapcheck // net/http compares it
		}
		if !out.flushed {
			return nil, fmt.Errorf("emulator: %w", ErrConnectionCut)
		}
	}
	length, err := strconv.ParseInt(out.header.Get("Content-Length"), 10, 64)
	if err != nil {
		length = int64(out.body.Len())
	}
	body := io.Reader(&out.body)
	if int64(out.body.Len()) < length {
		body = io.MultiReader(body, broken{})
	}
	return &http.Response{
		Status: strconv.Itoa(out.status) + " " + http.StatusText(out.status), StatusCode: out.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: out.header, Body: io.NopCloser(body), ContentLength: length, Request: r,
	}, nil
}

// serve runs the handler and reports whether it dropped the connection.
func serve(h http.Handler, w http.ResponseWriter, r *http.Request) (cut bool) {
	defer func() {
		if p := recover(); p != nil {
			if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				cut = true
				return
			}
			panic(p)
		}
	}()
	h.ServeHTTP(w, r)
	return false
}

// broken is the rest of an answer that never came.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// recorder keeps an answer.
type recorder struct {
	header  http.Header
	status  int
	body    bytes.Buffer
	flushed bool
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) } //nolint:wrapcheck // never fails
func (r *recorder) Flush()                      { r.flushed = true }
