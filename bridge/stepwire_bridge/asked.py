"""The requests of one game that are not answered yet: who waits for each, and until when.

Knows futures and the loop's clock; knows nothing of messages, and not what a missed deadline means to a game.
"""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from stepwire_bridge.faults import GameFault
from stepwire_bridge.protocol import Answer, Request

Answered = asyncio.Future[list[Answer]]


class _Waiting(NamedTuple):
    """A request, its deadline by the loop's clock, the seconds it was given, and who waits."""

    request: Request
    deadline: float
    seconds: float
    answered: Answered


class Asked:
    """Requests by id, and one alarm for all their deadlines.

    The alarm stays set when a request is answered, and looks again when it rings: one for each request, set and taken
    back, costs as much as writing the request.

    Args:
        on_missed: Told of a request whose deadline has passed, and the seconds it had; gives the fault that this is.
    """

    def __init__(self, on_missed: Callable[[Request, float], GameFault]) -> None:
        self._on_missed = on_missed
        self._loop = asyncio.get_running_loop()
        self._waiting: dict[int, _Waiting] = {}
        self._alarm: asyncio.TimerHandle | None = None
        """Rings at the earliest of the deadlines, or before it."""

    def add(self, request: Request, seconds: float) -> Answered:
        """Note a request; the future gets its answers, or the fault that they came to.

        When the future is cancelled the request stays here until it is answered or its deadline passes.
        """
        deadline = self._loop.time() + seconds
        answered: Answered = self._loop.create_future()
        self._waiting[request.id] = _Waiting(request, deadline, seconds, answered)
        if self._alarm is None or deadline < self._alarm.when():
            self._wake_at(deadline)
        return answered

    def settle(self, id: int, answers: list[Answer]) -> None:
        """Give a request its answers."""
        answered = self._waiting.pop(id).answered
        if not answered.done():
            answered.set_result(answers)

    def fail(self, fault: Callable[[], GameFault]) -> None:
        """Give all requests a fault, each one of its own."""
        if self._alarm is not None:
            self._alarm.cancel()
        waiting, self._waiting = self._waiting, {}
        for one in waiting.values():
            _fail(one.answered, fault())

    def _wake_at(self, deadline: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = self._loop.call_at(deadline, self._look)

    def _look(self) -> None:
        self._alarm = None
        if (first := self._first()) is not None and first.deadline <= self._loop.time():
            del self._waiting[first.request.id]
            _fail(first.answered, self._on_missed(first.request, first.seconds))
            first = self._first()
        if first is not None:
            self._wake_at(first.deadline)

    def _first(self) -> _Waiting | None:
        return min(self._waiting.values(), key=lambda one: one.deadline, default=None)


def _fail(answered: Answered, fault: GameFault) -> None:
    if not answered.done():
        answered.set_exception(fault)
        answered.exception()  # marks it as seen: the caller may have been cancelled
