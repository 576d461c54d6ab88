package sheet

import (
	"encoding/xml"
	"errors"
	"path"
	"strconv"
	"strings"
)

// workbook is an opened .xlsx: its sheets in order, and what their cells refer to.
type workbook struct {
	pack     *pack
	sheets   []sheetRef
	strings  []string
	formats  []numFormat // by the number of a cell's style
	from1904 bool        // days are counted from 1904 on, as on old Macs
}

type sheetRef struct {
	name   string
	part   string
	hidden bool
}

// mostSheets bounds the sheets of one file.
const mostSheets = 50

// relation is a reference of one part to another.
type relation struct{ id, kind, target string }

func openWorkbook(data []byte, limits Limits) (*workbook, error) {
	p, err := openPack(data, limits)
	if err != nil {
		return nil, err
	}
	if err := p.refuseOthers(); err != nil {
		return nil, err
	}
	w := &workbook{pack: p}
	main := "xl/workbook.xml"
	if roots, err := p.relations(""); err == nil {
		for _, r := range roots {
			if r.kind == "officeDocument" {
				main = r.target
			}
		}
	}
	relations, err := p.relations(main)
	if err != nil {
		return nil, err
	}
	targets := map[string]relation{}
	for _, r := range relations {
		targets[r.id] = r
		switch r.kind {
		case "vbaProject", "xlMacrosheet", "xlIntlMacrosheet":
			return nil, &Error{Problem: ProblemMacros}
		case "sharedStrings":
			err = w.readStrings(r.target)
		case "styles":
			err = w.readStyles(r.target)
		}
		if err != nil {
			return nil, err
		}
	}
	return w, w.readSheets(main, targets)
}

// refuseOthers names the kinds of file that come in a zip and are no .xlsx.
func (p *pack) refuseOthers() error {
	switch {
	case p.has("xl/vbaproject.bin"):
		return &Error{Problem: ProblemMacros}
	case p.has("xl/workbook.bin"):
		return &Error{Problem: ProblemOtherFormat, Where: ".xlsb"}
	case p.has("mimetype"):
		if kind, err := p.read("mimetype"); err == nil && strings.Contains(string(kind), "opendocument.spreadsheet") {
			return &Error{Problem: ProblemOtherFormat, Where: ".ods"}
		}
		return &Error{Problem: ProblemNoSheet}
	case !p.has("[Content_Types].xml"):
		return &Error{Problem: ProblemNoSheet}
	}
	sheets := false
	err := p.walk("[Content_Types].xml", func(_ []string, attrs []xml.Attr) error {
		kind := strings.ToLower(attribute(attrs, "ContentType"))
		switch {
		case strings.Contains(kind, "macroenabled"), strings.Contains(kind, "vbaproject"):
			return &Error{Problem: ProblemMacros}
		case strings.Contains(kind, "spreadsheetml"):
			sheets = true
		}
		return nil
	}, nil, nil)
	if err == nil && !sheets {
		return &Error{Problem: ProblemNoSheet}
	}
	return err
}

