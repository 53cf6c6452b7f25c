-- +goose Up
-- Party members are known as such by their community's roster only.
ALTER TABLE person ADD COLUMN party_member BOOLEAN NOT NULL DEFAULT FALSE;

-- +goose Down
ALTER TABLE person DROP COLUMN party_member;
