-- +goose Up
-- Parents' meetings, and room for conferences: calendar, live room and minutes
-- are the same for both. A class is named by its id, so that its meetings stay
-- its own when it is called otherwise.
CREATE TABLE meeting (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    kind          TEXT NOT NULL,
    scope_kind    TEXT NOT NULL, -- class; later grade, school, body
    scope_id      INTEGER NOT NULL,
    year          INTEGER NOT NULL,
    no            INTEGER NOT NULL, -- in its school year: people call it 2026-家-07
    title         TEXT NOT NULL,
    starts_at     TEXT NOT NULL,
    ends_at       TEXT NOT NULL,
    place         TEXT NOT NULL DEFAULT '',
    chair         INTEGER NOT NULL REFERENCES account,
    secretary     INTEGER NOT NULL REFERENCES account,
    plan          TEXT NOT NULL DEFAULT '',
    state         TEXT NOT NULL,
    opened_at     TEXT,
    held_at       TEXT,
    item          INTEGER,
    item_since    TEXT,
    notice_zh     TEXT NOT NULL DEFAULT '',
    notice_en     TEXT NOT NULL DEFAULT '',
    told_on       TEXT,
    short_why     TEXT NOT NULL DEFAULT '',
    cancel_why    TEXT NOT NULL DEFAULT '',
    feedback      TEXT NOT NULL DEFAULT 'none',
    rev           INTEGER NOT NULL,
    created_at    TEXT NOT NULL,
    created_by    INTEGER NOT NULL,
    updated_at    TEXT NOT NULL,
    updated_by    INTEGER NOT NULL,
    deleted_at    TEXT,
    delete_reason TEXT NOT NULL DEFAULT '',
    UNIQUE (year, no)
) STRICT;
CREATE INDEX meeting_when ON meeting (starts_at, id) WHERE deleted_at IS NULL;
CREATE INDEX meeting_state ON meeting (state, starts_at, id) WHERE deleted_at IS NULL;
CREATE INDEX meeting_scope ON meeting (scope_kind, scope_id, starts_at, id) WHERE deleted_at IS NULL;
CREATE INDEX meeting_chair ON meeting (chair, starts_at, id) WHERE deleted_at IS NULL;
CREATE INDEX meeting_secretary ON meeting (secretary, starts_at, id) WHERE deleted_at IS NULL;

CREATE TABLE meeting_topic (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting    INTEGER NOT NULL REFERENCES meeting,
    title      TEXT NOT NULL,
    proposer   INTEGER NOT NULL REFERENCES account,
    at         TEXT NOT NULL,
    state      TEXT NOT NULL,
    reason     TEXT NOT NULL DEFAULT '',
    rev        INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by INTEGER NOT NULL
) STRICT;
CREATE INDEX meeting_topic_meeting ON meeting_topic (meeting);

