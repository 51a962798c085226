"""The small windows: choose by digit, write into fields, pick from what a text finds.

Each returns one typed value, or None when it was left with Esc.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from rules.plain_text import NOTE_LIMIT, keep, line_ends
from tui import masking
from tui.screens.window import Told, Window, hide, words
from tui.show import show
from tui.widgets.field import Field
from tui.widgets.lines import Line, Lines, Wrapped
from tui.words import _
from tui.wrapping import wrap

Typed = Callable[[dict[str, str]], None]
"""Told what stands in the fields, by name, whenever that is something else."""


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a choice: its digit, its words, what it stands for."""

    digit: str
    label: str
    value: str
    writes: bool = False
    """Choosing it opens a field, whose text is the answer."""


class ChoiceDialog(Window[str | None]):
    """Options by digit; one of them may open a field."""

    AUTO_FOCUS = ""  # the field is hidden, and would swallow the digits
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self,
        title: Told,
        options: Sequence[Option],
        prompt: str = "",
        check: Callable[[str], str] = lambda _text: "",
        *,
        begun: str = "",
        body: Sequence[Told] = (),
        hint: str = "",
        typed: Typed = lambda _words: None,
    ) -> None:
        """`prompt` stands in the field; `check` says what is wrong with its text, or nothing.

        `begun` is what was written before: with it the field is open from the start.
        `body` stands above the options; `typed` is told the field's text as "words".
        """
        super().__init__()
        self._title, self._options, self._prompt, self._check = title, options, prompt, check
        self._begun, self._body, self._told = begun, body, hint
        self._found_there = begun
        self._typed = typed

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(show(words(self._title)))
            yield Lines(id="body")
            yield Lines(id="options")
            prompt = show(self._prompt)
            yield Field(self._begun, id="words", placeholder=prompt, select_on_focus=False)
            yield Wrapped(id="hint", classes="hint")

    def on_mount(self) -> None:
        body = self.query_one("#body", Lines)
        body.display = bool(self._body)
        body.styles.height = len(self._body)
        options = self.query_one("#options", Lines)
        options.styles.height = len(self._options)
        options.draw([((f" {o.digit} ", "key"), (f" {o.label}", "plain")) for o in self._options])
        self.query_one(Field).display = False
        self._hint(self._told or _("KEYS: press a digit · Esc goes back"))
        self.draw_anew()
        if self._begun:
            self._open_field()

    def draw_anew(self) -> None:
        self.query_one(".dialog").border_title = Content(show(words(self._title)))
        self.query_one("#body", Lines).draw(
            [((show(words(line)), "plain"),) for line in self._body]
        )
        hide(self.query_one(Field), self._found_there)

    def on_key(self, event: events.Key) -> None:
        if isinstance(self.focused, Input):
            return
        option = next((o for o in self._options if o.digit == event.key), None)
        if option is None:
            if event.is_printable and not (event.character or "").isdigit():
                self._write(event, event.character or "")
            return
        event.stop()
        if not option.writes:
            self.dismiss(option.value)
        else:
            self._open_field()

    def _open_field(self) -> None:
        field = self.query_one(Field)
        field.display = True
        field.focus()
        self._hint(_("TEXT: write, then Enter · Esc goes back"))

    def on_field_left(self, event: Field.Left) -> None:
        text = event.field.kept
        wrong = self._check(text) if text else _("Write a few words first")
        if wrong:
            self._hint(wrong, "warning")
        else:
            self.dismiss(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._begun:
            self._begun = event.value
            self._typed({"words": event.value})

    def on_paste(self, event: events.Paste) -> None:
        self._write(event, line_ends(event.text))
        event.stop()

    def _write(self, event: events.Event, text: str) -> None:
        """Words that came where a digit was asked for are the option that is written."""
        words = " ".join(keep(text, NOTE_LIMIT).split())
        if words and any(option.writes for option in self._options):
            event.stop()
            field = self.query_one(Field)
            field.select_on_focus = False  # the next letter would replace what is selected
            self._open_field()
            field.insert_text_at_cursor(words)

    def action_leave(self) -> None:
        self.dismiss(None)

    def _hint(self, text: str, look: str = "dim") -> None:
        self.query_one("#hint", Lines).draw([((show(text), look),)])


class FieldsDialog(Window[dict[str, str] | None]):
    """Several fields under each other; Enter or ↓ goes on, after the last all are saved."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self,
        title: Told,
        fields: Sequence[tuple[str, str, str]],
        typed: Typed = lambda _words: None,
        *,
        is_left_over: bool = False,
    ) -> None:
        """`fields` are (name, label, text to begin with), a text of before if `is_left_over`."""
        super().__init__()
        self._title, self._fields = title, fields
        self._typed, self._is_left_over = typed, is_left_over
        self._texts = {name: text for name, _label, text in fields}
        self._begun = dict(self._texts)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(show(words(self._title)))
            for name, label, text in self._fields:
                # A text of before that is selected would be gone with the first key.
                field = Field(text, id=name, select_on_focus=not self._is_left_over)
                field.border_title = Content(show(label))
                yield field
            yield Wrapped(id="hint", classes="hint")

    def on_mount(self) -> None:
        self.query(Field).first().focus()
        self.draw_anew()
        told = _("TEXT: Enter goes on, at the last field it saves · Esc drops")
        if len(self._fields) == 1:
            told = _("TEXT: Enter saves · Esc drops")
        if self._is_left_over:
            told = _("Typed before and not saved yet") + " · " + told
        self.query_one("#hint", Lines).draw([((told, "dim"),)])

    def draw_anew(self) -> None:
        self.query_one(".dialog").border_title = Content(show(words(self._title)))
        for field in self.query(Field) if callable(self._title) else ():  # it names somebody
            if field.id not in masking.OPEN_FIELDS:
                hide(field, self._begun.get(field.id or "", ""))

    def on_field_left(self, event: Field.Left) -> None:
        fields = [*self.query(Field)]
        place = fields.index(event.field)
        if place + 1 < len(fields):
            fields[place + 1].focus()
            return
        self.dismiss({field.id or "": field.kept for field in fields})

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        texts = {field.id or "": field.value for field in self.query(Field)}
        if texts != self._texts:
            self._texts = texts
            self._typed(texts)

    def action_leave(self) -> None:
        self.dismiss(None)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a search answers: its key, and its line in so many cells."""

    key: str
    line: Callable[[int], Line]


class PickDialog(Window[str | None]):
    """A field and below it what its text finds, anew with every letter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down,tab", "step(1)", show=False, priority=True),
        Binding("up,shift+tab", "step(-1)", show=False, priority=True),
        Binding("ctrl+e", "export", show=False, priority=True),
    ]

    def __init__(
        self,
        title: Told,
        find: Callable[[str], Sequence[Found]],
        nothing: str,
        hint: str,
        export: Callable[[str], None] | None = None,
        *,
        empty: str = "",
    ) -> None:
        """`find` answers a text; `nothing` is said when it finds nobody.

        `empty` is said when it finds nobody before anything was typed. `export` is
        called with the text, after the window closed, to write what it finds.
        """
        super().__init__()
        self._title, self._find, self._nothing, self._told = title, find, nothing, hint
        self._export, self._empty = export, empty
        self._found: Sequence[Found] = ()
        self._place = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide") as dialog:
            dialog.border_title = Content(show(words(self._title)))
            yield Field(id="words")
            yield Lines(id="found")
            yield Wrapped(id="hint", classes="hint")

    def on_mount(self) -> None:
        self.query_one(Field).focus()
        self.query_one("#hint", Lines).draw([((show(self._told), "dim"),)])
        self._search("")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._search(event.value)

    def on_field_left(self, event: Field.Left) -> None:
        event.stop()
        if self._found:
            self.dismiss(self._found[self._place].key)

    def on_resize(self) -> None:
        self._draw()

    def draw_anew(self) -> None:
        self.query_one(".dialog").border_title = Content(show(words(self._title)))
        self._found = self._find(self.query_one(Field).value)
        self._draw()

    def action_step(self, by: int) -> None:
        self._place = max(0, min(self._place + by, len(self._found) - 1))
        self._draw()

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_export(self) -> None:
        field, export = self.query_one(Field), self._export
        if export is None:
            field.action_end()
        elif self._found:
            self.dismiss(None)
            self.app.call_later(export, field.value)

    def _search(self, text: str) -> None:
        self._found, self._place = self._find(text), 0
        self._draw()

    def _draw(self) -> None:
        pane = self.query_one("#found", Lines)
        height = max(1, pane.size.height)
        top = max(0, self._place - height + 1)
        rows: list[Line] = []
        for place, found in enumerate(self._found[top : top + height], top):
            sign = ("▌", "accent") if place == self._place else (" ", "plain")
            rows.append((sign, *found.line(pane.size.width - 1)))
        if not rows:
            told = self._nothing if self.query_one(Field).value else self._empty
            rows = [((row, "dim"),) for row in wrap(told, pane.size.width)]
        pane.draw(rows)
