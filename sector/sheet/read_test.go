package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"maqta/sector"
	"maqta/sector/sheet"
)

// edited opens a file as a person does, lets them work in it, and saves it.
func edited(t testing.TB, data []byte, work func(f *excelize.File) error) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := work(f); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := f.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// styled gives a cell a value and a number format.
func styled(f *excelize.File, name, cell string, value any, code string) error {
	if err := f.SetCellValue(name, cell, value); err != nil {
		return err
	}
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
	if err != nil {
		return err
	}
	return f.SetCellStyle(name, cell, cell, id)
}

// english is the English form with one row that was worked on.
func english(t testing.TB, work func(f *excelize.File, name string) error) []byte {
	t.Helper()
	w := wordings()[2]
	return edited(t, mustXLSX(t, w.form()), func(f *excelize.File) error { return work(f, w.words.Sheet) })
}

// said writes down a cell for comparison.
func said(c sheet.Cell) string {
	if c.Fault != "" {
		return fmt.Sprintf("fault %s %q", c.Fault, c.Raw)
	}
	switch r := c.Reading.(type) {
	case sector.Read:
		return "read " + r.Value.String()
	case sector.NoValue:
		return fmt.Sprint("no value ", r.Kinds)
	case sector.Ambiguous:
		return "asked: " + string(r.Why)
	case sector.Refused:
		return "refused: " + string(r.Reason)
	}
	if c.Empty() {
		return "empty"
	}
	return fmt.Sprintf("text %q", c.Raw)
}

func TestWhatPeopleTypeIntoCells(t *testing.T) {
	const output, workers, note = "B4", "F4", "I4"
	number := func(code string, v any) func(f *excelize.File, name, cell string) error {
		return func(f *excelize.File, name, cell string) error { return styled(f, name, cell, v, code) }
	}
	value := func(v any) func(f *excelize.File, name, cell string) error {
		return func(f *excelize.File, name, cell string) error { return f.SetCellValue(name, cell, v) }
	}
	for _, row := range []struct {
		cell string
		set  func(f *excelize.File, name, cell string) error
		want string
	}{
		{output, value(12_500_000), "read 12500000"},
		{output, value(0), "read 0"},
		{output, value(1.125), "read 1.125"}, // a number of the program, not the text 1.125
		{output, value(12.5), "read 12.5"},
		{output, value("12,5 млн"), "read 12500000"},
		{output, value("12 500 000 тг"), "read 12500000"},
		{output, value("он екі мың"), "read 12000"},
		{output, value("12,500"), "asked: mark"},
		{output, value("10-12"), "refused: range"},
		{output, value("lots"), "refused: none"},
		{output, value(-5), "refused: negative"},
		{output, value(2e13), "refused: impossible"},
		{output, value("zero"), "no value [zero]"},
		{output, value("  Does  not apply. "), "no value [not_applicable]"},
		{output, value("NOT KNOWN YET"), "no value [not_known]"},
		{output, value("белгісіз"), "no value [not_known]"},
		{output, value(true), `fault logical "TRUE"`},
		{output, value(time.Date(2026, 5, 12, 0, 0, 0, 0, time.UTC)), `fault date "2026-05-12"`},
		{output, number("d mmm", 46154), `fault date "2026-05-12"`},
		{output, number("0.0%", 0.132), "refused: percent"},
		{output, number("[$$-409]#,##0", 12500), "refused: other_unit"},
		{output, number("[$₸-43F] #,##0", 12500), "read 12500"},
		{output, number(`#,##0" тг"`, 12500), "read 12500"},
		{output, number(`#,##0\ "Day %"`, 12500), "read 12500"},
		{output, number("#,##0,", 12_500_000), "read 12500000"}, // shown as 12,500
		{output, number("[Red]#,##0", 12500), "read 12500"},
		{output, number("[h]:mm", 1.5), `fault date "1.5"`},
		{output, value("12 500 000 тенге (двенадцать миллионов пятьсот тысяч тенге)"), "read 12500000"},
		{output, value(strings.Repeat("1 ", 61)), fmt.Sprintf("fault long %q", strings.Repeat("1 ", 60))},
		{workers, value(48), "read 48"},
		{workers, value("48 адам"), "read 48"},
		{workers, value(48.5), "refused: fraction"},
		{workers, value(100_001), "refused: impossible"},
		{note, value("=1+1"), `text "=1+1"`},
		{note, value("cut\rhere"), `text "cut\rhere"`},
		{note, value("_x0041_"), `text "A"`}, // written so, it means a letter
		{note, value(42), `text "42"`},
		{note, value(strings.Repeat("ә", 500)), fmt.Sprintf("text %q", strings.Repeat("ә", 500))},
		{note, value(strings.Repeat("ә", 501)), fmt.Sprintf("fault long %q", strings.Repeat("ә", 500))},
		{output, func(f *excelize.File, name, cell string) error {
			if err := f.SetCellValue(name, cell, 12_500_000); err != nil {
				return err
			}
			return f.SetCellFormula(name, cell, "12.5*1000000")
		}, `fault formula "12500000"`},
		{note, func(f *excelize.File, name, cell string) error { return f.SetCellFormula(name, cell, `"a"&"b"`) }, `fault formula ""`},
	} {
		data := english(t, func(f *excelize.File, name string) error { return row.set(f, name, row.cell) })
		up := mustRead(t, "r.xlsx", data, sheet.Expect{Enterprise: shop})
		if len(up.Rows) != 1 {
			t.Errorf("%s wanted %s, read %d rows", row.cell, row.want, len(up.Rows))
			continue
		}
		var got string
		for _, c := range up.Rows[0].Cells {
			if c.Ref == row.cell {
				got = said(c)
			}
		}
		if got != row.want {
			t.Errorf("%s: got %s, want %s", row.cell, got, row.want)
		}
	}
}

