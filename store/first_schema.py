"""The tables of the first format: where every file began. Never changed, see `migrations`."""

FIRST = """
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
CREATE INDEX event_contact ON event (contact, seq) WHERE contact IS NOT NULL;
CREATE INDEX event_desk ON event (seq) WHERE contact IS NULL;
CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER event_never_goes BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TABLE event_text (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  contact INTEGER,
  salt TEXT NOT NULL,
  body TEXT NOT NULL
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

CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, remark TEXT NOT NULL, phone TEXT NOT NULL, phone_key TEXT NOT NULL,
  handle TEXT NOT NULL, external_id TEXT NOT NULL, company TEXT NOT NULL, title TEXT NOT NULL,
  email TEXT NOT NULL, birthday TEXT NOT NULL, source TEXT NOT NULL, added TEXT NOT NULL,
  tags TEXT NOT NULL, interest TEXT NOT NULL, extra TEXT NOT NULL
) STRICT;
CREATE INDEX contact_external ON contact (external_id) WHERE external_id <> '';
CREATE INDEX contact_handle ON contact (handle) WHERE handle <> '';
CREATE INDEX contact_phone ON contact (phone_key) WHERE phone_key <> '';
CREATE INDEX contact_email ON contact (email) WHERE email <> '';
CREATE INDEX contact_name ON contact (name);

CREATE TABLE contact_key (
  k TEXT NOT NULL, contact INTEGER NOT NULL,
  PRIMARY KEY (k, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_key_of ON contact_key (contact);

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
) STRICT;
CREATE INDEX queue ON contact_state (owner, stage, priority DESC, due, contact)
  WHERE status = 'active' AND due IS NOT NULL;
CREATE INDEX standing_aside ON contact_state (owner, due, contact) WHERE status <> 'active';

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
CREATE INDEX touch_contact ON touch (contact, day);
CREATE INDEX touch_operator ON touch (operator, day);

CREATE TABLE due_count (
  owner TEXT NOT NULL, day INTEGER NOT NULL, stage TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (owner, day, stage)
) STRICT, WITHOUT ROWID;

CREATE TABLE content_stat (
  content TEXT NOT NULL, version TEXT NOT NULL, variant TEXT NOT NULL, digest TEXT NOT NULL,
  stage TEXT NOT NULL, operator TEXT NOT NULL,
  sends INTEGER NOT NULL DEFAULT 0,
  friendly INTEGER NOT NULL DEFAULT 0, positive INTEGER NOT NULL DEFAULT 0,
  exploring INTEGER NOT NULL DEFAULT 0, rejecting INTEGER NOT NULL DEFAULT 0,
  lost INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (content, version, variant, digest, stage, operator)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_stat (
  operator TEXT NOT NULL, day INTEGER NOT NULL, stage TEXT NOT NULL,
  sends INTEGER NOT NULL DEFAULT 0, reacted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (operator, day, stage)
) STRICT, WITHOUT ROWID;
"""
