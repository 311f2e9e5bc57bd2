import asyncio
import gc
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stepwire_bridge.backends.bell import give_back, take_bell


def in_a_thread(function: Callable[..., Any], *args: Any) -> None:
    """Call it in another thread, and wait for it there."""
    thread = threading.Thread(target=function, args=args)
    thread.start()
    thread.join(10)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_results_and_errors_from_other_threads_reach_their_futures() -> None:
    loop, bell = asyncio.get_running_loop(), take_bell()
    futures = [loop.create_future() for _ in range(50)]
    for number, future in enumerate(futures[:-1]):
        threading.Thread(target=bell.ring, args=(future, number)).start()
    in_a_thread(bell.ring, futures[-1], None, ValueError("boom"))
    assert await asyncio.gather(*futures[:-1]) == list(range(49))
    with pytest.raises(ValueError, match="boom"):
        await futures[-1]
    give_back(bell)


async def test_it_can_be_rung_again_after_it_was_answered() -> None:
    bell = take_bell()
    for number in range(100):
        future = asyncio.get_running_loop().create_future()
        in_a_thread(bell.ring, future, number)
        assert await future == number
    give_back(bell)


async def test_a_future_that_is_done_stays_as_it_is() -> None:
    loop, bell = asyncio.get_running_loop(), take_bell()
    given_up, waited_for = loop.create_future(), loop.create_future()
    given_up.cancel()
    in_a_thread(bell.ring, given_up, 1)
    in_a_thread(bell.ring, waited_for, 2)
    assert await waited_for == 2
    assert given_up.cancelled()
    give_back(bell)


async def test_all_takers_of_a_loop_share_one_and_the_last_takes_it_away() -> None:
    first, second = take_bell(), take_bell()
    assert first is second
    give_back(first)
    assert take_bell() is first
    give_back(first)
    give_back(first)
    another = take_bell()
    assert another is not first
    in_a_thread(first.ring, asyncio.get_running_loop().create_future(), 1)  # late, and heard by nobody
    give_back(another)


async def test_its_files_are_open_for_as_long_as_somebody_may_ring() -> None:
    gc.collect()  # the pipes of earlier loops
    before = open_files()
    bell = take_bell()
    give_back(bell)
    assert open_files() == before + 2
    del bell
    assert open_files() == before


async def test_a_loop_that_cannot_listen_to_pipes_is_woken_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise NotImplementedError

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(loop, "add_reader", refuse)
    monkeypatch.setattr(loop, "remove_reader", refuse)
    bell, future = take_bell(), loop.create_future()
    in_a_thread(bell.ring, future, 7)
    assert await future == 7
    give_back(bell)
