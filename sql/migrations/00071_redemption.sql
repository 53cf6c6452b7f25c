-- +goose Up
-- price and owed_fen are the reward's at that moment. The keys hold what may be there once only:
-- turn_key: the person and the number of their turn, while the redemption counts towards the limit a person, and the
-- redemption's own id after that.
-- code_hash: a keyed digest of the code that is shown at the counter; the code itself is kept nowhere.
-- request_key: the Idempotency-Key of the request that made it, or its own id.
-- reminded_at is 0 until the person was told that the time to fetch it runs out.
CREATE TABLE redemption (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    reward_id VARCHAR(26) NOT NULL,
    region_id VARCHAR(26) NOT NULL,
    organisation_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    state VARCHAR(10) NOT NULL,
    price BIGINT NOT NULL,
    owed_fen BIGINT NOT NULL,
    redeemed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    reminded_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    ended_by VARCHAR(26) NOT NULL,
    turn_key VARCHAR(40) NOT NULL,
    code_hash VARCHAR(64) NOT NULL,
    request_key VARCHAR(64) NOT NULL
);
CREATE UNIQUE INDEX redemption_turn ON redemption (reward_id, turn_key);
CREATE UNIQUE INDEX redemption_code ON redemption (code_hash);
CREATE UNIQUE INDEX redemption_request ON redemption (reward_id, person_id, request_key);
CREATE INDEX redemption_person ON redemption (person_id, id);
CREATE INDEX redemption_reward ON redemption (reward_id, id);
CREATE INDEX redemption_due ON redemption (state, expires_at);
CREATE INDEX redemption_statement ON redemption (organisation_id, state, ended_at, id);
CREATE INDEX redemption_helper ON redemption (helper_id, id);
CREATE INDEX redemption_ended_by ON redemption (ended_by, id);

-- +goose Down
DROP TABLE redemption;
