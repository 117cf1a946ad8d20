-- +goose Up

-- The clock of the law: one row that maps the database's clock to legal time.
CREATE TABLE clock (
    one          integer PRIMARY KEY CHECK (one = 1),
    mode         text NOT NULL CHECK (mode IN ('real', 'rate', 'stepped')),
    anchor_db    timestamp NOT NULL,
    anchor_legal timestamp NOT NULL,
    rate         integer NOT NULL CHECK (rate >= 1) -- real seconds per legal day
);
INSERT INTO clock VALUES (1, 'real', '2000-01-01 00:00:00+00:00', '2000-01-01 00:00:00+00:00', 86400);

CREATE TABLE authorities (
    id      text PRIMARY KEY,
    parent  text REFERENCES authorities (id),
    level   text NOT NULL CHECK (level IN ('ministry', 'province', 'city')),
    domain  text NOT NULL,
    code    text NOT NULL UNIQUE, -- first part of every case number
    name_zh text NOT NULL,
    name_en text NOT NULL,
    email   text NOT NULL,
    address text NOT NULL
);

CREATE TABLE operators (
    id       text PRIMARY KEY,
    name     text NOT NULL,
    types    text NOT NULL, -- JSON list of codes
    province text NOT NULL,
    licence  text NOT NULL,
    email    text NOT NULL,
    phone    text NOT NULL,
    address  text NOT NULL,
    lang     text NOT NULL
);
CREATE INDEX operators_name ON operators (name);

CREATE TABLE officers (
    id        text PRIMARY KEY,
    authority text NOT NULL REFERENCES authorities (id),
    role      text NOT NULL CHECK (role IN ('officer', 'reviewer', 'head')),
    name      text NOT NULL,
    card      text NOT NULL,
    email     text NOT NULL,
    lang      text NOT NULL
);
CREATE INDEX officers_authority ON officers (authority);

CREATE TABLE keys (
    id         text PRIMARY KEY,
    hash       text NOT NULL UNIQUE, -- SHA-256 of the secret, which is kept nowhere
    kind       text NOT NULL CHECK (kind IN ('officer', 'operator', 'admin', 'import')),
    owner      text NOT NULL,
    authority  text NOT NULL,
    role       text NOT NULL,
    created_at timestamp NOT NULL,
    revoked_at timestamp
);

CREATE TABLE regimes (
    hash      text PRIMARY KEY,
    body      blob NOT NULL,
    pinned_at timestamp NOT NULL
);

-- The last number given, per authority, kind and year.
CREATE TABLE numbers (
    authority text NOT NULL REFERENCES authorities (id),
    kind      text NOT NULL,
    year      integer NOT NULL,
    n         integer NOT NULL,
    PRIMARY KEY (authority, kind, year)
);

CREATE TABLE cases (
    serial     integer PRIMARY KEY AUTOINCREMENT,
    id         text NOT NULL UNIQUE,
    number     text NOT NULL UNIQUE,
    kind       text NOT NULL,
    year       integer NOT NULL,
    n          integer NOT NULL,
    state      text NOT NULL,
    seq        integer NOT NULL,
    authority  text NOT NULL REFERENCES authorities (id),
    operator   text NOT NULL,
    officer    text NOT NULL,
    subject    text NOT NULL,
    sought     text NOT NULL, -- what search finds: subject, operator's name, requirement; no personal data
    regime     text NOT NULL REFERENCES regimes (hash),
    filing     text NOT NULL, -- the paper that opened it
    ext_source text,
    ext_id     text,
    filed_at   timestamp NOT NULL,
    next_due   timestamp NOT NULL, -- 9999-12-31: none
    closed     boolean NOT NULL,
    closed_at  timestamp,
    overdue    boolean NOT NULL,
    looks      integer NOT NULL,     -- by the sweep, since the case last moved
    next_look  timestamp NOT NULL, -- real time, as lease and back-off are
    stuck      boolean NOT NULL,
    fault_ref  text NOT NULL,
    faults     integer NOT NULL,
    fault      text NOT NULL,
    origin     text NOT NULL, -- the case before its first entry
    body       text NOT NULL, -- the case after its last entry
    head       text NOT NULL, -- hash of its last entry
    UNIQUE (authority, kind, year, n),
    UNIQUE (authority, ext_source, ext_id)
);
CREATE INDEX cases_filed ON cases (filed_at, serial);
CREATE INDEX cases_due ON cases (next_due, serial);
CREATE INDEX cases_authority ON cases (authority, filed_at, serial);
CREATE INDEX cases_operator ON cases (operator, filed_at, serial);
CREATE INDEX cases_state ON cases (kind, state, filed_at, serial);
CREATE INDEX cases_officer ON cases (officer, next_due, serial);
CREATE INDEX cases_external ON cases (ext_id) WHERE ext_id IS NOT NULL;
CREATE INDEX cases_overdue ON cases (filed_at, serial) WHERE overdue;
CREATE INDEX cases_stuck ON cases (serial) WHERE stuck;

