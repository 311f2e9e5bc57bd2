"""Ports that several ask for: opened once, closed after the last, and a free one is nobody else's."""

import asyncio
from dataclasses import dataclass

import pytest

from stepwire_bridge.compat.sharing import Shared


@dataclass(eq=False)
class Listener:
    """What listens on a port, and is told to by nobody but the tests."""

    host: str
    port: int
    is_open: bool = True

    async def close(self) -> None:
        await asyncio.sleep(0)
        self.is_open = False


async def entered(shared: Shared[Listener], port: int, real: int | None = None) -> Listener:
    async def opened() -> Listener:
        await asyncio.sleep(0)
        return Listener("here", port if real is None else real)

    return await shared.enter("here", port, opened, lambda found: None)


async def test_those_who_ask_for_one_port_share_it_until_the_last_has_left() -> None:
    shared: Shared[Listener] = Shared()
    first, second = await asyncio.gather(entered(shared, 7), entered(shared, 7))
    assert first is second
    await shared.leave(first)
    assert first.is_open
    await shared.leave(second)
    assert not first.is_open
    assert await entered(shared, 7) is not first


async def test_a_free_port_is_nobody_elses_but_may_be_asked_for_by_its_number() -> None:
    shared: Shared[Listener] = Shared()
    first, second = await entered(shared, 0, real=1), await entered(shared, 0, real=2)
    assert first is not second
    assert await entered(shared, 2) is second


async def test_who_may_not_join_needs_it_not() -> None:
    shared: Shared[Listener] = Shared()
    first = await entered(shared, 7)

    async def opened() -> Listener:
        raise AssertionError("it is open")

    def refused(found: Listener) -> None:
        raise ValueError(f"port {found.port} is another's")

    with pytest.raises(ValueError, match="port 7"):
        await shared.enter("here", 7, opened, refused)
    await shared.leave(first)
    assert not first.is_open


async def test_what_cannot_be_opened_may_be_tried_again() -> None:
    shared: Shared[Listener] = Shared()

    async def failing() -> Listener:
        raise OSError("it is taken")

    with pytest.raises(OSError, match="taken"):
        await shared.enter("here", 7, failing, lambda found: None)
    assert (await entered(shared, 7)).is_open


def test_loops_share_nothing() -> None:
    shared: Shared[Listener] = Shared()
    assert asyncio.run(entered(shared, 7)) is not asyncio.run(entered(shared, 7))
