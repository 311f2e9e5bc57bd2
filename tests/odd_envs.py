"""Environments that count, block, raise and warn, for tests of whoever has to live with them. Registered on import."""

import threading
import warnings
from typing import Any, ClassVar

import gymnasium
import numpy as np
from gymnasium.spaces import Box, Dict, Discrete, Space


class Counter(gymnasium.Env[Any, Any]):
    """Counts its own steps, over all episodes; an episode ends after `length` of them."""

    observation_space = Discrete(2**40)
    action_space = Discrete(4)
    metadata: ClassVar[dict[str, Any]] = {"render_modes": ["ansi", "rgb_array"], "render_fps": 7}

    def __init__(self, render_mode: str | None = None, length: int = 10**9) -> None:
        self.render_mode = render_mode
        self._length = length
        self.steps = self._at = 0

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        super().reset(seed=seed)
        self._at = 0
        return self.steps, {"options": options, "drawn": int(self.np_random.integers(1000))}

    def step(self, action: Any) -> tuple[Any, Any, bool, bool, dict[str, Any]]:
        self.steps += 1
        self._at += 1
        return self.steps, 1, self._at >= self._length, False, {"action": int(action)}

    def render(self) -> Any:
        return f"step {self.steps}" if self.render_mode == "ansi" else np.full((2, 3, 3), self.steps, np.uint8)


class Gated(Counter):
    """Action 1 waits at the gate; action 2 says that it has arrived and then waits."""

    gate = threading.Event()
    arrived = threading.Event()
    closed = threading.Event()

    def step(self, action: Any) -> tuple[Any, Any, bool, bool, dict[str, Any]]:
        if action:
            self.arrived.set()
            self.gate.wait(30)
        return super().step(action)

    def close(self) -> None:
        self.closed.set()

    @classmethod
    def shut(cls) -> None:
        """Bring all gates back to their beginning."""
        for event in (cls.gate, cls.arrived, cls.closed):
            event.clear()


class Raising(Counter):
    """Each action raises something else, or returns what is no step."""

    action_space = Discrete(7)
    errors: ClassVar[dict[int, BaseException]] = {
        1: ValueError("boom"),
        2: SystemExit(3),
        3: StopIteration("stop"),
        4: TimeoutError("its own"),
    }

    def step(self, action: Any) -> Any:
        if int(action) in self.errors:
            raise self.errors[int(action)]
        return {5: (0, 1, False), 6: (0, 1, False, False, None)}.get(int(action)) or super().step(action)


class Unmakable(Counter):
    """Raises in its constructor."""

    def __init__(self, render_mode: str | None = None) -> None:
        raise RuntimeError("no engine")


class SlowToMake(Counter):
    """Waits at the gate in its constructor."""

    def __init__(self, render_mode: str | None = None) -> None:
        super().__init__(render_mode)
        Gated.gate.wait(30)

    def close(self) -> None:
        Gated.closed.set()


class Warning_(Counter):  # noqa: N801
    """Warns in its constructor."""

    def __init__(self, render_mode: str | None = None) -> None:
        super().__init__(render_mode)
        warnings.warn("this environment has seen better days", stacklevel=1)


class Uncarriable(Counter):
    """Its observation is a function, its info holds one."""

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        return 0, {"renderer": print, "kept": 1}

    def step(self, action: Any) -> Any:
        return print, 1, False, False, {}


class Pixels(Counter):
    """A picture of 3 MiB."""

    observation_space = Box(0, 255, (1024, 1024, 3), np.uint8)

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        return np.zeros((1024, 1024, 3), np.uint8), {}


class Pictures(Counter):
    """Two pictures and some numbers, which are others at each step. An episode has seven steps."""

    observation_space = Dict(
        left=Box(0, 255, (84, 84, 4), np.uint8),
        numbers=Box(-np.inf, np.inf, (3,), np.float32),
        right=Box(0, 2**16 - 1, (64, 48), np.uint16),
    )

    def __init__(self, render_mode: str | None = None) -> None:
        super().__init__(render_mode, length=7)

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        super().reset(seed=seed)
        return self._seen(), {}

    def step(self, action: Any) -> tuple[Any, Any, bool, bool, dict[str, Any]]:
        _, reward, terminated, truncated, info = super().step(action)
        return self._seen(), reward, terminated, truncated, info

    def _seen(self) -> dict[str, Any]:
        return {name: self._counted_from_here(box) for name, box in self.observation_space.items()}

    def _counted_from_here(self, box: Any) -> Any:
        return (np.arange(np.prod(box.shape)) + self.steps).astype(box.dtype).reshape(box.shape)


class Homemade(Counter):
    """Its observations are in a space of a kind that nobody else knows."""

    class Anything(Space[Any]):
        """Everything is in it."""

    observation_space = Anything()


_ENVS = {
    "Counter": Counter,
    "Gated": Gated,
    "Raising": Raising,
    "Unmakable": Unmakable,
    "SlowToMake": SlowToMake,
    "Warning": Warning_,
    "Uncarriable": Uncarriable,
    "Pixels": Pixels,
    "Pictures": Pictures,
    "Homemade": Homemade,
}

for _name, _env in _ENVS.items():
    if f"Odd/{_name}-v0" not in gymnasium.registry:
        gymnasium.register(f"Odd/{_name}-v0", entry_point=_env, order_enforce=False)
