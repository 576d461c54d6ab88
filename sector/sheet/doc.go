// Package sheet takes monthly reports out to a spreadsheet and back, and writes
// tables for people who go on working with them in one.
//
// A [Form] becomes an .xlsx with [Form.XLSX]; [Read] reads what a person made of
// it, in whatever program and order, and .csv files with the same columns; a
// [Book] is written as .xlsx and a [Table] as .csv. All of it turns bytes into
// values and back: no file, network or clock is touched, and all words come in as
// finished strings, because the package knows no language.
//
// A file from outside is refused, with an [Error] that says why, rather than read
// in part: reports are read by a strict reader of our own. The library that
// writes our files opens damaged ones too (it passes over wrong checksums and
// broken XML, and returns the rows before the damage without an error), puts
// cells that stand out of order into other columns, and makes room for a million
// rows when one cell claims to stand in the last. In a report each of these would
// be a figure lost or misread in silence.
//
// Nothing is guessed. Formulas are not evaluated, a date where an amount belongs
// is no amount, and a text is read by [sector.ReadAmount], which asks where a
// number can mean two things.
package sheet
