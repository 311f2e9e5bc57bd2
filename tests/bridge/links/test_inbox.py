"""Nothing that comes is lost, twice there, or out of order, whether somebody listens yet or not."""

import asyncio

import pytest

from stepwire_bridge.links import LinkClosed
from stepwire_bridge.links.inbox import KEPT_MESSAGES, Inbox


class Listening:
    """What an inbox has handed over, and when it asked for less."""

    def __init__(self) -> None:
        self.taken: list[str | bytes] = []
        self.gone: list[str] = []
        self.asked: list[str] = []
        self.inbox = Inbox(lambda: self.asked.append("pause"), lambda: self.asked.append("resume"))

    def deliver(self) -> None:
        self.inbox.deliver(self.taken.append, self.gone.append)


async def test_what_came_before_is_handed_over_first_and_the_rest_at_once() -> None:
    at = Listening()
    at.inbox.put("one")
    at.inbox.put("two")
    assert await at.inbox.get() == "one"
    at.deliver()
    assert at.taken == ["two"]
    at.inbox.put(b"three")
    assert at.taken == ["two", b"three"]


async def test_whoever_waits_is_given_what_comes() -> None:
    at = Listening()
    waiting = asyncio.create_task(at.inbox.get())
    await asyncio.sleep(0)
    at.inbox.put("late")
    assert await waiting == "late"


async def test_the_end_comes_after_the_last_message_and_once() -> None:
    at = Listening()
    at.inbox.put("last")
    at.inbox.end("off")
    at.inbox.end("again")
    assert await at.inbox.get() == "last"
    for _ in range(2):
        with pytest.raises(LinkClosed, match="off"):
            await at.inbox.get()
    at.deliver()
    assert at.gone == ["off"]


async def test_a_listener_hears_of_the_end_when_it_comes() -> None:
    at = Listening()
    at.deliver()
    assert at.gone == []
    at.inbox.end("off")
    assert at.gone == ["off"]


async def test_a_full_inbox_asks_for_less_until_there_is_room() -> None:
    at = Listening()
    for i in range(KEPT_MESSAGES + 2):
        at.inbox.put(str(i))
    assert at.asked == ["pause"]
    for _ in range(2):
        await at.inbox.get()
    assert at.asked == ["pause"]
    await at.inbox.get()
    assert at.asked == ["pause", "resume"]


async def test_a_full_inbox_has_room_again_once_somebody_listens() -> None:
    at = Listening()
    for i in range(KEPT_MESSAGES):
        at.inbox.put(str(i))
    at.deliver()
    assert at.asked == ["pause", "resume"]
    for i in range(KEPT_MESSAGES):
        at.inbox.put(str(i))
    assert at.asked == ["pause", "resume"]
