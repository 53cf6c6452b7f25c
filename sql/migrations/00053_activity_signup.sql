-- +goose Up
-- A person's place in an activity, or on its waiting list, which goes by id. Who comes without having signed
-- up takes a place here too, so that the rows in state 'confirmed' are the places held, all of them.
CREATE TABLE activity_signup (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    activity_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    state VARCHAR(10) NOT NULL,
    walked_in BOOLEAN NOT NULL,
    attended BOOLEAN NOT NULL,
    signed_up_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX activity_signup_once ON activity_signup (activity_id, person_id);
CREATE INDEX activity_signup_state ON activity_signup (activity_id, state, id);
CREATE INDEX activity_signup_person ON activity_signup (person_id, id);

-- +goose Down
DROP TABLE activity_signup;
