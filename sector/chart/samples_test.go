package chart

import (
	"bytes"
	"image"
	"image/png"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// commaTick words a scale as Kazakh and Russian do.
func commaTick(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1)
}

// harvest is the longest series there is: 22 years of cotton.
func harvest() Trend {
	t := Trend{
		Title:  "Қазақстанда жиналған шитті мақта",
		Unit:   "мың тонна",
		Source: "Дереккөз: FAOSTAT (2004–2023), Ұлттық статистика бюросы (2024–2025)",
		Tick:   commaTick,
	}
	for i, v := range []float64{
		467.112, 465, 435.4, 441.7, 317.52, 270.01, 239.85, 336.05, 379.66, 396.73, 320.706,
		273.9, 286.7, 330.491, 343.619, 344.364, 326.582, 290.38, 361.819, 327.734, 301.7, 466,
	} {
		t.Points = append(t.Points, Point{Label: strconv.Itoa(2004 + i), Value: v, ValueLabel: commaTick(v), Strong: i == 21})
	}
	return t
}

// output has years without a figure.
func output() Trend {
	return Trend{
		Title:  "Жеңіл өнеркәсіп өнімінің көлемі, Қазақстан",
		Unit:   "миллиард теңге, ағымдағы бағамен",
		Note:   "Сұр жолақ: дерек жоқ жылдар.",
		Source: "Дереккөз: Kazinform, QazMonitor, Trend News Agency",
		Tick:   commaTick,
		Points: []Point{
			{Label: "2019", Value: 113, ValueLabel: "113"},
			{Label: "2020", Missing: true, ValueLabel: "дерек жоқ"},
			{Label: "2021", Missing: true, ValueLabel: "дерек жоқ"},
			{Label: "2022", Value: 178, ValueLabel: "178"},
			{Label: "2023", Missing: true, ValueLabel: "дерек жоқ"},
			{Label: "2024", Missing: true, ValueLabel: "дерек жоқ"},
			{Label: "2025", Value: 260, ValueLabel: "260", Strong: true},
		},
	}
}

// bounds has every kind of bound on a time axis with long names.
func bounds() Trend {
	return Trend{
		Title:  "Textiles in the output of the sector",
		Unit:   "per cent",
		Source: "Source: Ministry of Industry, Energyprom.kz, Trend News Agency",
		Points: []Point{
			{Label: "January–October 2019", Value: 52, ValueLabel: "52%"},
			{Label: "January–April 2020", Value: 60, ValueLabel: "more than 60%", Bound: AtLeast},
			{Label: "2022", Value: 50, ValueLabel: "up to 50%", Bound: AtMost},
			{Label: "2023", Value: 55, ValueLabel: "about 55%", Bound: About},
			{Label: "March 2026", Value: 60, ValueLabel: "more than 60%", Bound: AtLeast, Strong: true},
		},
	}
}

// structure is the chart that must not be a pie: 60 + 32 + 6.5 is not 100.
func structure() Bars {
	return Bars{
		Title:  "Структура лёгкой промышленности",
		Unit:   "доля в продукции отрасли, процентов",
		Note:   "«Более 60 %» – нижняя граница: доли не обязаны давать в сумме целое.",
		Source: "Источник: Trend News Agency, 5 марта 2026 г.",
		Whole:  100,
		Bars: []Bar{
			{Label: "Текстильные изделия", Value: 60, ValueLabel: "более 60 %", Bound: AtLeast},
			{Label: "Одежда", Value: 32, ValueLabel: "32 %"},
			{Label: "Кожа, изделия из неё и обувь", Value: 6.5, ValueLabel: "6,5 %"},
		},
	}
}

// growth goes both ways from zero.
func growth() Bars {
	return Bars{
		Title:  "Growth by branch",
		Unit:   "per cent on the year before",
		Source: "Source: invented for this test",
		Bars: []Bar{
			{Label: "Textiles", Value: 13.2, ValueLabel: "+13.2%", Strong: true},
			{Label: "Clothing", Value: -5.5, ValueLabel: "−5.5%"},
			{Label: "Leather", Value: -2, ValueLabel: "at least −2%", Bound: AtLeast},
			{Label: "Footwear", Missing: true, ValueLabel: "no data"},
		},
	}
}

func asLine(t Trend) Trend {
	t.Line, t.Tick = true, commaTick
	return t
}

// drawing is what Trend and Bars have in common.
type drawing interface {
	layout() (*scene, error)
	PNG() ([]byte, error)
}

func samples() map[string]drawing {
	return map[string]drawing{
		"harvest":      harvest(),
		"harvest line": asLine(harvest()),
		"output":       output(),
		"output line":  asLine(output()),
		"bounds":       bounds(),
		"bounds line":  asLine(bounds()),
		"structure":    structure(),
		"growth":       growth(),
	}
}

// render draws and decodes.
func render(t testing.TB, d drawing) image.Image {
	t.Helper()
	data, err := d.PNG()
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func lay(t testing.TB, d drawing) *scene {
	t.Helper()
	s, err := d.layout()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// words makes up text of n words in three alphabets.
func words(r *rand.Rand, n int) string {
	const letters = "аәбвгғдежзиійкқлмнңоөпрстуұүфхһцчшщыэюяAbcdefghijklmnop"
	runes := []rune(letters)
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		for range 1 + r.IntN(18) {
			b.WriteRune(runes[r.IntN(len(runes))])
		}
	}
	return b.String()
}
