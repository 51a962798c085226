-- name: profile
SELECT name, remark, phone, handle, external_id, company, title, email, birthday, source, added,
  tags, interest, extra
FROM contact WHERE id = :contact;

-- name: profiles
SELECT id, name, remark, phone, handle, external_id, company, title, email, birthday, source,
  added, tags, interest, extra
FROM contact;

-- name: lacks_keys
SELECT EXISTS (SELECT 1 FROM contact) AND NOT EXISTS (SELECT 1 FROM contact_key);

-- name: save_profile
INSERT INTO contact (id, name, remark, phone, phone_key, handle, external_id, company, title,
  email, birthday, source, added, tags, interest, extra)
VALUES (:id, :name, :remark, :phone, :phone_key, :handle, :external_id, :company, :title, :email,
  :birthday, :source, :added, :tags, :interest, :extra)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, remark = excluded.remark,
  phone = excluded.phone, phone_key = excluded.phone_key, handle = excluded.handle,
  external_id = excluded.external_id, company = excluded.company, title = excluded.title,
  email = excluded.email, birthday = excluded.birthday, source = excluded.source,
  added = excluded.added, tags = excluded.tags, interest = excluded.interest,
  extra = excluded.extra;

-- name: drop_profile
DELETE FROM contact WHERE id = :contact;

-- name: drop_keys
DELETE FROM contact_key WHERE contact = :contact;

-- name: add_key
INSERT INTO contact_key (k, contact) VALUES (:k, :contact) ON CONFLICT (k, contact) DO NOTHING;

-- name: make_new_keys
CREATE TEMP TABLE new_key (k TEXT, contact INTEGER);

-- name: add_new_key
INSERT INTO new_key (k, contact) VALUES (?, ?);

-- name: move_new_keys
INSERT INTO contact_key (k, contact) SELECT k, contact FROM new_key ORDER BY k, contact;

-- name: drop_new_keys
DROP TABLE new_key;

-- name: contacts_by_external
SELECT id FROM contact WHERE external_id = :value AND external_id <> ''
UNION SELECT survivor FROM merged WHERE external_id = :value AND external_id <> '';

-- name: contacts_by_handle
SELECT id FROM contact WHERE handle = :value AND handle <> ''
UNION SELECT survivor FROM merged WHERE handle = :value AND handle <> '';

-- name: contacts_by_phone
SELECT id FROM contact WHERE phone_key = :value AND phone_key <> ''
UNION SELECT survivor FROM merged WHERE phone_key = :value AND phone_key <> '';

-- name: contacts_by_email
SELECT id FROM contact WHERE email = :value AND email <> ''
UNION SELECT survivor FROM merged WHERE email = :value AND email <> '';

-- name: contacts_by_name
SELECT id FROM contact WHERE name = :value
UNION SELECT survivor FROM merged WHERE name = :value;

-- name: refused_namesake
SELECT c.id FROM contact c JOIN contact_state s ON s.contact = c.id
WHERE c.phone_key = :phone AND c.phone_key <> '' AND c.id <> :contact
  AND s.status = 'do_not_contact' AND s.status_seq > :decided
UNION ALL
SELECT c.id FROM contact c JOIN contact_state s ON s.contact = c.id
WHERE c.handle = :handle AND c.handle <> '' AND c.id <> :contact
  AND s.status = 'do_not_contact' AND s.status_seq > :decided
UNION ALL
SELECT c.id FROM contact c JOIN contact_state s ON s.contact = c.id
WHERE c.external_id = :external_id AND c.external_id <> '' AND c.id <> :contact
  AND s.status = 'do_not_contact' AND s.status_seq > :decided
UNION ALL
SELECT m.survivor FROM merged m JOIN contact_state s ON s.contact = m.survivor
WHERE m.phone_key = :phone AND m.phone_key <> '' AND m.survivor <> :contact
  AND s.status = 'do_not_contact' AND s.status_seq > :decided
UNION ALL
SELECT m.survivor FROM merged m JOIN contact_state s ON s.contact = m.survivor
WHERE m.handle = :handle AND m.handle <> '' AND m.survivor <> :contact
  AND s.status = 'do_not_contact' AND s.status_seq > :decided
UNION ALL
SELECT m.survivor FROM merged m JOIN contact_state s ON s.contact = m.survivor
WHERE m.external_id = :external_id AND m.external_id <> '' AND m.survivor <> :contact
  AND s.status = 'do_not_contact' AND s.status_seq > :decided
UNION ALL
SELECT g.contact FROM given_up g JOIN contact_state s ON s.contact = g.contact
WHERE g.kind = 'phone' AND g.value = :phone AND g.value <> '' AND g.contact <> :contact
  AND s.status = 'do_not_contact' AND s.status_seq > :decided
UNION ALL
SELECT g.contact FROM given_up g JOIN contact_state s ON s.contact = g.contact
WHERE g.kind = 'handle' AND g.value = :handle AND g.value <> '' AND g.contact <> :contact
  AND s.status = 'do_not_contact' AND s.status_seq > :decided
UNION ALL
SELECT g.contact FROM given_up g JOIN contact_state s ON s.contact = g.contact
WHERE g.kind = 'external_id' AND g.value = :external_id AND g.value <> '' AND g.contact <> :contact
  AND s.status = 'do_not_contact' AND s.status_seq > :decided
LIMIT 1;

-- name: keyed
SELECT f.contact, f.k, c.name, c.remark, c.company, f.stage, f.owner, f.status
FROM (
  SELECT k.contact, k.k, s.stage, s.owner, s.status
  FROM (
    SELECT k, contact FROM contact_key WHERE k >= :low AND k < :high
    ORDER BY k, contact LIMIT :looked_at
  ) k
  JOIN contact_state s ON s.contact = k.contact
  ORDER BY CASE WHEN s.owner = :owner THEN 0 ELSE 1 END, k.k, k.contact LIMIT :n
) f
JOIN contact c ON c.id = f.contact;

-- name: has_key
SELECT 1 FROM contact_key WHERE k >= ? AND k < ? LIMIT 1;

-- name: keyed_recent
SELECT k.contact, k.k, c.name, c.remark, c.company, s.stage, s.owner, s.status
FROM (
  SELECT contact FROM touch WHERE operator = :owner ORDER BY day DESC LIMIT :recent
) t
JOIN contact_key k ON k.contact = t.contact AND k.k >= :low AND k.k < :high
JOIN contact_state s ON s.contact = k.contact
JOIN contact c ON c.id = k.contact
LIMIT :n;

-- name: written_to_last
SELECT contact FROM touch WHERE operator = :operator ORDER BY day DESC, seq DESC LIMIT :n;

-- name: person
SELECT c.id, c.name, c.remark, c.company, s.stage, s.owner, s.status
FROM contact c JOIN contact_state s ON s.contact = c.id
WHERE c.id = :contact;

-- name: names_known
SELECT name, company FROM contact ORDER BY id DESC LIMIT :n;
