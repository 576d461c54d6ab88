package emulator

import "testing"

// TestConversation plays one exchange from both sides: a command, an answer with
// buttons, a press, its notice, an edit.
func TestConversation(t *testing.T) {
	s, _ := newServer(t, Options{})
	person := s.Person(Profile{ID: 7, FirstName: "Айгерім", LanguageCode: "kk"})
	person.Start("q_abc")

	got := updates(t, s, map[string]string{"timeout": "50"})
	if len(got) != 1 || got[0].Message.Text != "/start q_abc" || got[0].Message.Entities[0] != (Entity{Type: "bot_command", Length: 6}) {
		t.Fatalf("updates = %+v", got)
	}
	sent := must[wireMessage](t, post(t, s, "sendMessage", map[string]string{
		"chat_id": "7", "text": "<b>Сәлем</b> &amp; /help", "parse_mode": "HTML",
		"reply_markup": `{"inline_keyboard":[[{"text":"A","callback_data":"a"},{"text":"B","url":"https://stat.gov.kz"}]]}`,
	}))
	seen := person.Chat()[1]
	if seen.ID != sent.ID || seen.Text != "Сәлем & /help" || seen.HTML != "<b>Сәлем</b> &amp; /help" || !seen.FromBot {
		t.Fatalf("the person sees %+v", seen)
	}
	query, err := person.Tap(seen.ID, "A")
	if err != nil {
		t.Fatal(err)
	}
	if id, err := person.Tap(seen.ID, "B"); id != "" || err != nil {
		t.Errorf("a press on a link gave %q, %v", id, err)
	}
	must[bool](t, post(t, s, "answerCallbackQuery", map[string]string{"callback_query_id": query, "text": "жақсы"}))
	if n := person.Notices(); len(n) != 1 || n[0].Text != "жақсы" || n[0].MessageID != seen.ID {
		t.Errorf("notices = %+v", n)
	}
	must[wireMessage](t, post(t, s, "editMessageText", map[string]string{"chat_id": "7", "message_id": itoa(seen.ID), "text": "x"}))
	if m := person.Chat()[1]; m.Text != "x" || m.Edited.IsZero() || m.Rows != nil {
		t.Errorf("after the edit the person sees %+v", m)
	}
}
