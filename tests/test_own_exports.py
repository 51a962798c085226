"""An export that is imported again unchanged changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from store.exchange.contacts import open_contacts
from store.exchange.export import write_csv
from store.exchange.headings import Field
from store.exchange.own_exports import left_out
from tests.desk_kit import new_desk
from tui import content_table, due_table, list_words, pairs_table, people_table
from tui.screens.replies import drawing as replies
from tui.screens.steps import drawing as steps
from tui.words import set_language

EXPORTS: dict[str, Callable[[], Sequence[str]]] = {
    "Today": due_table.headings,
    "Lists": list_words.headings,
    "a search": people_table.headings,
    "Replies": replies.headings,
    "the replies behind a content": content_table.reply_headings,
    "accounts": pairs_table.account_headings,
    "Undo": steps.headings,
}


@pytest.fixture(params=["zh", "en"])
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    set_language(request.param)
    yield
    set_language("en")


@pytest.mark.usefixtures("_language")
@pytest.mark.parametrize("headings", EXPORTS.values(), ids=EXPORTS)
def test_every_column_of_an_export_is_known_or_left_out(
    tmp_path: Path, headings: Callable[[], Sequence[str]]
) -> None:
    write_csv(tmp_path / "out.csv", headings(), [["x"] * len(headings())])
    mapping = open_contacts(tmp_path / "out.csv").mapping
    assert [column.heading for column in mapping if column.field is None] == []
    assert Field.IGNORED in [column.field for column in mapping]


def test_another_programs_column_of_that_name_is_kept() -> None:
    assert not left_out(("姓名", "手机", "话术", "步骤", "到期日"))


def test_a_row_without_a_name_renames_nobody(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.add("张伟", phone="13800000001")
    (tmp_path / "in.csv").write_text("手机,公司\n13800000001,新禾\n")
    [told] = open_contacts(tmp_path / "in.csv").rows()
    done = desk.take([told])
    assert (done.changed, done.replaced) == (1, 0)
    assert desk.db.execute("SELECT name, company FROM contact").fetchall() == [("张伟", "新禾")]
