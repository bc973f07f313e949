package analysis

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

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
