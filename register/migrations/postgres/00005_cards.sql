-- +goose Up

-- Credentials of officers: inspection cards and enforcement cards (lifecycles §7).
CREATE TABLE cards (
    number      text PRIMARY KEY,
    officer     text NOT NULL REFERENCES officers (id),
    kind        text NOT NULL CHECK (kind IN ('inspection', 'enforcement')),
    level       text NOT NULL,
    types       text NOT NULL, -- JSON list of operator types; none: all
    valid_from  text NOT NULL, -- days, both included
    valid_until text NOT NULL
);
CREATE INDEX cards_officer ON cards (officer);
