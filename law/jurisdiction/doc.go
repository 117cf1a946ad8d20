// Package jurisdiction says whose a case is: authorities as a tree, who is above whom, which
// regulation an authority carries out on a day, to whom an operator reports, and which body hears
// an appeal. Values in, values out; it may import casefile, calendar and regimes. The register
// keeps the authorities, access asks who is above whom, office and the worker ask for the regulation.
package jurisdiction
