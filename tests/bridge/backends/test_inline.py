import threading
from typing import Any

import pytest

from stepwire_bridge.backends.inline import OnTheLoop
from stepwire_bridge.backends.places import Raised
from tests.bridge.backends.test_threads import FailsToClose, Recorder

SECONDS = 20.0


async def test_an_env_is_made_called_and_closed_in_the_loops_own_thread() -> None:
    place = OnTheLoop("gym:X-v0", Recorder)
    env = await place.call("describe", (), SECONDS)
    assert await place.call("step", (7,), SECONDS) == 7
    await place.close(SECONDS)
    assert env.closed.is_set()
    assert set(env.threads) == {threading.current_thread()}


async def test_a_call_is_over_before_anybody_else_has_a_turn() -> None:
    place = OnTheLoop("gym:X-v0", Recorder)
    with pytest.raises(StopIteration) as end:
        place.call("step", (7,), SECONDS).send(None)
    assert end.value.value == 7
    await place.close(SECONDS)


@pytest.mark.parametrize(("method", "error"), [("reset", StopIteration), ("render", SystemExit)])
async def test_what_a_call_raises_is_the_envs(method: str, error: type[BaseException]) -> None:
    place = OnTheLoop("gym:X-v0", Recorder)
    with pytest.raises(Raised) as raised:
        await place.call(method, (), SECONDS)
    assert isinstance(raised.value.error, error)
    assert await place.call("step", (1,), SECONDS) == 1
    await place.close(SECONDS)


async def test_ctrl_c_is_not_the_envs() -> None:
    def build() -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await OnTheLoop("gym:X-v0", build).call("describe", (), SECONDS)


async def test_what_is_late_is_given_all_the_same_and_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    place = OnTheLoop("gym:X-v0", Recorder)
    assert await place.call("step", (1,), 0.0) == 1
    assert "gym:X-v0: step took" in caplog.text
    assert "inline" in caplog.text
    await place.close(SECONDS)


async def test_closing_twice_or_what_was_never_made_is_quiet(caplog: pytest.LogCaptureFixture) -> None:
    place = OnTheLoop("gym:X-v0", FailsToClose)
    await place.close(SECONDS)
    await place.call("describe", (), SECONDS)
    place.abandon()
    place.abandon()
    assert caplog.text.count("RuntimeError: stuck") == 1
