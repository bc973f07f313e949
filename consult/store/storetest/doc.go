// Package storetest is the contract of package store as tests: one suite that
// every implementation passes, on the real thing, and a real Redis for whoever
// needs one in a test.
package storetest
