package handlers

import (
	"strings"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/sector"
	"maqta/sector/ask"
	"maqta/sector/facts"
)

// The keys of the facts that the tests speak of.
const (
	keyHarvest  facts.Key = "cotton_harvest/2025/KZ/cotton_growing/physical"
	keyHarvest4 facts.Key = "cotton_harvest/2024/KZ/cotton_growing/physical"
	keyHarvest2 facts.Key = "cotton_harvest/2012/KZ/cotton_growing/physical"
	keyHarvest0 facts.Key = "cotton_harvest/2010/KZ/cotton_growing/physical"
	keyFibre    facts.Key = "cotton_fibre_output/2025/KZ/cotton_ginning/physical"
	keyGrowth   facts.Key = "output_growth/2025/KZ/light_industry/unstated"
	keyOutput   facts.Key = "output_value/2025/KZ/light_industry/nominal"
	keyNominal  facts.Key = "output_growth/2019/KZ/14/nominal"
	keyReal     facts.Key = "output_growth/2019/KZ/14/real_index"
	keyRate     facts.Key = "exchange_rate/2026-03-05/KZ//rate"
	keyRate2019 facts.Key = "exchange_rate/2019/KZ//rate"
	keyOutput19 facts.Key = "output_value/2019/KZ/light_industry/nominal"
	keyTextile  facts.Key = "structure_share/2026-03/KZ/13/share"
	keyClothing facts.Key = "structure_share/2026-03/KZ/14/share"
	keyLeather  facts.Key = "structure_share/2026-03/KZ/15/share"
	keyShareMfg facts.Key = "share_in_manufacturing/2026-03/KZ/light_industry/share"
	keyAlmaty   facts.Key = "output_value/2019/KZ-75/14/nominal"
	keyShymkent facts.Key = "output_value/2019/KZ-79/14/nominal"
)

type world struct {
	*Mind
	t *testing.T
}

func (w world) fact(key facts.Key) *facts.Fact {
	w.t.Helper()
	f, ok := w.Book.Fact(key)
	if !ok {
		w.t.Fatalf("no fact %s", key)
	}
	return f
}

func (w world) figure(topic ask.Topic, key facts.Key) ask.Figure {
	f := w.fact(key)
	return ask.Figure{Topic: topic, Fact: f, Value: f.Value, Unit: f.Unit}
}

func (w world) calc(name facts.CalcName, keys ...facts.Key) facts.Calc {
	w.t.Helper()
	c, err := w.Book.Calculate(name, keys...)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w world) told(id facts.StatementID) ask.Told {
	s, ok := w.Book.Statement(id)
	if !ok {
		w.t.Fatalf("no statement %s", id)
	}
	return ask.Told{Statement: s}
}

// nb writes the no-break blanks of numbers as they are in the texts.
func nb(s string) string { return strings.ReplaceAll(s, "_", "\u00a0") }

