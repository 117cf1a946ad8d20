package register

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

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
		var rows []listedRow
		if err := among(conditions(db.Table("cases").Select(listColumns), f), f.Authorities).Where("number = ?", number).Find(&rows).Error; err != nil {
			return CasePage{}, fmt.Errorf("search case %s: %w", number, err)
		}
		return page(f, rows, limit, moment{})
	}
	grams, beginnings, err := searchGrams(f.Text)
	if err != nil {
		return CasePage{}, err
	}
	sorted, err := rarest(db, grams)
	if err != nil {
		return CasePage{}, err
	}
	const step = 256 // some rows will hold the pieces apart
	var found []listedRow
	for len(found) <= limit {
		rows, err := walk(db, f, at, sorted, beginnings, step)
		if err != nil {
			return CasePage{}, err
		}
		for _, row := range rows {
			if holds(readable(row.Row, f.Visible), f.Text) {
				found = append(found, row)
			}
		}
		if len(rows) < step {
			break
		}
		at = &cursor{Serial: rows[len(rows)-1].Row.Serial}
	}
	if len(found) > limit {
		found = found[:limit+1]
	}
	return page(f, found, limit, moment{})
}

// readable is what a case may be found by: an operator does not find it by words that it may not read.
func readable(row caseRow, told bool) string {
	if !told || row.Outward == row.Subject {
		return row.Sought
	}
	return strings.TrimPrefix(row.Sought, fold(row.Subject))
}

// walk reads the next rows of the index that have every gram, the rarest first, and pass the filter, at
// most step.
func walk(db *gorm.DB, f CaseFilter, at *cursor, grams []string, beginnings bool, step int) ([]listedRow, error) {
	table := db.Table("grams AS g").Where("g.gram = ?", grams[0])
	if beginnings {
		table = db.Table("(SELECT DISTINCT serial FROM grams WHERE gram >= ? AND gram < ?) AS g", grams[0], grams[0]+string(unicode.MaxRune))
	}
	list := among(conditions(table.Select(listColumns+", cases.filed_at AS key, cases.sought"), f), f.Authorities).
		Joins("JOIN cases ON cases.serial = g.serial")
	for _, gram := range grams[1:] {
		if !beginnings {
			list = list.Where("EXISTS (SELECT 1 FROM grams o WHERE o.gram = ? AND o.serial = g.serial)", gram)
		}
	}
	if at != nil {
		list = list.Where("g.serial < ?", at.Serial)
	}
	var rows []listedRow
	if err := list.Order("g.serial DESC").Limit(step).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("search cases: %w", err)
	}
	return rows, nil
}

// rarest sorts the grams by in how many cases they stand; counting stops where it tells no more.
func rarest(db *gorm.DB, grams []string) ([]string, error) {
	const enough = 2000
	counts := map[string]int64{}
	for _, gram := range grams {
		if len(grams) == 1 {
			break
		}
		var n int64
		if err := db.Raw("SELECT count(*) FROM (SELECT 1 FROM grams WHERE gram = ? LIMIT ?) AS few", gram, enough).Scan(&n).Error; err != nil {
			return nil, fmt.Errorf("search cases: %w", err)
		}
		counts[gram] = n
		if n == 0 {
			break // nothing has it
		}
	}
	slices.SortStableFunc(grams, func(a, b string) int {
		return cmp.Compare(countOr(counts, a, enough), countOr(counts, b, enough))
	})
	return grams, nil
}

func countOr(counts map[string]int64, gram string, many int64) int64 {
	if n, counted := counts[gram]; counted {
		return n
	}
	return many
}
