"""One engine of UnityRemote, asked by plain calls that wait for the reply.

Knows the old calls and their defaults. How a command gets through is `stepwire_bridge.udp.exchange`'s; it lives on the
portal's loop.
"""

import asyncio
import logging
import os
import threading
import weakref
from collections.abc import Iterable, Sequence
from typing import Any

from stepwire_bridge.compat.portal import Portal, portal
from stepwire_bridge.dialects.fields import MAX_DATAGRAM, command, numbers, read_fields
from stepwire_bridge.dialects.hosts import is_loopback
from stepwire_bridge.faults import GameSilent, TooLarge
from stepwire_bridge.udp.endpoint import Endpoint, open_endpoint, resolve
from stepwire_bridge.udp.exchange import Exchange, Manners

Fields = dict[str, Any]

BUFFER_SIZE = 8192
"""Bytes of a command that an engine's `RemoteBrain` takes, as its `buffer_size` has it."""


class RemoteEnv:
    """One engine. It has its port until it is closed, or nobody holds it any more.

    Args:
        host: Where it is. Nobody else's datagrams are heard.
        OUT_PORT: Where it listens.
        IN_PORT: Where we listen.
        bs: Bytes of a reply; larger ones are dropped. UDP carries 65507 at most.
        reply_seconds: How long a reply is waited for.
        manners: When commands are sent again, and the like.
        bind: Where we listen: None for loopback where the engine is on this machine, and for all addresses where it is
            on another one.
        buffer_size: Bytes of a command that the engine takes.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        OUT_PORT: int = 8081,  # noqa: N803 - the old names
        IN_PORT: int = 8080,  # noqa: N803
        bs: int = 100_000,
        *,
        reply_seconds: float = 30.0,
        manners: Manners | None = None,
        bind: str | None = None,
        buffer_size: int = BUFFER_SIZE,
    ) -> None:
        self.reply_seconds, self.manners, self.bind, self.buffer_size = reply_seconds, manners, bind, buffer_size
        self.verbose = False
        """Whether the log tells of every command that is sent again; asked when it is opened."""
        self._asking = threading.Lock()
        self._endpoint: Endpoint | None = None
        self._exchange: Exchange | None = None
        self._heard: asyncio.Future[bytes] | None = None
        """Who waits for a datagram, on the portal's loop."""
        self._opened_in = 0
        """The process whose portal has the socket."""
        self._finalizer: weakref.finalize[Any, RemoteEnv] | None = None
        """Gives the port back where this is forgotten instead of closed."""
        self.configure(host, OUT_PORT, IN_PORT, bs)

    def configure(
        self,
        host: str = "127.0.0.1",
        OUT_PORT: int = 8081,  # noqa: N803
        IN_PORT: int = 8080,  # noqa: N803
        bs: int = 100_000,
    ) -> None:
        """Name the engine, before it is opened; see the class."""
        self.HOST, self.OUTPUT_PORT, self.INPUT_PORT, self.BUFFER_SIZE = host, OUT_PORT, IN_PORT, bs

    def make(self) -> None:
        """Nothing: the socket is made when it is opened."""

    def open(self, timeout: float | None = 0) -> bool:
        """Listen. Called twice, the second does nothing; the first command does it as well.

        Args:
            timeout: Has no meaning any more: a reply is waited for in any case, and for `reply_seconds` at most.

        Raises:
            OSError: The port cannot be had.
            RuntimeError: It was opened by the process that this one was forked from.
        """
        if self._exchange is None:
            portal().run(self._open())
        elif self._opened_in != os.getpid():
            raise RuntimeError("another process has opened this engine: open one in each, on ports of its own")
        return True

    def open_receive(self) -> bool:
        """The same as `open`."""
        return self.open()

    def send(self, cmdname: str, args: Sequence[Any] = ()) -> Fields:
        """Have the engine do a command, and give its reply; see `step`."""
        data = command(cmdname, args)
        if len(data) > self.buffer_size:
            raise TooLarge(f"the command {cmdname!r:.80}", len(data), self.buffer_size, "buffer_size")
        with self._asking:
            self.open()
            return portal().run(self._ask(data, cmdname))

    def step(self, action: str, value: Any = None) -> Fields:
        """Have the engine do a command of one argument, or none where it is None.

        Returns:
            The fields of its reply, by name.

        Raises:
            GameSilent: There was no reply within `reply_seconds`.
            BadMessage: The reply is not made of fields.
            ValueError: The argument holds a semicolon, or is neither text nor a number.
            TooLarge: The command is over `buffer_size`.
        """
        return self.send(action, () if value is None else (value,))

    def stepfv(self, action: str, values: Iterable[Any]) -> Fields:
        """The same with several numbers, which go as one argument: `act;1;1.0 2.5;`."""
        return self.send(action, (numbers(values),))

    def receive_data(self) -> Fields:
        """What the engine sends unasked, from now on: its first state when it starts. Waits as `step` does."""
        with self._asking:
            self.open()
            return portal().run(self._overhear())

    recvall = receive_data

    def reset(self) -> None:
        """Nothing, as ever; `step("restart")` starts an episode."""

    def close(self) -> None:
        """Give the port back. May be called twice; a command opens it again."""
        endpoint, exchange = self._endpoint, self._exchange
        self._endpoint = self._exchange = None
        if self._finalizer is not None:
            self._finalizer.detach()
        if endpoint is not None and exchange is not None and self._opened_in == os.getpid():
            portal().run(exchange.close(1000, "closed"))
            portal().run(endpoint.close())

    async def _open(self) -> None:
        host, port = await resolve(self.HOST, self.OUTPUT_PORT)
        bind = self.bind or (host if is_loopback(host) else "0.0.0.0")
        level = logging.INFO if self.verbose else logging.DEBUG
        largest = min(self.BUFFER_SIZE, MAX_DATAGRAM)
        self._endpoint = await open_endpoint(bind, self.INPUT_PORT, hosts={host}, largest=largest)
        self._exchange = Exchange(self._endpoint, (host, port), self.manners, level=level)
        take = weakref.WeakMethod(self._take)  # the loop must not hold what is to be forgotten
        self._exchange.deliver(lambda data: (found := take()) and found(data), lambda why: None)
        self._opened_in = os.getpid()
        self._finalizer = weakref.finalize(self, _let_go, portal(), self._endpoint)
        self._finalizer.atexit = False  # the port goes with the process

    async def _ask(self, data: bytes, name: str) -> Fields:
        exchange = self._exchange
        assert exchange is not None
        exchange.send(data)
        try:
            return await self._next(exchange, name)
        finally:
            exchange.give_up()  # where there was no reply, or Ctrl-C came before it

    async def _overhear(self) -> Fields:
        exchange = self._exchange
        assert exchange is not None
        exchange.overheard = self._take
        try:
            return await self._next(exchange, "nothing")
        finally:
            exchange.overheard = lambda data: None

    async def _next(self, exchange: Exchange, name: str) -> Fields:
        self._heard = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self.reply_seconds):
                return read_fields(await self._heard)
        except TimeoutError as error:
            heard_at = "" if self._endpoint is None else f" (to our port {self._endpoint.address[1]})"
            raise GameSilent(exchange.peer + heard_at, name, self.reply_seconds) from error

    def _take(self, data: str | bytes) -> None:
        if self._heard is not None and not self._heard.done():
            self._heard.set_result(data.encode() if isinstance(data, str) else data)


def _let_go(portal: Portal, endpoint: Endpoint) -> None:
    """Close a socket that nobody can ask any more. Whatever thread finds that out calls it, so it never waits."""
    portal.spawn(endpoint.close())
