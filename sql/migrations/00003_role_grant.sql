-- +goose Up
-- A grant is never updated but to be revoked: who gave it and who took it stay.
-- scope is what the grant reaches from, and part of what makes a grant unique while it is in force:
-- revoked_at is 0 until then, so the same grant can be given again later.
CREATE TABLE role_grant (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    person_id VARCHAR(26) NOT NULL,
    role VARCHAR(20) NOT NULL,
    region_id VARCHAR(26) NOT NULL,
    organisation_id VARCHAR(26) NOT NULL,
    team_id VARCHAR(26) NOT NULL,
    granted_by VARCHAR(26) NOT NULL,
    granted_at BIGINT NOT NULL,
    revoked_by VARCHAR(26) NOT NULL,
    revoked_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX role_grant_once ON role_grant (person_id, role, region_id, organisation_id, team_id, revoked_at);
CREATE INDEX role_grant_region ON role_grant (region_id, role);
CREATE INDEX role_grant_organisation ON role_grant (organisation_id, role);
CREATE INDEX role_grant_team ON role_grant (team_id, role);

-- +goose Down
DROP TABLE role_grant;
