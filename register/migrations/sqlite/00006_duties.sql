-- +goose Up

-- What operators owe the regulator of themselves, each once. Body is the fold of the events.
CREATE TABLE duties (
    serial    integer PRIMARY KEY AUTOINCREMENT,
    id        text NOT NULL UNIQUE,
    operator  text NOT NULL REFERENCES operators (id),
    code      text NOT NULL,
    period    text NOT NULL, -- a half-year, standing, or the id of an event told at once
    authority text NOT NULL REFERENCES authorities (id),
    state     text NOT NULL CHECK (state IN ('open', 'filed', 'late', 'missing', 'untrue')),
    matter    text NOT NULL CHECK (matter IN ('', 'proposed', 'confirmed', 'improving', 'dismissed')),
    due       timestamp NOT NULL, -- 9999-12-31: it has no day
    next_at   timestamp NOT NULL, -- when the clock does something; 9999-12-31: no more
    case_id   text UNIQUE REFERENCES cases (id),
    body      text NOT NULL,
    seq       integer NOT NULL,
    head      text NOT NULL,
    UNIQUE (operator, code, period),
    CHECK ((matter = 'confirmed') = (case_id IS NOT NULL))
);
CREATE INDEX duties_next ON duties (next_at);
CREATE INDEX duties_authority ON duties (authority, serial);

-- The history of each duty. Its lines are never changed.
CREATE TABLE duty_events (
    duty_id text NOT NULL REFERENCES duties (id),
    seq     integer NOT NULL,
    id      text NOT NULL UNIQUE,
    request text NOT NULL, -- keyed hash of the request; empty for the clock's
    body    text NOT NULL,
    words   text NOT NULL, -- of an officer; not in the chain
    prev    text NOT NULL,
    hash    text NOT NULL,
    PRIMARY KEY (duty_id, seq)
);

-- Reports as they came in.
CREATE TABLE duty_reports (
    serial   integer PRIMARY KEY AUTOINCREMENT,
    id       text NOT NULL UNIQUE,
    duty_id  text NOT NULL REFERENCES duties (id),
    received timestamp NOT NULL,
    body     text NOT NULL,
    hash     text NOT NULL -- keyed hash of the body
);
CREATE INDEX duty_reports_duty ON duty_reports (duty_id, serial);

-- How far the duties that come by the calendar were opened.
CREATE TABLE duty_watch (
    id       integer PRIMARY KEY CHECK (id = 1),
    through  text NOT NULL, -- empty: no day yet
    calendar text NOT NULL
);
INSERT INTO duty_watch (id, through, calendar) VALUES (1, '', '');
