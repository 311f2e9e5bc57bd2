"""A real server to ask, the command line inside this process, and the command line as a process on a terminal."""

import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from time import monotonic
from typing import NamedTuple

import pytest

from stepwire_service import embedded
from stepwire_service.cli import run

COMMAND = (sys.executable, "-m", "stepwire_service")


class Ran(NamedTuple):
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("STEPWIRE_") or name in ("NO_COLOR", "FORCE_COLOR")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with embedded() as address:
        yield address


@pytest.fixture
def stepwire(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs a command line in this process: quick, and off a terminal."""

    def command(*arguments: str) -> Ran:
        code = run(arguments)
        return Ran(code, *capsys.readouterr())

    return command


class Terminal:
    """A command on a pseudo-terminal of 80 × 24; stdout and stderr come together, as a person sees them."""

    def __init__(self, *arguments: str, **environ: str) -> None:
        self._ours, theirs = pty.openpty()
        size = {"COLUMNS": "80", "LINES": "24", "TERM": "xterm-256color"}
        self.process = subprocess.Popen(
            [*COMMAND, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, **size, **environ}
        )
        os.close(theirs)
        self.text = ""

    def read_until(self, words: str | None = None, timeout: float = 30) -> None:
        """Read until words appear, or to the end."""
        deadline = monotonic() + timeout
        while words is None or words not in self.text:
            assert select.select([self._ours], [], [], max(0, deadline - monotonic()))[0], self.text
            try:
                part = os.read(self._ours, 65536)
            except OSError:  # Linux's way to say that the other side has closed
                part = b""
            self.text += part.decode(errors="replace")
            if not part:
                return

    def end(self) -> Ran:
        """Read to the end and give how it ended."""
        self.read_until()
        os.close(self._ours)
        return Ran(self.process.wait(10), self.text, "")


@pytest.fixture
def on_terminal() -> Callable[..., Ran]:
    """Runs a command line on a terminal, to its end."""
    return lambda *arguments, **environ: Terminal(*arguments, **environ).end()
