-- name: rules_in_force
SELECT digest, day, body FROM rules_in_force;

-- name: keep_rules
INSERT INTO rules_in_force (one, digest, day, body) VALUES (1, :digest, :day, :body)
ON CONFLICT (one) DO UPDATE SET digest = excluded.digest, day = excluded.day,
  body = excluded.body;

-- name: list_numbers
SELECT list, bit FROM list_number;

-- name: add_list_number
INSERT INTO list_number (bit, list) VALUES (:bit, :list);

-- name: drop_list_number
DELETE FROM list_number WHERE bit = :bit;

-- name: entries_of_contact
SELECT list, owner, since, due, priority FROM list_entry WHERE contact = :contact;

-- name: save_entry
INSERT INTO list_entry (contact, list, owner, since, due, priority)
VALUES (:contact, :list, :owner, :since, :due, :priority)
ON CONFLICT (contact, list) DO UPDATE SET owner = excluded.owner, since = excluded.since,
  due = excluded.due, priority = excluded.priority;

-- name: drop_entry
DELETE FROM list_entry WHERE contact = :contact AND list = :list;

-- name: count_entries
INSERT INTO list_count (owner, list, day, n) VALUES (:owner, :list, :day, :n)
ON CONFLICT (owner, list, day) DO UPDATE SET n = list_count.n + excluded.n;

-- name: care_of_contact
SELECT list, handled, until FROM list_care WHERE contact = :contact;

-- name: save_care
INSERT INTO list_care (contact, list, handled, until) VALUES (:contact, :list, :handled, :until)
ON CONFLICT (contact, list) DO UPDATE SET handled = excluded.handled, until = excluded.until;

-- name: drop_care
DELETE FROM list_care WHERE contact = :contact AND list = :list;

-- name: list_counts
SELECT list, SUM(CASE WHEN day <= :day THEN n ELSE 0 END), SUM(n) FROM list_count
WHERE owner = :owner GROUP BY list;

-- name: listed_person
SELECT name, remark, company, interest FROM contact WHERE id = :contact;

-- name: entries_due
SELECT contact, since, due, priority FROM list_entry
WHERE owner = :owner AND list = :list AND priority = :priority
  AND due <= :day AND due >= :from_day AND (due > :from_day OR contact > :from_contact)
ORDER BY due, contact LIMIT :n;

-- name: take_counts_away
INSERT INTO list_count (owner, list, day, n)
SELECT owner, list, due, -COUNT(*) FROM list_entry
WHERE contact IN (SELECT contact FROM judged) OR list IN (SELECT list FROM redated)
GROUP BY owner, list, due
ON CONFLICT (owner, list, day) DO UPDATE SET n = list_count.n + excluded.n;

-- name: add_counts_again
INSERT INTO list_count (owner, list, day, n)
SELECT owner, list, due, COUNT(*) FROM list_entry
WHERE contact IN (SELECT contact FROM judged) OR list IN (SELECT list FROM redated)
GROUP BY owner, list, due
ON CONFLICT (owner, list, day) DO UPDATE SET n = list_count.n + excluded.n;

-- name: drop_empty_counts
DELETE FROM list_count WHERE n = 0;

-- name: drop_entries_judged
DELETE FROM list_entry
WHERE list = :list AND contact IN (
  SELECT contact FROM judged WHERE (was & :mask) <> 0 AND (becomes & :mask) = 0
);

-- name: move_entries_judged
UPDATE list_entry SET priority = (SELECT j.priority FROM judged j WHERE j.contact = list_entry.contact)
WHERE contact IN (SELECT contact FROM judged WHERE priority <> pressing);

-- name: flag_judged
UPDATE contact_state SET (flags, priority) = (
  SELECT j.becomes, j.priority FROM judged j WHERE j.contact = contact_state.contact
)
WHERE contact IN (SELECT contact FROM judged);

-- name: count_all_entries
INSERT INTO list_count (owner, list, day, n)
SELECT owner, list, due, COUNT(*) FROM list_entry GROUP BY owner, list, due;

-- name: explorers
SELECT DISTINCT contact FROM event
WHERE contact IS NOT NULL AND kind = 'reaction' AND reaction = 'exploring';

-- name: lacks_exploring
SELECT EXISTS (SELECT 1 FROM event WHERE kind = 'reaction' AND reaction = 'exploring')
  AND NOT EXISTS (SELECT 1 FROM contact_state WHERE last_exploring_day IS NOT NULL);
