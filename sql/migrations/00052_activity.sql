-- +goose Up
CREATE TABLE activity (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    kind VARCHAR(10) NOT NULL,
    region_id VARCHAR(26) NOT NULL,
    -- Empty for a whistle of the community's own.
    team_id VARCHAR(26) NOT NULL,
    title VARCHAR(60) NOT NULL,
    star VARCHAR(20) NOT NULL,
    place_name VARCHAR(100) NOT NULL,
    has_location BOOLEAN NOT NULL,
    lat DOUBLE NOT NULL,
    lng DOUBLE NOT NULL,
    fence_metres BIGINT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    capacity BIGINT NOT NULL,
    walk_in BOOLEAN NOT NULL,
    points_per_hour BIGINT NOT NULL,
    state VARCHAR(10) NOT NULL,
    -- What WeChat's content check says of the title and the place's name.
    content_state VARCHAR(10) NOT NULL,
    -- Why it was cancelled, or sent back to the leader.
    reason VARCHAR(200) NOT NULL,
    -- Places held, people on the waiting list, people checked in: the counts of activity_signup and attendance.
    taken BIGINT NOT NULL,
    waiting BIGINT NOT NULL,
    attended BIGINT NOT NULL,
    created_by VARCHAR(26) NOT NULL,
    created_at BIGINT NOT NULL,
    published_by VARCHAR(26) NOT NULL,
    -- Whether the publisher was a secretary, who has read it, and not a leader trusted to.
    desk_published BOOLEAN NOT NULL,
    closed_by VARCHAR(26) NOT NULL,
    closed_at BIGINT NOT NULL,
    confirmed_by VARCHAR(26) NOT NULL,
    confirmed_at BIGINT NOT NULL,
    -- When the last of its points were posted; 0 until then.
    posted_at BIGINT NOT NULL,
    -- Counts the times the row was held, see HoldActivity.
    version BIGINT NOT NULL
);
CREATE INDEX activity_region ON activity (region_id, id);
CREATE INDEX activity_region_starts ON activity (region_id, starts_at, id);
CREATE INDEX activity_team ON activity (team_id, id);
CREATE INDEX activity_posting ON activity (state, posted_at);

-- +goose Down
DROP TABLE activity;
