package desk

import (
	"context"
	"errors"
	"time"

	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// patience is how long keeping a file and the fact that tells of it may take.
const patience = 30 * time.Second

// put keeps a file, then has the ledger take c, whose decide emits the fact that tells
// of it: both or neither, whoever cancels ctx. Errors: decide's, the store's.
func (d *Desk) put(ctx context.Context, data []byte, c ledger.Command, decide func(blob string, hash store.Hash, tx *ledger.Tx) error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	blob, hash, err := d.config.Blobs.PutBlob(ctx, data)
	if err != nil {
		return err
	}
	c.Decide = func(tx *ledger.Tx) error { return decide(blob, hash, tx) }
	for {
		var out ledger.Outcome
		if out, err = d.config.Ledger.Do(ctx, c); err == nil && out.Repeated {
			return d.delete(ctx, blob) // the first time kept a file of its own
		}
		if !errors.Is(err, ledger.ErrBusy) || pause(ctx, time.Second) != nil {
			break
		}
	}
	if errors.Is(err, errMoved) || errors.Is(err, ErrOvertaken) || errors.Is(err, ledger.ErrBusy) || errors.Is(err, ledger.ErrClosed) {
		// Certainly not kept. After any other error it may have been: then the
		// file stays, for a fact without its file would be worse.
		err = errors.Join(err, d.delete(ctx, blob))
	}
	return err
}

func pause(ctx context.Context, how time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(how):
		return nil
	}
}
