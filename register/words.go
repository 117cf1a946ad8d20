package register

import (
	"context"
	"fmt"

	"duban/law/casefile"
)

// Bodies are what the acts and papers of those ledger lines say, by their ids: the words stand with them, and
// in no ledger. Lapses say nothing. At most two reads, however many lines.
func (r *Register) Bodies(ctx context.Context, lines []LedgerLine) (map[string]casefile.Body, error) {
	refs := map[casefile.Class][]string{}
	for _, l := range lines {
		refs[l.Entry.Class] = append(refs[l.Entry.Class], l.Entry.Ref)
	}
	out := map[string]casefile.Body{}
	for table, ids := range map[string][]string{"acts": refs[casefile.Act], "papers": append(refs[casefile.Paper], refs[casefile.Installation]...)} {
		if len(ids) == 0 {
			continue
		}
		var rows []struct{ ID, Body string }
		if err := r.db.WithContext(ctx).Table(table).Select("id, body").Where("id IN ?", ids).Find(&rows).Error; err != nil {
			return nil, fmt.Errorf("read what the %s of a ledger say: %w", table, err)
		}
		for _, row := range rows {
			var b casefile.Body
			if err := decode(row.Body, &b); err != nil {
				return nil, fmt.Errorf("read %s of the %s: %w", row.ID, table, err)
			}
			out[row.ID] = b
		}
	}
	return out, nil
}
