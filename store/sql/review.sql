-- name: script_stats
SELECT variant, digest, SUM(sends), SUM(friendly), SUM(positive), SUM(exploring), SUM(rejecting),
  SUM(lost)
FROM content_month WHERE content = :content AND version = :version GROUP BY variant, digest;

-- name: content_stats
SELECT content, version, variant, digest, stage, SUM(sends), SUM(friendly), SUM(positive),
  SUM(exploring), SUM(rejecting), SUM(lost)
FROM content_month
WHERE month BETWEEN :first AND :last
GROUP BY content, version, variant, digest, stage HAVING SUM(sends) > 0
ORDER BY content, version, variant, digest, stage;

-- name: first_touch_of_version
SELECT MIN(seq) FROM touch WHERE content = :content AND version = :version;

-- name: reactions_of_content
SELECT t.reaction
FROM (
  SELECT seq, day, stage, reaction FROM touch WHERE content = :content AND version = :version
  ORDER BY seq DESC LIMIT :most
) t
WHERE (:stage = '' OR t.stage = :stage) AND t.day BETWEEN :since AND :until
ORDER BY t.seq DESC;

-- name: replies_of_content
SELECT t.seq, t.contact, t.day, t.variant, t.digest, t.stage, t.reaction, t.reaction_day,
  c.name, c.company, r.body
FROM (
  SELECT seq, contact, day, variant, digest, stage, reaction, reaction_seq, reaction_day
  FROM touch WHERE content = :content AND version = :version ORDER BY seq DESC LIMIT :most
) t
LEFT JOIN contact c ON c.id = t.contact
LEFT JOIN event_text r ON r.seq = t.reaction_seq
WHERE t.reaction IS NOT NULL AND (:reaction = '' OR t.reaction = :reaction)
  AND (:stage = '' OR t.stage = :stage) AND t.day BETWEEN :since AND :until
ORDER BY t.reaction_day DESC, t.reaction_seq DESC LIMIT :n;

-- name: version_stats
SELECT version, stage, SUM(sends), SUM(friendly), SUM(positive), SUM(exploring), SUM(rejecting),
  SUM(lost)
FROM content_month GROUP BY version, stage HAVING SUM(sends) > 0 ORDER BY version, stage;

-- name: contents_of_versions
SELECT DISTINCT content, version FROM content_month WHERE sends > 0;

-- name: last_touch_of_content
SELECT MAX(seq) FROM touch WHERE content = :content AND version = :version;

-- name: reactions_before
SELECT t.stage, t.reaction, COUNT(*)
FROM (
  SELECT stage, reaction FROM touch WHERE seq > :low AND seq < :high ORDER BY seq DESC LIMIT :most
) t
GROUP BY t.stage, t.reaction ORDER BY t.stage, t.reaction;

-- name: reactions_after
SELECT t.stage, t.reaction, COUNT(*)
FROM (
  SELECT stage, reaction FROM touch WHERE seq > :low AND seq < :high ORDER BY seq LIMIT :most
) t
GROUP BY t.stage, t.reaction ORDER BY t.stage, t.reaction;