// Cells as programs write them that we have not met, and as nobody writes them.
func TestCellsOfTheFileFormat(t *testing.T) {
	read := func(cell string) string {
		parts := smallest()
		parts[3][1] = `<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="str"><v>Output, tenge</v></c><c t="str"><v>Workers, people</v></c></row>` +
			`<row><c t="str"><v>2026-03</v></c>` + cell + `</row></sheetData></worksheet>`
		parts[5][1] = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="&quot;$&quot;#,##0"/><numFmt numFmtId="165" formatCode="#,##0;-d"/>` +
			`<numFmt numFmtId="166" formatCode="[$EUR-1] 0"/><numFmt numFmtId="167" formatCode="[$-419]d mmm;@"/><numFmt numFmtId="168" formatCode="[ss].00"/>` +
			`<numFmt numFmtId="169" formatCode="\d0_)*x"/><numFmt numFmtId="170" formatCode="&quot;d"/></numFmts>` +
			`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="10"/><xf numFmtId="14"/><xf numFmtId="44"/><xf numFmtId="164"/><xf numFmtId="165"/>` +
			`<xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="169"/><xf numFmtId="170"/></cellXfs></styleSheet>`
		up, err := sheet.Read("r.xlsx", packed(t, parts), sheet.Expect{Forms: forms()})
		var e *sheet.Error
		switch {
		case errors.As(err, &e):
			return string(e.Problem)
		case len(up.Rows) == 0:
			return "nothing"
		}
		return said(up.Rows[0].Cells[0])
	}
	for cell, want := range map[string]string{
		`<c><v>4.3499999999999996</v></c>`:        "read 4.35",
		`<c><v>1.25E+7</v></c>`:                   "read 12500000",
		`<c><v> 12500000 </v></c>`:                "read 12500000",
		`<c><v>999999999999.99</v></c>`:           "read 999999999999.99",
		`<c><v>1e999</v></c>`:                     "refused: unclear",
		`<c><v>1e99999999999</v></c>`:             "refused: unclear",
		`<c><v>1e30</v></c>`:                      "refused: impossible",
		`<c><v>1e300</v></c>`:                     fmt.Sprintf("fault long %q", "1"+strings.Repeat("0", 119)),
		`<c><v>0x10</v></c>`:                      "refused: unclear",
		`<c><v>NaN</v></c>`:                       "refused: unclear",
		`<c><v>-0</v></c>`:                        "read 0",
		`<c t="n"><v>1e-7</v></c>`:                "read 0.0000001",
		`<c t="b"><v>0</v></c>`:                   `fault logical "FALSE"`,
		`<c t="b"><v>yes</v></c>`:                 `fault logical "yes"`,
		`<c t="e"><v>#DIV/0!</v></c>`:             `fault error "#DIV/0!"`,
		`<c t="d"><v>2026-05-12T00:00:00</v></c>`: `fault date "2026-05-12T00:00:00"`,
		`<c t="inlineStr"><is><t>12,5 </t><r><t>млн</t></r><rPh><t>9</t></rPh></is></c>`: "read 12500000",
		`<c t="inlineStr"/>`:                                  "nothing",
		`<c t="s"/>`:                                          "nothing",
		`<c t="s"><v>7</v></c>`:                               "damaged",
		`<c t="s"><v>-1</v></c>`:                              "damaged",
		`<c t="s"><v>x</v></c>`:                               "damaged",
		`<c t="z"><v>1</v></c>`:                               "damaged",
		`<c r="B0"><v>1</v></c>`:                              "damaged",
		`<c r="b2"><v>1</v></c>`:                              "damaged",
		`<c r="ABCD2"><v>1</v></c>`:                           "damaged",
		`<c r="B2"><v>1</v></c><c><v>2</v></c>`:               "read 1",
		`<c><f>1+1</f></c>`:                                   `fault formula ""`,
		`<c><f t="shared" si="0"/><v>5</v></c>`:               `fault formula "5"`,
		`<c s="1"><v>0.5</v></c>`:                             "refused: percent",
		`<c s="2"><v>46154</v></c>`:                           `fault date "2026-05-12"`,
		`<c s="2"><v>12.5</v></c>`:                            `fault date "12.5"`,
		`<c s="2"><v>9999999</v></c>`:                         `fault date "9999999"`,
		`<c s="3"><v>5</v></c>`:                               "read 5",
		`<c s="4"><v>5</v></c>`:                               "refused: other_unit",
		`<c s="5"><v>5</v></c>`:                               "read 5",
		`<c s="6"><v>5</v></c>`:                               "refused: other_unit",
		`<c s="7"><v>46154</v></c>`:                           `fault date "2026-05-12"`,
		`<c s="8"><v>46154</v></c>`:                           `fault date "2026-05-12"`,
		`<c s="9"><v>5</v></c>`:                               "read 5",
		`<c s="10"><v>5</v></c>`:                              "read 5",
		`<c s="99"><v>5</v></c>`:                              "read 5",
		`<c s="x"><v>5</v></c>`:                               "read 5",
		`<x><c><v>5</v></c></x>`:                              "nothing",
		`<c><v>5</v></c></row><row r="2"><c><v>6</v></c>`:     "damaged",
		`<c><v>5</v></c></row><row r="x"><c><v>6</v></c>`:     "damaged",
		`<c><v>5</v><extLst><ext><f>1</f></ext></extLst></c>`: "read 5",
	} {
		if got := read(cell); got != want {
			t.Errorf("%s: got %s, want %s", cell, got, want)
		}
	}
}

