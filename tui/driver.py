"""The drivers of the desk: Textual's own, but for how they read their input.

Textual's drivers turn every character read into a key press, even those of a
sentence that the input method commits and of an answer that the terminal
gives. Here each read goes through an `Inflow` first, a signal to end ends the app in
order, and a stop leaves one reader. Everything else stays Textual's.

Private parts of Textual used, held by a test: of `LinuxDriver` `fileno`,
`exit_event`, `run_input_thread`, `process_message`, `start_application_mode`, `attrs_before`,
`_app`, `_debug`, `_file`, `_loop`, `_key_thread`, `_must_signal_resume`,
`_sigcont_application` and what sets up the terminal's modes; of every driver
`_enable_mouse_support` and `_disable_mouse_support`; of the app `_driver` and `_is_mounted`; of
`WebDriver` also `_input_reader` and `_on_meta`, with `ByteStream` and the
`_ExitInput` that ends its thread.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from rich.text import Text
from textual import constants, events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from tui.early_terminal import ALTERNATE, hand_over, told_to_end
from tui.in_front import in_front
from tui.in_turn import InTurn
from tui.inflow import Inflow
from tui.show import show
from tui.words import _

TICK = 0.1
"""Seconds between two looks at whether the driver was told to stop."""
CONTINUATION = 0.03
"""Seconds within which the rest of a text follows what was read of it."""
READ_SIZE = 65_536
BURST_READS = 64
"""Reads after which a burst is sorted even though more is waiting."""
TERMINAL_GONE = 129
"""Exit code: 128 and the number of the signal that a closed window sends."""
ENDED_BY_SIGNAL = 128
"""What is added to the number of a signal that ended the program, as shells do."""

WEB_DRIVER = "textual.drivers.web_driver:WebDriver"


def desk_driver() -> type[Driver] | None:
    """The driver class for `App(driver_class=...)`; None leaves the choice to Textual.

    Textual chooses on platforms whose input is not a stream of characters,
    and where TEXTUAL_DRIVER names a driver that is not known here.
    """
    if sys.platform == "win32" or constants.DRIVER not in (None, WEB_DRIVER):
        return None
    return DeskDriver if constants.DRIVER is None else DeskWebDriver


def report_mouse(app: App[Any], *, wanted: bool) -> None:
    """Whether the terminal tells the app of the mouse; else it selects text by itself."""
    driver = app._driver
    switch = f"_{'enable' if wanted else 'disable'}_mouse_support"
    if driver is not None and hasattr(driver, switch):
        getattr(driver, switch)()
        driver.flush()


if sys.platform != "win32":
    import termios
    import tty
    from selectors import EVENT_READ, SelectSelector

    from textual.drivers._byte_stream import ByteStream
    from textual.drivers.linux_driver import LinuxDriver
    from textual.drivers.web_driver import WebDriver, _ExitInput

    class DeskDriver(LinuxDriver):
        """For a terminal."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._drawn_early = False
            lasting: Any = _Unfailing(self._file)
            self._file = lasting
            self.in_turn = InTurn(self._app, self.process_message)

        def start_application_mode(self) -> None:
            """Takes the terminal; being told to end leaves it as it was found."""
            found = hand_over()
            self._drawn_early = found is not None
            super().start_application_mode()  # type: ignore[no-untyped-call]
            if found is not None:
                self.attrs_before = found
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                loop.add_signal_handler(number, _told_to_end, self, number)
            if told_to_end():
                loop.call_soon(_told_to_end, self, signal.Signals(told_to_end()))

        def write(self, data: str) -> None:
            """The picture that stands early stays until the first frame lies over it."""
            if self._drawn_early and data == ALTERNATE:
                self._drawn_early = False
                return
            super().write(data)

        def _sigcont_application(self, *_told: object) -> None:
            """Goes on after a stop, on a terminal that somebody else may have used.

            Stopped in order, the terminal was given back and is taken anew; stopped at
            once, it is only set up and drawn again: a second thread that reads it would
            tear texts apart.
            """
            if self._must_signal_resume:
                super()._sigcont_application()
            elif self._key_thread is not None:
                self._loop.call_soon_threadsafe(self._set_up_again)

        def _set_up_again(self) -> None:
            with suppress(termios.error):
                modes = termios.tcgetattr(self.fileno)
                modes[tty.LFLAG] = self._patch_lflag(modes[tty.LFLAG])
                modes[tty.IFLAG] = self._patch_iflag(modes[tty.IFLAG])
                modes[tty.CC][termios.VMIN] = 1
                termios.tcsetattr(self.fileno, termios.TCSANOW, modes)
            self.write("\x1b[?1049h\x1b[?25l\x1b[?1004h")
            self._enable_mouse_support()
            self._enable_bracketed_paste()
            self._disable_line_wrap()
            size = Size(*self._get_terminal_size())
            self.process_message(events.Resize(size, size))

        def run_input_thread(self) -> None:
            """Reads until the driver is told to stop or the terminal is gone."""
            inflow = Inflow(self._app, self._debug)
            decoder = getincrementaldecoder("utf-8")("replace")
            with SelectSelector() as selector:
                selector.register(self.fileno, EVENT_READ)
                alive = True
                while alive and not self.exit_event.is_set():
                    if selector.select(TICK):
                        alive = self._read_burst(selector, inflow, decoder)
                        _post(self, inflow.messages())
                    else:
                        _post(self, inflow.after_silence(TICK))
            if not alive:
                _leave(self)

        def _read_burst(
            self, selector: SelectSelector, inflow: Inflow, decoder: IncrementalDecoder
        ) -> bool:
            """Reads all that is waiting, a text to its end; False when the terminal is gone."""
            wait: float = 0
            for _ in range(BURST_READS):
                if not selector.select(wait):
                    return True
                data = self._read()
                if not data:
                    return False
                inflow.add(decoder.decode(data))
                cut_off = bool(decoder.getstate()[0])
                wait = CONTINUATION if cut_off or inflow.awaits_more else 0
            return True

        def _read(self) -> bytes:
            """What is waiting; nothing when the terminal is gone."""
            try:
                return os.read(self.fileno, READ_SIZE)
            except OSError:
                return b""

    class _Unfailing:
        """A terminal to write to that may be gone.

        Textual's writing thread would end on the first error, and the app wait
        for ever on its full queue instead of leaving.
        """

        def __init__(self, file: Any) -> None:
            self._file = file

        def write(self, text: str) -> None:
            with suppress(OSError):
                self._file.write(text)

        def flush(self) -> None:
            with suppress(OSError):
                self._file.flush()

        def fileno(self) -> int:
            return int(self._file.fileno())

    class DeskWebDriver(WebDriver):
        """For a browser, which sends what was typed at once as one packet."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.in_turn = InTurn(self._app, self.process_message)

        def run_input_thread(self) -> None:
            """Reads until the server says to end, or is gone."""
            inflow = Inflow(self._app, self._debug)
            decoder = getincrementaldecoder("utf-8")("replace")
            packets = ByteStream()
            just_read = False
            try:
                for data in self._input_reader:
                    if not data and not just_read:
                        _post(self, inflow.after_silence(TICK))
                    for kind, payload in packets.feed(data) if data else ():
                        if kind == "D":
                            inflow.add(decoder.decode(payload))
                            _post(self, inflow.messages())
                        else:
                            self._on_meta(kind, payload)
                    just_read = bool(data)
                _leave(self)
            except _ExitInput:
                return
            finally:
                self._input_reader.close()

    def _told_to_end(driver: LinuxDriver, number: signal.Signals) -> None:
        """Ends the app in order: the terminal is given back, what is typed stays a draft."""
        app = driver._app
        if not app._is_mounted:  # an end while it is being set up would be a fault of it
            asyncio.get_running_loop().call_later(TICK, _told_to_end, driver, number)
            return
        # A window that was closed takes no words any more.
        told = _("siyu was told to end ({signal}). What was ticked is kept.", signal=number.name)
        code = ENDED_BY_SIGNAL + number
        app.exit(None, code, message=None if _is_gone(driver) else Text(show(told)))

    def _is_gone(driver: LinuxDriver) -> bool:
        """Whether the terminal was closed."""
        try:
            termios.tcgetattr(driver.fileno)
        except termios.error:
            return True
        return False

    def _post(driver: DeskDriver | DeskWebDriver, found: Sequence[Message]) -> None:
        if found:
            driver._loop.call_soon_threadsafe(driver.in_turn.add, found)

    def _leave(driver: DeskDriver | DeskWebDriver) -> None:
        """Ends the app in order, behind the keys it was given: nobody can press any more."""
        app = driver._app

        def leave() -> None:
            shown = in_front(app)
            if shown is not None:
                (shown.focused or shown).call_later(app.exit, None, TERMINAL_GONE)
            else:
                asyncio.get_running_loop().call_later(TICK, leave)

        if not driver.exit_event.is_set():
            _post(driver, [events.Callback(leave)])
