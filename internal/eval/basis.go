package eval

import "regexp"

var (
	nominalWords = regexp.MustCompile(`номинал|ақшалай|ақшамен|теңгемен|құндық|в деньгах|денежн|стоимост|в тенге|nominal|in money|money terms|in value|value terms|in tenge`)
	realWords    = regexp.MustCompile(`нақты|физикалық көлем|` + edge + `нки|физическ|физобъем|в натур|` + edge + `ифо|реальн|volume|\breal\b|physical|constant prices`)
)

// saysBasis reports whether a growth figure that is known on two bases stands with
// the words for its own: in money, or in volume.
func (p *proof) saysBasis(f *figure, fact *Fact) bool {
	s := p.reply.sentences[f.sentence]
	words := basisWords(p.reply.text[s.from:s.to], s.from)
	var order []string // the bases of the sentence's figures, one after another
	place := -1
	for i := range p.reply.figures {
		other := &p.reply.figures[i]
		if other.sentence != f.sentence {
			continue
		}
		for _, match := range p.judge.matches(p.reply, other) {
			if match.twin && match.Indicator == fact.Indicator && match.Period == fact.Period && match.Branch == fact.Branch {
				if other == f {
					place = len(order)
				}
				order = append(order, match.Basis)
				break
			}
		}
	}
	said := make([]string, 0, len(words))
	for i, w := range words {
		if i == 0 || w.basis != words[i-1].basis {
			said = append(said, w.basis)
		}
	}
	if len(order) > 1 && len(said) == len(order) {
		return place >= 0 && said[place] == fact.Basis
	}
	nearest, distance := "", 0
	for _, w := range words {
		d := w.at - f.digits
		if d < 0 {
			d = f.at - w.at
		}
		if nearest == "" || d < distance {
			nearest, distance = w.basis, d
		}
	}
	return nearest == fact.Basis
}

type basisWord struct {
	at    int
	basis string
}

// basisWords lists the words for a basis in their order.
func basisWords(text string, offset int) []basisWord {
	var words []basisWord
	money, volume := nominalWords.FindAllStringIndex(text, -1), realWords.FindAllStringIndex(text, -1)
	for len(money)+len(volume) > 0 {
		if len(volume) == 0 || len(money) > 0 && money[0][0] < volume[0][0] {
			words = append(words, basisWord{offset + money[0][0], "nominal"})
			money = money[1:]
		} else {
			words = append(words, basisWord{offset + volume[0][0], "real_index"})
			volume = volume[1:]
		}
	}
	return words
}
