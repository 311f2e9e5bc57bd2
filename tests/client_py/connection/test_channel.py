import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from stepwire.connection.addresses import Endpoint
from stepwire.connection.channel import Server, open_server
from stepwire.connection.target import Target
from stepwire.errors import ConnectionFailed, InvalidOptions, NotAuthenticated
from stepwire_service import embedded
from tests.client_py.connection.messages import target


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that wants a token."""
    file = tmp_path_factory.mktemp("tokens") / "tokens"
    file.write_text("the-right-token\n")
    file.chmod(0o600)
    with embedded(token_file=file) as address:
        yield address


def _server(address: str, token: str = "") -> Server:
    return open_server(Endpoint(address), target(address, token=token))


def test_a_server_tells_its_limits(address: str) -> None:
    server = _server(address)

    assert server.info(5).limits.max_message_bytes == 64 * 2**20
    server.close()


def test_the_right_token_opens(guarded: str) -> None:
    server = _server(guarded, "the-right-token")

    assert server.info(5).contract_version == 1
    server.close()


@pytest.mark.parametrize("token", ["", "a-wrong-token"])
def test_another_token_does_not(token: str, guarded: str) -> None:
    server = _server(guarded, token)

    with pytest.raises(NotAuthenticated, match="STEPWIRE_TOKEN"):
        server.info(5)
    server.close()


def test_where_no_server_is_the_error_names_the_address_and_the_remedy() -> None:
    server = _server("localhost:1")

    with pytest.raises(ConnectionFailed, match=r"localhost:1.*stepwire serve"):
        server.info(5)
    server.close()


def test_where_something_listens_that_never_answers_the_wait_ends() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = _server(f"127.0.0.1:{silent.getsockname()[1]}")

        with pytest.raises(ConnectionFailed):
            server.info(0.3)
        server.close()


def test_tls_where_the_server_has_none_is_told(address: str) -> None:
    server = open_server(Endpoint(address), Target((address,), tls=""))

    with pytest.raises(ConnectionFailed, match="tls="):
        server.info(2)
    server.close()


def test_a_ca_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidOptions, match="tls"):
        open_server(Endpoint("a:1"), Target(("a:1",), tls=str(tmp_path / "none")))
