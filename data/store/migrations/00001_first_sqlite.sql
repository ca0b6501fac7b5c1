-- +goose Up
-- Days are TEXT 2026-09-01, instants TEXT 2026-11-25T07:09:12.345Z in UTC (one
-- width, so that they sort), booleans INTEGER 0 or 1, not given NULL for days
-- and references and '' for text. A record table has rev, who saved it when, and
-- a mark instead of a deletion.
CREATE TABLE setting (
    key        TEXT NOT NULL,
    valid_from TEXT NOT NULL, -- the past is judged by the settings of its time
    value      TEXT NOT NULL,
    PRIMARY KEY (key, valid_from)
) STRICT;

CREATE TABLE school_year (
    year      INTEGER PRIMARY KEY, -- 2026 is 2026-27
    starts    TEXT NOT NULL,
    ends      TEXT NOT NULL,
    closed_at TEXT
) STRICT;

CREATE TABLE term (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    year      INTEGER NOT NULL,
    n         INTEGER NOT NULL, -- 1 autumn, 2 spring
    first_day TEXT NOT NULL,
    last_day  TEXT NOT NULL,
    UNIQUE (year, n)
) STRICT;

CREATE TABLE calendar_day (
    day  TEXT PRIMARY KEY, -- only days that differ from the weekday rule
    kind TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT ''
) STRICT;

