"""An event loop in a thread of its own, for callers that know no asyncio: they block until a coroutine is done.

The old systems' Python sides are plain functions; what stands behind them here is the bridge, which lives on a loop.
"""

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError
from typing import Any, TypeVar

T = TypeVar("T")


class Portal:
    """One loop and its thread, which ends with the process at the latest."""

    def __init__(self) -> None:
        self._process = os.getpid()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="stepwire-portal", daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the loop and wait for it; Ctrl-C cancels it. Raises what it raises.

        Raises:
            RuntimeError: In a process that was forked since: it has no such thread.
        """
        if self._process != os.getpid():
            coroutine.close()
            raise RuntimeError("this was opened by another process, which has forked this one: open one in each")
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return future.result()
        except KeyboardInterrupt:
            future.cancel()
            raise
        except CancelledError as error:
            raise RuntimeError("the loop was closed meanwhile") from error

    def call(self, function: Callable[..., T], *args: Any) -> T:
        """Call a function in a turn of the loop and wait for it."""

        async def turn() -> T:
            return function(*args)

        return self.run(turn())

    def spawn(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        """Run a coroutine on the loop and wait for nothing, so in any thread; nowhere once the loop is closed."""
        if self._process != os.getpid() or self._loop.is_closed():
            coroutine.close()
        else:
            asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def close(self) -> None:
        """Cancel what runs and end the thread. May be called twice."""
        if self._thread.is_alive():
            self.run(_cancel_all())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()


async def _cancel_all() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


_portals: dict[int, Portal] = {}


def portal() -> Portal:
    """The portal of this process, made when it is first asked for; a forked process gets one of its own."""
    pid = os.getpid()
    if pid not in _portals:
        _portals.clear()
        _portals[pid] = Portal()
    return _portals[pid]
