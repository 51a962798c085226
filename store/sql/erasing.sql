-- name: erased_outcomes
SELECT outcome FROM event WHERE kind = 'erased';

-- name: erasures
SELECT e.uuid, e.outcome, t.body, (
  SELECT a.uuid FROM event a WHERE a.contact = e.contact AND a.kind = 'added'
  ORDER BY a.seq LIMIT 1
)
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.kind = 'erased' ORDER BY e.seq;

-- name: drop_words_of_contact
DELETE FROM event_text
WHERE seq IN (SELECT seq FROM event WHERE contact = :contact AND kind <> 'erased');

-- name: words_of_contact
SELECT COUNT(*) FROM event_text
WHERE seq IN (SELECT seq FROM event WHERE contact = :contact AND kind <> 'erased');
