package register

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// TaskCounts is how many tasks end when. No number is above manyTasks.
type TaskCounts struct {
	Overdue int `json:"overdue"` // their day has passed
	Today   int `json:"today"`
	Soon    int `json:"soon"`  // within the next days
	Later   int `json:"later"` // or without a day
}

// manyTasks is how far tasks are counted; it stands for as many or more.
const manyTasks = 10_000

// CountTasks counts the tasks that a filter with Work chooses, by their ends: those that are over now,
// those that end by the end of today, those that end by the end of soon.
func (r *Register) CountTasks(ctx context.Context, f CaseFilter, now, today, soon time.Time) (TaskCounts, error) {
	column := "cases.task_due"
	if f.Work.Operator {
		column = "cases.term_due"
	}
	var out TaskCounts
	for _, x := range []struct {
		into     *int
		from, to time.Time
	}{{&out.Overdue, time.Time{}, now}, {&out.Today, now, today}, {&out.Soon, today, soon}, {&out.Later, soon, never}} {
		list := among(conditions(r.db.WithContext(ctx).Table("cases").Select("1"), f), f.Authorities).Where(column+" <= ?", micro(x.to))
		if !x.from.IsZero() {
			list = list.Where(column+" > ?", micro(x.from))
		}
		db := r.db.WithContext(ctx).Session(&gorm.Session{NewDB: true})
		if err := db.Raw("SELECT count(*) FROM (?) AS few", list.Limit(manyTasks)).Scan(x.into).Error; err != nil {
			return TaskCounts{}, fmt.Errorf("count the tasks: %w", err)
		}
	}
	return out, nil
}
