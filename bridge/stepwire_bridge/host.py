"""One host: a Node program that runs a game without a window, kept running for as long as somebody wants it.

A host that ends is started again, after a pause that grows while it keeps ending; one that says that it cannot start
is not. One that is stuck cannot end: it says nothing any more, neither to the bridge nor here, and is killed. Each
hangs on a pipe of ours, so that none outlives us. Knows a process; knows nothing of what its game says to the bridge.
"""

import asyncio
import contextlib
import logging
import os
import secrets
import signal
from collections import deque
from dataclasses import dataclass
from typing import Final

import msgspec

from stepwire_bridge.launching import HostedGame, Launch, command, environment, label

log = logging.getLogger("stepwire_bridge.hosts")

CANNOT_START = 2
"""The exit code by which a host says that trying again will not help: a wrong path, a broken module."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
"""Seconds before a host that ended is started again; each pause is twice the last."""

STEADY_SECONDS = 30.0
"""A host that ran for so long has recovered, and its next pause is the first one again."""

STOP_SECONDS = 3.0
"""How long a host may take to stop before it is killed."""

SUSPECTED_SECONDS = 3.0
"""How long a host may say nothing once the bridge has closed its connection for silence: three of its heartbeats."""

LONGEST_LINE = 2**16
FEW_LINES = 12
"""Of a host's last words, for whoever asks why it did not start."""

BEAT: Final = b"@stats "
"""How a host's heartbeat begins; its figures follow as JSON."""


@dataclass(frozen=True, slots=True)
class HostStatus:
    """How a host is, and what it has done since it was first started.

    Attributes:
        game: The game's name: as its connection said it, or as the host was told to call it.
        pid: Of its process; 0 while it is not running.
        instances: Copies of the game in it.
        restarts: How often it was started again.
        rss_mb: Its memory now, in MiB.
        steps, episodes, faults: Of all its copies together, those before a restart included.
        uptime: Seconds since its process began.
    """

    game: str
    pid: int
    instances: int
    restarts: int
    rss_mb: int
    steps: int
    episodes: int
    faults: int
    uptime: int


class _Figures(msgspec.Struct, frozen=True):
    """What a heartbeat says."""

    steps: int = 0
    episodes: int = 0
    faults: int = 0
    rss_mb: int = 0
    seconds: int = 0


