"""Environments that do nothing, so that what is measured is the way there and back. Registers them on import.

Their observations are always the same array, and no episode ends. Each has a vectorised twin (Gymnasium's
vector_entry_point) whose step costs the same for any number of copies.
"""

from typing import Any

import gymnasium
import numpy as np
from gymnasium.spaces import Box, Dict, Discrete, Space
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space
from numpy.typing import NDArray

NUMBERS: Space[Any] = Box(-np.inf, np.inf, (4,), np.float32)
SPACES: dict[str, Space[Any]] = {
    "Noop": NUMBERS,
    "Pixels84": Box(0, 255, (84, 84, 4), np.uint8),
    "Pixels210": Box(0, 255, (210, 160, 3), np.uint8),
    "Dict": Dict({"numbers": NUMBERS, "picture": Box(0, 255, (8, 8), np.uint8), "level": Discrete(10)}),
}
Flags = NDArray[np.bool_]


class Noop(gymnasium.Env[Any, Any]):
    """One environment that does nothing."""

    def __init__(self, kind: str, render_mode: str | None = None) -> None:
        self.observation_space, self.action_space = SPACES[kind], Discrete(2)
        self._observation = SPACES[kind].sample()

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        """The one observation there is."""
        return self._observation, {}

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """The same, and a reward of 1."""
        return self._observation, 1.0, False, False, {}


class NoopBatch(VectorEnv[Any, Any, Any]):
    """Any number of them, which do nothing together."""

    def __init__(self, kind: str, num_envs: int = 1, render_mode: str | None = None) -> None:
        self.num_envs = num_envs
        self.metadata = {"autoreset_mode": AutoresetMode.NEXT_STEP}
        self.single_observation_space, self.single_action_space = SPACES[kind], Discrete(2)
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self._observations = self.observation_space.sample()
        self._rewards = np.ones(num_envs)
        self._nowhere = np.zeros(num_envs, np.bool_)

    def reset(self, *, seed: Any = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        """The one batch of observations there is."""
        return self._observations, {}

    def step(self, actions: Any) -> tuple[Any, NDArray[np.float64], Flags, Flags, dict[str, Any]]:
        """The same, and rewards of 1."""
        return self._observations, self._rewards, self._nowhere, self._nowhere, {}


for _kind in SPACES:
    gymnasium.register(
        f"{_kind}-v0",
        entry_point="bench.envs:Noop",
        vector_entry_point="bench.envs:NoopBatch",
        kwargs={"kind": _kind},
        disable_env_checker=True,
        order_enforce=False,
    )
