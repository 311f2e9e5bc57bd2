"""Spaces of every kind, nested and odd, for tests that go through them all."""

from typing import Any

import numpy as np
from gymnasium import spaces

LEAVES: list[spaces.Space[Any]] = [
    spaces.Box(0, 1, (3,)),
    spaces.Box(0, 1, (), np.float64),
    spaces.Box(-np.inf, np.inf, (2, 3)),
    spaces.Box(np.array([0, -np.inf]), np.array([np.inf, 3]), dtype=np.float64),
    spaces.Box(0, 255, (4, 4, 3), np.uint8),
    spaces.Box(-5, 5, (2,), np.int16),
    spaces.Box(0, 1, (2,), np.float16),
    spaces.Box(0, 1, (0,)),
    spaces.Box(0, 1, (2, 0, 3)),
    spaces.Box(-(2**60), 2**60, (2,), np.int64),
    spaces.Box(0, 1, (3,), np.bool_),
    spaces.Discrete(4),
    spaces.Discrete(3, start=-1),
    spaces.Discrete(200, dtype=np.uint8),
    spaces.MultiDiscrete([3, 2]),
    spaces.MultiDiscrete([[3, 2], [1, 5]], start=[[0, 1], [-2, 0]]),
    spaces.MultiDiscrete([7], dtype=np.int32),
    spaces.MultiBinary(5),
    spaces.MultiBinary([2, 3]),
    spaces.Text(5),
    spaces.Text(4, min_length=0, charset="zyx"),
]

NESTED: list[spaces.Space[Any]] = [
    spaces.Dict({"b": spaces.Discrete(2), "a": spaces.Box(0, 1, ())}),
    spaces.Dict({"inner": spaces.Dict({"x": spaces.MultiBinary(2)}), "text": spaces.Text(3)}),
    spaces.Tuple([spaces.Discrete(2), spaces.Box(0, 1, (2,))]),
    spaces.Tuple([]),
    spaces.Sequence(spaces.Discrete(3)),
    spaces.Sequence(spaces.Box(0, 1, (2,)), stack=True),
    spaces.Sequence(spaces.Dict({"x": spaces.Discrete(3)}), stack=True),
    spaces.Sequence(spaces.Tuple([spaces.Discrete(3), spaces.Text(2)])),
    spaces.Graph(spaces.Box(0, 1, (3,)), spaces.Discrete(4)),
    spaces.Graph(spaces.Discrete(3), None),
    spaces.OneOf([spaces.Discrete(2), spaces.Box(0, 1, (2,)), spaces.Text(3)]),
]

SPACES = LEAVES + NESTED
