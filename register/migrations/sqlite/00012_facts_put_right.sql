-- +goose Up

-- A person of a case whose contact was entered wrongly: until which entry the row stood. None: it stands.
ALTER TABLE case_parties ADD COLUMN until_seq integer;

-- The subject as operators read it: the authority's words once a complaint is accepted, before that
-- a title of the house, never what the citizen typed.
ALTER TABLE cases ADD COLUMN outward text NOT NULL DEFAULT '';
UPDATE cases SET outward = CASE kind WHEN 'complaint' THEN '申诉' WHEN 'appeal' THEN '行政复议申请' ELSE subject END;
