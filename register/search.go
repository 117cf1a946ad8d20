package register

import (
	"fmt"
	"regexp"
	"strings"

	"gorm.io/gorm"
)

var aNumber = regexp.MustCompile(`^[A-Z0-9]+-[A-Z]-\d{4}-\d{1,9}$`)

// search finds cases by text, newest first by serial. It walks the index of the query's rarest
// piece and stops with the page; a piece that stands in every second case makes full pages at
// once, and one that stands in few has little to walk.
func search(db *gorm.DB, f CaseFilter, at *cursor) (CasePage, error) {
	if f.Sort != Newest {
		return CasePage{}, fmt.Errorf("%w: a text search is sorted by age only", ErrFilter)
	}
	limit := bounded(f.Limit)
	if number := strings.ToUpper(strings.TrimSpace(f.Text)); aNumber.MatchString(number) {
		var rows []caseRow
		if err := scope(db.Table("cases").Select(listColumns), f).Where("number = ?", number).Find(&rows).Error; err != nil {
			return CasePage{}, fmt.Errorf("search case %s: %w", number, err)
		}
		return page(f, rows, limit)
	}
	grams, err := searchGrams(f.Text)
	if err != nil {
		return CasePage{}, err
	}
	driver, err := rarest(db, grams)
	if err != nil {
		return CasePage{}, err
	}
	step := limit + 1
	if len(grams) > 1 {
		step = 256 // some rows will hold the pieces apart
	}
	var found []caseRow
	for len(found) <= limit {
		rows, err := walk(db, f, at, driver, grams, step)
		if err != nil {
			return CasePage{}, err
		}
		for _, row := range rows {
			if holds(readable(row, f.Told), f.Text) {
				found = append(found, row)
			}
		}
		if len(rows) < step {
			break
		}
		at = &cursor{Serial: rows[len(rows)-1].Serial}
	}
	if len(found) > limit {
		found = found[:limit+1]
	}
	return page(f, found, limit)
}

// readable is what a case may be found by: an operator does not find it by words that it may not read.
func readable(row caseRow, told bool) string {
	if !told || row.Outward == row.Subject {
		return row.Sought
	}
	return strings.TrimPrefix(row.Sought, fold(row.Subject))
}

// walk reads the next rows of the index that have every gram and pass the filter, at most step.
func walk(db *gorm.DB, f CaseFilter, at *cursor, driver string, grams []string, step int) ([]caseRow, error) {
	list := scope(db.Table("grams AS g").Select("cases."+listColumns+", sought"), f).
		Joins("JOIN cases ON cases.serial = g.serial").Where("g.gram = ?", driver)
	for _, gram := range grams {
		if gram != driver {
			list = list.Where("EXISTS (SELECT 1 FROM grams o WHERE o.gram = ? AND o.serial = g.serial)", gram)
		}
	}
	if at != nil {
		list = list.Where("g.serial < ?", at.Serial)
	}
	var rows []caseRow
	if err := list.Order("g.serial DESC").Limit(step).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("search cases: %w", err)
	}
	return rows, nil
}

// rarest is the gram that stands in the fewest cases; counting stops where it tells no more.
func rarest(db *gorm.DB, grams []string) (string, error) {
	if len(grams) == 1 {
		return grams[0], nil
	}
	const enough = 2000
	best, least := grams[0], int64(enough+1)
	for _, gram := range grams {
		var n int64
		if err := db.Raw("SELECT count(*) FROM (SELECT 1 FROM grams WHERE gram = ? LIMIT ?) AS few", gram, enough).Scan(&n).Error; err != nil {
			return "", fmt.Errorf("search cases: %w", err)
		}
		if n < least {
			best, least = gram, n
		}
	}
	return best, nil
}
