-- +goose Up

-- Plans of inspection, carried like cases: a row that says when to look next.
CREATE TABLE plans (
    serial     integer PRIMARY KEY AUTOINCREMENT,
    id         text NOT NULL UNIQUE,
    authority  text NOT NULL REFERENCES authorities (id),
    year       integer NOT NULL,
    cadence    text NOT NULL CHECK (cadence IN ('daily', 'periodic', 'spot')),
    officer    text NOT NULL, -- who made it
    role       text NOT NULL,
    body       text NOT NULL, -- the plan as it was made
    created_at timestamp NOT NULL,
    through    text NOT NULL, -- the last day that was seen to; empty: none
    calendar   text NOT NULL, -- hash of the calendar by which next_due was found
    next_due   timestamp NOT NULL, -- 9999-12-31: its year is over
    looks      integer NOT NULL,     -- by the sweep, since it was last seen to
    next_look  timestamp NOT NULL, -- real time
    seq        integer NOT NULL,     -- of its last event
    head       text NOT NULL         -- hash of its last event
);
CREATE INDEX plans_due ON plans (next_due);
CREATE INDEX plans_authority ON plans (authority, serial);

-- What was decided about a plan. Its lines are never changed.
CREATE TABLE plan_events (
    plan_id text NOT NULL REFERENCES plans (id),
    seq     integer NOT NULL,
    id      text NOT NULL UNIQUE,
    request text NOT NULL, -- keyed hash of the request
    at      timestamp NOT NULL,
    body    text NOT NULL,
    prev    text NOT NULL,
    hash    text NOT NULL,
    PRIMARY KEY (plan_id, seq)
);

-- The checks of a plan that were seen to: each once.
CREATE TABLE plan_occurrences (
    serial   integer PRIMARY KEY AUTOINCREMENT,
    plan_id  text NOT NULL REFERENCES plans (id),
    slot     text NOT NULL,
    operator text NOT NULL,
    day      text NOT NULL,
    state    text NOT NULL CHECK (state IN ('opened', 'capped', 'filed', 'missed')),
    case_id  text UNIQUE REFERENCES cases (id),
    at       timestamp NOT NULL,
    UNIQUE (plan_id, slot),
    UNIQUE (plan_id, operator, day),
    CHECK ((state = 'opened') = (case_id IS NOT NULL))
);

-- The planned visits of an enterprise in a year, numbered: so its cap holds against any race.
CREATE TABLE inspection_counts (
    operator text NOT NULL,
    year     integer NOT NULL,
    n        integer NOT NULL CHECK (n >= 1),
    case_id  text NOT NULL UNIQUE REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (operator, year, n)
);

-- The visits that do not count, and why.
CREATE TABLE inspection_exemptions (
    case_id text PRIMARY KEY REFERENCES cases (id),
    ground  text NOT NULL CHECK (ground IN ('complaint', 'report', 'superior', 're-inspection')),
    reason  text NOT NULL,
    officer text NOT NULL,
    at      timestamp NOT NULL
);

-- Self-checks of units: no evidence by themselves.
CREATE TABLE self_checks (
    serial    integer PRIMARY KEY AUTOINCREMENT,
    id        text NOT NULL UNIQUE,
    operator  text NOT NULL,
    day       text NOT NULL,
    inspector text NOT NULL, -- number of the one unit inspector's card
    faults    integer NOT NULL,
    body      text NOT NULL,
    request   text NOT NULL, -- keyed hash of the request
    received  timestamp NOT NULL
);
CREATE INDEX self_checks_operator ON self_checks (operator, day);

CREATE TABLE alerts (
    serial    integer PRIMARY KEY AUTOINCREMENT,
    id        text NOT NULL UNIQUE,
    name      text NOT NULL,
    authority text NOT NULL REFERENCES authorities (id),
    operator  text NOT NULL,
    plan_id   text NOT NULL REFERENCES plans (id),
    day       text NOT NULL,
    at        timestamp NOT NULL
);
CREATE INDEX alerts_authority ON alerts (authority, serial);
