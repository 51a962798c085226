-- name: strangers
SELECT uuid, outcome FROM event
WHERE contact IS NULL AND seq > :seq AND kind = 'refused' ORDER BY seq;

-- name: wide_marks
SELECT 1 FROM event WHERE contact IS NULL AND seq > :seq AND kind IN ('undo', 'redo') LIMIT 1;

-- name: refusals_since
SELECT DISTINCT e.contact FROM event e
WHERE e.seq > :seq AND e.contact IS NOT NULL AND (
  e.kind IN ('refused', 'resumed', 'merged', 'undo', 'redo')
  OR e.outcome LIKE '%do_not_contact%'
  OR (e.kind = 'profile' AND EXISTS (
    SELECT 1 FROM contact_state s WHERE s.contact = e.contact AND s.status = 'do_not_contact'
  ))
);

-- name: ever_refused
SELECT 1 FROM event WHERE contact = :contact AND outcome LIKE '%do_not_contact%' LIMIT 1;

-- name: status_of
SELECT status FROM contact_state WHERE contact = :contact;

-- name: added_uuid
SELECT uuid FROM event WHERE contact = :contact AND kind = 'added' ORDER BY seq LIMIT 1;

-- name: erasures_since
SELECT e.uuid, e.outcome, (
  SELECT a.uuid FROM event a WHERE a.contact = e.contact AND a.kind = 'added'
  ORDER BY a.seq LIMIT 1
)
FROM event e WHERE e.kind = 'erased' AND e.seq > :seq ORDER BY e.seq;

-- name: last_uuid
SELECT uuid FROM event ORDER BY seq DESC LIMIT 1;

-- name: merges_told
SELECT e.seq, e.uuid, e.at_ms, e.utc_offset, e.day, e.operator, e.kind, e.contact, e.content,
  e.variant, e.digest, e.version, e.channel, e.stage, e.step, e.reaction, e.ref, e.amount,
  e.outcome, e.text_hash, e.hash, t.body, t.salt
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.contact = :contact AND e.kind = 'merged' ORDER BY e.seq;

-- name: all_merged
SELECT contact, survivor FROM merged ORDER BY contact;
