-- +goose Up
-- A person's own tray: what they put there to be imported, and what they printed
-- or exported, for some days. A file lies in parts, each put by itself: no save
-- waits for all of a large one. It is there once it is whole.
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
    whole    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX tray_name ON tray (account, name) WHERE whole = 1;
CREATE INDEX tray_account ON tray (account);
CREATE INDEX tray_until ON tray (until_at);

CREATE TABLE tray_part (
    tray  INTEGER NOT NULL REFERENCES tray,
    n     INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (tray, n)
) STRICT;
