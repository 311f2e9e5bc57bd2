"""What lies between AI4U's engines and us, where it loses, doubles and delays datagrams, by a seed; and strangers."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable
from typing import Any

from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.dialects.ai4u_declared import Declaration
from stepwire_bridge.games import Games
from stepwire_bridge.lobby import Lobby
from stepwire_bridge.udp.ai4u import Agents
from stepwire_bridge.udp.endpoint import Address, Endpoint, open_endpoint
from stepwire_bridge.udp_games import UdpGames
from tests.bridge.udp.ai4u_engine import Agent

SECONDS = 20.0


class Bridge:
    """A declared game, listened for on a free port, and agents that dial in."""

    def __init__(self, declaration: Declaration) -> None:
        self.declaration = declaration
        self.lobby = Lobby()
        self._games = UdpGames(Games(self.lobby))
        self._playing: dict[int, asyncio.Task[None]] = {}
        self._opened: list[Agent] = []

    @property
    def agents(self) -> Agents:
        return self._games._agents[0]

    @property
    def address(self) -> Address:
        return self.agents.endpoint.address

    def join(self, agent: Agent) -> Agent:
        """Let an agent play until the end, or until it `leave`s."""
        self._playing[id(agent)] = asyncio.create_task(agent.play())
        return agent

    async def dial(self, id: str = "0") -> Agent:
        """An agent with a socket, which says only what it is made to say."""
        agent = Agent(self.address, id)
        await agent.open()
        self._opened.append(agent)
        return agent

    def stop(self, agent: Agent) -> None:
        """Stop an engine in the middle of whatever it does, as when its process is killed."""
        self._playing[id(agent)].cancel()

    async def leave(self, agent: Agent) -> None:
        """Stop an engine, and wait until its socket is closed."""
        self.stop(agent)
        with contextlib.suppress(asyncio.CancelledError):
            await self._playing.pop(id(agent))

    async def open(self, name: str = "", **order: Any) -> RemoteBackend:
        return await RemoteBackend.open(self.lobby, name or self.declaration.name, timeout=SECONDS, **order)

    async def __aenter__(self) -> "Bridge":
        await self._games.start(self.declaration)
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._playing.values():
            task.cancel()
        results = await asyncio.gather(*self._playing.values(), return_exceptions=True)
        await self._games.close()
        for agent in self._opened:
            agent.close()
        await asyncio.sleep(0)  # in which the sockets are closed
        failures = [one for one in results if isinstance(one, Exception)]
        assert not failures, failures


@contextlib.asynccontextmanager
async def bridge(**declared: Any) -> AsyncIterator[Bridge]:
    """A game "counter" whose resets say their seeds."""
    async with Bridge(Declaration(**({"name": "counter", "port": 0, "seed_field": "seed"} | declared))) as opened:
        yield opened


class Network:
    """A port that engines dial in the place of ours; each has one port of ours towards the bridge.

    Args:
        to: The bridge.
        loss: The part of the datagrams that is lost, each way.
        doubled, replies_doubled: The part of what engines send, and of what they get, that comes twice.
        delay: Seconds that a datagram takes at most; one that takes less overtakes others.
        seed: Of all chance.
    """

    def __init__(
        self,
        to: Address,
        *,
        loss: float = 0.0,
        doubled: float = 0.0,
        replies_doubled: float = 0.0,
        delay: float = 0.0,
        seed: int = 0,
    ) -> None:
        self.lost = self.copied = 0
        self.on_loss: Callable[[], None] = lambda: None
        """Called when one is lost."""
        self._to, self._loss, self._delay = to, loss, delay
        self._doubled, self._replies_doubled = doubled, replies_doubled
        self._chance = random.Random(seed)
        self._ways: dict[Address, asyncio.Task[Endpoint]] = {}
        self._near: Endpoint

    @property
    def address(self) -> Address:
        return self._near.address

    async def __aenter__(self) -> "Network":
        self._near = await open_endpoint("127.0.0.1", 0)
        self._near.take = self._from_engine
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._near.close()
        for way in self._ways.values():
            await (await way).close()

    def _from_engine(self, data: bytes, sender: Address) -> None:
        if sender not in self._ways:
            self._ways[sender] = asyncio.create_task(self._open(sender))
        way = self._ways[sender]
        way.add_done_callback(lambda _: self._carry(way.result(), data, self._to, self._doubled))

    async def _open(self, engine: Address) -> Endpoint:
        far = await open_endpoint("127.0.0.1", 0)
        far.take = lambda data, sender: self._carry(self._near, data, engine, self._replies_doubled)
        return far

    def _carry(self, by: Endpoint, data: bytes, to: Address, doubled: float) -> None:
        if self._chance.random() < self._loss:
            self.lost += 1
            self.on_loss()
            return
        copies = 1 + (self._chance.random() < doubled)
        self.copied += copies - 1
        for _ in range(copies):
            asyncio.get_running_loop().call_later(self._chance.random() * self._delay, by.send, data, to)
