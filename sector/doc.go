// Package sector holds the nouns and rules of Kazakhstan's light industry:
// exact numbers and how people write them, enterprises and their numbers in the
// national registers, monthly reports and pledges, regions, branches, periods
// and the working-day calendar.
//
// It is pure: the same input gives the same output, today and in ten years.
// It refuses what it cannot be sure of. A number that can be read in two ways
// comes back as both readings and is never guessed, money never passes through
// a float, and nothing here knows the clock, the network, a chat or a language's
// wording: those are the business of its callers.
package sector
