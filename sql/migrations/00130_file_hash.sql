-- +goose Up
-- The perceptual hash of a photo, 64 bits, and its four parts of 16 bits, by which photos that look alike are found
-- without comparing each with all. A photo with too little on it has none.
CREATE TABLE file_hash (
    file_id VARCHAR(26) NOT NULL PRIMARY KEY,
    hash BIGINT NOT NULL,
    band_1 BIGINT NOT NULL,
    band_2 BIGINT NOT NULL,
    band_3 BIGINT NOT NULL,
    band_4 BIGINT NOT NULL
);
CREATE INDEX file_hash_1 ON file_hash (band_1);
CREATE INDEX file_hash_2 ON file_hash (band_2);
CREATE INDEX file_hash_3 ON file_hash (band_3);
CREATE INDEX file_hash_4 ON file_hash (band_4);

-- +goose Down
DROP TABLE file_hash;
