import asyncio
from collections.abc import Awaitable, Callable

from stepwire_service.fronts.rpc.backlog import MOST, Backlog


class Wire:
    """Where replies go, and failures."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.failures: list[Exception] = []
        self.backlog = Backlog(self.write, self.failures.append)

    async def write(self, data: bytes) -> None:
        await asyncio.sleep(0)
        self.written.append(data)


def after(event: asyncio.Event, data: bytes) -> Callable[[], Awaitable[bytes]]:
    async def reply() -> bytes:
        await event.wait()
        return data

    return reply


async def test_replies_are_written_in_order_though_the_first_is_ready_last() -> None:
    wire, first, others = Wire(), asyncio.Event(), asyncio.Event()
    await wire.backlog.add(after(first, b"1"))
    for data in (b"2", b"3"):
        await wire.backlog.add(after(others, data))
    others.set()
    await asyncio.sleep(0)
    assert wire.backlog
    first.set()
    await wire.backlog.written()
    assert wire.written == [b"1", b"2", b"3"]
    assert not wire.backlog


async def test_a_reply_is_worked_on_before_its_turn() -> None:
    wire, first, begun = Wire(), asyncio.Event(), asyncio.Event()

    async def second() -> bytes:
        begun.set()
        return b"2"

    await wire.backlog.add(after(first, b"1"))
    await wire.backlog.add(second)
    await begun.wait()
    assert wire.written == []
    wire.backlog.drop()


async def test_with_too_many_outstanding_the_next_one_waits_for_room() -> None:
    wire, event = Wire(), asyncio.Event()
    for _ in range(MOST):
        await wire.backlog.add(after(event, b"x"))
    one_more = asyncio.create_task(wire.backlog.add(after(event, b"last")))
    await asyncio.sleep(0)
    assert not one_more.done()
    event.set()
    await one_more
    await wire.backlog.written()
    assert wire.written == [b"x"] * MOST + [b"last"]


async def test_what_a_reply_raises_is_told_and_nothing_is_written_after_it() -> None:
    wire, event = Wire(), asyncio.Event()

    async def broken() -> bytes:
        raise ValueError("no")

    await wire.backlog.add(after(event, b"1"))
    await wire.backlog.add(broken)
    event.set()
    await wire.backlog.written()
    assert [str(failure) for failure in wire.failures] == ["no"]
    assert wire.written == [b"1"]


async def test_dropping_leaves_no_task_and_no_reply_behind() -> None:
    wire, event = Wire(), asyncio.Event()
    await wire.backlog.add(after(event, b"1"))
    wire.backlog.drop()
    await wire.backlog.written()
    assert (wire.written, wire.failures, bool(wire.backlog)) == ([], [], False)
