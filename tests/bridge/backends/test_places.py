import pytest

from stepwire_bridge.backends.places import Raised, close_quietly
from tests.bridge.backends.test_threads import FailsToClose, Recorder


def test_an_env_is_closed() -> None:
    env = Recorder()
    close_quietly(env)
    assert env.closed.is_set()


def test_what_closing_raises_is_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    close_quietly(FailsToClose())
    assert "RuntimeError: stuck" in caplog.text


def test_what_an_env_raised_is_carried_as_it_is() -> None:
    error = TimeoutError("its own")
    assert Raised(error).error is error
