"""Local environments as their backend sees them, and the places where they may live: a thread, or the event loop."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from stepwire_bridge.backend import Observed, Spec, Transition

logger = logging.getLogger(__name__)


class LocalEnv(Protocol):
    """An environment or a batch in this process: what a backend does, but at once, and raising whatever it raises."""

    def describe(self) -> Spec:
        """What it is."""
        ...

    def reset(
        self, seeds: Sequence[int | None] | None, options: dict[str, Any] | None, mask: NDArray[np.bool_] | None
    ) -> Observed:
        """See `stepwire_bridge.backend.Backend.reset`."""
        ...

    def step(self, action: Any) -> Transition:
        """See `stepwire_bridge.backend.Backend.step`."""
        ...

    def render(self) -> Any:
        """See `stepwire_bridge.backend.Backend.render`."""
        ...

    def close(self) -> None:
        """Give everything back."""
        ...


Build = Callable[[], LocalEnv]


class Raised(Exception):
    """Carries what the environment raised, so that its own TimeoutError is not taken for ours."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


class Place(Protocol):
    """Makes one environment on the first call, and keeps it until it is closed or abandoned."""

    def __init__(self, name: str, build: Build) -> None: ...

    def call(self, method: str, args: tuple[Any, ...], timeout: float) -> Awaitable[Any]:
        """Call a method of the environment. One call at a time.

        Raises:
            Raised: What making or calling the environment raised.
            TimeoutError: It takes longer than so many seconds, where the place can do without it. The place is then of
                no use but to be abandoned.
        """
        ...

    def abandon(self) -> None:
        """Do without the environment from now on; it is closed as soon as it is at rest."""
        ...

    async def close(self, timeout: float) -> None:
        """Close the environment, within so many seconds where the place can do without it. Never raises."""
        ...


def close_quietly(env: LocalEnv) -> None:
    """Close an environment; what it raises is only logged."""
    try:
        env.close()
    except BaseException:
        logger.warning("an environment raised while it was closed", exc_info=True)
