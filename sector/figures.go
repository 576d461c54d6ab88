package sector

import (
	"maps"
	"slices"
)

// longestNote is the greatest length of a note, in characters; it is shown whole
// on a card.
const longestNote = 500

// Figures are the lines of one report. The zero value is a report with no answer
// yet. Figures are values: the methods return changed copies.
type Figures struct {
	Output   Value             `json:"output,omitzero"`
	Sales    Value             `json:"sales,omitzero"`
	Products map[Product]Value `json:"products,omitempty"`
	Workers  Value             `json:"workers,omitzero"`
	Locals   Value             `json:"locals,omitzero"`
	Jobs     Value             `json:"jobs,omitzero"`
	Note     string            `json:"note,omitempty"`

	// Reasons are the owner's words or ready reasons for unusual amounts; the
	// reviewer sees them.
	Reasons map[Field]string `json:"reasons,omitempty"`
}

// Get returns the value of a line; the note and unknown lines have none.
func (f Figures) Get(field Field) Value {
	switch field {
	case FieldOutput:
		return f.Output
	case FieldSales:
		return f.Sales
	case FieldWorkers:
		return f.Workers
	case FieldLocals:
		return f.Locals
	case FieldJobs:
		return f.Jobs
	case FieldNote:
		return Value{}
	}
	if p, ok := field.Product(); ok {
		return f.Products[p]
	}
	return Value{}
}

// With returns the figures with one line set. A changed line loses its reason,
// because the reason was for the amount before. For the note see WithNote.
func (f Figures) With(field Field, v Value) Figures {
	if f.Get(field) != v {
		f = f.WithReason(field, "")
	}
	switch field {
	case FieldOutput:
		f.Output = v
	case FieldSales:
		f.Sales = v
	case FieldWorkers:
		f.Workers = v
	case FieldLocals:
		f.Locals = v
	case FieldJobs:
		f.Jobs = v
	default:
		p, ok := field.Product()
		if !ok {
			return f
		}
		f.Products = maps.Clone(f.Products)
		if f.Products == nil {
			f.Products = map[Product]Value{}
		}
		f.Products[p] = v
		if !v.Answered() {
			delete(f.Products, p)
		}
	}
	return f
}

// WithNote returns the figures with a note, cut to 500 characters.
func (f Figures) WithNote(note string) Figures {
	if r := []rune(note); len(r) > longestNote {
		note = string(r[:longestNote])
	}
	f.Note = note
	return f
}

// WithReason returns the figures with a reason for a line; "" takes it away.
func (f Figures) WithReason(field Field, reason string) Figures {
	if reason == f.Reasons[field] {
		return f
	}
	f.Reasons = maps.Clone(f.Reasons)
	if f.Reasons == nil {
		f.Reasons = map[Field]string{}
	}
	f.Reasons[field] = reason
	if reason == "" {
		delete(f.Reasons, field)
	}
	if len(f.Reasons) == 0 {
		f.Reasons = nil
	}
	return f
}

// Missing returns the lines without an answer, in order. The note may be missing.
func (f Figures) Missing(products []Product) []Field {
	var missing []Field
	for _, line := range Lines(products) {
		if line != FieldNote && !f.Get(line).Answered() {
			missing = append(missing, line)
		}
	}
	return missing
}

// Changed returns the lines in which two sets of figures differ, in order.
func (f Figures) Changed(g Figures) []Field {
	var changed []Field
	for _, line := range Lines(Products()) {
		if line == FieldNote && f.Note != g.Note || f.Get(line) != g.Get(line) {
			changed = append(changed, line)
		}
	}
	return changed
}

// Copied returns the figures of last month as a draft of this one: amounts and
// "not applicable" stay, what was not known yet is asked again, the note, the
// reasons and the jobs of that month go.
func (f Figures) Copied() Figures {
	var g Figures
	for _, line := range Lines(Products()) {
		if v := f.Get(line); line != FieldJobs && v.Answered() && v.Kind() != NotKnown {
			g = g.With(line, v)
		}
	}
	return g
}

// Conflict is an impossibility: two lines that cannot both be right.
type Conflict struct {
	Less, More Field   // Less cannot exceed More
	LessValue  Decimal // but it does
	MoreValue  Decimal
}

// Check returns what is impossible in the figures. It stops a report; everything
// that is only unlikely goes to [Inspect] and is a question.
func (f Figures) Check() []Conflict {
	locals, okLocals := f.Locals.Amount()
	workers, okWorkers := f.Workers.Amount()
	if okLocals && okWorkers && workers.Less(locals) {
		return []Conflict{{Less: FieldLocals, More: FieldWorkers, LessValue: locals, MoreValue: workers}}
	}
	return nil
}

// Clone returns a copy that shares nothing.
func (f Figures) Clone() Figures {
	f.Products, f.Reasons = maps.Clone(f.Products), maps.Clone(f.Reasons)
	return f
}

// Equal reports whether two sets of figures say the same, reasons included.
func (f Figures) Equal(g Figures) bool {
	return len(f.Changed(g)) == 0 && maps.Equal(f.Reasons, g.Reasons)
}

// ProductsOf returns the products that have an answer, in the order of the report.
func (f Figures) ProductsOf() []Product {
	return slices.DeleteFunc(Products(), func(p Product) bool { return !f.Products[p].Answered() })
}
