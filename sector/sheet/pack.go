package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// pack is an .xlsx: parts by lower-case name in a zip archive. It hands out a
// part only whole, with the right checksum and within the limits.
type pack struct {
	parts    map[string]*zip.File
	limits   Limits
	unpacked int // bytes read so far; a part may be read by several sheets
	elements int // of XML, read so far
}

// mostElements bounds the XML of one file: four times what the most rows and
// columns need when each is filled.
const mostElements = 400_000

// ratioFrom is the size from which a part may be suspicious for how well it was
// packed: small ones are, without being a bomb.
const ratioFrom = 256 << 10

func openPack(data []byte, limits Limits) (*pack, error) {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged("", err)
	}
	if len(zr.File) > limits.Parts {
		return nil, &Error{Problem: ProblemBomb, Got: int64(len(zr.File)), Limit: int64(limits.Parts)}
	}
	p := &pack{parts: make(map[string]*zip.File, len(zr.File)), limits: limits}
	var total uint64
	for _, f := range zr.File {
		name := partName(f.Name)
		if _, twice := p.parts[name]; twice {
			return nil, damaged("", errors.New("one part stands in the archive twice"))
		}
		p.parts[name] = f
		// What is declared is what can be unpacked: the reader stops there.
		if total += f.UncompressedSize64; f.UncompressedSize64 > uint64(limits.Unpacked) || total > uint64(limits.Unpacked) {
			return nil, &Error{Problem: ProblemBomb, Got: int64(min(total, 1<<62)), Limit: int64(limits.Unpacked)}
		}
		if f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/uint64(limits.Ratio) > f.CompressedSize64 {
			return nil, &Error{Problem: ProblemBomb, Where: "a part packed too well", Limit: int64(limits.Ratio)}
		}
		if f.Flags&1 != 0 {
			return nil, &Error{Problem: ProblemPassword}
		}
	}
	return p, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (p *pack) has(name string) bool {
	_, ok := p.parts[partName(name)]
	return ok
}

// read unpacks one part. A part that is not there is an error.
func (p *pack) read(name string) ([]byte, error) {
	f, ok := p.parts[partName(name)]
	if !ok {
		return nil, damaged(path.Base(name), errors.New("the part is missing"))
	}
	size := int(f.UncompressedSize64) // at most Unpacked
	if size > p.limits.PartBytes {
		return nil, &Error{Problem: ProblemBomb, Where: path.Base(name), Got: int64(size), Limit: int64(p.limits.PartBytes)}
	}
	if p.unpacked += size; p.unpacked > p.limits.Unpacked {
		return nil, &Error{Problem: ProblemBomb, Where: path.Base(name), Got: int64(p.unpacked), Limit: int64(p.limits.Unpacked)}
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(path.Base(name), err)
	}
	defer r.Close() // reading to the end has checked all there is
	content, err := io.ReadAll(r)
	if err != nil { // the checksum is checked at the end
		return nil, damaged(path.Base(name), err)
	}
	return content, nil
}

// deepest is how deep elements may nest; those of a spreadsheet stay below ten,
// extensions and drawings included.
const deepest = 64

// errEntities reports a part that declares a document type. No program writes
// one into a spreadsheet; it is how XML is made to grow when it is read.
var errEntities = errors.New("the part declares a document type")

// walk reads a part of XML from end to end and calls the functions, any of which
// may be nil, with the local names of the open elements, the outermost first.
// Namespaces do not matter: the strict and the usual kind of .xlsx differ in them.
func (p *pack) walk(name string, open func(at []string, attr []xml.Attr) error, text func(at []string, s []byte), closed func(at []string) error) error {
	content, err := p.read(name)
	if err != nil {
		return err
	}
	d := xml.NewDecoder(bytes.NewReader(content))
	var at []string
	for {
		token, err := d.Token()
		if err == io.EOF { //nolint:errorlint // the decoder returns the bare value at the end of well-formed XML
			return nil
		}
		if err != nil {
			return damaged(path.Base(name), err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			at = append(at, e.Name.Local)
			if p.elements++; len(at) > deepest || p.elements > mostElements {
				return &Error{Problem: ProblemBomb, Where: path.Base(name), Got: int64(p.elements), Limit: mostElements}
			}
			if open != nil {
				err = open(at, e.Attr)
			}
		case xml.EndElement:
			if closed != nil {
				err = closed(at)
			}
			at = at[:len(at)-1]
		case xml.CharData:
			if text != nil {
				text(at, e)
			}
		case xml.Directive:
			err = &Error{Problem: ProblemBomb, Where: path.Base(name), Cause: errEntities}
		}
		if err != nil {
			return err
		}
	}
}

// in reports whether the open elements are exactly those of the path.
func in(at []string, path ...string) bool {
	if len(at) != len(path) {
		return false
	}
	for i := range at {
		if at[i] != path[i] {
			return false
		}
	}
	return true
}

// attribute returns the value of an attribute by its local name, or "".
func attribute(attrs []xml.Attr, local string) string {
	for _, a := range attrs {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