-- Personal data stands here and nowhere else. Format 0 is plain JSON; later formats are sealed.
CREATE TABLE persons (
    id         text PRIMARY KEY,
    format     integer NOT NULL,
    sealed     blob NOT NULL,
    digest     text NOT NULL, -- keyed hash of phone and e-mail
    created_at timestamp NOT NULL
);
CREATE INDEX persons_digest ON persons (digest);

CREATE TABLE case_parties (
    case_id   text NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    role      text NOT NULL CHECK (role IN ('complainant', 'applicant', 'representative')),
    person_id text NOT NULL REFERENCES persons (id),
    PRIMARY KEY (case_id, role, person_id)
);
CREATE INDEX case_parties_person ON case_parties (person_id);

-- The inbox.
CREATE TABLE papers (
    serial     integer PRIMARY KEY AUTOINCREMENT,
    id         text NOT NULL UNIQUE,
    case_id    text NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    class      text NOT NULL CHECK (class IN ('paper', 'house')),
    name       text NOT NULL,
    sender     text NOT NULL,
    officer    text NOT NULL,
    role       text NOT NULL,
    authority  text NOT NULL,
    received   timestamp NOT NULL,
    effective  text NOT NULL,
    body       text NOT NULL,
    hash       text NOT NULL,
    from_case  text NOT NULL,
    from_seq   integer NOT NULL,
    stored_at  timestamp NOT NULL, -- real time
    entry      integer,
    entered_at timestamp
);
CREATE INDEX papers_case ON papers (case_id, serial);
CREATE INDEX papers_waiting ON papers (case_id, received, serial) WHERE entry IS NULL;
CREATE INDEX papers_stored ON papers (stored_at) WHERE entry IS NULL;

CREATE TABLE acts (
    id         text PRIMARY KEY,
    case_id    text NOT NULL REFERENCES cases (id),
    name       text NOT NULL,
    officer    text NOT NULL,
    role       text NOT NULL,
    authority  text NOT NULL,
    body       text NOT NULL,
    hash       text NOT NULL,
    if_match   integer,
    created_at timestamp NOT NULL,
    entry      integer,
    refusal    text,
    decided_at timestamp,
    CHECK (entry IS NULL OR refusal IS NULL)
);
CREATE INDEX acts_case ON acts (case_id);

-- The ledger. Its lines are never changed.
CREATE TABLE entries (
    case_id      text NOT NULL REFERENCES cases (id),
    seq          integer NOT NULL,
    class        text NOT NULL,
    move         text NOT NULL,
    ref          text NOT NULL,
    at           timestamp NOT NULL,
    entered_at   timestamp NOT NULL,
    from_state   text NOT NULL,
    to_state     text NOT NULL,
    paper_id     text UNIQUE REFERENCES papers (id),
    act_id       text UNIQUE REFERENCES acts (id),
    deadline_key text,
    body         text NOT NULL,
    prev         text NOT NULL,
    hash         text NOT NULL,
    PRIMARY KEY (case_id, seq),
    UNIQUE (case_id, deadline_key)
);

-- The armed deadlines; what became of the others stands in the ledger.
CREATE TABLE deadlines (
    case_id  text NOT NULL REFERENCES cases (id),
    key      text NOT NULL,
    name     text NOT NULL,
    class    text NOT NULL,
    due      timestamp NOT NULL,
    calendar text NOT NULL,
    body     text NOT NULL,
    PRIMARY KEY (case_id, key)
);
CREATE INDEX deadlines_due ON deadlines (due);
CREATE INDEX deadlines_calendar ON deadlines (calendar);

CREATE TABLE outbox (
    serial     integer PRIMARY KEY AUTOINCREMENT,
    id         text NOT NULL UNIQUE,
    case_id    text NOT NULL REFERENCES cases (id),
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
    sent_at    timestamp
);
CREATE INDEX outbox_case ON outbox (case_id, serial);
CREATE INDEX outbox_pending ON outbox (serial) WHERE state = 'pending';

-- One violation act belongs to one case: its days, by operator and requirement.
CREATE TABLE violation_days (
    operator    text NOT NULL,
    requirement text NOT NULL,
    day         text NOT NULL,
    case_id     text NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (operator, requirement, day)
) WITHOUT ROWID;
CREATE INDEX violation_days_case ON violation_days (case_id);

-- Two-character pieces of cases.sought.
CREATE TABLE grams (
    gram   text NOT NULL,
    serial integer NOT NULL,
    PRIMARY KEY (gram, serial)
) WITHOUT ROWID;
