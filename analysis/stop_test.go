package analysis

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"
)

// A run that is stopped in its midst returns in a small part of the time that was
// left, and leaves no goroutine behind.
func TestStoppedAtOnce(t *testing.T) {
	c := drawn(t, 6000) // wide: looked up in cells
	type moment struct {
		stage string
		half  bool // its first half is done
	}
	stopped := []moment{{"Lecture", true}, {"Rapprochement des textes", false}, {"Rapprochement des textes", true}, {"Recherche des thèmes", false},
		{"Description", false}, {"Autres lectures", false}}
	at := make(map[moment]time.Time)
	note := func(stage string, done, total int) (moment, bool) {
		m := moment{stage, 2*done >= total}
		_, seen := at[m]
		if !seen {
			at[m] = time.Now()
		}
		return m, !seen
	}
	start := time.Now()
	if _, err := Run(context.Background(), c, Settings{Progress: func(stage string, done, total int) { note(stage, done, total) }}); err != nil {
		t.Fatal(err)
	}
	end, whole := time.Now(), at
	for _, stop := range stopped {
		began, ok := whole[stop]
		if !ok {
			t.Errorf("%v is not told", stop)
			continue
		}
		before := runtime.NumGoroutine()
		at = make(map[moment]time.Time)
		ctx, cancel := context.WithCancel(context.Background())
		var since time.Time
		r, err := Run(ctx, c, Settings{Progress: func(stage string, done, total int) {
			if m, now := note(stage, done, total); now && m == stop {
				since = time.Now()
				cancel()
			}
		}})
		took := time.Since(since)
		cancel()
		if r != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("%v: %v", stop, err)
		}
		left := end.Sub(began)
		t.Logf("%v: %.3f of the time that was left", stop, took.Seconds()/left.Seconds())
		// Of the last stages little is left: a busy machine may take that to answer.
		if 4*took > left && 10*took > end.Sub(start) {
			t.Errorf("%v: stopping takes %v where %v were left", stop, took, left)
		}
		for range 2_000 { // what has said that it is done may still be leaving
			if runtime.NumGoroutine() <= before {
				break
			}
			time.Sleep(time.Millisecond)
		}
		if after := runtime.NumGoroutine(); after > before {
			t.Errorf("%v: %d goroutines, %d before", stop, after, before)
		}
	}
}
