// Package ui holds what people see: templates, and the scripts and styles that
// `make build` bundles into dist. Pages do without the bundle where it was
// never built.
package ui
