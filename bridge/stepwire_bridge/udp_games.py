"""Games over UDP that are declared: opens what each declaration says, and hands every link to `Games`.

Knows which dialect is spoken over which kind of UDP link; what a link does is in `stepwire_bridge.udp`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from stepwire_bridge.dialects import Dialect
from stepwire_bridge.dialects.ai4u_declared import Declaration as Ai4uGame
from stepwire_bridge.dialects.declared import Declaration
from stepwire_bridge.dialects.fields import read_fields
from stepwire_bridge.dialects.unityremote_declared import Declaration as UnityRemoteGame
from stepwire_bridge.games import Games
from stepwire_bridge.links import Link
from stepwire_bridge.messages import BadMessage
from stepwire_bridge.udp.ai4u import Agents, listen
from stepwire_bridge.udp.ai4u_agent import AgentLink
from stepwire_bridge.udp.endpoint import Address, Endpoint, open_endpoint, resolve
from stepwire_bridge.udp.exchange import Exchange, Manners, Number


class UdpGames:
    """The declared games whose ids begin with "udp:".

    Args:
        games: Takes their links; its lobby is theirs alone.
    """

    def __init__(self, games: Games) -> None:
        self._games = games
        self._endpoints: list[Endpoint] = []
        """The sockets of games that we speak to first."""
        self._agents: list[Agents] = []
        """The ports of games that speak first."""
        self._taken: set[asyncio.Task[None]] = set()

    async def start(self, declaration: Declaration) -> None:
        """Open a declared game.

        Raises:
            OSError: A port that cannot be had.
        """
        match declaration:
            case UnityRemoteGame():
                await self._start_unityremote(declaration)
            case Ai4uGame():
                self._agents.append(await listen(declaration, lambda link: self._take_agent(link, declaration)))
            case _:
                raise NotImplementedError(declaration.dialect)

    @property
    def agents_addresses(self) -> list[Address]:
        """Where agents dial in, by the order in which their games were started."""
        return [agents.endpoint.address for agents in self._agents]

    async def close(self) -> None:
        """Close what `start` has opened. May be called twice."""
        await self._games.close()
        for endpoint in self._endpoints:
            await endpoint.close()
        for agents in self._agents:
            await agents.close()
        await asyncio.gather(*self._taken)

    def _take_agent(self, link: AgentLink, declaration: Ai4uGame) -> None:
        task = asyncio.create_task(self._games.take(link, declaration.new_dialect()))
        self._taken.add(task)
        task.add_done_callback(self._taken.discard)

    async def _start_unityremote(self, declaration: UnityRemoteGame) -> None:
        """A socket and a game for each of its agents. That nobody answers yet is no error: it says no hello."""
        host, _ = await resolve(declaration.host, 0)
        for ours, theirs in declaration.ports():
            endpoint = await open_endpoint(declaration.bind or host, ours, hosts={host})
            self._endpoints.append(endpoint)
            self._games.keep(f"udp:{declaration.name} {host}:{theirs}", _asking(endpoint, (host, theirs), declaration))


def _asking(
    endpoint: Endpoint, engine: Address, declaration: UnityRemoteGame
) -> Callable[[], Awaitable[tuple[Link, Dialect]]]:
    """Gives a link to an engine each time it is called, after the one before is closed."""
    manners = Manners(
        resend_after=declaration.resend_after, quiet=declaration.quiet, gap=declaration.gap,
        duplicate_window=declaration.duplicate_window, any_port=declaration.any_port,
    )  # fmt: skip
    number = counted(declaration.counter) if declaration.counter else None
    level = logging.INFO if declaration.verbose else logging.DEBUG
    exchange: Exchange | None = None

    async def connect() -> tuple[Link, Dialect]:
        nonlocal exchange
        unanswered = 0 if exchange is None else exchange.unanswered
        exchange = Exchange(endpoint, engine, manners, number=number, unanswered=unanswered, level=level)
        return exchange, declaration.new_dialect()

    return connect


def counted(field: str) -> Number:
    """What reads the number that a state has in a field; None where it has none there."""

    def number(data: bytes) -> float | None:
        try:
            value = read_fields(data).get(field)
        except BadMessage:
            return None
        return value if isinstance(value, (int, float)) else None

    return number
