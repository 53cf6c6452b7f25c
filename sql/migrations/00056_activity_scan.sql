-- +goose Up
-- Every scan that a leader's phone has sent, also the refused ones. scan_id is made on the phone.
CREATE TABLE activity_scan (
    activity_id VARCHAR(26) NOT NULL,
    scan_id VARCHAR(64) NOT NULL,
    kind VARCHAR(4) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    outcome VARCHAR(10) NOT NULL,
    code VARCHAR(40) NOT NULL,
    scanned_by VARCHAR(26) NOT NULL,
    -- The phone's time.
    scanned_at BIGINT NOT NULL,
    uploaded_at BIGINT NOT NULL,
    offline BOOLEAN NOT NULL,
    PRIMARY KEY (activity_id, scan_id)
);
CREATE INDEX activity_scan_person ON activity_scan (person_id);

-- +goose Down
DROP TABLE activity_scan;
