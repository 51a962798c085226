-- name: merged_into
SELECT survivor FROM merged WHERE contact = :contact;

-- name: merged_with
SELECT contact FROM merged WHERE survivor = :contact;

-- name: merges_of
SELECT contact, survivor, seq FROM merged WHERE survivor = :contact ORDER BY seq;

-- name: merged_identities
SELECT phone_key, handle, external_id FROM merged WHERE survivor = :contact;

-- name: merged_row
SELECT contact, survivor, seq, phone_key, name, handle, external_id, email FROM merged
WHERE contact = :contact;

-- name: add_merged
INSERT INTO merged (contact, survivor, seq, phone_key, name, handle, external_id, email)
VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: drop_merged
DELETE FROM merged WHERE contact = :contact;

-- name: kept_apart
SELECT other FROM kept_apart WHERE contact = :contact;

-- name: add_apart
INSERT INTO kept_apart (contact, other) VALUES (:contact, :other)
ON CONFLICT (contact, other) DO NOTHING;

-- name: drop_apart
DELETE FROM kept_apart WHERE contact = :contact AND other = :other;

-- name: all_kept_apart
SELECT a.contact, COALESCE(m.survivor, a.other)
FROM kept_apart a LEFT JOIN merged m ON m.contact = a.other;

-- name: parts_of
SELECT e.seq, e.uuid, e.at_ms, e.utc_offset, e.day, e.operator, e.kind, e.contact, e.content,
  e.variant, e.digest, e.version, e.channel, e.stage, e.step, e.reaction, e.ref, e.amount,
  e.outcome, e.text_hash, e.hash, t.body, t.salt
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.ref = :seq AND e.seq > :seq AND e.kind IN ('merged', 'paused') ORDER BY e.seq;
