"""Words stand out from what lies beneath them, in every theme and under the cursor, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import BLACK, WHITE, Color
from textual.theme import BUILTIN_THEMES

from tests.app_kit import MIDDLE, AtWork, new_file, play
from tui.widgets.contrast import READABLE, VISIBLE, contrast, legible
from tui.widgets.lines import DRAWN, LOOKS, Lines

THEMES = sorted(name for name, theme in BUILTIN_THEMES.items() if not theme.ansi)
PANES = ("#top", "#card", "#queue", "#message", "#keys")


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == pytest.approx(1)
    assert contrast(Color.parse("#777777"), WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", ["#ffffff", "#e0e0e0", "#9cb1c0", "#121212", "#777777"])
@pytest.mark.parametrize("color", ["#ffa62b", "#4ebf71", "#0178d4", "#e0e0e0", "#121212"])
def test_legible_stands_out(color: str, ground: str) -> None:
    one, other = Color.parse(color), Color.parse(ground)
    found = legible(one, other)
    assert contrast(found, other) >= min(READABLE, contrast(BLACK, other), contrast(WHITE, other))
    if contrast(one, other) >= READABLE:
        assert found == one


def test_a_colour_of_the_terminal_stays_as_it_is() -> None:
    own = Color(0, 0, 0, ansi=3)
    assert legible(own, BLACK) is own
    assert legible(WHITE, own) is WHITE


def test_every_look_is_readable_in_every_theme(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        for theme in THEMES:
            work.app.theme = theme
            await work.settle()
            for pane in PANES:
                faint = faint_looks(work.app.screen.query_one(pane, Lines))
                assert not faint, f"{theme}, {pane}: {faint}"

    play(new_file(tmp_path, "en"), "en", story, MIDDLE)


def faint_looks(pane: Lines) -> list[str]:
    """Looks that cannot be read well on a pane, or under its cursor."""
    found = []
    for under in ("", "cursor"):
        beneath = pane.look(under) if under else pane.rich_style
        for look in LOOKS:
            style = pane.rich_style + beneath + pane.look(look, under)
            assert style.color is not None
            assert style.bgcolor is not None
            color, ground = (Color(*c.get_truecolor()) for c in (style.color, style.bgcolor))
            least = VISIBLE if look in DRAWN else READABLE
            best = max(contrast(BLACK, ground), contrast(WHITE, ground))
            if contrast(color, ground) < min(least, best) - 0.05:
                found.append(f"{look} under {under!r}: {contrast(color, ground):.1f}")
    return found
