"""The schema, as migrations that are only ever appended.

Each runs in one transaction; `user_version` counts them, so that an older
program recognises a newer file. A migration never imports living code: it must
do the same in ten years.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.first_schema import FIRST

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x53495955
"""The letters SIYU: how the file says that it is ours."""


def first_schema(db: Database) -> None:
    """The log with its personal words apart, and everything derived from it."""
    for statement in statements(FIRST):
        db.execute(statement)


def touches_by_content(db: Database) -> None:
    """The replies behind a content's figures, newest first, without a walk through the log."""
    db.execute("CREATE INDEX touch_content ON touch (content, version)")


_MONTHLY = """
CREATE TABLE content_month (
  content TEXT NOT NULL, version TEXT NOT NULL, variant TEXT NOT NULL, digest TEXT NOT NULL,
  stage TEXT NOT NULL, month INTEGER NOT NULL, operator TEXT NOT NULL,
  sends INTEGER NOT NULL DEFAULT 0,
  friendly INTEGER NOT NULL DEFAULT 0, positive INTEGER NOT NULL DEFAULT 0,
  exploring INTEGER NOT NULL DEFAULT 0, rejecting INTEGER NOT NULL DEFAULT 0,
  lost INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (content, version, variant, digest, stage, month, operator)
) STRICT, WITHOUT ROWID;
INSERT INTO content_month
  SELECT content, version, variant, digest, stage,
    strftime('%Y', day * 86400, 'unixepoch') * 12 + strftime('%m', day * 86400, 'unixepoch') - 1,
    operator, COUNT(*), SUM(reaction IS 'friendly'), SUM(reaction IS 'positive'),
    SUM(reaction IS 'exploring'), SUM(reaction IS 'rejecting'), SUM(reaction IS 'lost')
  FROM touch GROUP BY 1, 2, 3, 4, 5, 6, 7;
DROP TABLE content_stat;
"""


def content_by_month(db: Database) -> None:
    """Content counters by month, so that a period is looked at without a walk through the log."""
    for statement in statements(_MONTHLY):
        db.execute(statement)


def marked_search_keys(db: Database) -> None:
    """Search keys say what begins a name; they are made anew when the desk is opened."""
    db.execute("DELETE FROM contact_key")


LISTS = """
ALTER TABLE contact_state ADD COLUMN heard_day INTEGER;
ALTER TABLE contact_state ADD COLUMN added_day INTEGER;
ALTER TABLE contact_state ADD COLUMN last_positive_day INTEGER;
ALTER TABLE contact_state ADD COLUMN keywords INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact_state ADD COLUMN last_keyword_day INTEGER;
ALTER TABLE contact_state ADD COLUMN interests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact_state ADD COLUMN stage_seq INTEGER;
ALTER TABLE contact_state ADD COLUMN flags INTEGER NOT NULL DEFAULT 0;
UPDATE contact_state SET
  heard_day = (SELECT e.day FROM event e WHERE e.seq = contact_state.heard),
  added_day = (
    SELECT e.day FROM event e WHERE e.contact = contact_state.contact AND e.kind = 'added'
    ORDER BY e.seq DESC LIMIT 1
  ),
  interests = COALESCE((
    SELECT CASE WHEN c.interest = '' THEN 0
      ELSE 1 + length(c.interest) - length(replace(c.interest, ',', '')) END
    FROM contact c WHERE c.id = contact_state.contact
  ), 0),
  last_positive_day = CASE WHEN positive > 0 THEN (
    SELECT e.day FROM event e
    WHERE e.contact = contact_state.contact AND e.kind = 'reaction' AND e.reaction = 'positive'
      AND COALESCE((
        SELECT m.kind FROM event m
        WHERE m.contact = e.contact AND m.ref = e.seq AND m.kind IN ('undo', 'redo')
        ORDER BY m.seq DESC LIMIT 1
      ), 'redo') = 'redo'
    ORDER BY e.seq DESC LIMIT 1
  ) END;

CREATE TABLE rules_in_force (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  digest TEXT NOT NULL, day INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE list_number (
  bit INTEGER PRIMARY KEY CHECK (bit BETWEEN 0 AND 59),
  list TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE list_entry (
  contact INTEGER NOT NULL, list INTEGER NOT NULL,
  owner TEXT NOT NULL, since INTEGER NOT NULL, due INTEGER NOT NULL, priority INTEGER NOT NULL,
  PRIMARY KEY (contact, list)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_order ON list_entry (owner, list, priority DESC, due, contact);
CREATE TABLE list_count (
  owner TEXT NOT NULL, list INTEGER NOT NULL, day INTEGER NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (owner, list, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE list_care (
  contact INTEGER NOT NULL, list TEXT NOT NULL, handled INTEGER, until INTEGER,
  PRIMARY KEY (contact, list)
) STRICT, WITHOUT ROWID;
"""


def lists_of_contacts(db: Database) -> None:
    """What the rules say of each contact, and what was done about it."""
    for statement in statements(LISTS):
        db.execute(statement)


