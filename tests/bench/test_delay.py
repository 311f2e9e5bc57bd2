import socket
import threading
from collections.abc import Iterator
from time import monotonic

import pytest

from bench.drivers.serving import python

SECONDS = 0.05


@pytest.fixture
def echo() -> Iterator[str]:
    """A server that sends back what it gets, and closes when the other side has."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                while data := connection.recv(1000):
                    connection.sendall(data)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def connect(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)))


def test_nothing_arrives_before_its_time_and_nothing_is_lost(echo: str) -> None:
    with python("bench.delay", echo, str(SECONDS)) as address, connect(address) as client:
        began = monotonic()
        client.sendall(b"there and back")
        assert client.recv(1000) == b"there and back"
        assert monotonic() - began >= 2 * SECONDS


def test_what_is_sent_in_a_row_arrives_in_its_order(echo: str) -> None:
    with python("bench.delay", echo, str(SECONDS)) as address, connect(address) as client:
        for number in range(100):
            client.sendall(number.to_bytes())
        received = b""
        while len(received) < 100:
            received += client.recv(1000)
        assert received == bytes(range(100))


def test_an_end_is_passed_on(echo: str) -> None:
    with python("bench.delay", echo, str(SECONDS)) as address, connect(address) as client:
        client.shutdown(socket.SHUT_WR)
        assert client.recv(1000) == b""
