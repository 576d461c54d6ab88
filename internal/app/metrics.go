package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"maqta/bot"
	"maqta/bot/chat"
	"maqta/storage"
)

// metrics counts what an operator wants to see. Nothing in it can name a person.
type metrics struct {
	registry *prometheus.Registry
	updates  *prometheus.CounterVec
	batches  prometheus.Histogram
	sent     *prometheus.HistogramVec
	floods   prometheus.Counter
	waiting  prometheus.Gauge
	inFlight prometheus.Gauge
	missed   prometheus.Counter
	broken   *prometheus.CounterVec
	polled   atomic.Int64 // unix time of the last poll that went well
	now      func() time.Time
}

func newMetrics(now func() time.Time) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		updates: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "maqta_updates_total", Help: "Updates taken from Telegram, by kind of input.",
		}, []string{"kind"}),
		batches: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "maqta_batch_seconds", Help: "Time to apply a batch of updates.", Buckets: prometheus.ExponentialBuckets(0.0005, 2, 14),
		}),
		sent: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "maqta_sent_seconds", Help: "Time of a request that sends, by act and outcome.", Buckets: prometheus.ExponentialBuckets(0.002, 2, 14),
		}, []string{"act", "outcome"}),
		floods: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "maqta_floods_total", Help: "How often Telegram asked for silence (429).",
		}),
		waiting: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "maqta_outbox_waiting", Help: "Messages taken from the outbox that wait for their turn.",
		}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "maqta_outbox_in_flight", Help: "Messages being sent.",
		}),
		missed: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "maqta_questions_unanswered_total", Help: "Questions that had no answer.",
		}),
		broken: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "maqta_faults_total", Help: "Updates quarantined and replies replaced because a digit was not proved.",
		}, []string{"fault"}),
		now: now,
	}
	m.registry.MustRegister(m.updates, m.batches, m.sent, m.floods, m.waiting, m.inFlight, m.missed, m.broken,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) meter() bot.Meter {
	return bot.Meter{
		Updates: func(kind string, n int) { m.updates.WithLabelValues(kind).Add(float64(n)) },
		Batch:   func(_ int, took time.Duration) { m.batches.Observe(took.Seconds()) },
		Polled: func(ok bool) {
			if ok {
				m.polled.Store(m.now().Unix())
			}
		},
		Sent: func(act chat.Act, outcome chat.DeliveryOutcome, took time.Duration) {
			m.sent.WithLabelValues(string(act), string(outcome)).Observe(took.Seconds())
		},
		Flooded: func(string, time.Duration) { m.floods.Inc() },
		Queue: func(waiting, inFlight int) {
			m.waiting.Set(float64(waiting))
			m.inFlight.Set(float64(inFlight))
		},
	}
}

// staleAfter is how long no poll may have gone well before the bot counts as
// not ready: a poll lasts 50 seconds at most.
const staleAfter = 2 * time.Minute

// serveHTTP serves /healthz, /readyz and /metrics until ctx ends.
func (m *metrics) serveHTTP(ctx context.Context, addr string, db *storage.DB) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("MAQTA_HTTP: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answerHealth(w, nil) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { answerHealth(w, m.ready(r.Context(), db)) })
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	stopped := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stopped()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve metrics: %w", err)
	}
	return nil
}

// ready returns why the bot cannot serve, nil when it can.
func (m *metrics) ready(ctx context.Context, db *storage.DB) error {
	if err := db.View(ctx, func(v *storage.View) error { _, err := v.Edition(); return err }); err != nil {
		return fmt.Errorf("read the store: %w", err)
	}
	if last := time.Unix(m.polled.Load(), 0); m.now().Sub(last) > staleAfter {
		return errors.New("no poll of Telegram has gone well for two minutes")
	}
	return nil
}

func answerHealth(w http.ResponseWriter, problem error) {
	w.Header().Set("Content-Type", "application/json")
	body := map[string]string{"status": "ok"}
	if problem != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		body = map[string]string{"status": "unavailable", "reason": problem.Error()}
	}
	_ = json.NewEncoder(w).Encode(body) // the client has gone: nobody to tell
}
