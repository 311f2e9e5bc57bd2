"""Copies of an environment that step together, exactly as Gymnasium's `SyncVectorEnv` lets them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import gymnasium
import numpy as np
from gymnasium.vector import AutoresetMode, SyncVectorEnv
from numpy.typing import NDArray

from stepwire_bridge.backend import Observed, Spec, Transition
from stepwire_bridge.backends.making import own_metadata

if TYPE_CHECKING:
    AnySyncVectorEnv: TypeAlias = SyncVectorEnv[Any, Any]
else:
    AnySyncVectorEnv = SyncVectorEnv  # not generic in all versions that we support


class InStep:
    """See `stepwire_bridge.backends.places.LocalEnv`.

    Args:
        make: Makes one copy.
        num_envs: How many.
        mode: When a copy starts its next episode.
    """

    def __init__(self, make: Callable[[], gymnasium.Env[Any, Any]], num_envs: int, mode: AutoresetMode) -> None:
        self._envs: AnySyncVectorEnv = SyncVectorEnv([make] * num_envs, autoreset_mode=mode)

    def describe(self) -> Spec:
        """What the first copy says of itself, and how many there are."""
        first = self._envs.envs[0]
        return Spec(
            first.observation_space,
            first.action_space,
            num_envs=self._envs.num_envs,
            autoreset_mode=AutoresetMode(self._envs.autoreset_mode),
            metadata=own_metadata(first.metadata),
            render_mode=first.render_mode,
        )

    def reset(
        self, seeds: Sequence[int | None] | None, options: dict[str, Any] | None, mask: NDArray[np.bool_] | None
    ) -> Observed:
        """Start episodes."""
        options = options if mask is None else {**(options or {}), "reset_mask": mask}
        return Observed._make(self._envs.reset(seed=list(seeds) if seeds else None, options=options))

    def step(self, action: Any) -> Transition:
        """Take a step in every copy."""
        return Transition._make(self._envs.step(action))

    def render(self) -> Any:
        """Draw every copy."""
        return self._envs.render()

    def close(self) -> None:
        """Close every copy."""
        self._envs.close()
