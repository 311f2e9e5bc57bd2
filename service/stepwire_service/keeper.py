"""Keeps one worker process running: starts it, asks it, starts it again when it ends, and stops it.

A worker that ends is started again after a pause that grows while it keeps ending. It hangs on a pipe of ours, so that
none outlives us. Knows processes and pipes; what is said over them is in `stepwire_service.worker`.
"""

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from stepwire_service.settings import ConfigError
from stepwire_service.worker import Briefing

logger = logging.getLogger(__name__)

START_SECONDS: Final = 60.0
"""How long a worker may take until it listens; 2 s are usual on an idle machine."""

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 15.0
"""Seconds before a worker that ended is started again; each pause is twice the last."""

STEADY_SECONDS: Final = 30.0
"""A worker that ran for so long has recovered, and its next pause is the first one again."""

STOP_SECONDS: Final = 10.0
"""How long a worker may take to stop before it is killed: 2 s for its calls, the rest for its environments."""

LONGEST_ANSWER: Final = 2**24


class WorkerGone(Exception):
    """The worker has ended instead of answering."""


class Keeper:
    """One worker process and its successors.

    Args:
        briefing: What it is told.
        on_change: Called whenever a worker is up, or down.

    Attributes:
        up: Whether a worker listens.
    """

    def __init__(self, briefing: Briefing, on_change: Callable[[], None]) -> None:
        self.up = False
        self._briefing = briefing
        self._on_change = on_change
        self._process: asyncio.subprocess.Process | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._asking = asyncio.Lock()
        self._number = 0

    async def start(self) -> None:
        """Start the worker, wait until it listens, and keep it running from then on.

        Raises:
            ConfigError: It cannot be started like that.
        """
        await self._launch()
        self._keeping = asyncio.create_task(self._keep())

    async def ask(self, question: str) -> Any:
        """Ask the worker.

        Raises:
            WorkerGone: It is not running, or ended instead of answering.
            ConfigError: It answered that its settings cannot be.
        """
        async with self._asking:
            if not self.up:
                raise WorkerGone
            self._number += 1
            self._tell(f"{question} {self._number}")
            return await self._answer(self._number)

    async def drain(self) -> None:
        """Let the worker finish its sessions, and wait for its end; none comes after it."""
        await self._let_go()
        self._tell("drain")
        if self._process is not None:
            await self._process.wait()

    async def close(self) -> None:
        """Stop the worker; one that does not stop by itself is killed. May be called twice."""
        await self._let_go()
        self._tell("stop")
        if self._process is not None:
            await self._ended(self._process)
        self.up = False

    async def _let_go(self) -> None:
        """From here on nothing is started again."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)

    async def _keep(self) -> None:
        loop, pause = asyncio.get_running_loop(), FIRST_PAUSE
        while True:
            began = loop.time()
            code = await self._gone()
            if loop.time() - began > STEADY_SECONDS:
                pause = FIRST_PAUSE
            logger.warning(
                "worker %d ended with code %s and its sessions are lost; it is started again in %g s",
                self._briefing.place.index, code, pause,
            )  # fmt: skip
            pause = await self._replace(pause)

    async def _replace(self, pause: float) -> float:
        """Start the next worker after a pause, as often as that takes. Returns the pause that would come then."""
        while True:
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            try:
                await self._launch()
            except ConfigError as error:
                index = self._briefing.place.index
                logger.error("worker %d cannot be started and is tried again in %g s: %s", index, pause, error)
            else:
                return pause

    async def _gone(self) -> int:
        assert self._process is not None
        code = await self._process.wait()
        self._set_up(up=False)
        return code

    async def _launch(self) -> None:
        # A session of its own: Ctrl-C is for us, and sessions may go on while we drain.
        self._process = process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "stepwire_service.worker",
            env=_environment(), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=LONGEST_ANSWER,
            start_new_session=True,
        )  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(self._briefing.line())
        try:
            async with asyncio.timeout(START_SECONDS):
                await self._answer(0)
        except TimeoutError as error:
            process.kill()
            raise self._not_started(f"did not listen within {START_SECONDS:g} s") from error
        except WorkerGone as error:
            raise self._not_started(f"ended with code {await process.wait()} before it listened") from error
        logger.info("worker %d is up, process %d", self._briefing.place.index, process.pid)
        self._set_up(up=True)

    def _not_started(self, what: str) -> ConfigError:
        return ConfigError(f"workers: worker {self._briefing.place.index} {what}; the log says more.")

    def _set_up(self, *, up: bool) -> None:
        self.up = up
        self._on_change()

    def _tell(self, command: str) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(f"{command}\n".encode())

    async def _answer(self, number: int) -> Any:
        """The answer to the question of that number; those to questions that were given up are passed over."""
        assert self._process is not None and self._process.stdout is not None
        answers = self._process.stdout
        while line := await answers.readline():
            said = json.loads(line)
            if "refused" in said:
                raise ConfigError(said["refused"])
            if said["number"] == number:
                return said["answer"]
        raise WorkerGone

    async def _ended(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await process.wait()
        except TimeoutError:
            logger.warning("worker %d did not stop within %g s and is killed", self._briefing.place.index, STOP_SECONDS)
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _environment() -> dict[str, str]:
    """Ours, with our import path: a worker must find what we find, however we were started."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)}  # noqa: PTH109
