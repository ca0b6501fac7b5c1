-- +goose Up
-- An invitation lets the person of an account bind a key of theirs. selector is
-- the first half of its code and names it; of the code itself only a hash is
-- kept. after_audit is the newest audit row when it was made: the times since
-- then tell when a clock was set back.
CREATE TABLE invite (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    account     INTEGER NOT NULL REFERENCES account,
    selector    TEXT NOT NULL UNIQUE,
    salt        TEXT NOT NULL,
    hash        TEXT NOT NULL,
    created_at  TEXT NOT NULL,
    created_by  INTEGER,
    after_audit INTEGER NOT NULL,
    expires_at  TEXT NOT NULL,
    tries       INTEGER NOT NULL DEFAULT 0, -- wrong codes
    used_at     TEXT,
    void_at     TEXT
) STRICT;
CREATE INDEX invite_account ON invite (account);

-- The codes that were tried of late. A row is written before a code is looked
-- at and goes when it was right, so that many at once are counted as well.
CREATE TABLE enrol_try (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      TEXT NOT NULL,
    key_fp  TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE INDEX enrol_try_at ON enrol_try (at);
CREATE INDEX enrol_try_key ON enrol_try (key_fp, at);
CREATE INDEX enrol_try_address ON enrol_try (address, at);

-- Authorities whose certificates name the people of the school.
CREATE TABLE cert_authority (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT NOT NULL,
    type        TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    blob        TEXT NOT NULL,
    until_at    TEXT,
    added_at    TEXT NOT NULL,
    added_by    INTEGER,
    revoked_at  TEXT
) STRICT;
CREATE UNIQUE INDEX cert_authority_key ON cert_authority (fingerprint) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX cert_authority_name ON cert_authority (name) WHERE revoked_at IS NULL;
