-- +goose Up
-- stock_taken counts the redemptions that hold a piece, and never exceeds stock. organisation_id is whose people
-- fulfil it, provider_id the neighbour who does; both are '' where the community's desk hands it out itself.
CREATE TABLE reward (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    region_id VARCHAR(26) NOT NULL,
    organisation_id VARCHAR(26) NOT NULL,
    provider_id VARCHAR(26) NOT NULL,
    state VARCHAR(10) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    title VARCHAR(60) NOT NULL,
    description TEXT NOT NULL,
    place VARCHAR(100) NOT NULL,
    price BIGINT NOT NULL,
    stock BIGINT NOT NULL,
    stock_taken BIGINT NOT NULL,
    per_person_limit BIGINT NOT NULL,
    redeem_from BIGINT NOT NULL,
    redeem_until BIGINT NOT NULL,
    fetch_days BIGINT NOT NULL,
    owed_fen BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_by VARCHAR(26) NOT NULL,
    created_at BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL
);
CREATE INDEX reward_region ON reward (region_id, state, id);
CREATE INDEX reward_organisation ON reward (organisation_id, state, id);
CREATE INDEX reward_window ON reward (state, redeem_until);

-- +goose Down
DROP TABLE reward;
