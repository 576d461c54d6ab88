package handlers

import (
	"slices"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
)

// goodsStep asks what an enterprise makes now, beginning with what it made. At
// least one product stays: without any the next report would ask again.
func goodsStep() dialog.Step[edit] {
	return dialog.Step[edit]{
		Key: "goods",
		Ask: func(d edit) chat.Reply {
			options := make([]chat.Option, 0, len(sector.Products()))
			for _, p := range sector.Products() {
				label := rowLabel(sector.ProductField(p))
				if slices.Contains(d.Goods, p) {
					label = locales.ReportTicked(label)
				}
				options = append(options, chat.Option{Label: label, Data: string(p)})
			}
			rows := dialog.Rows(2, options...)
			rows = append(rows, []chat.Option{{Label: locales.PressDone(), Data: "done", Style: chat.Success}})
			return chat.Reply{Text: locales.ReportProducts(), Options: rows}
		},
		Take: func(d *edit, in chat.Input) *chat.Text {
			tap, _ := in.(chat.Tapped)
			p := sector.Product(tap.Data)
			switch {
			case tap.Data == "done" && len(d.Goods) > 0:
				return nil
			case !p.Known():
				return again(locales.ReportProducts())
			}
			made := slices.Contains(d.Goods, p)
			d.Goods = slices.DeleteFunc(sector.Products(), func(q sector.Product) bool {
				if q == p {
					return made
				}
				return !slices.Contains(d.Goods, q)
			})
			return dialog.Again()
		},
	}
}

func goodsText(made []sector.Product) chat.Text {
	if len(made) == 0 {
		return locales.ReportNone()
	}
	names := make([]chat.Text, len(made))
	for i, p := range made {
		names[i] = rowLabel(sector.ProductField(p))
	}
	return joined(", ", names)
}
