"""What can be opened here: "gym:CartPole-v1", "game:snake" → a backend.

A plain dict of prefixes, each with a source behind it. Knows the sources' settings, but no sessions and no fronts.
"""

import asyncio
import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any, Protocol

import gymnasium
from gymnasium.vector import AutoresetMode

from stepwire_bridge.backend import AsynchronousBackend, Backend, Spec
from stepwire_bridge.backends.asynchronous import open_asynchronous
from stepwire_bridge.backends.local import open_local
from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.faults import InvalidOptions, UnknownEnv
from stepwire_bridge.lobby import Lobby
from stepwire_service.settings import Settings


@dataclass(frozen=True, slots=True)
class Order:
    """What a session is to be made of.

    Attributes:
        env_id: Prefix and name, such as "gym:CartPole-v1".
        kwargs: For the environment's constructor.
        num_envs: How many copies; None for a single environment.
        autoreset_mode: Of a batch; None for a single environment.
        render_mode: "rgb_array", "ansi" or None.
        truncate_on_game_gone: Whether the loss of a game is a truncated last step instead of a fault.
        batch_size: How many copies of an asynchronous batch are given at a time; None where all step together.
    """

    env_id: str
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    num_envs: int | None = None
    autoreset_mode: AutoresetMode | None = None
    render_mode: str | None = None
    truncate_on_game_gone: bool = False
    batch_size: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One environment that can be opened.

    Attributes:
        env_id: What an order names.
        description: One line for a person.
        instances: How many are connected; None for what is made on demand.
        free: How many of those nobody has leased.
    """

    env_id: str
    description: str
    instances: int | None = None
    free: int | None = None


class Source(Protocol):
    """What stands behind a prefix. Names come without the prefix."""

    async def open(self, name: str, order: Order, *, timeout: float) -> Backend:
        """Open a backend; raises faults."""
        ...

    async def spec(self, name: str, kwargs: Mapping[str, Any], *, timeout: float) -> Spec:
        """What a single environment would be, without anybody opening it for long; raises faults."""
        ...

    def offers(self) -> Iterable[Offer]:
        """What can be opened now."""
        ...


class Catalog:
    """The sources, by prefix."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = dict(sources)

    async def open(self, order: Order, *, timeout: float) -> Backend:
        """Open what the order says, within so many seconds.

        Raises:
            UnknownEnv: No such prefix or name.
            Fault: See the source.
        """
        source, name = self._find(order.env_id)
        return await source.open(name, order, timeout=timeout)

    async def open_asynchronous(self, order: Order, *, timeout: float) -> AsynchronousBackend:
        """Open an asynchronous batch, of as many single environments of the source as the order has copies.

        Raises:
            UnknownEnv: No such prefix or name.
            Fault: See `stepwire_bridge.backends.asynchronous.open_asynchronous` and the source.
        """
        assert order.num_envs is not None and order.batch_size is not None, "the session's limits come first"
        source, name = self._find(order.env_id)
        single = replace(order, num_envs=None, autoreset_mode=None, batch_size=None)
        return await open_asynchronous(
            order.env_id,
            lambda seconds: source.open(name, single, timeout=seconds),
            num_envs=order.num_envs,
            batch_size=order.batch_size,
            autoreset_mode=order.autoreset_mode,
            timeout=timeout,
        )

    async def spec(self, env_id: str, kwargs: Mapping[str, Any], *, timeout: float) -> Spec:
        """What an environment that nobody has opened would be.

        Raises:
            UnknownEnv: No such prefix or name.
            Fault: See the source.
        """
        source, name = self._find(env_id)
        return await source.spec(name, kwargs, timeout=timeout)

    def offers(self) -> list[Offer]:
        """Everything that can be opened now, in the order of the sources."""
        return [offer for source in self._sources.values() for offer in source.offers()]

    def _find(self, env_id: str) -> tuple[Source, str]:
        prefix, colon, name = env_id.partition(":")
        if not colon or prefix not in self._sources:
            prefixes = " and ".join(f"{known}:" for known in self._sources)
            raise UnknownEnv(env_id, f"Ids begin with {prefixes}; ListEnvs gives them all.")
        return self._sources[prefix], name


class GymSource:
    """Every registered Gymnasium environment that the settings allow, made on demand."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def open(self, name: str, order: Order, *, timeout: float) -> Backend:
        """See `Source.open` and `stepwire_bridge.backends.local.open_local`."""
        self._check(name, order.kwargs)
        return await open_local(
            await _registered(name),
            timeout=timeout,
            kwargs=order.kwargs,
            num_envs=order.num_envs,
            autoreset_mode=order.autoreset_mode,
            render_mode=order.render_mode,
            inline=self._is_inline(order.env_id),
        )

    async def spec(self, name: str, kwargs: Mapping[str, Any], *, timeout: float) -> Spec:
        """Make the environment, look at it, and close it."""
        self._check(name, kwargs)
        backend = await open_local(await _registered(name), timeout=timeout, kwargs=kwargs)
        try:
            return backend.spec
        finally:
            await asyncio.shield(backend.close())

    def offers(self) -> Iterable[Offer]:
        """Gymnasium's registry in alphabetical order, as far as the settings allow it."""
        names = (name for name in sorted(gymnasium.registry) if not name.startswith("stepwire/"))  # our own client
        return [Offer(f"gym:{name}", f"Gymnasium's {name}, made on demand") for name in names if self._allows(name)]

    def _check(self, name: str, kwargs: Mapping[str, Any]) -> None:
        if not self._allows(name):
            raise UnknownEnv(f"gym:{name}", _WHY_NOT_IMPORTED if ":" in name else _WHY_NOT_ALLOWED)
        for key in kwargs:
            if key not in self._settings.gym_kwargs:
                allowed = f"one that the server's setting gym_kwargs allows ({', '.join(self._settings.gym_kwargs)})"
                raise InvalidOptions(f"kwargs.{key}", repr(kwargs[key]), allowed)

    def _allows(self, name: str) -> bool:
        if ":" in name:  # Gymnasium imports the module before the colon, and no pattern is meant to allow that
            return name in self._settings.gym_allow
        return any(fnmatchcase(name, pattern) for pattern in self._settings.gym_allow)

    def _is_inline(self, env_id: str) -> bool:
        return any(fnmatchcase(env_id, pattern) for pattern in self._settings.inline)


async def _registered(name: str) -> str:
    """The id in Gymnasium's registry, once the module before the colon is imported, if there is one."""
    module, _, gym_id = name.rpartition(":")
    if module:
        try:
            await asyncio.to_thread(importlib.import_module, module)
        except ImportError as error:
            raise UnknownEnv(f"gym:{name}", f"{error}.") from error
    return gym_id


_WHY_NOT_ALLOWED = "The server's setting gym_allow does not allow it."
_WHY_NOT_IMPORTED = "Ids that import a module must be listed in the server's setting gym_allow, word for word."


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
