package dialog_test

import (
	"fmt"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
)

type order struct {
	Colour string
	Metres int
}

func Example() {
	say := func(words string) chat.Text { return chat.Text{ID: words} }
	script := dialog.Script[order]{
		Name: "order",
		Steps: []dialog.Step[order]{
			dialog.Choice("colour", say("Which colour?"), 2, []dialog.Pick[string]{
				{Name: "w", Label: say("White"), Value: "white"},
				{Name: "r", Label: say("Red"), Value: "red"},
			}, nil, func(o *order) *string { return &o.Colour }),
			dialog.Field("metres", say("How many metres?"), dialog.Whole(1, 1000, func(got chat.Quote) chat.Text {
				return say(fmt.Sprintf("%q is no number of metres.", got))
			}), func(o *order) *int { return &o.Metres }),
			dialog.Confirm("sure", func(o order) chat.Text { return say(fmt.Sprintf("%d m of %s?", o.Metres, o.Colour)) }),
		},
		Words: dialog.Words{Send: say("Order")},
	}

	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	state, err := script.Begin(dialog.State{}, order{}, at)
	if err != nil {
		panic(err)
	}
	turn, err := script.Ask(state, nil, at)
	show := func() {
		if err != nil {
			panic(err)
		}
		for _, r := range turn.Replies {
			if !r.Text.IsZero() {
				fmt.Println(r.Text.ID)
			}
		}
	}
	show()
	// What the buttons carry; a chat would hand back the data of the pressed one.
	press := func(row, column int) chat.Tapped {
		prompt := turn.Replies[len(turn.Replies)-1]
		return chat.Tapped{Data: prompt.Options[row][column].Data, Message: 1}
	}
	for _, next := range []func() chat.Input{
		func() chat.Input { return press(0, 1) },
		func() chat.Input { return chat.Said{Text: "a few", Message: 2} },
		func() chat.Input { return chat.Said{Text: "12", Message: 3} },
		func() chat.Input { return press(0, 0) },
	} {
		turn, err = script.Advance(turn.State, next(), at)
		show()
	}
	fmt.Println(turn.Fate, turn.Result)
	// Output:
	// Which colour?
	// How many metres?
	// "a few" is no number of metres.
	// 12 m of red?
	// finished {red 12}
}
