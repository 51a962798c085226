-- name: lessons_of_contact
SELECT seq, said, reaction FROM learned WHERE contact = :contact;

-- name: all_lessons
SELECT seq, contact, said, reaction FROM learned;

-- name: all_learned_tokens
SELECT token, said FROM learned_token;

-- name: save_lesson
INSERT INTO learned (seq, contact, said, reaction) VALUES (:seq, :contact, :said, :reaction)
ON CONFLICT (seq) DO UPDATE SET contact = excluded.contact, said = excluded.said,
  reaction = excluded.reaction;

-- name: drop_lesson
DELETE FROM learned WHERE seq = :seq;

-- name: is_said
SELECT 1 FROM learned WHERE said = :said LIMIT 1;

-- name: add_learned_token
INSERT INTO learned_token (token, said) VALUES (:token, :said) ON CONFLICT (token, said) DO NOTHING;

-- name: drop_learned_token
DELETE FROM learned_token WHERE token = :token AND said = :said;

-- name: drop_learned_tokens
DELETE FROM learned_token WHERE said = :said;

-- name: said_with
SELECT said FROM learned_token WHERE token = :token LIMIT :n;

-- name: reactions_to
SELECT reaction, COUNT(*), MAX(seq) FROM learned WHERE said = :said GROUP BY reaction;

-- name: words_of
SELECT body FROM event_text WHERE seq = :seq;

-- name: contacts_with_replies
SELECT DISTINCT e.contact FROM event e JOIN event_text t ON t.seq = e.seq
WHERE e.kind = 'reaction' AND e.contact IS NOT NULL;

-- name: lacks_lessons
SELECT NOT EXISTS (SELECT 1 FROM learned);
