-- name: shapes
SELECT version, digest, body, since_seq FROM sop_shape ORDER BY id DESC;

-- name: keep_shape
INSERT INTO sop_shape (version, digest, body, since_seq)
VALUES (:version, :digest, :body, :since_seq);

-- name: under_way
SELECT contact, owner, stage, status, status_seq, sequence, step, due, snoozed, priority, touches,
  friendly, positive, exploring, rejecting, last_touch, last_touch_day, last_content,
  last_reaction, last_reaction_day, heard, last_seq,
  heard_day, added_day, last_positive_day, keywords, last_keyword_day, interests, stage_seq, flags,
  purchases, spent, last_purchase_day, last_exploring_day
FROM contact_state WHERE sequence = :sequence AND step IS NOT NULL
UNION ALL
SELECT s.contact, s.owner, s.stage, s.status, s.status_seq, w.sequence, w.step, w.due, w.snoozed,
  s.priority, s.touches, s.friendly, s.positive, s.exploring, s.rejecting, s.last_touch,
  s.last_touch_day, s.last_content, s.last_reaction, s.last_reaction_day, s.heard, s.last_seq,
  s.heard_day, s.added_day, s.last_positive_day, s.keywords, s.last_keyword_day, s.interests,
  s.stage_seq, s.flags, s.purchases, s.spent, s.last_purchase_day, s.last_exploring_day
FROM walk w JOIN contact_state s ON s.contact = w.contact
WHERE w.sequence = :sequence AND w.priority = 0 AND w.step IS NOT NULL AND s.sequence <> w.sequence
ORDER BY 1;