-- A class is a cohort and keeps its id for life: history, enrolments and rights
-- hang on the id. What it is called in one year stands in class_year.
CREATE TABLE class (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_year  INTEGER NOT NULL,
    entry_grade INTEGER NOT NULL DEFAULT 1,
    kind        TEXT NOT NULL DEFAULT 'normal',
    closed_on   TEXT,
    rev         INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE class_year (
    class  INTEGER NOT NULL REFERENCES class,
    year   INTEGER NOT NULL,
    grade  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    name   TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (class, year),
    UNIQUE (year, grade, number)
) STRICT;

CREATE TABLE person (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT NOT NULL,
    reading     TEXT NOT NULL DEFAULT '',
    sex         TEXT NOT NULL DEFAULT '',
    work_unit   TEXT NOT NULL DEFAULT '',
    work_place  TEXT NOT NULL DEFAULT '',
    away_since  TEXT,
    language    TEXT NOT NULL DEFAULT '',
    best_time   TEXT NOT NULL DEFAULT '',
    rev         INTEGER NOT NULL DEFAULT 1,
    created_at  TEXT NOT NULL,
    created_by  INTEGER,
    updated_at  TEXT NOT NULL,
    updated_by  INTEGER,
    deleted_at  TEXT
) STRICT;

CREATE TABLE phone (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    person    INTEGER NOT NULL REFERENCES person,
    e164      TEXT NOT NULL,
    position  INTEGER NOT NULL,
    label     TEXT NOT NULL DEFAULT '',
    bad_since TEXT,
    UNIQUE (person, e164)
) STRICT;
CREATE INDEX phone_number ON phone (e164);

CREATE TABLE household (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    address           TEXT NOT NULL DEFAULT '',
    postal_address    TEXT NOT NULL DEFAULT '',
    village           TEXT NOT NULL DEFAULT '',
    preferred_channel TEXT NOT NULL DEFAULT '',
    rev               INTEGER NOT NULL DEFAULT 1,
    created_at        TEXT NOT NULL,
    created_by        INTEGER,
    updated_at        TEXT NOT NULL,
    updated_by        INTEGER,
    deleted_at        TEXT
) STRICT;

CREATE TABLE household_care ( -- L3
    household INTEGER PRIMARY KEY REFERENCES household,
    structure TEXT NOT NULL DEFAULT '',
    hardship  TEXT NOT NULL DEFAULT '',
    change    TEXT NOT NULL DEFAULT '',
    change_on TEXT
) STRICT;

CREATE TABLE student (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    household   INTEGER NOT NULL REFERENCES household,
    class       INTEGER REFERENCES class, -- the open enrolment's, kept by one function
    number      TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    reading     TEXT NOT NULL DEFAULT '',
    former_name TEXT NOT NULL DEFAULT '',
    sex         TEXT NOT NULL DEFAULT '',
    birth       TEXT,
    status      TEXT NOT NULL,
    boarding    INTEGER NOT NULL DEFAULT 0,
    entered_on  TEXT,
    left_on     TEXT,
    rev         INTEGER NOT NULL DEFAULT 1,
    created_at  TEXT NOT NULL,
    created_by  INTEGER,
    updated_at  TEXT NOT NULL,
    updated_by  INTEGER,
    deleted_at  TEXT
) STRICT;
CREATE INDEX student_class ON student (class, number);
CREATE INDEX student_household ON student (household);

CREATE TABLE student_care ( -- L3
    student         INTEGER PRIMARY KEY REFERENCES student,
    health          TEXT NOT NULL DEFAULT '',
    emergency_steps TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE student_tag ( -- L3
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    student INTEGER NOT NULL REFERENCES student,
    tag     TEXT NOT NULL,
    since   TEXT,
    until   TEXT,
    note    TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX student_tag_student ON student_tag (student, until);

CREATE TABLE guardianship ( -- per child: siblings of second marriages differ
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    student        INTEGER NOT NULL REFERENCES student,
    person         INTEGER NOT NULL REFERENCES person,
    relation       TEXT NOT NULL,
    relation_text  TEXT NOT NULL DEFAULT '',
    call_order     INTEGER NOT NULL,
    legal          INTEGER NOT NULL DEFAULT 0,
    lives_with     INTEGER NOT NULL DEFAULT 0,
    may_collect    INTEGER NOT NULL DEFAULT 1,
    do_not_contact INTEGER NOT NULL DEFAULT 0,
    UNIQUE (student, person)
) STRICT;
CREATE INDEX guardianship_person ON guardianship (person);

CREATE TABLE guardianship_limit ( -- L3
    guardianship INTEGER PRIMARY KEY REFERENCES guardianship,
    reason       TEXT NOT NULL
) STRICT;

CREATE TABLE enrolment (
    student   INTEGER NOT NULL REFERENCES student,
    class     INTEGER NOT NULL REFERENCES class,
    from_day  TEXT NOT NULL,
    until_day TEXT,
    seat      TEXT NOT NULL DEFAULT '',
    how_in    TEXT NOT NULL DEFAULT '',
    how_out   TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (student, from_day)
) STRICT;
CREATE UNIQUE INDEX enrolment_open ON enrolment (student) WHERE until_day IS NULL;
CREATE INDEX enrolment_class ON enrolment (class, until_day);

CREATE TABLE account (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    person       INTEGER NOT NULL UNIQUE REFERENCES person,
    username     TEXT NOT NULL UNIQUE,
    lang         TEXT NOT NULL DEFAULT '',
    theme        TEXT NOT NULL DEFAULT '',
    active_until TEXT,
    disabled_at  TEXT,
    last_seen_at TEXT,
    rev          INTEGER NOT NULL DEFAULT 1,
    created_at   TEXT NOT NULL,
    created_by   INTEGER
) STRICT;

CREATE TABLE account_key (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    account        INTEGER NOT NULL REFERENCES account,
    fingerprint    TEXT NOT NULL UNIQUE, -- SHA256:…; a revoked key stays, and is bound to nobody else
    type           TEXT NOT NULL,
    blob           TEXT NOT NULL,
    name           TEXT NOT NULL DEFAULT '',
    added_at       TEXT NOT NULL,
    added_by       INTEGER,
    last_used_at   TEXT,
    last_used_from TEXT NOT NULL DEFAULT '',
    revoked_at     TEXT
) STRICT;
CREATE INDEX account_key_account ON account_key (account);

-- Rights are rows with two instants; nothing is ever current by a flag. There is
-- no teacher column on class: who teaches what is here, with the subject.
CREATE TABLE role_grant (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account    INTEGER NOT NULL REFERENCES account,
    role       TEXT NOT NULL,
    scope_kind TEXT NOT NULL,
    scope_id   INTEGER NOT NULL DEFAULT 0,
    subject    TEXT NOT NULL DEFAULT '',
    from_at    TEXT NOT NULL,
    until_at   TEXT,
    given_by   INTEGER,
    source     INTEGER REFERENCES role_grant,
    kind       TEXT NOT NULL DEFAULT 'own',
    reason     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX role_grant_account ON role_grant (account, until_at);
CREATE INDEX role_grant_scope ON role_grant (scope_kind, scope_id, role);

CREATE TABLE contact (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    at            TEXT NOT NULL,
    written_at    TEXT NOT NULL, -- tells back-dating
    duration_min  INTEGER NOT NULL DEFAULT 0,
    channel       TEXT NOT NULL,
    direction     TEXT NOT NULL,
    outcome       TEXT NOT NULL,
    call_back_at  TEXT,
    level         INTEGER NOT NULL,
    household     INTEGER REFERENCES household, -- null: an unknown caller, linked later
    staff         INTEGER NOT NULL REFERENCES account,
    summary       TEXT NOT NULL DEFAULT '',
    quoted        TEXT NOT NULL DEFAULT '',
    quoted_on     TEXT,
    topics        TEXT NOT NULL DEFAULT '', -- code names with blanks between, as contact_topic has them
    rev           INTEGER NOT NULL,
    created_at    TEXT NOT NULL,
    created_by    INTEGER NOT NULL,
    updated_at    TEXT NOT NULL,
    updated_by    INTEGER NOT NULL,
    deleted_at    TEXT,
    delete_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX contact_written ON contact (written_at, id);

-- at, reached and class are copied (class is the class of that day), so that each
-- timeline is one range read: 2,000 contacts open like 5. "Last reached" is the
-- top of an index and is never stored.
CREATE TABLE contact_student (
    contact   INTEGER NOT NULL REFERENCES contact,
    student   INTEGER NOT NULL REFERENCES student,
    household INTEGER NOT NULL REFERENCES household,
    class     INTEGER NOT NULL DEFAULT 0,
    at        TEXT NOT NULL,
    reached   INTEGER NOT NULL, -- 1: it counts as a contact that reached someone
    visit     INTEGER NOT NULL, -- 1: and was a visit at home
    position  INTEGER NOT NULL DEFAULT 0, -- 0: whose card it was written from
    gone      INTEGER NOT NULL DEFAULT 0, -- 1: the contact was taken away
    level     INTEGER NOT NULL,
    PRIMARY KEY (contact, student)
) STRICT;
CREATE INDEX contact_student_student ON contact_student (student, at, contact);
CREATE INDEX contact_student_household ON contact_student (household, at, contact) WHERE position = 0 AND gone = 0;
CREATE INDEX contact_student_class ON contact_student (class, at, contact) WHERE gone = 0;
CREATE INDEX contact_student_all ON contact_student (at, contact) WHERE position = 0 AND gone = 0;
CREATE INDEX contact_student_last ON contact_student (household, at) WHERE reached = 1;
CREATE INDEX contact_student_reached ON contact_student (student, at) WHERE reached = 1;
CREATE INDEX contact_student_visit ON contact_student (student, at) WHERE visit = 1;

CREATE TABLE contact_guardian (
    contact  INTEGER NOT NULL REFERENCES contact,
    person   INTEGER NOT NULL REFERENCES person,
    part     TEXT NOT NULL DEFAULT 'reached',
    relation TEXT NOT NULL DEFAULT '', -- to the first student, that day
    position INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (contact, person)
) STRICT;
CREATE INDEX contact_guardian_person ON contact_guardian (person);

CREATE TABLE contact_staff (
    contact INTEGER NOT NULL REFERENCES contact,
    account INTEGER NOT NULL REFERENCES account,
    part    TEXT NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (contact, account)
) STRICT;
CREATE INDEX contact_staff_account ON contact_staff (account, at, contact);

CREATE TABLE contact_topic (
    contact INTEGER NOT NULL REFERENCES contact,
    topic   TEXT NOT NULL,
    PRIMARY KEY (contact, topic)
) STRICT;

CREATE TABLE contact_private ( -- L3, or the contact's level if that is higher
    contact INTEGER PRIMARY KEY REFERENCES contact,
    note    TEXT NOT NULL
) STRICT;

CREATE TABLE promise (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    contact       INTEGER REFERENCES contact,
    household     INTEGER NOT NULL REFERENCES household,
    student       INTEGER REFERENCES student,
    kind          TEXT NOT NULL,
    text          TEXT NOT NULL,
    owner_account INTEGER REFERENCES account,
    owner_person  INTEGER REFERENCES person,
    due_on        TEXT,
    state         TEXT NOT NULL,
    closed_at     TEXT,
    closed_by     INTEGER,
    result        TEXT NOT NULL DEFAULT '',
    level         INTEGER NOT NULL,
    rev           INTEGER NOT NULL,
    created_at    TEXT NOT NULL,
    created_by    INTEGER NOT NULL,
    updated_at    TEXT NOT NULL,
    updated_by    INTEGER NOT NULL,
    deleted_at    TEXT
) STRICT;
CREATE INDEX promise_owner ON promise (owner_account, state, due_on);
CREATE INDEX promise_household ON promise (household, state, due_on);
CREATE INDEX promise_contact ON promise (contact);
CREATE INDEX promise_closed ON promise (closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE draft (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    account      INTEGER NOT NULL REFERENCES account,
    kind         TEXT NOT NULL,
    object       TEXT NOT NULL, -- student/17
    student      INTEGER,
    form         TEXT NOT NULL,
    preview      TEXT NOT NULL DEFAULT '',
    field        INTEGER NOT NULL DEFAULT 0,
    cursor       INTEGER NOT NULL DEFAULT 0,
    clock_ms     INTEGER NOT NULL DEFAULT 0,
    base_rev     INTEGER NOT NULL DEFAULT 0,
    session      TEXT NOT NULL DEFAULT '',
    saved_at     TEXT NOT NULL,
    discarded_at TEXT
) STRICT;
CREATE UNIQUE INDEX draft_open ON draft (account, kind, object) WHERE discarded_at IS NULL;

CREATE TABLE revision (
    record    TEXT NOT NULL,
    record_id INTEGER NOT NULL,
    rev       INTEGER NOT NULL, -- the one that before was
    at        TEXT NOT NULL,
    by        INTEGER NOT NULL,
    before    TEXT NOT NULL,
    PRIMARY KEY (record, record_id, rev)
) STRICT;

-- Every write, sign-in and view that the rules want known. hash is SHA-256 over
-- prev and the row, so that a changed row shows; what was there before and after
-- stands apart, where retention can remove it without breaking the chain.
CREATE TABLE audit (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    at          TEXT NOT NULL,
    account     INTEGER NOT NULL, -- 0: the console
    key_fp      TEXT NOT NULL DEFAULT '',
    source      TEXT NOT NULL DEFAULT '', -- an address, or the console's system user
    door        TEXT NOT NULL, -- screen, words, console
    did         TEXT NOT NULL,
    record      TEXT NOT NULL,
    record_id   INTEGER NOT NULL,
    student     INTEGER,
    household   INTEGER,
    level       INTEGER NOT NULL DEFAULT 0,
    detail_hash TEXT NOT NULL DEFAULT '',
    prev        TEXT NOT NULL,
    hash        TEXT NOT NULL
) STRICT;
CREATE INDEX audit_student ON audit (student, id);
CREATE INDEX audit_account ON audit (account, id);

CREATE TABLE audit_detail (
    audit INTEGER PRIMARY KEY REFERENCES audit,
    was   TEXT NOT NULL,
    now   TEXT NOT NULL
) STRICT;

CREATE TABLE import_batch (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         TEXT NOT NULL,
    by         INTEGER NOT NULL,
    file_hash  TEXT NOT NULL,
    kind       TEXT NOT NULL,
    counts     TEXT NOT NULL,
    state      TEXT NOT NULL
) STRICT;

CREATE TABLE import_row (
    batch      INTEGER NOT NULL REFERENCES import_batch,
    record     TEXT NOT NULL,
    record_id  INTEGER NOT NULL,
    rev_before INTEGER NOT NULL,
    rev_after  INTEGER NOT NULL,
    PRIMARY KEY (batch, record, record_id)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd
