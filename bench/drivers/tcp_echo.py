"""A floor: a step's messages over bare TCP, each with its length before it, between two Python processes.

    python -m bench.drivers.tcp_echo

A case is the name of a payload.
"""

import contextlib
import socket
import struct
import sys
from collections.abc import Iterator

from bench import payloads
from bench.drivers.driving import Timing, drive, repeated
from bench.drivers.serving import python

LENGTH = struct.Struct("!I")


@contextlib.contextmanager
def echo(address: str, name: str) -> Iterator[Timing]:
    """One connection, whose first message is what all others are answered with."""
    request, response = payloads.read(name)
    host, _, port = address.rpartition(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _send(connection, response)
        _receive(connection)

        def once() -> None:
            _send(connection, request)
            _receive(connection)

        yield repeated(once)


def serve() -> None:
    """Answer one connection after the other, as many at a time as there are threads for: only one is ever busy."""
    import threading

    with socket.create_server(("127.0.0.1", 0)) as server:
        print(f"127.0.0.1:{server.getsockname()[1]}", flush=True)
        while True:
            connection, _ = server.accept()
            threading.Thread(target=_answer, args=(connection,), daemon=True).start()


def _answer(connection: socket.socket) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    response = _receive(connection)
    while response:
        _send(connection, response)
        if not _receive(connection):
            return


def _send(connection: socket.socket, message: bytes) -> None:
    connection.sendall(LENGTH.pack(len(message)) + message)


def _receive(connection: socket.socket) -> bytes:
    """The next message; empty when there is none."""
    if not (head := connection.recv(LENGTH.size)):
        return b""
    message = bytearray(LENGTH.unpack(head)[0])
    view = memoryview(message)
    while view:
        view = view[connection.recv_into(view) :]
    return bytes(message)


if __name__ == "__main__":
    if "--serve" in sys.argv:
        serve()
    with python("bench.drivers.tcp_echo", "--serve") as address:
        drive(lambda name: echo(address, name))
