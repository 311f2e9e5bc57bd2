"""A coroutine that begins at once, and not only when it is waited for.

What Python 3.12 calls an eager task, without the task: no turn of the event loop lies between the end of what the
coroutine waits for and the one who waits for the coroutine.
"""

from collections.abc import Coroutine, Generator
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Begun(Generic[T]):
    """Something to be awaited once, that is under way already.

    Args:
        coroutine: One that waits for a future of the running loop first of all, and does not ask which task it is in:
            it begins in one and may go on in another.
    """

    def __init__(self, coroutine: Coroutine[Any, Any, T]) -> None:
        self._coroutine = coroutine
        self._waits_for = coroutine.send(None)

    def __await__(self) -> Generator[Any, Any, T]:
        try:
            if not self._waits_for.done():
                yield self._waits_for
        except BaseException:  # who waits is cancelled
            self._coroutine.close()
            raise
        return (yield from self._coroutine.__await__())

    def close(self) -> None:
        """Give it up; nobody may await it then. May be called at any time, and twice."""
        self._coroutine.close()
