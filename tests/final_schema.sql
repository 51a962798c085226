CREATE INDEX contact_email ON contact (email) WHERE email <> '';
CREATE INDEX contact_external ON contact (external_id) WHERE external_id <> '';
CREATE INDEX contact_handle ON contact (handle) WHERE handle <> '';
CREATE INDEX contact_name ON contact (name);
CREATE INDEX contact_phone ON contact (phone_key) WHERE phone_key <> '';
CREATE INDEX event_contact ON event (contact, seq) WHERE contact IS NOT NULL;
CREATE INDEX event_desk ON event (seq) WHERE contact IS NULL;
CREATE INDEX event_erased ON event (seq) WHERE kind = 'erased';
CREATE INDEX given_up_by_value ON given_up (kind, value);
CREATE INDEX learned_contact ON learned (contact);
CREATE INDEX learned_said ON learned (said, reaction, seq);
CREATE INDEX list_order ON list_entry (owner, list, priority DESC, due, contact);
CREATE INDEX merged_email ON merged (email) WHERE email <> '';
CREATE INDEX merged_external ON merged (external_id) WHERE external_id <> '';
CREATE INDEX merged_handle ON merged (handle) WHERE handle <> '';
CREATE INDEX merged_name ON merged (name);
CREATE INDEX merged_phone ON merged (phone_key) WHERE phone_key <> '';
CREATE INDEX merged_survivor ON merged (survivor);
CREATE INDEX queue ON contact_state (owner, stage, priority DESC, due, contact)
  WHERE status = 'active' AND due IS NOT NULL;
CREATE INDEX standing_aside ON contact_state (owner, due, contact) WHERE status <> 'active';
CREATE INDEX touch_contact ON touch (contact, day);
CREATE INDEX touch_content ON touch (content, version);
CREATE INDEX touch_operator ON touch (operator, day);
CREATE INDEX walk_due ON walk (due, contact) WHERE step IS NOT NULL;
CREATE INDEX walk_step ON walk (sequence, step, since, priority) WHERE step IS NOT NULL;
CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, remark TEXT NOT NULL, phone TEXT NOT NULL, phone_key TEXT NOT NULL,
  handle TEXT NOT NULL, external_id TEXT NOT NULL, company TEXT NOT NULL, title TEXT NOT NULL,
  email TEXT NOT NULL, birthday TEXT NOT NULL, source TEXT NOT NULL, added TEXT NOT NULL,
  tags TEXT NOT NULL, interest TEXT NOT NULL, extra TEXT NOT NULL
) STRICT;
CREATE TABLE contact_key (
  k TEXT NOT NULL, contact INTEGER NOT NULL,
  PRIMARY KEY (k, contact)
) STRICT, WITHOUT ROWID;
CREATE TABLE contact_state (
  contact INTEGER PRIMARY KEY,
  owner TEXT NOT NULL,
  stage TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'paused', 'lost', 'do_not_contact')),
  status_seq INTEGER,
  sequence TEXT, step TEXT, due INTEGER,
  snoozed INTEGER NOT NULL CHECK (snoozed IN (0, 1)),
  priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 9),
  touches INTEGER NOT NULL,
  friendly INTEGER NOT NULL, positive INTEGER NOT NULL,
  exploring INTEGER NOT NULL, rejecting INTEGER NOT NULL,
  last_touch INTEGER, last_touch_day INTEGER, last_content TEXT,
  last_reaction TEXT, last_reaction_day INTEGER,
  heard INTEGER,
  last_seq INTEGER NOT NULL
