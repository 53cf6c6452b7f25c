-- +goose Up
-- A credited act that was drawn, for the street to ring the person. record_id is a row of points_entry or, for hours
-- without points, of points_service. Only the state moves.
CREATE TABLE spot_check (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    community_id VARCHAR(26) NOT NULL,
    month VARCHAR(7) NOT NULL,
    record_id VARCHAR(26) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    state VARCHAR(13) NOT NULL
);
CREATE UNIQUE INDEX spot_check_record ON spot_check (record_id);
CREATE INDEX spot_check_community ON spot_check (community_id, month, state, id);
CREATE INDEX spot_check_person ON spot_check (person_id, id);

-- +goose Down
DROP TABLE spot_check;
