-- +goose Up
-- A printed card. The token itself is kept nowhere. slot is '1' to '3' while the card lives and its own id
-- once it is revoked, so that nobody ever has more than three living cards.
CREATE TABLE card (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    person_id VARCHAR(26) NOT NULL,
    slot VARCHAR(26) NOT NULL,
    token_hash VARCHAR(64) NOT NULL,
    issued_by VARCHAR(26) NOT NULL,
    issued_at BIGINT NOT NULL,
    revoked_by VARCHAR(26) NOT NULL,
    revoked_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX card_token ON card (token_hash);
CREATE UNIQUE INDEX card_person_slot ON card (person_id, slot);

-- +goose Down
DROP TABLE card;
