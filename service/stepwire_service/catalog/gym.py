"""Gymnasium's registry as what can be opened, as far as the settings allow: "gym:CartPole-v1", "gymvec:CartPole-v1"."""

import asyncio
import importlib
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

import gymnasium

from stepwire_bridge.backend import Backend, Spec
from stepwire_bridge.backends.asynchronous import one_by_one
from stepwire_bridge.backends.local import open_local, open_vectorised
from stepwire_bridge.faults import InvalidOptions, UnknownEnv, Unsupported
from stepwire_service.catalog.catalog import Offer, Order
from stepwire_service.settings import Settings


class GymSource:
    """Every registered environment, made on demand: one, or a batch of copies."""

    def __init__(self, settings: Settings) -> None:
        self._rules = _Rules("gym", settings)

    async def open(self, name: str, order: Order, *, timeout: float) -> Backend:
        """See `Source.open` and `stepwire_bridge.backends.local.open_local`."""
        return await open_local(
            await self._rules.admit(name, order.kwargs),
            timeout=timeout,
            kwargs=order.kwargs,
            num_envs=order.num_envs,
            autoreset_mode=order.autoreset_mode,
            render_mode=order.render_mode,
            inline=self._rules.are_inline(name),
        )

    async def open_copies(self, name: str, order: Order, count: int, *, timeout: float) -> Sequence[Backend]:
        """Make one after the other; see `Source.open_copies`."""
        return await one_by_one(lambda seconds: self.open(name, order, timeout=seconds))(count, timeout)

    async def spec(self, name: str, kwargs: Mapping[str, Any], *, timeout: float) -> Spec:
        """Make the environment, look at it, and close it."""
        backend = await open_local(await self._rules.admit(name, kwargs), timeout=timeout, kwargs=kwargs)
        return await _looked_at(backend)

    def offers(self) -> Iterable[Offer]:
        """Gymnasium's registry in alphabetical order, as far as the settings allow it."""
        return [Offer(f"gym:{name}", f"Gymnasium's {name}, made on demand") for name in self._rules.allowed()]


class GymVecSource:
    """The vector environments of their own that some registered environments have: always batches."""

    def __init__(self, settings: Settings) -> None:
        self._rules = _Rules("gymvec", settings)

    async def open(self, name: str, order: Order, *, timeout: float) -> Backend:
        """See `Source.open` and `stepwire_bridge.backends.local.open_vectorised`."""
        gym_id = await self._rules.admit(name, order.kwargs)
        if order.num_envs is None:
            what = f"one copy of gymvec:{name}, or copies that don't step together"
            raise Unsupported(what, f"Open a batch without batch_size, or gym:{name}.")
        return await open_vectorised(
            gym_id,
            timeout=timeout,
            kwargs=order.kwargs,
            num_envs=order.num_envs,
            autoreset_mode=order.autoreset_mode,
            render_mode=order.render_mode,
            inline=self._rules.are_inline(name),
        )

    async def open_copies(self, name: str, order: Order, count: int, *, timeout: float) -> Sequence[Backend]:
        """Refuse: see `open`."""
        return [await self.open(name, order, timeout=timeout)]

    async def spec(self, name: str, kwargs: Mapping[str, Any], *, timeout: float) -> Spec:
        """Make a batch of one, look at it, and close it."""
        gym_id = await self._rules.admit(name, kwargs)
        spec = await _looked_at(await open_vectorised(gym_id, timeout=timeout, kwargs=kwargs, num_envs=1))
        return Spec(spec.observation_space, spec.action_space, metadata=spec.metadata)

    def offers(self) -> Iterable[Offer]:
        """Those of Gymnasium's registry in alphabetical order, as far as the settings allow it."""
        names = [name for name in self._rules.allowed() if gymnasium.registry[name].vector_entry_point is not None]
        return [Offer(f"gymvec:{name}", f"Gymnasium's own vector environment of {name}") for name in names]


class _Rules:
    """What the settings say of ids with a prefix."""

    def __init__(self, prefix: str, settings: Settings) -> None:
        self._prefix = prefix
        self._settings = settings

    async def admit(self, name: str, kwargs: Mapping[str, Any]) -> str:
        """The id in Gymnasium's registry, if it may be opened with such keyword arguments.

        Raises:
            UnknownEnv: The settings do not allow it, or the module before its colon cannot be imported.
            InvalidOptions: The settings do not let a keyword argument through.
        """
        if not self._allow(name):
            raise UnknownEnv(f"{self._prefix}:{name}", _WHY_NOT_IMPORTED if ":" in name else _WHY_NOT_ALLOWED)
        for key in kwargs:
            if key not in self._settings.gym_kwargs:
                allowed = f"one that the server's setting gym_kwargs allows ({', '.join(self._settings.gym_kwargs)})"
                raise InvalidOptions(f"kwargs.{key}", repr(kwargs[key]), allowed)
        return await self._registered(name)

    def allowed(self) -> list[str]:
        """The names in Gymnasium's registry that may be opened."""
        names = (name for name in sorted(gymnasium.registry) if not name.startswith("stepwire/"))  # our own client
        return [name for name in names if self._allow(name)]

    def are_inline(self, name: str) -> bool:
        """Whether environments of that name live on the event loop."""
        return any(fnmatchcase(f"{self._prefix}:{name}", pattern) for pattern in self._settings.inline)

    def _allow(self, name: str) -> bool:
        if ":" in name:  # Gymnasium imports the module before the colon, and no pattern is meant to allow that
            return name in self._settings.gym_allow
        return any(fnmatchcase(name, pattern) for pattern in self._settings.gym_allow)

    async def _registered(self, name: str) -> str:
        """The id in Gymnasium's registry, once the module before the colon is imported, if there is one."""
        module, _, gym_id = name.rpartition(":")
        if module:
            try:
                await asyncio.to_thread(importlib.import_module, module)
            except ImportError as error:
                raise UnknownEnv(f"{self._prefix}:{name}", f"{error}.") from error
        return gym_id


_WHY_NOT_ALLOWED = "The server's setting gym_allow does not allow it."
_WHY_NOT_IMPORTED = "Ids that import a module must be listed in the server's setting gym_allow, word for word."


async def _looked_at(backend: Backend) -> Spec:
    try:
        return backend.spec
    finally:
        await asyncio.shield(backend.close())