// What people read, kind by kind. An underline stands for a no-break blank.
func TestWording(t *testing.T) {
	w := world{wordingMind(t), t}
	difference := w.calc(facts.Difference, keyHarvest, keyHarvest4)
	change := w.calc(facts.Change, keyHarvest4, keyHarvest)
	rise := w.calc(facts.Change, keyHarvest0, keyHarvest4)
	fall := w.calc(facts.Change, keyHarvest2, keyHarvest4)
	points := w.calc(facts.Difference, keyTextile, keyClothing)
	between := w.calc(facts.Difference, keyAlmaty, keyShymkent)
	ratio := w.calc(facts.Ratio, keyAlmaty, keyShymkent)
	harvests := []*facts.Fact{w.fact(keyHarvest2), w.fact(keyHarvest4), w.fact(keyHarvest)}
	tests := map[string]struct {
		answer     ask.Answer
		kk, ru, en string
	}{
		"harvest": {
			answerOf(w.fact(keyHarvest)),
			"2025 жылы 466_000 тонна мақта жиналды; Үкіметтің айтуынша, бұл — рекорд.\nДереккөз: Үкіметтің баспасөз қызметі, 2026 жылғы 5 наурыз.",
			"В 2025 году собрали 466_000 тонн хлопка; по словам Правительства, это рекорд.\nИсточник: пресс-служба Правительства, 5 марта 2026 г.",
			"466,000 tonnes of cotton were harvested in 2025; the Government calls it a record.\nSource: Government press service, 5 March 2026.",
		},
		"asked in thousand tonnes": {
			ask.Answer{Kind: ask.KindFigure, Query: ask.Query{Unit: sector.ThousandTonnes}, Parts: []ask.Part{w.figure(ask.Fibre, keyFibre)}},
			"2025 жылы 116,1 мың тонна мақта талшығы өндірілді. Бұл — шитті мақта емес, тазаланған талшық.",
			"В 2025 году произвели 116,1 тыс. тонн хлопкового волокна. Это не хлопок-сырец, а очищенное волокно.",
			"116.1 thousand tonnes of cotton fibre were produced in 2025. This is ginned fibre, not raw cotton.",
		},
		"asked in kilograms": {
			ask.Answer{Kind: ask.KindFigure, Query: ask.Query{Unit: sector.Kilograms}, Parts: []ask.Part{ask.Figure{
				Topic: ask.Fibre, Fact: w.fact(keyFibre), Value: sector.MustDecimal("116100000"), Unit: sector.Kilograms,
			}}},
			"2025 жылы 116_100_000 килограмм мақта талшығы өндірілді. Бұл — шитті мақта емес, тазаланған талшық.",
			"В 2025 году произвели 116_100_000 кг хлопкового волокна. Это не хлопок-сырец, а очищенное волокно.",
			"116,100,000 kg of cotton fibre were produced in 2025. This is ginned fibre, not raw cotton.",
		},
		"growth and output": {
			ask.Answer{Kind: ask.KindFigures, Parts: []ask.Part{w.figure(ask.Output, keyOutput), w.figure(ask.Growth, keyGrowth)}},
			"2025 жылы жеңіл өнеркәсіп өндірісі 13,2%-ға өсіп, 260 млрд теңгеге жетті. Өсімнің ақшамен бе, нақты көлеммен бе есептелгені айтылмаған.",
			"В 2025 году производство в лёгкой промышленности выросло на 13,2_% и достигло 260 млрд тенге. Не сказано, посчитан ли рост в деньгах или в натуре.",
			"Light-industry output rose by 13.2% in 2025 and reached 260 billion tenge. The source does not say whether growth is in money or in volume.",
		},
		"two bases": {
			ask.Answer{Kind: ask.KindBases, Parts: []ask.Part{w.figure(ask.ClothingGrowth, keyNominal), w.figure(ask.ClothingGrowth, keyReal)}},
			"2019 жылы киім өндірісі 19,8%-ға (ақшалай есептегенде) және 8,2%-ға (нақты көлем индексі бойынша) өсті.",
			"Производство одежды выросло на 19,8_% (в деньгах) и на 8,2_% (в реальном выражении, ИФО) в 2019 году.",
			"Clothing output rose by 19.8% (in money terms) and by 8.2% (in volume) in 2019.",
		},
		"false premise": {
			ask.Answer{Kind: ask.KindFigure, Parts: []ask.Part{ask.Correction{Claim: ask.ClaimedFall}, w.figure(ask.Growth, keyGrowth)}},
			"Өндіріс төмендеген жоқ, керісінше, 2025 жылы 13,2%-ға өсті. Өсімнің ақшамен бе, нақты көлеммен бе есептелгені айтылмаған.",
			"Производство не упало, а выросло: в 2025 году на 13,2_%. Не сказано, посчитан ли рост в деньгах или в натуре.",
			"Output did not fall: it rose by 13.2% in 2025. The source does not say whether growth is in money or in volume.",
		},
		"another figure put forward": {
			ask.Answer{Kind: ask.KindFigure, Parts: []ask.Part{ask.Correction{Claim: ask.ClaimedNumber}, w.figure(ask.ClothingShare, keyClothing)}},
			"Сала құрылымында киім өндірісінің үлесі — 32% (2026 жылғы наурыздағы мәлімет бойынша). Дереккөзде басқа сан жоқ.",
			"В структуре отрасли на одежду приходится 32_% (по данным на март 2026 года). Другого числа в источнике нет.",
			"Clothing accounts for 32% of the sector (as of March 2026). The source gives no other figure.",
		},
		"a bound put forward as exact": {
			ask.Answer{Kind: ask.KindFigure, Parts: []ask.Part{ask.Correction{Claim: ask.ClaimedExact}, w.figure(ask.TextileShare, keyTextile)}},
			"Сала құрылымында тоқыма өндірісінің үлесі — 60%-дан астам (2026 жылғы наурыздағы мәлімет бойынша); нақты саны жарияланбаған.",
			"В структуре отрасли на текстиль приходится более 60_% (по данным на март 2026 года); точное число не опубликовано.",
			"Textiles make up more than 60% of the sector (as of March 2026); the exact share is not published.",
		},
		"dollars": {
			ask.Answer{Kind: ask.KindWorked, Parts: []ask.Part{ask.Worked{Calc: w.calc(facts.InDollars, keyOutput, keyRate)}}},
			"260 млрд теңге ÷ 499,83 = 520,2 млн АҚШ доллары (Ұлттық Банктің 2026 жылғы 5 наурыздағы бағамы).",
			"260 млрд тенге ÷ 499,83 = 520,2 млн долларов США (курс Национального Банка на 5 марта 2026 г.).",
			"260 billion tenge ÷ 499.83 = 520.2 million US dollars (National Bank rate of 5 March 2026).",
		},
		"dollars at a year's rate": {
			ask.Answer{Kind: ask.KindWorked, Parts: []ask.Part{ask.Worked{Calc: w.calc(facts.InDollars, keyOutput19, keyRate2019)}}},
			"113 млрд теңге ÷ 382,7 = 295,3 млн АҚШ доллары (2019 жылдың орташа бағамы).",
			"113 млрд тенге ÷ 382,7 = 295,3 млн долларов США (средний курс за 2019 год).",
			"113 billion tenge ÷ 382.7 = 295.3 million US dollars (average rate of 2019).",
		},
		"dollars, with the source's own figure": {
			ask.Answer{Kind: ask.KindFigure, Parts: []ask.Part{
				w.figure(ask.USD, "output_value_usd/2025/KZ/light_industry/nominal"), ask.Worked{Calc: w.calc(facts.InDollars, keyOutput, keyRate)},
			}, Caution: []facts.Caution{facts.SourceRate}},
			"260 млрд теңге ÷ 499,83 = 520,2 млн АҚШ доллары (Ұлттық Банктің 2026 жылғы 5 наурыздағы бағамы). Доллар құны бір күннің бағамымен есептелген, жылдың орташа бағамымен емес.",
			"260 млрд тенге ÷ 499,83 = 520,2 млн долларов США (курс Национального Банка на 5 марта 2026 г.). Доллары посчитаны по курсу одного дня, а не по среднему за год.",
			"260 billion tenge ÷ 499.83 = 520.2 million US dollars (National Bank rate of 5 March 2026). The dollar value uses the rate of one day, not the average of the year.",
		},
		"dollars of a named year": {
			ask.Answer{Kind: ask.KindWorked, Query: ask.Query{Periods: []sector.Period{sector.YearOf(2025)}}, Parts: []ask.Part{
				ask.Worked{Calc: w.calc(facts.InDollars, keyOutput, keyRate)},
			}},
			"260 млрд теңге (2025 жыл) ÷ 499,83 = 520,2 млн АҚШ доллары (Ұлттық Банктің 2026 жылғы 5 наурыздағы бағамы).",
			"260 млрд тенге (2025 год) ÷ 499,83 = 520,2 млн долларов США (курс Национального Банка на 5 марта 2026 г.).",
			"260 billion tenge (2025) ÷ 499.83 = 520.2 million US dollars (National Bank rate of 5 March 2026).",
		},
		"asked in tenge": {
			ask.Answer{Kind: ask.KindFigure, Query: ask.Query{Unit: sector.UnitTenge}, Parts: []ask.Part{ask.Figure{
				Topic: ask.Output, Fact: w.fact(keyOutput), Value: sector.MustDecimal("260000000000"), Unit: sector.UnitTenge,
			}}},
			"2025 жылы жеңіл өнеркәсіп өндірісі 260 млрд теңге болды.",
			"Лёгкая промышленность произвела продукции на 260 млрд тенге в 2025 году.",
			"Light-industry output was 260 billion tenge in 2025.",
		},
		"a record": {
			ask.Answer{Kind: ask.KindStatement, Parts: []ask.Part{w.told(facts.RecordHarvest), w.figure(ask.Harvest, keyHarvest)}},
			"2025 жылы 466_000 тонна мақта жиналды; Үкіметтің айтуынша, бұл — рекорд. FAO қатарында бұдан сәл көп өнім бір рет болған.",
			"В 2025 году собрали 466_000 тонн хлопка; по словам Правительства, это рекорд. В ряду FAO чуть больший урожай был однажды.",
			"466,000 tonnes of cotton were harvested in 2025; the Government calls it a record. The FAO series has one slightly larger crop.",
		},
		"a share in tenge": {
			ask.Answer{Kind: ask.KindWorked, Parts: []ask.Part{ask.Worked{Calc: w.calc(facts.ShareOf, keyTextile, keyOutput)}}},
			"Тоқыма өндірісі: 60%-дан астам × 260 млрд теңге = 156 млрд теңгеден астам. Бұл — есептеп шығарылған сан, дереккөзде жоқ.",
			"Текстиль: более 60_% × 260 млрд тенге = более 156 млрд тенге. Это число вычислено, в источнике его нет.",
			"Textiles: more than 60% × 260 billion tenge = more than 156 billion tenge. This number is worked out; the source does not state it.",
		},
		"all manufacturing": {
			ask.Answer{Kind: ask.KindWorked, Parts: []ask.Part{ask.WorkedRange{
				Low: w.calc(facts.WholeAtLeast, keyShareMfg, keyOutput), High: w.calc(facts.WholeAtMost, keyShareMfg, keyOutput),
			}}},
			"30,6–34,7 трлн теңге аралығында: нақты көлемі айтылмаған. Негізі: 260 млрд теңге (2025 жыл); дөңгелектелген үлес — 0,8% (2026 жылғы наурыздағы мәлімет).",
			"От 30,6 до 34,7 трлн тенге: точный объём не указан. Основа: 260 млрд тенге (2025 год); округлённая доля — 0,8_% (на март 2026 года).",
			"Between 30.6 and 34.7 trillion tenge: the total is not stated. It follows from 260 billion tenge (2025); rounded share: 0.8% (as of March 2026).",
		},
		"structure": {
			ask.Answer{Kind: ask.KindStructure, Parts: []ask.Part{ask.Shares{Facts: []*facts.Fact{w.fact(keyTextile), w.fact(keyClothing), w.fact(keyLeather)}}}},
			"Сала құрылымы: тоқыма өндірісі — 60%-дан астам, киім өндірісі — 32%, аяқ киім мен былғары бұйымдары — 6,5% (2026 жылғы наурыздағы мәлімет бойынша). Нақты қосындысы белгісіз: «астам» деген — төменгі шек.",
			"Структура отрасли: текстиль — более 60_%, одежда — 32_%, обувь и кожаные изделия — 6,5_% (по данным на март 2026 года). Точная сумма неизвестна: «более» — это нижняя граница.",
			"Structure of the sector: textiles more than 60%, clothing 32%, footwear and leather goods 6.5% (as of March 2026). The exact sum is not known: “more than” is a lower bound.",
		},
		"two years compared": {
			ask.Answer{Kind: ask.KindComparison, Parts: []ask.Part{ask.Comparison{
				Figures:  []ask.Figure{w.figure(ask.Harvest, keyHarvest4), w.figure(ask.Harvest, keyHarvest)},
				Greatest: w.fact(keyHarvest), Difference: &difference, Change: &change,
			}}},
			"Мақта өнімі: 2024 жыл — 301_700 тонна, 2025 жыл — 466_000 тонна. Көбірегі — 2025 жыл: айырмасы — 164_300 тонна (54,5%-ға артты).",
			"Урожай хлопка: 2024 год — 301_700 тонн, 2025 год — 466_000 тонн. Больше — 2025 год: разница — 164_300 тонн (рост на 54,5_%).",
			"Cotton harvest: 2024 — 301,700 tonnes, 2025 — 466,000 tonnes. The greater: 2025; the difference is 164,300 tonnes (up by 54.5%).",
		},
		"two shares compared": {
			ask.Answer{Kind: ask.KindComparison, Parts: []ask.Part{ask.Comparison{
				Figures:  []ask.Figure{w.figure(ask.TextileShare, keyTextile), w.figure(ask.ClothingShare, keyClothing)},
				Greatest: w.fact(keyTextile), Difference: &points,
			}}},
			"Тоқыманың үлесі — 60%-дан астам, киімнің үлесі — 32% (2026 жылғы наурыздағы мәлімет бойынша). Көбірегі — тоқыманың үлесі, айырмасы — 28 пайыздық тармақтан астам.",
			"Доля текстиля — более 60_%, доля одежды — 32_% (по данным на март 2026 года). Больше — доля текстиля, разница — более 28 процентных пунктов.",
			"Share of textiles — more than 60%, share of clothing — 32% (as of March 2026). The greater: share of textiles; the difference is more than 28 percentage points.",
		},
		"two cities compared": {
			ask.Answer{Kind: ask.KindComparison, Parts: []ask.Part{ask.Comparison{
				Figures:  []ask.Figure{w.figure(ask.ClothingOutput, keyAlmaty), w.figure(ask.ClothingOutput, keyShymkent)},
				Greatest: w.fact(keyAlmaty), Difference: &between, Ratio: &ratio,
			}}},
			"Киім, теңгемен (2019 жылы): Алматы қаласы — 6,08 млрд теңге, Шымкент қаласы — 4,76 млрд теңге. Көбірегі — Алматы қаласы, айырмасы — 1,32 млрд теңге. Бұл — 1,28 есе көп.",
			"Одежда в тенге (в 2019 году): город Алматы — 6,08 млрд тенге, город Шымкент — 4,76 млрд тенге. Больше — город Алматы, разница — 1,32 млрд тенге. Это в 1,28 раза больше.",
			"Clothing in tenge (in 2019): Almaty city — 6.08 billion tenge, Shymkent — 4.76 billion tenge. The greater: Almaty city; the difference is 1.32 billion tenge. That is 1.28 times as much.",
		},
		"crop and fibre must not be joined": {
			ask.Answer{Kind: ask.KindComparison, Parts: []ask.Part{ask.Comparison{
				Figures: []ask.Figure{w.figure(ask.Harvest, keyHarvest), w.figure(ask.Fibre, keyFibre)}, Ban: facts.BanFibreYield,
			}}},
			"Мақта өнімі — 466_000 тонна, мақта талшығы — 116_100 тонна (2025 жылы). Мақтадан қанша талшық шығатыны туралы дерегім жоқ: зауыттар өнімді келесі жылы да өңдейді.",
			"Урожай хлопка — 466_000 тонн, хлопковое волокно — 116_100 тонн (в 2025 году). Данных о выходе волокна у меня нет: заводы перерабатывают урожай и в следующем году.",
			"Cotton harvest — 466,000 tonnes, cotton fibre — 116,100 tonnes (in 2025). I have no data on the fibre yield: the gins process a crop into the next year.",
		},
		"course": {
			ask.Answer{Kind: ask.KindTrend, Parts: []ask.Part{ask.Course{Topic: ask.Harvest, Facts: []*facts.Fact{w.fact(keyHarvest0), w.fact(keyHarvest2), w.fact(keyHarvest4)}, Lowest: w.fact(keyHarvest0), Highest: w.fact(keyHarvest2), Change: &rise}}},
			"Мақта өнімі: 2010 жылы — 239_850 тонна, 2024 жылы — 301_700 тонна; аралықта 25,8%-ға артты. Ең көбі — 379_660 тонна (2012 жыл), ең азы — 239_850 тонна (2010 жыл).",
			"Урожай хлопка: в 2010 году — 239_850 тонн, в 2024 году — 301_700 тонн; рост на 25,8_%. Больше всего — 379_660 тонн (2012 год), меньше всего — 239_850 тонн (2010 год).",
			"Cotton harvest: 239,850 tonnes in 2010, 301,700 tonnes in 2024; up by 25.8%. The highest is 379,660 tonnes (2012), the lowest 239,850 tonnes (2010).",
		},
		"course with two ends": {
			ask.Answer{Kind: ask.KindTrend, Parts: []ask.Part{ask.Course{Topic: ask.Harvest, Facts: []*facts.Fact{w.fact(keyHarvest2), w.fact(keyHarvest4)}, Lowest: w.fact(keyHarvest4), Highest: w.fact(keyHarvest2), Change: &fall}}},
			"Мақта өнімі: 2012 жылы — 379_660 тонна, 2024 жылы — 301_700 тонна; аралықта 20,5%-ға азайды.",
			"Урожай хлопка: в 2012 году — 379_660 тонн, в 2024 году — 301_700 тонн; снижение на 20,5_%.",
			"Cotton harvest: 379,660 tonnes in 2012, 301,700 tonnes in 2024; down by 20.5%.",
		},
		"year by year": {
			ask.Answer{Kind: ask.KindTrend, Parts: []ask.Part{ask.Course{Topic: ask.Harvest, Facts: harvests, Listed: true}}},
			"Мақта өнімі, тонна:\n2012 жыл — 379_660\n2024 жыл — 301_700\n2025 жыл — 466_000",
			"Урожай хлопка, тонн:\n2012 год — 379_660\n2024 год — 301_700\n2025 год — 466_000",
			"Cotton harvest, tonnes:\n2012: 379,660\n2024: 301,700\n2025: 466,000",
		},
		"lowest": {
			ask.Answer{Kind: ask.KindFigure, Parts: []ask.Part{ask.Extreme{Topic: ask.Harvest, Fact: w.fact(keyHarvest0), From: 2008, To: 2025}}},
			"Мақта өнімі: ең азы — 239_850 тонна (2010 жыл); 2008–2025 жылдар қаралды.",
			"Урожай хлопка: меньше всего — 239_850 тонн (2010 год); просмотрены 2008–2025 годы.",
			"Cotton harvest: the lowest is 239,850 tonnes (2010); years compared: 2008–2025.",
		},
		"statement": {
			ask.Answer{Kind: ask.KindStatement, Parts: []ask.Part{w.told(facts.ProgrammeDrafter)}, Sources: []*facts.Source{w.fact(keyHarvest).Source}},
			"Кешенді бағдарламаны Өнеркәсіп және құрылыс министрлігі бизнеспен бірлесіп әзірлейді. Айтқан: Серік Жұманғарин, 2026 жылғы 5 наурыз.\nДереккөз: Үкіметтің баспасөз қызметі, 2026 жылғы 5 наурыз.",
			"Комплексную программу разрабатывает Министерство промышленности и строительства вместе с бизнесом. Сказано: Серик Жумангарин, 5 марта 2026 г.\nИсточник: пресс-служба Правительства, 5 марта 2026 г.",
			"The Comprehensive Programme is being drafted by the Ministry of Industry and Construction with business. Said by: Serik Zhumangarin, 5 March 2026.\nSource: Government press service, 5 March 2026.",
		},
		"question back": {
			ask.Answer{Kind: ask.KindChoice, Parts: []ask.Part{ask.Choice{About: ask.WhichTextile}}},
			"Тоқыма туралы нені білгіңіз келеді?", "Что именно вы хотите узнать о текстиле?", "What would you like to know about textiles?",
		},
		"no such year": {
			ask.Answer{
				Kind: ask.KindRefusal, Related: make([]ask.Query, 2),
				Parts: []ask.Part{ask.Refusal{Reason: ask.NoPeriod, Topic: ask.Output, Period: sector.YearOf(2018), Known: []sector.Period{sector.YearOf(2025)}}},
			},
			"2018 жыл бойынша дерегім жоқ; менде 2025 жылғы көрсеткіш бар.\nМына сұрақтарға жауап бере аламын:",
			"За 2018 год данных у меня нет; есть показатель за 2025 год.\nМогу ответить на такие вопросы:",
			"I have no data for 2018; I do have the figure for 2025.\nI can answer these questions:",
		},
		"growth does not give the year before": {
			ask.Answer{Kind: ask.KindRefusal, Related: make([]ask.Query, 2), Parts: []ask.Part{ask.Refusal{
				Reason: ask.Forbidden, Topic: ask.Output, Ban: facts.BanGrowthBack, Period: sector.YearOf(2024),
			}}},
			"2024 жылғы көлем дереккөзде жоқ. Өсімнің ақшамен бе, нақты көлеммен бе есептелгені айтылмаған, сондықтан оны кері есептемеймін.",
			"Объёма за 2024 год в источнике нет. Не сказано, посчитан ли рост в деньгах или в натуре, поэтому обратно я его не вычисляю.",
			"The source has no 2024 value. It does not say whether growth is in money or in volume, so I will not compute it back.",
		},
		"no such region in that year": {
			ask.Answer{Kind: ask.KindRefusal, Parts: []ask.Part{ask.Refusal{Reason: ask.NoRegion, Region: sector.Akmola, Period: sector.YearOf(2019)}}},
			"Ақмола облысы, 2019 жыл: бұл көрсеткіштің дерегі жоқ.",
			"Акмолинская область, 2019 год: данных по этому показателю нет.",
			"Akmola Region, 2019: I have no data on that.",
		},
		"cities are not told apart": {
			ask.Answer{Kind: ask.KindRefusal, Parts: []ask.Part{ask.Refusal{Reason: ask.NoRegion, Missing: ask.MissCity}}},
			"Қалалар бойынша дерегім жоқ.", "По городам данных у меня нет.", "I have no data by city.",
		},
		"a forecast without a year": {
			ask.Answer{Kind: ask.KindRefusal, Parts: []ask.Part{ask.Refusal{Reason: ask.NoPeriod, Missing: ask.MissForecast}}},
			"Болжам туралы дерегім жоқ.", "О прогнозах данных у меня нет.", "I have no data on forecasts.",
		},
		"prices of a year": {
			ask.Answer{Kind: ask.KindRefusal, Parts: []ask.Part{ask.Refusal{Reason: ask.NoTopic, Missing: ask.MissPrice, Period: sector.YearOf(2018)}}},
			"Баға туралы дерегім жоқ. Сұралған кезең: 2018 жыл.",
			"О ценах данных у меня нет. Период вопроса: 2018 год.",
			"I have no data on prices. The period asked about: 2018.",
		},
		"follow-up": {
			ask.Answer{Kind: ask.KindFigure, Parts: []ask.Part{w.figure(ask.Fibre, keyFibre)}, Carried: &ask.Carried{Period: sector.YearOf(2025)}},
			"2025 жылы 116_100 тонна мақта талшығы өндірілді. Бұл — шитті мақта емес, тазаланған талшық. Кезең алдыңғы сұрақтан алынды: 2025 жыл.",
			"В 2025 году произвели 116_100 тонн хлопкового волокна. Это не хлопок-сырец, а очищенное волокно. Период взят из прошлого вопроса: 2025 год.",
			"116,100 tonnes of cotton fibre were produced in 2025. This is ginned fibre, not raw cotton. The period is taken from your last question: 2025.",
		},
		"freshness": {
			ask.Answer{Kind: ask.KindMeta, Parts: []ask.Part{ask.Meta{About: ask.MetaFresh, Newest: sector.Period{Kind: sector.ADay, Year: 2026, Month: time.March, Day: 5}}}},
			"Ең жаңа дереккөз — 2026 жылғы 5 наурыз. Әр жауапта көрсеткіштің кезеңі мен дереккөзі тұрады.",
			"Самый новый источник — 5 марта 2026 г. В каждом ответе указаны период показателя и источник.",
			"The newest source is of 5 March 2026. Every answer names the period and source of its figure.",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for i, want := range []string{test.kk, test.ru, test.en} {
				lang := chat.Langs()[i]
				if got := plain(t, w.Mind, lang, w.wordAnswer(test.answer)); got != nb(want) {
					t.Errorf("in %s:\ngot  %s\nwant %s", lang, got, nb(want))
				}
			}
		})
	}
}

