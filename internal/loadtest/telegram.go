package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"maqta/bot/emulator"
)

// telegram is the emulator behind a socket, as far away as link says.
type telegram struct {
	server *emulator.Server
	http   *http.Server
	url    string
	link   link

	connections atomic.Int64
	firstPoll   chan struct{} // closed by the first poll
	once        sync.Once
}

// link is the network between bot and Telegram.
type link struct {
	trip      time.Duration // a round trip
	handshake time.Duration // before the first byte of a new connection
}

// listen starts Telegram's side. observe hears of every call.
func listen(l link, observe func(emulator.Call)) (*telegram, error) {
	t := &telegram{link: l, firstPoll: make(chan struct{})}
	t.server = emulator.New(emulator.Options{Now: time.Now, LogSize: 1, History: 50, Observe: observe})
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // closed by close
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	t.url = "http://" + listener.Addr().String()
	t.http = &http.Server{Handler: t, ReadHeaderTimeout: time.Minute}
	go func() { _ = t.http.Serve(slowListener{listener, t}) }() // ends with close
	return t, nil
}

func (t *telegram) close() { _ = t.http.Close() }

// ServeHTTP lets half a round trip pass before and half after a call.
func (t *telegram) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/getUpdates") {
		t.once.Do(func() { close(t.firstPoll) })
	}
	if half := t.link.trip / 2; half > 0 {
		time.Sleep(half)
		defer time.Sleep(half)
	}
	t.server.ServeHTTP(w, r)
}

// slowListener counts connections and makes each wait for its handshake.
type slowListener struct {
	net.Listener
	t *telegram
}

func (l slowListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err //nolint:wrapcheck // http.Server looks at it
	}
	l.t.connections.Add(1)
	return &slowConn{Conn: c, wait: l.t.link.handshake}, nil
}

type slowConn struct {
	net.Conn
	wait time.Duration
	once sync.Once
}

func (c *slowConn) Read(b []byte) (int, error) {
	c.once.Do(func() { time.Sleep(c.wait) })
	return c.Conn.Read(b) //nolint:wrapcheck // the server looks at it
}

// waitFirstPoll waits until the bot polls.
func (t *telegram) waitFirstPoll(ctx context.Context) error {
	select {
	case <-t.firstPoll:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("waiting for the first poll: %w", ctx.Err())
	}
}