class Host:
    """A host, from the moment it is wanted. `keep_running` runs it.

    Attributes:
        key: By which the bridge knows a connection as this host's: it is in the URL that it dials.
        game: What the bridge has heard the game call itself; before that, what it was told to.
        failed: Why it is not started again; not done while it is.
    """

    def __init__(self, hosted: HostedGame, launch: Launch) -> None:
        self._hosted, self._launch = hosted, launch
        self.key = secrets.token_hex(8)
        self.game = hosted.name or label(hosted.module)
        self.failed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._words: deque[str] = deque(maxlen=FEW_LINES)
        self._process: asyncio.subprocess.Process | None = None
        self._restarts = 0
        self._before, self._figures = _Figures(), _Figures()
        self._last_beat = 0.0
        self._suspected = False
        self._look = asyncio.Event()
        """Set when there is reason to ask again how long it has been silent."""

    @property
    def instances(self) -> int:
        """Copies of the game in it."""
        return self._hosted.instances

    @property
    def last_words(self) -> str:
        """What it wrote to its standard error last, in one line."""
        return " ".join(" ".join(self._words).split())

    def status(self) -> HostStatus:
        """How it is now."""
        ours, before = self._figures, self._before
        return HostStatus(
            game=self.game,
            pid=self._process.pid if self._process else 0,
            instances=self._hosted.instances,
            restarts=self._restarts,
            rss_mb=ours.rss_mb,
            steps=before.steps + ours.steps,
            episodes=before.episodes + ours.episodes,
            faults=before.faults + ours.faults,
            uptime=ours.seconds,
        )

    def suspect(self) -> None:
        """The bridge has closed its connection for silence: kill it unless it shows soon that it is not stuck."""
        self._suspected = True
        self._look.set()

    async def keep_running(self) -> None:
        """Run it, and again whenever it ends, until this is cancelled or it says that it cannot start."""
        loop, pause = asyncio.get_running_loop(), FIRST_PAUSE
        while True:
            started = loop.time()
            code = await self._run()
            if code == CANNOT_START:
                log.error("the host of %s cannot start, and is not started again", self._hosted.module)
                self.failed.set_result(self.last_words)
                return
            if loop.time() - started > STEADY_SECONDS:
                pause = FIRST_PAUSE
            log.warning(
                "the host of %s ended with code %s; it is started again in %g s", self._hosted.module, code, pause
            )
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            self._restarts += 1

    # ── one process ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def _run(self) -> int:
        """Run it until it ends, or until this is cancelled."""
        process = self._process = await asyncio.create_subprocess_exec(
            *command(self._launch, self._hosted, self.key),
            env=environment(self._launch, self._hosted, os.environ), limit=LONGEST_LINE,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for us: sessions may go on while we drain, and need their games
        )  # fmt: skip
        self._beaten(_Figures())
        watching = asyncio.create_task(self._watch(process))
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stderr is not None
            if self._launch.token is not None:
                process.stdin.write(self._launch.token.encode() + b"\n")
            await asyncio.gather(self._hear(process.stdout, logging.INFO), self._hear(process.stderr, logging.WARNING))
            return await process.wait()
        finally:
            watching.cancel()
            await stop(process)
            self._process = None
            self._before, self._figures = _sum(self._before, self._figures), _Figures()

    async def _hear(self, stream: asyncio.StreamReader, level: int) -> None:
        """Put what it prints into the log, line by line, and keep what its heartbeats say."""
        while True:
            try:
                line = await stream.readline()
            except ValueError:  # longer than a log should hold; the reader has dropped it
                continue
            if not line:
                return
            if level == logging.INFO and line.startswith(BEAT):
                with contextlib.suppress(msgspec.DecodeError):
                    self._beaten(msgspec.json.decode(line.removeprefix(BEAT), type=_Figures))
                continue
            text = line.decode(errors="replace").rstrip()
            if level == logging.WARNING:
                self._words.append(text)
            log.log(level, "%s: %s", self._hosted.name or label(self._hosted.module), text)

    def _beaten(self, figures: _Figures) -> None:
        self._figures = figures
        self._last_beat = asyncio.get_running_loop().time()
        self._suspected = False

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        """Kill it when it has been silent for too long."""
        loop = asyncio.get_running_loop()
        while True:
            allowed = SUSPECTED_SECONDS if self._suspected else self._launch.patience
            due = self._last_beat + allowed
            if loop.time() >= due:
                log.warning("%s: says nothing for %g s, and is killed", self.game, allowed)
                kill(process)
                return
            self._look.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(due):
                    await self._look.wait()


async def stop(process: asyncio.subprocess.Process) -> None:
    """Let a process end, or kill it when it does not."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
    if process.stdin is not None:
        process.stdin.close()
    # No asyncio.timeout: this runs where a task is being cancelled, and there Python before 3.11.3 lets none expire.
    ended = asyncio.ensure_future(process.wait())
    await asyncio.wait((ended,), timeout=STOP_SECONDS)
    if not ended.done():
        log.warning("a host did not stop within %g s and is killed", STOP_SECONDS)
        kill(process)
    await ended


def kill(process: asyncio.subprocess.Process) -> None:
    """End a process at once, and what it has started, a browser for instance."""
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)  # it leads a session of its own, and so a group
        else:
            process.kill()


def _sum(before: _Figures, now: _Figures) -> _Figures:
    added = {name: getattr(before, name) + getattr(now, name) for name in ("steps", "episodes", "faults")}
    return msgspec.structs.replace(_Figures(), **added)
