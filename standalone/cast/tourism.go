package cast

import (
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/register"
)

// The tourism side of the cast: the province's bureau, two cities, and a unit of four kinds.

var tourismAuthorities = []jurisdiction.Authority{
	{ID: "lnta", Level: "province", Domain: "tourism", Code: "LNT", Name: casefile.Text{Zh: "辽宁省旅游局", En: "Liaoning Tourism Bureau"}},
	{ID: "lnta-dalian", Parent: "lnta", Level: "city", Domain: "tourism", Code: "LNTDL", Name: casefile.Text{Zh: "大连市旅游局", En: "Dalian Tourism Bureau"}},
	{ID: "lnta-shenyang", Parent: "lnta", Level: "city", Domain: "tourism", Code: "LNTSY", Name: casefile.Text{Zh: "沈阳市旅游局", En: "Shenyang Tourism Bureau"}},
}

var tourismOperators = []register.Operator{
	{ID: "bohai-hotel", Name: "渤海大酒店", Types: []string{"star-hotel"}, Province: "lnta-dalian", Licence: "LN-H-0041"},
	{ID: "beihai-travel", Name: "北海旅行社", Types: []string{"travel-agency"}, Province: "lnta-dalian", Licence: "L-LN-00217"},
	{ID: "laobian-restaurant", Name: "老边餐馆", Types: []string{"restaurant"}, Province: "lnta-shenyang", Licence: "LN-R-0108"},
	{ID: "beiling-park", Name: "北陵游览区", Types: []string{"sight"}, Province: "lnta-shenyang", Licence: "LN-S-0012"},
}

func tourismPeople() []Person {
	person := func(name, id, authority string, role casefile.Role, title string, cards ...casefile.Card) Person {
		return Person{
			Name: name, Title: title, Cards: cards, Key: register.KeySpec{Kind: register.OfficerKey, Owner: id, Authority: authority, Role: role},
		}
	}
	officer := func(name, id, authority, level, title string) Person {
		return person(name, id, authority, casefile.RoleOfficer, title, enforcementCard(id), inspectionCard(id, level, 2039))
	}
	star := func(name, id string) Person {
		p := officer(name, id, "lnta", "province", "national star inspector, tourism")
		p.Cards = append(p.Cards, inspectionCard(id, "national-star", 2039))
		return p
	}
	unit := func(name, id, title string) Person {
		return Person{Name: name, Title: title, Key: register.KeySpec{Kind: register.OperatorKey, Owner: id}}
	}
	return []Person{
		officer("bureau", "lnta-gao", "lnta", "province", "officer, tourism of Liaoning"),
		officer("bureau-second", "lnta-lin", "lnta", "province", "second officer, tourism of Liaoning"),
		star("star", "lnta-xu"),
		star("star-second", "lnta-han"),
		person("bureau-head", "lnta-luo", "lnta", casefile.RoleHead, "head, tourism of Liaoning"),
		officer("dalian", "dl-tang", "lnta-dalian", "city", "officer, tourism of Dalian"),
		officer("dalian-second", "dl-xie", "lnta-dalian", "city", "second officer, tourism of Dalian"),
		person("dalian-reviewer", "dl-cui", "lnta-dalian", casefile.RoleReviewer, "legal reviewer, tourism of Dalian"),
		person("dalian-chair", "dl-bai", "lnta-dalian", casefile.RoleOfficer, "chairs hearings, tourism of Dalian"),
		person("dalian-head", "dl-song", "lnta-dalian", casefile.RoleHead, "head, tourism of Dalian"),
		officer("shenyang", "sy-deng", "lnta-shenyang", "city", "officer, tourism of Shenyang"),
		officer("shenyang-second", "sy-feng", "lnta-shenyang", "city", "second officer, tourism of Shenyang"),
		person("shenyang-third", "sy-cao", "lnta-shenyang", casefile.RoleOfficer, "card ends 2027-06-30, Shenyang", inspectionCard("sy-cao", "city", 2027)),
		person("shenyang-head", "sy-shen", "lnta-shenyang", casefile.RoleHead, "head, tourism of Shenyang"),
		unit("hotel", "bohai-hotel", "star hotel 渤海大酒店"),
		unit("agency", "beihai-travel", "travel agency 北海旅行社"),
		unit("restaurant", "laobian-restaurant", "restaurant 老边餐馆"),
		unit("sight", "beiling-park", "sight 北陵游览区"),
	}
}

// inspectionCard is good to the end of June of its last year.
func inspectionCard(officer, level string, last int) casefile.Card {
	return casefile.Card{
		Number: "I-" + level + "-" + officer, Officer: officer, Kind: casefile.InspectionCard, Level: level,
		From: calendar.NewDay(2020, 1, 1), Until: calendar.NewDay(last, 6, 30),
	}
}
