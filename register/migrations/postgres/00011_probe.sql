-- +goose Up

-- What /readyz writes to see whether the register can be written: each time a new row, in place of the last.
CREATE TABLE probes (
    id   text PRIMARY KEY,
    at   timestamptz NOT NULL,
    room bytea NOT NULL -- as much as a filing takes, so that a full disk is noticed
);
