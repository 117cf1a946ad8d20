// Package cast is the demo bureaus, of telecom and of tourism: authorities, officers and operators to try the installation with.
package cast

import (
	"context"
	"fmt"
	"slices"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/register"
)

var authorities = []jurisdiction.Authority{
	{ID: "miit", Level: "ministry", Domain: "telecom", Code: "MIIT", Name: casefile.Text{Zh: "工业和信息化部", En: "Ministry of Industry and Information Technology"}},
	{ID: "ln-pca", Parent: "miit", Level: "province", Domain: "telecom", Code: "LN", Name: casefile.Text{Zh: "辽宁省通信管理局", En: "Liaoning Communications Administration"}},
	{ID: "jl-pca", Parent: "miit", Level: "province", Domain: "telecom", Code: "JL", Name: casefile.Text{Zh: "吉林省通信管理局", En: "Jilin Communications Administration"}},
}

var operators = []register.Operator{
	{ID: "liaohai-telecom", Name: "辽海电信", Types: []string{"fixed", "mobile"}, Province: "ln-pca", Licence: "A2.B1-20010001"},
	{ID: "bohai-mobile", Name: "渤海移动", Types: []string{"mobile"}, Province: "ln-pca", Licence: "A2-20010002"},
}

// Person is one of the cast: who they are and whose key they carry.
type Person struct {
	Name  string // as the demo calls them
	Key   register.KeySpec
	Title string
	Cards []casefile.Card
}

// People lists the cast in the order in which the keys are printed.
func People() []Person {
	officer := func(name, id, authority string, role casefile.Role, title string) Person {
		return Person{
			Name: name, Title: title, Key: register.KeySpec{Kind: register.OfficerKey, Owner: id, Authority: authority, Role: role},
			Cards: []casefile.Card{enforcementCard(id)},
		}
	}
	telecom := []Person{
		{Name: "admin", Title: "administrator", Key: register.KeySpec{Kind: register.AdminKey, Owner: "admin"}},
		officer("officer", "ln-wang", "ln-pca", casefile.RoleOfficer, "handling officer, Liaoning"),
		officer("second", "ln-li", "ln-pca", casefile.RoleOfficer, "second officer, Liaoning"),
		officer("reviewer", "ln-zhao", "ln-pca", casefile.RoleReviewer, "legal reviewer, Liaoning"),
		officer("head", "ln-sun", "ln-pca", casefile.RoleHead, "head, Liaoning"),
		officer("neighbour", "jl-zhou", "jl-pca", casefile.RoleOfficer, "handling officer, Jilin"),
		officer("ministry", "miit-wu", "miit", casefile.RoleOfficer, "reconsideration officer, ministry"),
		officer("minister", "miit-zheng", "miit", casefile.RoleHead, "head, ministry"),
		{Name: "operator", Title: "operator 辽海电信", Key: register.KeySpec{Kind: register.OperatorKey, Owner: "liaohai-telecom"}},
		{Name: "import", Title: "imports, Liaoning", Key: register.KeySpec{Kind: register.ImportKey, Owner: "import", Authority: "ln-pca"}},
	}
	return append(telecom, tourismPeople()...)
}

// enforcementCard is good for as long as the demo's years last.
func enforcementCard(officer string) casefile.Card {
	return casefile.Card{
		Number: "E-" + officer, Officer: officer, Kind: casefile.EnforcementCard, From: calendar.NewDay(2020, 1, 1), Until: calendar.NewDay(2039, 12, 31),
	}
}

// Seed writes the cast into an empty register and makes a key for each person, by name.
func Seed(ctx context.Context, r *register.Register) (map[string]string, error) {
	for _, a := range slices.Concat(authorities, tourismAuthorities) {
		if err := r.PutAuthority(ctx, a); err != nil {
			return nil, fmt.Errorf("seed the cast: %w", err)
		}
	}
	for _, o := range slices.Concat(operators, tourismOperators) {
		if err := r.PutOperator(ctx, o); err != nil {
			return nil, fmt.Errorf("seed the cast: %w", err)
		}
	}
	keys := map[string]string{}
	for _, p := range People() {
		if p.Key.Kind == register.OfficerKey {
			if err := r.PutOfficer(ctx, register.Officer{ID: p.Key.Owner, Authority: p.Key.Authority, Role: p.Key.Role, Name: p.Key.Owner}); err != nil {
				return nil, fmt.Errorf("seed the cast: %w", err)
			}
		}
		for _, card := range p.Cards {
			if err := r.PutCard(ctx, card); err != nil {
				return nil, fmt.Errorf("seed the cast: %w", err)
			}
		}
		secret, err := r.CreateKey(ctx, p.Key)
		if err != nil {
			return nil, fmt.Errorf("seed the cast: %w", err)
		}
		keys[p.Name] = secret
	}
	return keys, nil
}
