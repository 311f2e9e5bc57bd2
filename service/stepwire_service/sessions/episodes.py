"""What a trainer may call when, and with what: the only place where the order of reset, step and render is checked.

Stands between a session and its backend and hands every call its deadline. Knows no request numbers and no fronts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from gymnasium.spaces import Discrete
from gymnasium.vector import AutoresetMode
from numpy.typing import NDArray

from stepwire_bridge.backend import Backend, Observed, Received, Spec, Transition
from stepwire_bridge.faults import EpisodeOver, Fault, InvalidAction, InvalidOptions, NotReset, Unsupported
from stepwire_bridge.membership import why_outside


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Longest times of a session's operations, in seconds."""

    make: float
    reset: float
    step: float
    render: float


_INTEGERS: Final = (int, np.integer)


class Episodes:
    """A backend whose callers cannot get out of order.

    Not safe for concurrent calls: its session makes one at a time.

    Attributes:
        num_envs: The spec's.
    """

    def __init__(self, backend: Backend, deadlines: Deadlines) -> None:
        self._backend = backend
        self._deadlines = deadlines
        spec = backend.spec
        self.num_envs = spec.num_envs
        self._by_mask = spec.autoreset_mode is AutoresetMode.DISABLED
        self._action_space = spec.action_space
        self._choices = _choices(spec)
        self._started = False
        """Whether there was a reset, and no fault of the game's since."""
        self._over: list[int] = []
        """The copies that wait for the trainer to reset them."""

    @property
    def spec(self) -> Spec:
        """The backend's."""
        return self._backend.spec

    async def reset(
        self, seeds: Sequence[int | None] | None, options: dict[str, Any] | None, mask: NDArray[np.bool_] | None
    ) -> Observed:
        """Start episodes, in all copies or in those of the mask.

        Raises:
            InvalidOptions: Not one seed for each copy, or a mask that cannot be.
            NotReset: A mask, before all copies were reset once, or after a fault of the game's.
            GameFault: See the backend.
        """
        check_seeds(seeds, self.spec)
        check_options(options, self.spec)
        self._check_mask(mask)
        started, self._started = self._started, False
        observed = await self._backend.reset(seeds=seeds, options=options, mask=mask, timeout=self._deadlines.reset)
        self._started = started or mask is None
        self._over = [] if mask is None else [copy for copy in self._over if not mask[copy]]
        return observed

    async def step(self, action: Any) -> Transition:
        """Take one step, or one in each copy.

        Raises:
            NotReset: Before the first reset, or after a fault of the game's.
            EpisodeOver: An episode has ended, and nothing but a reset may follow.
            InvalidAction: Outside the (batched) action space.
            GameFault: See the backend.
        """
        self._check_order(action)
        self._started = False  # until it comes back in one piece
        transition = await self._backend.step(action, timeout=self._deadlines.step)
        self._started = True
        self._note_ends(transition)
        return transition

    async def render(self) -> Any:
        """Draw the current state.

        Raises:
            Unsupported: The session was made without a render mode.
            NotReset: Before the first reset, or after a fault of the game's.
            GameFault: See the backend.
        """
        if self.spec.render_mode is None:
            raise Unsupported("render", "Make the session with render_mode='rgb_array' or 'ansi'.")
        self._check_started("render")
        try:
            return await self._backend.render(timeout=self._deadlines.render)
        except Fault as fault:
            self._started = fault.owner == "caller"
            raise

    async def send(self, action: Any, copies: Sequence[int]) -> None:
        """Refuse: its copies step together."""
        raise _not_asynchronous("Send")

    async def recv(self) -> Received:
        """Refuse: its copies step together."""
        raise _not_asynchronous("Recv")

    async def close(self) -> None:
        """Close the backend."""
        await self._backend.close()

    def _check_order(self, action: Any) -> None:
        self._check_started("step")
        if self._over:
            raise EpisodeOver(None if self.num_envs is None else self._over)
        if self._is_a_choice(action):
            return
        outside = why_outside(self._action_space, action, "action", batch=self.num_envs)
        if outside is not None:
            raise InvalidAction(outside.path, outside.given, outside.expected)

    def _is_a_choice(self, action: Any) -> bool:
        """Whether it is in a Discrete space, or a batch of it: a quick look, which spares most actions the judge."""
        if self.num_envs is None:
            return isinstance(action, _INTEGERS) and int(action) in self._choices
        if type(action) is not np.ndarray or action.dtype != np.int64 or action.shape != (self.num_envs,):
            return False
        return int(np.minimum.reduce(action)) in self._choices and int(np.maximum.reduce(action)) in self._choices

    def _check_started(self, operation: str) -> None:
        if not self._started:
            raise NotReset(operation)

    def _note_ends(self, transition: Transition) -> None:
        if self.num_envs is None:
            self._over = [0] if transition.terminated or transition.truncated else []
        elif self._by_mask:
            self._over = np.flatnonzero(transition.terminated | transition.truncated).tolist()

    def _check_mask(self, mask: NDArray[np.bool_] | None) -> None:
        if mask is None:
            return
        if not self._by_mask:
            raise needless_mask()
        if not (isinstance(mask, np.ndarray) and mask.dtype == np.bool_ and mask.shape == (self.num_envs,)):
            raise InvalidOptions("mask", _kind_of(mask), f"bool[{self.num_envs}]")
        if not mask.any():
            raise InvalidOptions("mask", "False for all copies", "True for at least one copy")
        self._check_started("reset with a mask")


def check_seeds(seeds: Sequence[int | None] | None, spec: Spec) -> None:
    """Refuse seeds that are not one for each copy."""
    copies = spec.num_envs or 1
    if seeds is not None and len(seeds) != copies:
        raise InvalidOptions("seeds", f"{len(seeds)} of them", f"{copies}, one for each copy, or none")


def check_options(options: dict[str, Any] | None, spec: Spec) -> None:
    """Refuse a mask in the options, where Gymnasium's vector environments have it."""
    if spec.num_envs is not None and options is not None and "reset_mask" in options:
        raise InvalidOptions("options.reset_mask", "it", "the request's own field, mask")


def needless_mask() -> InvalidOptions:
    """What to say to a mask where all copies are reset together."""
    return InvalidOptions("mask", "one", "none: masks are for batches with DISABLED autoreset")


def _not_asynchronous(operation: str) -> Unsupported:
    return Unsupported(f"{operation} of a session without batch_size", "Use Step, or make it with a batch_size.")


def _choices(spec: Spec) -> range:
    """The actions of a Discrete space, which most environments have; of any other space none."""
    if type(spec.action_space) is not Discrete:
        return range(0)
    first = int(spec.action_space.start)
    return range(first, first + int(spec.action_space.n))


def _kind_of(value: Any) -> str:
    return f"{value.dtype}{list(value.shape)}" if isinstance(value, np.ndarray) else type(value).__name__
