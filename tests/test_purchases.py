"""Purchases: read from files, met again, corrected by new entries, undone as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.nouns import Kind
from rules.purchases import OneCurrency, Purchase, state_facts
from store import log, purchasing, row_chunks, undoing
from store.exchange.contact_rows import RejectedRow
from store.exchange.faults import FileRefused
from store.exchange.money import money_in, money_text
from store.exchange.purchases import PurchaseRow, open_purchases
from store.importing import Imported
from store.purchasing import import_purchases
from store.statements import named
from store.timeline import timeline
from tests.desk_kit import MONDAY, SOURCE, Desk, moment, new_desk
from tui.commands.people import words_of

PHONE, OTHER = "13800000001", "13900000002"

MONEY: dict[str, tuple[tuple[str, str], tuple[int, str] | None]] = {
    "plain": (("1299", ""), (129900, "CNY")),
    "with thousands and sign": (("¥1,299.50", ""), (129950, "CNY")),
    "full-width sign and word": (("￥1299.5元", ""), (129950, "CNY")),
    "ten thousands": (("1.2万", ""), (1200000, "CNY")),
    "given back": (("-50", ""), (-5000, "CNY")),
    "given back, in brackets": (("(50.00)", ""), (-5000, "CNY")),
    "dollars by sign": (("$12.30", ""), (1230, "USD")),
    "Hong Kong's by sign": (("HK$12.30", ""), (1230, "HKD")),
    "code behind": (("12.30 EUR", ""), (1230, "EUR")),
    "code of the row": (("12.30", "usd"), (1230, "USD")),
    "yen have no decimals": (("1200", "JPY"), (1200, "JPY")),
    "half a yen": (("12.5", "JPY"), None),
    "parts of a cent": (("1.005", ""), None),
    "zeros behind the cents": (("1.5000", ""), (150, "CNY")),
    "thousands in the wrong place": (("12,99", ""), None),
    "European decimals": (("1.299,00", ""), None),
    "words": (("免费", ""), None),
    "nothing": (("", ""), None),
    "rounded by a spreadsheet": (("1.3E+10", ""), None),
    "no currency": (("5", "贝壳"), None),
    "too much": (("9" * 20, ""), None),
}


@pytest.mark.parametrize(("told", "expected"), MONEY.values(), ids=MONEY.keys())
def test_amount_is_money_or_nothing(
    told: tuple[str, str], expected: tuple[int, str] | None
) -> None:
    assert money_in(*told) == expected


def test_money_is_written_with_its_currency() -> None:
    told = [money_text(-129950, "CNY"), money_text(5, "USD"), money_text(1200, "JPY")]
    assert told == ["-1,299.50 CNY", "0.05 USD", "1,200 JPY"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = new_desk(tmp_path)
    desk.add("张伟", phone=PHONE, external_id="wmAAAA01")
    desk.add("李芳", phone=OTHER, handle="lf")
    return desk


def file(folder: Path, *lines: str, heading: str = "手机号,购买日期,实付金额,商品,订单号") -> Path:
    path = folder / "orders.csv"
    path.write_text("\n".join([heading, *lines]), encoding="utf-8")
    return path


def take(desk: Desk, path: Path, *, dry_run: bool = False) -> Imported:
    rows = open_purchases(path).rows()
    return import_purchases(desk.db, desk.shift, moment(), rows, SOURCE, dry_run=dry_run)


def counts(done: Imported) -> tuple[int, int, int]:
    """New, same, rejected."""
    return done.new, done.same, len(done.rejected)


def reasons(done: Imported) -> list[str]:
    return [str(row.reason) for row in done.rejected]


LINES = (
    f"{PHONE},2026-02-01,1299.00,排产软件,A1",
    f"{PHONE},2026-02-01,99,培训,A1",
    f"+86 {OTHER},2026/2/3,¥50,咖啡,",
    f"{OTHER},2026/2/3,¥50,咖啡,",
)


def test_purchases_stand_in_the_timeline(desk: Desk, tmp_path: Path) -> None:
    assert counts(take(desk, file(tmp_path, *LINES))) == (4, 0, 0)
    told = [e for e in timeline(desk.db, 1) if e.event.kind is Kind.PURCHASE]
    assert [words_of(entry) for entry in told] == [
        "2026-02-01 · 1,299.00 CNY · 排产软件 · A1",
        "2026-02-01 · 99.00 CNY · 培训 · A1",
    ]
    assert desk.faults() == []


def test_same_file_twice_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = file(tmp_path, *LINES)
    take(desk, path)
    before = desk.events()
    again = take(desk, path)
    assert (counts(again), again.event) == ((0, 4, 0), None)
    assert desk.events() == before
    more = take(desk, file(tmp_path, *LINES, LINES[-1], f"{PHONE},2026-02-09,1,x,A2"))
    assert counts(more) == (2, 4, 0)


def test_order_that_stands_otherwise_is_corrected_by_a_new_entry(
    desk: Desk, tmp_path: Path
) -> None:
    take(desk, file(tmp_path, LINES[0]))
    other = take(desk, file(tmp_path, f"{PHONE},2026-02-01,1399.00,排产软件,A1"))
    assert counts(other) == (0, 0, 1)
    assert "correct it by a new entry" in reasons(other)[0]
    back = take(desk, file(tmp_path, f"{PHONE},2026-02-05,-1299.00,排产软件,A1"))
    assert counts(back) == (1, 0, 0)


def test_import_is_undone_as_a_whole_and_can_come_again(desk: Desk, tmp_path: Path) -> None:
    path = file(tmp_path, *LINES)
    event = take(desk, path).event
    assert event is not None
    undoing.toggle(desk.db, desk.shift, moment(), event.seq)
    assert all(e.undone for e in timeline(desk.db, 2) if e.event.kind is Kind.PURCHASE)
    assert desk.faults() == []
    assert counts(take(desk, path)) == (4, 0, 0)
    assert desk.faults() == []


def test_dry_run_counts_and_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    before = desk.events()
    assert counts(take(desk, file(tmp_path, *LINES), dry_run=True)) == (4, 0, 0)
    assert desk.events() == before


REJECTED = {
    "nobody's phone": ("13700000009,2026-02-01,5,x,1", "nobody on the desk"),
    "no date": (f"{PHONE},昨天,5,x,1", '"昨天" is no date'),
    "no amount": (f"{PHONE},2026-02-01,很多,x,1", '"很多" is no amount'),
    "phone that lost digits": ("1.38E+10,2026-02-01,5,x,1", "has lost digits"),
    "order that lost digits": (f"{PHONE},2026-02-01,5,x,4.2E+17", "has lost digits"),
    "nobody named": (",2026-02-01,5,x,1", "nothing says who bought"),
    "a cell too many": (f"{PHONE},2026-02-01,5,x,1,2", "1 cells more than headings"),
}


@pytest.mark.parametrize(("line", "words"), REJECTED.values(), ids=REJECTED.keys())
def test_row_is_rejected_with_the_reason(desk: Desk, tmp_path: Path, line: str, words: str) -> None:
    done = take(desk, file(tmp_path, LINES[0], line))
    assert counts(done) == (1, 0, 1)
    assert words in reasons(done)[0]
    assert done.rejected[0].line == 3


def test_two_people_of_one_name_are_told_apart_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    desk.add("张伟", phone="13700000001")
    heading = "姓名,手机,日期,金额"
    done = take(desk, file(tmp_path, "张伟,,2026-02-01,5", heading=heading))
    assert "several contacts" in reasons(done)[0]
    path = file(tmp_path, "张伟,13700000001,2026-02-01,5", heading=heading)
    assert counts(take(desk, path)) == (1, 0, 0)


HEADINGS = {
    "English": ("Date,Customer,Total,Currency,Item\n2026-02-01,李芳,12.5,USD,Course", 1250),
    "traditional": ("訂單編號,購買日期,實付金額,手機\n1,2026-02-01,12.5,13900000002", 1250),
    "titles and totals": (
        "销售明细,,\n,,\n微信号,成交时间,成交金额\nlf,2026-02-01 12:00,12.5\n合计,,12.5",
        1250,
    ),
}


@pytest.mark.parametrize(("text", "amount"), HEADINGS.values(), ids=HEADINGS.keys())
def test_headings_are_known_in_any_order(
    desk: Desk, tmp_path: Path, text: str, amount: int
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(text, encoding="utf-8")
    assert counts(take(desk, path)) == (1, 0, 0)
    assert desk.one("SELECT amount FROM event WHERE kind = 'purchase'") == amount


def test_file_without_an_amount_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="no list of purchases"):
        open_purchases(file(tmp_path, heading="手机号,购买日期,商品"))


BOUGHT = st.builds(
    PurchaseRow,
    st.integers(2, 9),
    st.sampled_from([{"phone": PHONE}, {"handle": "lf"}, {"name": "李芳"}, {"phone": "1"}]),
    st.integers(MONDAY - 2, MONDAY),
    st.sampled_from([100, 200, -100]),
    st.sampled_from(["CNY", "USD"]),
    st.sampled_from(["", "课"]),
    st.sampled_from(["", "A1", "A2"]),
    st.just(()),
)
FILES: st.SearchStrategy[list[PurchaseRow | RejectedRow]] = st.lists(BOUGHT, max_size=8)


@settings(
    max_examples=40, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.lists(FILES, min_size=1, max_size=3), st.sampled_from([1, 2, 2000]))
def test_any_files_twice_change_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    files: Sequence[Sequence[PurchaseRow | RejectedRow]],
    together: int,
) -> None:
    desk = new_desk(tmp_path_factory.mktemp("desk"))
    desk.db.execute("PRAGMA synchronous = OFF")
    desk.add("张伟", phone=PHONE)
    desk.add("李芳", phone=OTHER, handle="lf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_chunks, "CHUNK", together)
        for _round in range(2):
            before = desk.events()
            for rows in files:
                done = import_purchases(desk.db, desk.shift, moment(), rows, SOURCE)
                assert done.new + done.same + len(done.rejected) == len(rows)
        assert desk.events() == before
    assert desk.faults() == []
    desk.db.close()


ERRORS: dict[str, tuple[str, str]] = {
    "amount": (f"{PHONE},2026-02-01,#REF!,tea,", "#REF! under 实付金额"),
    "day": (f"{PHONE},#VALUE!,5,tea,", "#VALUE! under 购买日期"),
    "all that says who": ("#N/A,2026-02-01,5,tea,", "#N/A under 手机号"),
    "a formula that was never calculated": (
        f"{PHONE},2026-02-01,#FORMULA!,tea,",
        "the formula under 实付金额",
    ),
}


@pytest.mark.parametrize(("line", "told"), ERRORS.values(), ids=ERRORS)
def test_a_row_says_which_cell_is_an_error(
    desk: Desk, tmp_path: Path, line: str, told: str
) -> None:
    done = take(desk, file(tmp_path, line, f"{PHONE},2026-02-01,5,tea,"))
    assert done.new == 1
    [row] = done.rejected
    assert row.line == 2
    assert told in str(row.reason)


def test_errors_in_other_cells_are_left_out_and_told(desk: Desk, tmp_path: Path) -> None:
    heading = "手机号,购买日期,实付金额,商品,订单号,微信号,门店"
    line = f"{PHONE},2026-02-01,5,#N/A,#NAME?,#REF!,#NUM!"
    done = take(desk, file(tmp_path, line, heading=heading))
    assert (done.new, done.rejected) == (1, ())
    assert [at for at, _ in done.notes] == [2, 2, 2]
    told = " ".join(str(note) for _, note in done.notes)
    assert all(
        word in told for word in ("#N/A under 商品", "#NAME? under 订单号", "#REF! under 微")
    )
    assert "#NUM!" not in told, "the column tells nothing of a purchase"
    assert desk.one("SELECT body FROM event_text ORDER BY seq DESC LIMIT 1") != "#N/A"


@pytest.mark.parametrize("remembered", [0, 1, 50_000])
def test_buyers_who_come_again_are_the_same(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remembered: int
) -> None:
    monkeypatch.setattr(row_chunks, "CHUNK", 2)
    monkeypatch.setattr(purchasing, "REMEMBERED", remembered)
    lines = [
        f"{PHONE},2026-02-01,5,tea,1",
        f"{OTHER},2026-02-01,5,tea,2",
        "13000000000,2026-02-01,5,tea,3",
        f"{PHONE},2026-02-01,5,tea,1",
        "13000000000,2026-02-02,5,tea,4",
        f"{PHONE},2026-02-03,6,tea,5",
    ]
    done = take(desk, file(tmp_path, *lines))
    assert (done.new, done.same, [row.line for row in done.rejected]) == (4, 0, [4, 6])
    again = take(desk, file(tmp_path, *lines))
    assert (again.new, again.same, len(again.rejected)) == (0, 4, 2)
    assert desk.faults() == []


DEALS = st.lists(
    st.tuples(st.integers(MONDAY - 3, MONDAY), st.sampled_from([0, 50, 12345, -50, -12345])),
    max_size=6,
)


@given(DEALS, st.sampled_from(["CNY", "USD", "JPY"]))
def test_sums_of_one_currency_are_those_of_its_purchases(
    deals: list[tuple[int, int]], currency: str
) -> None:
    sums = OneCurrency(currency)
    bought = {}
    for seq, (day, amount) in enumerate(deals):
        sums.add(day, amount)
        bought[seq] = Purchase(seq, 1, day, amount, currency, "", "", False, seq)
    assert sums.state_facts() == state_facts(bought)


def test_what_buyers_bought_is_read_by_buyer(desk: Desk) -> None:
    desk.db.execute(named()["make_buyers"])
    plan = desk.db.execute(
        f"EXPLAIN QUERY PLAN {named()['purchases_of_buyers']}", {"before": log.LAST}
    )
    assert any("event_contact (contact=?" in step for *_numbers, step in plan)


def test_events_of_a_file_stand_in_order_in_the_index_of_their_uuids(
    desk: Desk, tmp_path: Path
) -> None:
    take(desk, file(tmp_path, *LINES))
    [head] = desk.db.execute("SELECT MAX(seq) FROM event WHERE kind = 'import'").fetchone()
    rows = desk.db.execute("SELECT uuid FROM event WHERE seq > ? ORDER BY seq", (head,))
    uuids = [uuid for (uuid,) in rows]
    assert len(uuids) == len(LINES)
    assert uuids == sorted(set(uuids))
    assert {len(uuid) for uuid in uuids} == {len(log.new_uuid(0))}
