-- +goose Up
-- Which of a person's windows did it. Rows with a session have it under their hash.
ALTER TABLE audit ADD COLUMN session TEXT NOT NULL DEFAULT '';

-- A page of any filter is the top of an index. The one on student also answers
-- by whom and what without touching the rows: a class teacher's page merges
-- those of all children of the class.
DROP INDEX audit_student;
DROP INDEX audit_account;
CREATE INDEX audit_student ON audit (student, id, account, did) WHERE student IS NOT NULL;
CREATE INDEX audit_account ON audit (account, did, id);
CREATE INDEX audit_did ON audit (did, id);

-- The head of the log as it stood when a day was over: a log that is wholly
-- rewritten later shows, as long as somebody has seen or kept the hash.
CREATE TABLE audit_seal (
    day          TEXT PRIMARY KEY,
    last_id      INTEGER NOT NULL,
    hash         TEXT NOT NULL,
    sealed_at    TEXT NOT NULL,
    confirmed_by INTEGER,
    confirmed_at TEXT
) STRICT;

-- Whose contents retention has removed, when, and by which rule. The row stays,
-- with the hash of what it told.
CREATE TABLE audit_forgotten (
    audit INTEGER PRIMARY KEY REFERENCES audit,
    at    TEXT NOT NULL,
    by    INTEGER NOT NULL,
    rule  TEXT NOT NULL
) STRICT;

-- REPLACE removes rows without asking the triggers of deletion, so that what
-- would replace is refused before it is put in. What comes in goes on the end.
-- +goose StatementBegin
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN NEW.id > 0 AND NEW.id <= (SELECT max(id) FROM audit) BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_chained AFTER INSERT ON audit WHEN NEW.prev <> COALESCE((SELECT hash FROM audit WHERE id < NEW.id ORDER BY id DESC LIMIT 1), '') BEGIN
    SELECT RAISE(ABORT, 'the audit log is a chain');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_detail_no_replace BEFORE INSERT ON audit_detail WHEN EXISTS (SELECT 1 FROM audit_detail WHERE audit = NEW.audit) BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_detail_no_update BEFORE UPDATE ON audit_detail BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_detail_no_delete BEFORE DELETE ON audit_detail WHEN NOT EXISTS (SELECT 1 FROM audit_forgotten WHERE audit = OLD.audit) BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_seal_no_replace BEFORE INSERT ON audit_seal WHEN EXISTS (SELECT 1 FROM audit_seal WHERE day = NEW.day) BEGIN
    SELECT RAISE(IGNORE);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_seal_confirmed_once BEFORE UPDATE ON audit_seal
WHEN OLD.confirmed_by IS NOT NULL OR NEW.day <> OLD.day OR NEW.last_id <> OLD.last_id OR NEW.hash <> OLD.hash OR NEW.sealed_at <> OLD.sealed_at BEGIN
    SELECT RAISE(ABORT, 'a seal is confirmed once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON audit_seal BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_forgotten_no_update BEFORE UPDATE ON audit_forgotten BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_forgotten_no_delete BEFORE DELETE ON audit_forgotten BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_forgotten_no_replace BEFORE INSERT ON audit_forgotten WHEN EXISTS (SELECT 1 FROM audit_forgotten WHERE audit = NEW.audit) BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd
