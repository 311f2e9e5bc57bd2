"""Connected games as what can be opened: "game:snake" leases instances from the lobby."""

from collections.abc import Iterable, Mapping
from typing import Any

from stepwire_bridge.backend import Backend, Spec
from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.faults import InvalidOptions
from stepwire_bridge.lobby import Lobby
from stepwire_service.catalog.catalog import Offer, Order


class GameSource:
    """The games in a lobby: their instances are leased."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    async def open(self, name: str, order: Order, *, timeout: float) -> Backend:
        """Lease instances; see `Source.open` and `RemoteBackend.open`."""
        _check_no_kwargs(order.kwargs)
        return await RemoteBackend.open(
            self._lobby,
            name,
            timeout=timeout,
            num_envs=order.num_envs,
            autoreset_mode=order.autoreset_mode,
            render_mode=order.render_mode,
            truncate_on_game_gone=order.truncate_on_game_gone,
        )

    async def spec(self, name: str, kwargs: Mapping[str, Any], *, timeout: float) -> Spec:
        """What a connected game has said of itself, whether it is free or not."""
        _check_no_kwargs(kwargs)
        game = self._lobby.spec(name)
        return Spec(game.observation_space, game.action_space, metadata=game.metadata)

    def offers(self) -> Iterable[Offer]:
        """The connected games by name."""
        for status in self._lobby.describe():
            about = f"a game, {status.free} of {status.instances} instances free"
            yield Offer(f"game:{status.spec.name}", about, status.instances, status.free)


def _check_no_kwargs(kwargs: Mapping[str, Any]) -> None:
    if kwargs:
        raise InvalidOptions("kwargs", repr(dict(kwargs)), "none: a game is started by whoever hosts it")