CREATE TABLE agenda_item (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting    INTEGER NOT NULL REFERENCES meeting,
    position   INTEGER NOT NULL, -- in steps of 1024: moving one row writes one row
    topic      INTEGER REFERENCES meeting_topic,
    title      TEXT NOT NULL,
    minutes    INTEGER NOT NULL,
    speaker    TEXT NOT NULL DEFAULT '',
    started_at TEXT,
    ended_at   TEXT,
    spent_ms   INTEGER NOT NULL DEFAULT 0,
    rev        INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by INTEGER NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX agenda_item_meeting ON agenda_item (meeting, position);

-- Invitation and attendance are one row; the unit is the household. Of parents
-- who live apart each has a row, told apart by person.
CREATE TABLE invitee (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting     INTEGER NOT NULL REFERENCES meeting,
    household   INTEGER NOT NULL REFERENCES household,
    person      INTEGER NOT NULL DEFAULT 0,
    reply       TEXT NOT NULL DEFAULT '',
    reply_why   TEXT NOT NULL DEFAULT '',
    attendance  TEXT NOT NULL DEFAULT 'unknown',
    late_min    INTEGER NOT NULL DEFAULT 0,
    left_at     TEXT,
    came_person INTEGER,
    came_text   TEXT NOT NULL DEFAULT '',
    contact     INTEGER REFERENCES contact, -- what the card shows of the attendance
    marked_by   INTEGER,
    marked_at   TEXT,
    gone_at     TEXT, -- no longer invited: left the class or split
    UNIQUE (meeting, household, person)
) STRICT;
CREATE INDEX invitee_household ON invitee (household);

CREATE TABLE invitee_student (
    invitee INTEGER NOT NULL REFERENCES invitee,
    student INTEGER NOT NULL REFERENCES student,
    PRIMARY KEY (invitee, student)
) STRICT;
CREATE INDEX invitee_student_student ON invitee_student (student);

CREATE TABLE meeting_note (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting   INTEGER NOT NULL REFERENCES meeting,
    item      INTEGER REFERENCES agenda_item,
    at        TEXT NOT NULL,
    by        INTEGER NOT NULL REFERENCES account,
    for_name  TEXT NOT NULL DEFAULT '',
    household INTEGER REFERENCES household,
    kind      TEXT NOT NULL,
    text      TEXT NOT NULL,
    level     INTEGER NOT NULL,
    struck_at TEXT,
    struck_by INTEGER,
    answerer  INTEGER REFERENCES account,
    due_on    TEXT,
    promise   INTEGER REFERENCES promise
) STRICT;
CREATE INDEX meeting_note_meeting ON meeting_note (meeting, id);

CREATE TABLE resolution (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting    INTEGER NOT NULL REFERENCES meeting,
    item       INTEGER REFERENCES agenda_item,
    n          INTEGER NOT NULL, -- its place in the meeting: with the meeting's number it is called 2026-家-07-2
    text       TEXT NOT NULL,
    owner      INTEGER NOT NULL REFERENCES account,
    due_on     TEXT NOT NULL,
    state      TEXT NOT NULL,
    result     TEXT NOT NULL DEFAULT '',
    closed_at  TEXT,
    rev        INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by INTEGER NOT NULL,
    UNIQUE (meeting, n)
) STRICT;
CREATE INDEX resolution_owner ON resolution (owner, state, due_on);
CREATE INDEX resolution_due ON resolution (state, due_on);
CREATE INDEX resolution_closed ON resolution (closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE minutes (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting        INTEGER NOT NULL UNIQUE REFERENCES meeting,
    state          TEXT NOT NULL,
    year           INTEGER, -- of its number, from the issue on: 2026-家-纪01
    no             INTEGER, -- without a gap in its year
    issued_version INTEGER,
    hash           TEXT NOT NULL DEFAULT '',
    issued_at      TEXT,
    issued_by      INTEGER,
    given_out_at   TEXT,
    UNIQUE (year, no)
) STRICT;

CREATE TABLE minutes_version (
    minutes INTEGER NOT NULL REFERENCES minutes,
    n       INTEGER NOT NULL,
    at      TEXT NOT NULL,
    by      INTEGER NOT NULL REFERENCES account,
    body    TEXT NOT NULL, -- JSON: the lines
    changes TEXT NOT NULL, -- JSON: what was changed by hand since the version before
    hash    TEXT NOT NULL,
    PRIMARY KEY (minutes, n)
) STRICT;

CREATE TABLE minutes_sign ( -- of a version: an edit makes another, which is not signed
    minutes INTEGER NOT NULL REFERENCES minutes,
    n       INTEGER NOT NULL,
    signer  INTEGER NOT NULL REFERENCES account,
    at      TEXT NOT NULL,
    PRIMARY KEY (minutes, n, signer)
) STRICT;

CREATE TABLE minutes_correction (
    minutes INTEGER NOT NULL REFERENCES minutes,
    no      INTEGER NOT NULL,
    text    TEXT NOT NULL,
    level   INTEGER NOT NULL,
    at      TEXT NOT NULL,
    by      INTEGER NOT NULL REFERENCES account,
    hash    TEXT NOT NULL,
    PRIMARY KEY (minutes, no)
) STRICT;

ALTER TABLE contact ADD COLUMN meeting INTEGER REFERENCES meeting;

-- +goose StatementBegin
CREATE TRIGGER minutes_version_no_update BEFORE UPDATE ON minutes_version BEGIN
    SELECT RAISE(ABORT, 'a version of minutes is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER minutes_version_no_delete BEFORE DELETE ON minutes_version BEGIN
    SELECT RAISE(ABORT, 'a version of minutes is never taken away');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER minutes_version_no_replace BEFORE INSERT ON minutes_version WHEN EXISTS
    (SELECT 1 FROM minutes_version WHERE minutes = NEW.minutes AND n >= NEW.n) BEGIN
    SELECT RAISE(ABORT, 'versions of minutes follow one another');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER minutes_version_sealed BEFORE INSERT ON minutes_version WHEN EXISTS
    (SELECT 1 FROM minutes WHERE id = NEW.minutes AND no IS NOT NULL) BEGIN
    SELECT RAISE(ABORT, 'issued minutes are never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER minutes_sealed BEFORE UPDATE ON minutes WHEN OLD.no IS NOT NULL AND
    (NEW.no IS NOT OLD.no OR NEW.year IS NOT OLD.year OR NEW.hash <> OLD.hash OR NEW.issued_version IS NOT OLD.issued_version
     OR NEW.issued_at IS NOT OLD.issued_at OR NEW.meeting <> OLD.meeting OR NEW.state NOT IN ('issued', 'distributed')) BEGIN
    SELECT RAISE(ABORT, 'issued minutes are never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER minutes_no_delete BEFORE DELETE ON minutes WHEN OLD.no IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'issued minutes are never taken away');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER minutes_no_replace BEFORE INSERT ON minutes WHEN EXISTS
    (SELECT 1 FROM minutes WHERE no IS NOT NULL AND (id = NEW.id OR meeting = NEW.meeting OR year = NEW.year AND no = NEW.no)) BEGIN
    SELECT RAISE(ABORT, 'issued minutes are never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER minutes_correction_follows BEFORE INSERT ON minutes_correction WHEN NEW.no <>
    (SELECT count(*) + 1 FROM minutes_correction WHERE minutes = NEW.minutes) BEGIN
    SELECT RAISE(ABORT, 'corrections follow one another');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER minutes_correction_no_update BEFORE UPDATE ON minutes_correction BEGIN
    SELECT RAISE(ABORT, 'a correction is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER minutes_correction_no_delete BEFORE DELETE ON minutes_correction BEGIN
    SELECT RAISE(ABORT, 'a correction is never taken away');
END;
-- +goose StatementEnd