, heard_day INTEGER, added_day INTEGER, last_positive_day INTEGER, keywords INTEGER NOT NULL DEFAULT 0, last_keyword_day INTEGER, interests INTEGER NOT NULL DEFAULT 0, stage_seq INTEGER, flags INTEGER NOT NULL DEFAULT 0, purchases INTEGER NOT NULL DEFAULT 0, spent INTEGER NOT NULL DEFAULT 0, last_purchase_day INTEGER, last_exploring_day INTEGER) STRICT;
CREATE TABLE content_month (
  content TEXT NOT NULL, version TEXT NOT NULL, variant TEXT NOT NULL, digest TEXT NOT NULL,
  stage TEXT NOT NULL, month INTEGER NOT NULL, operator TEXT NOT NULL,
  sends INTEGER NOT NULL DEFAULT 0,
  friendly INTEGER NOT NULL DEFAULT 0, positive INTEGER NOT NULL DEFAULT 0,
  exploring INTEGER NOT NULL DEFAULT 0, rejecting INTEGER NOT NULL DEFAULT 0,
  lost INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (content, version, variant, digest, stage, month, operator)
) STRICT, WITHOUT ROWID;
CREATE TABLE day_stat (
  operator TEXT NOT NULL, day INTEGER NOT NULL, stage TEXT NOT NULL,
  sends INTEGER NOT NULL DEFAULT 0, reacted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (operator, day, stage)
) STRICT, WITHOUT ROWID;
CREATE TABLE due_count (
  owner TEXT NOT NULL, day INTEGER NOT NULL, stage TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (owner, day, stage)
) STRICT, WITHOUT ROWID;
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  at_ms INTEGER NOT NULL,
  utc_offset INTEGER NOT NULL,
  day INTEGER NOT NULL,
  operator TEXT NOT NULL,
  kind TEXT NOT NULL,
  contact INTEGER,
  content TEXT, variant TEXT, digest TEXT, version TEXT, channel TEXT, stage TEXT, step TEXT,
  reaction TEXT,
  ref INTEGER REFERENCES event (seq),
  amount INTEGER,
  outcome TEXT NOT NULL,
  text_hash TEXT,
  hash TEXT NOT NULL,
  CHECK (length(hash) = 64)
) STRICT;
CREATE TABLE event_text (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  contact INTEGER,
  salt TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE given_up (
  contact INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (contact, kind, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_apart (
  contact INTEGER NOT NULL, other INTEGER NOT NULL,
  PRIMARY KEY (contact, other)
) STRICT, WITHOUT ROWID;
CREATE TABLE keys_of_contact (contact INTEGER PRIMARY KEY, keys TEXT NOT NULL) STRICT;
CREATE TABLE learned (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  contact INTEGER NOT NULL,
  said INTEGER NOT NULL,
  reaction TEXT NOT NULL
) STRICT;
CREATE TABLE learned_token (
  token INTEGER NOT NULL, said INTEGER NOT NULL,
  PRIMARY KEY (token, said)
) STRICT, WITHOUT ROWID;
CREATE TABLE list_care (
  contact INTEGER NOT NULL, list TEXT NOT NULL, handled INTEGER, until INTEGER,
  PRIMARY KEY (contact, list)
) STRICT, WITHOUT ROWID;
CREATE TABLE list_count (
  owner TEXT NOT NULL, list INTEGER NOT NULL, day INTEGER NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (owner, list, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE list_entry (
  contact INTEGER NOT NULL, list INTEGER NOT NULL,
  owner TEXT NOT NULL, since INTEGER NOT NULL, due INTEGER NOT NULL, priority INTEGER NOT NULL,
  PRIMARY KEY (contact, list)
) STRICT, WITHOUT ROWID;
CREATE TABLE list_number (
  bit INTEGER PRIMARY KEY CHECK (bit BETWEEN 0 AND 59),
  list TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE merged (
  contact INTEGER PRIMARY KEY,
  survivor INTEGER NOT NULL,
  seq INTEGER NOT NULL REFERENCES event (seq),
  phone_key TEXT NOT NULL, name TEXT NOT NULL, handle TEXT NOT NULL, external_id TEXT NOT NULL,
  email TEXT NOT NULL
) STRICT;
CREATE TABLE rules_in_force (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  digest TEXT NOT NULL, day INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE script_text (
  digest TEXT NOT NULL, content TEXT NOT NULL, variant TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (digest, content, variant)
) STRICT, WITHOUT ROWID;
CREATE TABLE sop_shape (
  id INTEGER PRIMARY KEY,
  version TEXT NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
  since_seq INTEGER REFERENCES event (seq)
) STRICT;
CREATE TABLE touch (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  contact INTEGER NOT NULL,
  operator TEXT NOT NULL,
  day INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  content TEXT NOT NULL, variant TEXT NOT NULL, digest TEXT NOT NULL, version TEXT NOT NULL,
  stage TEXT NOT NULL,
  reaction TEXT, reaction_seq INTEGER, reaction_day INTEGER
) STRICT;
CREATE TABLE walk (
  contact INTEGER NOT NULL,
  sequence TEXT NOT NULL,
  priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 9),
  step TEXT, due INTEGER,
  since INTEGER NOT NULL,
  snoozed INTEGER NOT NULL CHECK (snoozed IN (0, 1)),
  PRIMARY KEY (contact, sequence)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_never_goes BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
