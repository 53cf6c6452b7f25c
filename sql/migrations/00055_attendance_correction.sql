-- +goose Up
-- Minutes that a leader has set otherwise than the check-in and check-out say. Rows are only ever added.
CREATE TABLE attendance_correction (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    activity_id VARCHAR(26) NOT NULL,
    attendance_id VARCHAR(26) NOT NULL,
    old_minutes BIGINT NOT NULL,
    new_minutes BIGINT NOT NULL,
    reason VARCHAR(200) NOT NULL,
    corrected_by VARCHAR(26) NOT NULL,
    corrected_at BIGINT NOT NULL
);
CREATE INDEX attendance_correction_activity ON attendance_correction (activity_id, id);
CREATE INDEX attendance_correction_attendance ON attendance_correction (attendance_id, id);

-- +goose Down
DROP TABLE attendance_correction;
