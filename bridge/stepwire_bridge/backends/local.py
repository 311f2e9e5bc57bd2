"""Any registered Gymnasium environment as a backend.

A single environment is what `gymnasium.make` gives, a batch gives what Gymnasium's `SyncVectorEnv` over it does. Where
it lives is a choice: in a thread of its own, where one that blocks holds up nobody else and one that never returns is
left behind, or, if it is known to be quick, on the event loop.
"""

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
from gymnasium.vector import AutoresetMode
from numpy.typing import NDArray

from stepwire_bridge.backend import Observed, Spec, Transition
from stepwire_bridge.backends.in_step import InStep
from stepwire_bridge.backends.inline import OnTheLoop
from stepwire_bridge.backends.making import make_env
from stepwire_bridge.backends.places import Build, LocalEnv, Place, Raised
from stepwire_bridge.backends.single import Single
from stepwire_bridge.backends.threads import EnvThread
from stepwire_bridge.backends.vectorised import make_vectorised
from stepwire_bridge.faults import Fault, GameFailed, GameSilent

logger = logging.getLogger(__name__)

CLOSE_SECONDS: Final = 5.0
"""How long an environment may take to close before it is left to its thread."""


async def open_local(
    gym_id: str,
    *,
    timeout: float,
    kwargs: Mapping[str, Any] | None = None,
    num_envs: int | None = None,
    autoreset_mode: AutoresetMode | None = None,
    render_mode: str | None = None,
    inline: bool = False,
) -> "LocalBackend":
    """Make a Gymnasium environment, or a batch of it.

    Args:
        gym_id: Registered id, such as "CartPole-v1".
        timeout: Seconds for making it.
        kwargs: For the environment's constructor.
        num_envs: How many copies; None for a single environment.
        autoreset_mode: For a batch; None means NEXT_STEP.
        render_mode: "rgb_array", "ansi" or None.
        inline: Whether it lives on the event loop.

    Raises:
        UnknownEnv: No such id; with Gymnasium's own hint.
        Unsupported: The environment lacks the render mode, or needs a package that is not installed.
        InvalidOptions: The constructor does not take one of the keyword arguments.
        GameFailed: Its code raised.
        GameSilent: It took too long.
    """
    make = partial(make_env, gym_id, dict(kwargs or {}), render_mode)

    def build() -> LocalEnv:
        if num_envs is None:
            return Single(make())
        return InStep(make, num_envs, autoreset_mode or AutoresetMode.NEXT_STEP)

    return await _opened(f"gym:{gym_id}", build, timeout, inline=inline)


async def open_vectorised(
    gym_id: str,
    *,
    timeout: float,
    kwargs: Mapping[str, Any] | None = None,
    num_envs: int,
    autoreset_mode: AutoresetMode | None = None,
    render_mode: str | None = None,
    inline: bool = False,
) -> "LocalBackend":
    """Make the vector environment that Gymnasium has under an id; see `make_vectorised` and `open_local`."""
    build = partial(make_vectorised, gym_id, dict(kwargs or {}), num_envs, autoreset_mode, render_mode)
    return await _opened(f"gymvec:{gym_id}", build, timeout, inline=inline)


async def _opened(name: str, build: Build, timeout: float, *, inline: bool) -> "LocalBackend":
    backend = LocalBackend(name, build, inline=inline)
    await backend.open(timeout=timeout)
    return backend


class LocalBackend:
    """A local environment in its place; see `stepwire_bridge.backend.Backend`.

    After `GameSilent` the place and its environment are left behind, and the next reset makes a fresh environment in a
    fresh place. After `GameFailed` the environment is kept, as it would be in a local program.
    """

    def __init__(self, name: str, build: Build, *, inline: bool = False) -> None:
        self._name = name
        self._build = build
        self._kind: type[Place] = OnTheLoop if inline else EnvThread
        self._place: Place | None = None
        self._spec: Spec | None = None

    @property
    def spec(self) -> Spec:
        """What the environment says of itself."""
        assert self._spec is not None, "open() comes first"
        return self._spec

    async def open(self, *, timeout: float) -> None:
        """Make the environment; see `open_local`."""
        try:
            self._spec = await self._call("describe", (), timeout, operation="make")
        except BaseException:
            self._abandon()
            raise

    async def reset(
        self,
        *,
        seeds: Sequence[int | None] | None,
        options: dict[str, Any] | None,
        mask: NDArray[np.bool_] | None,
        timeout: float,
    ) -> Observed:
        """See `stepwire_bridge.backend.Backend`."""
        observed: Observed = await self._call("reset", (seeds, options, mask), timeout)
        return observed

    async def step(self, action: Any, *, timeout: float) -> Transition:
        """See `stepwire_bridge.backend.Backend`."""
        transition: Transition = await self._call("step", (action,), timeout)
        return transition

    async def render(self, *, timeout: float) -> Any:
        """See `stepwire_bridge.backend.Backend`."""
        return await self._call("render", (), timeout)

    async def close(self) -> None:
        """Close the environment and its place; one that does not end in time is left behind."""
        place, self._place = self._place, None
        if place is not None:
            await place.close(CLOSE_SECONDS)

    async def _call(self, method: str, args: tuple[Any, ...], timeout: float, operation: str = "") -> Any:
        if self._place is None:
            self._place = self._kind(self._name, self._build)
        try:
            return await self._place.call(method, args, timeout)
        except TimeoutError:
            self._abandon()
            raise GameSilent(self._name, operation or method, timeout) from None
        except Raised as raised:
            raise self._failed(operation or method, raised.error) from raised.error

    def _failed(self, operation: str, error: BaseException) -> Fault:
        if isinstance(error, Fault):
            return error
        logger.warning("%s failed in %s", self._name, operation, exc_info=error)
        return GameFailed(self._name, operation, f"{type(error).__name__}: {error}")

    def _abandon(self) -> None:
        if self._place is not None:
            self._place.abandon()
            self._place = None
