"""A thread of its own for one environment, which then blocks nobody else: where local environments usually live.

Not an executor: those are joined when the process ends, and would wait for an environment that never returns.
"""

import asyncio
import logging
import math
import threading
from queue import SimpleQueue
from typing import Any

from stepwire_bridge.backends.bell import Bell, give_back, take_bell
from stepwire_bridge.backends.places import Build, LocalEnv, Raised, close_quietly

logger = logging.getLogger(__name__)

_Call = tuple[str, tuple[Any, ...], "asyncio.Future[Any]"]
"""A method of the environment, its arguments, and what waits for its result."""


class EnvThread:
    """See `stepwire_bridge.backends.places.Place`. A daemon thread; one that never returns can be left behind."""

    def __init__(self, name: str, build: Build) -> None:
        self._loop = asyncio.get_running_loop()
        self._bell = take_bell()
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._ended: asyncio.Future[None] = self._loop.create_future()
        self._under_way: asyncio.Future[Any] | None = None
        self._deadline = self._next_look = math.inf
        """When the call under way is overdue, and when somebody looks whether it is."""
        self._timer: asyncio.TimerHandle | None = None
        arguments = (build, self._calls, self._bell, self._ended)
        threading.Thread(target=_live, args=arguments, name=name, daemon=True).start()

    def call(self, method: str, args: tuple[Any, ...], timeout: float) -> "asyncio.Future[Any]":
        """Have a method of the environment called in the thread."""
        self._under_way = future = self._loop.create_future()
        self._watch(self._loop.time() + timeout)
        self._calls.put((method, args, future))
        return future

    def abandon(self) -> None:
        """Leave the thread to itself: it closes its environment when, if ever, the call it is in returns."""
        self._dismiss()
        give_back(self._bell)

    async def close(self, timeout: float) -> None:
        """Have the environment closed, and wait for that at most so many seconds."""
        self._dismiss()
        try:
            async with asyncio.timeout(timeout):
                await self._ended
        except TimeoutError:
            logger.warning("an environment does not close; its thread is left behind")
        finally:
            give_back(self._bell)

    def _dismiss(self) -> None:
        self._calls.put(None)
        if self._timer is not None and self._is_at_rest():
            self._timer.cancel()

    def _is_at_rest(self) -> bool:
        return self._under_way is None or self._under_way.done()

    # A timer for each call would cost more than all else in here, and hardly one would go off. So there is one at most,
    # and when it goes off, it looks whether the call that is under way by then is overdue.

    def _watch(self, deadline: float) -> None:
        self._deadline = deadline
        if deadline < self._next_look:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = self._loop.call_at(deadline, self._look)
            self._next_look = deadline

    def _look(self) -> None:
        overdue = self._deadline <= self._next_look
        self._timer, self._next_look = None, math.inf
        if self._under_way is None or self._under_way.done():
            return
        if overdue:
            self._under_way.set_exception(TimeoutError())
        else:
            self._watch(self._deadline)


def _live(build: Build, calls: "SimpleQueue[_Call | None]", bell: Bell, ended: "asyncio.Future[None]") -> None:
    env: LocalEnv | None = None
    while (call := calls.get()) is not None:
        env = _carry_out(call, build, env, bell)
        del call  # its arguments may be large, and the next one long in coming
    if env is not None:
        close_quietly(env)
    bell.ring(ended, None)


def _carry_out(call: _Call, build: Build, env: LocalEnv | None, bell: Bell) -> LocalEnv | None:
    method, args, future = call
    try:
        if env is None:
            env = build()
        result = getattr(env, method)(*args)
    except BaseException as error:  # whatever it is, it is the environment's: even SystemExit ends only its call
        bell.ring(future, None, Raised(error))
    else:
        bell.ring(future, result)
    return env
