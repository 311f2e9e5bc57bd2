"""What the user's own function makes of the steps of one connection, in a thread where it holds up nobody else.

Not an executor: those are joined when the process ends, and would wait for a function that never returns.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any

from stepwire_service.fronts.gymie.terms import Step

_Call = tuple[Step, "asyncio.Future[Any]"]
"""A step, and what waits for what becomes of it."""


class Raised(Exception):
    """Carries what the function raised, so that its own TimeoutError is not taken for ours."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


class Processing:
    """A function and the daemon thread that it is called in, which the first step starts.

    Args:
        function: The user's.
        timeout: Seconds that a call may take.
    """

    def __init__(self, function: Callable[[Step], Any], timeout: float) -> None:
        self._function = function
        self._timeout = timeout
        self._calls: SimpleQueue[_Call | None] | None = None

    async def of(self, step: Step) -> Any:
        """What the function makes of a step. One at a time.

        Raises:
            Raised: What the function raised, be it SystemExit.
            TimeoutError: It took too long; its thread is left behind.
        """
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if self._calls is None:
            self._calls = SimpleQueue()
            threading.Thread(target=_live, args=(self._function, self._calls), name="process_step", daemon=True).start()
        self._calls.put((step, future))
        try:
            async with asyncio.timeout(self._timeout):
                return await future
        except TimeoutError:
            self.end()
            raise

    def end(self) -> None:
        """Let the thread end, once the call that it is in returns. May be called twice."""
        if self._calls is not None:
            self._calls.put(None)
            self._calls = None


def _live(function: Callable[[Step], Any], calls: "SimpleQueue[_Call | None]") -> None:
    while (call := calls.get()) is not None:
        step, future = call
        try:
            made, error = function(step), None
        except BaseException as raised:  # it is the function's: even SystemExit ends only its call
            made, error = None, Raised(raised)
        with suppress(RuntimeError):  # the loop has ended, and nobody waits any more
            future.get_loop().call_soon_threadsafe(_settle, future, made, error)
        del call, step, future, made, error  # they may be large, and the next step long in coming


def _settle(future: "asyncio.Future[Any]", made: Any, error: Raised | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(made)
    else:
        future.set_exception(error)
