"""An engine as UnityRemote games have them, written from the wire: it binds one socket, and sends from another.

And a network between it and us that loses, doubles, delays and reorders datagrams, by a seed.
"""

import asyncio
import contextlib
import random
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from stepwire_bridge.dialects.fields import write_fields
from stepwire_bridge.udp.endpoint import Address, Endpoint, open_endpoint

Fields = dict[str, Any]


class Cube:
    """The rules of a cube on a line: `go;1;<dx>;` moves it, `at;1;<x>;` puts it somewhere, `restart` puts it at 0.

    An episode ends beyond 5, or after 20 moves; the reward is what it was moved by. `seed;1;<n>;` says where the next
    episode starts.
    """

    def __init__(self) -> None:
        self.x = self.start = 0.0
        self.moves = self.frame = 0

    def handle(self, name: str, arguments: Sequence[str]) -> Fields:
        moved = 0.0
        match name, arguments:
            case "seed", [seed]:
                self.start = float(seed)
            case "restart", []:
                self.x, self.moves = self.start, 0
                self.start = 0.0
            case "go", [dx]:
                moved, self.moves = float(dx), self.moves + 1
                self.x += moved
            case "at", [x]:
                moved, self.x = float(x), float(x)
                self.moves = 0
        self.frame += 1
        return {"done": abs(self.x) > 5 or self.moves >= 20, "reward": moved, "frame": self.frame, "state": self.x}


class Engine:
    """One engine: answers each command with one datagram, or as `answer` says.

    Attributes:
        answer: Given a command's name and arguments, the datagrams to send; may be replaced to misbehave.
        heard: The commands so far.
        said: The datagrams so far.
    """

    def __init__(self, rules: Cube | None = None) -> None:
        self.rules = rules or Cube()
        self.answer: Callable[[str, list[str]], list[bytes]] = self.honest
        self.heard: list[str] = []
        self.said: list[bytes] = []
        self.bridge: Address | None = None
        """Where the answers go; back where a command came from, as long as it is None."""
        self.news = asyncio.Event()
        self._in: Endpoint
        self._out: Endpoint

    @property
    def address(self) -> Address:
        """Where it listens."""
        return self._in.address

    async def open(self, port: int = 0) -> "Engine":
        self._in = await open_endpoint("127.0.0.1", port)
        self._out = await open_endpoint("127.0.0.1", 0)  # as in Unity, where the socket that sends is another one
        self._in.take = self._take
        return self

    def honest(self, name: str, arguments: list[str]) -> list[bytes]:
        return [write_fields(self.rules.handle(name, arguments))]

    def say(self, data: bytes, to: Address) -> None:
        self.said.append(data)
        self._out.send(data, to)

    async def until_heard(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.heard) < count:
                self.news.clear()
                await self.news.wait()

    async def close(self) -> None:
        await self._in.close()
        await self._out.close()

    def _take(self, data: bytes, sender: Address) -> None:
        text = data.decode()
        self.heard.append(text)
        self.news.set()
        name, count, *rest = text.split(";")
        for said in self.answer(name, rest[: int(count)]):
            self.say(said, self.bridge or sender)


@asynccontextmanager
async def engines(count: int = 1) -> AsyncIterator[list[Engine]]:
    """So many engines, on ports one after the other."""
    made = await _in_a_row(count)
    try:
        yield made
    finally:
        for engine in made:
            await engine.close()


async def _in_a_row(count: int) -> list[Engine]:
    for _ in range(100):
        first = await Engine().open()
        row = [first]
        try:
            for i in range(1, count):
                row.append(await Engine().open(first.address[1] + i))
        except OSError:
            for engine in row:
                await engine.close()
            continue
        return row
    raise AssertionError("no ports one after the other")


def free_port(count: int = 1) -> int:
    """The first of so many UDP ports that nobody has just now, below those that are given to whoever asks for any."""
    while True:
        first = random.SystemRandom().randrange(15_000, 32_000)
        with contextlib.ExitStack() as probes, contextlib.suppress(OSError):
            for port in range(first, first + count):
                probe = probes.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                probe.bind(("127.0.0.1", port))
            return first


class Network:
    """What lies between us and an engine: we send to it, and it sends from one port of its own.

    Args:
        engine: Where commands go.
        loss: The part of the datagrams that are lost, each way.
        doubled: The part of the commands that come twice, and of the replies.
        turns: How many turns of the loop a datagram takes at most; those that take fewer overtake others. Time would
            make a test depend on how busy the machine is.
        seed: Of all chance.
    """

    def __init__(
        self, engine: Engine, *, loss: float = 0, doubled: tuple[float, float] = (0, 0), turns: int = 0, seed: int = 0
    ) -> None:
        self.engine = engine
        self.lost = self.copied = 0
        self._loss, self._doubled, self._turns = loss, doubled, turns
        self._chance = random.Random(seed)
        self._user: Address | None = None
        self._ours: Endpoint
        self._theirs: Endpoint

    @property
    def address(self) -> Address:
        """Where commands are sent to."""
        return self._ours.address

    async def __aenter__(self) -> "Network":
        self._ours, self._theirs = await open_endpoint("127.0.0.1", 0), await open_endpoint("127.0.0.1", 0)
        self._ours.take, self._theirs.take = self._command, self._reply
        self.engine.bridge = self._theirs.address
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._ours.close()
        await self._theirs.close()

    def _command(self, data: bytes, sender: Address) -> None:
        self._user = sender
        self._carry(self._doubled[0], lambda: self._theirs.send(data, self.engine.address))

    def _reply(self, data: bytes, sender: Address) -> None:
        user = self._user
        if user is not None:
            self._carry(self._doubled[1], lambda: self._ours.send(data, user))

    def _carry(self, doubled: float, send: Callable[[], None]) -> None:
        if self._chance.random() < self._loss:
            self.lost += 1
            return
        copies = 1 + (self._chance.random() < doubled)
        self.copied += copies - 1
        for _ in range(copies):
            _after(self._chance.randint(0, self._turns), send)


def _after(turns: int, call: Callable[[], None]) -> None:
    if turns:
        asyncio.get_running_loop().call_soon(_after, turns - 1, call)
    else:
        call()


async def until(it_is_so: Callable[[], bool]) -> None:
    """Wait until datagrams that are on their way have had an effect that nobody announces."""
    async with asyncio.timeout(10):
        while not it_is_so():  # noqa: ASYNC110
            await asyncio.sleep(0.002)
