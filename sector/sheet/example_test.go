package sheet_test

import (
	"errors"
	"fmt"

	"maqta/sector"
	"maqta/sector/sheet"
)

// What came back from an accountant: one amount to take, one to ask about, one to
// refuse.
func ExampleRead() {
	form := sheet.Form{
		Enterprise: 4711, Lang: "en",
		Columns: []sheet.Column{
			{Field: sector.FieldOutput, Header: "Output, tenge"},
			{Field: sector.FieldSales, Header: "Sales, tenge"},
			{Field: sector.FieldWorkers, Header: "Workers, people"},
		},
		Months: []sheet.FormMonth{{Month: sector.Month{Year: 2026, Month: 3}, Label: "March 2026"}},
		Words:  sheet.Words{Sheet: "Report", Month: "Month", Zero: "zero", NotApplicable: "does not apply", NotKnown: "not known yet"},
	}
	file := []byte("Month;Workers, people;Output, tenge;Sales, tenge\nMarch 2026;10-12;12,5 million;1.250\n")

	up, err := sheet.Read("march.csv", file, sheet.Expect{Forms: []sheet.Form{form}})
	if err != nil {
		var problem *sheet.Error
		if errors.As(err, &problem) {
			fmt.Println("cannot be read:", problem.Problem)
		}
		return
	}
	for _, row := range up.Rows {
		for _, cell := range row.Cells {
			switch r := cell.Reading.(type) {
			case sector.Read:
				fmt.Println(row.Month, cell.Ref, cell.Field, r.Value)
			case sector.Ambiguous:
				fmt.Println(row.Month, cell.Ref, cell.Field, "either", r.Readings[0].Value, "or", r.Readings[1].Value)
			case sector.Refused:
				fmt.Println(row.Month, cell.Ref, cell.Field, "is no amount:", r.Reason)
			}
		}
	}
	// Output:
	// 2026-03 B2 workers is no amount: range
	// 2026-03 C2 output 12500000
	// 2026-03 D2 sales either 1.25 or 1250
}

func ExampleTable_CSV() {
	table := sheet.Table{
		Columns: []sheet.Head{{Title: "Enterprise"}, {Title: "Output, tenge"}},
		Rows:    [][]sheet.Datum{{sheet.Text("=HYPERLINK(...)"), sheet.Number(sector.MustDecimal("12500000.5"))}},
	}
	csv, err := table.CSV(sheet.ForExcel)
	fmt.Printf("%q %v\n", csv, err)
	// Output: "\ufeffEnterprise;Output, tenge\r\n'=HYPERLINK(...);12500000,5\r\n" <nil>
}
