"""Environments that the client's tests have on a server in their own process, and so can look into.

A server of several processes has them once an id with this module's name was opened in each.
"""

import threading
from typing import Any, ClassVar

import gymnasium
import numpy as np
from gymnasium.spaces import Box, Dict, Discrete

LISTED = "tests.client_py.envs:client-tests/Counter-v0"
"""For the setting gym_allow: whoever opens this id imports the module, which registers them all."""


class Counter(gymnasium.Env[Any, Any]):
    """Counts its own steps, for good and in all copies together."""

    observation_space = Box(0, 2**31, (1,), np.int64)
    action_space = Discrete(2)
    metadata: ClassVar[dict[str, Any]] = {"render_modes": ["ansi"], "render_fps": 7}
    total: ClassVar[int] = 0

    def __init__(self, render_mode: str | None = None) -> None:
        self.render_mode = render_mode
        self.steps = 0

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        super().reset(seed=seed)
        return np.array([self.steps]), {"options": options, "seed": seed}

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        self.steps += 1
        Counter.total += 1
        return np.array([self.steps]), float(self.steps), False, False, {"steps": self.steps}

    def render(self) -> str:
        return f"{self.steps} steps"


class Gate(Counter):
    """Stops in each step until it is let through."""

    entered: ClassVar[threading.Event] = threading.Event()
    opened: ClassVar[threading.Event] = threading.Event()

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        self.entered.set()
        self.opened.wait()
        return super().step(action)

    @classmethod
    def shut(cls) -> None:
        cls.entered.clear()
        cls.opened.clear()


class Broken(Counter):
    """Fails in its first step."""

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        raise RuntimeError("a bug in the environment")


class Short(Counter):
    """Ends with its third step."""

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        self.steps = 0
        return super().reset(seed=seed, options=options)

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        observation, reward, _, _, info = super().step(action)
        return observation, reward, self.steps == 3, False, info


class Wide(Counter):
    """Takes large actions and gives large observations on request."""

    observation_space = Box(0, 255, (100_000,), np.uint8)
    action_space = Dict({"small": Box(-1, 1, (2,)), "large": Box(0, 255, (100_000,), np.uint8)})

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        super().reset(seed=seed)
        return np.zeros(100_000, np.uint8), {}

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        super().step(action)
        return np.zeros(100_000, np.uint8), 0.0, False, False, {}


def register() -> None:
    """Put them all in Gymnasium's registry: "Counter-v0" and so on, under "client-tests/"."""
    for env in (Counter, Gate, Broken, Short, Wide):
        name = f"client-tests/{env.__name__}-v0"
        if name not in gymnasium.registry:
            gymnasium.register(name, env, order_enforce=False, disable_env_checker=True)


def env_id(env: type[Counter]) -> str:
    """The id under which a server has it."""
    return f"gym:client-tests/{env.__name__}-v0"


register()
