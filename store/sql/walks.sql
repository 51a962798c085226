-- name: plans
SELECT sequence, priority, step, due, since, snoozed FROM walk WHERE contact = :contact;

-- name: save_plan
INSERT INTO walk (contact, sequence, priority, step, due, since, snoozed)
VALUES (:contact, :sequence, :priority, :step, :due, :since, :snoozed)
ON CONFLICT (contact, sequence) DO UPDATE SET priority = excluded.priority, step = excluded.step,
  due = excluded.due, since = excluded.since, snoozed = excluded.snoozed;

-- name: drop_plan
DELETE FROM walk WHERE contact = :contact AND sequence = :sequence;

-- name: walked_steps
SELECT DISTINCT sequence, priority, step, since FROM walk WHERE step IS NOT NULL AND priority > 0;

-- name: walkers_at
SELECT w.contact FROM walk w JOIN contact_state s ON s.contact = w.contact
WHERE w.sequence = :sequence AND w.step = :step AND w.since = :since AND w.priority = :priority
  AND w.step IS NOT NULL AND s.status = 'active'
ORDER BY w.contact;

-- name: overtaking
SELECT DISTINCT w.contact
FROM walk w
JOIN contact_state s ON s.contact = w.contact
LEFT JOIN walk f ON f.contact = s.contact AND f.sequence = s.sequence
WHERE w.step IS NOT NULL AND w.due <= :day AND s.status = 'active' AND w.sequence <> s.sequence
  AND (f.step IS NULL OR f.due > :day OR w.priority > f.priority
    OR (w.priority = f.priority AND w.due < f.due))
ORDER BY w.contact;

-- name: may_enter
SELECT s.contact, s.owner, s.stage, s.status, s.status_seq, s.sequence, s.step, s.due, s.snoozed,
  s.priority, s.touches, s.friendly, s.positive, s.exploring, s.rejecting, s.last_touch,
  s.last_touch_day, s.last_content, s.last_reaction, s.last_reaction_day, s.heard, s.last_seq,
  s.heard_day, s.added_day, s.last_positive_day, s.keywords, s.last_keyword_day, s.interests,
  s.stage_seq, s.flags, s.purchases, s.spent, s.last_purchase_day, s.last_exploring_day
FROM contact_state s
WHERE s.status = 'active' AND (s.sequence IS NULL OR s.sequence <> :sequence)
  AND NOT EXISTS (
    SELECT 1 FROM walk w WHERE w.contact = s.contact AND w.sequence = :sequence
      AND (w.step IS NOT NULL OR w.since > :again))

-- name: any_plan
SELECT contact FROM walk LIMIT 1;
