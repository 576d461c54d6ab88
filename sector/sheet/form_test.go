package sheet_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"maqta/sector"
	"maqta/sector/sheet"
)

// The forms of one small sewing shop, as the bot words them.

const shop sector.EnterpriseID = 4711

func month(m time.Month) sector.Month { return sector.Month{Year: 2026, Month: m} }

// wording is a form's words in one language; headers and hints in the order of
// the lines of a shop that makes garments and fabric.
type wording struct {
	lang    string
	months  [3]string
	words   sheet.Words
	headers [8]string
}

func wordings() []wording {
	return []wording{
		{
			lang: "kk", months: [3]string{"2026 жылғы қаңтар", "2026 жылғы ақпан", "2026 жылғы наурыз"},
			words: sheet.Words{
				Sheet: "Айлық есеп", Title: "«Мақта» ЖШС: айлық есеп", Month: "Ай",
				Instructions: []string{"Ақ ұяшықтарды толтырып, файлды ботқа жіберіңіз.", "Бос ұяшық нөл емес: ол туралы сұраймыз."},
				Zero:         "нөл", NotApplicable: "қолданылмайды", NotKnown: "әзірге белгісіз",
				Check: sheet.CheckWords{Title: "Тексеріңіз", Amount: "Нөлден бастап сан немесе үш сөздің бірі.", People: "Бүтін сан немесе үш сөздің бірі.", Note: "Ескертпе тым ұзын."},
			},
			headers: [8]string{
				"Өнім құны, теңге", "Өткізілген өнім құны, теңге", "Киім-кешек, дана", "Мата, м²", "Қызметкерлер, адам",
				"Оның ішінде жергілікті тұрғындар, адам", "Ашылған жұмыс орындары, адам", "Ескертпе",
			},
		},
		{
			lang: "ru", months: [3]string{"январь 2026", "февраль 2026", "март 2026"},
			words: sheet.Words{
				Sheet: "Месячный отчёт", Title: "ТОО «Мақта»: месячный отчёт", Month: "Месяц",
				Instructions: []string{"Заполните белые ячейки и пришлите файл боту.", "Пустая ячейка — не ноль: о ней мы спросим."},
				Zero:         "ноль", NotApplicable: "не применимо", NotKnown: "пока неизвестно",
				Check: sheet.CheckWords{Title: "Проверьте", Amount: "Число от нуля или одно из трёх слов.", People: "Целое число или одно из трёх слов.", Note: "Примечание слишком длинное."},
			},
			headers: [8]string{
				"Выпуск, тенге", "Продажи, тенге", "Одежда, шт.", "Ткань, м²", "Работники, чел.", "Из них местные жители, чел.",
				"Новые рабочие места, чел.", "Примечание",
			},
		},
		{
			lang: "en", months: [3]string{"January 2026", "February 2026", "March 2026"},
			words: sheet.Words{
				Sheet: "Monthly report", Title: "Maqta LLP: monthly report", Month: "Month",
				Instructions: []string{"Fill in the white cells and send the file to the bot.", "An empty cell is no zero: we shall ask about it."},
				Zero:         "zero", NotApplicable: "does not apply", NotKnown: "not known yet",
				Check: sheet.CheckWords{Title: "Please check", Amount: "A number from zero on, or one of the three words.", People: "A whole number, or one of the three words.", Note: "The note is too long."},
			},
			headers: [8]string{
				"Output, tenge", "Sales, tenge", "Garments, pieces", "Fabric, m²", "Workers, people", "Of them local residents, people",
				"Jobs created, people", "Note",
			},
		},
	}
}

func lines() []sector.Field {
	return sector.Lines([]sector.Product{sector.ProductGarments, sector.ProductFabric})
}

func (w wording) form() sheet.Form {
	f := sheet.Form{Enterprise: shop, Lang: w.lang, Words: w.words}
	for i, line := range lines() {
		f.Columns = append(f.Columns, sheet.Column{Field: line, Header: w.headers[i], Hint: w.headers[i] + ": 12 500 000"})
	}
	for i, label := range w.months {
		f.Months = append(f.Months, sheet.FormMonth{Month: month(time.January + time.Month(i)), Label: label})
	}
	return f
}

func forms() []sheet.Form {
	var all []sheet.Form
	for _, w := range wordings() {
		all = append(all, w.form())
	}
	return all
}

// figures are what the shop knows: each kind of answer, a fraction, a number that
// binary fractions cannot hold, and a note that looks like a formula.
func figures() sector.Figures {
	f := sector.Figures{}.
		With(sector.FieldOutput, sector.ValueOf(sector.FromInt(12_500_000))).
		With(sector.FieldSales, sector.ValueOf(sector.MustDecimal("4350000.35"))).
		With(sector.ProductField(sector.ProductGarments), sector.NoAmount(sector.NotKnown)).
		With(sector.ProductField(sector.ProductFabric), sector.NoAmount(sector.NotApplicable)).
		With(sector.FieldWorkers, sector.ValueOf(sector.FromInt(48))).
		With(sector.FieldJobs, sector.ValueOf(sector.Decimal{}))
	return f.WithNote("=2+2; \"новый\" цех\nвторая строка")
}

