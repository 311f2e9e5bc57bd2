"""One agent's connection: its requests as they come, as many at a time as its protocol allows, and its end."""

import asyncio
import logging
from typing import Final, Protocol

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from stepwire_bridge.faults import Fault
from stepwire_service.fronts.gymie.hanging_up import HangUp
from stepwire_service.fronts.gymie.instances import Instances
from stepwire_service.fronts.gymie.saying import fitting

logger = logging.getLogger(__name__)

BUG: Final = 1011
"""Close code for an error of ours: RFC 6455, 7.4.1."""


MOST_LOGGED: Final = 400
"""Bytes of what a log tells of a message, which may be long."""


class Answering(Protocol):
    """How messages of a connection are answered."""

    @property
    def waiting(self) -> int:
        """Requests that may be under way at one time."""
        ...

    async def answer(self, message: str | bytes) -> str:
        """The reply; raises HangUp where the connection is to be closed instead."""
        ...

    def end(self) -> None:
        """The connection is over."""
        ...


class Connection:
    """A connection from its first message to its last.

    Args:
        socket: The open WebSocket.
        answering: Its protocol.
        instances: What ends with it.
        most_bytes: Of all messages under way together.
    """

    def __init__(self, socket: ServerConnection, answering: Answering, instances: Instances, most_bytes: int) -> None:
        self._socket = socket
        self._answering = answering
        self._instances = instances
        self._room = Room(answering.waiting, most_bytes)
        self._under_way: set[asyncio.Task[None]] = set()
        self._over = False

    async def serve(self) -> None:
        """Answer until one side closes, then give up whatever the agent still has."""
        reading = asyncio.create_task(self._read())
        closed = asyncio.create_task(self._socket.wait_closed())
        try:
            await asyncio.wait((reading, closed), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._over = True
            tasks = [reading, closed, *self._under_way]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._answering.end()
            self._instances.end()

    async def _read(self) -> None:
        async for message in self._socket:
            await self._room.enter(len(message))
            if self._over:
                return
            task = asyncio.create_task(self._answer(message))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _answer(self, message: str | bytes) -> None:
        try:
            await self._socket.send(await self._answering.answer(message))
        except HangUp as end:
            self._tell(end)
            await self._hang_up(end.code, end.reason)
        except ConnectionClosed:
            pass
        except Exception:
            logger.exception("a bug of ours ends the connection of %s", self._socket.remote_address)
            await self._hang_up(BUG, "the server has a bug; its log says more")
        finally:
            self._room.leave(len(message))

    def _tell(self, end: HangUp) -> None:
        """Log why the connection is closed: a close frame has little room, and what a fault advises is not in it."""
        advice = f" ({end.__cause__})" if isinstance(end.__cause__, Fault) else ""
        said = fitting(f"{end.reason}{advice}", MOST_LOGGED)
        logger.info("the connection of %s is closed: %d %s", self._socket.remote_address, end.code, said)

    async def _hang_up(self, code: int, reason: str) -> None:
        self._over = True
        await self._socket.close(code, fitting(reason))


class Room:
    """How much may be under way: a number of messages, and bytes of all of them. For one who enters at a time.

    Args:
        most: Messages.
        most_bytes: Together; a single message may have any size.
    """

    def __init__(self, most: int, most_bytes: int) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._count = self._bytes = 0
        self._freed = asyncio.Event()

    async def enter(self, size: int) -> None:
        """Wait until there is room for a message of that size, and take it."""
        while self._count and (self._count >= self._most or self._bytes + size > self._most_bytes):
            self._freed.clear()
            await self._freed.wait()
        self._count += 1
        self._bytes += size

    def leave(self, size: int) -> None:
        """Give the room of such a message back."""
        self._count -= 1
        self._bytes -= size
        self._freed.set()
