"""What reaches an app from a real pseudo-terminal: keys, texts, and nothing else."""

from __future__ import annotations

import inspect
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.drivers._byte_stream import ByteStream
from textual.drivers._writer_thread import MAX_QUEUED_WRITES
from textual.drivers.linux_driver import LinuxDriver
from textual.drivers.web_driver import WebDriver, _ExitInput
from textual.widgets import Static

from tests.terminal import DEADLINE, Terminal
from tui import driver
from tui.driver import TERMINAL_GONE, WEB_DRIVER, DeskDriver, DeskWebDriver, desk_driver
from tui.inflow import DESK_KEYS

Event = tuple[str, str]


class TinyDesk(App[None]):
    """Writes down what reaches it, one line an event; F12 says how often it was pressed."""

    def __init__(self, log: Path) -> None:
        super().__init__(driver_class=desk_driver())
        self.log_file = log
        self.marks = 0
        self.text_mode = False

    def compose(self) -> ComposeResult:
        yield Static("ready", id="state")

    def is_desk_key(self, key: str) -> bool:
        return key in DESK_KEYS

    def on_key(self, event: events.Key) -> None:
        if event.key == "f12":
            self.marks += 1
            self.query_one("#state", Static).update(f"mark {self.marks}.")
        elif event.key == "f11":
            self.text_mode = not self.text_mode
        else:
            self._write("key", event.key)

    def on_paste(self, event: events.Paste) -> None:
        self._write("text", event.text)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._write("scroll", f"{event.x},{event.y}")

    def on_unmount(self) -> None:
        assert self._driver is not None
        for _ in range(MAX_QUEUED_WRITES + 1):  # more than wait when nobody writes them
            self._driver.write("\x1b[?25l")
        self._write("left", "")

    def _write(self, kind: str, what: str) -> None:
        with self.log_file.open("a") as log:
            log.write(json.dumps([kind, what]) + "\n")


class Desk:
    """The tiny desk in a terminal, shared by the tests of this file."""

    def __init__(self, terminal: Terminal, log: Path) -> None:
        self.terminal = terminal
        self._log = log
        self._marks = 0
        self._read = 0

    def brought(self, data: bytes) -> list[Event]:
        """What the app saw since the last time, this write included."""
        self.terminal.send(data)
        self.mark()
        lines = self._log.read_text().splitlines()
        new, self._read = lines[self._read :], len(lines)
        return [(kind, what) for kind, what in map(json.loads, new)]

    def mark(self) -> None:
        """Waits until all that was sent has reached the app."""
        self._marks += 1
        self.terminal.keys("f12")
        self.terminal.wait_for(f"mark {self._marks}.")


def keys(*names: str) -> list[Event]:
    return [("key", name) for name in names]


def start(log: Path, *options: str, before: Sequence[str] = ()) -> Terminal:
    log.touch()
    # Unbuffered: what a closed window never took would make the exit code that of Python (120).
    command = [*before, sys.executable, "-u", "-m", "tests.test_terminal_input", str(log)]
    command += options
    terminal = Terminal(command, columns=60, lines=5, directory=Path(__file__).parent.parent)
    terminal.wait_for("ready")
    return terminal


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    log = tmp_path_factory.mktemp("desk") / "events"
    with start(log) as terminal:
        yield Desk(terminal, log)


