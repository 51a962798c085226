"""Random days at the desk: whatever is done in whatever order, the desk agrees with its log.

The machine keeps an account of its own, made from the answers of the verbs
alone: who asked not to be contacted, and what was told to be written.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from rules.lists import ListRule
from rules.nouns import Kind, Reaction, Status
from rules.sending import Blocked
from rules.shift import Shift
from rules.timing import Moment
from rules.wording import DeskError
from store import derived, lists, undoing, verbs
from store.exchange.contact_rows import ContactRow
from store.importing import Mode
from store.list_pass import judge_all
from store.offering import NotOnDesk
from store.queue import Place, due_page, stage_counts
from store.undoing import Taken
from store.verbs import Done
from store.walking import Looked, look_at_sequences
from tests.desk_kit import MONDAY, moment, row, shift
from tests.desk_machine import DeskMachine
from tests.list_kit import LISTS, ruled
from tests.walk_kit import FAIR_DAY
from tests.walk_kit import sop as walked_sop

PEOPLE = st.builds(
    row,
    st.sampled_from(["张伟", "李芳", "op1 2", "op2 3"]),
    st.integers(2, 9),
    phone=st.sampled_from(["", "13800000001", "13800000002", "+86 138 0000 0001"]),
    external_id=st.sampled_from(["", "", "wm1", "wm2"]),
    company=st.sampled_from(["", "新禾", "云链"]),
    stage=st.sampled_from(["", "lead", "线索", "customer", "什么"]),
    owner=st.sampled_from(["", "op1", "op2"]),
)
FILES = st.lists(PEOPLE, min_size=1, max_size=5)
SHIFTS = {name: shift(name, ruled(sop=walked_sop()), daily_cap=4) for name in ("op1", "op2")}
BEFORE_THE_FAIR = ("invite", "remind")
OPERATORS = st.sampled_from([*SHIFTS])
WHOM = st.integers(0, 7)
"""Few, so that much happens to each."""
CONTENT = st.sampled_from([None, None, None, "hello", "talk", "no such content"])
REACTION = st.sampled_from([*Reaction, Reaction.FRIENDLY, Reaction.POSITIVE])
ANSWER = st.sampled_from([False, False, False, True])
WORDS = st.sampled_from(["", "谢谢[抱拳]", "排产、报价；价格"])
LIST = st.sampled_from([rule.id for rule in LISTS])
MESSAGES = (Kind.TOUCH.value, Kind.ANSWER.value)


class RandomDays(DeskMachine):
    """Two operators at one desk, over days that go on and sometimes back."""

    def __init__(self) -> None:
        super().__init__()
        self.day = MONDAY
        self.hour = 10
        self.refused: set[int] = set()
        self.lifted: dict[int, int] = {}
        """Resumes that took back a refusal: sequence number to contact."""
        self.reactions: dict[int, str] = {}
        self.messages: dict[int, int] = {}
        """Messages written per contact, as the verbs told."""
        for owner in SHIFTS:
            self.desk.take([row(f"{owner} {n}", n, owner=owner) for n in range(2, 5)])
        judge_all(self.desk.db, ruled(), self.day)

    @property
    def now(self) -> Moment:
        return moment(self.day, self.hour)

    @rule(people=FILES, operator=OPERATORS, mode=st.sampled_from(Mode), dry_run=st.booleans())
    def imports(
        self, people: Sequence[ContactRow], operator: str, mode: Mode, dry_run: bool
    ) -> None:
        before = self.desk.events()
        self.desk.shift = SHIFTS[operator]
        done = self.desk.take(people, self.now, mode, dry_run=dry_run)
        assert done.new + done.changed + done.same + len(done.rejected) == len(people)
        assert (self.desk.events() > before) == (done.event is not None)
        self.account_for_aliases()

    def account_for_aliases(self) -> None:
        """An import may only add to those who are not to be contacted."""
        told = self.desk.db.execute(
            "SELECT contact FROM contact_state WHERE status = ?", (Status.DO_NOT_CONTACT,)
        )
        now_refused = {contact for (contact,) in told}
        assert now_refused >= self.refused
        self.refused = now_refused

    @rule(whom=WHOM, operator=OPERATORS, content=CONTENT, answer=ANSWER)
    def sends(self, whom: int, operator: str, content: str | None, answer: bool) -> None:
        self.send(self.someone(whom), SHIFTS[operator], content, answer)

    @rule(whom=WHOM, operator=OPERATORS, reaction=REACTION, words=WORDS, answer=ANSWER)
    def hears(self, whom: int, operator: str, reaction: Reaction, words: str, answer: bool) -> None:
        """A reaction; to some of them something is answered at once."""
        contact, at_work = self.someone(whom), SHIFTS[operator]
        self.hear(contact, at_work, reaction, words)
        if answer:
            self.send(contact, at_work, "talk", answer=True)

    def hear(self, contact: int, at_work: Shift, reaction: Reaction, words: str) -> None:
        with suppress(NotOnDesk):
            told = {"note": words}
            done = verbs.react(self.desk.db, at_work, self.now, contact, reaction, told)
            self.reactions[done.event.seq] = done.event.uuid
            assert (done.state.status is Status.DO_NOT_CONTACT) == (contact in self.refused)

    def send(self, contact: int, at_work: Shift, content: str | None, answer: bool) -> None:
        before = self.desk.events()
        sent_today = "SELECT COUNT(*) FROM touch WHERE contact = ? AND day >= ?"
        touched = self.desk.one(sent_today, contact, self.day)
        told: Done | Blocked | None = None
        with suppress(NotOnDesk):
            told = verbs.send(self.desk.db, at_work, self.now, contact, content, answer=answer)
        if isinstance(told, Done):
            assert contact not in self.refused
            assert answer or not touched, "two messages on a day"
            assert not (told.event.step in BEFORE_THE_FAIR and self.day >= FAIR_DAY)
            self.messages[contact] = self.messages.get(contact, 0) + 1
        else:
            assert self.desk.events() == before

    @rule(whom=WHOM, operator=OPERATORS, reaction=REACTION, stays=st.booleans())
    def refuses(self, whom: int, operator: str, reaction: Reaction, stays: bool) -> None:
        """A refusal; some take it back, the others are heard of and tried once more."""
        contact, at_work = self.someone(whom), SHIFTS[operator]
        with suppress(NotOnDesk):
            verbs.refuse(self.desk.db, at_work, self.now, contact, "别再发了")
            self.refused.add(contact)
            if not stays:
                self.resume(contact, at_work)
                return
            self.hear(contact, at_work, reaction, "算了")
            for content, answer in ((None, False), ("talk", False), ("talk", True)):
                self.send(contact, at_work, content, answer)

    @rule(whom=WHOM, operator=OPERATORS)
    def resumes(self, whom: int, operator: str) -> None:
        with suppress(DeskError):
            self.resume(self.someone(whom), SHIFTS[operator])

    def resume(self, contact: int, at_work: Shift) -> None:
        done = verbs.resume(self.desk.db, at_work, self.now, contact, "又想聊了")
        if contact in self.refused:
            self.lifted[done.event.seq] = contact
        self.refused.discard(contact)

    @rule(whom=WHOM, operator=OPERATORS, days=st.integers(-3, 9), words=WORDS)
    def postpones_or_notes(self, whom: int, operator: str, days: int, words: str) -> None:
        contact, at_work = self.someone(whom), SHIFTS[operator]
        with suppress(DeskError):
            if words:
                verbs.note(self.desk.db, at_work, self.now, contact, {"interest": words})
            else:
                verbs.snooze(self.desk.db, at_work, self.now, contact, self.day + days)

    @rule(whom=WHOM, operator=OPERATORS, name=LIST, days=st.integers(-3, 9), done=st.booleans())
    def follows_up(self, whom: int, operator: str, name: str, days: int, done: bool) -> None:
        db, contact, at_work = self.desk.db, self.someone(whom), SHIFTS[operator]
        with suppress(DeskError):
            if done:
                lists.follow_up(db, at_work, self.now, contact, name)
            else:
                lists.put_off(db, at_work, self.now, contact, name, self.day + days)

    @rule(whom=WHOM, operator=OPERATORS, word=WORDS, moves=st.booleans())
    def moves_on(self, whom: int, operator: str, word: str, moves: bool) -> None:
        """A keyword reply, then a decision about the stage."""
        db, contact, at_work = self.desk.db, self.someone(whom), SHIFTS[operator]
        with suppress(DeskError):
            if word:
                verbs.keyword(db, at_work, self.now, contact, word)
            decide = lists.accept_stage if moves else lists.decline_stage
            decide(db, at_work, self.now, contact)

    @rule(chosen=st.sets(st.sampled_from(LISTS), min_size=1))
    def rules_are_edited(self, chosen: set[ListRule]) -> None:
        kept = tuple(rule for rule in LISTS if rule in chosen)
        judge_all(self.desk.db, ruled(kept), self.day)

    @rule(operator=OPERATORS, same_day=st.booleans(), again=st.booleans())
    def undoes(self, operator: str, same_day: bool, again: bool) -> None:
        """An undo; some are regretted at once."""
        with suppress(DeskError):
            taken = undoing.undo(self.desk.db, SHIFTS[operator], self.now, same_day=same_day)
            if taken.target.seq in self.lifted:
                self.refused.add(self.lifted[taken.target.seq])
            self.account_for(taken)
            if again:
                self.redoes(operator)

    @rule(operator=OPERATORS)
    def redoes(self, operator: str) -> None:
        with suppress(DeskError):
            taken = undoing.redo(self.desk.db, SHIFTS[operator], self.now)
            assert taken.target.seq not in self.lifted
            self.account_for(taken)

    def account_for(self, taken: Taken) -> None:
        contact = taken.target.contact
        if contact is not None:
            refused = taken.state is not None and taken.state.status is Status.DO_NOT_CONTACT
            assert refused == (contact in self.refused)

    @rule(operator=OPERATORS, takes_back=st.booleans(), again=st.booleans())
    def looks_at_sequences(self, operator: str, takes_back: bool, again: bool) -> None:
        """The day's first opening; some take the last entering back, and some of them regret it."""
        at_work, db = SHIFTS[operator], self.desk.db
        look_at_sequences(db, at_work, self.now)
        assert look_at_sequences(db, at_work, self.now) == Looked()
        last = self.desk.one("SELECT MAX(seq) FROM event WHERE kind = 'entering'")
        for _ in range(takes_back + (takes_back and again) if last else 0):
            undoing.toggle(db, at_work, self.now, last)

    @rule(days=st.sampled_from([1, 2, 3, 7, 16, -2]), hour=st.sampled_from([10, 11, 15, 22]))
    def days_pass(self, days: int, hour: int) -> None:
        self.day, self.hour = self.day + days, hour
        judge_all(self.desk.db, ruled(), self.day)

    @invariant()
    def agrees_with_the_log(self) -> None:
        assert self.desk.faults() == []

    @invariant()
    def the_refused_stay_refused_and_get_nothing(self) -> None:
        told = dict(self.desk.db.execute("SELECT contact, status FROM contact_state"))
        assert {c for c, s in told.items() if s == Status.DO_NOT_CONTACT} == self.refused
        written = self.desk.db.execute(
            "SELECT contact, COUNT(*) FROM event WHERE kind IN (?, ?) GROUP BY contact", MESSAGES
        )
        assert dict(written) == self.messages
        listed = self.desk.db.execute("SELECT contact FROM list_entry")
        assert not {contact for (contact,) in listed} & self.refused

    @invariant()
    def the_queue_sees_the_plan_in_front(self) -> None:
        for contact, sequence, step, due in self.desk.db.execute(
            "SELECT s.contact, s.sequence, s.step, s.due FROM contact_state s"
            " WHERE s.contact IN (SELECT contact FROM walk)"
        ):
            walk = derived.plans_of(self.desk.db, contact).get(sequence)
            assert walk is None or (walk.step, walk.due) == (step, due)

    @invariant()
    def every_reaction_is_kept(self) -> None:
        kept = self.desk.db.execute("SELECT seq, uuid FROM event WHERE kind = 'reaction'")
        assert dict(kept) == self.reactions

    @invariant()
    def tabs_count_what_the_list_shows(self) -> None:
        for owner in ("op1", "op2"):
            for count in stage_counts(self.desk.db, owner, ("lead", "mql"), self.day):
                page = due_page(self.desk.db, owner, count.stage, self.day, Place(), 100)
                assert len(page) == count.due
                assert not {line.contact for line in page} & self.refused
            for told in lists.list_counts(self.desk.db, owner, ruled(), self.day):
                lines = lists.list_page(self.desk.db, owner, told.rule, self.day, limit=100)
                assert len(lines) == told.total
                assert sum(line.due <= self.day for line in lines) == told.due


TestRandomDays = RandomDays.TestCase
TestRandomDays.settings = settings(
    max_examples=60,
    stateful_step_count=30,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
