-- +goose Up
-- How many messages of a template a person has agreed to and not yet got. One of a long-term template is not used up.
CREATE TABLE notice_consent (
    person_id VARCHAR(26) NOT NULL,
    template_id VARCHAR(64) NOT NULL,
    remaining BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, template_id)
);

-- +goose Down
DROP TABLE notice_consent;
