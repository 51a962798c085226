"""The source keeps its promises: outside text through the door, one clock, pure rooms."""

import ast
from pathlib import Path

import pytest

from tests.safe_door import Leak, leaks, return_types

ROOT = Path(__file__).parent.parent
ROOMS = ("tui", "store", "sop_content", "scripts", "rules")
IMPURE = {
    *("random", "secrets", "os", "pathlib", "io", "shutil", "tempfile", "subprocess"),
    *("time", "sqlite3", "socket", "threading", "asyncio"),
}
CLOCK_READS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime"),
}


def sources(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def calls(source: str) -> list[str]:
    """The functions that a source calls by a dotted name, without what stands before the last dot
    but one."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [".".join(ast.unparse(node.func).split(".")[-2:]) for node in nodes]


def imported(source: str) -> set[str]:
    """The top-level modules that a source imports, wherever it does."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=aliases):
                names |= {alias.name.partition(".")[0] for alias in aliases}
            case ast.ImportFrom(module=str(module)):
                names.add(module.partition(".")[0])
    return names


def test_no_text_from_outside_reaches_the_screen_but_through_the_door() -> None:
    texts = {path: path.read_text("utf-8") for path in sources("tui")}
    returning = {
        name: told
        for text in texts.values()
        for name, told in return_types(ast.parse(text)).items()
    }
    found = [
        f"{path.relative_to(ROOT)}:{leak.line}: {leak.what}"
        for path, text in texts.items()
        for leak in leaks(text, returning)
    ]
    assert not found, "\n".join(found)


def test_only_one_module_reads_the_clock() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in sources(*ROOMS)
        if CLOCK_READS.intersection(calls(path.read_text("utf-8")))
    }
    assert readers <= {"tui/clock.py"}


def test_nothing_sleeps_but_the_clock() -> None:
    sleepers = [
        path
        for path in sources(*ROOMS)
        if path.name != "clock.py" and "time.sleep" in calls(path.read_text("utf-8"))
    ]
    assert not sleepers


def test_no_name_of_the_clock_is_imported_bare() -> None:
    """`from time import sleep` would hide from the two checks above."""
    bare = [
        path
        for path in sources(*ROOMS)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "time"
    ]
    assert not bare


@pytest.mark.parametrize("room", ["rules", "scripts"])
def test_pure_rooms_import_nothing_of_the_world(room: str) -> None:
    found = {
        str(path.relative_to(ROOT)): world
        for path in sources(room)
        if (world := IMPURE & imported(path.read_text("utf-8")))
    }
    assert not found


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param("Static(name)", id="unknown name"),
        pytest.param("Static(contact.name)", id="attribute"),
        pytest.param("Label(f'{contact.name}!')", id="f-string"),
        pytest.param("Label('Hello ' + name)", id="sum"),
        pytest.param("Label('Hello %s' % name)", id="percent"),
        pytest.param("Label('Hello {}'.format(name))", id="format"),
        pytest.param("Static(show(name))", id="clean, but read as markup"),
        pytest.param("Static(_('Hello {name}', name=show(name)))", id="translation with a value"),
        pytest.param("Static(say(error.what))", id="sentence"),
        pytest.param("Static(name, markup=False)", id="not markup, but not clean"),
        pytest.param("Static(content=name)", id="keyword"),
        pytest.param("Static(Content(name))", id="Content of what is not clean"),
        pytest.param("Button(label=name)", id="button"),
        pytest.param("Option(name)", id="option"),
        pytest.param("ListItem(Label(name))", id="label in a list item"),
        pytest.param("self.notify(name)", id="notify"),
        pytest.param("self.app.notify('x', title=name)", id="title of a notify"),
        pytest.param("self.query_one(Static).update(name)", id="update"),
        pytest.param("Content.from_markup(name)", id="outside markup"),
        pytest.param("Content.from_markup('[b]$n', n=name)", id="outside value in markup"),
        pytest.param("Text.from_markup(f'[b]{show(name)}')", id="markup built with a name"),
        pytest.param("Content.assemble('a', (name, 'bold'))", id="part of an assembly"),
        pytest.param("Content.styled(name, 'bold')", id="styled"),
        pytest.param("Segment(name)", id="segment"),
        pytest.param("text.append(name, 'bold')", id="appended"),
        pytest.param("click.echo(name)", id="standard output"),
        pytest.param("click.echo(say(error.what))", id="sentence on standard output"),
        pytest.param("self.border_title = name", id="border title"),
        pytest.param("self.border_subtitle = show(name)", id="border title as markup"),
        pytest.param("card.tooltip = name", id="tooltip"),
        pytest.param("Button('x', tooltip=name)", id="tooltip when made"),
        pytest.param("self.tooltip: str = name", id="tooltip with a type"),
        pytest.param("self.sub_title = contact.name", id="title of the app"),
        pytest.param("x = show(a)\nx = a\nSegment(x)", id="clean only at times"),
        pytest.param("def f(x: str):\n    Segment(x)", id="parameter"),
        pytest.param("def f(x: Content):\n    def g(x: str):\n        Segment(x)", id="inner one"),
        pytest.param("for x in names:\n    Segment(x)", id="loop"),
        pytest.param("Segment(', '.join(c.name for c in found))", id="joined"),
        pytest.param("for i, x in enumerate(names):\n    Segment(x)", id="numbered loop"),
        pytest.param("for i, x in zip(ids, wrap(a, 9)):\n    Segment(i)", id="pairs"),
        pytest.param("parts = []\nparts.append(name)\nSegment(''.join(parts))", id="gathered"),
        pytest.param("Segment(f'{name:>9}')", id="aligned"),
        pytest.param("Segment(a if b else show(a))", id="one of two"),
        pytest.param("Static('x', markup=True)", id="markup asked for"),
        pytest.param("from rich.markup import escape", id="escape of rich"),
        pytest.param("from textual.markup import escape", id="escape of textual"),
        pytest.param("import rich.markup\nrich.markup.escape('x')", id="escape by its full name"),
        pytest.param("from textual.widgets import DataTable", id="table"),
        pytest.param("from textual.widgets import Static, Tree", id="tree"),
        pytest.param("from textual.widgets import Markdown", id="Markdown"),
    ],
)
def test_the_check_finds(bad: str) -> None:
    assert leaks(bad)


