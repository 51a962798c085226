-- name: state
SELECT contact, owner, stage, status, status_seq, sequence, step, due, snoozed, priority, touches,
  friendly, positive, exploring, rejecting, last_touch, last_touch_day, last_content,
  last_reaction, last_reaction_day, heard, last_seq,
  heard_day, added_day, last_positive_day, keywords, last_keyword_day, interests, stage_seq, flags,
  purchases, spent, last_purchase_day, last_exploring_day
FROM contact_state WHERE contact = :contact;

-- name: save_state
INSERT INTO contact_state (contact, owner, stage, status, status_seq, sequence, step, due,
  snoozed, priority, touches, friendly, positive, exploring, rejecting, last_touch, last_touch_day,
  last_content, last_reaction, last_reaction_day, heard, last_seq,
  heard_day, added_day, last_positive_day, keywords, last_keyword_day, interests, stage_seq, flags,
  purchases, spent, last_purchase_day, last_exploring_day)
VALUES (:contact, :owner, :stage, :status, :status_seq, :sequence, :step, :due, :snoozed, :priority,
  :touches, :friendly, :positive, :exploring, :rejecting, :last_touch, :last_touch_day,
  :last_content, :last_reaction, :last_reaction_day, :heard, :last_seq, :heard_day, :added_day,
  :last_positive_day, :keywords, :last_keyword_day, :interests, :stage_seq, :flags,
  :purchases, :spent, :last_purchase_day, :last_exploring_day)
ON CONFLICT (contact) DO UPDATE SET owner = excluded.owner, stage = excluded.stage,
  status = excluded.status, status_seq = excluded.status_seq, sequence = excluded.sequence,
  step = excluded.step, due = excluded.due, snoozed = excluded.snoozed,
  priority = excluded.priority,
  touches = excluded.touches, friendly = excluded.friendly, positive = excluded.positive,
  exploring = excluded.exploring, rejecting = excluded.rejecting,
  last_touch = excluded.last_touch, last_touch_day = excluded.last_touch_day,
  last_content = excluded.last_content, last_reaction = excluded.last_reaction,
  last_reaction_day = excluded.last_reaction_day, heard = excluded.heard,
  last_seq = excluded.last_seq,
  heard_day = excluded.heard_day, added_day = excluded.added_day,
  last_positive_day = excluded.last_positive_day, keywords = excluded.keywords,
  last_keyword_day = excluded.last_keyword_day, interests = excluded.interests,
  stage_seq = excluded.stage_seq, flags = excluded.flags, purchases = excluded.purchases,
  spent = excluded.spent, last_purchase_day = excluded.last_purchase_day,
  last_exploring_day = excluded.last_exploring_day;

-- name: drop_state
DELETE FROM contact_state WHERE contact = :contact;

-- name: touch
SELECT seq, contact, operator, day, at_ms, content, variant, digest, version, stage, reaction,
  reaction_seq, reaction_day
FROM touch WHERE seq = :seq;

-- name: touches_of_contact
SELECT seq, contact, operator, day, at_ms, content, variant, digest, version, stage, reaction,
  reaction_seq, reaction_day
FROM touch WHERE contact = :contact ORDER BY seq;

-- name: add_touch
INSERT INTO touch (seq, contact, operator, day, at_ms, content, variant, digest, version, stage,
  reaction, reaction_seq, reaction_day)
VALUES (:seq, :contact, :operator, :day, :at_ms, :content, :variant, :digest, :version, :stage,
  :reaction, :reaction_seq, :reaction_day);

-- name: answer_touch
UPDATE touch SET reaction = :reaction, reaction_seq = :reaction_seq, reaction_day = :reaction_day
WHERE seq = :seq;

-- name: move_touch
UPDATE touch SET contact = :contact, reaction = :reaction, reaction_seq = :reaction_seq,
  reaction_day = :reaction_day
WHERE seq = :seq;

-- name: drop_touch
DELETE FROM touch WHERE seq = :seq;

-- name: count_due
INSERT INTO due_count (owner, day, stage, n) VALUES (:owner, :day, :stage, :n)
ON CONFLICT (owner, day, stage) DO UPDATE SET n = due_count.n + excluded.n;

-- name: count_content
INSERT INTO content_month (content, version, variant, digest, stage, month, operator, sends,
  friendly, positive, exploring, rejecting, lost)
VALUES (:content, :version, :variant, :digest, :stage, :month, :operator, :sends, :friendly,
  :positive, :exploring, :rejecting, :lost)
ON CONFLICT (content, version, variant, digest, stage, month, operator) DO UPDATE SET
  sends = content_month.sends + excluded.sends,
  friendly = content_month.friendly + excluded.friendly,
  positive = content_month.positive + excluded.positive,
  exploring = content_month.exploring + excluded.exploring,
  rejecting = content_month.rejecting + excluded.rejecting,
  lost = content_month.lost + excluded.lost;

-- name: count_day
INSERT INTO day_stat (operator, day, stage, sends, reacted)
VALUES (:operator, :day, :stage, :sends, :reacted)
ON CONFLICT (operator, day, stage) DO UPDATE SET
  sends = day_stat.sends + excluded.sends, reacted = day_stat.reacted + excluded.reacted;

-- name: used
SELECT
  (SELECT COUNT(*) FROM touch WHERE contact = :contact AND day >= :week),
  (SELECT COUNT(*) FROM touch WHERE contact = :contact AND day >= :month),
  (SELECT COALESCE(SUM(sends), 0) FROM day_stat WHERE operator = :operator AND day = :day);

-- name: sends_on
SELECT COALESCE(SUM(sends), 0) FROM day_stat WHERE operator = :operator AND day = :day;
