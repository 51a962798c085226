-- name: last_link
SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1;

-- name: newest_time
SELECT at_ms FROM event ORDER BY seq DESC LIMIT 1;

-- name: first_words
SELECT body FROM event_text ORDER BY seq LIMIT 1;

-- name: add_event
INSERT INTO event (seq, uuid, at_ms, utc_offset, day, operator, kind, contact, content, variant,
  digest, version, channel, stage, step, reaction, ref, amount, outcome, text_hash, hash)
VALUES (:seq, :uuid, :at_ms, :utc_offset, :day, :operator, :kind, :contact, :content, :variant,
  :digest, :version, :channel, :stage, :step, :reaction, :ref, :amount, :outcome, :text_hash,
  :hash);

-- name: make_event_form
CREATE TEMP TABLE event_form AS SELECT * FROM event WHERE seq < 0;

-- name: make_alike
CREATE TEMP TABLE alike (
  seq INTEGER PRIMARY KEY, uuid TEXT, day INTEGER, contact INTEGER, amount INTEGER, text_hash TEXT,
  hash TEXT, form INTEGER
);

-- name: add_event_form
INSERT INTO event_form (seq, at_ms, utc_offset, operator, kind, content, variant, digest, version,
  channel, stage, step, reaction, ref, outcome)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: add_alike
INSERT INTO alike (seq, uuid, day, contact, amount, text_hash, hash, form)
VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: add_alike_events
INSERT INTO event (seq, uuid, at_ms, utc_offset, day, operator, kind, contact, content, variant,
  digest, version, channel, stage, step, reaction, ref, amount, outcome, text_hash, hash)
SELECT a.seq, a.uuid, f.at_ms, f.utc_offset, a.day, f.operator, f.kind, a.contact, f.content,
  f.variant, f.digest, f.version, f.channel, f.stage, f.step, f.reaction, f.ref, a.amount,
  f.outcome, a.text_hash, a.hash
FROM alike a JOIN event_form f ON f.seq = a.form ORDER BY a.seq;

-- name: forget_alike
DELETE FROM alike;

-- name: forget_event_forms
DELETE FROM event_form;

-- name: drop_alike
DROP TABLE alike;

-- name: drop_event_forms
DROP TABLE event_form;

-- name: add_text
INSERT INTO event_text (seq, contact, salt, body) VALUES (:seq, :contact, :salt, :body);

-- name: event_by_uuid
SELECT seq FROM event WHERE uuid = :uuid;

-- name: events_of_contact
SELECT e.seq, e.uuid, e.at_ms, e.utc_offset, e.day, e.operator, e.kind, e.contact, e.content,
  e.variant, e.digest, e.version, e.channel, e.stage, e.step, e.reaction, e.ref, e.amount,
  e.outcome, e.text_hash, e.hash, t.body, t.salt
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.contact = :contact ORDER BY e.seq;

-- name: event_by_seq
SELECT e.seq, e.uuid, e.at_ms, e.utc_offset, e.day, e.operator, e.kind, e.contact, e.content,
  e.variant, e.digest, e.version, e.channel, e.stage, e.step, e.reaction, e.ref, e.amount,
  e.outcome, e.text_hash, e.hash, t.body, t.salt
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.seq = :seq;

-- name: all_events
SELECT e.seq, e.uuid, e.at_ms, e.utc_offset, e.day, e.operator, e.kind, e.contact, e.content,
  e.variant, e.digest, e.version, e.channel, e.stage, e.step, e.reaction, e.ref, e.amount,
  e.outcome, e.text_hash, e.hash, t.body, t.salt
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
ORDER BY e.seq;

-- name: events_after
SELECT e.seq, e.uuid, e.at_ms, e.utc_offset, e.day, e.operator, e.kind, e.contact, e.content,
  e.variant, e.digest, e.version, e.channel, e.stage, e.step, e.reaction, e.ref, e.amount,
  e.outcome, e.text_hash, e.hash, t.body, t.salt
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.seq > :seq ORDER BY e.seq;

-- name: link_at
SELECT hash FROM event WHERE seq = :seq;

-- name: events_backwards
SELECT e.seq, e.uuid, e.at_ms, e.utc_offset, e.day, e.operator, e.kind, e.contact, e.content,
  e.variant, e.digest, e.version, e.channel, e.stage, e.step, e.reaction, e.ref, e.amount,
  e.outcome, e.text_hash, e.hash, t.body, t.salt
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.operator = :operator AND e.seq < :before ORDER BY e.seq DESC LIMIT :rows;

-- name: desk_marks
SELECT ref, kind, seq FROM event WHERE contact IS NULL AND kind IN ('undo', 'redo') ORDER BY seq;

-- name: marked_before
SELECT kind FROM event WHERE ref = :seq AND kind IN ('undo', 'redo') AND seq > :seq
  AND seq < :before ORDER BY seq DESC LIMIT 1;

-- name: batch_contacts
SELECT DISTINCT contact FROM event WHERE ref = :seq AND contact IS NOT NULL
  AND kind IN ('added', 'profile', 'planned', 'entered', 'purchase') AND seq > :seq;

-- name: next_contact
SELECT COALESCE(MAX(contact), 0) + 1 FROM event WHERE contact IS NOT NULL;

-- name: keep_script
INSERT INTO script_text (digest, content, variant, body)
VALUES (:digest, :content, :variant, :body)
ON CONFLICT (digest, content, variant) DO NOTHING;

-- name: script_body
SELECT body FROM script_text
WHERE digest = :digest AND content = :content AND variant = :variant;

-- name: any_script
SELECT body FROM script_text WHERE content = :content ORDER BY variant, digest LIMIT 1;

-- name: publishes
SELECT e.seq, e.uuid, e.at_ms, e.utc_offset, e.day, e.operator, e.kind, e.contact, e.content,
  e.variant, e.digest, e.version, e.channel, e.stage, e.step, e.reaction, e.ref, e.amount,
  e.outcome, e.text_hash, e.hash, t.body, t.salt
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.contact IS NULL AND e.kind = 'publish' ORDER BY e.seq DESC;

-- name: adjustments
SELECT e.seq, e.uuid, e.at_ms, e.utc_offset, e.day, e.operator, e.kind, e.contact, e.content,
  e.variant, e.digest, e.version, e.channel, e.stage, e.step, e.reaction, e.ref, e.amount,
  e.outcome, e.text_hash, e.hash, t.body, t.salt
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.contact IS NULL AND e.kind IN ('publish', 'edited', 'reasoned') ORDER BY e.seq;

-- name: worked_by
SELECT seq, version FROM event
WHERE version IS NOT NULL AND kind NOT IN ('publish', 'undo', 'redo', 'edited', 'reasoned')
ORDER BY seq DESC LIMIT 1;
