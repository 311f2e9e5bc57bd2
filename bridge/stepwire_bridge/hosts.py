"""Starts games on this machine: Node programs that run a game without a window and dial the bridge. Watches them.

A host that ends is started again, after a pause that grows while it keeps ending; one that says that it cannot start
is not. Each hangs on a pipe of ours, so that none outlives us. Knows processes; knows nothing of what a game says.
"""

import asyncio
import contextlib
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

CANNOT_START = 2
"""The exit code by which a host says that trying again will not help: a wrong path, a broken module."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
"""Seconds before a host that ended is started again; each pause is twice the last."""

STEADY_SECONDS = 30.0
"""A host that ran for so long has recovered, and its next pause is the first one again."""

STOP_SECONDS = 3.0
"""How long a host may take to stop before it is killed."""

LONGEST_LINE = 2**16


@dataclass(frozen=True, slots=True)
class HostedGame:
    """A game to run: the JavaScript module, how many copies, and the name it goes by when not its own."""

    module: Path
    instances: int
    name: str | None = None


class Hosts:
    """The hosts of one bridge. `start` adds one, `close` stops them all."""

    def __init__(
        self, node: Path, runner: Path, url: str, *, token: str | None = None, wrapper: Sequence[str] = ()
    ) -> None:
        """Prepare; nothing runs yet.

        Args:
            node: The Node program.
            runner: js_client/host/run.js.
            url: Where the games dial, such as "ws://127.0.0.1:7891".
            token: What they say in their hello, handed over in the environment, where no other user can read it.
            wrapper: A command that becomes the one behind it.
        """
        self._command = [*wrapper, str(node), str(runner), "--url", url, "--stdin-leash"]
        self._environment = {key: value for key, value in os.environ.items() if key != "STEPWIRE_TOKEN"}
        if token is not None:
            self._environment["STEPWIRE_TOKEN"] = token
        self._watching: set[asyncio.Task[None]] = set()

    def start(self, game: HostedGame) -> None:
        """Start a host for a game and keep it running. Its instances are in the lobby as soon as it has said hello."""
        task = asyncio.create_task(self._keep_running(game))
        self._watching.add(task)
        task.add_done_callback(self._watching.discard)

    async def close(self) -> None:
        """Stop all hosts; those that do not stop by themselves are killed. May be called twice."""
        watching = list(self._watching)
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)

    async def _keep_running(self, game: HostedGame) -> None:
        loop, pause = asyncio.get_running_loop(), FIRST_PAUSE
        while True:
            started = loop.time()
            code = await self._run(game)
            if code == CANNOT_START:
                log.error("the host of %s cannot start, and is not started again", game.module)
                return
            if loop.time() - started > STEADY_SECONDS:
                pause = FIRST_PAUSE
            log.warning("the host of %s ended with code %s; it is started again in %g s", game.module, code, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _run(self, game: HostedGame) -> int:
        """Run a host until it ends, or until this is cancelled."""
        process = await asyncio.create_subprocess_exec(
            *self._command, *_arguments(game),
            env=self._environment, limit=LONGEST_LINE,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for us: sessions may go on while we drain, and need their games
        )  # fmt: skip
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            name = game.name or _label(game.module)
            await asyncio.gather(
                _relay(process.stdout, name, logging.INFO), _relay(process.stderr, name, logging.WARNING)
            )
            return await process.wait()
        finally:
            await _stop(process)


def _arguments(game: HostedGame) -> list[str]:
    name = [] if game.name is None else ["--name", game.name]
    return ["--game", str(game.module), "--instances", str(game.instances), *name]


def _label(module: Path) -> str:
    """What a module is called in the log: snake for snake/game.js, mine for ./mine.js."""
    return module.parent.name if module.stem in ("game", "index") else module.stem


async def _relay(stream: asyncio.StreamReader, name: str, level: int) -> None:
    """Put what a host prints into the log, line by line."""
    while True:
        try:
            line = await stream.readline()
        except ValueError:  # longer than a log should hold; the reader has dropped it
            continue
        if not line:
            return
        log.log(level, "%s: %s", name, line.decode(errors="replace").rstrip())


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        log.warning("a host did not stop within %g s and is killed", STOP_SECONDS)
        process.kill()
        await process.wait()
