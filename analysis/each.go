package analysis

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
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

// each does work on 0…n-1 on all processors, the first numbers first, and returns
// once all is done, or what ended ctx. What work does for one number must not
// depend on the others.
func each(ctx context.Context, n int, work func(i int)) error {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				work(i)
			}
		})
	}
	all.Wait()
	return ctx.Err()
}