// A person copies the columns they need into another order, another place and
// another sheet, and adds some of their own.
func TestColumnsInAnyOrder(t *testing.T) {
	w := wordings()[2]
	data := edited(t, mustXLSX(t, w.form()), func(f *excelize.File) error {
		if err := f.SetSheetName(w.words.Sheet, "мой лист"); err != nil {
			return err
		}
		if _, err := f.NewSheet("scratch"); err != nil {
			return err
		}
		if err := f.SetCellValue("scratch", "A1", "12 + 13"); err != nil {
			return err
		}
		if err := f.RemoveRow("мой лист", 2); err != nil {
			return err
		}
		for cell, v := range map[string]any{
			"C6": w.headers[4], "D6": "Director", "E6": strings.ToUpper(w.headers[0]), "F6": w.words.Month, "G6": " output,\u00a0 TENGE ",
			"C7": 48, "D7": "Aibek", "E7": "11 million", "F7": w.months[2],
			"C8": 47, "E8": 10_000_000, "F8": "2026-04", "D9": "total", "E9": 21_000_000,
			"C10": 1, "F10": "next spring",
		} {
			if err := f.SetCellValue("мой лист", cell, v); err != nil {
				return err
			}
		}
		for row := 2; row <= 5; row++ { // the headers and months of the form itself
			if err := f.SetCellValue("мой лист", "A"+strconv.Itoa(row+3), nil); err != nil { // and its explanations
				return err
			}
			for column := 1; column <= 9; column++ {
				cell, _ := excelize.CoordinatesToCellName(column, row)
				if err := f.SetCellValue("мой лист", cell, nil); err != nil {
					return err
				}
			}
		}
		return nil
	})
	up := mustRead(t, "отчёт.XLSX", data, sheet.Expect{Enterprise: shop})
	if got, want := fmt.Sprint(up.Columns), fmt.Sprintf("[{workers %s } {output %s }]", w.headers[4], strings.ToUpper(w.headers[0])); got != want {
		t.Errorf("columns %s, want %s", got, want)
	}
	if len(up.Rows) != 2 || up.Rows[0].Month != month(time.March) || up.Rows[1].Month != month(time.April) ||
		said(up.Rows[0].Cell(sector.FieldOutput)) != "read 11000000" || said(up.Rows[0].Cell(sector.FieldWorkers)) != "read 48" ||
		up.Rows[0].Cell(sector.FieldOutput).Ref != "E7" || up.Rows[0].Sheet != "мой лист" {
		t.Errorf("rows %+v", up.Rows)
	}
	if len(up.Strays) != 2 || up.Strays[0].Number != 9 || up.Strays[0].Why != sheet.NoMonth || up.Strays[1].Label != "next spring" {
		t.Errorf("strays %+v", up.Strays)
	}
	if want := []sheet.Unknown{{Sheet: "мой лист", Column: "D", Header: "Director", Filled: 2}}; !reflect.DeepEqual(up.Unknown, want) {
		t.Errorf("unknown %+v", up.Unknown)
	}
}

