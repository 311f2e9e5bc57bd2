"""What a trainer may call when on an asynchronous batch, and with what: as `episodes`, with send and recv for step.

Stands between a session and its backend, knows which copies are under way, and hands every call its deadline. Knows no
request numbers and no fronts.
"""

from collections.abc import Sequence
from typing import Any, Never

import numpy as np
from numpy.typing import NDArray

from stepwire_bridge.backend import AsynchronousBackend, Observed, Received, Spec
from stepwire_bridge.faults import InvalidAction, InvalidOptions, NotReset, Unsupported
from stepwire_bridge.membership import why_outside
from stepwire_service.sessions.episodes import Deadlines, check_options, check_seeds, needless_mask


class AsynchronousEpisodes:
    """An asynchronous backend whose callers cannot get out of order.

    Its session makes one call at a time, except that it sends while a recv waits.

    Attributes:
        num_envs: The spec's.
    """

    def __init__(self, backend: AsynchronousBackend, deadlines: Deadlines) -> None:
        self._backend = backend
        self.num_envs = backend.spec.num_envs
        self._deadlines = deadlines
        self._started = False
        """Whether there was a reset, and no fault of the game's since."""
        self._under_way: set[int] = set()
        """The copies that were sent an action and whose step nobody has received."""

    @property
    def spec(self) -> Spec:
        """The backend's."""
        return self._backend.spec

    async def reset(
        self, seeds: Sequence[int | None] | None, options: dict[str, Any] | None, mask: NDArray[np.bool_] | None
    ) -> Observed:
        """Start an episode in every copy, and forget the steps that nobody has received.

        Raises:
            InvalidOptions: Not one seed for each copy, or a mask.
            GameFault: See the backend.
        """
        check_seeds(seeds, self.spec)
        check_options(options, self.spec)
        if mask is not None:
            raise needless_mask()
        self._started = False
        observed = await self._backend.reset(seeds=seeds, options=options, timeout=self._deadlines.reset)
        self._started = True
        self._under_way.clear()
        return observed

    async def send(self, action: Any, copies: Sequence[int]) -> None:
        """Let some copies take a step.

        Raises:
            NotReset: Before the first reset, or after a fault of the game's.
            InvalidOptions: Copies that there are not, that are named twice, or that are under way; or none.
            InvalidAction: Outside the action space, batched for so many copies.
        """
        self._check_started("send")
        self._check_copies(copies)
        outside = why_outside(self.spec.action_space, action, "action", batch=len(copies))
        if outside is not None:
            raise InvalidAction(outside.path, outside.given, outside.expected)
        self._backend.send(action, copies, timeout=self._deadlines.step)
        self._under_way.update(copies)

    async def recv(self) -> Received:
        """The first copies whose steps are done.

        Raises:
            NotReset: Before the first reset, or after a fault of the game's.
            InvalidOptions: Too few copies were under way for the deadline of a step.
            Fault: See the backend; a reset must follow.
        """
        self._check_started("recv")
        try:
            received = await self._backend.recv(timeout=self._deadlines.step)
        except InvalidOptions:  # too few were under way; any other fault is a copy's, whoever's it is
            raise
        except Exception:
            self._started = False
            raise
        self._under_way.difference_update(received.copies.tolist())
        return received

    async def step(self, action: Any) -> Never:
        """Refuse: its copies don't step together."""
        raise Unsupported("Step of a session with a batch_size", "Use Send and Recv, or make it without batch_size.")

    async def render(self) -> Never:
        """Refuse: its copies are never all at rest."""
        raise Unsupported("Render of a session with a batch_size", "Make it without batch_size.")

    async def close(self) -> None:
        """Close the backend."""
        await self._backend.close()

    def _check_started(self, operation: str) -> None:
        if not self._started:
            raise NotReset(operation)

    def _check_copies(self, copies: Sequence[int]) -> None:
        count = self.num_envs or 0
        if not copies or len(set(copies)) < len(copies) or not all(0 <= copy < count for copy in copies):
            raise InvalidOptions("env_ids", _shown(copies), f"some of 0 to {count - 1}, each once")
        if busy := self._under_way.intersection(copies):
            raise InvalidOptions(
                "env_ids", f"{_shown(sorted(busy))}, which are under way", "copies that Recv has given"
            )


def _shown(copies: Sequence[int], most: int = 20) -> str:
    return str(list(copies)) if len(copies) <= most else f"[{', '.join(map(str, copies[:most]))}, …]"