func mustXLSX(t testing.TB, f sheet.Form) []byte {
	t.Helper()
	data, err := f.XLSX()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func mustRead(t testing.TB, name string, data []byte, want sheet.Expect) sheet.Upload {
	t.Helper()
	up, err := sheet.Read(name, data, want)
	if err != nil {
		t.Fatalf("reading %s: %v", name, err)
	}
	return up
}

// value is what a cell may be stored as, or nothing where it must be asked about.
func value(c sheet.Cell) (sector.Value, bool) {
	switch r := c.Reading.(type) {
	case sector.Read:
		return sector.ValueOf(r.Value), true
	case sector.NoValue:
		if len(r.Kinds) == 1 {
			return sector.NoAmount(r.Kinds[0]), true
		}
	}
	return sector.Value{}, false
}

func figuresOf(r sheet.Row) sector.Figures {
	var f sector.Figures
	for _, c := range r.Cells {
		if c.Field == sector.FieldNote {
			f = f.WithNote(c.Raw)
		} else if v, ok := value(c); ok {
			f = f.With(c.Field, v)
		}
	}
	return f
}

func TestFormComesBack(t *testing.T) {
	for _, w := range wordings() {
		t.Run(w.lang, func(t *testing.T) {
			f := w.form()
			f.Months[1].Known = figures()
			up := mustRead(t, "report.xlsx", mustXLSX(t, f), sheet.Expect{Enterprise: shop})
			if up.Enterprise != shop || up.Lang != w.lang || up.Format != sheet.FormatXLSX {
				t.Errorf("read a form of %d in %q, format %q", up.Enterprise, up.Lang, up.Format)
			}
			if len(up.Columns) != len(f.Columns) || len(up.Unknown) != 0 || len(up.Strays) != 0 {
				t.Errorf("columns %v, unknown %v, strays %v", up.Columns, up.Unknown, up.Strays)
			}
			if len(up.Rows) != 1 {
				t.Fatalf("read %d rows, want only the one that is filled in", len(up.Rows))
			}
			row := up.Rows[0]
			if row.Month != month(time.February) || row.Number != 5 || row.Label != w.months[1] || row.Sheet != w.words.Sheet {
				t.Errorf("row %+v", row)
			}
			if got := figuresOf(row); !got.Equal(figures()) {
				t.Errorf("got  %+v\nwant %+v", got, figures())
			}
			if c := row.Cell(sector.FieldLocals); !c.Empty() || c.Reading != nil || c.Ref != "G5" {
				t.Errorf("the cell left empty: %+v", c)
			}
		})
	}
}

// A text that reads like a character of the file format is still that text. Not
// every program knows this corner of the format, so it is not among the figures.
func TestEscapedTextsComeBack(t *testing.T) {
	for _, note := range []string{"_x000D_", "a_x005F_x0041_", "_x0041_x0042_", "_x00", "__x0041_", "_xZZZZ_", "_X0041_"} {
		f := wordings()[2].form()
		f.Months[0].Known = sector.Figures{}.WithNote(note)
		up := mustRead(t, "r.xlsx", mustXLSX(t, f), sheet.Expect{})
		if got := up.Rows[0].Cell(sector.FieldNote).Raw; got != note {
			t.Errorf("%q came back as %q", note, got)
		}
	}
}

func TestFormIsTheSameEachTime(t *testing.T) {
	f := wordings()[0].form()
	f.Months[0].Known = figures()
	first := mustXLSX(t, f)
	for range 3 {
		if !bytes.Equal(first, mustXLSX(t, f)) {
			t.Fatal("one form gives different bytes")
		}
	}
}

func TestFormRefusesWhatCannotComeBack(t *testing.T) {
	long := strings.Repeat("ә", 256)
	for name, spoil := range map[string]func(*sheet.Form){
		"no enterprise":     func(f *sheet.Form) { f.Enterprise = 0 },
		"no columns":        func(f *sheet.Form) { f.Columns = nil },
		"no months":         func(f *sheet.Form) { f.Months = nil },
		"column twice":      func(f *sheet.Form) { f.Columns[1].Field = f.Columns[0].Field },
		"unknown line":      func(f *sheet.Form) { f.Columns[1].Field = "profit" },
		"headers alike":     func(f *sheet.Form) { f.Columns[1].Header = strings.ToUpper(f.Columns[0].Header) + "!" },
		"header of marks":   func(f *sheet.Form) { f.Columns[1].Header = "..." },
		"month twice":       func(f *sheet.Form) { f.Months[1].Month = f.Months[0].Month },
		"labels alike":      func(f *sheet.Form) { f.Months[1].Label = f.Months[0].Label },
		"words alike":       func(f *sheet.Form) { f.Words.Zero = f.Words.NotKnown },
		"no word":           func(f *sheet.Form) { f.Words.NotApplicable = "" },
		"no check":          func(f *sheet.Form) { f.Words.Check.People = "" },
		"long check":        func(f *sheet.Form) { f.Words.Check.Amount = long },
		"long check title":  func(f *sheet.Form) { f.Words.Check.Title = long[:80] },
		"long hint":         func(f *sheet.Form) { f.Columns[0].Hint = long },
		"long sheet name":   func(f *sheet.Form) { f.Words.Sheet = long[:80] },
		"sheet name marks":  func(f *sheet.Form) { f.Words.Sheet = "2026/03" },
		"hidden sheet name": func(f *sheet.Form) { f.Words.Sheet = "_Maqta" },
	} {
		t.Run(name, func(t *testing.T) {
			f := wordings()[1].form()
			spoil(&f)
			if _, err := f.XLSX(); !errors.Is(err, sheet.ErrForm) {
				t.Errorf("got %v", err)
			}
		})
	}
}
