"""Whatever is done in whatever order: nothing is offered to who refused, and no reaction is lost.

The machine knows people by their phones and ids alone, as a chat does, and
keeps its own account of who refused: so it sees through two contacts of one
person, merges and un-merges, imports, erasures, and restores that bring older
contacts back. Only a resume of that very contact lifts a refusal.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from rules.nouns import Kind, Reaction, Status
from rules.sending import Why
from rules.shift import Shift
from rules.timing import Moment
from rules.wording import DeskError
from store import editing, lists, log, merged, merging, side_file, undoing, verbs
from store.backups import Occasion, back_up, backups
from store.connection import beside, connect
from store.erasing import erase
from store.exchange.contact_rows import ContactRow
from store.importing import Mode
from store.list_pass import judge_all
from store.namesakes import refused_elsewhere
from store.offering import offer
from store.phones import phone_key
from store.profiles import profile_of
from store.reapplying_kept import take_up
from store.refusals_kept import desk_of, differences
from store.side_file import side_of
from store.verbs import Done
from tests.backup_kit import BECAUSE, taken_back
from tests.desk_kit import MONDAY, moment, new_desk, row, shift
from tests.list_kit import ruled

PHONES = ("13800000001", "13800000002", "13800000003")
IDS = ("wm-aaaaaaaa", "wm-bbbbbbbb", "wm-cccccccc")
HANDLES = ("zhang_wei", "li_fang")
ROWS = st.builds(
    row,
    st.sampled_from(["张伟", "李芳", "王敏"]),
    phone=st.sampled_from(["", *PHONES, "+86 138 0000 0001"]),
    external_id=st.sampled_from(["", *IDS]),
    handle=st.sampled_from(["", "", *HANDLES]),
    refused=st.sampled_from([False] * 9 + [True]),
)
WHOM = st.integers(0, 7)
HOW = ("readable", "lost", "by hand")
GONE = -1
"""No contact: somebody erased takes nothing back."""
Key = tuple[str, str]


def lose(path: Path, db: sqlite3.Connection) -> None:
    """Nothing of a desk can be read any more."""
    db.close()
    path.write_bytes(b"rubbish" * 99)
    for left in beside(path):
        left.unlink(missing_ok=True)


class RefusalsHold(RuleBasedStateMachine):
    """One desk, whatever is done to it, and whoever said no."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.desk = new_desk(Path(self.folder.name))
        self.desk.db.execute("PRAGMA synchronous = OFF")
        self.desk.shift = shift("op1", ruled(), daily_cap=99, week_cap=99)
        self.day, self.time, self.restored = MONDAY, 0, False
        self.refused: list[tuple[int, int, frozenset[Key]]] = []
        """Who said no, when, and by what that person was known."""
        self.resumed: dict[int, tuple[int, int]] = {}
        """When a contact was resumed last, and by which event."""
        self.reactions: dict[str, int] = {}
        """Uuids of the reactions that were told as logged, and when."""
        self.backups: dict[str, tuple[int, int]] = {}
        """When a backup was made, and the last contact then, by its name."""
        self.desk.take([row("张伟", phone=PHONES[0], external_id=IDS[0])])
        self.desk.take([row("李芳", phone=PHONES[1])])

    def teardown(self) -> None:
        self.desk.db.close()
        self.folder.cleanup()

    def told(self) -> tuple[sqlite3.Connection, Shift, Moment]:
        self.time += 1
        return self.desk.db, self.desk.shift, moment(self.day)

    def someone(self, whom: int) -> int:
        return 1 + whom % (int(self.desk.one("SELECT MAX(contact) FROM event")) + 1)

    def keys(self, contact: int) -> Iterator[Key]:
        """By what the person of a contact is known, under every name."""
        holder = merged.holder(self.desk.db, contact)
        own = profile_of(self.desk.db, holder) or {}
        for known in (own, *merged.identities(self.desk.db, holder)):
            told = {"phone": phone_key(known.get("phone", "")), **known}
            told["phone"] = phone_key(told["phone"])
            for kind in ("phone", "handle", "external_id"):
                if told.get(kind):
                    yield kind, told[kind]

    def says_no(self, contact: int) -> None:
        self.refused.append((contact, self.time, frozenset(self.keys(contact))))

    def is_refused(self, contact: int) -> bool:
        """Whether a refusal stands that neither its own contact nor this one took back since."""
        keys = {*self.keys(contact)}
        return any(
            not keys.isdisjoint(known)
            and self.resumed_at(contact) < at
            and self.resumed_at(whose) < at
            for whose, at, known in self.refused
        )

    def resumed_at(self, contact: int) -> int:
        people = merged.members(self.desk.db, contact)
        return max((self.resumed[c][0] for c in people if c in self.resumed), default=-1)

    # What is done

    @rule(people=st.lists(ROWS, min_size=1, max_size=3), mode=st.sampled_from(Mode))
    def imports(self, people: Sequence[ContactRow], mode: Mode) -> None:
        self.time += 1
        before = self.desk.events()
        self.desk.take(people, moment(self.day), mode)
        told = "SELECT contact FROM event WHERE kind = 'refused' AND seq > ?"
        for (contact,) in self.desk.db.execute(told, (before,)).fetchall():
            self.says_no(contact)

    @rule(whom=WHOM, answer=st.booleans())
    def sends(self, whom: int, answer: bool) -> None:
        contact = self.someone(whom)
        refused = self.is_refused(contact)
        with suppress(DeskError):
            told = verbs.send(*self.told(), contact, answer=answer)
            assert not (refused and isinstance(told, Done))

    @rule(whom=WHOM, reaction=st.sampled_from(Reaction))
    def reacts(self, whom: int, reaction: Reaction) -> None:
        with suppress(DeskError):
            done = verbs.react(*self.told(), self.someone(whom), reaction, {"reply": "好"})
            self.reactions[done.event.uuid] = self.time

    @rule(whom=WHOM)
    def refuses(self, whom: int) -> None:
        with suppress(DeskError):
            done = verbs.refuse(*self.told(), self.someone(whom), "别再发了")
            self.says_no(done.state.contact)

    @rule(whom=WHOM)
    def resumes(self, whom: int) -> None:
        with suppress(DeskError):
            done = verbs.resume(*self.told(), self.someone(whom), "又想聊了")
            self.resumed[done.state.contact] = self.time, done.event.seq

    @rule(whom=WHOM, other=WHOM)
    def merges(self, whom: int, other: int) -> None:
        with suppress(DeskError):
            merging.merge(*self.told(), self.someone(whom), self.someone(other))

    @rule(whom=WHOM)
    def unmerges(self, whom: int) -> None:
        with suppress(DeskError):
            merging.unmerge(*self.told(), self.someone(whom))

    @rule(past=st.booleans(), times=st.integers(1, 4), redo=st.booleans())
    def undoes(self, past: bool, times: int, redo: bool) -> None:
        for _ in range(times):
            with suppress(DeskError):
                undoing.undo(*self.told(), past_refusals=past)
        for _ in range(times if redo else 0):
            with suppress(DeskError):
                undoing.redo(*self.told())
        self.forget_undone_resumes()

    @rule(n=st.integers(0, 30))
    def turns_a_step(self, n: int) -> None:
        """Takes one step of any day back, or does it again."""
        done = [step.event.seq for step in undoing.steps(self.desk.db, "op1")]
        if done:
            with suppress(DeskError):
                undoing.toggle(*self.told(), done[n % len(done)])
        self.forget_undone_resumes()

    @rule(whom=WHOM, phone=st.sampled_from(["", *PHONES]), other=st.sampled_from(["", *IDS]))
    def edits(self, whom: int, phone: str, other: str) -> None:
        with suppress(DeskError):
            fields = {"phone": phone, "external_id": other}
            editing.edit(*self.told(), self.someone(whom), fields)

    @rule(whom=WHOM)
    def moves_on(self, whom: int) -> None:
        with suppress(DeskError):
            verbs.keyword(*self.told(), self.someone(whom), "模板")
            lists.accept_stage(*self.told(), self.someone(whom))

    @rule(whom=WHOM)
    def erases(self, whom: int) -> None:
        contact = self.someone(whom)
        keys = frozenset(self.keys(contact))
        with suppress(DeskError):
            erase(*self.told(), contact, "来信要求")
            self.refused.append((GONE, self.time, keys))

    @rule()
    def backs_up(self) -> None:
        made = back_up(self.desk.path, moment(self.day, 10, self.time % 60), Occasion.ASKED)
        if made is not None:
            last = int(self.desk.one("SELECT MAX(contact) FROM event"))
            self.backups[made.name] = self.time, last

    @rule(n=st.integers(0, 5), how=st.sampled_from(HOW))
    def restores(self, n: int, how: str) -> None:
        """Over the desk as it is, over one that is lost; or a copy is put back by hand."""
        kept = [known for known in backups(self.desk.path) if known.name in self.backups]
        if not kept:
            return
        backup = kept[n % len(kept)]
        then, last = self.backups[backup.name]
        if how != "readable":
            lose(self.desk.path, self.desk.db)
        if how == "by hand":
            shutil.copyfile(backup.path, self.desk.path)
            self.desk.db = connect(self.desk.path)
            take_up(self.desk.db, self.desk.path, "op1", moment(self.day), BECAUSE)
        else:
            taken_back(self.desk, backup, moment(self.day))
        self.desk.db.execute("PRAGMA synchronous = OFF")
        # Who was taken up again may be so after it too: that was the last word.
        self.resumed = {c: told for c, told in self.resumed.items() if c <= last}
        self.reactions = {uuid: at for uuid, at in self.reactions.items() if at <= then}
        self.restored = True

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.day += days
        judge_all(self.desk.db, self.desk.shift.sop, self.day)

    # What must hold

    def contacts(self) -> list[tuple[int]]:
        return self.desk.db.execute("SELECT contact FROM contact_state ORDER BY 1").fetchall()

    def status(self, contact: int) -> Status:
        return self.desk.state(contact).status

    def forget_undone_resumes(self) -> None:
        db = self.desk.db
        if self.restored:  # the numbers of events are others now
            return
        for contact, (_at, seq) in [*self.resumed.items()]:
            event = next(log.events(db, "event_by_seq", seq=seq), None)
            if event is None or event.kind is not Kind.RESUMED or undoing.is_undone(db, event):
                del self.resumed[contact]

    @invariant()
    def nothing_is_offered_to_who_refused(self) -> None:
        db, at_work = self.desk.db, self.desk.shift
        told = [c for (c,) in self.contacts() if self.is_refused(c)]
        for contact in told:
            for content in (None, "talk", "thanks"):
                for answer in (False, True):
                    now = moment(self.day)
                    offered = offer(db, at_work, now, contact, content, answer=answer)
                    assert offered.blocked is not None, (contact, content, answer)
                    assert offered.blocked.why is Why.DO_NOT_CONTACT, (contact, offered.blocked)
                    assert offered.next_due is None
                    assert offered.scripts == ()
                    assert offered.content is None
        listed = db.execute("SELECT DISTINCT contact FROM list_entry").fetchall()
        for contact in {c for (c,) in listed} & {*told}:
            assert refused_elsewhere(db, self.desk.state(contact), profile_of(db, contact) or {})

    @invariant()
    def every_reaction_stays_in_the_log(self) -> None:
        found = self.desk.db.execute("SELECT uuid FROM event WHERE kind = 'reaction'")
        assert self.reactions.keys() <= {uuid for (uuid,) in found}

    @invariant()
    def the_desk_agrees_with_its_log(self) -> None:
        assert self.desk.faults() == []

    @invariant()
    def the_file_beside_is_not_behind(self) -> None:
        db, file = self.desk.db, side_of(self.desk.path)
        lacking = differences(db, side_file.read(file, desk_of(db)))
        assert [told for told in lacking if not told.free] == []


def test_whatever_is_done_refusals_and_reactions_stand() -> None:
    run_state_machine_as_test(
        RefusalsHold,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
