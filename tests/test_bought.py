"""Purchases and contracts by hand: told, corrected by new entries, undone, merged, erased."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.events import Event
from rules.facts import values
from rules.lists import ListRule
from rules.nouns import Kind
from rules.purchases import purchases, totals
from rules.wording import DeskError
from store import bought, erasing, merging, undoing
from store.bought import Deal
from store.list_pass import judge_all
from store.purchasing import import_purchases
from store.read_anew import add_up_anew
from tests.desk_kit import MONDAY, SOURCE, Desk, moment, new_desk, shift
from tests.list_kit import ruled
from tests.rule_kit import compiled
from tests.test_purchases import PHONE, counts, file, take
from tui import purchase_words


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = new_desk(tmp_path)
    desk.add("张伟", phone=PHONE, external_id="wmAAAA01")
    desk.add("李芳", phone="13900000002", handle="lf")
    return desk


def buy(desk: Desk, amount: int, contact: int = 1, day: int = MONDAY, **told: object) -> int:
    """The number of the new entry; `told` may hold currency, product and contract."""
    deal = Deal(amount, str(told.get("currency", "CNY")), day, str(told.get("product", "")))
    is_contract = bool(told.get("contract"))
    done = bought.buy(desk.db, desk.shift, moment(), contact, deal, contract=is_contract)
    return done.event.seq


def correct(desk: Desk, seq: int, amount: int, contact: int = 1, day: int = MONDAY) -> int:
    deal = Deal(amount, "CNY", day)
    return bought.correct(desk.db, desk.shift, moment(), contact, seq, deal).event.seq


def sums(desk: Desk, contact: int = 1) -> tuple[int, dict[str, int]]:
    """How many count, and what they add up to."""
    told = totals(bought.bought(desk.db, contact).values())
    return told.count, dict(told.sums)


def test_purchases_and_contracts_add_up_by_currency(desk: Desk) -> None:
    buy(desk, 120000, day=MONDAY - 30)
    buy(desk, -20000, day=MONDAY - 20)
    buy(desk, 5000, currency="USD", contract=True, day=MONDAY - 10)
    told = totals(bought.bought(desk.db, 1).values())
    assert (told.count, dict(told.sums), told.last_day) == (
        2,
        {"USD": 5000, "CNY": 100000},
        MONDAY - 10,
    )
    assert [one.is_contract for one in bought.bought(desk.db, 1).values()] == [False, False, True]
    assert desk.faults() == []


def test_correction_counts_and_the_first_entry_stays(desk: Desk) -> None:
    first = buy(desk, 120000)
    second = correct(desk, first, 130000, day=MONDAY - 3)
    assert sums(desk) == (1, {"CNY": 130000})
    assert desk.one("SELECT amount FROM event WHERE seq = ?", first) == 120000
    correct(desk, second, 125000)
    assert sums(desk) == (1, {"CNY": 125000})
    correct(desk, first, 0)
    assert sums(desk) == (0, {})
    assert desk.faults() == []


def test_each_entry_is_undone_like_every_step(desk: Desk) -> None:
    first = buy(desk, 120000, day=MONDAY - 9)
    correct(desk, first, 130000)
    undoing.undo(desk.db, desk.shift, moment(), same_day=True)
    assert sums(desk) == (1, {"CNY": 120000})
    undoing.redo(desk.db, desk.shift, moment())
    assert sums(desk) == (1, {"CNY": 130000})
    undoing.toggle(desk.db, desk.shift, moment(), first)
    assert sums(desk) == (0, {})
    undoing.toggle(desk.db, desk.shift, moment(), first)
    assert sums(desk) == (1, {"CNY": 130000})
    assert desk.faults() == []


def test_purchase_of_an_earlier_day_is_todays_step(desk: Desk) -> None:
    buy(desk, 120000, day=MONDAY - 40)
    taken = undoing.undo(desk.db, desk.shift, moment(), same_day=True)
    assert taken.target.kind is Kind.PURCHASE
    buy(desk, 120000)
    with pytest.raises(DeskError, match="earlier days"):
        undoing.undo(desk.db, desk.shift, moment(MONDAY + 1), same_day=True)


WRONG: dict[str, tuple[Callable[[Desk], object], str]] = {
    "nothing paid": (lambda desk: buy(desk, 0), "needs an amount"),
    "a day to come": (lambda desk: buy(desk, 100, day=MONDAY + 1), "in the future"),
    "nobody": (lambda desk: buy(desk, 100, contact=9), "not on this desk"),
    "no such entry": (lambda desk: correct(desk, 999, 100), "no purchase of this contact"),
    "not a purchase": (lambda desk: correct(desk, 1, 100), "no purchase of this contact"),
    "somebody else's": (lambda desk: correct(desk, buy(desk, 5, 2), 1), "no purchase of this"),
    "as it is": (lambda desk: correct(desk, buy(desk, 5), 5), "it is so already"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_refused_and_writes_nothing(desk: Desk, case: str) -> None:
    act, words = WRONG[case]
    before = sums(desk)
    with pytest.raises(DeskError, match=words):
        act(desk)
    assert sums(desk) in (before, (1, {"CNY": 5}))
    assert desk.faults() == []


def test_merged_contacts_keep_both_and_their_corrections(desk: Desk) -> None:
    one, two = buy(desk, 100), buy(desk, 250, contact=2)
    merging.merge(desk.db, desk.shift, moment(), 1, 2)
    assert sums(desk) == (2, {"CNY": 350})
    correct(desk, two, 200)
    assert sums(desk) == (2, {"CNY": 300})
    assert desk.faults() == []
    merging.unmerge(desk.db, desk.shift, moment(), 1)
    assert (sums(desk, 1), sums(desk, 2)) == ((1, {"CNY": 100}), (1, {"CNY": 200}))
    assert one < two
    assert desk.faults() == []


def test_file_knows_what_a_merged_contact_bought(desk: Desk, tmp_path: Path) -> None:
    path = file(tmp_path, "13900000002,2026-02-01,5,茶,T1", f"{PHONE},2026-02-02,7,水,T2")
    assert counts(take(desk, path)) == (2, 0, 0)
    merging.merge(desk.db, desk.shift, moment(), 1, 2)
    assert counts(take(desk, path)) == (0, 2, 0)


def test_file_knows_what_was_corrected(desk: Desk, tmp_path: Path) -> None:
    path = file(tmp_path, f"{PHONE},2026-02-01,5,茶,T1")
    take(desk, path)
    seq = next(iter(bought.bought(desk.db, 1)))
    deal = Deal(700, "CNY", MONDAY - 29, "茶", "T1")
    bought.correct(desk.db, desk.shift, moment(), 1, seq, deal)
    assert counts(take(desk, path)) == (0, 1, 0)
    assert counts(take(desk, file(tmp_path, f"{PHONE},2026-02-01,7,茶,T1"))) == (0, 1, 0)


def test_what_is_exported_comes_in_again_as_the_same(desk: Desk, tmp_path: Path) -> None:
    from store.exchange.purchases import open_purchases
    from store.profiles import profile_of
    from tui.due_table import write_table

    buy(desk, -12345, product="=1+1")
    buy(desk, 500, currency="JPY")
    profile = profile_of(desk.db, 1) or {}
    path = tmp_path / "bought.csv"
    rows = [purchase_words.cells(one, profile) for one in bought.bought(desk.db, 1).values()]
    write_table(path, purchase_words.headings(), rows)
    assert "'=1+1" in path.read_text(encoding="utf-8-sig")
    again = import_purchases(desk.db, desk.shift, moment(), open_purchases(path).rows(), SOURCE)
    assert counts(again) == (0, 2, 0)


def test_erased_words_are_gone(desk: Desk) -> None:
    buy(desk, 120000, product="秘密")
    erasing.erase(desk.db, desk.shift, moment(), 1, "asked")
    assert desk.one("SELECT COUNT(*) FROM event_text WHERE body LIKE '%秘密%'") == 0
    assert [one for group in bought.everything_bought(desk.db) for one in group.values()][0:1]
    assert desk.faults() == []


TYPED = {
    "plain": (("1299", "", ""), Deal(129900, "CNY", MONDAY)),
    "currency behind": (("20.50 USD", "", ""), Deal(2050, "USD", MONDAY)),
    "currency apart": (("20.50", "", "usd"), Deal(2050, "USD", MONDAY)),
    "a day without year lies behind": (("5", "12-24", ""), Deal(500, "CNY", MONDAY - 68)),
    "no amount": (("much", "", ""), None),
    "no day": (("5", "soon", ""), None),
    "no currency": (("5", "", "shells"), None),
}


@pytest.mark.parametrize(("told", "deal"), TYPED.values(), ids=TYPED.keys())
def test_what_is_typed_is_read(told: tuple[str, str, str], deal: Deal | None) -> None:
    amount, on, currency = told
    if deal is None:
        with pytest.raises(DeskError):
            purchase_words.deal_told(amount, on, MONDAY, currency=currency)
    else:
        assert purchase_words.deal_told(amount, on, MONDAY, currency=currency) == deal


ENTRIES = st.lists(st.tuples(st.integers(-3, 9), st.integers(0, 12), st.booleans()), max_size=12)


@given(ENTRIES)
def test_sum_is_that_of_the_latest_entries_that_stand(
    told: list[tuple[int, int, bool]],
) -> None:
    """Against a table kept by hand: number n is corrected when its entry names an earlier one."""
    events, counts_now, undone = [], {}, set()
    for seq, (amount, ref, is_undone) in enumerate(told, 1):
        kind = Kind.CORRECTED if ref in counts_now and ref != seq else Kind.PURCHASE
        named = ref if kind is Kind.CORRECTED else None
        event = Event("", 0, 0, 0, "op", kind, 1, ref=named, amount=amount, seq=seq)
        events.append(event)
        if is_undone and kind is Kind.CORRECTED:
            undone.add(seq)
        else:
            counts_now[named or seq] = amount
    found = purchases(events, undone)
    assert {seq: one.amount for seq, one in found.items()} == counts_now
    assert sum(totals(found.values()).sums.values()) == sum(counts_now.values())


def test_rules_read_what_was_bought(desk: Desk, tmp_path: Path) -> None:
    one = buy(desk, 129950, day=MONDAY - 9)
    state = desk.state(1)
    assert (state.purchases, state.spent, state.last_purchase_day) == (1, 1299, MONDAY - 9)
    facts = values(state, MONDAY)
    assert (facts["purchase_count"], facts["purchase_total"]) == (1, 1299)
    assert facts["days_since_purchase"] == 9
    correct(desk, one, 5000, day=MONDAY - 2)
    assert desk.state(1).spent == 50
    take(desk, file(tmp_path, f"{PHONE},2026-03-01,20 USD,茶,T1"))
    state = desk.state(1)
    assert (state.purchases, state.spent, state.last_purchase_day) == (2, 20, MONDAY - 1)
    assert desk.faults() == []


def test_file_brings_buyers_onto_a_list(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    buyers = ListRule("buyers", "买过", compiled("purchase_count >= 1"))
    desk.shift = shift("op1", ruled((buyers,)))
    desk.add("张伟", phone=PHONE)
    judge_all(desk.db, desk.shift.sop, MONDAY)
    assert desk.state(1).flags == 0
    take(desk, file(tmp_path, f"{PHONE},2026-03-01,20,茶,T1"))
    assert desk.state(1).flags != 0
    assert desk.faults() == []


def test_old_file_adds_up_its_purchases(tmp_path: Path, desk: Desk) -> None:
    buy(desk, 129950)
    desk.db.execute("UPDATE contact_state SET purchases = 0, spent = 0, last_purchase_day = NULL")
    assert desk.faults() != []
    add_up_anew(desk.db)
    assert desk.state(1).purchases == 1
    assert desk.faults() == []
