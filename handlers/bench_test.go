package handlers_test

import (
	"fmt"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/storage/storagetest"
)

// BenchmarkApply measures one update, from chat.Update to a rendered row of the
// outbox on disk, in batches of 1 and of 100. Flushing is left out: it belongs
// to the disk, and a batch has one.
func BenchmarkApply(b *testing.B) {
	questions := []string{
		"Қазақстанда 2012 жылы қанша мақта жиналды?", "Сколько хлопка собрали в 2025 году?", "How much cotton was harvested in 2016?",
		"мақта", "структура отрасли", "what is the weather?",
	}
	for _, size := range []int{1, 100} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			r := newRouter(b, storagetest.Open(b), false)
			at := time.Date(2026, time.March, 6, 5, 0, 0, 0, time.UTC)
			id := chat.UpdateID(0)
			b.ReportAllocs()
			for b.Loop() {
				batch := make([]chat.Update, size)
				for i := range batch {
					id++
					at = at.Add(time.Second)
					who := int64(1000 + int(id)%500)
					batch[i] = chat.Update{
						ID: id, Chat: chat.ChatID(who), From: chat.UserID(who), Place: chat.Private, Lang: chat.Russian, At: at,
						In: chat.Said{Text: questions[int(id)%len(questions)], Message: chat.MessageID(id)},
					}
				}
				if err := r.Apply(b.Context(), batch); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/update")
		})
	}
}
