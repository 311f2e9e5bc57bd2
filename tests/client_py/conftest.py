"""A real server for the client's tests: in this process, where tests look into its environments, in its own, or in two.

Tests of what must be so in each of these ways take `served`, or `road` where they want to break connections.
"""

import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest

from stepwire import RemoteEnv
from stepwire_service import embedded
from tests.client_py import envs
from tests.client_py.serving import Server, serving
from tests.proxy import Proxy
from tests.workers import Network, network, processes, workers


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


@pytest.fixture(scope="session")
def shared(registered: None) -> Iterator[str]:
    """Of a server of two processes, which have our environments too, for all tests of a worker."""
    if sys.platform != "linux":
        pytest.skip("processes share a port on Linux only")
    with workers(gym_allow=("*", envs.LISTED)) as address:
        for process in processes(address):
            with closing(RemoteEnv(f"gym:{envs.LISTED}", process)) as env:
                env.reset()
        yield address


@pytest.fixture
def served(request: pytest.FixtureRequest) -> str:
    """The address of the server that a test asks for: "address" or "shared"."""
    return str(request.getfixturevalue(request.param))


@dataclass(frozen=True, slots=True)
class Road:
    """The way to a server.

    Attributes:
        proxies: What is on it.
        inside: Whether the server and its environments are in this process.
    """

    proxies: Proxy | Network
    inside: bool


@pytest.fixture
def road(served: str, address: str) -> Iterator[Road]:
    """Leads to `served`."""
    inside = served == address
    with Proxy(served) if inside else network(served) as proxies:
        yield Road(proxies, inside)


@pytest.fixture
def transport(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a test asked for; "queued" is a stream over grpcio's public interface alone."""
    if request.param != "queued":
        return str(request.param)
    monkeypatch.setenv("STEPWIRE_DIRECT_CALLS", "0")
    return "stream"
