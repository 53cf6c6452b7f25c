-- +goose Up
CREATE INDEX team_member_state ON team_member (team_id, state, asked_at, person_id);
CREATE INDEX attendance_checked_in ON attendance (activity_id, checked_in_at, id);
CREATE INDEX attendance_device ON attendance (activity_id, device_digest);

-- +goose Down
-- No DROP INDEX is the same on every database: the indexes go with their tables.
