-- +goose Up

-- By the number of its slip a payment is found that was put to another case before.
ALTER TABLE papers ADD COLUMN slip text NOT NULL DEFAULT '';
CREATE INDEX papers_slip ON papers (slip, serial) WHERE slip <> '';
