"""One copy of an asynchronous batch: a single environment that starts its next episode by itself.

Knows Gymnasium's autoreset rules, as `gymnasium.vector.SyncVectorEnv` has them, and nothing of other copies.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from gymnasium.vector import AutoresetMode

from stepwire_bridge.backend import Backend, Observed, Transition


class Copy:
    """A single environment's backend, with autoreset.

    Args:
        backend: Of a single environment.
        mode: NEXT_STEP or SAME_STEP.
    """

    def __init__(self, backend: Backend, mode: AutoresetMode) -> None:
        self.backend = backend
        self._mode = mode
        self._over = False
        """Whether the next step starts the next episode, whatever its action."""

    async def reset(
        self, seeds: Sequence[int | None] | None, options: dict[str, Any] | None, timeout: float
    ) -> Observed:
        """Start an episode; see `Backend.reset`."""
        observed = await self.backend.reset(seeds=seeds, options=options, mask=None, timeout=timeout)
        self._over = False
        return observed

    async def step(self, action: Any, timeout: float) -> Transition:
        """Take a step, or start over; see `Backend.step`. Both together have so many seconds."""
        if self._over:
            return _beginning(await self.reset(None, None, timeout))
        began = _now()
        transition = await self.backend.step(action, timeout=timeout)
        if not (transition.terminated or transition.truncated):
            return transition
        if self._mode is AutoresetMode.SAME_STEP:
            return _joined(transition, await self.reset(None, None, timeout - (_now() - began)))
        self._over = True
        return transition


def _beginning(observed: Observed) -> Transition:
    return Transition(observed.observation, 0.0, False, False, observed.info)


def _joined(last: Transition, first: Observed) -> Transition:
    """An episode's last step that shows the next one's first observation."""
    info = {**first.info, "final_obs": last.observation, "final_info": last.info}
    return Transition(first.observation, last.reward, last.terminated, last.truncated, info)


def _now() -> float:
    return asyncio.get_running_loop().time()
