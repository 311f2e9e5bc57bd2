"""Runs the rows: starts their drivers, times them in turn, block after block.

Only one driver is ever at work; the others wait for a line on their input. A row that cannot be measured (a peer that
is not installed, a flag that a server does not know) is left out with the reason, and the others go on.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from bench.rows import Driver, Row

ROOT = Path(__file__).parents[1]
LONGEST_ANSWER = 90.0
"""Seconds that a driver may take for one answer before it is given up."""

Block = dict[str, Any]
"""As `bench.drivers.driving` answers."""


class Skipped(Exception):
    """A row cannot be measured; the message says why."""


class Running:
    """A driver's process."""

    def __init__(self, driver: Driver, log: IO[str]) -> None:
        self._driver = driver
        self._log = log
        self._process = subprocess.Popen(
            [driver.python, "-m", *driver.command],
            cwd=ROOT,
            env=os.environ | driver.environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )

    def ask(self, *words: str) -> Any:
        """Send a line, give the answer.

        Raises:
            Skipped: The driver answered with an error, ended, or took too long.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        overdue = threading.Timer(LONGEST_ANSWER, self._process.kill)
        overdue.start()
        try:
            self._process.stdin.write(" ".join(words) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            overdue.cancel()
        answer = json.loads(line or json.dumps({"error": self._last_words()}))
        if "error" in answer:
            raise Skipped(answer["error"])
        return answer

    def stop(self) -> None:
        """Let it end; kill it when it does not."""
        with contextlib.suppress(OSError):
            self._process.stdin.close()  # type: ignore[union-attr]
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _last_words(self) -> str:
        self._process.wait()
        self._log.seek(0)
        lines = self._log.read().strip().splitlines()
        return lines[-1].removeprefix(f"{self._driver.python}: ")[:300] if lines else "it ended"


@contextlib.contextmanager
def started(rows: list[Row], logs: Path, skipped: dict[str, str]) -> Iterator[dict[Row, Running]]:
    """Start all drivers and open all cases; gives those rows that can be timed."""
    logs.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        drivers: dict[Driver, Running | Skipped] = {}
        for driver in dict.fromkeys(row.driver for row in rows):  # all at once: most of it is importing
            drivers[driver] = _start(driver, logs, stack)
        ready: dict[Row, Running] = {}
        for row in rows:
            try:
                ready[row] = _opened(drivers[row.driver], row)
            except Skipped as why:
                skipped[row.name] = str(why)
                say(f"  {row.name} is left out: {why}")
        yield ready


def _start(driver: Driver, logs: Path, stack: contextlib.ExitStack) -> "Running | Skipped":
    log = stack.enter_context((logs / f"{driver.name}.log").open("w+"))
    try:
        running = Running(driver, log)
    except OSError as error:
        return Skipped(f"it is not installed ({error.strerror})")
    stack.callback(running.stop)
    return running


def _opened(running: "Running | Skipped", row: Row) -> Running:
    if isinstance(running, Skipped):
        raise running
    running.ask("open", row.case)
    return running


def timed(ready: dict[Row, Running], blocks: int, seconds: float, skipped: dict[str, str]) -> dict[Row, list[Block]]:
    """Time all rows in turn, so many times. A row that fails is set up anew; if it fails again, it is left out."""
    results: dict[Row, list[Block]] = {row: [] for row in ready}
    for block in range(blocks):
        say(f"block {block + 1} of {blocks}")
        for row in [row for row in ready if row.name not in skipped]:
            try:
                results[row].append(_block(ready[row], row, seconds))
            except Skipped as why:
                skipped[row.name] = str(why)
                say(f"  {row.name} is given up: {why}")
    return {row: found for row, found in results.items() if row.name not in skipped}


def _block(running: Running, row: Row, seconds: float) -> Block:
    try:
        answer = running.ask("time", row.case, str(seconds))
    except Skipped as why:
        say(f"  {row.name} is set up anew: {why}")
        running.ask("open", row.case)
        answer = running.ask("time", row.case, str(seconds)) | {"after": str(why)}
    block: Block = answer
    return block


def say(text: str) -> None:
    """Tell whoever waits."""
    print(text, file=sys.stderr, flush=True)
