-- +goose Up
-- Who asked to join a team and what came of it. A leader belongs to the team by the role grant and needs no
-- row here. Who leaves has no row any more; the audit log keeps who was let in by whom.
CREATE TABLE team_member (
    team_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    state VARCHAR(10) NOT NULL,
    asked_at BIGINT NOT NULL,
    decided_by VARCHAR(26) NOT NULL,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (team_id, person_id)
);
CREATE INDEX team_member_person ON team_member (person_id);

-- +goose Down
DROP TABLE team_member;
