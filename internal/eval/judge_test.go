package eval

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func testJudge(t *testing.T) *Judge {
	t.Helper()
	facts, err := OwnFacts()
	if err != nil {
		t.Fatal(err)
	}
	return New(facts)
}

func readSet(t *testing.T, name string) []Question {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	list, err := ReadQuestions(file)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func testSet(t *testing.T, name string) map[string]Question {
	t.Helper()
	set := make(map[string]Question)
	for _, q := range readSet(t, name) {
		set[q.ID] = q
	}
	return set
}

// rightReplies are replies that a careful writer would give to the development
// questions, in all three languages.
var rightReplies = []struct{ id, reply string }{
	{"d001", "466 000 тонна — 2025 жылғы мақта өнімі. Үкіметтің айтуынша, бұл — рекорд. Дереккөз: Үкіметтің баспасөз қызметі, 2026 жылғы 5 наурыз."},
	{"d001", "2025 жылы 466 мың тонна шитті мақта жиналды."},
	{"d002", "2025 жылы 500 тонна иірімжіп шығарылды."},
	{"d003", "Киім өндірісінің үлесі — 32% (2026 жылғы наурыздағы дерек)."},
	{"d004", "Премьер-министрдің орынбасары – Ұлттық экономика министрі Серік Жұманғарин, 2026 жылғы 5 наурыз."},
	{"d005", "Сала соңғы бес жылда тұрақты өсіп келеді. Дереккөз: Өнеркәсіп және құрылыс министрлігі, 2026 жылғы 5 наурыз."},
	{"d005", "Сала соңғы 5 жыл бойы тұрақты өсіп келеді."},
	{"d006", "В 2025 году собрали <b>466 000</b> тонн хлопка; по словам Правительства, это рекорд."},
	{"d006", "466\u00a0тыс. т хлопка-сырца в 2025 г."},
	{"d007", "Около 520,2 млн долларов США за 2025 год (курс Национального Банка на 5 марта 2026 г. — 499,83 тенге)."},
	{"d007", "260 млрд тенге ÷ 499,83 = 520,2 млн долларов США (курс Национального Банка на 5 марта 2026 г.)."},
	{"d008", "Более 60 % — на март 2026 г.; точное число не опубликовано."},
	{"d008", "На текстиль приходится свыше 60 процентов выпуска отрасли."},
	{"d009", "Министерство промышленности и строительства вместе с бизнесом. С. Жумангарин, 5 марта 2026 г."},
	{"d010", "Да, Правительство называет урожай 2025 года рекордом: 466 000 тонн. В 2004 году, по данным ФАО, было 467 112 тонн."},
	{"d011", "Light-industry output rose by 13.2% in 2025. The source does not say whether in money or in volume."},
	{"d012", "116,100 tonnes of cotton fibre were produced in 2025. This is ginned fibre, not raw cotton."},
	{"d013", "5.2 million square metres of fabric were produced in 2025."},
	{"d014", "Yes: over 97% of the enterprises are small businesses (as of March 2026)."},
	{"d015", "Turkistan Region has the most light-industry enterprises; their number is not stated."},
	{"d018", "2025 жылдың қорытындысы бойынша — 260 млрд теңге."},
	{"d026", "Light industry makes up 0.8% of manufacturing (as of March 2026)."},
	{"d031", "28.6 million finished textile items were made in 2025."},
	{"d041", "₸260 billion in 2025."},
	{"d062", "Текстиль — более 60 %, одежда — 32 %, обувь и кожаные изделия — 6,5 % (на март 2026 г.)."},
	{"d087", "116 100 000 кг (116,1 мың тонна) — 2025 жылғы мақта талшығы."},
	{"d089", "500 000 кг (500 тонн) пряжи в 2025 году."},
	{"d090", "260 000 млн тенге (260 млрд) за 2025 год."},
	{"d094", "Тоқыма көп: 60%-дан астам, ал киім — 32% (2026 жылғы наурыз)."},
	{"d095", "2025 жылы: шитті мақта — 466 000 тонна, мақта талшығы — 116 100 тонна."},
	{"d098", "By more than 28 points: textiles have more than 60%, clothing 32% (as of March 2026)."},
	{"d112", "I am Maqta, a bot that answers questions about Kazakhstan's light industry and cotton."},
	{"d114", "2025 жылы сала 13,2%-ға өсті, ал тұрақты өсім бес жылдан бері байқалады."},
	{"d119", "2018 жылы 343 619 тонна мақта жиналды."},
	{"d119", "343,6 мың тонна — 2018 жылғы өнім."},
	{"d120", "2040 жыл бойынша дерегім жоқ. Соңғы белгілісі — 2025 жыл: 13,2%-ға өсті."},
	{"d121", "В 2005 году собрали 465 000 т хлопка."},
	{"d121", "0,465 млн тонн в 2005 году."},
	{"d122", "На 2032 год данных у меня нет. Последнее известное — 2025 год: 260 млрд тенге."},
	{"d123", "I have no data on yarn for 2016; the figure for 2025 is 500 tonnes."},
	{"d126", "Көмір туралы дерегім жоқ: мен тек жеңіл өнеркәсіп пен мақта туралы жауап беремін."},
	{"d128", "Шамамен 22 мың адам — 2023 жылғы бірінші тоқсандағы дерек."},
	{"d129", "По странам данных нет. Всего в 2022 году вывезли около 30 тыс. т хлопкового волокна."},
	{"d137", "55%-ға жуық: 2025 жылы — 466 000 тонна, 2024 жылы — 301 700 тонна."},
	{"d137", "164,3 мың тоннаға артты: 2024 жылы 301,7 мың тонна, 2025 жылы 466 мың тонна жиналды."},
	{"d138", "Бұл белгісіз: өндіріс пен кәсіпорын саны бір жылға бірге жарияланбаған. 2023 жылы 1445 кәсіпорын болған; 2025 жылы сала 260 млрд теңгенің өнімін шығарды."},
	{"d140", "Не ровно: более 97 % предприятий — малый бизнес (на март 2026 г.)."},
	{"d141", "В 2024 году — 301 700 т, по данным Министерства сельского хозяйства."},
	{"d142", "Нет: в 2025 году производство выросло на 13,2 %. 60 % — из доли текстиля."},
	{"d143", "Not stated: the two totals cover different seasons. In 2025 the crop was 466,000 tonnes and fibre output 116,100 tonnes."},
	{"d145", "144,500 ha were allocated to cotton in 2025; 106,400 ha were sown in 2024."},
	{"d150", "466,000 tonnes of raw cotton were harvested in 2025."},
	{"d151", "Please type a question about light industry or cotton, for example about the harvest."},
	{"d201", "113 млрд теңге — 2019 жылғы өндіріс."},
	{"d202", "2012 жылғы 379 660 тоннадан 2016 жылы 286 700 тоннаға дейін азайды (92 960 тоннаға кем)."},
	{"d204", "Жетісай ауданы 2018 жылы 125,5 мың тонна мақта жинады (облыс өнімінің 36,5%-ы)."},
	{"d205", "87,5 млрд теңге — 2019 жылғы қаңтар–қазан айларында."},
	{"d206", "2019 жылы: ақшалай 19,8%-ға, нақты көлем бойынша 8,2%-ға өсті."},
	{"d207", "2014 жылғы орташа бағам — 1 доллар үшін 179,2 теңге."},
	{"d208", "2018 жыл бойынша дерегім жоқ. Белгілісі: 2019 жылы — 113 млрд теңге, 2022 жылы — 178 млрд теңге."},
	{"d212", "144,7 мың гектар — 2012 жылғы мақта алқабы."},
	{"d216", "В 2010 году: 239 850 тонн — меньше всего за 2008–2024 годы."},
	{"d217", "В 2021 году — 20,5 млн м², в 2022 году — 11,5 млн м²."},
	{"d218", "16 % за январь–март 2023 г."},
	{"d219", "На 8 % за январь–июнь 2020 года; основа роста не указана."},
	{"d220", "В 2019 году: в деньгах — на 19,8 %, реально (ИФО) — на 8,2 %."},
	{"d221", "В среднем 413 тенге за доллар в 2020 году."},
	{"d228", "More than 25,000 farms grow cotton (2025)."},
	{"d229", "The area fell from 196,400 ha in 2006 to 109,601 ha in 2016, that is by 86,799 ha."},
	{"d231", "18 plants were working in 2019; their capacity was 800 thousand tonnes of raw cotton, 26% of it loaded."},
	{"d232", "8.1 million m² in January–April 2020, up 3.5%."},
	{"d234", "In 2019 clothing production grew by 19.8% in money terms and by 8.2% in real terms (physical volume)."},
	{"d236", "I have no data for 2003. The earliest is 2004: 219.8 thousand hectares."},
}

func TestRightReplies(t *testing.T) {
	j, set := testJudge(t), testSet(t, "questions-dev.tsv")
	for _, c := range rightReplies {
		if v := j.Judge(set[c.id], c.reply); v.Outcome != Right {
			t.Errorf("%s %q\n got %s: %s\n%s", c.id, c.reply, v.Outcome, v.Reason, set[c.id].Text)
		}
	}
}

// A right reply with one digit of a figure or of its year changed is never right.
func TestChangedDigitsFail(t *testing.T) {
	t.Parallel()
	j, set := testJudge(t), testSet(t, "questions-dev.tsv")
	tried := 0
	for _, c := range rightReplies {
		q := set[c.id]
		for i := range len(c.reply) {
			if !digit(c.reply[i]) || !decides(c.reply, i) {
				continue
			}
			for _, step := range []byte{1, 4, 9} {
				changed := c.reply[:i] + string('0'+(c.reply[i]-'0'+step)%10) + c.reply[i+1:]
				if stillTrue(changed) {
					continue
				}
				tried++
				if v := j.Judge(q, changed); v.Outcome == Right {
					t.Errorf("%s: %q is right, too", c.id, changed)
				}
			}
		}
	}
	if tried < 1500 {
		t.Errorf("only %d changes were tried", tried)
	}
}

// stillTrue reports whether the change has only rounded the figure, as is allowed.
func stillTrue(reply string) bool {
	for _, rounded := range []string{"467 110 тонн", "116,000 tonnes", "144,000 ha", "106,000 ha", "239 800 тонн", "196,000 ha", "109,600 ha", "1440 кәсіпорын", "54%-ға жуық"} {
		if strings.Contains(reply, rounded) {
			return true
		}
	}
	return false
}

var dateStretch = regexp.MustCompile(`\d{4} жылғы 5 наурыз|5 марта 2026|2026 жылғы наурыз|март[ае]? 2026|March 2026|за 2008–2024|[12] доллар|м²|m²`)

// decides reports whether the digit at i belongs to a figure or its year, rather
// than to the date of a source.
func decides(reply string, i int) bool {
	for _, at := range dateStretch.FindAllStringIndex(reply, -1) {
		if i >= at[0] && i < at[1] {
			return false
		}
	}
	return true
}

// A right reply with another unit, or without its qualifier, is never right.
func TestChangedWordsFail(t *testing.T) {
	j, set := testJudge(t), testSet(t, "questions-dev.tsv")
	changes := []struct{ from, to string }{
		{"тонна", "гектар"},
		{"тонна", "килограмм"},
		{"тонн ", "гектаров "},
		{"тонн ", "кг "},
		{"tonnes", "hectares"},
		{"tonnes", "kilograms"},
		{" т ", " га "},
		{"мың тонна", "тонна"},
		{"тыс. т", "т"},
		{"млрд", "млн"},
		{"млн", "млрд"},
		{"billion", "million"},
		{"million", "billion"},
		{"теңге", "доллар"},
		{"тенге", "долларов"},
		{"долларов", "тенге"},
		{" ha ", " t "},
		{"гектар", "тонна"},
		{"м²", "га"},
		{"m²", "ha"},
		{"square metres", "tonnes"},
		{"кг", "т"},
		{"Более ", ""},
		{"более ", ""},
		{"свыше ", ""},
		{"over 97", "97"},
		{"more than ", ""},
		{"More than ", ""},
		{"-дан астам", ""},
		{"более ", "менее "},
		{"более ", "ровно "},
		{"over 97", "under 97"},
		{"more than ", "less than "},
		{"60%-дан астам", "60%-дан кем"},
		{"Шамамен ", ""},
		{"-ға жуық", "-ға"},
		{"около ", ""},
		{"ақшалай", "нақты көлем бойынша"},
		{"в деньгах", "в физическом объёме"},
		{"in money terms", "in volume"},
		{"дерегім жоқ", "дерек бар"},
		{"данных нет", "данные есть"},
		{"данных у меня нет", "данные есть"},
		{"no data", "data"},
		{"қаңтар–қазан айларында", "жылы"},
		{"за январь–март 2023 г", "за 2023 год"},
		{"за январь–июнь 2020 года", "за 2020 год"},
		{"January–April 2020", "2020"},
		{"13,2", "13,25"},
		{"466 000", "более 466 000"},
		{"466 000 тонна", "466 000 тоннадан астам"},
		{"32 %", "менее 32 %"},
	}
	used := make(map[string]int)
	for _, c := range rightReplies {
		for _, change := range changes {
			changed := strings.Replace(c.reply, change.from, change.to, 1)
			if changed == c.reply {
				continue
			}
			used[change.from]++
			if v := j.Judge(set[c.id], changed); v.Outcome == Right {
				t.Errorf("%s: %q is right, too", c.id, changed)
			}
		}
	}
	for _, change := range changes {
		if used[change.from] == 0 {
			t.Errorf("%q occurs in no reply: the change proves nothing", change.from)
		}
	}
}

func TestBadReplies(t *testing.T) {
	j, set := testJudge(t), testSet(t, "questions-dev.tsv")
	for _, c := range []struct {
		id, reply string
		want      Outcome
	}{
		{"d001", "2025 жылы 116 100 тонна мақта жиналды.", Wrong},
		{"d001", "2019 жылы 466 000 тонна мақта жиналды.", Wrong},
		{"d001", "466 000 тонна.", Wrong}, // the question names 2025, the reply does not
		{"d001", "2025 жылы 430 мың тонна мақта жиналды.", Wrong},
		{"d001", "2025 жылы 465,9 мың тонна мақта жиналды.", Wrong}, // of the note, but 466 is asked for
		{"d001", "Бұл туралы дерегім жоқ.", Unanswered},
		{"d001", "Нені білгіңіз келеді?", Unanswered},
		{"d001", "", Unanswered},
		{"d001", "В 2025 году собрали 466 000 тонн хлопка.", Unanswered}, // another language
		{"d001", "2025 жылы 466 000 тонна жиналды, гектарына 32,2 центнер.", Wrong},
		{"d008", "60 %", Wrong},
		{"d008", "Доля текстиля — 61,5 %, то есть более 60 %.", Wrong},
		{"d008", "Не более 60 %.", Wrong},
		{"d011", "In 2025 output grew by 13.2%, so 2024 output was 229.7 billion tenge.", Wrong},
		{"d011", "Output fell by 13.2% in 2025.", Wrong},
		{"d011", "Output did not fall: it rose by 13.2% in 2025.", Right},
		{"d033", "Өндіріс төмендеген жоқ, керісінше, 2025 жылы 13,2%-ға өсті.", Right},
		{"d033", "Өндіріс 2025 жылы 13,2%-ға төмендеді.", Wrong},
		{"d142", "Производство упало на 13,2 % в 2025 году.", Wrong},
		{"d013", "28.6 million items in 2025", Wrong},
		{"d028", "I do not know.", Unanswered},
		{"d030", "The Ministry of Finance.", Wrong},
		{"d098", "By 28 points: more than 60% against 32%.", Wrong},
		{"d120", "2040 жылы 13,2%-ға өседі. Нақты дерек жоқ.", Wrong},
		{"d120", "2025 жылы 13,2%-ға өсті.", Wrong},
		{"d120", "Мен тек мақта туралы жауап беремін.", Unanswered},
		{"d120", "2040 жыл бойынша дерегім жоқ; белгілісі — 13,2%.", Wrong},
		{"d120", "2040 жыл бойынша дерегім жоқ. 2025 жылы 466 000 тонна мақта жиналды.", Wrong}, // another group
		{"d126", "Көмір туралы дерегім жоқ. 2025 жылы 466 мың тонна мақта жиналды.", Wrong},
		{"d131", "Курс — 499,83.", Wrong},
		{"d136", "No number by city is known. In 2023 there were 1,445 enterprises in the country.", Right},
		{"d136", "1,445 enterprises.", Wrong},
		{"d143", "Not known, but 116,100 of 466,000 tonnes is 24.9% (2025).", Wrong},
		{"d145", "144,500 ha in 2024.", Wrong},
		{"d203", "2006: 286 700 тонна, 2016: 435 400 тонна.", Wrong},
		{"d203", "2006 жылы 286 700 тонна және 2016 жылы 435 400 тонна.", Wrong},
		{"d205", "2019 жылы 87,5 млрд теңге.", Wrong},
		{"d205", "2019 жылғы қаңтар–қыркүйекте 87,5 млрд теңге.", Wrong},
		{"d205", "2019 жылы 113 млрд теңге, оның ішінде қаңтар–қазанда 87,5 млрд теңге.", Right},
		{"d206", "2019 жылы 19,8%-ға және 8,2%-ға өсті.", Wrong},
		{"d206", "2019 жылы ақшалай 8,2%-ға, нақты көлем бойынша 19,8%-ға өсті.", Wrong},
		{"d206", "2019 жылы ақшалай 19,8%-ға өсті.", Wrong},
		{"d231", "18 gins in 2019, 22 in all.", Right},
		{"d231", "18 gins in 2019, 23 in all.", Wrong},
		{"d085", "2026 жылғы 5 наурызда — 499,83 теңге.", Unanswered},
		{"d085", "499.83 tenge to the dollar; 466,000 t; 500 t of yarn; 5.2 million m2; 260 billion tenge; 0.8%.", Wrong},
		{"d207", "2014 жылы 1 доллар 179,2 теңге болды, 2015 жылы 221,7 теңге: айырма — 42,5 теңге.", Right},
		{"d207", "2014 жылы 1 доллар 179,2 теңге болды, 2015 жылы 221,7 теңге: айырма — 43,5 теңге.", Wrong},
		{"d151", "42 тонна.", Right}, // the person's own number, echoed
		{"d148", "Я отвечаю о лёгкой промышленности. В 2025 году собрали 466 000 т хлопка.", Wrong},
	} {
		if v := j.Judge(set[c.id], c.reply); v.Outcome != c.want {
			t.Errorf("%s %q\n got %s (%s), want %s", c.id, c.reply, v.Outcome, v.Reason, c.want)
		}
	}
}

func TestEveryShowableFactMayStand(t *testing.T) {
	j := testJudge(t)
	if len(j.facts) != 166 {
		t.Fatalf("the judge knows %d facts", len(j.facts))
	}
	for i := range j.facts {
		f := &j.facts[i]
		bound := ""
		switch f.Qualifier {
		case "over":
			bound = "more than "
		case "approx":
			bound = "about "
		}
		in := map[unit]string{
			counted: "", pieces: " pieces", people: " people", pairs: " pairs", perCent: "%", tonnes: " tonnes", hectares: " ha",
			perHectare: " c/ha", squares: " m2", tenge: " tenge", dollars: " dollars",
		}[f.in]
		period := strconv.Itoa(f.from)
		if f.from != f.to {
			period += "-" + strconv.Itoa(f.to)
		}
		if f.part > 0 {
			period = strings.Split(enMonths, "|")[f.ends-1] + " " + period
		}
		basis := map[string]string{"nominal": " in money", "real_index": " in volume"}[f.Basis]
		reply := period + ": " + bound + strconv.FormatFloat(f.value, 'f', -1, 64) + in + basis
		q := Question{ID: f.key(), Lang: "en", Facts: []string{f.key()}}
		if v := j.Judge(q, reply); v.Outcome != Right {
			t.Errorf("%s: %q: %s", f.key(), reply, v.Reason)
		}
	}
}
