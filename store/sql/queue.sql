-- name: stage_counts
SELECT stage, SUM(n) FROM due_count WHERE owner = :owner AND day <= :day GROUP BY stage;

-- name: sent_by_stage
SELECT stage, sends, reacted FROM day_stat WHERE operator = :operator AND day = :day;

-- name: planned_by_day
SELECT day, SUM(n) FROM due_count WHERE owner = :owner AND day >= :day GROUP BY day;

-- name: due_after
SELECT contact, owner, stage, sequence, step, due, snoozed, priority, touches, friendly, positive,
  exploring, rejecting, last_reaction
FROM contact_state
WHERE status = 'active' AND owner = :owner AND stage = :stage AND priority = :priority
  AND due <= :day AND due >= :from_day AND (due > :from_day OR contact > :from_contact)
ORDER BY due, contact LIMIT :n;

-- name: backlog
SELECT contact FROM contact_state
WHERE status = 'active' AND owner = :owner AND due <= :day
ORDER BY priority DESC, due, contact;

-- name: standing_aside
SELECT contact FROM contact_state
WHERE status <> 'active' AND owner = :owner AND due <= :day ORDER BY due, contact LIMIT :n;

-- name: next_due_day
SELECT MIN(day) FROM due_count WHERE owner = :owner AND day > :day AND n > 0;

-- name: owners_due
SELECT owner, SUM(n) FROM due_count WHERE day <= :day GROUP BY owner HAVING SUM(n) > 0
ORDER BY owner;

-- name: contacts_total
SELECT COUNT(*) FROM contact_state;

-- name: names_of
SELECT name, remark, company FROM contact WHERE id = :contact;

-- name: latest_reactions
SELECT reaction FROM touch WHERE contact = :contact AND reaction IS NOT NULL
ORDER BY reaction_seq DESC LIMIT :n;

-- name: last_touches
SELECT t.seq, t.contact, t.operator, t.day, t.at_ms, t.content, t.variant, t.digest, t.version,
  t.stage, t.reaction, t.reaction_seq, t.reaction_day, r.body, s.body
FROM touch t LEFT JOIN event_text r ON r.seq = t.reaction_seq
LEFT JOIN script_text s ON s.digest = t.digest AND s.content = t.content AND s.variant = t.variant
WHERE t.contact = :contact ORDER BY t.seq DESC LIMIT :n;

-- name: due_row
SELECT contact, owner, stage, sequence, step, due, snoozed, priority, touches, friendly, positive,
  exploring, rejecting, last_reaction
FROM contact_state WHERE contact = :contact;

-- name: replies
SELECT t.contact, t.seq, t.day, t.content, t.variant, t.reaction, c.name, c.remark, c.company,
  s.stage, s.status
FROM touch t
JOIN contact_state s ON s.contact = t.contact AND s.last_touch = t.seq
JOIN contact c ON c.id = t.contact
WHERE t.operator = :operator AND t.day >= :day
ORDER BY CASE WHEN t.reaction IS NULL THEN 0 ELSE 1 END, t.seq DESC LIMIT :n;
