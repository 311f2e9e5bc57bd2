"""A TCP proxy that treats connections badly: cuts them after so many bytes, or all at once, or freezes them.

It runs on a thread of its own and knows bytes only. What a cut looks like to both ends is a reset connection; what a
freeze looks like is a cable pulled out: nothing arrives any more, and nobody says so.
"""

import asyncio
import math
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self, cast


def unlimited() -> float:
    """As many bytes as a connection wants."""
    return math.inf


class Proxy:
    """A proxy in front of one TCP server; a context manager.

    Args:
        upstream: host:port of the server.
        budget: Called for each connection: how many bytes, both ways together, pass until it is cut.
        listen: host:port of its own. It may be one that somebody shares who listens on all addresses: on Linux the one
            who listens on a single address is the one who is reached there.
    """

    def __init__(self, upstream: str, budget: Callable[[], float] = unlimited, *, listen: str = "127.0.0.1:0") -> None:
        self.upstream = _split(upstream)
        self.listen = _split(listen)
        self.budget = budget
        self.cuts = 0
        self.connections = 0
        self.address = ""
        self.open: set[_Connection] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)

    def cut(self) -> None:
        """Cut all connections now."""
        self._on_loop(lambda: [connection.cut() for connection in list(self.open)])

    def limit(self, budget: Callable[[], float]) -> None:
        """Cut all connections now, and let each of those that follow have so many bytes."""
        self.budget = budget
        self.cut()

    def freeze(self) -> None:
        """Let nothing pass on the connections that are open now; new ones work."""
        self._on_loop(lambda: [connection.freeze() for connection in list(self.open)])

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._on_loop(self._server.close)
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self) -> asyncio.Server:
        host, port = self.listen
        server = await self._loop.create_server(
            lambda: _Side(_Connection(self)), host, port, reuse_port=port != 0 or None
        )
        self.address = f"{host}:{server.sockets[0].getsockname()[1]}"
        return server

    def _on_loop(self, call: Callable[[], object]) -> None:
        async def run() -> None:
            call()

        asyncio.run_coroutine_threadsafe(run(), self._loop).result()


def _split(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    return host, int(port)


class _Connection:
    """Both sides of one proxied connection."""

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        self.left = proxy.budget()
        self.sides: list[_Side] = []

    def spend(self, count: int) -> int:
        """How many of so many bytes may still pass."""
        passed = int(min(count, self.left))
        self.left -= passed
        return passed

    def cut(self) -> None:
        self.proxy.open.discard(self)
        for side in self.sides:
            side.transport.abort()

    def freeze(self) -> None:
        for side in self.sides:
            side.transport.pause_reading()


class _Side(asyncio.Protocol):
    """One end of a connection: the client's, which dials the server, or the server's."""

    transport: asyncio.Transport

    def __init__(self, connection: _Connection, other: "_Side | None" = None) -> None:
        self.connection = connection
        self.other = other
        self.early = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.connection.sides.append(self)
        if self.other is None:
            self.connection.proxy.open.add(self.connection)
            self.connection.proxy.connections += 1
            self.dialling = asyncio.ensure_future(self._dial())
        else:
            self.other.other = self
            self.forward(self.other.early)

    def data_received(self, data: bytes) -> None:
        if self.other is None:
            self.early += data
        else:
            self.other.forward(data)

    def forward(self, data: bytes) -> None:
        passed = self.connection.spend(len(data))
        self.transport.write(data[:passed])
        if passed < len(data):
            self.connection.proxy.cuts += 1
            self.connection.cut()

    def connection_lost(self, exc: Exception | None) -> None:
        self.connection.cut()

    async def _dial(self) -> None:
        loop, host_and_port = asyncio.get_running_loop(), self.connection.proxy.upstream
        try:
            await loop.create_connection(lambda: _Side(self.connection, self), *host_and_port)
        except OSError:
            self.connection.cut()
