"""One worker and its successors: started, asked, started again, stopped."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from stepwire_service import keeper as module
from stepwire_service.keeper import Keeper, WorkerGone
from stepwire_service.settings import ConfigError, Settings
from stepwire_service.sharing import Place
from stepwire_service.worker import Briefing

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there are workers on Linux only")


class Changes:
    """Whether the worker is up: each time that it changes."""

    def __init__(self) -> None:
        self.seen: asyncio.Queue[bool] = asyncio.Queue()
        self.keeper: Keeper | None = None

    def __call__(self) -> None:
        assert self.keeper is not None
        self.seen.put_nowait(self.keeper.up)


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def briefing(tmp_path: Path) -> Callable[..., Briefing]:
    def make(**settings: Any) -> Briefing:
        anywhere = {"address": f"unix:{tmp_path}/s", "games_address": "127.0.0.1:0", "web_address": ""}
        own = f"unix:{tmp_path}/s.0"
        return Briefing(Settings(**{**anywhere, "log_level": "WARNING", **settings}), Place(0, own, (own,)))

    return make


@asynccontextmanager
async def kept(briefing: Briefing, changes: Changes) -> AsyncIterator[Keeper]:
    keeper = changes.keeper = Keeper(briefing, changes)
    try:
        await keeper.start()
        yield keeper
    finally:
        await keeper.close()


def pids() -> list[int]:
    """Our child processes."""
    me = os.getpid()
    return [int(pid) for pid in Path(f"/proc/{me}/task/{me}/children").read_text().split()]


async def test_a_worker_is_up_when_it_is_started_and_answers(
    briefing: Callable[..., Briefing], changes: Changes
) -> None:
    async with kept(briefing(), changes) as keeper:
        assert keeper.up and changes.seen.get_nowait()
        assert (await keeper.ask("status"))["sessions"] == 0
    assert not keeper.up


async def test_an_answer_that_nobody_waited_for_is_not_taken_for_the_next(
    briefing: Callable[..., Briefing], changes: Changes
) -> None:
    async with kept(briefing(), changes) as keeper:
        for _ in range(5):
            asking = asyncio.create_task(keeper.ask("games"))
            await asyncio.sleep(0)
            asking.cancel()
        assert (await keeper.ask("status"))["sessions"] == 0


async def test_a_worker_that_dies_is_started_again(
    briefing: Callable[..., Briefing], changes: Changes, caplog: pytest.LogCaptureFixture
) -> None:
    before = set(pids())
    async with kept(briefing(), changes) as keeper:
        (first,) = set(pids()) - before
        os.kill(first, signal.SIGKILL)
        assert [await changes.seen.get() for _ in range(3)] == [True, False, True]
        assert (await keeper.ask("status"))["sessions"] == 0
        assert set(pids()) - before != {first}
    assert set(pids()) == before
    assert "worker 0 ended with code -9 and its sessions are lost; it is started again in 0.1 s" in caplog.text


async def test_whoever_asks_a_dead_worker_is_told(
    briefing: Callable[..., Briefing], changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 3600.0)
    before = set(pids())
    async with kept(briefing(), changes) as keeper:
        (worker,) = set(pids()) - before
        os.kill(worker, signal.SIGSTOP)
        asking = asyncio.create_task(keeper.ask("status"))
        await asyncio.sleep(0)
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(WorkerGone):
            await asking
        assert [await changes.seen.get() for _ in range(2)] == [True, False]
        with pytest.raises(WorkerGone):
            await keeper.ask("status")


async def test_a_worker_that_cannot_be_started_again_is_tried_and_tried(
    briefing: Callable[..., Briefing], changes: Changes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = tmp_path / "tokens"
    tokens.write_text("secret\n")
    before = set(pids())
    async with kept(briefing(token_file=tokens), changes):
        tokens.unlink()
        (worker,) = set(pids()) - before
        with caplog.at_level(logging.ERROR):
            os.kill(worker, signal.SIGKILL)
            while "worker 0 cannot be started and is tried again in 0.2 s: token_file" not in caplog.text:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        tokens.write_text("secret\n")
        assert [await changes.seen.get() for _ in range(3)] == [True, False, True]
    assert set(pids()) == before


async def test_a_worker_that_never_could_be_started_is_the_callers_to_see(
    briefing: Callable[..., Briefing], changes: Changes
) -> None:
    with pytest.raises(ConfigError, match="'snail'"):
        async with kept(briefing(games=("snail=1",)), changes):
            raise AssertionError("started")


async def test_a_worker_that_dies_while_it_starts_is_the_callers_to_see(
    briefing: Callable[..., Briefing], changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ConfigError, match="worker 0 ended with code 1 before it listened"):
        async with kept(briefing(), changes):
            raise AssertionError("started")


async def test_a_worker_that_does_not_begin_to_listen_is_the_callers_to_see(
    briefing: Callable[..., Briefing], changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "START_SECONDS", 0.01)
    with pytest.raises(ConfigError, match=r"worker 0 did not listen within 0\.01 s"):
        async with kept(briefing(), changes):
            raise AssertionError("started")


async def test_draining_waits_for_the_worker_and_starts_none_again(
    briefing: Callable[..., Briefing], changes: Changes
) -> None:
    before = set(pids())
    async with kept(briefing(), changes) as keeper:
        await keeper.drain()
        assert set(pids()) == before


async def test_a_worker_that_does_not_stop_is_killed(
    briefing: Callable[..., Briefing],
    changes: Changes,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(module, "STOP_SECONDS", 0.1)
    before = set(pids())
    async with kept(briefing(), changes):
        (worker,) = set(pids()) - before
        os.kill(worker, signal.SIGSTOP)
    assert set(pids()) == before
    assert "worker 0 did not stop within 0.1 s and is killed" in caplog.text
