-- +goose Up
-- What somebody was told. It is told once: occasion tells two of the same kind about the same thing apart, such as
-- the second time that work was returned.
CREATE TABLE notice (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    person_id VARCHAR(26) NOT NULL,
    kind VARCHAR(30) NOT NULL,
    subject_kind VARCHAR(20) NOT NULL,
    subject_id VARCHAR(26) NOT NULL,
    occasion BIGINT NOT NULL,
    region_id VARCHAR(26) NOT NULL,
    -- What the thing is called, and where it is.
    what VARCHAR(60) NOT NULL,
    text VARCHAR(300) NOT NULL,
    place VARCHAR(100) NOT NULL,
    -- When it happens, or happened.
    at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    read_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX notice_once ON notice (subject_id, kind, occasion, person_id);
CREATE INDEX notice_inbox ON notice (person_id, read_at, id);
CREATE INDEX notice_read ON notice (read_at, id);

-- +goose Down
DROP TABLE notice;
