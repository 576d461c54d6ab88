package locales

//go:generate go run maqta/internal/genmsg -tables month