@pytest.mark.parametrize(
    "good",
    [
        pytest.param("Static('[b]Today[/b]')", id="literal"),
        pytest.param("Static()", id="nothing"),
        pytest.param("Static(HELP, id=name)", id="constant, and an id"),
        pytest.param("Static(_('Today'))", id="translation"),
        pytest.param("Static(Content(show(name)))", id="through the door"),
        pytest.param("Static(show(name, 12), markup=False)", id="through the door, no markup"),
        pytest.param(
            "Static(Content(say_it()))\ndef say_it() -> Content: ...", id="made elsewhere"
        ),
        pytest.param("Label(Content(show(_('{n} for {name}', n=n, name=name))))", id="whole line"),
        pytest.param("self.notify(_('{n} sent', n=len(x)), markup=False)", id="number"),
        pytest.param("self.notify(show(say(error.what)), markup=False)", id="sentence"),
        pytest.param("def f(x: Content):\n    self.update(x)", id="parameter that is made"),
        pytest.param("x = Content(show(a)) if a else Content('')\nStatic(x)", id="local name"),
        pytest.param("for line in wrap(text, 20):\n    Segment(line)", id="lines"),
        pytest.param("Segment(' '.join(pad(c, 9) for c in cells))", id="joined"),
        pytest.param("Content.assemble((show(a), 'bold'), ' · ', show(b))", id="assembly"),
        pytest.param("Content.from_markup('[b]$n', n=show(name))", id="value in own markup"),
        pytest.param("self.update(Content(show(a)).stylize('bold'))", id="method of what is made"),
        pytest.param("known.update({k: v for k, v in given})", id="update of a mapping"),
        pytest.param("names.append(name)", id="append to a list"),
        pytest.param("self.border_title = Content(show(name))", id="border title"),
        pytest.param("self.title = show(name)", id="title"),
        pytest.param("ListItem(Label('x'))", id="widget in a list item"),
        pytest.param("for i, x in enumerate(wrap(a, 9)):\n    Segment(f'{i} {x}')", id="numbered"),
        pytest.param("parts = []\nparts.append(show(a))\nSegment(''.join(parts))", id="gathered"),
        pytest.param("Segment(f'{show(a)} {count.due:d} {share:.0%}')", id="formatted numbers"),
        pytest.param("from tui.dialogs import Option\nOption(name)", id="a class of our own"),
        pytest.param("click.echo(printable(text))", id="standard output"),
        pytest.param("click.echo(json.dumps(document))", id="document"),
    ],
)
def test_the_check_lets_pass(good: str) -> None:
    assert leaks(good) == []


def test_a_leak_names_its_line() -> None:
    (leak,) = leaks("x = 1\nStatic(name)\n")
    assert leak == Leak(2, "text that would be read as markup: name")


@pytest.mark.parametrize("read", sorted(CLOCK_READS))
def test_the_check_of_the_clock_sees(read: str) -> None:
    assert CLOCK_READS.intersection(calls(f"x = {read}()"))
    assert CLOCK_READS.intersection(calls(f"import datetime\nx = datetime.{read}()"))


@pytest.mark.parametrize("line", ["import os.path", "from pathlib import Path", "import a, random"])
def test_the_check_of_imports_sees(line: str) -> None:
    assert IMPURE & imported(f"def f():\n    {line}")
