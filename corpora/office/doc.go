// Package office reads what office suites write: the sheets of a workbook
// (XLSX, ODS) and the blocks of a text document (DOCX, ODT). Both families are
// zip archives of XML: ECMA-376, and OpenDocument 1.3 (ISO/IEC 26300).
//
// A [File] is told by what it holds, never by its name. Words come out as a
// reader of the page sees them: what was deleted under tracked changes, hidden
// text, comments, notes and tables of contents are left out.
//
// Files come from strangers. [Limits] bounds what is unpacked, kept and
// nested; a document type declaration, which these formats do not have, is
// refused, and with it every entity of a file's own.
//
// It deliberately knows nothing of columns, contributions and French but for
// the names of cells in an [Error]; it computes no formula, and opens neither
// what needs a password nor the binary formats of before 2007.
package office
