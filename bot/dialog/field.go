package dialog

import "maqta/bot/chat"

// Field is a step that asks for one value by text. The compiler sees to it that
// the draft has a field of the parser's type.
func Field[T, V any](key string, q chat.Text, p Parser[V], field func(draft *T) *V) Step[T] {
	return Step[T]{
		Key: key,
		Ask: func(T) chat.Reply { return chat.Reply{Text: q} },
		Take: func(draft *T, in chat.Input) *chat.Text {
			v, wrong := p(in)
			if wrong == nil {
				*field(draft) = v
			}
			return wrong
		},
	}
}

// Pick is one answer that a Choice offers.
type Pick[V any] struct {
	Name  string // what the button carries: short, and the same for ever
	Label chat.Text
	Value V
}

// Choice is a step that offers answers as buttons, as many in a row as wide
// says. A text is read by typed; where that is nil, only buttons count and the
// question is asked again.
func Choice[T, V any](key string, q chat.Text, wide int, picks []Pick[V], typed Parser[V], field func(draft *T) *V) Step[T] {
	options := make([]chat.Option, len(picks))
	for i, p := range picks {
		options[i] = chat.Option{Label: p.Label, Data: p.Name}
	}
	return Step[T]{
		Key: key,
		Ask: func(T) chat.Reply { return chat.Reply{Text: q, Options: Rows(wide, options...)} },
		Take: func(draft *T, in chat.Input) *chat.Text {
			if tap, ok := in.(chat.Tapped); ok {
				for _, p := range picks {
					if p.Name == tap.Data {
						*field(draft) = p.Value
						return nil
					}
				}
				return refuse(q)
			}
			if typed == nil {
				return refuse(q)
			}
			v, wrong := typed(in)
			if wrong == nil {
				*field(draft) = v
			}
			return wrong
		},
	}
}

// Confirm is the last step: it shows the answers and offers to send them, to
// change any line, or to leave it for later. A text that nothing else reads
// shows the card again.
func Confirm[T any](key string, card func(draft T) chat.Text) Step[T] {
	return Step[T]{
		Key:  key,
		Card: true,
		Ask:  func(draft T) chat.Reply { return chat.Reply{Text: card(draft)} },
		Take: func(draft *T, in chat.Input) *chat.Text {
			if tap, ok := in.(chat.Tapped); ok && tap.Data == optYes {
				return nil
			}
			return refuse(card(*draft))
		},
	}
}

// Rows lays options out, so many in a row.
func Rows(wide int, options ...chat.Option) [][]chat.Option {
	wide = max(wide, 1)
	var rows [][]chat.Option
	for len(options) > 0 {
		n := min(wide, len(options))
		rows = append(rows, options[:n:n])
		options = options[n:]
	}
	return rows
}
