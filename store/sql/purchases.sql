-- name: money_told
SELECT e.seq, e.uuid, e.at_ms, e.utc_offset, e.day, e.operator, e.kind, e.contact, e.content,
  e.variant, e.digest, e.version, e.channel, e.stage, e.step, e.reaction, e.ref, e.amount,
  e.outcome, e.text_hash, e.hash, t.body, t.salt
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.contact IS NOT NULL AND e.kind IN ('purchase', 'contract', 'corrected', 'undo', 'redo')
ORDER BY e.seq;

-- name: purchases_of
SELECT e.seq, e.kind, e.ref, e.day, e.amount, t.body
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.contact IN (
    SELECT CAST(:contact AS BIGINT) UNION ALL SELECT contact FROM merged WHERE survivor = :contact
  ) AND e.kind IN ('purchase', 'contract', 'corrected', 'undo', 'redo')
ORDER BY e.seq;

-- name: move_last_seq
UPDATE contact_state SET last_seq = :seq WHERE contact = :contact;
