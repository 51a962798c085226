-- name: kinds_after
SELECT kind, COUNT(*) FROM event WHERE seq > :seq GROUP BY kind ORDER BY 2 DESC, kind;

-- name: refused_people
SELECT s.contact, s.owner, s.stage,
  (SELECT MIN(e.seq) FROM event e WHERE e.contact = s.contact AND e.kind = 'added'), s.status_seq
FROM contact_state s WHERE s.status = 'do_not_contact'
UNION ALL
SELECT m.contact, s.owner, s.stage,
  (SELECT MIN(e.seq) FROM event e WHERE e.contact = m.contact AND e.kind = 'added'), s.status_seq
FROM merged m JOIN contact_state s ON s.contact = m.survivor WHERE s.status = 'do_not_contact'
ORDER BY 1;

-- name: uuid_at
SELECT uuid FROM event WHERE seq = :seq;

-- name: text_at
SELECT body FROM event_text WHERE seq = :seq;

-- name: contact_by_uuid
SELECT contact FROM event WHERE uuid = :uuid;

-- name: words_gone
SELECT e.uuid FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.text_hash IS NOT NULL AND t.seq IS NULL ORDER BY e.seq;

-- name: words_by_uuid
SELECT e.seq, e.contact FROM event e JOIN event_text t ON t.seq = e.seq WHERE e.uuid = :uuid;

-- name: drop_words
DELETE FROM event_text WHERE seq = :seq;
