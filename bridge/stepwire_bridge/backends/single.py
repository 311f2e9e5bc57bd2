"""One environment, exactly as `gymnasium.make` gives it."""

from collections.abc import Sequence
from typing import Any, TypeVar

import gymnasium
import numpy as np
from numpy.typing import NDArray

from stepwire_bridge.backend import Observed, Spec, Transition
from stepwire_bridge.backends.making import own_metadata

Given = TypeVar("Given", Observed, Transition)


class Single:
    """See `stepwire_bridge.backends.places.LocalEnv`."""

    def __init__(self, env: gymnasium.Env[Any, Any]) -> None:
        self._env = env
        self._step = env.step

    def describe(self) -> Spec:
        """What the environment says of itself."""
        env = self._env
        return Spec(
            env.observation_space, env.action_space, metadata=own_metadata(env.metadata), render_mode=env.render_mode
        )

    def reset(
        self, seeds: Sequence[int | None] | None, options: dict[str, Any] | None, mask: NDArray[np.bool_] | None
    ) -> Observed:
        """Start an episode; a mask is for batches."""
        return _checked(Observed._make(self._env.reset(seed=seeds[0] if seeds else None, options=options)))

    def step(self, action: Any) -> Transition:
        """Take a step."""
        return _checked(Transition._make(self._step(action)))

    def render(self) -> Any:
        """Draw."""
        return self._env.render()

    def close(self) -> None:
        """Close the environment."""
        self._env.close()


def _checked(result: Given) -> Given:
    """What has the wrong number of parts does not get here; an info that is no dict would be met far from its cause."""
    if not isinstance(result.info, dict):
        raise TypeError(f"its info is a {type(result.info).__name__}, expected a dict")
    return result
