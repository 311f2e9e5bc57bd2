"""Environments of all kinds that can be told apart in a batch: each does one thing that few others do."""

from typing import Any, ClassVar

import gymnasium
import numpy as np
from gymnasium.spaces import Box, Dict, Discrete, MultiBinary, MultiDiscrete, Text, Tuple
from gymnasium.wrappers import OrderEnforcing, TimeLimit, TransformReward

Outcome = tuple[Any, Any, Any, Any, dict[str, Any]]


class Walk(gymnasium.Env[Any, Any]):
    """A random walk, which ends by chance."""

    observation_space: Any = Box(-np.inf, np.inf, (3,), np.float32)
    action_space: Any = Discrete(5)

    def __init__(self) -> None:
        self.at = np.zeros(3)

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        super().reset(seed=seed)
        self.at = self.np_random.normal(size=3)
        return self.seen(), self.told() | {"options": options}

    def step(self, action: Any) -> Outcome:
        self.at = self.at + self.np_random.normal(size=3) + self.drift(action)
        return self.seen(), self.reward(), self.ends(0.05), self.ends(0.03), self.told()

    def drift(self, action: Any) -> Any:
        return 0.1 * float(action)

    def seen(self) -> Any:
        return self.at.astype(np.float32)

    def reward(self) -> Any:
        return float(self.at[0])

    def ends(self, chance: float) -> Any:
        return bool(self.np_random.random() < chance)

    def told(self) -> dict[str, Any]:
        return {}


class OfAnotherType(Walk):
    """Observations are float64 where the space says float32."""

    def seen(self) -> Any:
        return self.at.copy()


class AsLists(Walk):
    """Observations are lists."""

    def seen(self) -> Any:
        return self.at.tolist()


class Sometimes64(Walk):
    """Only now and then an observation is of another type."""

    def seen(self) -> Any:
        return self.at.copy() if self.np_random.random() < 0.1 else super().seen()


class InPlace(Walk):
    """All its observations are one array, which it writes again and again, also when it is reset."""

    def __init__(self) -> None:
        super().__init__()
        self._array = np.zeros(3, np.float32)

    def seen(self) -> Any:
        self._array[:] = self.at
        return self._array

    def told(self) -> dict[str, Any]:
        return {"array": self._array}


class AllInOne(Walk):
    """All copies write the same array and the same info."""

    array: ClassVar[Any] = np.zeros(3, np.float32)
    info: ClassVar[dict[str, Any]] = {}

    def seen(self) -> Any:
        self.array[:] = self.at
        return self.array

    def told(self) -> dict[str, Any]:
        self.info["at"] = float(self.at[0])
        return self.info


class OddNumbers(Walk):
    """Rewards and flags of all kinds."""

    def reward(self) -> Any:
        kinds: list[Any] = [
            int,
            float,
            np.float32,
            np.float64,
            np.int8,
            np.array,
            bool,
            lambda n: np.array(n, np.float32),
        ]
        return kinds[self.np_random.integers(len(kinds))](self.at[0])

    def ends(self, chance: float) -> Any:
        kinds: list[Any] = [bool, np.bool_, int, np.array]
        return kinds[self.np_random.integers(len(kinds))](super().ends(chance))


class Talkative(Walk):
    """Infos of all kinds, not always the same keys, and one key in several types."""

    def told(self) -> dict[str, Any]:
        n = self.np_random.integers
        info = {
            "int": int(n(9)),
            "float": float(self.at[0]),
            "array": self.at.copy(),
            "text": "abc"[: n(4)],
            "none": None,
        }
        info |= {"numpy": np.float32(self.at[1]), "nested": {"flag": bool(n(2)), "deep": {"list": [int(n(3))]}}}
        info |= {"mixed": [3, 2.5, True][n(3)]}
        return {key: value for key, value in info.items() if n(3)}


class Picture(Walk):
    """Observations of two axes, of small numbers."""

    observation_space: Any = Box(0, 255, (4, 5), np.uint8)

    def seen(self) -> Any:
        return self.np_random.integers(0, 256, (4, 5), np.uint8)


class Number(Walk):
    """Observations are numbers, sometimes Python's and sometimes numpy's."""

    observation_space: Any = Discrete(9, start=-4)

    def seen(self) -> Any:
        number = self.np_random.integers(-4, 5)
        return number if self.np_random.random() < 0.5 else int(number)


class Scalar(Walk):
    """Observations are arrays without an axis."""

    observation_space: Any = Box(-np.inf, np.inf, (), np.float32)

    def seen(self) -> Any:
        return np.array(self.at[0], np.float32)


class Bits(Walk):
    """Observations are yes or no."""

    observation_space: Any = MultiBinary(6)

    def seen(self) -> Any:
        return self.np_random.integers(0, 2, 6, np.int8)


class Nested(Walk):
    """A Dict of a Tuple and more, with a text in it; actions are nested, too, and told."""

    observation_space: Any = Dict(
        place=Tuple((Box(-np.inf, np.inf, (3,), np.float32), Discrete(3))),
        word=Text(4, min_length=0),
        many=MultiDiscrete([3, 4]),
    )
    action_space: Any = Dict(push=Box(-1, 1, (3,), np.float32), kind=Discrete(2))

    def drift(self, action: Any) -> Any:
        self._last = action
        return 0.1 * action["push"]

    def seen(self) -> Any:
        n = self.np_random.integers
        place = (self.at.astype(np.float32), n(3))
        return {"place": place, "word": "abcd"[: n(5)], "many": np.array([n(3), n(4)])}

    def told(self) -> dict[str, Any]:
        return {"kind": self._last["kind"], "type": type(self._last["kind"]).__name__} if hasattr(self, "_last") else {}


class AlmostTimeLimit(TimeLimit[Any, Any]):
    """One that inherits from Gymnasium's, and does something else."""

    def step(self, action: Any) -> Any:
        observation, reward, *rest = super().step(action)
        return observation, 2 * float(reward), *rest


def limited() -> Any:
    """A copy as `gymnasium.make` wraps it."""
    return TimeLimit(OrderEnforcing(Walk()), 7)


def limited_twice() -> Any:
    """The inner limit comes first."""
    return TimeLimit(OrderEnforcing(TimeLimit(Walk(), 4)), 7)


def limited_outside_first() -> Any:
    """The outer limit comes first."""
    return TimeLimit(TimeLimit(Walk(), 7), 4)


def limited_at_once() -> Any:
    """Every step is the last."""
    return TimeLimit(Walk(), 1)


def wrapped_between() -> Any:
    """Another wrapper stands between Gymnasium's."""
    return TimeLimit(TransformReward(TimeLimit(OrderEnforcing(Walk()), 5), lambda reward: 3 * float(reward)), 9)


def almost_limited() -> Any:
    """What looks like Gymnasium's own wrapper is none."""
    return AlmostTimeLimit(Walk(), 5)


ENVS = [
    Walk, OfAnotherType, AsLists, Sometimes64, InPlace, AllInOne, OddNumbers, Talkative, Picture, Number, Scalar, Bits,
    Nested, limited, limited_twice, limited_outside_first, limited_at_once, wrapped_between, almost_limited,
]  # fmt: skip
