package sector

// Scaled splits an amount for reading it back the way people say it: 12 500 000
// is 12.5 with power 6 (million). The power is 0, 3, 6, 9 or 12, the greatest one
// that keeps at least 1 before the point; where the lead would then need more than
// three places, the amount is better said in full, and the power is 0.
//
// Words for the powers belong to the catalogue of texts.
func Scaled(amount Decimal) (lead Decimal, power int) {
	for power = 12; power > 0; power -= 3 {
		lead = amount.Shift10(-power)
		if lead.Abs().Cmp(FromInt(1)) < 0 {
			continue
		}
		if lead.Places() > 3 {
			break
		}
		return lead, power
	}
	return amount, 0
}
