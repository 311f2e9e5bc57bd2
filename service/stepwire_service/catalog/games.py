"""Games as what can be opened: "game:snake" leases instances from a lobby, "game:./my-game" starts them first.

"udp:cube" is the same for games over UDP, which wait in a lobby of their own.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from stepwire_bridge.backend import Backend, Spec
from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.faults import InvalidOptions
from stepwire_bridge.host import HostStatus
from stepwire_bridge.lobby import Lobby
from stepwire_service.catalog.catalog import Offer, Order
from stepwire_service.catalog.on_demand import OnDemand


class GameSource:
    """The games in a lobby: their instances are leased.

    Args:
        lobby: Where they wait.
        on_demand: Starts those that are named by their folder; None where nobody does.
        hosts: How the processes are that this server runs games in.
        prefix: Of the games' ids.
    """

    def __init__(
        self,
        lobby: Lobby,
        on_demand: OnDemand | None = None,
        hosts: Callable[[], Sequence[HostStatus]] = tuple,
        prefix: str = "game",
    ) -> None:
        self._lobby = lobby
        self._on_demand = on_demand
        self._hosts = hosts
        self._prefix = prefix

    async def open(self, name: str, order: Order, *, timeout: float) -> Backend:
        """Lease instances; see `Source.open` and `RemoteBackend.open`."""
        (backend,) = await self._opened(name, order, None, timeout)
        return backend

    async def open_copies(self, name: str, order: Order, count: int, *, timeout: float) -> Sequence[Backend]:
        """Lease the instances of all copies at once; see `Source.open_copies`."""
        return await self._opened(name, order, count, timeout)

    async def _opened(self, name: str, order: Order, copies: int | None, timeout: float) -> Sequence[Backend]:
        """A backend for the order, or so many for single environments."""
        _check_no_kwargs(order.kwargs)
        deadline = _now() + timeout

        async def lease(known: str) -> list[RemoteBackend]:
            if copies is None:
                return [await self._lease(known, order, deadline - _now())]
            return await self._lease_each(known, order, copies, deadline - _now())

        if not (self._on_demand and OnDemand.means(name)):
            return await lease(name)
        return await self._on_demand.lease(name, copies or order.num_envs or 1, lease)

    async def spec(self, name: str, kwargs: Mapping[str, Any], *, timeout: float) -> Spec:
        """What a connected game has said of itself, whether it is free or not; one instance may be started for that."""
        _check_no_kwargs(kwargs)
        if self._on_demand and OnDemand.means(name):
            name = await self._on_demand.known_as(name)
            if not any(status.spec.name == name for status in self._lobby.describe()):
                backend = await self.open(name, Order(f"{self._prefix}:{name}"), timeout=timeout)
                await backend.close()
        game = self._lobby.spec(name)
        return Spec(game.observation_space, game.action_space, metadata=game.metadata)

    def offers(self) -> Iterable[Offer]:
        """The games by name that are connected, or that this server would have connected."""
        hosts = by_game(self._hosts())
        for status in self._lobby.describe():
            about = f"a game, {status.free} of {status.instances} instances free"
            ours = hosts.pop(status.spec.name, ())
            yield Offer(f"{self._prefix}:{status.spec.name}", about, status.instances, status.free, ours)
        for name, ours in hosts.items():
            yield Offer(f"{self._prefix}:{name}", "a game that is being started", 0, 0, ours)

    async def _lease(self, name: str, order: Order, timeout: float) -> RemoteBackend:
        return await RemoteBackend.open(
            self._lobby,
            name,
            timeout=timeout,
            num_envs=order.num_envs,
            autoreset_mode=order.autoreset_mode,
            render_mode=order.render_mode,
            truncate_on_game_gone=order.truncate_on_game_gone,
        )

    async def _lease_each(self, name: str, order: Order, count: int, timeout: float) -> list[RemoteBackend]:
        return await RemoteBackend.open_each(
            self._lobby,
            name,
            count,
            timeout=timeout,
            render_mode=order.render_mode,
            truncate_on_game_gone=order.truncate_on_game_gone,
        )


def by_game(hosts: Iterable[HostStatus]) -> dict[str, tuple[HostStatus, ...]]:
    """Hosts by the name of their game."""
    games: dict[str, tuple[HostStatus, ...]] = {}
    for host in hosts:
        games[host.game] = (*games.get(host.game, ()), host)
    return games


def _now() -> float:
    return asyncio.get_running_loop().time()


def _check_no_kwargs(kwargs: Mapping[str, Any]) -> None:
    if kwargs:
        raise InvalidOptions("kwargs", repr(dict(kwargs)), "none: a game is started by whoever hosts it")
