"""The seam between sessions and whatever can be reset, stepped, rendered and closed.

Above it stand the sessions, below it games and local environments. Only numpy values and the plain records of this
module cross it. It knows neither gRPC nor WebSockets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import numpy as np
from gymnasium.spaces import Space
from gymnasium.vector import AutoresetMode
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Spec:
    """What a backend is: fixed from the moment it is open.

    Attributes:
        observation_space: Of a single copy, also for a batch.
        action_space: Of a single copy, also for a batch.
        num_envs: How many copies; None for a single environment, whose values have no leading axis.
        autoreset_mode: How a batch resets itself; None for a single environment.
        metadata: The environment's own, with `render_modes` and `render_fps` where it declares them.
        render_mode: What `render` gives: "rgb_array", "ansi", or None.
        batch_size: How many copies an asynchronous batch gives at a time; None where all copies step together.
    """

    observation_space: Space[Any]
    action_space: Space[Any]
    num_envs: int | None = None
    autoreset_mode: AutoresetMode | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    render_mode: str | None = None
    batch_size: int | None = None


class Observed(NamedTuple):
    """What a reset gives.

    A batch has observations as `gymnasium.vector.utils.batch_space` lays them out, and the info of Gymnasium's vector
    environments: a dict of arrays, each with a bool mask under the same key with a leading underscore.
    """

    observation: Any
    info: dict[str, Any]


class Transition(NamedTuple):
    """What a step gives.

    A single environment has a reward and two flags as the environment gave them; a batch has float64[num_envs] and
    bool[num_envs] twice. Observation and info are as in `Observed`.
    """

    observation: Any
    reward: Any
    terminated: Any
    truncated: Any
    info: dict[str, Any]


class Received(NamedTuple):
    """The steps of some copies of an asynchronous batch: int32[batch_size], and a transition of as many copies."""

    copies: NDArray[np.int32]
    transition: Transition


class Backend(Protocol):
    """Anything that can be reset, stepped, rendered and closed.

    The session above calls one method at a time and checks order and actions before it does; a backend need not.
    Every method raises faults (`stepwire_bridge.faults`) and nothing else that a caller should know about. A `timeout`
    is in seconds; when it passes, the method raises `GameSilent` and leaves nothing behind that could be taken for the
    answer to a later call. After any fault of the game's the next thing a session does is reset or close; a reset then
    starts with a fresh environment or a freshly leased instance where the old one is lost.
    """

    @property
    def spec(self) -> Spec:
        """What this backend is."""
        ...

    async def reset(
        self,
        *,
        seeds: Sequence[int | None] | None,
        options: dict[str, Any] | None,
        mask: NDArray[np.bool_] | None,
        timeout: float,
    ) -> Observed:
        """Start an episode.

        Args:
            seeds: One per copy (one for a single environment), or None for no seeds. None in place of a seed continues
                that copy's own random stream.
            options: Gymnasium's options, for all copies.
            mask: Batches with DISABLED autoreset: which copies, bool[num_envs]. None for all of them.
            timeout: Seconds.
        """
        ...

    async def step(self, action: Any, *, timeout: float) -> Transition:
        """Take one step, or one in each copy of a batch. The action is in the (batched) action space."""
        ...

    async def render(self, *, timeout: float) -> Any:
        """Draw the current state: uint8[height, width, 3], a string, or None; of a batch a tuple of them."""
        ...

    async def close(self) -> None:
        """Give everything back. May be called twice, and while nothing answers any more; never raises."""
        ...


class AsynchronousBackend(Protocol):
    """A batch whose copies step each in its own time: `send` and `recv` stand in the place of `step` and `render`.

    The session above sends only to copies that are not under way: a copy is so from `send` until `recv` has given its
    step. Everything else is as in `Backend`, except that `send` and `recv` may be called while a `recv` waits.
    """

    @property
    def spec(self) -> Spec:
        """What this backend is; its `batch_size` is set."""
        ...

    async def reset(
        self, *, seeds: Sequence[int | None] | None, options: dict[str, Any] | None, timeout: float
    ) -> Observed:
        """Wait for the copies under way, forget their steps, and start an episode in every copy."""
        ...

    def send(self, action: Any, copies: Sequence[int], *, timeout: float) -> None:
        """Let each of the copies take a step, within so many seconds; returns at once.

        Args:
            action: A batch of as many actions, in the order of the copies.
            copies: Which; each once.
            timeout: Seconds, for each copy's step.
        """
        ...

    async def recv(self, *, timeout: float) -> Received:
        """The first `batch_size` copies whose steps are done, in that order; waits until there are as many.

        Args:
            timeout: Seconds to wait for sends while too few copies are under way.

        Raises:
            InvalidOptions: Too few copies were under way for that long. Nothing is lost.
            Fault: One of the steps came to it; the next thing a session does is reset or close.
        """
        ...

    async def close(self) -> None:
        """See `Backend.close`."""
        ...
