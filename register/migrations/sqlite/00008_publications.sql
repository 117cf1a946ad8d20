-- +goose Up

-- What the public may read: decisions and results of inspections, each once. A row is written with
-- the entry that publishes it, takes it down, or publishes it anew.
CREATE TABLE publications (
    serial       integer PRIMARY KEY AUTOINCREMENT,
    case_id      text NOT NULL REFERENCES cases (id),
    decision     integer NOT NULL, -- entry of the decision or of the report
    what         text NOT NULL CHECK (what IN ('inspection-result', 'penalty-decision')),
    authority    text NOT NULL REFERENCES authorities (id),
    operator     text NOT NULL,
    shown        boolean NOT NULL, -- not taken down
    shown_until  text NOT NULL,    -- the last day; 9999-12-31: no end
    body         text NOT NULL,    -- what is shown; no person
    UNIQUE (case_id, decision)
);
CREATE INDEX publications_shown ON publications (serial) WHERE shown;
CREATE INDEX publications_operator ON publications (operator, serial) WHERE shown;
CREATE INDEX publications_authority ON publications (authority, serial) WHERE shown;

-- The last day on which the file of a closed case is kept; empty: none is known.
ALTER TABLE cases ADD COLUMN keep_until text NOT NULL DEFAULT '';
CREATE INDEX cases_keep_until ON cases (keep_until, serial) WHERE keep_until <> '';
