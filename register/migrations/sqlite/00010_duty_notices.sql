-- +goose Up

-- What leaves the house because of an operator's duty leaves it like what a case sends.
CREATE TABLE outbox_of_both (
    serial     integer PRIMARY KEY AUTOINCREMENT,
    id         text NOT NULL UNIQUE,
    case_id    text REFERENCES cases (id),
    duty_id    text REFERENCES duties (id),
    seq        integer NOT NULL,
    document   text NOT NULL,
    recipient  text NOT NULL,
    recipient_id text NOT NULL,
    cite       text NOT NULL,
    due_day    text NOT NULL,
    urgent     boolean NOT NULL,
    state      text NOT NULL CHECK (state IN ('pending', 'sent', 'failed')),
    attempts   integer NOT NULL,
    next_try   timestamp NOT NULL, -- real time: lease and back-off
    cause      text NOT NULL,
    created_at timestamp NOT NULL, -- legal time of the entry's transaction
    sent_at    timestamp,
    CHECK ((case_id IS NULL) <> (duty_id IS NULL))
);
INSERT INTO outbox_of_both (serial, id, case_id, seq, document, recipient, recipient_id, cite, due_day, urgent, state, attempts, next_try, cause, created_at, sent_at)
SELECT serial, id, case_id, seq, document, recipient, recipient_id, cite, due_day, urgent, state, attempts, next_try, cause, created_at, sent_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_of_both RENAME TO outbox;
CREATE INDEX outbox_case ON outbox (case_id, serial);
CREATE INDEX outbox_pending ON outbox (serial) WHERE state = 'pending';
CREATE INDEX outbox_duty ON outbox (duty_id, seq) WHERE duty_id IS NOT NULL;

-- Days on which no program of the house kept the duties: it was down all day.
CREATE TABLE outages (
    from_day text PRIMARY KEY,
    to_day   text NOT NULL
);
