package register

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/casefile"
)

// Person is the personal data of a party. It stands in the table persons only, and in no ledger,
// log, trace or workflow.
type Person struct {
	Name     string `json:"name"`
	Phone    string `json:"phone,omitempty"` // as it was written: a number, two, one with an extension, or none that can be dialled (Contact.Dial)
	Email    string `json:"email,omitempty"`
	Address  string `json:"address,omitempty"`
	IDKind   string `json:"idKind,omitempty"`
	IDNumber string `json:"idNumber,omitempty"`
	Lang     string `json:"lang,omitempty"` // zh-CN or en: the language of what is sent
}

// Party is a person in a case.
type Party struct {
	Role   string `json:"role"` // complainant, applicant, representative
	Person Person `json:"person"`
}

// plain is the format of persons.sealed that is not sealed yet: JSON.
const plain = 0

func (r *Register) putParties(p *pipeline, id, paper string, parties []Party, now time.Time) error {
	for i, party := range parties {
		person, err := r.personRow(personID(paper, i), party.Person, now)
		if err == nil {
			err = errors.Join(
				p.create("write a person", &person),
				p.create("write a party", &partyRow{CaseID: id, Role: party.Role, PersonID: person.ID}),
				r.putDigests(p, person.ID, party.Person),
			)
		}
		if err != nil {
			return fmt.Errorf("write a party of case %s: %w", id, err)
		}
	}
	return nil
}

func (r *Register) personRow(id string, p Person, now time.Time) (personRow, error) {
	raw, err := json.Marshal(p)
	if err != nil {
		return personRow{}, fmt.Errorf("write a person: %w", err)
	}
	digest, err := r.digestOf(p)
	return personRow{ID: id, Format: plain, Sealed: raw, Digest: digest, CreatedAt: now}, err
}

// ContactDigest is what an act that puts a person's contact right says of it: that, and no more,
// stands with the act.
func (r *Register) ContactDigest(p Person) (string, error) { return r.digest(p) }

// digestOf is by what a person is known again.
func (r *Register) digestOf(p Person) (string, error) { return r.digest([]string{p.Phone, p.Email}) }

// personID names the i-th party of a filing.
func personID(paper string, i int) string { return idOf("person", paper, fmt.Sprint(i)) }

// sameParties gives a case that another one opened the persons of that one: a transferred
// complaint is still its complainant's. A party of a complaint is none of an enforcement case.
func sameParties(tx *gorm.DB, from casefile.Case, to casefile.NewCase) error {
	if from.Kind != to.Kind {
		return nil
	}
	var rows []partyRow
	if err := tx.Where("case_id = ? AND until_seq IS NULL", from.ID).Find(&rows).Error; err != nil {
		return fmt.Errorf("find the parties of case %s: %w", from.ID, err)
	}
	if len(rows) == 0 {
		return nil
	}
	for i := range rows {
		rows[i].CaseID = to.ID
	}
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error; err != nil {
		return fmt.Errorf("write the parties of case %s: %w", to.ID, err)
	}
	return nil
}

// persons reads the parties of cases: case id → role → person. With two of a role the first
// written stands.
func persons(tx *gorm.DB, ids []string) (map[string]map[string]Person, error) {
	all, err := parties(tx, ids)
	if err != nil {
		return nil, err
	}
	out := map[string]map[string]Person{}
	for _, p := range all {
		if p.Replaced {
			continue
		}
		if out[p.CaseID] == nil {
			out[p.CaseID] = map[string]Person{}
		}
		if _, have := out[p.CaseID][p.Role]; !have {
			out[p.CaseID][p.Role] = p.Person
		}
	}
	return out, nil
}

// partyOf is a party of a case, with the person's id.
type partyOf struct {
	CaseID, PersonID string
	Replaced         bool // by a later contact
	Party
}

func parties(tx *gorm.DB, ids []string) ([]partyOf, error) {
	var rows []struct {
		CaseID, Role, ID string
		UntilSeq         *int
		Format           int
		Sealed           []byte
	}
	err := tx.Raw(`SELECT cp.case_id, cp.role, cp.until_seq, p.id, p.format, p.sealed FROM case_parties cp JOIN persons p ON p.id = cp.person_id
		WHERE cp.case_id IN ? ORDER BY cp.case_id, cp.role, p.id`, ids).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read the parties: %w", err)
	}
	out := make([]partyOf, 0, len(rows))
	for _, row := range rows {
		if row.Format != plain {
			return nil, fmt.Errorf("read a party of case %s: format %d is unknown", row.CaseID, row.Format)
		}
		p := partyOf{CaseID: row.CaseID, PersonID: row.ID, Replaced: row.UntilSeq != nil, Party: Party{Role: row.Role}}
		if err := json.Unmarshal(row.Sealed, &p.Person); err != nil {
			return nil, fmt.Errorf("read a party of case %s: %w", row.CaseID, err)
		}
		out = append(out, p)
	}
	return out, nil
}
