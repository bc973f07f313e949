package theme

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

// spread does work on 0…n-1 on all processors; each of them gets its own worker.
// tick is called as work is handed out, from the caller's goroutine.
func spread(ctx context.Context, n int, tick func(done, total int), worker func() func(i int)) error {
	return Share(ctx, n, 64, tick, worker)
}

// all is spread for what is soon done, whatever happens.
func all(n int, work func(i int)) {
	spread(context.Background(), n, nil, func() func(int) { return work })
}

// Share does work on 0…n-1 on all processors, so many (block) at a time, the first
// first, and returns once all is done, or what ended ctx. Each processor gets its own
// worker. tick, unless it is nil, is called as work is handed out, from the caller's
// goroutine. A worker that panics has the caller panic, with an error that tells where:
// who recovers from that keeps one corpus from stopping a whole service.
func Share(ctx context.Context, n, block int, tick func(done, total int), worker func() func(i int)) error {
	workers := max(1, min(runtime.GOMAXPROCS(0), n/block))
	blocks, panics := make(chan int), make(chan error, workers)
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					panics <- fmt.Errorf("%v\n%s", r, debug.Stack())
				}
			}()
			work := worker()
			for at := range blocks {
				for i := at; i < min(n, at+block); i++ {
					work(i)
				}
			}
		})
	}
	var err, panicked error
	for at := 0; at < n && err == nil && panicked == nil; at += block {
		select {
		case blocks <- at:
			if tick != nil {
				tick(min(n, at+block), n)
			}
		case panicked = <-panics:
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	close(blocks)
	all.Wait()
	close(panics)
	if panicked = cmp.Or(panicked, <-panics); panicked != nil {
		panic(panicked)
	}
	return cmp.Or(err, ctx.Err())
}
