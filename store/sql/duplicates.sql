-- name: to_compare
SELECT id, name, remark, company FROM contact;

-- name: to_compare_one
SELECT c.id, c.name, c.remark, c.company, c.phone_key, c.external_id, c.handle, c.email,
  c.birthday, c.extra, s.touches, s.last_seq
FROM contact c JOIN contact_state s ON s.contact = c.id
WHERE c.id = :contact;

-- name: shared_phones
SELECT c.phone_key, c.id FROM contact c
WHERE c.phone_key <> '' AND c.phone_key IN (
  SELECT phone_key FROM contact WHERE phone_key <> '' GROUP BY phone_key HAVING COUNT(*) > 1)
ORDER BY c.phone_key, c.id;

-- name: shared_externals
SELECT c.external_id, c.id FROM contact c
WHERE c.external_id <> '' AND c.external_id IN (
  SELECT external_id FROM contact WHERE external_id <> ''
  GROUP BY external_id HAVING COUNT(*) > 1)
ORDER BY c.external_id, c.id;

-- name: shared_handles
SELECT c.handle, c.id FROM contact c
WHERE c.handle <> '' AND c.handle IN (
  SELECT handle FROM contact WHERE handle <> '' GROUP BY handle HAVING COUNT(*) > 1)
ORDER BY c.handle, c.id;

-- name: shared_emails
SELECT c.email, c.id FROM contact c
WHERE c.email <> '' AND c.email IN (
  SELECT email FROM contact WHERE email <> '' GROUP BY email HAVING COUNT(*) > 1)
ORDER BY c.email, c.id;

-- name: bulk
SELECT added, source, COUNT(*) FROM contact WHERE added <> ''
GROUP BY added, source HAVING COUNT(*) >= :n;

-- name: never_answered
SELECT s.contact, c.name, c.company, c.source, c.added, c.phone, c.handle, s.touches
FROM contact_state s JOIN contact c ON c.id = s.contact
WHERE s.owner = :owner AND s.status = 'active' AND s.status_seq IS NULL
  AND s.friendly + s.positive + s.exploring + s.rejecting + s.keywords = 0 AND s.heard IS NULL
  AND NOT EXISTS (SELECT 1 FROM event e WHERE e.contact = s.contact AND e.kind = 'purchase');
