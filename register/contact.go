package register

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"duban/law/calendar"
	"duban/law/phone"
)

// Contact is where a notice goes. It may be empty: a court or the treasury has no row here, and
// a case opened by the installation may have no complainant.
type Contact struct {
	Name    string
	Email   string
	Phone   string   // as people wrote it
	Dial    []string `gorm:"-"` // of Phone, what can be dialled
	Address string
	Lang    string // zh-CN or en
}

// book is what is needed to address the notices of some cases.
type book struct {
	tx      *gorm.DB
	today   calendar.Day // legal: who stands in for an officer
	persons map[string]map[string]Person
	known   map[string]Contact
}

func addresses(tx *gorm.DB, today calendar.Day, cases []string) (*book, error) {
	slices.Sort(cases)
	people, err := persons(tx, slices.Compact(cases))
	return &book{tx: tx, today: today, persons: people, known: map[string]Contact{}}, err
}

// of resolves a recipient: a party of the case, or one of the installation's people by role or id.
func (b *book) of(id, authority, to, toID string) (Contact, error) {
	switch to {
	case "complainant", "applicant":
		p, ok := b.persons[id][to]
		if !ok && to == "applicant" {
			p = b.persons[id]["representative"]
		}
		return Contact{Name: p.Name, Email: p.Email, Phone: p.Phone, Dial: phone.Numbers(p.Phone), Address: p.Address, Lang: p.Lang}, nil
	case "operator":
		return b.find("operators", "SELECT name, email, phone, address, lang FROM operators WHERE id = ?", toID)
	case "officer":
		if toID == "" { // nobody has it yet: the head distributes the work
			return b.of(id, authority, "head", "")
		}
		c, err := b.officer(toID)
		if err == nil && c.Name == "" { // who has left
			return b.of(id, authority, "head", "")
		}
		return c, err
	case "head":
		return b.find("heads", "SELECT name, email, lang FROM officers WHERE authority = ? AND role = 'head' AND retired_at IS NULL ORDER BY id LIMIT 1", authority)
	case "superior":
		return b.find("superiors", `SELECT coalesce(p.name_zh, a.name_zh) AS name, coalesce(p.email, a.email) AS email, coalesce(p.address, a.address) AS address
			FROM authorities a LEFT JOIN authorities p ON p.id = a.parent WHERE a.id = ?`, authority)
	}
	if toID == "" {
		return Contact{}, nil
	}
	return b.find("authorities", "SELECT name_zh AS name, email, address FROM authorities WHERE id = ?", toID)
}

// officer is the contact of an officer at work, or of who stands in; empty for one who has left.
func (b *book) officer(id string) (Contact, error) {
	var there []string
	day := b.today.String()
	if err := b.tx.Raw("SELECT s.substitute "+standing+" AND s.officer = ? ORDER BY s.from_day, s.id LIMIT 1", day, day, id).Scan(&there).Error; err != nil {
		return Contact{}, fmt.Errorf("find who stands in for %s: %w", id, err)
	}
	if len(there) > 0 {
		id = there[0]
	}
	return b.find("officers", "SELECT name, email, lang FROM officers WHERE id = ? AND retired_at IS NULL", id)
}

// find reads one contact, once. The query is a constant of this file.
func (b *book) find(what, query, id string) (Contact, error) {
	if c, ok := b.known[what+"/"+id]; ok {
		return c, nil
	}
	var c Contact
	if err := b.tx.Raw(query, id).Scan(&c).Error; err != nil {
		return c, fmt.Errorf("find the contact %s in %s: %w", id, what, err)
	}
	c.Dial = phone.Numbers(c.Phone)
	b.known[what+"/"+id] = c
	return c, nil
}
