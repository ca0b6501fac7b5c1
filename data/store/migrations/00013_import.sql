-- +goose Up
-- What somebody said that a column of a roster means: the next file with such a
-- column is read the same way.
CREATE TABLE import_column (
    head  TEXT PRIMARY KEY,
    field TEXT NOT NULL, -- '': it is left out
    at    TEXT NOT NULL,
    by    INTEGER NOT NULL -- 0: the console
) STRICT;

-- The rows of a record as they were before an import changed it, as JSON; '' of
-- a record that it made.
ALTER TABLE import_row ADD COLUMN before TEXT NOT NULL DEFAULT '';
