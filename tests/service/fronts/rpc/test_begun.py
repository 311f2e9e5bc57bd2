import asyncio

import pytest

from stepwire_service.fronts.rpc.begun import Begun


class _Work:
    """Waits for two futures, one after the other, and notes how far it has come."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.first: asyncio.Future[int] = loop.create_future()
        self.second: asyncio.Future[int] = loop.create_future()
        self.reached: list[str] = []

    async def run(self) -> int:
        self.reached.append("begun")
        try:
            total = await self.first + await self.second
        finally:
            self.reached.append("ended")
        return total


async def test_it_begins_without_being_awaited() -> None:
    work = _Work()
    begun = Begun(work.run())

    assert work.reached == ["begun"]
    begun.close()


async def test_it_gives_what_the_coroutine_gives() -> None:
    work = _Work()
    begun = Begun(work.run())
    asyncio.get_running_loop().call_soon(work.first.set_result, 1)
    asyncio.get_running_loop().call_soon(work.second.set_result, 2)

    assert await begun == 3


async def test_what_is_done_already_is_not_waited_for() -> None:
    work = _Work()
    begun = Begun(work.run())
    work.first.set_result(1)
    work.second.set_result(2)
    later: list[str] = []
    asyncio.get_running_loop().call_soon(later.append, "a turn of the loop")

    assert await begun == 3
    assert later == []


async def test_an_error_is_raised_where_it_is_awaited() -> None:
    work = _Work()
    begun = Begun(work.run())
    work.first.set_exception(OSError("broken"))

    with pytest.raises(OSError, match="broken"):
        await begun


async def test_who_is_cancelled_while_waiting_cancels_it() -> None:
    work = _Work()

    async def wait(begun: Begun[int]) -> None:
        await begun

    waiting = asyncio.create_task(wait(Begun(work.run())))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert work.first.cancelled()
    assert work.reached == ["begun", "ended"]


async def test_it_can_be_given_up() -> None:
    work = _Work()
    begun = Begun(work.run())
    begun.close()
    begun.close()

    assert work.reached == ["begun", "ended"]
