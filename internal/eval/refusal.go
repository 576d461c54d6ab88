package eval

import (
	"regexp"
	"strings"
)

// refusals are the usual plain ways to say that something is not known.
var refusals = []*regexp.Regexp{
	// Kazakh
	regexp.MustCompile(`(?:дере[кг]|мәлімет|ақпарат|көрсеткіш|сан)\p{L}*(?: \p{L}+){0,4} (?:жоқ|табылма|кездеспе|берілме)`),
	regexp.MustCompile(`(?:менде|бізде|дереккөзде\p{L}*|базада) (?:ол |бұл |мұндай )?(?:туралы )?(?:\p{L}+ ){0,2}жоқ`),
	regexp.MustCompile(`белгісіз|белгілі емес|жарияланба|айта алма|айтылма|көрсетілме|келтірілме|білмейм|жауап бере алма|аталма|таппад|табылмад|мәлім емес|есептеп бере алма`),
	// Russian
	regexp.MustCompile(edge + `нет(?: у меня)?(?: (?:таких|этих|никаких|точных|отдельных|такой|этой|официальных|пока|об этом))* (?:данн|информаци|сведени|цифр|показател|ответа|статистик|числ|значени)`),
	regexp.MustCompile(`(?:данн|информаци|сведени|цифр|показател|числа|объема|статистик)\p{L}*[^.!?\n]{0,60}` + edge + `нет(?:[^\p{L}]|$)`),
	regexp.MustCompile(`неизвестн|не ?известен|не опубликован|не публик|не знаю|не могу (?:сказать|назвать|ответить|посчитать|дать)|не назван|не указан|не располага|не наш|не сообща|отсутству|не приводит|не приведен|у меня (?:этого|такого|такой цифры|таких данных) нет|нет в источник|в источник\p{L}* (?:этого |такого )?нет|не раскрыва|не вычисляю`),
	// English
	regexp.MustCompile(`\bno (?:\w+ ){0,3}(?:data|figures?|information|numbers?|counts?|statistics|record of|breakdown|forecasts?|value)\b`),
	regexp.MustCompile(`\b(?:not|isn't|aren't|wasn't|hasn't been|never been|yet to be) (?:yet )?(?:been )?(?:known|published|available|stated|given|reported|disclosed|named|in (?:my|the) (?:data|sources?)|found|said)\b`),
	regexp.MustCompile(`\bunknown\b|\b(?:do not|don't|cannot|can't|can not) (?:know|say|tell|answer|give)\b|\b(?:do not|don't) have (?:any |that |this |such |these |the )?(?:\w+ )?(?:data|figures?|information|numbers?|counts?|that|this)\b|\bcould ?n(?:o|')t find\b|\bthe source has no\b`),
}

// elsewhere are words that deny something beside the answer: "the source gives no
// other figure" refuses nothing.
var elsewhere = regexp.MustCompile(`другого числа[^.!?\n]*|других (?:данных|чисел|цифр)[^.!?\n]*|no other (?:figure|number|data)s?|басқа (?:сан|дерек|көрсеткіш)\p{L}*[^.!?\n]*`)

// refuses reports whether the text says plainly that something is not known.
func (r *reading) refuses() bool {
	if !r.looked {
		r.looked, r.denies = true, denies(r.text)
	}
	return r.denies
}

func denies(text string) bool {
	text = elsewhere.ReplaceAllString(text, "")
	for _, pattern := range refusals {
		if pattern.MatchString(text) {
			return true
		}
	}
	return false
}

// asks reports whether the text asks back instead of answering.
func (r *reading) asks() bool { return strings.Contains(r.text, "?") }