func TestMonthTwiceIsLeftOut(t *testing.T) {
	data := english(t, func(f *excelize.File, name string) error {
		return firstError(f.SetCellValue(name, "A5", "01.2026"), f.SetCellValue(name, "B4", 1), f.SetCellValue(name, "B5", 2), f.SetCellValue(name, "B6", 3))
	})
	up := mustRead(t, "r.xlsx", data, sheet.Expect{})
	if len(up.Rows) != 1 || up.Rows[0].Number != 6 || len(up.Strays) != 2 || up.Strays[0].Why != sheet.MonthTwice || up.Strays[1].Number != 5 {
		t.Errorf("rows %+v, strays %+v", up.Rows, up.Strays)
	}
}

func TestTwoSheetsAreOneReport(t *testing.T) {
	data := english(t, func(f *excelize.File, name string) error {
		i, err := f.NewSheet("second")
		if err != nil {
			return err
		}
		from, err := f.GetSheetIndex(name)
		if err != nil {
			return err
		}
		return firstError(f.CopySheet(from, i), f.SetCellValue(name, "B4", 1), f.SetCellValue("second", "B5", 2))
	})
	up := mustRead(t, "r.xlsx", data, sheet.Expect{})
	if len(up.Rows) != 2 || up.Rows[1].Sheet != "second" || len(up.Columns) != 8 {
		t.Errorf("rows %+v, columns %v", up.Rows, up.Columns)
	}
}

