// Package eval judges replies to questions, without knowing how they were made.
//
// It reads a reply the way a careful person would: every number with its unit,
// its year and the words that qualify it, and asks whether a fact of the book
// says so. It shares no code with the packages that word the answers, so it
// cannot share their mistakes, and it refuses to be generous: a right figure
// beside an invented one is a wrong reply.
//
// The rules:
//
//   - Tokens. A reply must hold every token of expect_all, one of expect_any and
//     none of forbid; see [ParseToken] for the kinds.
//   - Every figure counts. It is a fact that may be shown, in its own unit, in full
//     or rounded to three or more significant digits; or a number of that fact's
//     note, or of the question; or an allowed calculation whose operands stand in
//     the reply. Anything else is invented.
//   - Its own year. A figure beside another year is wrong, and so is one whose year
//     neither the reply nor the question names (2025 and 2026 need no naming); some
//     months of a year are never given as the year.
//   - Qualifiers and bases stay with their figures.
//   - What is not known is refused in plain words; the nearest known figures may
//     follow, each with its year.
//
// [Judge.Judge] gives the verdict on one reply, [Run] on a set of questions,
// [Report] counts them, and [Twins] compares one answer in three languages.
package eval
