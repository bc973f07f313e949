package consult

import (
	"errors"
	"fmt"
)

// Errors of the rules. What the person reads is made from them in one place
// for pages and one for the command line.
var (
	ErrForbidden = errors.New("consult: not allowed")
	ErrNotFound  = errors.New("consult: not found")
	ErrNotOpen   = errors.New("consult: the window has not opened yet")
	ErrOver      = errors.New("consult: the window has closed")
	ErrErased    = errors.New("consult: erased")
)

// A FieldError is a value that a person must correct. Problem is a French
// sentence that says what to do.
type FieldError struct {
	Field   string
	Problem string
}

func (e *FieldError) Error() string { return fmt.Sprintf("consult: %s: %s", e.Field, e.Problem) }

func bad(field, format string, args ...any) error {
	return &FieldError{field, fmt.Sprintf(format, args...)}
}
