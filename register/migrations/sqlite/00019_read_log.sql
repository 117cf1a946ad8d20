-- +goose Up

-- Who looked for personal data, or opened it. Never what was looked for.
CREATE TABLE IF NOT EXISTS read_log (
    serial    integer PRIMARY KEY AUTOINCREMENT,
    at        timestamp NOT NULL, -- real
    officer   text NOT NULL,
    authority text NOT NULL,
    case_id   text,          -- the case that it was of; null: a search
    purpose   text NOT NULL,
    what      text NOT NULL
);
CREATE INDEX IF NOT EXISTS read_log_case ON read_log (case_id, serial) WHERE case_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS read_log_officer ON read_log (officer, serial);
