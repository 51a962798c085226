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

-- name: add_profile
INSERT INTO contact (id, phone_key, name, remark, phone, handle, external_id, company, title,
  email, birthday, source, added, tags, interest, extra)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: drop_profile
DELETE FROM contact WHERE id = :contact;

-- name: keys_of
SELECT keys FROM keys_of_contact WHERE contact = :contact;

-- name: save_keys_of
INSERT INTO keys_of_contact (contact, keys) VALUES (:contact, :keys)
ON CONFLICT (contact) DO UPDATE SET keys = excluded.keys;

-- name: drop_keys_of
DELETE FROM keys_of_contact WHERE contact = :contact;

-- name: add_key
INSERT INTO contact_key (k, contact) VALUES (:k, :contact) ON CONFLICT (k, contact) DO NOTHING;

-- name: drop_key
DELETE FROM contact_key WHERE k = :k AND contact = :contact;

-- name: add_keys_from
-- The one JSON function: a text of all keys is written and sorted in less time than each alone.
INSERT INTO contact_key (k, contact)
SELECT j.value, o.contact FROM keys_of_contact o, json_each(o.keys) j WHERE o.contact >= :first
ORDER BY 1, 2;

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

-- name: keys_recent
SELECT t.contact, o.keys
FROM (
  SELECT contact FROM touch WHERE operator = :owner ORDER BY day DESC LIMIT :recent
) t
JOIN keys_of_contact o ON o.contact = t.contact;

-- name: told_of
SELECT c.name, c.remark, c.company, s.stage, s.owner, s.status
FROM contact_state s JOIN contact c ON c.id = s.contact
WHERE s.contact = :contact;

-- name: written_to_last
SELECT contact FROM touch WHERE operator = :operator ORDER BY day DESC, seq DESC LIMIT :n;

-- name: person
SELECT c.id, c.name, c.remark, c.company, s.stage, s.owner, s.status
FROM contact c JOIN contact_state s ON s.contact = c.id
WHERE c.id = :contact;

-- name: names_known
SELECT name, company FROM contact ORDER BY id DESC LIMIT :n;

-- name: make_newcomer
CREATE TEMP TABLE newcomer (contact INTEGER PRIMARY KEY, seq INTEGER, form INTEGER);

-- name: make_state_form
CREATE TEMP TABLE state_form AS SELECT * FROM contact_state WHERE contact < 0;

-- name: add_newcomer
INSERT INTO newcomer (contact, seq, form) VALUES (?, ?, ?);

-- name: add_state_form
INSERT INTO state_form (contact, owner, stage, status, status_seq, sequence, step, due, snoozed,
  priority, touches, friendly, positive, exploring, rejecting, last_touch, last_touch_day,
  last_content, last_reaction, last_reaction_day, heard, last_seq, heard_day, added_day,
  last_positive_day, keywords, last_keyword_day, interests, stage_seq, flags, purchases, spent,
  last_purchase_day, last_exploring_day)
VALUES (:contact, :owner, :stage, :status, :status_seq, :sequence, :step, :due, :snoozed,
  :priority, :touches, :friendly, :positive, :exploring, :rejecting, :last_touch, :last_touch_day,
  :last_content, :last_reaction, :last_reaction_day, :heard, :last_seq, :heard_day, :added_day,
  :last_positive_day, :keywords, :last_keyword_day, :interests, :stage_seq, :flags, :purchases,
  :spent, :last_purchase_day, :last_exploring_day);

-- name: add_new_states
INSERT INTO contact_state (contact, owner, stage, status, status_seq, sequence, step, due,
  snoozed, priority, touches, friendly, positive, exploring, rejecting, last_touch,
  last_touch_day, last_content, last_reaction, last_reaction_day, heard, last_seq, heard_day,
  added_day, last_positive_day, keywords, last_keyword_day, interests, stage_seq, flags,
  purchases, spent, last_purchase_day, last_exploring_day)
SELECT n.contact, f.owner, f.stage, f.status, CASE WHEN f.status_seq IS NULL THEN NULL ELSE n.seq
  END, f.sequence, f.step, f.due, f.snoozed, f.priority, f.touches, f.friendly, f.positive,
  f.exploring, f.rejecting, f.last_touch, f.last_touch_day, f.last_content, f.last_reaction,
  f.last_reaction_day, f.heard, n.seq, f.heard_day, f.added_day, f.last_positive_day, f.keywords,
  f.last_keyword_day, f.interests, f.stage_seq, f.flags, f.purchases, f.spent,
  f.last_purchase_day, f.last_exploring_day
FROM newcomer n JOIN state_form f ON f.contact = n.form ORDER BY n.contact;

-- name: forget_newcomers
DELETE FROM newcomer;

-- name: forget_state_forms
DELETE FROM state_form;

-- name: drop_newcomers
DROP TABLE newcomer;

-- name: drop_state_forms
DROP TABLE state_form;
