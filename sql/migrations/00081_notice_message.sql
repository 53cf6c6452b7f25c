-- +goose Up
-- The outbox: the WeChat message that tells a notice to who has WeChat.
-- state: waiting (to be sent at due_at), sending (by somebody who has until due_at to say what came of it), sent,
-- unknown (it may have been sent, and is not sent again), dropped (the inbox alone has it, for a reason), dead
-- (WeChat would not take it; an operator may have it sent again).
CREATE TABLE notice_message (
    notice_id VARCHAR(26) NOT NULL PRIMARY KEY,
    person_id VARCHAR(26) NOT NULL,
    region_id VARCHAR(26) NOT NULL,
    state VARCHAR(10) NOT NULL,
    -- 0 goes before 1.
    priority BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    -- After which nobody needs it any more; 0 for never.
    expires_at BIGINT NOT NULL,
    -- One of the person's consents is set aside for it.
    has_consent BOOLEAN NOT NULL,
    reason VARCHAR(200) NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX notice_message_due ON notice_message (state, priority, due_at);
CREATE INDEX notice_message_person ON notice_message (person_id);

-- +goose Down
DROP TABLE notice_message;
