-- +goose Up
-- A row of a file as it was read (content) and what would come of it (shown), both JSON. It goes with its preview, an
-- hour or two later.
CREATE TABLE roster_preview_row (
    preview_id VARCHAR(26) NOT NULL,
    file_row BIGINT NOT NULL,
    outcome VARCHAR(10) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    content TEXT NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (preview_id, file_row)
);
CREATE INDEX roster_preview_row_outcome ON roster_preview_row (preview_id, outcome, file_row);
CREATE INDEX roster_preview_row_person ON roster_preview_row (person_id);

-- +goose Down
DROP TABLE roster_preview_row;
