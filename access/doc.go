// Package access says who may do what: Who asks, which Action, and, by a table in a file, to which
// things. It may import casefile and jurisdiction, and knows no storage and no door. office and docket
// ask it before they read or change anything; lists are narrowed by the Scope that May is made of,
// so that no list shows what May refuses.
package access
