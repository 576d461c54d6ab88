package sector

import "strings"

// Product is what an enterprise makes, from the list of the report.
type Product string

// The products.
const (
	ProductCottonFibre  Product = "cotton_fibre"
	ProductYarn         Product = "yarn"
	ProductFabric       Product = "fabric"
	ProductTextileItems Product = "textile_items" // finished textile items
	ProductGarments     Product = "garments"
	ProductFootwear     Product = "footwear"
	ProductLeather      Product = "leather"
	ProductHides        Product = "hides"
)

// Products lists the products in the order of the report.
func Products() []Product {
	return []Product{
		ProductCottonFibre, ProductYarn, ProductFabric, ProductTextileItems, ProductGarments, ProductFootwear,
		ProductLeather, ProductHides,
	}
}

// Known reports whether p is on the list.
func (p Product) Known() bool { return p.Unit() != "" }

// Unit returns the unit in which the product is reported, or "" for none of ours.
func (p Product) Unit() Unit {
	switch p {
	case ProductCottonFibre, ProductYarn:
		return UnitTonnes
	case ProductFabric, ProductLeather:
		return UnitM2
	case ProductTextileItems, ProductGarments, ProductHides:
		return UnitPieces
	case ProductFootwear:
		return UnitPairs
	}
	return ""
}

// Field names a line of the monthly report. Lines are kept by name, so a form that
// gains a line does not disturb the reports that were begun before.
type Field string

// The lines. Those of products are made by [ProductField].
const (
	FieldOutput  Field = "output"  // value of output, tenge
	FieldSales   Field = "sales"   // value of sales, tenge
	FieldWorkers Field = "workers" // all workers
	FieldLocals  Field = "locals"  // of them local residents
	FieldJobs    Field = "jobs"    // jobs created in the month
	FieldNote    Field = "note"    // free text

	productPrefix = "product:"
)

// ProductField returns the line for the quantity of a product.
func ProductField(p Product) Field { return Field(productPrefix + string(p)) }

// Product returns the product of a line of quantities.
func (f Field) Product() (p Product, ok bool) {
	name, ok := strings.CutPrefix(string(f), productPrefix)
	p = Product(name)
	return p, ok && p.Known()
}

// Known reports whether f is a line of the report.
func (f Field) Known() bool {
	switch f {
	case FieldOutput, FieldSales, FieldWorkers, FieldLocals, FieldJobs, FieldNote:
		return true
	}
	_, ok := f.Product()
	return ok
}

// Amount returns the kind of amount the line asks for, or "" for the note.
func (f Field) Amount() AmountKind {
	switch f {
	case FieldOutput, FieldSales:
		return AmountMoney
	case FieldWorkers, FieldLocals, FieldJobs:
		return AmountPeople
	case FieldNote:
		return ""
	}
	return AmountQuantity
}

// Unit returns the unit of the line, or "" for the note and an unknown line.
func (f Field) Unit() Unit {
	switch f.Amount() {
	case AmountMoney:
		return UnitTenge
	case AmountPeople:
		return UnitPeople
	case AmountQuantity:
		p, _ := f.Product()
		return p.Unit()
	}
	return ""
}

// Lines returns the lines of the report of an enterprise that makes the products,
// in the order in which they are asked.
func Lines(products []Product) []Field {
	lines := []Field{FieldOutput, FieldSales}
	for _, p := range products {
		lines = append(lines, ProductField(p))
	}
	return append(lines, FieldWorkers, FieldLocals, FieldJobs, FieldNote)
}
