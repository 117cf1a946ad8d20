// Package office holds the use cases of the installation: file, receive, ask for an act, plan, draw, keep
// duties, put people in. Each takes a Who and asks access whether he may, before anything else; it decides
// nothing of the law that Settle would not decide again. The doors (api, and what has screens) turn bytes into
// a Who and a request and call it; it stands on the register, the docket and the law, and imports no door.
package office