// relations reads what a part refers to; "" is the archive itself.
func (p *pack) relations(part string) ([]relation, error) {
	var found []relation
	dir := path.Dir(part)
	name := path.Join(dir, "_rels", path.Base(part)+".rels")
	if part == "" {
		dir, name = "", "_rels/.rels"
	}
	err := p.walk(name, func(at []string, attrs []xml.Attr) error {
		if !in(at, "Relationships", "Relationship") || attribute(attrs, "TargetMode") == "External" {
			return nil
		}
		target := attribute(attrs, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		found = append(found, relation{id: attribute(attrs, "Id"), kind: path.Base(attribute(attrs, "Type")), target: target})
		return nil
	}, nil, nil)
	return found, err
}

func (w *workbook) readSheets(main string, targets map[string]relation) error {
	return w.pack.walk(main, func(at []string, attrs []xml.Attr) error {
		switch {
		case in(at, "workbook", "workbookPr"):
			on := attribute(attrs, "date1904")
			w.from1904 = on == "1" || on == "true"
		case in(at, "workbook", "sheets", "sheet"):
			r, ok := targets[attribute(attrs, "id")]
			if !ok {
				return damaged(path.Base(main), errors.New("a sheet is missing"))
			}
			if r.kind != "worksheet" {
				return nil // a chart on a sheet of its own
			}
			if len(w.sheets) == mostSheets {
				return &Error{Problem: ProblemBomb, Where: "sheets", Limit: mostSheets}
			}
			state := attribute(attrs, "state")
			w.sheets = append(w.sheets, sheetRef{name: attribute(attrs, "name"), part: r.target, hidden: state == "hidden" || state == "veryHidden"})
		}
		return nil
	}, nil, nil)
}

// readStrings reads the texts that cells refer to by number: plain ones, and ones
// in several runs of letters. How a word is read aloud (rPh) is not part of it.
func (w *workbook) readStrings(part string) error {
	var b strings.Builder
	return w.pack.walk(part, nil, func(at []string, s []byte) {
		if in(at, "sst", "si", "t") || in(at, "sst", "si", "r", "t") {
			b.Write(s)
		}
	}, func(at []string) error {
		if in(at, "sst", "si") {
			w.strings = append(w.strings, unescape(b.String()))
			b.Reset()
		}
		return nil
	})
}

func (w *workbook) readStyles(part string) error {
	custom := map[string]numFormat{}
	return w.pack.walk(part, func(at []string, attrs []xml.Attr) error {
		switch {
		case in(at, "styleSheet", "numFmts", "numFmt"):
			custom[attribute(attrs, "numFmtId")] = numFormatOf(attribute(attrs, "formatCode"))
		case in(at, "styleSheet", "cellXfs", "xf"):
			id := attribute(attrs, "numFmtId")
			f, ok := custom[id]
			if !ok {
				n, err := strconv.Atoi(id)
				if err != nil && id != "" {
					return damaged(path.Base(part), err)
				}
				f = builtInNumFormat(n)
			}
			w.formats = append(w.formats, f)
		}
		return nil
	}, nil, nil)
}

// numFormat is what the style of a cell says about its number.
type numFormat string

const (
	numPlain   numFormat = ""
	numDate    numFormat = "date"    // or a time
	numPercent numFormat = "percent" //
	numForeign numFormat = "foreign" // a currency sign other than the tenge's
)

// builtInNumFormat knows the formats that have a number and no code (ECMA-376 part
// 1, 18.8.30; 27 to 36 and 50 to 58 are dates in eastern languages). The currency
// formats among them show the reader's own currency and say nothing.
func builtInNumFormat(id int) numFormat {
	switch {
	case id == 9, id == 10:
		return numPercent
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 45 && id <= 47, id >= 50 && id <= 58:
		return numDate
	}
	return numPlain
}

// numFormatOf reads a format code, the part for positive numbers: quoted and escaped
// letters are only shown, brackets hold a colour, a currency or elapsed time.
func numFormatOf(code string) numFormat {
	runes := []rune(code)
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; r {
		case ';':
			return numPlain
		case '"':
			for i++; i < len(runes) && runes[i] != '"'; i++ {
				if strings.ContainsRune("$€£¥₽", runes[i]) {
					return numForeign
				}
			}
		case '\\', '_', '*':
			i++
		case '[':
			from := i + 1
			for i < len(runes) && runes[i] != ']' {
				i++
			}
			if f := bracketFormat(string(runes[from:min(i, len(runes))])); f != numPlain {
				return f
			}
		case '%':
			return numPercent
		case 'y', 'Y', 'd', 'D', 'm', 'M', 'h', 'H', 's', 'S':
			return numDate
		}
	}
	return numPlain
}

func bracketFormat(inside string) numFormat {
	sign, isCurrency := strings.CutPrefix(inside, "$")
	sign, _, _ = strings.Cut(sign, "-")
	switch {
	case isCurrency && (strings.ContainsAny(sign, "$€£¥₽") || sign == "USD" || sign == "EUR" || sign == "RUB"):
		return numForeign
	case !isCurrency && inside != "" && strings.Trim(strings.ToLower(inside), "hms") == "":
		return numDate
	}
	return numPlain
}

// unescape reads the _x000D_ by which .xlsx writes characters that XML lacks.
func unescape(s string) string {
	var b strings.Builder
	for {
		i := escaped(s)
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		code, _ := strconv.ParseUint(s[i+2:i+6], 16, 16) // escaped has read it
		b.WriteString(s[:i])
		b.WriteRune(rune(code))
		s = s[i+len("_x000D_"):]
	}
}

// escape writes a text so that unescape returns it, also where a person has
// written _x000D_. The library leaves that to us.
func escape(s string) string {
	var b strings.Builder
	for {
		i := escaped(s)
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i] + "_x005F_") // an underscore
		s = s[i+1:]
	}
}

// escaped returns where the first _x000D_ begins, or -1.
func escaped(s string) int {
	for from := 0; ; from++ {
		i := strings.Index(s[from:], "_x")
		if i < 0 {
			return -1
		}
		if from += i; len(s) < from+len("_x000D_") {
			return -1
		}
		if _, err := strconv.ParseUint(s[from+2:from+6], 16, 16); err == nil && s[from+6] == '_' {
			return from
		}
	}
}
