"""Whoever waits gets the answers or a fault, in time, whatever else is asked meanwhile."""

import asyncio
import time

import pytest

from stepwire_bridge.asked import Asked
from stepwire_bridge.faults import GameFault, GameGone, GameSilent
from stepwire_bridge.messages import Reset, State
from stepwire_bridge.protocol import Request

ANSWERS = [State(1, [0], None)]


def reset(id: int) -> Reset:
    return Reset(id, [0], [None])


class Missing:
    """What was missed."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.asked = Asked(self.note)

    def note(self, request: Request, seconds: float) -> GameFault:
        self.ids.append(request.id)
        return GameSilent("toy", "reset", seconds)


async def test_each_request_gets_its_own_answers() -> None:
    asked = Missing().asked
    first, second = asked.add(reset(1), 5), asked.add(reset(2), 5)
    asked.settle(2, ANSWERS)  # type: ignore[arg-type]
    assert await second is ANSWERS  # type: ignore[comparison-overlap]
    assert not first.done()


async def test_a_deadline_is_kept_that_is_earlier_than_those_before_it() -> None:
    missing, began = Missing(), time.monotonic()
    slow, quick = missing.asked.add(reset(1), 60), missing.asked.add(reset(2), 0.05)
    with pytest.raises(GameSilent, match=r"0\.05"):
        await quick
    assert time.monotonic() - began < 5
    assert missing.ids == [2]
    assert not slow.done()


async def test_a_deadline_is_kept_after_an_earlier_request_was_answered() -> None:
    missing = Missing()
    missing.asked.add(reset(1), 0.02)
    missing.asked.settle(1, ANSWERS)  # type: ignore[arg-type]
    with pytest.raises(GameSilent):
        await missing.asked.add(reset(2), 0.06)
    assert missing.ids == [2]


async def test_a_cancelled_request_is_still_missed_or_answered() -> None:
    missing = Missing()
    cancelled, answered = missing.asked.add(reset(1), 0.02), missing.asked.add(reset(2), 5)
    cancelled.cancel()
    answered.cancel()
    missing.asked.settle(2, ANSWERS)  # type: ignore[arg-type]
    with pytest.raises(GameSilent):
        await missing.asked.add(reset(3), 0.05)
    assert missing.ids == [1, 3]


async def test_all_who_wait_get_a_fault_of_their_own() -> None:
    missing = Missing()
    waiting = [missing.asked.add(reset(id), 0.02) for id in (1, 2)]
    missing.asked.fail(lambda: GameGone("toy", "off"))
    first, second = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(first, GameGone) and isinstance(second, GameGone)
    assert first is not second
    assert missing.ids == []
