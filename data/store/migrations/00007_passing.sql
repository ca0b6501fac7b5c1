-- +goose Up
-- Rights of the moment are few among all roles: who is told of one asks often.
CREATE INDEX role_grant_passing ON role_grant (from_at) WHERE kind <> 'own';
