-- +goose Up
-- What is restricted about a child or a home is changed on screen: with a
-- revision, and who saved it last.
ALTER TABLE student_care ADD COLUMN rev INTEGER NOT NULL DEFAULT 1;
ALTER TABLE student_care ADD COLUMN updated_at TEXT;
ALTER TABLE student_care ADD COLUMN updated_by INTEGER;
ALTER TABLE household_care ADD COLUMN rev INTEGER NOT NULL DEFAULT 1;
ALTER TABLE household_care ADD COLUMN updated_at TEXT;
ALTER TABLE household_care ADD COLUMN updated_by INTEGER;
