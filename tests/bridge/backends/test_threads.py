import asyncio
import gc
import threading
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from stepwire_bridge.backend import Observed
from stepwire_bridge.backends.places import Raised
from stepwire_bridge.backends.threads import EnvThread

SECONDS = 20.0


class Recorder:
    """An environment that remembers in which thread it was called, and stops at a gate if told to."""

    def __init__(self) -> None:
        self.threads = [threading.current_thread()]
        self.gate = threading.Event()
        self.arrived = threading.Event()
        self.closed = threading.Event()

    def describe(self) -> Any:
        return self

    def step(self, action: Any) -> Any:
        self.threads.append(threading.current_thread())
        if action == "wait":
            self.arrived.set()
            self.gate.wait(30)
        return action

    def reset(self, *_: Any) -> Observed:
        raise StopIteration("its own")

    def render(self) -> Any:
        raise SystemExit(3)

    def close(self) -> None:
        self.threads.append(threading.current_thread())
        self.closed.set()


class FailsToClose(Recorder):
    def close(self) -> None:
        raise RuntimeError("stuck")


async def started(build: Callable[[], Any] = Recorder) -> tuple[EnvThread, Any]:
    place = EnvThread("gym:X-v0", build)
    return place, await place.call("describe", (), SECONDS)


async def test_an_env_is_made_called_and_closed_in_one_thread() -> None:
    place, env = await started()
    for number in range(20):
        assert await place.call("step", (number,), SECONDS) == number
    await place.close(SECONDS)
    assert env.closed.is_set()
    assert {thread.name for thread in env.threads} == {"gym:X-v0"}
    assert len(set(env.threads)) == 1


@pytest.mark.parametrize(("method", "error"), [("reset", StopIteration), ("render", SystemExit), ("dance", Exception)])
async def test_what_a_call_raises_ends_only_that_call(method: str, error: type[BaseException]) -> None:
    place, _ = await started()
    with pytest.raises(Raised) as raised:
        await place.call(method, (), SECONDS)
    assert isinstance(raised.value.error, error)
    assert await place.call("step", (1,), SECONDS) == 1
    await place.close(SECONDS)


async def test_an_env_that_cannot_be_made_is_tried_again_with_the_next_call() -> None:
    tries = []

    def build() -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("not yet")
        return Recorder()

    place = EnvThread("gym:X-v0", build)
    with pytest.raises(Raised):
        await place.call("describe", (), SECONDS)
    assert await place.call("step", (1,), SECONDS) == 1
    await place.close(SECONDS)


async def test_a_short_deadline_holds_also_behind_a_long_one() -> None:
    place, env = await started()
    await place.call("step", (1,), 1000.0)
    with pytest.raises(TimeoutError):
        await place.call("step", ("wait",), 0.05)
    place.abandon()
    env.gate.set()


async def test_a_long_deadline_holds_also_behind_a_short_one() -> None:
    place, env = await started()
    await place.call("step", (1,), 0.05)
    waiting = place.call("step", ("wait",), 1000.0)
    await asyncio.sleep(0.1)  # in which the short one passes
    assert not waiting.done()
    env.gate.set()
    assert await waiting == "wait"
    await place.close(SECONDS)


async def test_a_deadline_that_is_looked_at_too_early_is_looked_at_again() -> None:
    place, env = await started()
    await place.call("step", (1,), 0.05)
    with pytest.raises(TimeoutError):
        await place.call("step", ("wait",), 0.1)
    place.abandon()
    env.gate.set()


async def test_a_thread_that_is_left_behind_closes_its_env_when_it_wakes() -> None:
    place, env = await started()
    with pytest.raises(TimeoutError):
        await place.call("step", ("wait",), 0.01)
    place.abandon()
    assert not env.closed.is_set()
    env.gate.set()
    assert await asyncio.to_thread(env.closed.wait, 10)


async def test_closing_waits_no_longer_than_it_is_told(caplog: pytest.LogCaptureFixture) -> None:
    place, env = await started()
    waiting = place.call("step", ("wait",), SECONDS)
    await asyncio.to_thread(env.arrived.wait, 10)
    await place.close(0.01)
    assert "does not close" in caplog.text
    env.gate.set()
    assert await asyncio.to_thread(env.closed.wait, 10)
    waiting.cancel()


async def test_what_closing_raises_is_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    place, _ = await started(FailsToClose)
    await place.close(SECONDS)
    assert "RuntimeError: stuck" in caplog.text


async def test_a_thread_at_rest_keeps_nothing_of_its_last_call() -> None:
    class Large(bytearray):
        pass

    place, _ = await started()
    large = Large(10)
    gone = weakref.ref(large)
    assert await place.call("step", (large,), SECONDS) is large
    del large
    assert await place.call("step", (1,), SECONDS) == 1
    gc.collect()
    assert gone() is None
    await place.close(SECONDS)
