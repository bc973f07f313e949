package redis

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"strings"

	"github.com/redis/go-redis/v9"
)

//go:embed functions.lua
var functions string

// A library is the Redis Functions under the name of their digest.
type library struct{ name, code string }

func newLibrary() library {
	sum := sha256.Sum256([]byte(functions))
	name := "congres_" + hex.EncodeToString(sum[:6])
	return library{name, "#!lua name=" + name + "\n" + strings.ReplaceAll(functions, "LIBRARY", name)}
}

// load makes the functions known to one Redis, where they are not.
func (l library) load(ctx context.Context, node *redis.Client) error {
	err := node.FunctionLoad(ctx, l.code).Err()
	if err != nil && strings.Contains(err.Error(), "already exists") {
		return nil
	}
	return err
}

func missing(err error) bool { return strings.Contains(err.Error(), "Function not found") }
