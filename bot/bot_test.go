package bot_test

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"testing"
	"time"

	"maqta/bot/chat"
)

func picture() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 200, 100))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func TestAnswersInOrder(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		p := w.person(1)
		for _, s := range []string{"бір", "екі", "үш"} {
			p.Say(s)
		}
		w.after(time.Second)
		if got := heard(p); !slices.Equal(got, []string{"echo бір", "echo екі", "echo үш"}) {
			t.Errorf("heard %q", got)
		}
		if n := w.store.left(); n != 0 {
			t.Errorf("%d rows were not settled", n)
		}
		_ = chat.Sent
	})
}
