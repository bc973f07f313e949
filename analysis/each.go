package analysis

import (
	"context"
	"runtime"

	"github.com/villes-internet/congres/analysis/theme"
)

// together does independent works on all processors, the first first.
func together(ctx context.Context, works ...func()) error {
	return each(ctx, len(works), func(i int) { works[i]() })
}

// ranges cuts 0…n into one part for each processor and does work on all of them.
func ranges(ctx context.Context, n int, work func(from, to int)) error {
	parts := runtime.GOMAXPROCS(0)
	return each(ctx, parts, func(p int) { work(p*n/parts, (p+1)*n/parts) })
}

// each does work on 0…n-1 on all processors, see [theme.Share]. What work does for one
// number must not depend on the others.
func each(ctx context.Context, n int, work func(i int)) error {
	return theme.Share(ctx, n, 1, nil, func() func(int) { return work })
}
