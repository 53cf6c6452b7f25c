-- +goose Up
CREATE TABLE attendance (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    activity_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    method VARCHAR(14) NOT NULL,
    -- Who held the phone when the person acted by a card; who scanned the person or gave the word.
    helper_id VARCHAR(26) NOT NULL,
    entered_by VARCHAR(26) NOT NULL,
    -- The leader's reason for giving the word.
    reason VARCHAR(200) NOT NULL,
    checked_in_at BIGINT NOT NULL,
    checked_out_at BIGINT NOT NULL,
    -- Whoever else's hand the check-out went through.
    checked_out_by VARCHAR(26) NOT NULL,
    recorded_at BIGINT NOT NULL,
    offline BOOLEAN NOT NULL,
    -- Traces for the odd cases, wiped when traces_until is over: a keyed digest of the device, and where a
    -- fence was asked for, that the person was inside it, to the nearest 50 metres.
    device_digest VARCHAR(22) NOT NULL,
    inside_fence BOOLEAN NOT NULL,
    distance_metres BIGINT NOT NULL,
    traces_until BIGINT NOT NULL,
    minutes_changed BOOLEAN NOT NULL,
    changed_minutes BIGINT NOT NULL,
    points BIGINT NOT NULL,
    posted_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX attendance_once ON attendance (activity_id, person_id);
CREATE INDEX attendance_person ON attendance (person_id, id);
CREATE INDEX attendance_unposted ON attendance (activity_id, posted_at);
CREATE INDEX attendance_traces ON attendance (traces_until);

-- +goose Down
DROP TABLE attendance;