@pytest.fixture
def patient_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk that waits half a second for the rest of a text, however slow the machine is."""
    log = tmp_path / "events"
    with start(log, "0.5") as terminal:
        yield Desk(terminal, log)


KEYS = {
    "one key": (b"1", ["1"]),
    "keys pressed fast": (b"12\r", ["1", "2", "enter"]),
    "a reaction, then on": (b"1\x1b[B", ["1", "down"]),
    "one key that is not the desk's": (b"x", ["x"]),
    "one character of an input method": ("好".encode(), ["好"]),
    "full-width digit": ("１".encode(), ["1"]),
    "full-width digits pressed fast": ("１２".encode(), ["1", "2"]),
    "full-width slash": ("／".encode(), ["slash"]),
    "full-width blank": ("\u3000".encode(), ["space"]),
    "function key": (b"\x1bOP", ["f1"]),
    "Alt and a letter": (b"\x1ba", ["alt+a"]),
    "Alt and a digit is not the digit": (b"\x1b1", ["inverted_exclamation_mark"]),
    "digit of a terminal that names its keys": (b"\x1b[49;;49u", ["1"]),
    "full-width digit of such a terminal": (b"\x1b[49;;65297u", ["1"]),
    "two keys of such a terminal": (b"\x1b[120;;120u\x1b[49;;49u", ["x", "1"]),
    "Enter that chose a character": (b"\x1b[13;;22909u", ["好"]),
    "keys of the keypad": (b"\x1b[57400;;49u", ["1"]),
    "function keys of the Linux console": (b"\x1b[[A", ["f1"]),
}


@pytest.mark.parametrize(("data", "names"), KEYS.values(), ids=KEYS)
def test_keys_are_keys(desk: Desk, data: bytes, names: list[str]) -> None:
    assert desk.brought(data) == keys(*names)


def test_escape_alone_is_a_key(desk: Desk) -> None:
    desk.terminal.send(b"\x1b")
    desk.terminal.wait_for(lambda _: "escape" in desk._log.read_text())
    assert desk.brought(b"1")[-1] == ("key", "1")


TEXTS = {
    "a sentence of the input method": ("好的，下午3点见".encode(), "好的，下午3点见"),
    "a sentence with Enter": ("好的3\r".encode(), "好的3"),
    "digits with a word": ("1好".encode(), "1好"),
    "Latin letters at once": (b"ok 3", "ok 3"),
    "full-width characters stay as they are": ("１点".encode(), "１点"),
    "lines of a paste without brackets": ("1\r好\n2".encode(), "1\n好\n2"),
    "a paste": ("\x1b[200~谢谢\x1b[201~".encode(), "谢谢"),
    "a paste of digits": (b"\x1b[200~12\x1b[201~", "12"),
    "a paste of several lines": (b"\x1b[200~1\r\n2\n\x1b[201~", "1\r\n2\n"),
    "a paste with sequences in it": (b"\x1b[200~a\x1b[0nb\x1b[201~", "a\x1b[0nb"),
    "a paste that ends itself": (b"\x1b[200~hi\x1b[201~4\r", "hi4"),
    "a commit of a terminal that names its keys": (b"\x1b[0;;20013:25991u", "中文"),
    "a long commit of it": (
        f"\x1b[0;;{':'.join(str(ord(c)) for c in '好的，下午3点见')}u".encode(),
        "好的，下午3点见",
    ),
    "a commit of digits": (b"\x1b[0;;49:50u", "12"),
    "a commit chosen with the blank": (b"\x1b[32;;20320:22909u", "你好"),
    "characters that are no UTF-8": (b"1\xc4\xe3\xba\xc3", "1\ufffd\ufffd\ufffd"),
}


@pytest.mark.parametrize(("data", "text"), TEXTS.values(), ids=TEXTS)
def test_texts_press_nothing(desk: Desk, data: bytes, text: str) -> None:
    assert desk.brought(data) == [("text", text)]


def test_sequences_in_a_text_stay_where_they_were(desk: Desk) -> None:
    seen = desk.brought("\x1b[A1好\x1b[<65;3;2M的3\x1b[B".encode())
    assert seen == [("key", "up"), ("text", "1好的3"), ("scroll", "2,1"), ("key", "down")]


@pytest.mark.parametrize("split", [1, 4, 7], ids=["in a character", "in another", "at the digit"])
def test_a_text_in_two_reads_is_one_text(patient_desk: Desk, split: int) -> None:
    data = "好的3见".encode()
    patient_desk.terminal.send(data[:split])
    assert patient_desk.brought(data[split:]) == [("text", "好的3见")]


def test_a_paste_in_many_reads_is_one_text(desk: Desk) -> None:
    text = "谢谢，3点见。" * 20_000
    assert desk.brought(f"\x1b[200~{text}\x1b[201~".encode()) == [("text", text)]


def test_a_paste_cut_off_in_its_end_mark_is_one_text(desk: Desk) -> None:
    desk.terminal.send(b"\x1b[200~1\x1b[20")
    assert desk.brought(b"1~") == [("text", "1")]


ANSWERS = {
    "status": b"\x1b[0n",
    "device attributes": b"\x1b[?62;c",
    "secondary attributes": b"\x1b[>84;0;0c",
    "version": b"\x1bP>|XTerm(388)\x1b\\",
    "colour": b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    "colour, ended by two characters": b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "clipboard": b"\x1b]52;c;MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw\x1b\\",
    "key protocol": b"\x1b[?25u",
    "unknown mode": b"\x1b[?9999;0$y",
    "window size": b"\x1b[8;40;120t",
    "unknown key": b"\x1b[99~",
    "unknown key with the number of a digit": b"\x1b[49~",
    "longer than any key": b"\x1b[" + b"1;" * 40 + b"1x",
    "number that is no character": b"\x1b[99999999999u",
    "text that is no character": b"\x1b[0;;99999999999u",
    "alternate key": b"\x1b[97:65;2u",
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_answers_of_the_terminal_press_nothing(desk: Desk, answer: bytes) -> None:
    assert desk.brought(answer) == []
    assert desk.brought(b"1" + answer + b"2") == keys("1", "2")


def test_a_field_gets_its_characters(desk: Desk) -> None:
    desk.terminal.keys("f11")
    desk.mark()
    try:
        assert desk.brought("好的１\r".encode()) == keys("好", "的", "１", "enter")
        assert desk.brought(b"\x1b[0;;20013:25991u") == keys("中", "文")
        assert desk.brought(b"\x1b[200~hi\x1b[201~4\r") == [("text", "hi4")]
        assert desk.brought(b"\x1b[0n") == []
    finally:
        desk.terminal.keys("f11")
        desk.mark()


def test_closing_the_window_ends_the_app(tmp_path: Path) -> None:
    with start(tmp_path / "events") as terminal:
        terminal.close_window()
        assert terminal.wait() == TERMINAL_GONE


def test_an_app_that_is_not_told_of_the_closed_window_ends_in_order(tmp_path: Path) -> None:
    log = tmp_path / "events"
    deaf = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh"]
    with start(log, before=deaf) as terminal:
        terminal.close_window()
        assert terminal.wait() == TERMINAL_GONE
    assert log.read_text() == '["left", ""]\n'


def wait_for_output(process: subprocess.Popen[bytes], what: bytes) -> None:
    assert process.stdout is not None
    seen = b""
    while what not in seen:
        assert select.select([process.stdout], [], [], DEADLINE)[0], seen
        seen += (data := os.read(process.stdout.fileno(), 4096))
        assert data, seen


def test_a_browser_sends_keys_and_texts_too(tmp_path: Path) -> None:
    """One packet is what was typed or committed at once; the server's end is the desk's."""
    log = tmp_path / "events"
    packets = ["好的3".encode(), b"\x1b[0n", b"1"]
    wire = b"".join(b"D" + len(data).to_bytes(4, "big") + data for data in packets)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.test_terminal_input", str(log)],
        env={**os.environ, "TEXTUAL_DRIVER": WEB_DRIVER},
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as desk:
        wait_for_output(desk, b"ready")
        desk.communicate(wire, timeout=DEADLINE)
    assert desk.returncode == TERMINAL_GONE
    assert [json.loads(line) for line in log.read_text().splitlines()] == [
        ["text", "好的3"],
        ["key", "1"],
        ["left", ""],
    ]


def test_the_private_parts_of_textual_are_as_they_were() -> None:
    """What the drivers build on; when one changes, look at them before raising the version."""
    assert list(inspect.signature(LinuxDriver.run_input_thread).parameters) == ["self"]
    assert list(inspect.signature(WebDriver.run_input_thread).parameters) == ["self"]
    assert list(inspect.signature(Driver.process_message).parameters) == ["self", "message"]
    assert list(inspect.signature(WebDriver._on_meta).parameters) == [
        "self",
        "packet_type",
        "payload",
    ]
    assert issubclass(_ExitInput, Exception)
    assert issubclass(DeskDriver, LinuxDriver)
    assert issubclass(DeskWebDriver, WebDriver)
    for stock in (LinuxDriver, WebDriver):
        source = inspect.getsource(stock)
        assert "self.exit_event = Event()" in source
        assert "target=self." in source
    terminal = inspect.getsource(LinuxDriver)
    assert "self.fileno = " in terminal
    assert "signal.signal(signal.SIGCONT, self._sigcont_application)" in terminal
    for private in ("_key_thread", "_must_signal_resume", "_patch_lflag", "_patch_iflag"):
        assert f"self.{private}" in terminal
    for setting in ("_enable_mouse_support", "_enable_bracketed_paste", "_disable_line_wrap"):
        assert list(inspect.signature(getattr(LinuxDriver, setting)).parameters) == ["self"]
    assert "loop=self._loop" in inspect.getsource(Driver)
    assert "WriterThread(self._file)" in inspect.getsource(LinuxDriver)
    assert "self._input_reader = InputReader()" in inspect.getsource(WebDriver)
    assert list(ByteStream().feed(b"D\x00\x00\x00\x02ok")) == [("D", b"ok")]
    parser = XTermParser(False)
    assert [type(it) for it in parser.feed("\x1b[B")] == [events.Key]
    assert list(parser.feed("\x1b[0n")) == []
    assert [type(it) for it in parser.feed("\x1b[I")][-1] is events.AppFocus


def test_another_driver_named_in_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk_driver() is DeskDriver
    monkeypatch.setattr("textual.constants.DRIVER", WEB_DRIVER)
    assert desk_driver() is DeskWebDriver
    monkeypatch.setattr("textual.constants.DRIVER", "elsewhere:Driver")
    assert desk_driver() is None


def run(log: str, continuation: str = "") -> int:
    if continuation:
        driver.CONTINUATION = float(continuation)
    app = TinyDesk(Path(log))
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
