"""Signals to this very process, and what else may end a command first."""

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest

from stepwire_service.cli.exits import CommandError
from stepwire_service.cli.signals import first_signal, signals


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


async def test_signals_arrive_in_order() -> None:
    arrived = signals()
    for number in (signal.SIGTERM, signal.SIGINT):
        os.kill(os.getpid(), number)
        assert await arrived.get() == number


async def test_sigterm_ends_the_waiting_and_ctrl_c_interrupts() -> None:
    arrived = signals()
    os.kill(os.getpid(), signal.SIGTERM)
    await first_signal(arrived, [])
    os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        await first_signal(arrived, [])


async def test_what_fails_first_is_told() -> None:
    fine, failing = (asyncio.get_running_loop().create_future() for _ in range(2))
    failing.set_result("it cannot start")
    with pytest.raises(CommandError, match="it cannot start"):
        await first_signal(signals(), [fine, failing])
