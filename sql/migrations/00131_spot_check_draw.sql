-- +goose Up
-- A month's draw of one in fifty of a community's credited acts. It can be repeated: from the seals after_seal to
-- last_seal of the community's chain, and the seed. Rows are only ever added.
CREATE TABLE spot_check_draw (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    community_id VARCHAR(26) NOT NULL,
    month VARCHAR(7) NOT NULL,
    -- 32 bytes as hexadecimal digits.
    seed VARCHAR(64) NOT NULL,
    acts BIGINT NOT NULL,
    picked BIGINT NOT NULL,
    after_seal BIGINT NOT NULL,
    last_seal BIGINT NOT NULL,
    -- Where the next month's begins at the earliest.
    next_after_seal BIGINT NOT NULL,
    drawn_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX spot_check_draw_month ON spot_check_draw (community_id, month);

-- +goose Down
DROP TABLE spot_check_draw;
