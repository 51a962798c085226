-- name: is_empty
SELECT NOT EXISTS (SELECT 1 FROM contact) AND NOT EXISTS (SELECT 1 FROM merged)
  AND NOT EXISTS (SELECT 1 FROM given_up);

-- name: make_wanted
CREATE TEMP TABLE wanted (
  external_id TEXT, handle TEXT, phone TEXT, name TEXT, email TEXT, company TEXT, added TEXT
);

-- name: drop_wanted
DROP TABLE wanted;

-- name: forget_wanted
DELETE FROM wanted;

-- name: add_wanted
INSERT INTO wanted (external_id, handle, phone, name, email, company, added)
VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: wanted_by_external_id
SELECT c.id, s.status, c.name, c.remark, c.phone, c.handle, c.external_id, c.company, c.title,
  c.email, c.birthday, c.source, c.added, c.tags, c.interest, c.extra
FROM wanted w JOIN contact c ON c.external_id = w.external_id AND c.external_id <> ''
LEFT JOIN contact_state s ON s.contact = c.id
WHERE w.external_id <> '';

-- name: wanted_by_handle
SELECT c.id, s.status, c.name, c.remark, c.phone, c.handle, c.external_id, c.company, c.title,
  c.email, c.birthday, c.source, c.added, c.tags, c.interest, c.extra
FROM wanted w JOIN contact c ON c.handle = w.handle AND c.handle <> ''
LEFT JOIN contact_state s ON s.contact = c.id
WHERE w.handle <> '';

-- name: wanted_by_phone
SELECT c.id, s.status, c.name, c.remark, c.phone, c.handle, c.external_id, c.company, c.title,
  c.email, c.birthday, c.source, c.added, c.tags, c.interest, c.extra
FROM wanted w JOIN contact c ON c.phone_key = w.phone AND c.phone_key <> ''
LEFT JOIN contact_state s ON s.contact = c.id
WHERE w.phone <> '';

-- name: wanted_by_name
SELECT c.id, s.status, c.name, c.remark, c.phone, c.handle, c.external_id, c.company, c.title,
  c.email, c.birthday, c.source, c.added, c.tags, c.interest, c.extra
FROM wanted w JOIN contact c ON c.name = w.name
LEFT JOIN contact_state s ON s.contact = c.id
WHERE w.name <> ''
  AND (w.phone = '' OR c.phone_key = '' OR c.phone_key = w.phone)
  AND (w.handle = '' OR c.handle = '' OR c.handle = w.handle)
  AND (w.email = '' OR c.email = '' OR c.email = w.email)
  AND (w.company = '' OR c.company = '' OR c.company = w.company)
  AND (w.added = '' OR c.added = '' OR c.added = w.added);

-- name: wanted_merged
SELECT k.kind, k.told, c.id, s.status, c.name, c.remark, c.phone, c.handle, c.external_id,
  c.company, c.title, c.email, c.birthday, c.source, c.added, c.tags, c.interest, c.extra
FROM (
  SELECT 'external_id' AS kind, m.external_id AS told, m.survivor
  FROM wanted w JOIN merged m ON m.external_id = w.external_id AND m.external_id <> ''
  UNION
  SELECT 'handle', m.handle, m.survivor
  FROM wanted w JOIN merged m ON m.handle = w.handle AND m.handle <> ''
  UNION
  SELECT 'phone', m.phone_key, m.survivor
  FROM wanted w JOIN merged m ON m.phone_key = w.phone AND m.phone_key <> ''
  UNION
  SELECT 'name', m.name, m.survivor
  FROM wanted w JOIN merged m ON m.name = w.name
  WHERE w.name <> ''
) k
JOIN contact c ON c.id = k.survivor
LEFT JOIN contact_state s ON s.contact = c.id;
