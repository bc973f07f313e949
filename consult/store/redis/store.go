package redis

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
	"github.com/villes-internet/congres/consult/store"
)

// Layout is the version of the keys and of what they hold.
const Layout = 1

// Options of [Open]. The zero value works.
type Options struct {
	Prefix   string        // the hash tag of all keys; default "congres"
	Patience time.Duration // how long a Redis that does not answer is asked again; default 10 s
	Existing bool          // make nothing: where no store is, the error is store.ErrNotFound
	Recheck  time.Duration // a write looks at Redis' settings again where none has for so long; default 5 s
}

// A Store is a [store.Store] in a Redis.
type Store struct {
	tag      string // "{congres}"
	patience time.Duration
	recheck  time.Duration
	checked  atomic.Int64 // when the settings were last found right, in Unix nanoseconds
	library  library
	client   redis.UniversalClient // writes, and reads that return at once
	waiting  redis.UniversalClient // blocking reads, one connection for each awaited stream

	stop     chan struct{} // closed by Close
	stopOnce sync.Once
	ears     ears

	mu  sync.Mutex
	tip tip // the last head seen here
}

var _ store.Store = (*Store)(nil)

// Open connects to the Redis at url (see the package's comment) and checks it.
// Errors: store.ErrUnsafe (as an [Unsafe] where settings are wrong), ErrFormat,
// ErrCorrupt, ErrReadOnly, ErrAway, ErrRefused, ErrAddress.
func Open(ctx context.Context, url string, o *Options) (*Store, error) {
	silence()
	s := &Store{tag: "{congres}", patience: 10 * time.Second, recheck: 5 * time.Second, library: newLibrary(), stop: make(chan struct{})}
	if o != nil && o.Prefix != "" {
		s.tag = "{" + o.Prefix + "}"
	}
	if o != nil && o.Patience > 0 {
		s.patience = o.Patience
	}
	if o != nil && o.Recheck > 0 {
		s.recheck = o.Recheck
	}
	if strings.ContainsAny(s.tag[1:len(s.tag)-1], "{}*?[]\\^") {
		return nil, fmt.Errorf("redis: a prefix without {}*?[]\\^, not %q", o.Prefix)
	}
	var err error
	if s.client, err = dial(url, 50); err != nil {
		return nil, err
	}
	if s.waiting, err = dial(url, 1000); err != nil {
		s.client.Close()
		return nil, err
	}
	if err := s.check(ctx, o != nil && o.Existing); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// dial makes a client that repeats nothing by itself.
func dial(address string, connections int) (redis.UniversalClient, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrAddress, err)
	}
	const timeout = 5 * time.Second
	switch query := u.Query(); {
	case query.Has("master_name"):
		if u.Host != "" {
			query.Add("addr", u.Host)
			u.RawQuery = query.Encode()
		}
		o, err := redis.ParseFailoverURL(u.String())
		if err != nil {
			return nil, fmt.Errorf("%w: %w", store.ErrAddress, err)
		}
		o.PoolSize, o.MaxRetries, o.DialerRetries, o.ContextTimeoutEnabled = connections, -1, 1, true
		o.ReadTimeout, o.WriteTimeout, o.DisableIdentity = timeout, timeout, true
		return redis.NewFailoverClient(o), nil
	case query.Has("addr"):
		o, err := redis.ParseClusterURL(address)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", store.ErrAddress, err)
		}
		o.PoolSize, o.MaxRetries, o.DialerRetries, o.ContextTimeoutEnabled = connections, -1, 1, true
		o.ReadTimeout, o.WriteTimeout, o.DisableIdentity = timeout, timeout, true
		o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
		return redis.NewClusterClient(o), nil
	default:
		o, err := redis.ParseURL(address)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", store.ErrAddress, err)
		}
		o.PoolSize, o.MaxRetries, o.DialerRetries, o.ContextTimeoutEnabled = connections, -1, 1, true
		o.ReadTimeout, o.WriteTimeout, o.DisableIdentity = timeout, timeout, true
		o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
		return redis.NewClient(o), nil
	}
}

// check asks Redis whether it is fit, and what lies in it whether it is ours.
func (s *Store) check(ctx context.Context, existing bool) error {
	return s.try(ctx, func(node *redis.Client) error {
		if err := safe(ctx, node); err != nil {
			return err
		}
		if existing {
			if n, err := node.Exists(ctx, s.key("format")).Result(); err != nil {
				return err
			} else if n == 0 {
				return store.ErrNotFound
			}
		}
		if err := s.library.load(ctx, node); err != nil {
			return err
		}
		if err := node.SetNX(ctx, s.key("format"), Layout, 0).Err(); err != nil {
			return err
		}
		format, err := node.Get(ctx, s.key("format")).Result()
		if err != nil {
			return err
		}
		if n, err := strconv.Atoi(format); err != nil || n < 1 {
			return fmt.Errorf("%w: layout %q", store.ErrCorrupt, format)
		} else if n > Layout {
			return fmt.Errorf("%w: layout %d", store.ErrFormat, n)
		}
		return s.checkTip(ctx, node)
	})
}

func (s *Store) key(parts ...string) string { return s.tag + ":" + strings.Join(parts, ":") }

// Healthy writes something, and checks the settings again.
func (s *Store) Healthy(ctx context.Context) error {
	if err := s.try(ctx, func(node *redis.Client) error { return safe(ctx, node) }); err != nil {
		return err
	}
	return s.write(ctx, func(p redis.Pipeliner) redis.Cmder {
		return p.Set(ctx, s.key("healthy"), 1, time.Minute)
	})
}

// Close ends what waits, with store.ErrClosed, and lets go of the connections.
func (s *Store) Close() (err error) {
	s.stopOnce.Do(func() {
		close(s.stop)
		err = s.client.Close()
		if e := s.waiting.Close(); err == nil {
			err = e
		}
		s.ears.running.Wait()
	})
	return err
}