func TestFilledColumnTwiceIsRefused(t *testing.T) {
	twice := func(second any) []byte {
		return english(t, func(f *excelize.File, name string) error {
			return firstError(f.SetCellValue(name, "K3", wordings()[2].headers[0]), f.SetCellValue(name, "B4", 1), f.SetCellValue(name, "K4", second))
		})
	}
	wantProblem(t, "r.xlsx", twice(2), sheet.Expect{}, sheet.ProblemColumnTwice)
	if up := mustRead(t, "r.xlsx", twice(nil), sheet.Expect{}); said(up.Rows[0].Cell(sector.FieldOutput)) != "read 1" {
		t.Errorf("rows %+v", up.Rows)
	}
	first := english(t, func(f *excelize.File, name string) error {
		return firstError(f.SetCellValue(name, "K3", wordings()[2].headers[0]), f.SetCellValue(name, "K4", 2))
	})
	row := mustRead(t, "r.xlsx", first, sheet.Expect{}).Rows[0]
	if said(row.Cell(sector.FieldOutput)) != "read 2" || !row.Cell("profit").Empty() {
		t.Errorf("row %+v", row)
	}
}

// The hidden sheet is lost when a table is pasted into a new file: then the words
// of the forms tell, in whatever language they are.
func TestWithoutTheHiddenSheet(t *testing.T) {
	for _, w := range wordings() {
		data := edited(t, mustXLSX(t, w.form()), func(f *excelize.File) error {
			return firstError(f.UnprotectWorkbook(), f.DeleteSheet("_maqta"), f.SetCellValue(w.words.Sheet, "B6", w.words.NotKnown))
		})
		wantProblem(t, "r.xlsx", data, sheet.Expect{}, sheet.ProblemNoColumns)
		up := mustRead(t, "r.xlsx", data, sheet.Expect{Enterprise: shop, Forms: forms()})
		if up.Enterprise != 0 || up.Lang != "" || len(up.Rows) != 1 || up.Rows[0].Month != month(time.March) || said(up.Rows[0].Cell(sector.FieldOutput)) != "no value [not_known]" {
			t.Errorf("%s: %+v", w.lang, up)
		}
	}
}

func TestMonths(t *testing.T) {
	spoken := func(text string) (sector.Month, bool) { return month(time.July), text == "шілде" }
	for text, want := range map[string]string{
		"March 2026": "2026-03", "  march  2026": "2026-03", "наурыз 2026": "", "2026-03": "2026-03", "2026-3": "2026-03", "03.2026": "2026-03",
		"3/2026": "2026-03", "2026/03": "2026-03", "01.03.2026": "2026-03", "2026-03-01": "2026-03", "2026-03-01T00:00:00": "2026-03",
		"2026-03-01 00:00": "2026-03", "03/04/2026": "", "2026-13": "", "1999-12": "", "2026": "", "3": "", "": "", "шілде": "2026-07", "03.26": "",
		"2026-03-": "", "20260-3": "", "март 2026": "2026-03", "-": "",
	} {
		data := english(t, func(f *excelize.File, name string) error {
			return firstError(f.SetCellStr(name, "A4", text), f.SetCellValue(name, "B4", 1))
		})
		up := mustRead(t, "r.xlsx", data, sheet.Expect{Forms: forms(), Month: spoken})
		got := ""
		if len(up.Rows) == 1 {
			got = up.Rows[0].Month.String()
		}
		if got != want || len(up.Rows)+len(up.Strays) != 1 {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestMonthAsADate(t *testing.T) {
	data := english(t, func(f *excelize.File, name string) error {
		return firstError(
			styled(f, name, "A4", 46082, "mmm yy"), f.SetCellValue(name, "B4", 1), // 2026-03-01
			f.SetCellValue(name, "A5", 46082), f.SetCellValue(name, "B5", 2), // the same number, no date
			f.SetCellFormula(name, "A6", "A4+31"), f.SetCellValue(name, "B6", 3),
		)
	})
	up := mustRead(t, "r.xlsx", data, sheet.Expect{})
	if len(up.Rows) != 1 || up.Rows[0].Month != month(time.March) || len(up.Strays) != 2 {
		t.Errorf("rows %+v, strays %+v", up.Rows, up.Strays)
	}
	old := edited(t, data, func(f *excelize.File) error {
		yes := true
		return f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes})
	})
	if up := mustRead(t, "r.xlsx", old, sheet.Expect{}); len(up.Rows) != 1 || up.Rows[0].Month.String() != "2030-03" {
		t.Errorf("days counted from 1904: %+v", up.Rows)
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
