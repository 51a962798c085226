-- name: shapes
SELECT version, digest, body, since_seq FROM sop_shape ORDER BY id DESC;

-- name: keep_shape
INSERT INTO sop_shape (version, digest, body, since_seq)
VALUES (:version, :digest, :body, :since_seq);

-- name: under_way
SELECT contact, owner, stage, status, status_seq, sequence, step, due, snoozed, priority, touches,
  friendly, positive, exploring, rejecting, last_touch, last_touch_day, last_content,
  last_reaction, last_reaction_day, heard, last_seq,
  heard_day, added_day, last_positive_day, keywords, last_keyword_day, interests, stage_seq, flags
FROM contact_state WHERE sequence = :sequence AND step IS NOT NULL ORDER BY contact;
