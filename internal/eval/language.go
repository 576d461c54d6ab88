package eval

import (
	"strings"
	"unicode"
)

// language tells kk, ru and en apart, by letters and by the small words that every
// text has; "" when nothing decides.
func (r *reading) language() string {
	var latin, cyrillic, kazakh, russian int
	for _, word := range strings.FieldsFunc(r.text, func(c rune) bool { return !unicode.IsLetter(c) }) {
		first := []rune(word)[0]
		switch {
		case unicode.Is(unicode.Latin, first):
			latin += len(word)
			continue
		case unicode.Is(unicode.Cyrillic, first):
			cyrillic += len(word) / 2
		}
		switch {
		case strings.ContainsAny(word, "әғқңөұүһі"), kazakhWord(word):
			kazakh++
		case russianWord(word):
			russian++
		}
	}
	switch {
	case latin > cyrillic:
		return "en"
	case kazakh > russian:
		return "kk"
	case russian > kazakh:
		return "ru"
	}
	return ""
}

func kazakhWord(word string) bool {
	return among(word, "жыл", "жылы", "жылдан", "жылда", "бойынша", "мен", "бен", "пен", "болды", "бар", "дан", "астам", "туралы", "ал", "айы", "айында",
		"шамамен", "саны", "мата", "бұл", "мақта", "бес", "сала", "нан", "сатып", "жоба", "адам", "дана", "шаршы", "пайыз", "пайыздан", "алғанда")
}

func russianWord(word string) bool {
	return among(word, "в", "на", "и", "по", "за", "из", "от", "до", "с", "у", "об", "о", "год", "году", "года", "лет", "более", "свыше", "около", "это", "не",
		"нет", "данных", "доля", "тонн", "гектаров", "хлопка", "хлопок", "источник", "выпуск", "рост", "было", "или", "для", "сбор", "урожай", "пар", "квартал")
}
