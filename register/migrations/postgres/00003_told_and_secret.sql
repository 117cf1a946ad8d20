-- +goose Up

-- May the operator know of the case? A list that an operator asks for shows no other.
ALTER TABLE cases ADD COLUMN told boolean NOT NULL DEFAULT false;

-- Cases of before: complaints and appeals at once, visits once on site, the rest by the first
-- document written to the operator. Their ledgers do not say so, so their beginnings do.
UPDATE cases SET told = true
WHERE kind IN ('complaint', 'appeal')
   OR kind = 'inspection' AND EXISTS (SELECT 1 FROM entries e WHERE e.case_id = cases.id AND e.to_state = 'on-site')
   OR EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = cases.id AND o.recipient = 'operator');
UPDATE cases SET
    origin = (origin::jsonb || '{"told": true}')::text,
    body = (body::jsonb || '{"told": true}')::text
WHERE told;

CREATE INDEX cases_told ON cases (operator, filed_at, serial) WHERE told;

-- Which secret the register belongs to: an HMAC made with it, written at the first opening.
CREATE TABLE secret (
    one         smallint PRIMARY KEY CHECK (one = 1),
    fingerprint text NOT NULL
);
