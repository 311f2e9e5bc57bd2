"""A real server for the client's tests: in this process, where tests look into its environments, or in its own."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from stepwire_service import embedded
from tests.client_py import envs
from tests.client_py.serving import SERVER


@pytest.fixture(scope="session", autouse=True)
def registered() -> None:
    envs.register()


@pytest.fixture(scope="session")
def address(registered: None) -> Iterator[str]:
    """Of a server in this process, for all tests of a worker."""
    with embedded() as address:
        yield address


@pytest.fixture(scope="session")
def address_outside() -> Iterator[str]:
    """Of a server in a process of its own, for tests that fork or measure memory."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.stdin.close()
