-- +goose Up

-- Who stands in for an officer while he is away.
CREATE TABLE substitutions (
    id         text PRIMARY KEY,
    officer    text NOT NULL REFERENCES officers (id),
    substitute text NOT NULL REFERENCES officers (id),
    from_day   text NOT NULL, -- the first and the last day, legal
    until_day  text NOT NULL,
    made_by    text NOT NULL,
    made_at    timestamp NOT NULL, -- real
    ended_at   timestamp,
    CHECK (officer <> substitute AND from_day <= until_day)
);
CREATE INDEX substitutions_officer ON substitutions (officer);
CREATE INDEX substitutions_substitute ON substitutions (substitute);
