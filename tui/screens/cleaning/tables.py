"""A page of the Cleaning screen as a table for a file."""

from __future__ import annotations

from tui.pairs_table import (
    account_cells,
    account_headings,
    headings,
    kept_cells,
    kept_headings,
    pair_rows,
)
from tui.screens.cleaning.drawing import ACCOUNTS, KEPT
from tui.screens.cleaning.pages import Pages
from tui.screens.exporting import Table


def table_of(screen: Pages) -> Table:
    """The pairs, accounts, or contacts kept too long, of the page that is shown."""
    if screen.page == KEPT:
        kept = tuple(screen.kept)
        return Table("kept", kept_headings(), len(kept), lambda: map(kept_cells, kept))
    if screen.page == ACCOUNTS:
        told = tuple(screen.suspects)
        return Table("accounts", account_headings(), len(told), lambda: map(account_cells, told))
    pairs = tuple(pair for pair, _order in screen.shown_pairs)
    return Table("duplicates", headings(), len(pairs), lambda: pair_rows(screen.desk.db, pairs))
