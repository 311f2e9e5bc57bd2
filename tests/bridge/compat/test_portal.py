"""Plain callers on a loop in a thread."""

import asyncio
import os
import threading
from typing import NoReturn

import pytest

from stepwire_bridge.compat.portal import Portal, portal


@pytest.fixture
def own() -> Portal:
    return Portal()


async def where() -> str:
    return threading.current_thread().name


async def broken() -> NoReturn:
    raise LookupError("inside")


def test_a_coroutine_runs_in_the_thread_of_the_loop_and_its_result_comes_back(own: Portal) -> None:
    assert own.run(where()) == "stepwire-portal" != threading.current_thread().name
    assert own.call(lambda a, b: a + b, 1, 2) == 3
    own.close()


def test_what_a_coroutine_raises_comes_back(own: Portal) -> None:
    with pytest.raises(LookupError, match="inside"):
        own.run(broken())
    own.close()


def test_closing_twice_is_quiet_and_ends_what_still_runs(own: Portal) -> None:
    cancelled = threading.Event()

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    async def start() -> asyncio.Task[None]:
        return asyncio.create_task(endless())

    assert not own.run(start()).done()
    own.close()
    own.close()
    assert cancelled.is_set()


def test_a_process_has_one() -> None:
    assert portal() is portal()


def test_what_is_spawned_runs_without_being_waited_for_and_nowhere_once_it_is_closed(own: Portal) -> None:
    ran = threading.Event()

    async def run() -> None:
        ran.set()

    own.spawn(run())
    assert ran.wait(10)
    own.close()
    own.spawn(run())


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # of Python 3.12 and later, where there are threads
def test_a_forked_process_is_told_to_open_its_own_and_does_not_hang(own: Portal) -> None:
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        try:
            own.run(where())
        except RuntimeError as error:
            os.write(writing, str(error).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        assert said.read() == "this was opened by another process, which has forked this one: open one in each"
    os.waitpid(child, 0)
    own.close()
