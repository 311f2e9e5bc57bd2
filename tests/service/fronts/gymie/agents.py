"""A Gymie server in the test's own event loop, and agents of both modes made of nothing but a WebSocket."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

import tests.odd_envs  # noqa: F401
from stepwire_service.gymie import serving
from stepwire_service.settings import Settings

ANYWHERE = "127.0.0.1:0"
SECONDS = 20.0


class Refused(Exception):
    """The error in a reply."""

    def __init__(self, error: dict[str, Any]) -> None:
        self.error = error
        self.reason = error["reason"]
        super().__init__(error["message"])


class Classic:
    """Speaks the first version."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def send(self, method: str, **params: Any) -> None:
        await self.socket.send(json.dumps({"method": method, "params": params}))

    async def receive(self) -> str:
        async with asyncio.timeout(SECONDS):
            return str(await self.socket.recv())

    async def text(self, method: str, **params: Any) -> str:
        """The reply as it came."""
        await self.send(method, **params)
        return await self.receive()

    async def ask(self, method: str, **params: Any) -> Any:
        """The reply as JSON."""
        return json.loads(await self.text(method, **params))

    async def make(self, env_id: str, **params: Any) -> str:
        return await self.text("make", env_id=env_id, **params)

    async def closed(self) -> tuple[int, str]:
        """Wait for the close frame; its code and reason."""
        try:
            reply = await self.receive()
        except ConnectionClosed as closed:
            assert closed.rcvd is not None, "closed without a close frame"
            return closed.rcvd.code, closed.rcvd.reason
        raise AssertionError(f"a reply instead: {reply:.200}")

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        await self.send(method, **params)
        return await self.closed()


class Modern:
    """Speaks the second version; requests may be under way at the same time."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._reading = asyncio.create_task(self._read())

    def begin(self, method: str, **params: Any) -> "asyncio.Task[Any]":
        """Send a request, and give what waits for its result."""
        return asyncio.create_task(self.ask(method, **params))

    async def ask(self, method: str, **params: Any) -> Any:
        """The result.

        Raises:
            Refused: There is an error instead.
        """
        number = next(self._ids)
        waiting = self._waiting[number] = asyncio.get_running_loop().create_future()
        await self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        async with asyncio.timeout(SECONDS):
            reply = await waiting
        if "error" in reply:
            raise Refused(reply["error"])
        return reply["result"]

    async def make(self, env_id: str, **params: Any) -> str:
        made = await self.ask("make", env_id=env_id, **params)
        return str(made["instance_id"])

    async def refused(self, method: str, **params: Any) -> str:
        """The reason of a request that must fail."""
        try:
            result = await self.ask(method, **params)
        except Refused as refused:
            return str(refused.reason)
        raise AssertionError(f"a result instead: {result}")

    async def _read(self) -> None:
        try:
            async for message in self.socket:
                reply = json.loads(message)
                self._waiting.pop(reply["id"]).set_result(reply)
        finally:
            for waiting in self._waiting.values():
                waiting.cancel()

    async def stop(self) -> None:
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)


@asynccontextmanager
async def gymie(hooks: Any = None, **settings: Any) -> AsyncIterator[str]:
    """A server; its host:port."""
    async with serving(Settings(**{"gymie_address": ANYWHERE, **settings}), hooks or {}) as address:
        yield address


@asynccontextmanager
async def classic(address: str, query: str = "", path: str = "/gym", **options: Any) -> AsyncIterator[Classic]:
    async with connect(f"ws://{address}{path}{query}", max_size=None, proxy=None, **options) as socket:
        yield Classic(socket)


@asynccontextmanager
async def modern(address: str, query: str = "?v=2", **options: Any) -> AsyncIterator[Modern]:
    async with connect(f"ws://{address}/gym{query}", max_size=None, proxy=None, **options) as socket:
        agent = Modern(socket)
        yield agent
        await agent.stop()


async def sessions_left(agent: Modern, count: int) -> None:
    """Wait until the server has so many sessions."""
    async with asyncio.timeout(SECONDS):
        while (await agent.ask("server_info"))["sessions"] != count:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
