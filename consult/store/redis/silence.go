package redis

import (
	"context"
	"sync"

	"github.com/redis/go-redis/v9"
)

// silence keeps the library from writing its own lines, in English and past
// every logger of ours, to stderr: what it would say there comes back to the
// caller as an error. Its logger is one for the whole process, and not to be
// changed while clients are at work: hence once.
var silence = sync.OnceFunc(func() { redis.SetLogger(nobody{}) })

type nobody struct{}

func (nobody) Printf(context.Context, string, ...any) {}
