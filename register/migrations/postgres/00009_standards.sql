-- +goose Up

-- The texts of standards that inspections are carried out by: kept by hash, never changed.
CREATE TABLE standards (
    hash      text PRIMARY KEY, -- SHA-256 of the text, in hexadecimal
    body      bytea NOT NULL,
    pinned_at timestamptz NOT NULL
);
