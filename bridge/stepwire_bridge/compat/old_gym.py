"""Environments with the interface that Gym had before Gymnasium, as Gymnasium's: the one place that knows the old one.

Knows `seed()`, resets that give an observation alone, steps of four parts, and spaces of a package that need not be
installed: they are recognised by their class's name and attributes. What an environment gives is looked at each time,
so one that is half old and half new is taken as well.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import gymnasium
import numpy as np
from gymnasium import spaces

TRUNCATED_KEY = "TimeLimit.truncated"
"""Where the old TimeLimit wrapper says that the limit, and not the game, has ended the episode."""


class Modern(gymnasium.Env[Any, Any]):
    """An environment of either interface, as Gymnasium's.

    `done` becomes `terminated`, or `truncated` where the info says so under "TimeLimit.truncated". A seed goes to the
    environment's `seed()` where it has one, and else to `reset` where that takes one. Without either nobody hears it.

    Args:
        env: The environment. It needs `reset`, `step` and the two spaces; `seed`, `render`, `close` and `metadata` are
            used where they are.
        render_mode: What `render` is to give; None for the environment's own `render_mode`, if it has any.

    Raises:
        TypeError: A space of a kind that is not known here.
    """

    def __init__(self, env: Any, render_mode: str | None = None) -> None:
        self._env = env
        self.observation_space = modern_space(env.observation_space)
        self.action_space = modern_space(env.action_space)
        self.metadata = _metadata(getattr(env, "metadata", None))
        self.render_mode = render_mode or getattr(env, "render_mode", None)
        self._reset_takes = _parameters(env.reset)
        self._draws_in_modes = "mode" in _parameters(getattr(env, "render", None))

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        """Start an episode; see the class for what becomes of the seed. Options go where `reset` names them."""
        given: dict[str, Any] = {}
        if seed is not None:
            if callable(sow := getattr(self._env, "seed", None)):
                sow(seed)
            elif self._takes("seed"):
                given["seed"] = seed
        if options is not None and self._takes("options"):
            given["options"] = options
        return _observed(self._env.reset(**given), self.observation_space)

    def step(self, action: Any) -> tuple[Any, Any, bool, bool, dict[str, Any]]:
        """Take a step.

        Raises:
            TypeError: The environment gives neither four parts nor five.
        """
        parts = tuple(self._env.step(action))
        match parts:
            case (observation, reward, terminated, truncated, info):
                return observation, reward, bool(terminated), bool(truncated), info
            case (observation, reward, done, info):
                info = {} if info is None else info
                truncated = bool(done) and isinstance(info, Mapping) and bool(info.get(TRUNCATED_KEY, False))
                return observation, reward, bool(done) and not truncated, truncated, info
            case _:
                raise TypeError(f"its step gives {len(parts)} parts, expected 4 or 5")

    def render(self) -> Any:
        """Draw; an old environment is told its mode with each call."""
        return self._env.render(mode=self.render_mode) if self._draws_in_modes else self._env.render()

    def close(self) -> None:
        """Close the environment, where it can be."""
        if callable(close := getattr(self._env, "close", None)):
            close()

    def _takes(self, name: str) -> bool:
        return name in self._reset_takes or (isinstance(self._env, gymnasium.Env) and "kwargs" in self._reset_takes)


def modern_space(space: Any) -> spaces.Space[Any]:
    """The same space as Gymnasium has it.

    Raises:
        TypeError: A kind of space that is not known here.
    """
    if isinstance(space, spaces.Space):
        return space
    convert = _SPACES.get(type(space).__name__)
    if convert is None:
        raise TypeError(f"a space of type {type(space).__name__} is not known here")
    return convert(space)


def _box(space: Any) -> spaces.Space[Any]:
    dtype = np.dtype(space.dtype)
    low, high = (np.asarray(bound, dtype) for bound in (space.low, space.high))
    return spaces.Box(low, high, tuple(space.shape), dtype.type)


def _discrete(space: Any) -> spaces.Space[Any]:
    return spaces.Discrete(int(space.n), start=int(getattr(space, "start", 0)))


def _multi_discrete(space: Any) -> spaces.Space[Any]:
    return spaces.MultiDiscrete(np.asarray(space.nvec, np.int64))


def _multi_binary(space: Any) -> spaces.Space[Any]:
    return spaces.MultiBinary(int(space.n) if np.ndim(space.n) == 0 else [int(n) for n in space.n])


def _tuple(space: Any) -> spaces.Space[Any]:
    return spaces.Tuple([modern_space(part) for part in space.spaces])


def _dict(space: Any) -> spaces.Space[Any]:
    return spaces.Dict({key: modern_space(part) for key, part in space.spaces.items()})


_SPACES: dict[str, Callable[[Any], spaces.Space[Any]]] = {
    "Box": _box,
    "Discrete": _discrete,
    "MultiDiscrete": _multi_discrete,
    "MultiBinary": _multi_binary,
    "Tuple": _tuple,
    "Dict": _dict,
}


def _observed(result: Any, space: spaces.Space[Any]) -> tuple[Any, dict[str, Any]]:
    """Observation and info, where a reset gives both. An observation that is itself such a pair is not taken apart."""
    if isinstance(result, tuple) and len(result) == 2 and isinstance(result[1], dict) and not _holds(space, result):
        return result
    return result, {}


def _holds(space: spaces.Space[Any], value: Any) -> bool:
    return isinstance(space, spaces.Tuple) and space.contains(value)


def _metadata(given: Any) -> dict[str, Any]:
    """The environment's own, with the modes it can draw in under today's name too."""
    metadata = dict(given) if isinstance(given, Mapping) else {}
    if "render.modes" in metadata:
        metadata.setdefault("render_modes", list(metadata["render.modes"]))
    return metadata


def _parameters(function: Any) -> frozenset[str]:
    """The names of a function's parameters; none where that cannot be seen."""
    try:
        return frozenset(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return frozenset()
