package eval

import (
	"strings"
	"testing"
)

func TestPlain(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"<b>466 000</b> тонн", "466000 тонн"},
		{"466\u00a0000\u202f000", "466000000"},
		{"466,000 tonnes", "466000 tonnes"},
		{"466.000 т", "466000 т"},
		{"466'000 т", "466000 т"},
		{"1.250.000 и 1,250,000", "1250000 и 1250000"},
		{"13,2 %", "13.2%"},
		{"0,466 млн т", "0.466 млн т"},
		{"344,364 мың тонна", "344.364 мың тонна"},
		{"344.364 thousand", "344.364 thousand"},
		{"1,389 thousand pairs", "1389 thousand pairs"},
		{"1,234.5 and 1.234,5", "1234.5 and 1234.5"},
		{"В 2025 466 000 т", "в 2025 466000 т"},
		{"05.03.2026", "05.03.2026"},
		{"Лёгкая – “пром”", "легкая - \"пром\""},
		{"м²", "м2"},
		{"see <a href=\"https://x.kz/41610\">Trend</a> https://www.trend.az/casia/4161002.html now", "see trend now"},
		{"[Trend](https://x.kz/1) trend.az/4161002", "trend"},
		{"60 &lt; 70", "60 < 70"},
		{"32, 6,5", "32, 6.5"},
		{"１２", "12"},
	} {
		if got := Plain(c.text); got != c.want {
			t.Errorf("Plain(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		token, text string
		want        bool
	}{
		{"466000", "466 000 т", true},
		{"466000", "466 мың тонна", true},
		{"466000", "0,466 млн тонн", true},
		{"466000", "466", false},
		{"466000", "1466000", false},
		{"28.6", "28,6 млн дана", true},
		{"28.6", "128,6", false},
		{"2019", "2019-12", true},
		{"2019", "05.03.2019", true},
		{"2019", "2019 жылғы 5 наурыз", true},
		{"2019", "12019 т", false},
		{"60%", "60 %", true},
		{"60%", "60 пайыздан", true},
		{"60%", "60 per cent", true},
		{"60%", "60 тонн", false},
		{"60%", "60,5%", false},
		{"344364 t", "344 364 т", true},
		{"344364 t", "344,4 тыс. т", true},
		{"344364 t", "344,364 мың тонна", true},
		{"344364 t", "344 364 000 кг", true},
		{"344364 t", "344 мың тонна", true},
		{"344364 t", "Тыс. тонн: 2018 — 343,6; 2019 — 344,4", true},
		{"344364 t", "343.6 and 344.4 thousand tonnes", true},
		{"344364 t", "344,5 тыс. т", false},
		{"344364 t", "340 тыс. т", false},
		{"344364 t", "344 364 га", false},
		{"344364 t", "344 364", false},
		{"25.9 c/ha", "гектарына 25,9 центнерден", true},
		{"25.9 c/ha", "25,9 ц/га", true},
		{"25.9 c/ha", "2,59 т/га", true},
		{"25.9 c/ha", "25.9 centners per hectare", true},
		{"25.9 c/ha", "25,9 тонн", false},
		{"713000 count", "713 тысяч пар", true},
		{"713000 count", "713 000 жұп аяқ киім", true},
		{"713000 count", "713 000 тонн", false},
		{"20500000 m2", "20,5 млн кв. м", true},
		{"20500000 m2", "20,5 млн шаршы метр", true},
		{"20500000 m2", "20.5 million square metres", true},
		{"520200000 usd", "$520.2 million", true},
		{"520200000 usd", "520,2 млн АҚШ доллары", true},
		{"520200000 usd", "520,2 млн тенге", false},
		{"179.2 kzt", "179,2 теңге", true},
		{">60%", "более 60 %", true},
		{">60%", "60%-дан астам", true},
		{">60%", "60 пайыздан астам", true},
		{">60%", "60%-дан аса", true},
		{">60%", "кемінде 60%", true},
		{">60%", "не менее 60 %", true},
		{">60%", "at least 60%", true},
		{">60%", "> 60 %", true},
		{">60%", "60%", false},
		{">60%", "не более 60 %", false},
		{">60%", "less than 60%", false},
		{">60%", "60%, текстиль более чем одежда", false},
		{">25000 count", "25 мыңнан астам шаруа қожалығы", true},
		{">25000 count", "свыше 25 тысяч хозяйств", true},
		{"~22000 count", "22 мыңға жуық адам", true},
		{"~22000 count", "около 22 тыс. человек", true},
		{"~22000 count", "22 000 people", false},
		{"~55%", "почти на 55 %", false}, // the word must stand at the figure
		{"~55%", "на почти 55 %", true},
		{"144500 ha&2025", "144 500 га в 2025 году", true},
		{"144500 ha&2025", "144 500 га", false},
		{"5 лет", "5 лет подряд", true},
		{"5 лет", "15 лет подряд", false},
		{"466 thousand", "1466 thousand", false},
		{"q1", "Q1 2023", true},
		{"NODATA", "Бұл туралы дерегім жоқ.", true},
		{"NODATA", "2018 жыл бойынша мәлімет жоқ", true},
		{"NODATA", "Нақты саны жарияланбаған", true},
		{"NODATA", "Об этом у меня нет данных", true},
		{"NODATA", "За 2019 год данных у меня нет", true},
		{"NODATA", "Это не опубликовано", true},
		{"NODATA", "I have no data on that", true},
		{"NODATA", "The number is not known", true},
		{"NODATA", "I don't have that figure", true},
		{"NODATA", "2025 жылы 466 мың тонна жиналды", false},
		{"NODATA", "В 2025 году собрали 466 тыс. т", false},
		{"NODATA", "В 2025 году — 144 500 га. Другого числа в источнике нет.", false},
		{"NODATA", "144,500 ha. The source gives no other figure.", false},
		{"NODATA", "Дереккөзде басқа сан жоқ. 2025 жылы 144 500 гектар.", false},
		{"NODATA", "No doubt: 466,000 tonnes", false},
	} {
		if got := ParseToken(c.token).heldBy(read(c.text)); got != c.want {
			t.Errorf("%s held by %q: %v, want %v", c.token, c.text, got, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"466 тыс. тонн собрали в 2025 г. Источник: С. Жумангарин, 5 марта 2026 г.", 2},
		{"5,2 млн кв. м тканей.", 1},
		{"2026 ж. 5 наурыз. Дереккөз бар.", 2},
		{"Бірінші жол\nекінші жол", 2},
		{"It grew by 13.2%. Source: Trend", 2},
		{"", 1},
	} {
		if got := sentenceSpans(tidy(c.text)); len(got) != c.want {
			t.Errorf("%q: %d sentences, want %d", c.text, len(got), c.want)
		}
	}
}

func TestTwins(t *testing.T) {
	kk := "2025 жылы 466 000 тонна мақта жиналды. 60%-дан астамы — тоқыма. Дереккөз: 2026 жылғы 5 наурыз."
	ru := "В 2025 году собрали 466 000 тонн хлопка. Более 60 % — текстиль. Источник: 5 марта 2026 г."
	en := "466,000 tonnes of cotton were picked in 2025. More than 60% is textiles. Source: 5 March 2026."
	if err := Twins(kk, ru, en); err != nil {
		t.Error(err)
	}
	for _, change := range [][2]string{
		{"466 000 тонн", "466 001 тонн"},
		{"466 000 тонн", "466 000 кг"},
		{"466 000", "466 тыс"},
		{"2025", "2024"},
		{"Более 60", "60"},
		{"5 марта", "6 марта"},
		{"марта", "мая"},
		{" Источник: 5 марта 2026 г.", ""},
	} {
		err := Twins(kk, strings.Replace(ru, change[0], change[1], 1), en)
		if same := change[1] == "466 тыс"; same != (err == nil) {
			t.Errorf("%q for %q: %v", change[1], change[0], err)
		}
	}
	if err := Twins("2019 жылғы қаңтар–қазанда 87,5 млрд теңге", "87,5 млрд тенге за январь–октябрь 2019 года", "87.5 billion tenge in January–October 2019"); err != nil {
		t.Error(err)
	}
	if err := Twins("2019 жылғы қаңтар–қазанда 87,5 млрд теңге", "87,5 млрд тенге за январь–сентябрь 2019 года", "87.5 billion tenge in January–October 2019"); err == nil {
		t.Error("another month goes unseen")
	}
	if err := Twins("Бұл туралы дерегім жоқ.", "Об этом нет данных.", "I have no data on that."); err != nil {
		t.Error(err)
	}
}
