-- +goose Up
-- A person's own tray: what they put there to be imported, and what they printed
-- or exported, for some days.
CREATE TABLE tray (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    account  INTEGER NOT NULL, -- 0: the console
    name     TEXT NOT NULL,
    type     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    hash     TEXT NOT NULL, -- SHA-256 of the bytes
    paper    TEXT NOT NULL DEFAULT '', -- what was printed; '': it was put
    meeting  INTEGER REFERENCES meeting,
    made_at  TEXT NOT NULL,
    until_at TEXT NOT NULL,
    bytes    BLOB NOT NULL,
    UNIQUE (account, name)
) STRICT;
CREATE INDEX tray_until ON tray (until_at);
