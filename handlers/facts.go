package handlers

import (
	"strings"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector/ask"
)

// The menus, by the name that buttons carry.
const (
	menuFacts      = "facts"
	menuProduction = "production"
	menuCotton     = "cotton"
	menuStructure  = "structure"
	menuGoods      = "goods"
	menuTrade      = "trade"
	menuFirms      = "firms"
	menuProgramme  = "programme"
	menuRates      = "rates"
)

// menu is a list of questions that can be tapped.
type menu struct {
	name   string
	label  chat.Text // on the button that opens it
	title  chat.Text
	topics []ask.Topic
}

// menus covers every topic that has a figure or a statement; a test checks it.
func menus() []menu {
	return []menu{
		{menuProduction, locales.TopicProduction(), locales.MenuProduction(), []ask.Topic{
			ask.Output, ask.Growth, ask.USD, ask.ShareMfg, ask.ShareIndustry, ask.ShareGDP, ask.Manufacturing, ask.Five, ask.RegionShare,
		}},
		{menuCotton, locales.TopicCotton(), locales.MenuCotton(), []ask.Topic{
			ask.Harvest, ask.Record, ask.Fibre, ask.Yarn, ask.Area, ask.Yield, ask.HarvestGrowth, ask.HarvestAverage, ask.HarvestHigh,
			ask.HarvestLow, ask.HarvestFloor, ask.Carded, ask.Drip, ask.Farms, ask.GrowersJobs, ask.Gins, ask.CropValue, ask.CropIndex,
			ask.CropIndexSmall, ask.CropIndexLarge, ask.PeasantShare, ask.HarvestZhetysai, ask.HarvestMaktaral, ask.HarvestShardara,
		}},
		{menuStructure, locales.TopicStructure(), locales.MenuStructure(), []ask.Topic{
			ask.Structure, ask.TextileShare, ask.ClothingShare, ask.FootwearShare, ask.Small, ask.TextileOutput, ask.ClothingOutput,
			ask.LeatherOutput, ask.TextileGrowth, ask.ClothingGrowth, ask.LeatherGrowth, ask.ClothingIndex,
		}},
		{menuGoods, locales.TopicGoods(), locales.MenuGoods(), []ask.Topic{
			ask.Fabric, ask.Finished, ask.CottonFabric, ask.Felt, ask.Shoes, ask.ShoesShare, ask.Hides, ask.HidesTanned,
		}},
		{menuTrade, locales.TopicTrade(), locales.MenuTrade(), []ask.Topic{
			ask.FibreExports, ask.FabricExports, ask.FabricImports, ask.ClothingImports, ask.OuterImports, ask.BlanketImports, ask.MarketShare,
		}},
		{menuFirms, locales.TopicFirms(), locales.MenuFirms(), []ask.Topic{
			ask.EnterpriseCount, ask.EmploymentCount, ask.Turkistan, ask.ShareJobs, ask.JobsCreated, ask.Projects, ask.ProjectsPlanned, ask.Employ,
		}},
		{menuProgramme, locales.TopicProgramme(), locales.MenuProgramme(), []ask.Topic{
			ask.Programme, ask.Drafter, ask.Content, ask.Companies, ask.Why, ask.Plans, ask.Who,
		}},
		{menuRates, locales.TopicRates(), locales.MenuRates(), []ask.Topic{ask.Rate, ask.MCI}},
	}
}

// topicsShown is how many questions a menu shows before "more".
const topicsShown = 10

// menuReply is a menu as a message; from says where in a long one to begin.
func menuReply(to chat.ChatID, m menu, all bool) chat.Reply {
	topics := m.topics
	more := !all && len(topics) > topicsShown
	if more {
		topics = topics[:topicsShown]
	}
	single := make([][]chat.Option, 0, len(topics))
	for _, t := range topics {
		single = append(single, []chat.Option{askOption(ask.Query{Topics: []ask.Topic{t}})})
	}
	rows := inRows(single, 2)
	var last []chat.Option
	if more {
		last = append(last, chat.Option{Label: locales.MenuMore(), Data: tapMenu + ":" + m.name + ":all"})
	}
	last = append(last, chat.Option{Label: locales.ButtonFacts(), Data: tapMenu + ":" + menuFacts})
	return chat.Reply{To: to, Text: m.title, Options: append(rows, last)}
}

// factsReply is the menu of menus.
func factsReply(to chat.ChatID) chat.Reply {
	var single [][]chat.Option
	for _, m := range menus() {
		single = append(single, []chat.Option{{Label: m.label, Data: tapMenu + ":" + m.name}})
	}
	return chat.Reply{To: to, Text: locales.MenuFacts(), Options: inRows(single, 2)}
}

// open is the handler of a command that opens a menu.
func open(name string) Handler {
	return func(s Scene, u chat.Update) (Outcome, error) {
		reply, _ := replyOfMenu(u.Chat, name, false)
		return say(s, reply), nil
	}
}

func replyOfMenu(to chat.ChatID, name string, all bool) (chat.Reply, bool) {
	for _, m := range menus() {
		if m.name == name {
			return menuReply(to, m, all), true
		}
	}
	return factsReply(to), name == menuFacts
}

// tapMenu opens a menu in place of the one that was pressed.
func (r *Router) tapMenu(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	name, all := strings.CutSuffix(arg, ":all")
	reply, ok := replyOfMenu(u.Chat, name, all)
	if !ok {
		return r.outdated(s, u, tap), nil
	}
	reply.Edits = tap.Message
	return say(s, reply), nil
}

// sources lists where the figures come from.
func (r *Router) sources(s Scene, u chat.Update) (Outcome, error) {
	return say(s, chat.Reply{To: u.Chat, Text: r.Mind.wordSources(), Options: [][]chat.Option{{
		{Label: locales.ButtonFacts(), Data: tapMenu + ":" + menuFacts},
	}}}), nil
}
