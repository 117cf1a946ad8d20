package office

import (
	"context"

	"duban/api"
	"duban/register"
)

// Publications is what the public may read today, the newest first.
func (o *Office) Publications(ctx context.Context, f api.PublicFilter, before int64, limit int) ([]api.PublicLine, error) {
	rows, err := o.register.Publications(ctx, register.PublishedFilter(f), before, limit)
	return each(rows, func(p register.Published) api.PublicLine { return api.PublicLine(p) }), told(err)
}
