"""What can be opened, by id: a plain dict of prefixes, each with a source behind it. Knows no source from within."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from gymnasium.vector import AutoresetMode

from stepwire_bridge.backend import AsynchronousBackend, Backend, Spec
from stepwire_bridge.backends.asynchronous import open_asynchronous
from stepwire_bridge.faults import UnknownEnv
from stepwire_bridge.host import HostStatus


@dataclass(frozen=True, slots=True)
class Order:
    """What a session is to be made of.

    Attributes:
        env_id: Prefix and name, such as "gym:CartPole-v1".
        kwargs: For the environment's constructor.
        num_envs: How many copies; None for a single environment.
        autoreset_mode: Of a batch; None for whichever is the source's own, and for a single environment.
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
        hosts: The processes that this server runs them in, where it does.
    """

    env_id: str
    description: str
    instances: int | None = None
    free: int | None = None
    hosts: tuple[HostStatus, ...] = ()


class Source(Protocol):
    """What stands behind a prefix. Names come without the prefix."""

    async def open(self, name: str, order: Order, *, timeout: float) -> Backend:
        """Open a backend; raises faults."""
        ...

    async def open_copies(self, name: str, order: Order, count: int, *, timeout: float) -> Sequence[Backend]:
        """Open so many backends of single environments, all of them or none; raises faults."""
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
            lambda count, seconds: source.open_copies(name, single, count, timeout=seconds),
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
            *most, last = (f"{known}:" for known in self._sources)
            prefixes = f"{', '.join(most)} and {last}"
            raise UnknownEnv(env_id, f"Ids begin with {prefixes}; ListEnvs gives them all.")
        return self._sources[prefix], name
