-- +goose Up

-- The holiday tables of the house: those of its programs, and over them those that were loaded.
-- Of a year the latest holds; none is ever changed or deleted.
CREATE TABLE holiday_tables (
    edition   integer PRIMARY KEY, -- 1, 2, 3 … without a gap
    year      integer NOT NULL,
    built_in  boolean NOT NULL,
    hash      text NOT NULL, -- SHA-256 of body
    loaded_by text NOT NULL,
    loaded_at timestamp NOT NULL, -- real time
    body      text NOT NULL
);
CREATE UNIQUE INDEX holiday_tables_built_in ON holiday_tables (year, hash) WHERE built_in;
