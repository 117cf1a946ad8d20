-- +goose Up

-- What leaves the house because of an operator's duty leaves it like what a case sends.
ALTER TABLE outbox ALTER COLUMN case_id DROP NOT NULL;
ALTER TABLE outbox ADD COLUMN duty_id text REFERENCES duties (id);
ALTER TABLE outbox ADD CHECK ((case_id IS NULL) <> (duty_id IS NULL));
CREATE INDEX outbox_duty ON outbox (duty_id, seq) WHERE duty_id IS NOT NULL;

-- Days on which no program of the house kept the duties: it was down all day.
CREATE TABLE outages (
    from_day text PRIMARY KEY,
    to_day   text NOT NULL
);
