package theme

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

func TestShare(t *testing.T) {
	for _, block := range []int{1, 7, 64} {
		done := make([]int, 100)
		if err := Share(t.Context(), len(done), block, nil, func() func(int) { return func(i int) { done[i]++ } }); err != nil {
			t.Fatal(err)
		}
		if slices.Min(done) != 1 || slices.Max(done) != 1 {
			t.Errorf("by %d: %v", block, done)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	var n atomic.Int64
	err := Share(ctx, 1_000_000, 1, nil, func() func(int) {
		return func(int) {
			if n.Add(1) == 10 {
				cancel()
			}
		}
	})
	if err != context.Canceled || n.Load() == 1_000_000 {
		t.Errorf("%v after %d", err, n.Load())
	}
}

// TestSharePanic has what happens to one worker, or to all, happen to the caller.
func TestSharePanic(t *testing.T) {
	for name, bad := range map[string]func(i int) bool{
		"one": func(i int) bool { return i == 500 }, "all": func(int) bool { return true }, "last": func(i int) bool { return i == 999 },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if r := fmt.Sprint(recover()); !strings.HasPrefix(r, "no such word") || !strings.Contains(r, "spread_test.go") {
					t.Errorf("recovered %q", r)
				}
			}()
			err := Share(t.Context(), 1000, 1, nil, func() func(int) {
				return func(i int) {
					if bad(i) {
						panic("no such word")
					}
				}
			})
			t.Errorf("ended with %v", err)
		})
	}
}
