package theme

import (
	"context"
	"runtime"
	"sync"
)

// spread does work on 0…n-1 on all processors; each of them gets its own worker.
// tick is called as work is handed out, from the caller's goroutine.
func spread(ctx context.Context, n int, tick func(done, total int), worker func() func(i int)) error {
	return share(ctx, n, 64, tick, worker)
}

// all is spread for what is soon done, whatever happens.
func all(n int, work func(i int)) {
	spread(context.Background(), n, nil, func() func(int) { return work })
}

// share is [spread], so many at a time.
func share(ctx context.Context, n, block int, tick func(done, total int), worker func() func(i int)) error {
	blocks := make(chan int)
	var all sync.WaitGroup
	for range max(1, min(runtime.GOMAXPROCS(0), n/block)) {
		all.Go(func() {
			work := worker()
			for at := range blocks {
				for i := at; i < min(n, at+block); i++ {
					work(i)
				}
			}
		})
	}
	var err error
	for at := 0; at < n && err == nil; at += block {
		select {
		case blocks <- at:
			if tick != nil {
				tick(min(n, at+block), n)
			}
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	close(blocks)
	all.Wait()
	return err
}
