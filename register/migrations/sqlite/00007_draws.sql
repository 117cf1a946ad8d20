-- +goose Up

-- Commitments to seeds of draws. The seed is made from the nonce and the secret of the register.
CREATE TABLE draw_seeds (
    id         text PRIMARY KEY,
    authority  text NOT NULL REFERENCES authorities (id),
    commitment text NOT NULL UNIQUE,
    nonce      text NOT NULL,
    officer    text NOT NULL,
    at         timestamp NOT NULL
);

-- Draws of whom to inspect and who inspects. Lines are added and never changed, here and below.
CREATE TABLE draws (
    serial     integer PRIMARY KEY AUTOINCREMENT,
    id         text NOT NULL UNIQUE,
    authority  text NOT NULL REFERENCES authorities (id),
    commitment text UNIQUE REFERENCES draw_seeds (commitment), -- a seed is drawn with once
    day        text NOT NULL,
    cap        integer NOT NULL, -- planned visits of one enterprise in the year
    officer    text NOT NULL,    -- who had it made
    role       text NOT NULL,
    request    text NOT NULL,    -- keyed hash of the request
    at         timestamp NOT NULL,
    record     text NOT NULL,    -- as it is published
    hash       text NOT NULL,    -- of the record, as it says itself
    sealed     text NOT NULL     -- keyed hash of the row
);
CREATE INDEX draws_authority ON draws (authority, serial);

CREATE TABLE draw_publications (
    draw_id text PRIMARY KEY REFERENCES draws (id),
    officer text NOT NULL,
    at      timestamp NOT NULL
);

-- What became of each target drawn.
CREATE TABLE draw_visits (
    draw_id text NOT NULL REFERENCES draws (id),
    target  text NOT NULL,
    year    integer NOT NULL, -- in which it counts
    had     integer NOT NULL, -- visits that were counted before
    state   text NOT NULL CHECK (state IN ('opened', 'capped')),
    case_id text UNIQUE REFERENCES cases (id),
    at      timestamp NOT NULL,
    PRIMARY KEY (draw_id, target),
    CHECK ((state = 'opened') = (case_id IS NOT NULL))
);

-- How operators met the teams that came: few of all entries, read by operator.
CREATE INDEX entries_visits ON entries (case_id, seq) WHERE move IN ('start', 'turned-away', 'missed-visit', 'obstruction');

-- Operators' own standards. A version is added and never changed.
CREATE TABLE operator_standards (
    operator text NOT NULL REFERENCES operators (id),
    standard text NOT NULL, -- of the province, beside which it stands
    version  integer NOT NULL CHECK (version >= 1),
    text     text NOT NULL,
    hash     text NOT NULL, -- SHA-256 of the text
    received timestamp NOT NULL,
    PRIMARY KEY (operator, standard, version)
);