_WALKS = """
CREATE TABLE walk (
  contact INTEGER NOT NULL,
  sequence TEXT NOT NULL,
  priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 9),
  step TEXT, due INTEGER,
  since INTEGER NOT NULL,
  snoozed INTEGER NOT NULL CHECK (snoozed IN (0, 1)),
  PRIMARY KEY (contact, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX walk_due ON walk (due, contact) WHERE step IS NOT NULL;
CREATE INDEX walk_step ON walk (sequence, step, since, priority) WHERE step IS NOT NULL;
"""


def several_plans(db: Database) -> None:
    """The plans of contacts that walk more than their stage's sequence."""
    for statement in statements(_WALKS):
        db.execute(statement)


_LEARNED = """
CREATE TABLE learned (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  contact INTEGER NOT NULL,
  said INTEGER NOT NULL,
  reaction TEXT NOT NULL
) STRICT;
CREATE INDEX learned_said ON learned (said, reaction, seq);
CREATE INDEX learned_contact ON learned (contact);
CREATE TABLE learned_token (
  token INTEGER NOT NULL, said INTEGER NOT NULL,
  PRIMARY KEY (token, said)
) STRICT, WITHOUT ROWID;
"""


def learned_replies(db: Database) -> None:
    """What the replies of the log teach; it is learned when the desk is opened."""
    for statement in statements(_LEARNED):
        db.execute(statement)


_MERGED = """
CREATE TABLE merged (
  contact INTEGER PRIMARY KEY,
  survivor INTEGER NOT NULL,
  seq INTEGER NOT NULL REFERENCES event (seq),
  phone_key TEXT NOT NULL, name TEXT NOT NULL, handle TEXT NOT NULL, external_id TEXT NOT NULL,
  email TEXT NOT NULL
) STRICT;
CREATE INDEX merged_survivor ON merged (survivor);
CREATE INDEX merged_phone ON merged (phone_key) WHERE phone_key <> '';
CREATE INDEX merged_name ON merged (name);
CREATE INDEX merged_handle ON merged (handle) WHERE handle <> '';
CREATE INDEX merged_external ON merged (external_id) WHERE external_id <> '';
CREATE INDEX merged_email ON merged (email) WHERE email <> '';
CREATE TABLE kept_apart (
  contact INTEGER NOT NULL, other INTEGER NOT NULL,
  PRIMARY KEY (contact, other)
) STRICT, WITHOUT ROWID;
"""


def one_person(db: Database) -> None:
    """Contacts that were found to be one person, and pairs that are two."""
    for statement in statements(_MERGED):
        db.execute(statement)


def erasures(db: Database) -> None:
    """Who was erased, found without a walk through the log."""
    db.execute("CREATE INDEX event_erased ON event (seq) WHERE kind = 'erased'")


_BOUGHT = """
ALTER TABLE contact_state ADD COLUMN purchases INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact_state ADD COLUMN spent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact_state ADD COLUMN last_purchase_day INTEGER;
"""


def purchases_of_contacts(db: Database) -> None:
    """What each contact bought; it is added up when the desk is opened."""
    for statement in statements(_BOUGHT):
        db.execute(statement)


def keys_of_every_form(db: Database) -> None:
    """Search keys without accents and of what stands behind a sorting letter: made anew."""
    db.execute("DELETE FROM contact_key")


def exploring_of_contacts(db: Database) -> None:
    """When each contact last explored; it is read from the log when the desk is opened."""
    db.execute("ALTER TABLE contact_state ADD COLUMN last_exploring_day INTEGER")


_GIVEN_UP = """
CREATE TABLE given_up (
  contact INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (contact, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX given_up_by_value ON given_up (kind, value);
"""


def former_phones_and_ids(db: Database) -> None:
    """What people who refused were known by; it is found when the desk is opened."""
    for statement in statements(_GIVEN_UP):
        db.execute(statement)


_TOGETHER = """
CREATE TABLE keys_of_contact (contact INTEGER PRIMARY KEY, keys TEXT NOT NULL) STRICT;
INSERT INTO keys_of_contact (contact, keys)
  SELECT contact, json_group_array(k) FROM contact_key GROUP BY contact;
DROP INDEX contact_key_of;
"""


def keys_together(db: Database) -> None:
    """The search keys of a contact in one row, in place of an index with an entry for each."""
    for statement in statements(_TOGETHER):
        db.execute(statement)


def numbers_of_undone_imports(_db: Database) -> None:
    """What people refused under and an undone import had brought: found when the desk is opened."""


MIGRATIONS = (
    first_schema,
    touches_by_content,
    content_by_month,
    marked_search_keys,
    lists_of_contacts,
    several_plans,
    learned_replies,
    one_person,
    erasures,
    purchases_of_contacts,
    keys_of_every_form,
    exploring_of_contacts,
    former_phones_and_ids,
    keys_together,
    numbers_of_undone_imports,
)
"""In order, append only. The number of them is the file's `user_version`."""


def statements(script: str) -> list[str]:
    """A script's statements; a trigger's body keeps its inner semicolons."""
    found: list[str] = []
    held = ""
    for piece in script.split(";"):
        held = f"{held};{piece}" if held else piece
        if "CREATE TRIGGER" in held and not held.rstrip().endswith("END"):
            continue
        if held.strip():
            found.append(held.strip())
        held = ""
    return found
