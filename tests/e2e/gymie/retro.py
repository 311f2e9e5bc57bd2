"""A stand-in for packages of Gym's time: environments with seed(), four-part steps, and spaces of their own making.

The programs of the guide import it by this name, as they imported the real one.
"""

import random
from typing import Any


class Box:
    """A space of nobody's package, with the attributes that all of them had."""

    def __init__(self, low: list[float], high: list[float]) -> None:
        self.low, self.high, self.shape, self.dtype = low, high, (len(low),), "float32"


class MultiBinary:
    """Likewise."""

    def __init__(self, n: int) -> None:
        self.n, self.shape = n, (n,)


class Corridor:
    """Ten places in a row; the first button goes on, the second back. The start is drawn."""

    observation_space = Box([0.0], [9.0])
    action_space = MultiBinary(2)
    metadata = {"render.modes": ["human"]}  # noqa: RUF012

    def __init__(self) -> None:
        self._random = random.Random(1)
        self._at = 0

    def seed(self, seed: int | None = None) -> list[int | None]:
        self._random = random.Random(seed)
        return [seed]

    def reset(self) -> Any:
        import numpy as np

        self._at = self._random.randrange(5)
        return np.array([self._at], np.float32)

    def step(self, buttons: Any) -> Any:
        import numpy as np

        self._at = max(0, self._at + int(buttons[0]) - int(buttons[1]))
        return np.array([self._at], np.float32), np.float32(self._at == 9), self._at == 9, {"at": np.int64(self._at)}

    def render(self, mode: str = "human") -> None:
        raise AssertionError("no window here")

    def close(self) -> None: ...


def make(game: str) -> Corridor:
    """An environment by the name of its game, as Gym Retro has it."""
    if game != "Corridor":
        raise FileNotFoundError(game)
    return Corridor()
