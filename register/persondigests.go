package register

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/phone"
)

// PersonBy is by what a person is looked for: exactly by it, and through a keyed hash, so that no
// query carries it to the database.
type PersonBy string

// What persons are looked for by.
const (
	ByPhone PersonBy = "phone" // a number of those that were given, however it was written
	ByEmail PersonBy = "email"
	ByName  PersonBy = "name" // the whole name
)

// PersonDigest is what CaseFilter.Persons take. ErrFilter where the value can be no such thing.
func (r *Register) PersonDigest(by PersonBy, value string) (string, error) {
	forms := formsOf(by, value)
	if len(forms) != 1 {
		return "", fmt.Errorf("%w: not one %s", ErrFilter, by)
	}
	return r.digest([]string{"person", string(by), forms[0]})
}

// formsOf are the forms in which a value is compared: of a telephone number its digits, within China
// without the country's; of an e-mail and a name their folded letters.
func formsOf(by PersonBy, value string) []string {
	if by != ByPhone {
		form := strings.ReplaceAll(fold(value), " ", "")
		if form == "" {
			return nil
		}
		return []string{form}
	}
	numbers := phone.Numbers(value)
	for i, n := range numbers {
		for _, country := range []string{"+86", "0086"} {
			n = strings.TrimPrefix(n, country)
		}
		numbers[i] = n
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// digestsOf are all by which a person is found.
func (r *Register) digestsOf(id string, p Person) ([]personDigestRow, error) {
	var out []personDigestRow
	for by, value := range map[PersonBy]string{ByPhone: p.Phone, ByEmail: p.Email, ByName: p.Name} {
		for _, form := range formsOf(by, value) {
			digest, err := r.digest([]string{"person", string(by), form})
			if err != nil {
				return nil, err
			}
			out = append(out, personDigestRow{Digest: digest, PersonID: id})
		}
	}
	return out, nil
}

// forgetPersons takes away persons of whom nothing else tells, and all by which they are found.
var forgetPersons = []string{"DELETE FROM person_digests WHERE person_id IN ?", "DELETE FROM persons WHERE id IN ?"}

func (r *Register) putDigests(p *pipeline, id string, person Person) error {
	rows, err := r.digestsOf(id, person)
	if err != nil || len(rows) == 0 {
		return err
	}
	return p.add("write by what a person is found", nil, func(tx *gorm.DB) *gorm.DB {
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&rows) // an act that is asked for again
	})
}