func TestFormerFigure(t *testing.T) {
	m := wordingMind(t)
	tests := map[string]string{
		"exact 466 thousand_tonnes": "466\u00a0000 тонна",
		"over 60 pct":               "60%-дан астам",
		"approx 520.2 mln_usd":      "шамамен 520,2 млн АҚШ доллары",
		"nonsense":                  "басқа сан",
		"exact x pct":               "басқа сан",
		"exact 5 stones":            "басқа сан",
	}
	for kept, want := range tests {
		if got := plain(t, m, chat.Kazakh, formerFigure(kept)); got != want {
			t.Errorf("%q: got %q, want %q", kept, got, want)
		}
	}
}

// Every topic has a label for a button and a question; with a period, a region
// or a unit they say that too.
func TestQueriesAreWorded(t *testing.T) {
	m := wordingMind(t)
	for _, topic := range ask.Topics() {
		for _, lang := range chat.Langs() {
			q := ask.Query{Topics: []ask.Topic{topic}}
			if label := plain(t, m, lang, queryLabel(q)); len([]rune(label)) > 22 {
				t.Errorf("label of %s in %s has %d characters: %q", topic, lang, len([]rune(label)), label)
			}
			plain(t, m, lang, queryQuestion(q))
		}
	}
	year := []sector.Period{sector.YearOf(2019)}
	tests := []struct {
		query           ask.Query
		label, question string
	}{
		{ask.Query{Topics: []ask.Topic{ask.Harvest}, Periods: year}, "Мақта өнімі, 2019 жыл", "Қанша мақта жиналды? (2019 жыл)"},
		{ask.Query{Topics: []ask.Topic{ask.ClothingOutput}, Region: sector.Shymkent}, "Киім, теңгемен, Шымкент қаласы", "Киім өндірісінің көлемі қанша теңге? (Шымкент қаласы)"},
		{ask.Query{Topics: []ask.Topic{ask.Yarn}, Unit: sector.Kilograms}, "Иірімжіп, килограмм", "Қанша иірімжіп шығарылды? (килограмм)"},
		{ask.Query{Topics: []ask.Topic{ask.Harvest}, Op: ask.Trend}, "Мақта өнімі: жылдар", "Қанша мақта жиналды?"},
		{ask.Query{Topics: []ask.Topic{ask.Harvest}, Op: ask.Whence}, "Мақта өнімі: дереккөз", "Мақта өнімі: дереккөз"},
		{ask.Query{Topics: []ask.Topic{ask.Fibre}, Op: ask.Meaning}, "Мақта талшығы деген не?", "Мақта талшығы деген не?"},
		{ask.Query{Topics: []ask.Topic{ask.TextileShare, ask.ClothingShare}, Op: ask.Compare}, "Тоқыманың үлесі / киімнің үлесі", "Тоқыма өндірісінің үлесі қанша?"},
		{ask.Query{}, "Барлық көрсеткіш", "Не сұрауға болады?"},
	}
	for _, test := range tests {
		if got := plain(t, m, chat.Kazakh, queryLabel(test.query)); got != test.label {
			t.Errorf("label: got %q, want %q", got, test.label)
		}
		if got := plain(t, m, chat.Kazakh, queryQuestion(test.query)); got != test.question {
			t.Errorf("question: got %q, want %q", got, test.question)
		}
	}
}
