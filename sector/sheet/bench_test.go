package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"maqta/sector"
	"maqta/sector/sheet"
)

// fullForm has every column there is, and as many months as are read.
func fullForm(months int) sheet.Form {
	f := wordings()[0].form()
	f.Months, f.Columns = nil, nil
	for _, line := range sector.Lines(sector.Products()) {
		f.Columns = append(f.Columns, sheet.Column{Field: line, Header: string(line)})
	}
	m := sector.Month{Year: 2000, Month: 1}
	for i := range months {
		f.Months = append(f.Months, sheet.FormMonth{Month: m.Add(i), Label: m.Add(i).String(), Known: figures()})
	}
	return f
}

func BenchmarkForm(b *testing.B) {
	for _, months := range []int{1, 12, 120} {
		b.Run(fmt.Sprint(months, "months"), func(b *testing.B) {
			f := fullForm(months)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f.XLSX(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	form := filledForm(b)
	var text strings.Builder
	text.WriteString("Месяц;Выпуск, тенге;Продажи, тенге;Работники, чел.\n")
	for i := range 500 {
		fmt.Fprintf(&text, "%s;12 500 000;11,5 млн;48\n", sector.Month{Year: 2010, Month: 1}.Add(i))
	}
	// The most that a hostile file can ask for: parts just below the limit, with
	// noise in them so that they are not packed too well.
	noise := "<!--" + noise(90_000) + "-->"
	dense := strings.Repeat(`<c/>`, 900_000) + noise
	var filled strings.Builder
	for i := range 600 {
		fmt.Fprintf(&filled, `<row r="%d">`, 20+i)
		for range 50 {
			fmt.Fprintf(&filled, `<c t="inlineStr"><is><t>%d</t></is></c>`, i)
		}
		filled.WriteString("</row>")
	}
	filled.WriteString(noise)
	slow := "\n2000-01" + strings.Repeat(";"+strings.Repeat("1 ", 60), len(sector.Lines(sector.Products()))-1)
	wide := "Ай"
	for _, c := range fullForm(1).Columns {
		wide += ";" + c.Header
	}
	for _, file := range []struct {
		name string
		data []byte
	}{
		{"month.xlsx", form},
		{"500 months.xlsx", mustXLSX(b, fullForm(500))},
		{"500 months.csv", []byte(text.String())},
		{"half.xlsx", form[:len(form)/2]},
		{"empty cells.xlsx", repacked(b, form, inPart(sheet1, "</sheetData>", `<row r="20">`+dense+"</row></sheetData>"))},
		{"30000 cells.xlsx", repacked(b, form, inPart(sheet1, "</sheetData>", filled.String()+"</sheetData>"))},
		{"empty texts.xlsx", repacked(b, form, inPart("xl/sharedStrings.xml", "</sst>", strings.Repeat("<si/>", 700_000)+noise+"</sst>"))},
		{"slow amounts.csv", []byte(wide + strings.Repeat(slow, 500))},
		{"2 MB.csv", []byte(strings.Repeat("x;", 1<<20))},
	} {
		b.Run(strings.ReplaceAll(file.name, " ", "_"), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(file.data)))
			for b.Loop() {
				_, _ = sheet.Read(file.name, file.data, sheet.Expect{Forms: append(forms(), fullForm(1))})
			}
		})
	}
}

// noise returns hexadecimal digits that do not repeat.
func noise(n int) string {
	var b strings.Builder
	for x := uint64(1); b.Len() < n; {
		x = x*6364136223846793005 + 1442695040888963407
		fmt.Fprintf(&b, "%016x", x)
	}
	return b.String()
}

func BenchmarkBook(b *testing.B) {
	t := sheet.Table{Name: "t", Columns: make([]sheet.Head, 10)}
	for i := range 1000 {
		row := []sheet.Datum{sheet.Text("ТОО «Мақта»")}
		for j := range 9 {
			row = append(row, sheet.Number(sector.FromInt(int64(i*j))))
		}
		t.Rows = append(t.Rows, row)
	}
	b.Run("xlsx", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := (sheet.Book{Tables: []sheet.Table{t}}).XLSX(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("csv", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := t.CSV(sheet.ForExcel); err != nil {
				b.Fatal(err)
			}
		}
	})
}
