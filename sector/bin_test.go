package sector

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestParseBIN(t *testing.T) {
	for _, c := range []struct {
		typed string
		kind  BINKind
		unit  BINUnit
		want  string // "" means as typed
	}{
		{"241040012133", BINResident, BINHead, ""}, // published by its owner, DOMAIN worked example 1
		{"501240000409", BINResident, BINHead, ""}, // the check digit comes from the second pass
		{"501240000013", BINResident, BINHead, ""},
		{"501240000023", BINResident, BINHead, ""},
		{"501241000019", BINResident, BINBranch, ""},
		{"501250000018", BINNonResident, BINHead, ""},
		{"501260000012", BINJoint, BINHead, ""},
		{"501263000019", BINJoint, BINFarm, ""},
		{"000101100016", BINPerson, "", ""},
		{" 5012 4000 0013 ", BINResident, BINHead, "501240000013"},
		{"5012-4000-0013", BINResident, BINHead, "501240000013"},
		{"5012–4000—0013", BINResident, BINHead, "501240000013"},
		{"501\u00a0240\u202f000\u2009013", BINResident, BINHead, "501240000013"},
		{"5О124ОООOo13", BINResident, BINHead, "501240000013"},
		{"５０１２４０００００１３", BINResident, BINHead, "501240000013"},
		{"БИН: 501240000013", BINResident, BINHead, "501240000013"},
		{"бсн 501240000013", BINResident, BINHead, "501240000013"},
		{"BIN №501240000013", BINResident, BINHead, "501240000013"},
		{"501240000013\u200b", BINResident, BINHead, "501240000013"},
	} {
		want := c.want
		if want == "" {
			want = c.typed
		}
		got, err := ParseBIN(c.typed)
		if err != nil || string(got) != want || got.Kind() != c.kind || got.Unit() != c.unit {
			t.Errorf("ParseBIN(%q) = %q (%s %s), %v; want %q (%s %s)", c.typed, got, got.Kind(), got.Unit(), err, want, c.kind, c.unit)
		}
	}
}

func TestParseBINSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		typed   string
		problem BINProblem
		read    string
	}{
		{"", BINEmpty, ""},
		{" - ", BINEmpty, ""},
		{"12345678901", BINLength, "12345678901"},
		{"5012400000133", BINLength, "5012400000133"},
		{"501240000014", BINCheck, "501240000014"},
		{"501340000013", BINMonth, "501340000013"},
		{"500040000013", BINMonth, "500040000013"},
		{"501270000013", BINType, "501270000013"},
		{"501244000013", BINType, "501244000013"},
		{"50124000001З", BINLetters, "50124000001З"},
		{"ТОО Нур 501240000013", BINLetters, "ТОО Нур 501240000013"},
		{"501240000013 или 501240000023", BINLetters, "501240000013 или 501240000023"},
		{"000230100016", BINDay, "000230100016"},     // 30 February
		{"000100100016", BINDay, "000100100016"},     // day 0
		{"000229100016", BINDay, "000229100016"},     // 1800 was no leap year
		{"000101000016", BINCentury, "000101000016"}, // digit 7 is 0
		{"000101700016", BINCentury, "000101700016"},
		{"000101100017", BINCheck, "000101100017"},
	} {
		_, err := ParseBIN(c.typed)
		var bad *BINError
		if !errors.As(err, &bad) || bad.Problem != c.problem || bad.Read != c.read {
			t.Errorf("ParseBIN(%q): %+v, want %s of %q", c.typed, bad, c.problem, c.read)
		}
		if err != nil && strings.ContainsAny(err.Error(), "0123456789") {
			t.Errorf("the error of %q shows digits: %v", c.typed, err)
		}
	}
	for x := '0'; x <= '9'; x++ { // both passes leave ten: no check digit makes it valid
		if b, err := ParseBIN("50124000046" + string(x)); err == nil {
			t.Errorf("%s was taken", b)
		}
	}
}

// Among the ten possible last digits exactly one is right.
func TestBINHasOneCheckDigit(t *testing.T) {
	for _, eleven := range []string{"24104001213", "50124000040", "50126300001", "00010110001"} {
		var right []BIN
		for d := '0'; d <= '9'; d++ {
			if b, err := ParseBIN(eleven + string(d)); err == nil {
				right = append(right, b)
			}
		}
		if len(right) != 1 {
			t.Errorf("%s can end in %v", eleven, right)
		}
	}
}

// The weight of digit 11 in the first pass is 11, so the rule cannot notice a
// slip there. That is the state's rule, not ours: a reply must not promise more.
func TestBINCheckDigitIsBlindToDigitEleven(t *testing.T) {
	if _, err := ParseBIN("241040012143"); err != nil {
		t.Errorf("the neighbour of a valid number: %v", err)
	}
}

func TestBINMask(t *testing.T) {
	if got := BIN("000101100016").Mask(); got != "••••••••0016" {
		t.Errorf("an IIN is shown as %s", got)
	}
	if got := BIN("501240000013").Mask(); got != "501240000013" {
		t.Errorf("a BIN is shown as %s", got)
	}
	if got := BIN("").Mask(); got != "" {
		t.Errorf("nothing is shown as %s", got)
	}
}

func ExampleParseBIN() {
	bin, err := ParseBIN("5012 4100 0019")
	fmt.Println(bin, bin.Kind(), bin.Unit(), err)

	_, err = ParseBIN("501240000014")
	var bad *BINError
	fmt.Println(errors.As(err, &bad), bad.Problem)

	iin, _ := ParseBIN("000101100016")
	fmt.Println(iin.Mask())
	// Output:
	// 501241000019 resident branch <nil>
	// true check
	// ••••••••0016
}

func FuzzParseBIN(f *testing.F) {
	for _, seed := range []string{"501240000013", "5012-4000 0013", "БИН 5О1240000013", "000101100016", "", "٥٠١٢", "abc"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		bin, err := ParseBIN(typed)
		if err != nil {
			var bad *BINError
			if bin != "" || !errors.As(err, &bad) || bad.Problem == "" {
				t.Fatalf("ParseBIN(%q) = %q, %v", typed, bin, err)
			}
			return
		}
		if len(bin) != 12 || !allDigits(string(bin)) || bin.Kind() == "" {
			t.Fatalf("ParseBIN(%q) = %q", typed, bin)
		}
		if again, err := ParseBIN(string(bin)); err != nil || again != bin {
			t.Fatalf("%q is not stable: %q, %v", bin, again, err)
		}
		if bin.IsIIN() && strings.Contains(bin.Mask(), string(bin[:7])) {
			t.Fatalf("the mask of an IIN shows its birthday")
		}
	})
}
