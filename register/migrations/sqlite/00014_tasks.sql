-- +goose Up

-- What lists of work need, written with the case; migration 16 fills it for the cases of before.
ALTER TABLE cases ADD COLUMN turn text NOT NULL DEFAULT ''; -- who must act next
ALTER TABLE cases ADD COLUMN list_due timestamp NOT NULL DEFAULT '9999-12-31 00:00:00+00:00'; -- the earliest of what is armed or overdue
ALTER TABLE cases ADD COLUMN task_who text NOT NULL DEFAULT ''; -- of the house; empty: nobody
ALTER TABLE cases ADD COLUMN task text NOT NULL DEFAULT ''; -- the deadline by which; empty: the state waits
ALTER TABLE cases ADD COLUMN task_due timestamp NOT NULL DEFAULT '9999-12-31 00:00:00+00:00'; -- its legal end, past or to come
ALTER TABLE cases ADD COLUMN term_open boolean NOT NULL DEFAULT false; -- the operator must do something
ALTER TABLE cases ADD COLUMN term text NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN term_due timestamp NOT NULL DEFAULT '9999-12-31 00:00:00+00:00';
ALTER TABLE cases ADD COLUMN moved integer NOT NULL DEFAULT 0; -- number of the last change of one of these days (moves)

DROP INDEX cases_officer;
CREATE INDEX cases_officer ON cases (officer, list_due, serial);
CREATE INDEX cases_listed ON cases (list_due, serial);
CREATE INDEX cases_authority_due ON cases (authority, list_due, serial);
CREATE INDEX cases_authority_open ON cases (authority, filed_at, serial) WHERE NOT closed;
CREATE INDEX cases_authority_kind ON cases (authority, kind, filed_at, serial);
CREATE INDEX cases_task ON cases (authority, task_due, serial) WHERE task_who <> '';
CREATE INDEX cases_task_nobody ON cases (authority, task_due, serial) WHERE task_who <> '' AND officer = '';
CREATE INDEX cases_task_officer ON cases (officer, task_due, serial) WHERE task_who = 'officer';
CREATE INDEX cases_task_role ON cases (authority, task_who, task_due, serial) WHERE task_who IN ('reviewer', 'head');
CREATE INDEX cases_term ON cases (operator, term_due, serial) WHERE term_open AND told;

-- A list sorted by a day that moves is read as it stood when its first page was: what its rows had
-- then, for as long as a cursor lives. A row had these days from the move born on until the move died.
CREATE TABLE moves (
    one integer PRIMARY KEY CHECK (one = 1),
    n   integer NOT NULL
);
INSERT INTO moves (one, n) VALUES (1, 1);
CREATE TABLE past_dues (
    serial   integer NOT NULL,
    born     integer NOT NULL,
    died     integer NOT NULL,
    list_due timestamp NOT NULL,
    task_due timestamp NOT NULL,
    term_due timestamp NOT NULL,
    at       timestamp NOT NULL, -- real
    PRIMARY KEY (serial, died)
);
CREATE INDEX past_dues_died ON past_dues (died);

-- By what persons are searched: keyed hashes of a phone number, an e-mail or a name.
CREATE TABLE person_digests (
    digest    text NOT NULL,
    person_id text NOT NULL REFERENCES persons (id),
    PRIMARY KEY (digest, person_id)
);
CREATE INDEX person_digests_person ON person_digests (person_id);

-- Who looked for personal data, or opened it. Never what was looked for.
CREATE TABLE read_log (
    serial    integer PRIMARY KEY AUTOINCREMENT,
    at        timestamp NOT NULL, -- real
    officer   text NOT NULL,
    authority text NOT NULL,
    case_id   text,          -- the case that it was of; null: a search
    purpose   text NOT NULL,
    what      text NOT NULL
);
CREATE INDEX read_log_case ON read_log (case_id, serial) WHERE case_id IS NOT NULL;
CREATE INDEX read_log_officer ON read_log (officer, serial);
