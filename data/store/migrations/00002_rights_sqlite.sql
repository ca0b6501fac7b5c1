-- +goose Up
-- A role of administrator that one administrator gives waits for another, where
-- there are two. What was taken away before its time is told apart from what has
-- ended: a former class teacher reads on after the turn of the year, one from
-- whom the class was taken does not.
ALTER TABLE role_grant ADD COLUMN pending INTEGER NOT NULL DEFAULT 0;
ALTER TABLE role_grant ADD COLUMN confirmed_by INTEGER;
ALTER TABLE role_grant ADD COLUMN confirmed_at TEXT;
ALTER TABLE role_grant ADD COLUMN revoked_at TEXT;
ALTER TABLE role_grant ADD COLUMN revoked_by INTEGER;
ALTER TABLE role_grant ADD COLUMN handed_over_at TEXT;
CREATE INDEX role_grant_until ON role_grant (until_at) WHERE until_at IS NOT NULL;

-- Whom a secret record names: they read it as its writer does.
CREATE TABLE named (
    record    TEXT NOT NULL,
    record_id INTEGER NOT NULL,
    account   INTEGER NOT NULL REFERENCES account,
    named_by  INTEGER NOT NULL,
    named_at  TEXT NOT NULL,
    PRIMARY KEY (record, record_id, account)
) STRICT;
CREATE INDEX named_account ON named (account, record, record_id);
