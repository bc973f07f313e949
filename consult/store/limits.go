package store

import "fmt"

// CheckName refuses a document's name or a secret's key that is too long.
func CheckName(name string) error {
	if len(name) > MaxName {
		return fmt.Errorf("%w: a name of %d bytes", ErrTooLarge, len(name))
	}
	return nil
}

// CheckPush refuses what is over the limits of [Log].Push.
func CheckPush(doc string, entries []Entry) error {
	if err := CheckName(doc); err != nil {
		return err
	}
	if len(entries) > MaxBatch {
		return fmt.Errorf("%w: %d entries at once", ErrTooLarge, len(entries))
	}
	total := 0
	for _, e := range entries {
		if err := CheckName(e.Author); err != nil {
			return err
		}
		if total += len(e.Update); len(e.Update) > MaxUpdate || total > MaxTotal {
			return fmt.Errorf("%w: an update of %d bytes, %d at once", ErrTooLarge, len(e.Update), total)
		}
	}
	return nil
}

// CheckCheckpoint refuses what is over the limits of [Log].Checkpoint.
func CheckCheckpoint(doc string, c Checkpoint) error {
	if len(c.State) > MaxBlob {
		return fmt.Errorf("%w: a state of %d bytes", ErrTooLarge, len(c.State))
	}
	if c.Number > 1<<53 { // what Lua, JavaScript and JSON count exactly
		return fmt.Errorf("%w: the number %d", ErrTooLarge, c.Number)
	}
	return CheckName(doc)
}

// CheckBlob refuses a blob that is too large.
func CheckBlob(data []byte) error {
	if len(data) > MaxBlob {
		return fmt.Errorf("%w: a file of %d bytes", ErrTooLarge, len(data))
	}
	return nil
}

// CheckSecret refuses a secret that is too large.
func CheckSecret(key string, value []byte) error {
	if len(value) > MaxSecret {
		return fmt.Errorf("%w: a secret of %d bytes", ErrTooLarge, len(value))
	}
	return CheckName(key)
}
