-- name: given_up_of
SELECT contact, kind, value FROM given_up WHERE contact = :contact;

-- name: add_given_up
INSERT INTO given_up (contact, kind, value) VALUES (?, ?, ?)
ON CONFLICT (contact, kind, value) DO NOTHING;

-- name: drop_given_up
DELETE FROM given_up WHERE contact = :contact;

-- name: wanted_given_up
SELECT g.kind, g.value FROM wanted w
JOIN given_up g ON g.kind = 'external_id' AND g.value = w.external_id
JOIN contact_state s ON s.contact = g.contact
WHERE s.status = 'do_not_contact' AND w.external_id <> ''
UNION
SELECT g.kind, g.value FROM wanted w
JOIN given_up g ON g.kind = 'handle' AND g.value = w.handle
JOIN contact_state s ON s.contact = g.contact
WHERE s.status = 'do_not_contact' AND w.handle <> ''
UNION
SELECT g.kind, g.value FROM wanted w
JOIN given_up g ON g.kind = 'phone' AND g.value = w.phone
JOIN contact_state s ON s.contact = g.contact
WHERE s.status = 'do_not_contact' AND w.phone <> '';

-- name: changed_and_refused
SELECT DISTINCT contact FROM event
WHERE outcome LIKE '%do_not_contact%'
  AND contact IN (SELECT contact FROM event WHERE kind = 'profile')
ORDER BY 1;
