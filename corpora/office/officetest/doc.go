// Package officetest makes small workbooks and text documents, for tests that
// read some.
package officetest
