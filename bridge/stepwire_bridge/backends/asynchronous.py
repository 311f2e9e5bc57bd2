"""An asynchronous batch over any backends of single environments: whoever is done first is received first.

Each copy has a backend of its own, and each of its steps is a task of its own, so that a slow copy holds up nobody
else. Knows nothing of what the copies are: threads, games, or anything else behind the seam.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import islice
from typing import Any, TypeVar

import numpy as np
from gymnasium.vector import AutoresetMode
from gymnasium.vector.utils import batch_space, concatenate, create_empty_array, iterate

from stepwire_bridge import infos
from stepwire_bridge.backend import Backend, Observed, Received, Spec, Transition
from stepwire_bridge.backends.copies import Copy
from stepwire_bridge.faults import GameNonsense, GameSilent, InvalidOptions, Unsupported

Outcome = TypeVar("Outcome", Observed, Transition)

OpenCopies = Callable[[int, float], Awaitable[Sequence[Backend]]]
"""Opens so many copies within so many seconds: all of them, or none."""


async def open_asynchronous(
    name: str,
    open_copies: OpenCopies,
    *,
    num_envs: int,
    batch_size: int,
    autoreset_mode: AutoresetMode | None = None,
    timeout: float,
) -> "Asynchronous":
    """Open an asynchronous batch.

    Args:
        name: What the copies are, for faults.
        open_copies: Opens them.
        num_envs: How many copies.
        batch_size: How many `recv` gives, 1 to num_envs.
        autoreset_mode: NEXT_STEP when None.
        timeout: Seconds for all of them together.

    Raises:
        Unsupported: DISABLED autoreset, or copies with a render mode.
        Fault: What opening the copies raised.
    """
    mode = autoreset_mode or AutoresetMode.NEXT_STEP
    if mode is AutoresetMode.DISABLED:
        raise Unsupported("an asynchronous batch without autoreset", "Choose NEXT_STEP or SAME_STEP, or no batch_size.")
    backends = await open_copies(num_envs, timeout)
    try:
        return Asynchronous(name, [Copy(backend, mode) for backend in backends], batch_size, mode)
    except BaseException:
        await asyncio.shield(_close_all(backends))
        raise


def one_by_one(open_single: Callable[[float], Awaitable[Backend]]) -> OpenCopies:
    """Open copies one after the other; what the last one raises closes those before it."""

    async def open_copies(count: int, timeout: float) -> list[Backend]:
        deadline = _now() + timeout
        backends: list[Backend] = []
        try:
            while len(backends) < count:
                backends.append(await open_single(max(deadline - _now(), 0.0)))
        except BaseException:
            await asyncio.shield(_close_all(backends))
            raise
        return backends

    return open_copies


class Asynchronous:
    """See the module, and `stepwire_bridge.backend.AsynchronousBackend`; `open_asynchronous` makes one."""

    def __init__(self, name: str, copies: Sequence[Copy], batch_size: int, mode: AutoresetMode) -> None:
        self._name = name
        self._copies = copies
        self._batch_size = batch_size
        first = copies[0].backend.spec
        if first.render_mode is not None:
            raise Unsupported("drawing an asynchronous batch", "Make it without a render mode, or without batch_size.")
        self._spec = Spec(
            first.observation_space, first.action_space, len(copies), mode, first.metadata, batch_size=batch_size
        )
        self._actions = batch_space(first.action_space, 1)  # only tells how a batch is taken apart
        self._under_way: dict[int, asyncio.Task[None]] = {}
        """The steps that are being taken, by copy."""
        self._done: deque[tuple[int, Transition | Exception]] = deque()
        """What the copies came to and nobody has received, in the order in which they did."""
        self._news = asyncio.Event()
        """Set when a `recv` that waits may have to do something."""

    @property
    def spec(self) -> Spec:
        """What this backend is."""
        return self._spec

    async def reset(
        self, *, seeds: Sequence[int | None] | None, options: dict[str, Any] | None, timeout: float
    ) -> Observed:
        """Start an episode in every copy; see `AsynchronousBackend.reset`."""
        deadline = _now() + timeout
        await self._settle(timeout)
        self._done.clear()

        async def begin(copy: int) -> Observed:
            own = None if seeds is None else [seeds[copy]]
            return await self._copies[copy].reset(own, options, deadline - _now())

        begun = await asyncio.gather(*map(begin, range(len(self._copies))), return_exceptions=True)
        return self._observed([_or_raise(one) for one in begun])

    def send(self, action: Any, copies: Sequence[int], *, timeout: float) -> None:
        """Let the copies take a step; see `AsynchronousBackend.send`."""
        for copy, own in zip(copies, iterate(self._actions, action), strict=True):
            self._under_way[copy] = asyncio.create_task(self._step(copy, own, timeout))
        self._news.set()

    async def recv(self, *, timeout: float) -> Received:
        """The first copies whose steps are done; see `AsynchronousBackend.recv`."""
        await self._wait_for_enough(timeout)
        arrived = [self._done.popleft() for _ in range(self._batch_size)]
        steps = [_or_raise(step) for _, step in arrived]
        return Received(np.array([copy for copy, _ in arrived], np.int32), self._transition(steps))

    async def close(self) -> None:
        """Give all copies back; see `Backend.close`."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await _close_all([copy.backend for copy in self._copies])

    # ── steps and who waits for them ─────────────────────────────────────────────────────────────────────────────────

    async def _step(self, copy: int, action: Any, timeout: float) -> None:
        step: Transition | Exception
        try:
            step = await self._copies[copy].step(action, timeout)
        except Exception as error:  # what it is, a fault or a bug of ours, is for the recv that gets it
            step = error
        finally:
            del self._under_way[copy]
        self._done.append((copy, step))
        if len(self._done) >= self._batch_size or isinstance(step, Exception):
            self._news.set()

    async def _settle(self, timeout: float) -> None:
        """Wait until no copy is under way."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way.values(), timeout=timeout)
            if late:
                raise GameSilent(self._name, "the step before reset", timeout)

    async def _wait_for_enough(self, timeout: float) -> None:
        """Wait for batch_size steps; raise the first error among them as soon as it is there."""
        deadline = _now() + timeout
        while True:
            for _, step in islice(self._done, self._batch_size):
                _or_raise(step)
            if len(self._done) >= self._batch_size:
                return
            self._news.clear()
            coming = len(self._done) + len(self._under_way) >= self._batch_size
            try:
                async with asyncio.timeout_at(None if coming else deadline):  # steps have deadlines of their own
                    await self._news.wait()
            except TimeoutError:
                raise self._too_few(timeout) from None

    def _too_few(self, timeout: float) -> InvalidOptions:
        copies = len(self._done) + len(self._under_way)
        wanted = f"as many copies under way as batch_size says, {self._batch_size}"
        return InvalidOptions("recv", f"{copies} after {timeout:g} s; send actions first", wanted)

    # ── putting copies together ──────────────────────────────────────────────────────────────────────────────────────

    def _observed(self, begun: Sequence[Observed]) -> Observed:
        return Observed(self._batched([one.observation for one in begun]), _gathered([one.info for one in begun]))

    def _transition(self, steps: Sequence[Transition]) -> Transition:
        observations, rewards, terminated, truncated, said = zip(*steps, strict=True)
        return Transition(
            self._batched(observations),
            np.array(rewards, np.float64),
            np.array(terminated, np.bool_),
            np.array(truncated, np.bool_),
            _gathered(said),
        )

    def _batched(self, observations: Sequence[Any]) -> Any:
        space = self._spec.observation_space
        room: Any = create_empty_array(space, len(observations))
        try:
            return concatenate(space, observations, room)
        except (ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
            raise GameNonsense(self._name, f"its observations are not of its space: {error}") from error


def _gathered(said: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return infos.gathered(said, range(len(said)), len(said))


def _or_raise(outcome: Outcome | BaseException) -> Outcome:
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


async def _close_all(backends: Sequence[Backend]) -> None:
    await asyncio.gather(*(backend.close() for backend in backends))


def _now() -> float:
    return asyncio.get_running_loop().time()
