"""A real server for the client's tests: in this process, where tests look into its environments, or in its own."""

from collections.abc import Iterator

import pytest

from stepwire_service import embedded
from tests.client_py import envs
from tests.client_py.serving import Server, serving


@pytest.fixture(scope="session", autouse=True)
def registered() -> None:
    envs.register()


@pytest.fixture(scope="session")
def address(registered: None) -> Iterator[str]:
    """Of a server in this process, for all tests of a worker."""
    with embedded() as address:
        yield address


@pytest.fixture(scope="session")
def server_outside() -> Iterator[Server]:
    """A server in a process of its own, for all tests of a worker."""
    with serving() as server:
        yield server


@pytest.fixture
def transport(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a test asked for; "queued" is a stream over grpcio's public interface alone."""
    if request.param != "queued":
        return str(request.param)
    monkeypatch.setenv("STEPWIRE_DIRECT_CALLS", "0")
    return "stream"
