package sector

// ReadField reads the answer to one line of the report: [ReadAmount] for the
// line's kind, in the line's unit. 500 kg of yarn is 0.5 tonnes; a unit that does
// not fit (metres of fabric, which is reported in square metres) is refused, and so
// is more of a product than one enterprise can make in a month.
//
// The note is no amount: it is [Refused] with [NoNumber].
func ReadField(text string, field Field) Reading {
	kind := field.Amount()
	if kind == "" {
		return Refused{Reason: NoNumber, Text: text}
	}
	return forField(ReadAmount(text, kind), field)
}

// productLimit is a month's amount beyond anything possible, some ten times what
// the whole country makes in a year.
func productLimit(unit Unit) Decimal {
	if unit == UnitTonnes {
		return FromInt(1_000_000)
	}
	return FromInt(300_000_000)
}

// forField brings a reading to the unit of its line and drops what is impossible
// for a product.
func forField(reading Reading, field Field) Reading {
	p, ok := field.Product()
	if !ok {
		return reading
	}
	switch r := reading.(type) {
	case Read:
		converted, reason := inUnit(r, p.Unit())
		if reason != "" {
			return Refused{Reason: reason, Text: r.Text}
		}
		return converted
	case Ambiguous:
		var readings []Read
		for _, v := range r.Readings {
			if converted, reason := inUnit(v, p.Unit()); reason == "" {
				readings = append(readings, converted)
			}
		}
		switch {
		case len(readings) == 0:
			return Refused{Reason: ImpossibleAmount, Text: r.Text}
		case len(readings) == 1 && !r.Why.sticks():
			return readings[0]
		}
		r.Readings = readings
		return r
	}
	return reading
}

func inUnit(r Read, unit Unit) (Read, Reason) {
	if r.Unit != "" {
		v, ok := Convert(r.Value, r.Unit, unit)
		if !ok {
			return r, OtherUnit
		}
		r.Value, r.Unit = v, unit
	}
	if r.Value.Cmp(productLimit(unit)) > 0 {
		return r, ImpossibleAmount
	}
	return r, ""
}
